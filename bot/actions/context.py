"""What a verb works with while its transaction is open: who acts, in which scheme, when, and how others hear of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection as Db

from bot.lifecycle.notices import Notice
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import DECIDING, Actor
from bot.lifecycle.reminders import working_moment
from bot.schemes.scheme import Power, Scheme
from bot.screens.notices import NOTICES
from bot.storage import audit, offices, outbox, people
from bot.storage.outbox import Letter

HOME = "home"
"""The kind of letter that redraws a person's home page."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who acts, as the platform's verified envelope names them."""

    platform: str
    team: str
    user: str


@dataclass(frozen=True, slots=True)
class Click:
    """Something a person did. `values` are a submitted form's, by field key; `delivery` names the delivery, if known,
    so that the same one is not acted on twice; `shows_itself`: what was pressed shows by itself what became of it."""

    caller: Caller
    verb: str
    subject: str = ""
    carried: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] | None = None
    delivery: str = ""
    shows_itself: bool = False


@dataclass(frozen=True, slots=True)
class Channels:
    """Which ways out there are besides each person's chat. `shared`: "office" for all offices that have no channel of
    their own, "office:key" for one that has."""

    shared: frozenset[str] = frozenset()
    email: bool = False

    def of(self, office: str) -> str | None:
        """Where that office meets; None: each of its people is written to."""
        return next((name for name in (f"office:{office}", "office") if name in self.shared), None)


@dataclass(frozen=True, slots=True)
class Context:
    """One open transaction of one verb in one scheme. `me` is whoever acts; None: the clock."""

    db: Db
    scheme: Scheme
    now: datetime
    new_id: Callable[[], str]
    channels: Channels
    me: Person | None = None

    @property
    def person(self) -> Person:
        """Whoever acts; only the sweep has nobody."""
        if self.me is None:
            raise LookupError("nobody acts here but the clock")
        return self.me

    @property
    def actor(self) -> Actor:
        """Whoever acts, for what needs no power of the office."""
        return Actor(self.person.id)

    @property
    def officer(self) -> Actor:
        """Whoever acts, with the powers they hold at this moment."""
        return Actor(self.person.id, offices.powers(self.db, self.scheme, self.person.id))

    def note(self, verb: str, about: str, outcome: str = "done") -> None:
        """Write the act into the audit: who, what, when; never any text."""
        person = self.me.id if self.me else None
        audit.note(self.db, self.new_id(), self.scheme.key, person, verb, about, outcome, self.now)

    def publish(
        self,
        notices: Iterable[Notice] = (),
        cards: Iterable[str] = (),
        homes: Iterable[str] = (),
        settled: Iterable[str] = (),
    ) -> None:
        """Put into the outbox, in this transaction and at one go: what people hear (a key already there is the same
        message), an edit of every card about these things, and these people's homes, once each however often asked.

        `settled`: those of the things that ask for nothing any more: edits booked for later are taken back.
        """
        # Cards are locked before homes, everywhere.
        found = outbox.cards(self.db, self.scheme.key, frozenset(cards), frozenset(settled), self.now)
        letters = [letter for notice in notices for letter in self._letters(notice)]
        letters += [self._edit(card) for card in found]
        letters += [self._home(person) for person in dict.fromkeys(homes)]
        if letters:
            outbox.put(self.db, letters)

    def office_homes(self) -> tuple[str, ...]:
        """Everybody whose home shows a part of the office's waiting list."""
        holders = (offices.holders(self.db, self.scheme, power) for power in sorted(DECIDING))
        return tuple(sorted({person for some in holders for person in some}))

    def _letters(self, notice: Notice) -> Iterable[Letter]:
        for person, channel in self._recipients(notice):
            not_before = self._not_before(notice, person)
            if not_before is None:
                continue
            # The channel of all offices goes without a name: there is one card in it.
            whom = person if notice.to.power else None
            key = ":".join(filter(None, (notice.key, whom or (channel if channel != "office" else None))))
            card = self._letter(key, notice, person, channel, "chat", not_before)
            yield card
            yield from (replace(self._edit(card), slot=None, not_before=at) for at in notice.redrawn_at)
            copy = NOTICES[notice.kind].copy
            if person and copy in self.scheme.email_copies and self.channels.email:
                yield self._letter(f"{key}:email", notice, person, None, "email", not_before)

    def _recipients(self, notice: Notice) -> Iterable[tuple[str | None, str | None]]:
        if notice.to.person is not None:
            return [(notice.to.person, None)]
        power: Power | None = notice.to.power
        having = [office.key for office in self.scheme.offices if power in office.powers]
        shared = dict.fromkeys(filter(None, map(self.channels.of, having)))
        without = [office for office in having if self.channels.of(office) is None]
        persons = offices.holders_of(self.db, self.scheme.key, without) if without else ()
        return [*((None, channel) for channel in shared), *((person, None) for person in persons)]

    def _not_before(self, notice: Notice, person: str | None) -> datetime | None:
        """When it may go; None: a reminder for which no working hour is left before its deadline."""
        if not NOTICES[notice.kind].reminder or person is None:
            return self.now
        works = people.get(self.db, person)
        at = working_moment(self.now, works.zone, works.works_from, works.works_to, works.works_days)
        return at if notice.until is None or at < notice.until else None

    def _letter(
        self,
        key: str,
        notice: Notice,
        person: str | None,
        channel: str | None,
        by: Literal["chat", "email"],
        not_before: datetime,
    ) -> Letter:
        return Letter(
            id=self.new_id(), scheme=self.scheme.key, key=key, kind=notice.kind, about=notice.about, person=person,
            channel=channel, by=by, made_at=self.now, not_before=not_before, until=notice.until,
        )  # fmt: skip

    def _edit(self, card: Letter) -> Letter:
        return Letter(
            id=self.new_id(), scheme=self.scheme.key, key=f"edit:{self.new_id()}", kind=card.kind, about=card.about,
            person=card.person, channel=card.channel, by="chat", made_at=self.now, not_before=self.now,
            slot=f"edit:{card.id}", edits=card.id,
        )  # fmt: skip

    def _home(self, person: str) -> Letter:
        return Letter(
            id=self.new_id(), scheme=self.scheme.key, key=f"{HOME}:{self.new_id()}", kind=HOME, about=person,
            person=person, channel=None, by="chat", made_at=self.now, not_before=self.now, slot=f"{HOME}:{person}",
        )  # fmt: skip
