"""The port between the bot and a platform people talk on: a wing of `handlers` is one class of this shape."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from starlette.routing import BaseRoute

from bot.actions.context import Caller
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.delivery.sender import Sender
from bot.lifecycle.people import Gone, Person


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `says` never holds a secret."""

    well: bool
    says: str


class NotFound(Exception):  # noqa: N818 – an answer
    """What a setting names is not there, or not fit for it; `str` ends a sentence that begins with the setting."""


class Platform(Protocol):
    """One platform. `connect`, then `start` once the database is ready; at the end `stop`, and `close` when all is
    sent. `connect` and `start` raise SettingsError for a setting that the platform refuses."""

    name: str  # as people carry it

    @property
    def offices(self) -> Collection[str]:
        """The offices that meet in a channel of it, by the names that `Channels.shared` has for them."""

    @property
    def brings_together(self) -> bool:
        """Whether the bot can bring two of its people into one conversation."""

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Where it delivers to over HTTP; empty where it does not."""

    @property
    def sender(self) -> Sender:
        """How letters reach its people; there after `connect`."""

    @property
    def link(self) -> str:
        """The address that leads a person to the bot, from outside the platform; "" where it has none."""

    async def connect(self) -> None:
        """Sign in, and find what the settings name."""

    async def find(self, wanted: str) -> tuple[Caller, Introduction]:
        """Somebody by e-mail address or by the platform's own id. Raises NotFound."""

    async def find_all(self, addresses: Collection[str]) -> Mapping[str, tuple[Caller, Introduction]]:
        """Those of them whom the platform vouches for, by e-mail address in small letters; at the pace that it allows,
        and without those about whom it gives no answer."""

    async def whereabouts(self, person: Person) -> Introduction | Gone | None:
        """What it says of one of its people now: who they are, or why they are not there. None: it gives no answer."""

    async def start(self, dispatcher: Dispatcher) -> None:
        """Take what arrives and have the dispatcher answer it."""

    async def stop(self) -> None:
        """Take nothing more, and finish what was acked."""

    async def close(self) -> None:
        """Hang up."""

    def healthy(self) -> tuple[bool, Mapping[str, str]]:
        """Whether what people do reaches the bot, and a few states for whoever watches over it."""

    def checks(self) -> AsyncIterator[Finding]:
        """Look at everything the platform needs, one thing after the other."""
