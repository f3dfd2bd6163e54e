"""Trigger ids: the proof that a person has just done something. Three seconds, once.

Source: https://docs.slack.dev/interactivity/handling-user-interaction and the errors of views.open and views.push.
"""

import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from slack_workspace.bounded import trim
from slack_workspace.errors import SlackError

SECONDS: Final = 3.0
_FORM: Final = re.compile(r"\d+\.\d+\.[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Who did something, when (monotonic seconds), and inside which modal, if any."""

    user: str
    at: float
    view_id: str | None = None


class Triggers:
    """Issues and exchanges trigger ids. `clock` is monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._issued: dict[str, Trigger] = {}
        self._exchanged: dict[str, float] = {}

    def issue(self, user: str, view_id: str | None = None) -> str:
        """A new trigger id for what `user` just did (`view_id`: in that modal)."""
        trigger_id = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = Trigger(user, self._clock(), view_id)
        trim(self._issued)
        return trigger_id

    def look(self, trigger_id: str) -> Trigger:
        """The trigger, if it can still be exchanged.

        Raises SlackError: invalid_trigger_id, exchanged_trigger_id or expired_trigger_id.
        """
        trigger = self._issued.get(trigger_id)
        if not _FORM.fullmatch(trigger_id) or trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger_id in self._exchanged:
            raise SlackError("exchanged_trigger_id")
        if self._clock() - trigger.at > SECONDS:
            raise SlackError("expired_trigger_id")
        return trigger

    def exchange(self, trigger_id: str) -> None:
        """Marks it as used: a second exchange is refused."""
        self._exchanged[trigger_id] = self._clock()
        trim(self._exchanged)
