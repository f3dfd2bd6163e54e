"""Concerns: what somebody reports to the scheme in private, who takes it up, and by when they make contact.

A concern is with offices, in the order of the scheme's file. Of their holders it never reaches whom it is about, nor
whoever has raised it, however they came to the office and whenever: that is asked at each look, and nowhere kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.notices import Notice, tell
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.undoing import FOR
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme

ConcernState = Literal["waiting", "in_contact", "closed"]
What = Literal["raised", "handed_on", "overdue", "away", "contact", "denied", "added", "closed", "taken_back"]
ReaderOfConcern = Literal["reporter", "handler"]

SHOWN: Final = timedelta(days=30)
"""How long a closed concern stays on its reporter's Home."""
BEFORE: Final = timedelta(days=2)
"""How long before the time is over whoever has it is reminded; at half of it, where it is shorter."""
ONCE_MORE: Final = timedelta(days=2)
"""The time to make contact after the reporter has said that none was made."""
FURTHEST: Final = timedelta(days=60)
"""How long somebody who takes concerns up can be away at most."""


@dataclass(frozen=True, slots=True)
class Concern:
    """What somebody has raised. `about`: the person, None for the scheme in general; `offices`: those that have it, in
    the order in which they came to it; `moves`: how often the day of contact has been put off since the last did."""

    id: str
    scheme: str
    reporter: str
    about: str | None
    text: str
    reach: str | None
    raised_at: datetime
    contact_by: datetime
    state: ConcernState = "waiting"
    offices: tuple[str, ...] = ()
    contact_at: datetime | None = None
    contact_from: str | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    moves: int = 0
    version: int = 0

    @property
    def reference(self) -> str:
        """What people call it by, to each other and by e-mail."""
        return self.id[-6:].upper()


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a concern. `text`: what the reporter reads too; `note`: what they do not; `office`:
    which it was handed to; `until`: until when somebody is away, or the day on which contact was made."""

    at: datetime
    what: What
    person: str | None = None
    text: str | None = None
    note: str | None = None
    office: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hands:
    """In whose hands concerns can be. `line`: the offices in order; `holders`: who holds each now; `barred`: whom this
    one is about and who has raised it, in every place in which they are known."""

    line: tuple[str, ...]
    holders: Mapping[str, Sequence[str]]
    barred: frozenset[str]

    def of(self, office: str) -> tuple[str, ...]:
        """Who of that office can take it up."""
        return tuple(each for each in self.holders.get(office, ()) if each not in self.barred)

    def keepers(self, concern: Concern) -> dict[str, str]:
        """Who has the concern at this moment, each with the office by which they do."""
        having = dict[str, str]()
        for office in concern.offices:
            having |= {each: office for each in self.of(office) if each not in having}
        return having

    def following(self, concern: Concern) -> str | None:
        """The first office in line by which it would come to somebody who does not have it yet; None: there is none."""
        having = self.keepers(concern)
        return next((key for key in self.line if any(each not in having for each in self.of(key))), None)


def may_raise(belongs: bool) -> None:
    """Whether somebody can raise a concern: whoever has, or has had, any part in the scheme."""
    if not belongs:
        raise Refused("no_concern_here")


def reads(concern: Concern, person: str, hands: Hands) -> ReaderOfConcern:
    """As whom somebody reads it. To all others there is no such thing."""
    if person == concern.reporter:
        return "reporter"
    if person in hands.keepers(concern):
        return "handler"
    raise Refused("gone")


def may_add(concern: Concern, person: str) -> None:
    """Only its reporter says more about it."""
    if person != concern.reporter:
        raise Refused("gone")


def may_deny(concern: Concern, person: str) -> None:
    """Only its reporter says that no contact was made, where somebody else says it was."""
    may_add(concern, person)
    if concern.state == "waiting":
        raise Refused("concern_waits")


def may_contact(concern: Concern, person: str, hands: Hands) -> None:
    """Only whoever has it, once."""
    _handles(concern, person, hands)
    if concern.state == "in_contact":
        raise Refused("concern_contacted")
    if concern.state == "closed":
        raise Refused("concern_closed")


may_be_away = may_contact
"""Whoever has it and has not made contact yet says until when they are away."""


def may_close(concern: Concern, person: str, hands: Hands) -> None:
    """Only whoever has it, and not before contact was made: nothing is put away unheard."""
    _handles(concern, person, hands)
    if concern.state == "closed":
        raise Refused("concern_closed")
    if concern.state == "waiting":
        raise Refused("concern_not_contacted")


def may_undo(concern: Concern, person: str, hands: Hands, last: Happened | None, now: datetime) -> Happened:
    """What was said last, while it can be taken back: that contact was made, or that it is closed."""
    _handles(concern, person, hands)
    if last is None or last.what not in {"contact", "closed"}:
        raise Refused("undo_gone_on")
    if now >= last.at + FOR:
        raise Refused("undo_too_late")
    return last


def _handles(concern: Concern, person: str, hands: Hands) -> None:
    if reads(concern, person, hands) != "handler":
        raise Refused("not_yours")


@dataclass(frozen=True, slots=True)
class Move:
    """A step of a concern, with what it adds to its story."""

    step: Step[Concern]
    story: tuple[Happened, ...] = ()


def begin(concern: Concern, hands: Hands, scheme: Scheme, now: datetime) -> Move:
    """It is raised: the first in line have it, and the reporter is told who they are. Refused where it could reach
    nobody but whom it is about."""
    first = hands.following(concern)
    if first is None:
        raise Refused("concern_nowhere", field="about" if concern.about else "text")
    told = tell(Kind.CONCERN_RECEIVED, concern.reporter, concern.id)
    moved = _hand_on(concern, first, hands, scheme, now)
    return Move(moved.step.preceded_by(told), (Happened(now, "raised", concern.reporter), *moved.story))


def _hand_on(concern: Concern, office: str, hands: Hands, scheme: Scheme, now: datetime) -> Move:
    """That office has it, too. Where contact is still to be made, the time for it begins anew."""
    after = replace(concern, offices=(*(each for each in concern.offices if each != office), office), moves=0)
    if after.state == "waiting":
        after = replace(after, contact_by=scheme.concerns.within.after(now))
    fresh = [each for each in hands.keepers(after) if each not in hands.keepers(concern)]
    told = tuple(tell(Kind.CONCERN_RAISED, each, concern.id) for each in fresh)
    return Move(Step(after, told, _deadlines(after, now)), (Happened(now, "handed_on", office=office),))


def _deadlines(concern: Concern, now: datetime) -> tuple[Deadline, ...]:
    if concern.state != "waiting":
        return ()
    left = concern.contact_by - now
    over = Deadline(DeadlineKind.CONCERN_OVER, concern.id, concern.contact_by)
    if left <= timedelta():
        return (over,)
    return (Deadline(DeadlineKind.CONCERN_AHEAD, concern.id, concern.contact_by - min(BEFORE, left / 2)), over)


def looked_after(concern: Concern, hands: Hands, scheme: Scheme, now: datetime) -> Move:
    """Offices have changed hands: whoever has come to one that has it is told, and where nobody has it any more the
    next in line do. Its reporter is told of that, too."""
    if concern.state == "closed":
        return Move(Step(concern))
    if keepers := hands.keepers(concern):
        return Move(Step(concern, tuple(tell(Kind.CONCERN_RAISED, each, concern.id) for each in keepers)))
    told = tell(Kind.CONCERN_HANDED_ON, concern.reporter, concern.id, concern.version)
    following = hands.following(concern)
    if following is None:
        return Move(Step(concern, (told,)))
    moved = _hand_on(concern, following, hands, scheme, now)
    return Move(moved.step.preceded_by(told), moved.story)


def remind(concern: Concern, hands: Hands) -> tuple[Notice, ...]:
    """Whoever has it is reminded that contact is still to be made."""
    if concern.state != "waiting":
        return ()
    at = int(concern.contact_by.timestamp())
    return tuple(
        tell(Kind.CONCERN_REMINDER, each, concern.id, at, until=concern.contact_by) for each in hands.keepers(concern)
    )


def over(concern: Concern, hands: Hands, scheme: Scheme, now: datetime) -> Move:
    """The time to make contact is over: the next in line have it together with whoever had it, and the reporter is told
    of the delay. Nothing where contact was made, or the day has been moved."""
    if concern.state != "waiting" or concern.contact_by > now:
        return Move(Step(concern))
    at, had = int(now.timestamp()), hands.keepers(concern)
    told = (
        tell(Kind.CONCERN_DELAYED, concern.reporter, concern.id, at),
        *(tell(Kind.CONCERN_OVERDUE, each, concern.id, at) for each in had),
    )
    story = (Happened(now, "overdue"),)
    following = hands.following(concern)
    if following is None:
        return Move(Step(concern, told), story)
    moved = _hand_on(concern, following, hands, scheme, now)
    return Move(moved.step.preceded_by(*told), (*story, *moved.story))


def away(concern: Concern, by: str, until: datetime, hands: Hands, scheme: Scheme, now: datetime) -> Move:
    """Somebody who has it is away until then. Where others have it too they are told, and nothing moves. Where nobody
    else does, the day of contact moves by the time they are away, once; where that is longer than the scheme's own
    time, or it has moved before, the next in line have it at once."""
    may_be_away(concern, by, hands)
    if until <= now:
        raise Refused("pause_past", field="until")
    if until > now + FURTHEST:
        raise Refused("concern_too_long", field="until")
    at, story = int(now.timestamp()), Happened(now, "away", by, until=until)
    if others := [each for each in hands.keepers(concern) if each != by]:
        return Move(Step(concern, tuple(tell(Kind.CONCERN_NEWS, each, concern.id, at) for each in others)), (story,))
    following = hands.following(concern)
    if following is not None and (concern.moves or until > scheme.concerns.within.after(now)):
        moved = _hand_on(concern, following, hands, scheme, now)
        told = tell(Kind.CONCERN_HANDED_ON, concern.reporter, concern.id, at)
        return Move(moved.step.preceded_by(told), (story, *moved.story))
    begins = max(concern.contact_by, now)
    after = replace(concern, contact_by=begins + (until - now), moves=concern.moves + 1)
    told = tell(Kind.CONCERN_DELAYED, concern.reporter, concern.id, at)
    return Move(Step(after, (told,), _deadlines(after, now)), (story,))


def contact(concern: Concern, by: str, on: datetime, note: str | None, hands: Hands, now: datetime) -> Move:
    """Somebody who has it has made contact; the reporter is asked to say so if that is not how it was."""
    may_contact(concern, by, hands)
    after = replace(concern, state="in_contact", contact_at=on, contact_from=by)
    told = tell(Kind.CONCERN_CONTACTED, concern.reporter, concern.id, int(now.timestamp()))
    return Move(Step(after, (told,)), (Happened(now, "contact", by, note=note, until=on),))


def deny(concern: Concern, hands: Hands, now: datetime) -> Move:
    """The reporter says that no contact was made: it is still to be, and soon."""
    may_deny(concern, concern.reporter)
    after = replace(_waiting_again(concern), contact_by=max(concern.contact_by, now + ONCE_MORE))
    story = Happened(now, "denied", concern.reporter)
    return Move(Step(after, _news(after, hands, now), _deadlines(after, now)), (story,))


def add(concern: Concern, text: str, hands: Hands, scheme: Scheme, now: datetime) -> Move:
    """The reporter says more. What was closed is open again, and contact is to be made once more."""
    after = concern
    if concern.state == "closed":
        after = replace(_waiting_again(concern), contact_by=scheme.concerns.within.after(now))
    due = _deadlines(after, now) if after != concern else ()
    return Move(Step(after, _news(after, hands, now), due), (Happened(now, "added", concern.reporter, text),))


def _news(concern: Concern, hands: Hands, now: datetime) -> tuple[Notice, ...]:
    at = int(now.timestamp())
    return tuple(tell(Kind.CONCERN_NEWS, each, concern.id, at) for each in hands.keepers(concern))


def _waiting_again(concern: Concern) -> Concern:
    return replace(
        concern, state="waiting", contact_at=None, contact_from=None, closed_at=None, closed_by=None, moves=0
    )  # fmt: skip


def close(concern: Concern, by: str, reply: str | None, note: str | None, hands: Hands, now: datetime) -> Move:
    """It is closed, with words for the reporter or without, and a note for whoever may read it later."""
    may_close(concern, by, hands)
    after = replace(concern, state="closed", closed_at=now, closed_by=by)
    told = tell(Kind.CONCERN_CLOSED, concern.reporter, concern.id, int(now.timestamp()))
    return Move(Step(after, (told,)), (Happened(now, "closed", by, reply, note),))


def undo(concern: Concern, by: str, hands: Hands, last: Happened | None, now: datetime) -> Move:
    """What was said last was a slip."""
    said = may_undo(concern, by, hands, last, now)
    if said.what == "closed":
        after = replace(concern, state="in_contact", closed_at=None, closed_by=None)
    else:
        after = _waiting_again(concern)
    told = tell(Kind.CONCERN_TAKEN_BACK, concern.reporter, concern.id, int(now.timestamp()))
    return Move(Step(after, (told,), _deadlines(after, now)), (Happened(now, "taken_back", by),))
