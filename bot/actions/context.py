"""What a verb works with while its transaction is open: who acts, in which scheme, when. See `notify` for how others
hear of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection as Db

from bot.actions.free_busy import FreeBusy
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import Actor
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.storage import audit, offices


@dataclass(frozen=True, slots=True)
class Caller:
    """Who acts, as the platform's verified envelope names them."""

    platform: str
    team: str
    user: str


@dataclass(frozen=True, slots=True)
class Click:
    """Something a person did. `values` are a submitted form's, by field key; `idempotency_key` names its delivery, if
    known, so that the same one is not acted on twice; `shows_itself`: what was pressed shows by itself what became of
    it; `entered`: what stands in the fields of the form in which a button was pressed."""

    caller: Caller
    verb: str
    subject: str = ""
    carried: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] | None = None
    idempotency_key: str = ""
    shows_itself: bool = False
    entered: Mapping[str, Any] = field(default_factory=dict)
    scheme: str = ""
    """The key of the scheme that what was pressed belongs to; "": it was drawn where there was one only, or is not
    drawn at all."""


@dataclass(frozen=True, slots=True)
class Channels:
    """Which ways out there are besides each person's chat. `shared`: "office" for all offices that have no channel of
    their own, "office:key" for one that has; for the scheme `unsaid`, unless "scheme/" stands before it."""

    shared: frozenset[str] = frozenset()
    email: bool = False
    unsaid: str = ""
    """The key of the scheme that is meant where none is said; "": there is one only."""
    public_url: str = ""
    """Where the bot's web server is reached from outside; "": nobody reaches it, and no calendar fetches anything."""
    calendar: bool = False
    """Whether sessions are put into people's own calendars."""
    apart: frozenset[str] = frozenset()
    """The platforms on which nobody but a person can bring two people into one conversation."""

    def of(self, office: str, scheme: str) -> str | None:
        """Where that office of that scheme meets; None: each of its people is written to."""
        heads = (f"{scheme}/", "") if self.unsaid in ("", scheme) else (f"{scheme}/",)
        names = (head + name for head in heads for name in (f"office:{office}", "office"))
        return next((name for name in names if name in self.shared), None)


@dataclass(frozen=True, slots=True)
class Context:
    """One open transaction of one verb in one scheme. `me` is whoever acts; None: the clock."""

    db: Db
    scheme: Scheme
    now: datetime
    new_id: Callable[[], str]
    channels: Channels
    me: Person | None = None
    schemes: Schemes | None = None
    """All that run here; None: this one alone."""
    free_busy: FreeBusy | None = None
    """When people are busy by their own calendars; None: nobody's is looked at."""
    written: Schemes | None = None
    """The same as their files say, without what the office has set in chat; None: nothing can be."""
    afterwards: list[Callable[[Db], object]] = field(default_factory=list)
    """What a verb that only looks would have remembered of it: small writes, made once it has looked."""

    opens_windows: bool = True
    """Whether the answer can be a form: to what is written in a chat it cannot."""

    @property
    def person(self) -> Person:
        """Whoever acts; only the sweep has nobody."""
        if self.me is None:
            raise LookupError("nobody acts here but the clock")
        return self.me

    @property
    def running(self) -> tuple[str, ...]:
        """The keys of all the schemes that run here."""
        return tuple(self.schemes or (self.scheme.key,))

    @property
    def actor(self) -> Actor:
        """Whoever acts, for what needs no power of the office."""
        return Actor(self.person.id)

    @property
    def officer(self) -> Actor:
        """Whoever acts, with the powers they hold at this moment."""
        return offices.actor(self.db, self.scheme, self.person.id)

    def note(self, verb: str, about: str, outcome: str = "done") -> None:
        """Write the act into the audit: who, what, when; never any text."""
        person = self.me.id if self.me else None
        audit.note(self.db, self.new_id(), self.scheme.key, person, verb, about, outcome, self.now)

    def note_all(self, verb: str, abouts: Sequence[str]) -> None:
        """The same of several things to which it was done at once."""
        person = self.me.id if self.me else None
        ids = [self.new_id() for _ in abouts]
        audit.note_all(self.db, ids, self.scheme.key, person, verb, abouts, self.now)
