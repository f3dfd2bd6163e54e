"""How people come into the scheme, in one role at a time: asking, being let in, and gate after gate until they take
part. Which gates there are is the scheme's to say (`gates`)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Literal

from bot.lifecycle import searching
from bot.lifecycle.documents import Consent, Document, accepted_at, put_to
from bot.lifecycle.gates import may_take_part, next_gate
from bot.lifecycle.member import BEFORE_OFFICE, LET_IN, Answers, Member
from bot.lifecycle.notices import Notice, tell, tell_office
from bot.lifecycle.reminders import overdue_at
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.fields import FormField, SchemeForm
from bot.schemes.roles import Role, Training
from bot.schemes.scheme import Power, Scheme

UnderReview = Literal["application", "profile"]


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
    """A person asks to come in; `before` is what they were in this role, `taken` the places that others hold. Where the
    scheme has no application they are in at once."""
    may_ask_to_join(scheme, role, before, taken)
    if before is None:
        before = Member(id_, scheme.key, person, role, "asked", now, answers)
    member = replace(
        before, joining=answers, question=None, reply=None, place_wanted_since=None, revision=before.revision + 1
    )
    if "application" not in scheme.roles[role].gates:
        return _let_in(member, scheme, now)
    asked = replace(member, state="asked", waiting_since=now)
    kind = Kind.JOIN_ASKED if before.question is None else Kind.MEMBER_ANSWERED
    return Step(asked, (_put_before(kind, asked, scheme),))


def may_ask_to_join(scheme: Scheme, role: Role, before: Member | None, taken: int) -> None:
    """Whether a person can ask to come in now: not a member yet; the intake open and a place free, or one held for
    them."""
    rules = scheme.roles[role]
    if before is not None and before.state == "asked" and before.question is None:
        raise Refused("already_waiting")
    if outside(before):
        if before is None or before.place_held_until is None:
            _room(role, rules.open, rules.places, taken)
    elif before is not None and before.state != "asked":
        raise Refused("already_member")


def outside(before: Member | None) -> bool:
    """Whether somebody who was this in a role has no part in it now."""
    return before is None or before.state in {"turned_down", "waiting", "left"}


def _room(role: Role, is_open: bool, places: int | None, taken: int) -> None:
    if not is_open:
        raise Refused("intake_closed", {"role": role})
    if places is not None and taken >= places:
        raise Refused("no_places", {"places": places, "role": role})


def admit(member: Member, scheme: Scheme, taken: int, now: datetime) -> Step[Member]:
    """The office lets a person in: the way to the forms opens. `taken`: places held by others in this role."""
    may_admit(member, scheme, taken)
    return _let_in(member, scheme, now)


def into_role(
    scheme: Scheme, id_: str, role: Role, was: Member, before: Member | None, taken: int, now: datetime
) -> Step[Member]:
    """The office has them in this role instead of the one they were in (`was`; see `leaving.out_of_role`), also while
    nobody else can join in it, but never beyond its places. What both roles ask on joining is taken along."""
    places = scheme.roles[role].places
    if places is not None and taken >= places:
        raise Refused("role_full", {"places": places, "role": role})
    base = before or Member(id_, scheme.key, was.person, role, "asked", now, {})
    joining = {**base.joining, **_asked_in_both(was, role, scheme)}
    fresh = replace(
        base, joining=joining, question=None, reply=None, place_wanted_since=None, revision=base.revision + 1
    )
    return _let_in(fresh, scheme, now)


def _asked_in_both(was: Member, role: Role, scheme: Scheme) -> dict[str, Any]:
    forms = (scheme.roles[was.role].application, scheme.roles[role].application)
    here, there = ({each.key: each for each in form.fields} if form else {} for form in forms)
    alike = {key for key in here.keys() & there.keys() if _answered_alike(here[key], there[key])}
    return {key: answer for key, answer in was.joining.items() if key in alike}


def _answered_alike(one: FormField, other: FormField) -> bool:
    return (one.kind, one.options) == (other.kind, other.options)


def _let_in(member: Member, scheme: Scheme, now: datetime) -> Step[Member]:
    """Who comes back with every form filled in has nothing left to send: they go on to the next gate at once."""
    admitted = replace(member, state="admitted", waiting_since=None, approved_at=None, place_held_until=None)
    on = go_on(admitted, scheme, now)
    if on.state.state == "approved":
        return on
    return Step(on.state, (tell(Kind.ADMITTED, member.person, member.id, member.revision), *on.notices))


def go_on(member: Member, scheme: Scheme, now: datetime) -> Step[Member]:
    """What follows a gate: before the office, where it is to look now; in, where none is left."""
    gate = next_gate(member, scheme, now)
    if gate == "review" and (member.state == "admitted" or member.question is not None):
        ready = replace(member, state="in_review", question=None, waiting_since=now, revision=member.revision + 1)
        kind = Kind.PROFILE_READY if member.question is None else Kind.MEMBER_ANSWERED
        return Step(ready, (_put_before(kind, ready, scheme),))
    if gate is None and member.state == "admitted":
        return Step(_in(member, now), (tell(Kind.TAKES_PART, member.person, member.id, member.revision),))
    if gate == "training" and member.state == "admitted":
        return Step(member, (_put_before(Kind.TRAINING_NEXT, member, scheme, "record_training"),))
    return Step(member)


def _put_before(kind: Kind, member: Member, scheme: Scheme, power: Power = "approve_members") -> Notice:
    """The office hears of what it has to do; never by whoever it is about. Its card says so once it is overdue."""
    redrawn_at = overdue_at(scheme, member.waiting_since) if member.waiting_since else ()
    return tell_office(kind, power, member.id, member.revision, besides=member.person, redrawn_at=redrawn_at)


def _in(member: Member, now: datetime) -> Member:
    return replace(member, state="approved", approved_at=now, waiting_since=None)


def may_admit(member: Member, scheme: Scheme, taken: int) -> None:
    """Whether the office can let this person in: they wait for it, and a place is free."""
    if member.state != "asked":
        raise Refused("already_decided")
    may_decide(member)
    places = scheme.roles[member.role].places
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


def give_preferences(member: Member, scheme: Scheme, answers: Answers, now: datetime) -> Step[Member]:
    """Preferences, first or changed."""
    may_give_preferences(member, scheme)
    return go_on(known_for(replace(member, preferences=answers), scheme), scheme, now)


def give_profile(member: Member, scheme: Scheme, answers: Answers, now: datetime) -> Step[Member]:
    """A profile, first or changed. A change after approval stands at once: the office has met the person."""
    may_give_profile(member, scheme)
    return go_on(known_for(replace(member, profile=answers, confirmed_at=now), scheme), scheme, now)


def known_for(member: Member, scheme: Scheme) -> Member:
    """With what follows from the forms: the own limit that the profile sets, where the scheme has it set one, and what
    they are found by."""
    field = scheme.capacity.own_limit_field
    limit = (member.profile or {}).get(field) if field else None
    return replace(
        member, own_limit=int(limit) if limit is not None else None, known_for=searching.of_member(member, scheme)
    )


def agree(member: Member, scheme: Scheme, key: str, now: datetime) -> Step[Member]:
    """A member accepts a document of their role, and goes on to the gate that comes next."""
    may_agree(member, scheme, key)
    consent = Consent(key, member.person, now)
    return go_on(replace(member, consents=(*member.consents, consent)), scheme, now)


def may_agree(member: Member, scheme: Scheme, key: str) -> Document:
    """The document, where this member has it still to accept."""
    may_fill_in(member)
    document = document_of(member, scheme, key)
    if accepted_at(member.consents, key, member.person) is not None:
        raise Refused("already_agreed", {"called": document.called})
    return document


def document_of(member: Member, scheme: Scheme, key: str) -> Document:
    """That document of the member's role; Refused("gone") where there is none."""
    for each in put_to(member.role, scheme):
        if each.key == key:
            return each
    raise Refused("gone")


