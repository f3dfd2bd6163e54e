"""How people come into the scheme, in one role at a time: asking, being let in, profile, approval."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from bot.lifecycle.notices import tell, tell_office
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.period import Period
from bot.schemes.scheme import Role, Scheme

MemberState = Literal["asked", "admitted", "in_review", "approved", "turned_down"]
Answers = Mapping[str, Any]
MemberForm = Literal["profile", "preferences"]
UnderReview = Literal["application", "profile"]

BEFORE_OFFICE: frozenset[MemberState] = frozenset({"asked", "in_review"})
"""The states in which the office has something to decide, or has asked back before it does."""

LET_IN: frozenset[MemberState] = frozenset({"admitted", "in_review", "approved"})
"""The states of whoever has the way to the forms; each takes one of the role's places."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person's membership of the scheme in one role.

    asked: waits for the office · admitted: has the way in, forms to fill · in_review: a mentor's profile waits
    for the office · approved: takes part. `question` is the office's open question to the person, if any.
    """

    id: str
    scheme: str
    person: str
    role: Role
    state: MemberState
    asked_at: datetime
    joining: Answers
    preferences: Answers | None = None
    profile: Answers | None = None
    question: str | None = None
    reply: str | None = None
    """The office's words on turning down."""
    trained_on: date | None = None
    own_limit: int | None = None
    paused_until: datetime | None = None
    approved_at: datetime | None = None
    waiting_since: datetime | None = None
    """Since when the office has had something to decide; None: nothing waits."""
    revision: int = 0
    """How often something has been put before the office; it tells one review's card from the next."""
    version: int = 1


def ask_to_join(
    scheme: Scheme,
    id_: str,
    person: str,
    role: Role,
    before: Member | None,
    taken: int,
    answers: Answers,
    now: datetime,
) -> Step[Member]:
    """A person asks to come in; `before` is what they were in this role, `taken` the places already held."""
    may_ask_to_join(scheme, role, before, taken)
    if before is None:
        before = Member(id_, scheme.key, person, role, "asked", now, answers)
    member = replace(
        before,
        state="asked",
        joining=answers,
        question=None,
        reply=None,
        waiting_since=now,
        revision=before.revision + 1,
    )
    return Step(member, (tell_office(Kind.JOIN_ASKED, "approve_members", member.id, member.revision),))


def may_ask_to_join(scheme: Scheme, role: Role, before: Member | None, taken: int) -> None:
    """Whether a person can ask to come in now: not a member yet, the intake open, a place free."""
    intake = scheme.intake[role]
    if before is not None and before.state == "asked" and before.question is None:
        raise Refused("already_waiting")
    if before is not None and before.state not in {"asked", "turned_down"}:
        raise Refused("already_member")
    if outside(before):
        _room(intake.open, intake.places, taken)


def outside(before: Member | None) -> bool:
    """Whether somebody who was this in a role has no part in it now."""
    return before is None or before.state == "turned_down"


def _room(is_open: bool, places: int | None, taken: int) -> None:
    if not is_open:
        raise Refused("intake_closed")
    if places is not None and taken >= places:
        raise Refused("no_places", {"places": places})


def admit(member: Member, scheme: Scheme, taken: int, now: datetime) -> Step[Member]:
    """The office lets a person in: the way to the forms opens. `taken`: places held by others in this role.

    A mentor who comes back with all forms filled in has nothing left to send: they go before the office at once.
    """
    may_admit(member, scheme, taken)
    admitted = replace(member, state="admitted", waiting_since=None, approved_at=None)
    ready = _put_before_office(admitted, now)
    return Step(ready.state, (tell(Kind.ADMITTED, member.person, member.id, member.revision), *ready.notices))


def may_admit(member: Member, scheme: Scheme, taken: int) -> None:
    """Whether the office can let this person in: they wait for it, and a place is free."""
    if member.state != "asked":
        raise Refused("already_decided")
    may_decide(member)
    places = scheme.intake[member.role].places
    if places is not None and taken >= places:
        raise Refused("places_taken", {"places": places})


def may_decide(member: Member) -> None:
    """Whether the office has something to decide about this person and is not waiting for their answer."""
    if member.state not in BEFORE_OFFICE:
        raise Refused("already_decided")
    if member.question is not None:
        raise Refused("waits_for_answer")


def under_review(member: Member) -> UnderReview:
    """What the office looks at, or has asked about."""
    return "application" if member.state == "asked" else "profile"


def may_answer_office(member: Member) -> None:
    """Whether the office's question waits for this person's answer."""
    if member.question is None or member.state not in BEFORE_OFFICE:
        raise Refused("gone")


def give_preferences(member: Member, answers: Answers, now: datetime) -> Step[Member]:
    """Preferences, first or changed; for a mentor they may complete what the office waits for."""
    may_fill_in(member)
    return _put_before_office(replace(member, preferences=answers), now)


def give_profile(member: Member, scheme: Scheme, answers: Answers, now: datetime) -> Step[Member]:
    """A mentor's profile, first or changed. A change after approval stands at once: the office has met the person."""
    may_give_profile(member)
    field = scheme.capacity.own_limit_field
    limit = answers.get(field) if field else None
    changed = replace(member, profile=answers, own_limit=int(limit) if limit is not None else None)
    return _put_before_office(changed, now)


