"""What every step of a route is: it is entered."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.lifecycle.request import Request
from bot.lifecycle.step import Step
from bot.schemes.scheme import Scheme


class RouteStep(Protocol):
    """One step. `available`: the mentors who can be asked at this moment, for a step that asks."""

    def __call__(self, request: Request, available: Collection[str], scheme: Scheme, now: datetime) -> Step[Request]:
        """The request at this step, and who hears that something waits for them."""