def may_fill_in(member: Member) -> None:
    """Whether the way to the forms is open."""
    if member.state not in LET_IN:
        raise Refused("not_admitted", {"role": member.role})


def may_give_profile(member: Member, scheme: Scheme) -> None:
    """Whether the forms are open to this member, and the scheme asks their role for a profile."""
    _has(member, scheme.roles[member.role].profile)


def may_give_preferences(member: Member, scheme: Scheme) -> None:
    """Whether the forms are open to this member, and the scheme asks their role for preferences."""
    _has(member, scheme.roles[member.role].preferences)


def _has(member: Member, form: SchemeForm | None) -> None:
    may_fill_in(member)
    if form is None:
        raise Refused("not_yours")


def approve(member: Member, trained: Mapping[str, date], now: datetime) -> Step[Member]:
    """The office approves what a member filled in, and records the trainings that have taken place."""
    may_approve(member)
    approved = _in(replace(member, trainings={**member.trainings, **trained}), now)
    return Step(approved, (tell(Kind.MEMBER_APPROVED, member.person, member.id, member.revision),))


def may_approve(member: Member) -> None:
    """Whether the office can approve what this member filled in."""
    if member.state != "in_review":
        raise Refused("already_decided")
    may_decide(member)


def record_training(member: Member, scheme: Scheme, training: str, done: date, now: datetime) -> Step[Member]:
    """The office records when a member completed a training."""
    may_record_training(member, scheme, training)
    trained = replace(member, trainings={**member.trainings, training: done})
    which = [each.key for each in scheme.roles[member.role].trainings].index(training)
    told = tell(Kind.TRAINING_RECORDED, member.person, member.id, done.toordinal() * 10 + which)
    on = go_on(trained, scheme, now)
    return on if on.state.state != member.state else Step(on.state, (told, *on.notices))


