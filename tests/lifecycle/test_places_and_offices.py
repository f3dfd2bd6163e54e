"""Lists for a place, offices given and taken back, memberships that end, and decisions taken back, rule by rule."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.lifecycle import leaving, offices, places, undoing
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.member import Member
from bot.lifecycle.offices import Holding
from bot.lifecycle.permissions import Actor
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.undoing import FOR, Undoable
from bot.schemes.scheme import Office

from .builders import DAY, NOW, SCHEME, member, refusal, request, told, with_intake

SHUT, FULL = with_intake("mentee", open=False), with_intake("mentee", open=True, places=3)
HELD_UNTIL = NOW + 7 * DAY


def waiting(**more: object) -> Member:
    return replace(member("mentee", "waiting", place_wanted_since=NOW - DAY), **more)  # type: ignore[arg-type]


def test_somebody_waits_where_nobody_can_join() -> None:
    step = places.wait(SHUT, "m9", "zoe", "mentee", None, 0, NOW)
    assert (step.state.id, step.state.person, step.state.role, step.state.state) == ("m9", "zoe", "mentee", "waiting")
    assert (step.state.place_wanted_since, step.state.revision, step.notices) == (NOW, 1, ())
    back = replace(member("mentee", "turned_down", reply="No.", revision=4))
    step = places.wait(FULL, "m9", "ada", "mentee", back, 3, NOW)
    assert (step.state.id, step.state.state, step.state.reply, step.state.revision) == ("m1", "waiting", None, 5)


WAITS: dict[str, tuple[object, Member | None, int, str | None]] = {
    "shut": (SHUT, None, 0, None),
    "full": (FULL, None, 3, None),
    "a place is free": (FULL, None, 2, "place_is_free"),
    "on the list already": (SHUT, waiting(), 0, "on_the_list"),
    "in already": (SHUT, member("mentee"), 0, "already_member"),
    "asks already": (SHUT, member("mentee", "asked"), 0, "already_waiting"),
    "has left": (SHUT, member("mentee", "left"), 0, None),
}


@pytest.mark.parametrize("case", WAITS)
def test_who_can_wait(case: str) -> None:
    scheme, before, taken, reason = WAITS[case]
    if reason is None:
        places.may_wait(scheme, "mentee", before, taken)  # type: ignore[arg-type]
        return
    with pytest.raises(Refused) as refused:
        places.may_wait(scheme, "mentee", before, taken)  # type: ignore[arg-type]
    assert refused.value.reason == reason
    assert reason != "place_is_free" or refused.value.facts == {"role": "mentee"}


@pytest.mark.parametrize(
    ("taken", "applicants", "places_", "offered"),
    [(0, 0, 3, 3), (1, 1, 3, 1), (2, 1, 3, 0), (3, 2, 3, 0), (9, 9, None, None)],
)
def test_how_many_places_are_offered(taken: int, applicants: int, places_: int | None, offered: int | None) -> None:
    open_ = with_intake("mentee", open=True, places=places_)
    assert places.to_offer(open_, "mentee", taken, applicants) == offered
    assert places.to_offer(with_intake("mentee", open=False, places=places_), "mentee", taken, applicants) == 0


@pytest.mark.covers("A1")
def test_a_place_is_held_for_the_first_and_then_passed_on() -> None:
    step = places.offer(waiting(revision=2), SCHEME, NOW)
    assert (step.state.place_held_until, step.state.revision) == (HELD_UNTIL, 3)
    assert told(step) == [("ada", "place_free")]
    assert step.notices[0].occurrence == 3
    assert step.deadlines == (Deadline(DeadlineKind.PLACE_HELD, "m1", HELD_UNTIL),)
    held = step.state
    assert places.lapse(held, HELD_UNTIL - timedelta(seconds=1)) == Step(held)
    over = places.lapse(held, HELD_UNTIL)
    assert (over.state.state, over.state.place_wanted_since, over.state.place_held_until) == ("left", None, None)
    assert (told(over), over.state.revision) == ([("ada", "place_passed_on")], 4)
    assert places.lapse(waiting(), NOW).notices == ()
    asked = replace(held, state="asked")
    assert places.lapse(asked, HELD_UNTIL).state == asked, "who has used it is not told that it has gone"


def test_whoever_waits_can_stop_waiting() -> None:
    off = places.stop_waiting(waiting(place_held_until=HELD_UNTIL, revision=2)).state
    assert (off.state, off.place_wanted_since, off.place_held_until, off.revision) == ("left", None, None, 3)
    assert refusal(lambda: places.stop_waiting(member("mentee"))) == "not_on_the_list"


CHIEF = Actor("ruth", frozenset({"manage_roles"}))
HELPER = Office(key="helper", title="Helper", powers=())
TWO = SCHEME.model_copy(update={"offices": (*SCHEME.offices, HELPER)})
FIRST = SCHEME.offices[0].key


def holding(person: str, office: str = FIRST, source: str = "chat") -> Holding:
    return Holding(person, office, NOW, source)  # type: ignore[arg-type]


def test_who_manages_roles_appoints_whoever_does_not_hold_it() -> None:
    held = (holding("ruth"), holding("zoe", "helper"))
    offices.may_appoint(CHIEF, "ada", "helper", held, TWO)
    offices.may_appoint(CHIEF, "ruth", "helper", held, TWO)
    assert refusal(lambda: offices.may_appoint(CHIEF, "zoe", "helper", held, TWO)) == "holds_already"
    assert refusal(lambda: offices.may_appoint(CHIEF, "ada", "none", held, TWO)) == "gone"
    assert refusal(lambda: offices.may_appoint(Actor("zoe"), "ada", "helper", held, TWO)) == "not_yours"


def test_nobody_is_dismissed_without_whom_members_would_wait_in_vain() -> None:
    alone = (holding("ruth"), holding("zoe", "helper"))
    offices.may_dismiss(CHIEF, alone[1], alone, TWO)
    with pytest.raises(Refused) as refused:
        offices.may_dismiss(CHIEF, alone[0], alone, TWO)
    assert (refused.value.reason, refused.value.facts) == ("last_holder", {"power": "approve members"})
    two = (*alone, holding("ada"))
    offices.may_dismiss(CHIEF, two[0], two, TWO)
    assert offices.last_holder_of(two[0], two, TWO) == ()
    assert set(offices.last_holder_of(alone[0], alone, TWO)) == {
        "approve_members", "approve_requests", "record_training", "manage_roles",
    }  # fmt: skip
    settings = holding("ruth", source="settings")
    assert refusal(lambda: offices.may_dismiss(CHIEF, settings, two, TWO)) == "by_settings"
    assert refusal(lambda: offices.may_dismiss(Actor("zoe"), two[0], two, TWO)) == "not_yours"


@pytest.mark.parametrize("state", ["admitted", "in_review", "approved"])
def test_whoever_is_in_leaves_and_the_office_hears(state: str) -> None:
    one = member(state=state, question="Which?", reply="Hm.", waiting_since=NOW, approved_at=NOW, place_held_until=NOW)  # type: ignore[arg-type]
    step = leaving.leave(one)
    gone = step.state
    assert (gone.state, gone.question, gone.reply, gone.waiting_since) == ("left", None, None, None)
    assert (gone.approved_at, gone.place_held_until, gone.revision) == (None, None, 4)
    assert told(step) == [("office: manage_members", "member_left")]
    assert (step.notices[0].occurrence, step.notices[0].to.besides) == (4, "bea")
    out = leaving.remove(one, "The scheme closes.")
    assert (out.state.state, out.state.reply, told(out)) == ("left", "The scheme closes.", [("bea", "member_removed")])
    assert out.notices[0].occurrence == 4


def test_an_application_is_taken_back_and_not_taken_out() -> None:
    step = leaving.leave(member(state="asked"))
    assert (step.state.state, step.notices) == ("left", ())
    assert refusal(lambda: leaving.remove(member(state="asked"), "No.")) == "not_member"
    for state in ("left", "turned_down", "waiting"):
        assert refusal(lambda state=state: leaving.leave(member(state=state))) == "not_member"  # type: ignore[misc]


def test_a_decision_is_taken_back_while_nothing_has_come_of_it() -> None:
    before = request("in_review", waiting_since=NOW, version=3)
    after = replace(before, state="choosing", approved_at=NOW, waiting_since=None, version=4)
    changed = undoing.change(before, after)
    assert changed
    assert (changed.id, changed.version) == ("r1", 4)
    assert changed.was == {"state": "in_review", "approved_at": None, "waiting_since": NOW}
    again = undoing.as_before(after, changed)
    assert (again.state, again.approved_at, again.waiting_since) == ("in_review", None, NOW)
    assert again.revision == after.revision + 1
    assert refusal(lambda: undoing.as_before(replace(after, version=5), changed)) == "undo_gone_on"
    decided = Undoable(SCHEME.key, "r1", NOW, (changed,))
    assert undoing.may_undo(decided, 4, NOW + FOR - timedelta(seconds=1)) is decided
    assert refusal(lambda: undoing.may_undo(decided, 4, NOW + FOR)) == "undo_too_late"
    assert refusal(lambda: undoing.may_undo(None, 4, NOW)) == "undo_too_late"
    assert refusal(lambda: undoing.may_undo(decided, 5, NOW)) == "undo_gone_on"


def test_what_touches_somebody_else_cannot_be_taken_back() -> None:
    before = request("choosing")
    asking = request("asking", version=2)
    assert undoing.change(before, asking) is None, "somebody has been asked"
    assert undoing.change(member(), member(place_held_until=NOW)) is None
