"""Every move of a membership, in the five schemes that come with the bot where they differ."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, get_args

from bot.lifecycle import gates, leaving, membership, places, reminders, reminding, standing, undoing
from bot.lifecycle.member import Member, MemberState
from bot.lifecycle.people import Person
from bot.schemes.loading import load
from bot.schemes.scheme import Scheme

from .builders import DAY, NOW, SCHEME, member, with_intake
from .whole_moves import Case

SCHEMES = tuple(load(key) for key in ("british_cardiovascular_society", "bcs_it", "bsw_hub", "asme", "employer"))
STATES: tuple[MemberState, ...] = get_args(MemberState)
ROLES = ("mentee", "mentor")


def _empty(role: Any, state: MemberState, **more: Any) -> Member:
    return member(role, state, **{"preferences": None, "profile": None, "trainings": {}, **more})


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _in()
    yield from _states()
    yield from _places()
    yield from _decisions()
    yield from _standing()
    yield from _reminded()


def _in() -> Iterator[Case]:
    for scheme in SCHEMES:
        for role in ROLES:
            said = f"{role}, {scheme.key}"
            join = partial(membership.ask_to_join, scheme, "m9", "eve", role, None, 0, {"stage": "New"}, NOW)  # type: ignore[arg-type]
            yield Case(f"ask to join, {said}", join)
            for name, one in _on_the_way(role):
                yield from _gates(f"{name} {said}", one, scheme)


def _on_the_way(role: Any) -> Iterator[tuple[str, Member]]:
    yield "let in", _empty(role, "admitted")
    yield "let in, all given", member(role, "admitted", profile={"about": "Me"})
    yield "let in, all given, untrained", member(role, "admitted", profile={"about": "Me"}, trainings={})
    yield "asked back about the profile", member(role, "in_review", profile={"about": "Me"}, question="Where?")
    yield "taking part", member(role, "approved")
    yield "trained long ago", member(role, "approved", trainings={"training": date(2019, 9, 1)})


def _gates(said: str, one: Member, scheme: Scheme) -> Iterator[Case]:
    yield Case(f"next gate, {said}", partial(gates.next_gate, one, scheme, NOW))
    yield Case(f"forms to fill in, {said}", partial(gates.forms_to_fill_in, one, scheme, NOW))
    yield Case(f"training wanted, {said}", partial(gates.training_wanted, one, scheme, NOW.date()))
    yield Case(f"lapses next, {said}", partial(gates.lapses_next, one, scheme))
    yield Case(f"document wanted, {said}", partial(gates.code_wanted, one, scheme))
    yield Case(f"goes on, {said}", partial(membership.go_on, one, scheme, NOW), one)


def _states() -> Iterator[Case]:
    for state in STATES:
        one = member("mentor", state)
        asked = member("mentor", state, question="Where?", waiting_since=None)
        for rule in (
            membership.may_decide, membership.may_answer_office, membership.may_fill_in, membership.under_review,
            membership.outside, membership.may_approve, leaving.may_leave, leaving.may_be_taken_out,
            places.may_stop_waiting, standing.may_pause,
        ):  # fmt: skip
            yield Case(f"{rule.__name__}, {state}", partial(rule, one))
            yield Case(f"{rule.__name__}, {state}, asked back", partial(rule, asked))
        yield Case(f"leave, {state}", partial(leaving.leave, one), one)
        yield Case(f"taken out, {state}", partial(leaving.remove, asked, "Sorry"), asked)
        for role in ROLES:
            of = member(role, state, profile={"about": "Me"}, trainings={})  # type: ignore[arg-type]
            kinds = partial(membership.trainings_to_record, of)
            for scheme in SCHEMES:
                yield Case(f"trainings to record, {role}, {state}, {scheme.key}", partial(kinds, scheme))
            for give in (membership.may_give_profile, membership.may_give_preferences):
                yield Case(f"{give.__name__}, {role}, {state}", partial(give, of, SCHEME))


def _places() -> Iterator[Case]:
    full, shut = with_intake("mentee", places=2), with_intake("mentee", open=False)
    for state in (None, *STATES):
        before = _empty("mentee", state, reply="Sorry", revision=4) if state else None
        for said, scheme in (("open", SCHEME), ("full", full), ("shut", shut)):
            join = partial(membership.ask_to_join, scheme, "m9", "eve", "mentee", before, 2, {"stage": "New"}, NOW)
            wait = partial(places.wait, scheme, "m9", "eve", "mentee", before, 2, NOW)
            yield Case(f"join, {state or 'new'}, {said}", join, before)
            yield Case(f"wait for a place, {state or 'new'}, {said}", wait, before)
    held = _empty("mentee", "waiting", place_wanted_since=NOW - DAY, place_held_until=NOW + DAY, reply="Sorry")
    yield Case(
        "join a place held", partial(membership.ask_to_join, full, "m9", "ada", "mentee", held, 2, {}, NOW), held
    )
    back = _empty("mentee", "asked", question="Where?")
    yield Case(
        "answer the office", partial(membership.ask_to_join, full, "m9", "ada", "mentee", back, 2, {}, NOW), back
    )
    waiting = _empty("mentee", "waiting", place_wanted_since=NOW - DAY)
    yield Case("a place is offered", partial(places.offer, waiting, SCHEME, NOW), waiting)
    yield Case("a place lapses too early", partial(places.lapse, held, NOW), held)
    yield Case("a place lapses", partial(places.lapse, held, NOW + DAY), held)
    yield Case(
        "a place lapses, they have asked",
        partial(places.lapse, member("mentee", "asked"), NOW),
        member("mentee", "asked"),
    )
    yield Case("off the list", partial(places.stop_waiting, held), held)
    for taken, applicants in ((0, 0), (1, 0), (1, 1), (2, 3)):
        for said, scheme in (("open", SCHEME), ("full", full), ("shut", shut)):
            offer = partial(places.to_offer, scheme, "mentee", taken, applicants)
            yield Case(f"places to offer, {said}, {taken} taken, {applicants} ask", offer)


def _decisions() -> Iterator[Case]:
    asks = _empty("mentor", "asked", waiting_since=NOW, place_held_until=NOW + DAY, approved_at=NOW - DAY)
    reviewed = member("mentor", "in_review", waiting_since=NOW, trainings={})
    yield Case("admit", partial(membership.admit, asks, SCHEME, 0, NOW), asks)
    full = with_intake("mentor", places=2)
    yield Case("admit, full", partial(membership.admit, asks, full, 2, NOW))
    yield Case("admit twice", partial(membership.admit, reviewed, SCHEME, 0, NOW))
    for one in (asks, reviewed):
        yield Case(f"ask back, {one.state}", partial(membership.ask_clarification, one, "Where?"), one)
        yield Case(f"turn down, {one.state}", partial(membership.turn_down, one, "Sorry"), one)
    approved = membership.approve(reviewed, {"training": NOW.date()}, NOW)
    yield Case("approve with training", lambda: approved, reviewed)
    yield Case("approve without", partial(membership.approve, reviewed, {}, NOW), reviewed)
    takes_part = member("mentor", trainings={})
    record = partial(membership.record_training, scheme=SCHEME, done=NOW.date(), now=NOW)
    yield Case("record a training", partial(record, takes_part, training="training"), takes_part)
    yield Case("record another training", partial(record, takes_part, training="other"))
    yield Case("record for who asks", partial(record, asks, training="training"))
    for scheme in SCHEMES:
        for document in scheme.documents:
            for role in ROLES:
                one = member(role, profile={"about": "Me"})  # type: ignore[arg-type]
                agree = partial(membership.agree, one, scheme, document.key, NOW)
                yield Case(f"accept {document.key}, {role}, {scheme.key}", agree, one)
    yield Case("accept what is not there", partial(membership.agree, takes_part, SCHEME, "nothing", NOW))
    for answers in ({"stage": "New"}, {}):
        given = member("mentor", "admitted", profile=None)
        yield Case(f"profile {answers}", partial(membership.give_profile, given, SCHEME, answers, NOW), given)
        yield Case(f"preferences {answers}", partial(membership.give_preferences, given, SCHEME, answers, NOW), given)
    change = undoing.change(reviewed, approved.state)
    yield Case("what an approval changed", lambda: change)
    yield Case("what letting in changed", partial(undoing.change, asks, membership.admit(asks, SCHEME, 0, NOW).state))
    yield Case("an approval taken back", partial(undoing.as_before, approved.state, change), approved.state)  # type: ignore[arg-type]
    yield Case(
        "first request", partial(membership.enrol, member("mentee", "admitted"), NOW), member("mentee", "admitted")
    )
    yield Case(
        "first request of one who takes part", partial(membership.enrol, member("mentee"), NOW), member("mentee")
    )


def _standing() -> Iterator[Case]:
    mentor = member(silences=1)
    pause = partial(standing.pause, mentor, now=NOW)
    for days in (0, 1, 366, 367):
        yield Case(f"pause for {days} days", partial(pause, NOW + days * DAY), mentor)
    paused = member(paused_until=NOW + DAY, silences=2)
    resting = member(rests_until=NOW + DAY, silences=1)
    for said, one in (("paused", paused), ("resting", resting), ("neither", mentor), ("left", member(state="left"))):
        yield Case(f"resume, {said}", partial(standing.resume, one, NOW), one)
        yield Case(f"the pause is over, {said}", partial(standing.pause_over, one, NOW + DAY), one)
        yield Case(f"the pause is over too early, {said}", partial(standing.pause_over, one, NOW), one)
        yield Case(f"can be asked, {said}", partial(membership.may_be_asked, one, SCHEME, NOW))
        yield Case(f"can mentor, {said}", partial(membership.may_mentor, one, SCHEME, NOW))
        yield Case(f"has answered, {said}", partial(standing.answered, one), one)
        for scheme in (SCHEME, SCHEMES[3]):
            yield Case(f"has declined, {said}, {scheme.key}", partial(standing.declined, one, scheme, NOW), one)
            yield Case(f"silent, {said}, {scheme.key}", partial(standing.silent, one, scheme, NOW), one)
    for held in (1, 2):
        yield Case(f"can take another, with {held} of 2", partial(membership.may_take_another, held, 2))
    for scheme in SCHEMES:
        yield Case(f"own limit, {scheme.key}", partial(membership.own_limit, member(), scheme))
        yield Case(f"own limit as set, {scheme.key}", partial(membership.own_limit, member(own_limit=3), scheme))


def _reminded() -> Iterator[Case]:
    renewed = SCHEMES[4]
    for said, one in (
        ("waits for the office", _empty("mentee", "asked", waiting_since=NOW)), ("nothing waits", member()),
        ("trained", member(trainings={"training": date(2025, 1, 31)})),
        ("trained, let in", member(state="admitted", trainings={"training": date(2025, 1, 31)})),
    ):  # fmt: skip
        for scheme in (SCHEME, renewed):
            yield Case(f"reminders of a member, {said}, {scheme.key}", partial(reminding.of_member, one, scheme, NOW))
    for scheme in SCHEMES:
        yield Case(f"meant by, {scheme.key}", partial(reminders.meant_by, scheme, NOW))
        for days in (9, 10, 11, 30):
            late = partial(reminders.overdue, scheme, NOW - days * DAY, NOW)
            yield Case(f"overdue after {days} days, {scheme.key}", late)
    early = Person("p1", "slack", "T1", "U1", "Ada", None, "Europe/London")
    for hours in (0, 9, 24 * 5):
        at = NOW + hours * DAY / 24
        yield Case(f"heard of in {hours} hours", partial(reminders.working_moment_of, early, at))
