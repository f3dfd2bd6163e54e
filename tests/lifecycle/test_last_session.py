"""The last session that two people agree on: which can be it, what keeps it so, and what follows once it was held."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.lifecycle import endings, heard, last_session, reminding, sessions, step
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.step import Step
from bot.schemes.scheme import Scheme

from .builders import DAY, MEETING, NOW, SCHEME, pair, refusal, told

OFFERED: Scheme = SCHEME.model_copy(update={"pairs": SCHEME.pairs.model_copy(update={"last_agreed": True})})
HELD = Session("s1", 1, "completed", NOW - DAY, marked_by="ada", marked_at=NOW - DAY)
NEXT = Session("s2", 2, "scheduled", NOW + 7 * DAY, mode="Video call", set_by="ada")
THEN = Session("s3", 3, "scheduled", NOW + 14 * DAY, mode="Video call", set_by="ada")
LAST = replace(THEN, last_by="ada")


def with_sessions(*of: Session) -> Pair:
    """A pair with these."""
    return pair(sessions=of)


CASES: dict[str, tuple[Pair, str, str, str]] = {
    # the pair, the session that is pressed: made the last, made so no more
    "the latest of those that are set": (with_sessions(HELD, NEXT, THEN), "s3", "ok", "last_not_agreed"),
    "the only one that is set, after one": (with_sessions(HELD, NEXT), "s2", "ok", "last_not_agreed"),
    "one that others follow": (with_sessions(HELD, NEXT, THEN), "s2", "last_of_several", "last_not_agreed"),
    "the first": (with_sessions(NEXT), "s2", "last_of_several", "last_not_agreed"),
    "the first, with one off": (with_sessions(Session("s1", 1), NEXT), "s2", "last_of_several", "last_not_agreed"),
    "one without a time": (with_sessions(HELD, Session("s2", 2)), "s2", "session_not_set", "session_not_set"),
    "one that was held": (with_sessions(replace(HELD, id="s0"), HELD), "s1", "session_completed", "session_completed"),
    "one that has begun": (with_sessions(HELD, replace(NEXT, starts_at=NOW)), "s2", "session_begun", "session_begun"),
    "the last already": (with_sessions(HELD, NEXT, LAST), "s3", "last_already", "ok"),
    "another than the last": (with_sessions(HELD, NEXT, LAST), "s2", "last_of_several", "last_not_agreed"),
    "one after what was the last": (
        with_sessions(HELD, replace(NEXT, last_by="bea"), THEN), "s3", "ok", "last_not_agreed",
    ),
    "what was the last, and one follows": (
        with_sessions(HELD, replace(NEXT, last_by="bea"), THEN), "s2", "last_of_several", "last_not_agreed",
    ),
    "nothing is accepted yet": (
        replace(with_sessions(HELD, NEXT), consents=()), "s2", "document_first", "last_not_agreed",
    ),
    "it has ended": (replace(with_sessions(HELD, NEXT, LAST), state="ended"), "s3", "pair_ended", "pair_ended"),
    "there is none": (with_sessions(HELD, NEXT), "s9", "gone", "gone"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_which_session_can_be_the_last(case: str) -> None:
    one, id_, made, unmade = CASES[case]

    def how(rule: Callable[..., object], by: str, *given: object) -> str:
        refused = step.refusal(rule, one, id_, by, *given, NOW)
        return refused.reason if refused else "ok"

    for by in ("ada", "bea"):
        assert how(last_session.make, by, OFFERED) == how(last_session.may_make, by, OFFERED) == made
        assert how(last_session.unmake, by) == how(last_session.may_unmake, by) == unmade
    assert how(last_session.make, "zoe", OFFERED) == "not_yours"
    assert how(last_session.unmake, "zoe") == "not_yours"
    assert how(last_session.make, "ada", SCHEME) == "not_offered"


def test_either_makes_it_the_last_and_the_other_hears_each_time() -> None:
    one = with_sessions(HELD, replace(NEXT, last_by="bea"), THEN)
    assert one.last is None, "whoever sets one after it means to go on"
    made = last_session.make(one, "s3", "ada", OFFERED, NOW)
    assert told(made) == [("bea", "session_last")]
    assert made.state.last == LAST
    assert made.state.session("s2").last_by is None, "there is one last"
    back = last_session.unmake(made.state, "s3", "bea", NOW + DAY)
    assert told(back) == [("ada", "session_last")]
    assert back.state.last is None
    again = last_session.make(back.state, "s3", "ada", OFFERED, NOW + 2 * DAY)
    assert again.notices[0].key != made.notices[0].key


AGREED = with_sessions(HELD, NEXT, LAST)
_SHOWN = heard.Shown("e3", None)
_IN_CALENDAR = replace(LAST, placing="placed", event="e3")
KEPT: dict[str, tuple[Callable[[], Step[Pair]], bool]] = {
    # what happens to it, and whether it is the last then
    "moved": (lambda: sessions.schedule(AGREED, "s3", "bea", replace(MEETING, starts_at=NOW + 20 * DAY), NOW), True),
    "confirmed": (lambda: sessions.confirm(AGREED, "s3", "bea", NOW), True),
    "cancelled": (lambda: sessions.cancel(AGREED, "s3", "bea", None, NOW), False),
    "held": (lambda: sessions.complete(AGREED, "s3", "bea", NOW + 15 * DAY), True),
    "not held": (lambda: sessions.not_held(AGREED, "s3", "bea", None, NOW + 15 * DAY), False),
    "deleted in a calendar": (
        lambda: heard.heard(with_sessions(HELD, NEXT, _IN_CALENDAR), "s3", LAST.revision, _SHOWN, NOW), False,
    ),
    "another set after it": (
        lambda: sessions.add_session(AGREED, "s4", 4, "bea", replace(MEETING, starts_at=NOW + 20 * DAY), NOW), False,
    ),
    "another set before it": (lambda: sessions.add_session(AGREED, "s4", 4, "bea", MEETING, NOW), True),
}  # fmt: skip


@pytest.mark.parametrize("case", KEPT)
def test_what_is_moved_stays_the_last_and_what_is_off_is_not(case: str) -> None:
    move, kept = KEPT[case]
    after = move().state
    assert (after.last is not None and after.last.id == "s3") == kept
    if case in {"cancelled", "not held", "deleted in a calendar"}:
        again = sessions.schedule(after, "s3", "ada", replace(MEETING, starts_at=NOW + 30 * DAY), NOW).state
        assert again.last is None, "set again, it is a session like any other"


def test_the_one_before_it_by_time_is_the_one_that_says_so() -> None:
    assert last_session.follows(AGREED, NEXT) == LAST
    assert last_session.follows(AGREED, LAST) is None
    assert last_session.follows(AGREED, HELD) is None
    assert last_session.follows(with_sessions(HELD, NEXT, THEN), NEXT) is None
    between = replace(NEXT, id="s4", number=4, starts_at=NOW + 10 * DAY)
    assert last_session.follows(with_sessions(HELD, NEXT, LAST, between), NEXT) is None
    assert last_session.follows(with_sessions(HELD, NEXT, LAST, between), between) == LAST


def test_once_it_was_held_the_connection_can_be_closed_and_nobody_asks_for_more() -> None:
    few = with_sessions(HELD, NEXT, THEN)
    assert refusal(lambda: endings.complete(few, "ada", NOW)) == "not_complete_yet", "four were expected"
    assert refusal(lambda: endings.complete(AGREED, "ada", NOW)) == "not_complete_yet", "it has still to be held"
    over = with_sessions(HELD, replace(LAST, state="completed", starts_at=NOW), Session("s4", 4))
    assert over.last_held
    assert sessions.next_session(over) is None
    kinds = {each.kind.value for each in reminding.of_pair(over, OFFERED, NOW)}
    assert not kinds & {"no_session", "behind_pace"}
    assert endings.complete(over, "bea", NOW).state.end == "completed"
    added = sessions.add_session(over, "s5", 4, "ada", MEETING, NOW).state
    assert refusal(lambda: endings.complete(added, "ada", NOW)) == "not_complete_yet", "they go on"


def test_nothing_more_is_sent_for_it() -> None:
    """It is said in the reminders that come anyway."""
    plain, agreed = (reminding.of_pair(each, OFFERED, NOW) for each in (with_sessions(HELD, NEXT, THEN), AGREED))
    assert plain == agreed
