"""The calendars of people: what a session is told to one, what one answers, and how it can fail. The port.

Whoever keeps a calendar (Microsoft's Graph, this computer) is a class of the shape of `Calendar`. Moments are aware.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody by name and e-mail address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """A session as a calendar is told of it. `transaction` names the making of this event and no other: however often
    the same is placed, there is one event; after it was cancelled, another one. `zone`: the IANA name of the zone on
    whose wall clock the organiser reads it. `online`: a meeting with a link to join is wished for. `text`: plain."""

    transaction: str
    title: str
    starts_at: datetime
    minutes: int
    zone: str
    attendees: Sequence[Attendee]
    place: str = ""
    online: bool = False
    text: str = ""


class Answer(StrEnum):
    """What somebody said to an invitation in their calendar."""

    NONE = "none"
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Placed:
    """An event as it stands. `answers` goes by e-mail address in lower case. `join_url` may come later than the event:
    then it is there at the next look."""

    event: str
    starts_at: datetime
    minutes: int
    answers: Mapping[str, Answer]
    join_url: str | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Busy:
    """When somebody is busy, ascending. `why` says why that is not known, or not all of it; None: it is known."""

    spans: tuple[tuple[datetime, datetime], ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Which events of a calendar are different from what they were: `changed` are to be looked at; `gone` were deleted,
    or lie outside of the time that is watched. `token` is for the next time. `anew`: the watch has begun, or had to
    begin again; then `changed` names all that there are, and nothing is known of what went before."""

    changed: frozenset[str]
    gone: frozenset[str]
    token: str
    anew: bool


@dataclass(frozen=True, slots=True)
class Subscription:
    """That a keeper of calendars reports changes of one, until that moment."""

    id: str
    until: datetime


What = Literal["changed", "renew", "removed", "missed"]
"""changed: something in the calendar is different · renew: the subscription is to be renewed now · removed: it is no
more · missed: not everything was reported."""


@dataclass(frozen=True, slots=True)
class Report:
    """One thing that is said to come from the keeper of calendars; whoever knows `secret` has it from there."""

    subscription: str
    secret: str
    what: What


class Unreached(Exception):  # noqa: N818 – an outcome
    """It did not go now. `doubtful`: it may have been done all the same. `seconds`: how long the calendar's keeper
    wants to rest. `mend`: what an administrator can do about it, where somebody must. `reason` names no person."""

    def __init__(
        self, reason: str, *, seconds: float | None = None, doubtful: bool = False, mend: str | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seconds = seconds
        self.doubtful = doubtful
        self.mend = mend


class Forbidden(Unreached):
    """This one mailbox does not let the bot in, until somebody lets it."""


class Impossible(Exception):  # noqa: N818 – an outcome
    """It will never go as it was asked for: there is no such mailbox, or what was asked is not taken."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Gone(Impossible):
    """The event is not in the calendar any more."""


class Calendar(Protocol):
    """One keeper of calendars. `mailbox` is the address whose calendar it is: that of the organiser. Everything raises
    Unreached and Impossible; all of it may be called again after it failed, and is done once."""

    async def busy(
        self, mailboxes: Sequence[str], since: datetime, until: datetime, by: str | None = None
    ) -> Mapping[str, Busy]:
        """When each of them is busy between the two moments; what is not known of one costs nothing of the others.
        `by`: the mailbox in whose name it is asked; None: the first of them that lets the bot in."""
        ...

    async def place(self, mailbox: str, appointment: Appointment) -> Placed:
        """Make the event, or find the one that was made by the same `transaction`; attendees are invited."""
        ...

    async def made(self, mailbox: str, appointment: Appointment) -> Placed | None:
        """The event that was made by that `transaction`, looked for around its time; None: there is none."""
        ...

    async def move(self, mailbox: str, event: str, appointment: Appointment) -> Placed:
        """Set time, place and title of the same event anew; the link to join stays. Raises Gone."""
        ...

    async def cancel(self, mailbox: str, event: str, comment: str) -> None:
        """Call it off, with a line to those who were invited. What is gone already is no error."""
        ...

    async def look(self, mailbox: str, event: str) -> Placed:
        """The event as it stands now. Raises Gone."""
        ...

    async def changes(self, mailbox: str, token: str | None, since: datetime, until: datetime) -> Changes:
        """What changed since the token was given, among events between the two moments; the token keeps the moments it
        was first given for. Without one the watch begins."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


@runtime_checkable
class Reporter(Protocol):
    """A keeper of calendars that reports changes, where it can reach the bot. A report says that it is worth looking,
    and is trusted no further. All raise Unreached and Impossible."""

    async def watch(self, mailbox: str, url: str, secret: str, until: datetime) -> Subscription:
        """Have changes of that calendar reported to that https address, which is tried at once. `secret`, at most 128
        characters, comes with each report."""
        ...

    async def renew(self, subscription: str, until: datetime) -> Subscription:
        """Have them reported for longer. Impossible: it is no more, and has to be made anew."""
        ...

    async def unwatch(self, subscription: str) -> None:
        """Have them reported no longer. What is gone already is no error."""
        ...

    def reports(self, body: bytes) -> Sequence[Report]:
        """What arrived at the address, read; ValueError where it is nothing of the kind."""
        ...