def _put_before_office(member: Member, now: datetime) -> Step[Member]:
    """A mentor with profile and preferences goes before the office, once, and again after its question."""
    waits = member.state == "admitted" or member.question is not None
    if member.role != "mentor" or missing_forms(member) or not waits or member.state == "approved":
        return Step(member)
    ready = replace(member, state="in_review", question=None, waiting_since=now, revision=member.revision + 1)
    return Step(ready, (tell_office(Kind.PROFILE_READY, "approve_members", ready.id, ready.revision),))


def may_fill_in(member: Member) -> None:
    """Whether the office has opened the way to the forms."""
    if member.state not in LET_IN:
        raise Refused("not_admitted")


def may_give_profile(member: Member) -> None:
    """Whether this is a mentor to whom the forms are open."""
    may_fill_in(member)
    if member.role != "mentor":
        raise Refused("not_yours")


def missing_forms(member: Member) -> tuple[MemberForm, ...]:
    """What somebody of that role still has to fill in, the first thing first."""
    profile: tuple[MemberForm, ...] = ("profile",) if member.role == "mentor" and member.profile is None else ()
    return (*profile, "preferences") if member.preferences is None else profile


def approve_mentor(member: Member, trained_on: date | None, now: datetime) -> Step[Member]:
    """The office approves a mentor's profile and records the training, where it has taken place."""
    may_approve_mentor(member)
    approved = replace(
        member, state="approved", approved_at=now, waiting_since=None,
        trained_on=trained_on or member.trained_on,
    )  # fmt: skip
    return Step(approved, (tell(Kind.MENTOR_APPROVED, member.person, member.id, member.revision),))


def may_approve_mentor(member: Member) -> None:
    """Whether the office can approve this mentor's profile."""
    if member.state != "in_review":
        raise Refused("already_decided")
    may_decide(member)


def record_training(member: Member, scheme: Scheme, trained_on: date) -> Step[Member]:
    """The office records when a mentor completed the training."""
    may_record_training(member, scheme)
    trained = replace(member, trained_on=trained_on)
    return Step(trained, (tell(Kind.TRAINING_RECORDED, member.person, member.id, trained_on.toordinal()),))


def may_record_training(member: Member, scheme: Scheme) -> None:
    """Whether a training can go on this person's record: the scheme asks for one, and they are approved."""
    if member.role not in scheme.training:
        raise Refused("gone")
    if member.state != "approved":
        raise Refused("not_approved")


def ask_clarification(member: Member, question: str) -> Step[Member]:
    """The office asks the person something before it decides; what they gave stays as it is. One question at a time:
    a second one would take the first out of its reader's hands."""
    may_decide(member)
    asked = replace(member, question=question, waiting_since=None, revision=member.revision + 1)
    return Step(asked, (tell(Kind.MEMBER_CLARIFICATION, member.person, member.id, asked.revision),))


def turn_down(member: Member, reply: str) -> Step[Member]:
    """The office cannot take the person in now; `reply` is what they read. They may ask again."""
    may_decide(member)
    down = replace(member, state="turned_down", reply=reply, waiting_since=None, revision=member.revision + 1)
    return Step(down, (tell(Kind.MEMBER_TURNED_DOWN, member.person, member.id, down.revision),))


def enrol(member: Member, now: datetime) -> Member:
    """A mentee whose request is approved takes part from then on."""
    if member.state == "approved":
        return member
    return replace(member, state="approved", approved_at=now)


def own_limit(member: Member, scheme: Scheme) -> int:
    """How many mentees the mentor takes at one time, at most. Hard."""
    return member.own_limit if member.own_limit is not None else scheme.capacity.own_limit


def trained(member: Member, scheme: Scheme, on: date) -> bool:
    """Whether the training the scheme asks for is done and has not lapsed on that day."""
    asked = scheme.training.get(member.role)
    if asked is None or not asked.required:
        return True
    return member.trained_on is not None and not _lapsed(member.trained_on, asked.renewed_every, on)


def _lapsed(trained_on: date, renewed_every: Period | None, on: date) -> bool:
    if renewed_every is None:
        return False
    last = renewed_every.after(datetime(trained_on.year, trained_on.month, trained_on.day))  # noqa: DTZ001 – a day
    return on > last.date()


def may_mentor(member: Member, scheme: Scheme, now: datetime) -> None:
    """Whether a mentor can take a mentee on: approved and trained. A pause does not undo an invitation."""
    if member.role != "mentor" or member.state != "approved" or not trained(member, scheme, now.date()):
        raise Refused("not_approved")


def may_be_asked(member: Member, scheme: Scheme, now: datetime) -> None:
    """Whether a mentor can get invitations at all: approved, trained, not paused. Room is counted apart."""
    may_mentor(member, scheme, now)
    if member.paused_until is not None and member.paused_until > now:
        raise Refused("mentor_unavailable")


def may_take_another(mentees: int, limit: int) -> None:
    """Whether there is room for one more mentee."""
    if mentees >= limit:
        raise Refused("at_limit", {"limit": limit})
