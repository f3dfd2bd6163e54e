"""What a calendar is asked for a session, and what comes of its answers, whatever has changed meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.lifecycle import placing, sessions
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.step import Step

from .builders import DAY, MEETING, NOW, pair, refusal

BEA = "bea@example.org"
SET = Session("s1", 1, "scheduled", NOW + DAY, revision=1, set_by="ada", placing="placing", mailbox=BEA)
PLACED = replace(SET, placing="placed", event="e1")
OFF = replace(PLACED, state="planned", starts_at=None, was_at=SET.starts_at, revision=2, placing="none")
LATER = replace(MEETING, starts_at=NOW + 3 * DAY)


def one(held: Session) -> Pair:
    return pair(session=held)


def of(step: Step[Pair]) -> Session:
    return step.state.session("s1")


@pytest.mark.parametrize(
    ("held", "is_behind"),
    [
        (Session("s1", 1), False),
        (SET, True),
        (PLACED, False),
        (replace(PLACED, placing="placing"), True),
        (OFF, True),
        (replace(OFF, event=None), False),
        (replace(PLACED, state="completed"), False),
        (replace(PLACED, state="called_off"), True),
        (replace(SET, state="called_off", placing="none"), False),
        (replace(SET, placing="failed"), False),
    ],
)
def test_when_a_calendar_has_to_follow(held: Session, is_behind: bool) -> None:
    assert placing.behind(held) is is_behind
    after = one(held)
    assert placing.following(None, after) == (("s1",) if is_behind else ())
    assert placing.following(after, after) == (), "nothing has changed"


def test_whatever_gives_a_session_a_time_asks_for_it_and_no_mail_goes_besides() -> None:
    before = one(Session("s1", 1))
    step = sessions.schedule(before, "s1", "ada", MEETING, NOW)
    asked = placing.ask(before, step, BEA)
    assert (of(asked).placing, of(asked).mailbox) == ("placing", BEA)
    assert all(each.in_chat_alone for each in asked.notices)
    assert placing.ask(before, step, None) == step, "nobody keeps a calendar"


def test_an_event_stays_in_the_calendar_in_which_it_is() -> None:
    before = one(PLACED)
    moved = placing.ask(before, sessions.schedule(before, "s1", "bea", LATER, NOW), "scheme@example.org")
    assert (of(moved).mailbox, of(moved).event, of(moved).placing) == (BEA, "e1", "placing")


def test_what_is_called_off_goes_by_no_mail_either() -> None:
    before = one(PLACED)
    off = placing.ask(before, sessions.cancel(before, "s1", "ada", None, NOW), BEA)
    assert [each.copy_alone for each in off.notices] == [False], "whoever called it off hears from their calendar"
    assert placing.behind(of(off))
    out = of(placing.taken_out(off.state, "s1", "e1"))
    assert (out.event, placing.transaction(out)) == (None, "s1:1"), "a new one will be made by another transaction"


def test_an_answer_that_is_late_is_kept_and_says_nothing_of_what_came_since() -> None:
    assert of(placing.placed(one(SET), "s1", 1, "e1", NOW + DAY, "https://join.example.org")).placing == "placed"
    since = of(placing.placed(one(replace(SET, revision=2)), "s1", 1, "e1", NOW + DAY, None))
    assert (since.placing, since.event) == ("placing", "e1")
    off = of(placing.placed(one(replace(OFF, event=None)), "s1", 1, "e1", NOW + DAY, None))
    assert placing.behind(off), "it is taken out again"


def test_the_link_to_join_stays_where_an_answer_has_none() -> None:
    linked = replace(PLACED, join_url="https://join.example.org")
    assert of(placing.placed(one(linked), "s1", 1, "e1", NOW + DAY, None)).join_url == "https://join.example.org"


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (SET, ("planned", "taken", None)),
        (replace(SET, event="e1", was_at=NOW + 5 * DAY), ("scheduled", "placed", NOW + 5 * DAY)),
        (replace(SET, event="e1", was_at=NOW - timedelta(hours=1)), ("planned", "taken", None)),
        (replace(SET, revision=2), ("scheduled", "placing", SET.starts_at)),
        (PLACED, ("scheduled", "placed", SET.starts_at)),
        (OFF, ("planned", "none", None)),
    ],
)
def test_a_time_that_is_taken(held: Session, expected: tuple[str, str, object]) -> None:
    step = placing.time_taken(one(held), "s1", 1, (NOW + 4 * DAY,), NOW)
    after = of(step)
    assert (after.state, after.placing, after.starts_at) == expected
    changed = after != held
    assert {each.to.person for each in step.notices} == ({"ada", "bea"} if changed else set())
    if changed:
        again = sessions.at(after, "ada", replace(MEETING, starts_at=SET.starts_at or NOW))
        assert not placing.to_be_looked_at(again), "set once more, it is meant"
        assert placing.to_be_looked_at(sessions.at(after, "ada", LATER))


def test_a_time_that_is_offered_is_had_by_one_press_until_another_is_set() -> None:
    offers = (NOW + 2 * DAY, NOW + 4 * DAY)
    off = placing.time_taken(one(replace(SET, mode="Video call")), "s1", 1, offers, NOW).state
    taken = sessions.take_time(off, "s1", "bea", NOW + 4 * DAY, NOW)
    assert (of(taken).starts_at, of(taken).mode, of(taken).set_by) == (NOW + 4 * DAY, "Video call", "bea")
    for late in (
        lambda: sessions.take_time(off, "s1", "ada", NOW + 3 * DAY, NOW),
        lambda: sessions.take_time(off, "s1", "ada", NOW + 2 * DAY, NOW + 2 * DAY),
        lambda: sessions.take_time(taken.state, "s1", "ada", NOW + 2 * DAY, NOW),
    ):
        assert refusal(late) == "offer_over"
    assert refusal(lambda: sessions.take_time(off, "s1", "cyd", NOW + 4 * DAY, NOW)) == "not_yours"


def test_a_calendar_that_is_given_up() -> None:
    assert of(placing.not_placed(one(SET), "s1")).placing == "failed"
    assert of(placing.not_placed(one(PLACED), "s1")) == PLACED