def may_record_training(member: Member, scheme: Scheme, training: str) -> None:
    """Whether that training can go on this member's record: the scheme has it, and what they fill in is done."""
    if scheme.roles[member.role].training(training) is None:
        raise Refused("gone")
    if training not in {each.key for each in trainings_to_record(member, scheme)}:
        raise Refused("not_approved")


def trainings_to_record(member: Member, scheme: Scheme) -> tuple[Training, ...]:
    """The trainings that the office can put on this member's record: once they take part, or where a training is what
    they have come to."""
    rules = scheme.roles[member.role]
    before_review = rules.gates.index("training") if "training" in rules.gates else 0
    early = "review" not in rules.gates[:before_review]
    return rules.trainings if member.state == "approved" or (early and member.state in LET_IN) else ()


def ask_clarification(member: Member, question: str) -> Step[Member]:
    """The office asks the person something before it decides; what they gave stays as it is. One question at a time:
    a second one would take the first out of its reader's hands."""
    may_decide(member)
    asked = replace(member, question=question, waiting_since=None, revision=member.revision + 1)
    return Step(asked, (tell(Kind.MEMBER_CLARIFICATION, member.person, member.id, asked.revision),))


def turn_down(member: Member, reply: str) -> Step[Member]:
    """The office cannot take the person in now; `reply` is what they read. They may ask again."""
    may_decide(member)
    down = replace(
        member, state="turned_down", reply=reply, waiting_since=None, place_held_until=None,
        revision=member.revision + 1,
    )  # fmt: skip
    return Step(down, (tell(Kind.MEMBER_TURNED_DOWN, member.person, member.id, down.revision),))


def enrol(member: Member, now: datetime) -> Member:
    """Whose first request is approved takes part from then on."""
    return member if member.state == "approved" else _in(member, now)


def own_limit(member: Member, scheme: Scheme) -> int | None:
    """How many mentees the mentor takes at one time, at most. Hard. None: nobody counts, the mentor says when it is
    enough."""
    if scheme.capacity.counted_by == "flag":
        return None
    return member.own_limit if member.own_limit is not None else scheme.capacity.own_limit


def may_mentor(member: Member, scheme: Scheme, now: datetime) -> None:
    """Whether a mentor can take a mentee on: they take part. A pause does not undo an invitation."""
    if member.role != "mentor":
        raise Refused("not_approved")
    may_take_part(member, scheme, now)


def may_be_asked(member: Member, scheme: Scheme, now: datetime) -> None:
    """Whether a mentor can get invitations at all: they take part, and neither pause nor rest. Room is apart."""
    may_mentor(member, scheme, now)
    away = any(until is not None and until > now for until in (member.paused_until, member.rests_until))
    if away or not says_available({**(member.profile or {}), **(member.preferences or {})}, scheme):
        raise Refused("mentor_unavailable")


def says_available(answers: Answers, scheme: Scheme) -> bool:
    """Whether a mentor with these answers can be asked, where the scheme lets them say so; otherwise they can."""
    flag = scheme.capacity.flag_field
    return flag is None or answers.get(flag) is not False


def may_take_another(mentees: int, limit: int | None) -> None:
    """Whether there is room for one more mentee."""
    if limit is not None and mentees >= limit:
        raise Refused("at_limit", {"limit": limit})
