"""Bringing members and running connections in from a file: what a line may bring about, and how the whole of it goes:
looked at first, and begun once somebody of the office has seen what it would do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final, Literal

from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.documents import Consent
from bot.lifecycle.member import LET_IN, Answers, Member
from bot.lifecycle.membership import go_on, known_for, outside
from bot.lifecycle.notices import tell
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.permissions import Actor, office
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.terms import Terms
from bot.lifecycle.vocabulary import Kind
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme

ImportState = Literal["checking", "refused", "checked", "running", "done", "cancelled", "stopped"]
"""checking: people are looked up and every line is looked at · refused: it is no such table · checked: somebody can say
that it may begin · running: line by line · stopped: whoever began it looks after members no longer."""
What = Literal["members", "connections"]
Outcome = Literal["new", "changed", "same", "problem"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("new", "changed", "same", "problem")
MOST_FINDINGS: Final = 2000
"""So many are kept of one file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one line: something wrong with it, something to know (`note`), or a `change` that it brings
    about. `column`: its heading, "" where it is about the line as a whole."""

    line: int
    column: str
    why: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    kind: Literal["problem", "note", "change"] = "problem"


@dataclass(frozen=True, slots=True)
class Import:
    """A file on its way in. `at`: how many of its `lines` have been dealt with; `counted`: what came of them, or would;
    `tell`: whether those who are new hear of it."""

    id: str
    scheme: str
    by: str
    name: str
    what: What
    tell: bool
    state: ImportState
    made_at: datetime
    lines: int = 0
    at: int = 0
    counted: Mapping[Outcome, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    version: int = 1


def may_import(actor: Actor) -> None:
    """Whoever looks after members."""
    office(actor, "manage_members")


def may_begin(one: Import, actor: Actor) -> None:
    """Whoever brought the file, once they have been told what it would do."""
    _theirs(one, actor)
    if one.state != "checked" or not to_bring(one):
        raise Refused("import_over")


def may_cancel(one: Import, actor: Actor) -> None:
    """Whoever brought it, while there is something to stop; what has come in already stays."""
    _theirs(one, actor)
    if one.state not in {"checking", "checked", "running"}:
        raise Refused("import_over")


def may_read(one: Import, actor: Actor) -> None:
    """Whoever brought it."""
    _theirs(one, actor)


def _theirs(one: Import, actor: Actor) -> None:
    may_import(actor)
    if actor.person != one.by:
        raise Refused("not_yours")


def to_bring(one: Import) -> int:
    """How many lines would change something."""
    return one.counted.get("new", 0) + one.counted.get("changed", 0)


@dataclass(frozen=True, slots=True)
class WantedMember:
    """What a line says of a member: the whole of each form that it says anything of. `taking_part`: without any further
    step; otherwise they are let in, and go by the gates."""

    role: Role
    taking_part: bool = False
    joining: Answers | None = None
    profile: Answers | None = None
    preferences: Answers | None = None
    trainings: Mapping[str, date] = field(default_factory=dict)


def member(
    scheme: Scheme, id_: str, person: str, before: Member | None, wanted: WantedMember, taken: int, now: datetime
) -> Member:
    """The membership as the line would have it. `before`: what they are in that role; `taken`: the places that others
    hold. The office may bring people in while the intake is closed, and never beyond the scheme's places."""
    held = before is not None and before.state in LET_IN
    base = before if before is not None and held else _let_in(scheme, id_, person, before, wanted.role, taken, now)
    forms: dict[str, Any] = {
        name: said for name in ("joining", "profile", "preferences") if (said := getattr(wanted, name)) is not None
    }
    filled = known_for(replace(base, trainings={**base.trainings, **wanted.trainings}, **forms), scheme)
    if not wanted.taking_part:
        return go_on(filled, scheme, now).state
    if filled.state == "approved":
        return filled
    return replace(filled, state="approved", approved_at=now, waiting_since=None, question=None)


def _let_in(
    scheme: Scheme, id_: str, person: str, before: Member | None, role: Role, taken: int, now: datetime
) -> Member:
    places = scheme.roles[role].places
    if outside(before) and places is not None and taken >= places and not (before and before.place_held_until):
        raise Refused("no_places", {"places": places, "role": role})
    if before is None:
        return Member(id_, scheme.key, person, role, "admitted", now, {})
    return replace(
        before, state="admitted", reply=None, question=None, waiting_since=None, approved_at=None,
        place_wanted_since=None, place_held_until=None, revision=before.revision + 1,
    )  # fmt: skip


def missing_form(scheme: Scheme, after: Member) -> str | None:
    """The form among the gates that somebody who is to take part has not filled in."""
    forms = {"profile": after.profile, "preferences": after.preferences}
    return next((gate for gate in scheme.roles[after.role].gates if gate in forms and forms[gate] is None), None)


def told(after: Member) -> Step[Member]:
    """Somebody hears that the office has brought them in."""
    return Step(after, (tell(Kind.BROUGHT_IN, after.person, after.id, after.revision),))


@dataclass(frozen=True, slots=True)
class WantedPair:
    """What a line says of a connection: since when, and since when both have accepted what comes before sessions."""

    mentee: str
    mentor: str
    began_at: datetime
    agreed_at: datetime | None = None


def pair(scheme: Scheme, id_: str, first_session: str, wanted: WantedPair, now: datetime) -> Step[Pair]:
    """A connection that was there before the scheme came here, with the terms of today, from when it began."""
    ends_at = scheme.sessions.length.after(wanted.began_at) if scheme.sessions.length else None
    if ends_at is not None and ends_at <= now:
        raise Refused("pair_ended")
    terms = Terms.of(scheme)
    both = (wanted.mentee, wanted.mentor)
    consents = tuple(
        Consent(document.key, person, wanted.agreed_at)
        for document in terms.documents for person in both if wanted.agreed_at
    )  # fmt: skip
    begun = Pair(
        id_, scheme.key, None, None, *both, "active", terms, wanted.began_at, ends_at, consents,
        (Session(first_session, 1, minutes=terms.minutes),), origin="import",
    )  # fmt: skip
    over = (Deadline(DeadlineKind.CONNECTION_OVER, id_, ends_at),) if ends_at else ()
    return Step(begun, (), over)


def told_both(begun: Step[Pair]) -> Step[Pair]:
    """Both hear that they are connected here."""
    pair_ = begun.state
    return begun.preceded_by(tell(Kind.ACCEPTED, pair_.mentee, pair_.id), tell(Kind.CONNECTED, pair_.mentor, pair_.id))
