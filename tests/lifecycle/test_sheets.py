"""Whose a sheet is, who reads it, who fills it in when, and what of it is still open."""

from dataclasses import replace
from typing import Any

import pytest

from bot.lifecycle import sheets
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.permissions import Actor
from bot.lifecycle.sheets import SHARED, FilledSheet
from bot.lifecycle.step import allowed
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Page, Sheet
from tests.support.schemes import sheet

from .builders import NOW, SCHEME, member, pair, refusal

DONE = Session("s1", 1, "completed", NOW)
AHEAD = Session("s2", 2, "scheduled", NOW)
ROWS: dict[str, Any] = {
    "key": "todo", "label": "To do", "kind": "rows", "required": False, "done": "done",
    "columns": [{"key": "what", "label": "What"}, {"key": "done", "label": "Done?", "kind": "yes_no"}],
}  # fmt: skip


def scheme_with(*some: Sheet) -> Scheme:
    return SCHEME.model_copy(update={"sheets": some})


def filled(of: Sheet, about: str = "c1", owner: str = SHARED, **more: Any) -> FilledSheet:
    return FilledSheet("f1", SCHEME.key, of.key, about, owner, more.pop("answers", {"text": "x"}), "ada", NOW, **more)


OWNERS: dict[str, tuple[Sheet, str, str]] = {
    # whose it is that ada, the mentee, and bea, the mentor, come upon
    "shared": (sheet("one", "pair"), SHARED, SHARED),
    "the mentee's, both read it": (sheet("one", "pair", by="mentee"), "ada", "ada"),
    "the mentor's, both read it": (sheet("one", "pair", by="mentor"), "bea", "bea"),
    "each their own": (sheet("one", "pair", seen_by="writer"), "ada", "bea"),
    "for the office": (sheet("one", "pair", seen_by="office", offered="afterwards"), "ada", "bea"),
    "the mentee's alone": (sheet("one", "pair", by="mentee", seen_by="writer"), "ada", "ada"),
}


@pytest.mark.parametrize("case", OWNERS)
def test_whose_a_sheet_is(case: str) -> None:
    one, mentees, mentors = OWNERS[case]
    assert (sheets.owner_of(one, pair(), "ada"), sheets.owner_of(one, pair(), "bea")) == (mentees, mentors)


READS: dict[str, tuple[Sheet, bool, bool]] = {
    "shared": (sheet("one", "pair"), True, True),
    "the mentee's, both read it": (sheet("one", "pair", by="mentee"), True, True),
    "each their own": (sheet("one", "pair", seen_by="writer"), True, True),
    "the mentee's alone": (sheet("one", "pair", by="mentee", seen_by="writer"), True, False),
    "the mentor's alone": (sheet("one", "pair", by="mentor", seen_by="writer"), False, True),
}


@pytest.mark.parametrize("case", READS)
def test_who_reads_it(case: str) -> None:
    one, mentee, mentor = READS[case]
    assert (allowed(sheets.may_read, one, pair(), "ada"), allowed(sheets.may_read, one, pair(), "bea")) == (
        mentee,
        mentor,
    )
    assert refusal(lambda: sheets.may_read(one, pair(), "zoe")) == "not_yours"


def test_nobody_reads_what_the_other_keeps_for_themselves() -> None:
    own = sheet("one", "pair", seen_by="writer")
    sheets.may_read_filled(own, filled(own, owner="ada"), pair(), "ada")
    assert refusal(lambda: sheets.may_read_filled(own, filled(own, owner="ada"), pair(), "bea")) == "not_yours"
    assert refusal(lambda: sheets.may_read_filled(own, filled(own, owner="ada"), pair(), "zoe")) == "not_yours"


def test_what_a_member_keeps_is_theirs_and_the_offices_where_it_is_for_it() -> None:
    office = Actor("ruth", frozenset({"approve_members"}))
    for seen_by, reads in (("office", True), ("writer", False)):
        one = sheet("one", "member", by="mentee", seen_by=seen_by)
        held = filled(one, "m1", "ada")
        sheets.may_read_of_member(one, held, Actor("ada"))
        assert allowed(sheets.may_read_of_member, one, held, office) == reads
        assert not allowed(sheets.may_read_of_member, one, held, Actor("zoe"))
        assert not allowed(sheets.may_read_of_member, one, held, Actor("ruth", frozenset({"match"})))


ENDED = pair(state="ended", ended_at=NOW)
FILLS: dict[str, tuple[Sheet, Pair, Session | None, str, str | None]] = {
    "shared, now": (sheet("one", "pair"), pair(), None, "bea", None),
    "the other's": (sheet("one", "pair", by="mentor"), pair(), None, "ada", "sheet_of_other"),
    "one's own": (sheet("one", "pair", by="mentor"), pair(), None, "bea", None),
    "after the end": (sheet("one", "pair"), ENDED, None, "ada", "pair_ended"),
    "for afterwards, too early": (sheet("one", "pair", offered="afterwards"), pair(), None, "ada", "sheet_later"),
    "for afterwards, then": (sheet("one", "pair", offered="afterwards"), ENDED, None, "ada", None),
    "of a session ahead": (sheet("one", "session"), pair(), AHEAD, "ada", None),
    "of a session, for afterwards, too early": (
        sheet("one", "session", offered="afterwards"), pair(), AHEAD, "ada", "sheet_later",
    ),
    "of a session, for afterwards, then": (sheet("one", "session", offered="afterwards"), pair(), DONE, "ada", None),
    "of a session, after the end": (sheet("one", "session", offered="afterwards"), ENDED, DONE, "ada", "pair_ended"),
    "a stranger": (sheet("one", "pair"), pair(), None, "zoe", "not_yours"),
}  # fmt: skip


@pytest.mark.parametrize("case", FILLS)
def test_who_fills_it_in_when(case: str) -> None:
    one, held, session, person, reason = FILLS[case]
    if reason is None:
        sheets.may_fill_in(one, held, session, person)
    else:
        assert refusal(lambda: sheets.may_fill_in(one, held, session, person)) == reason


def test_a_member_keeps_the_sheets_of_their_role() -> None:
    mentees, both = sheet("mine", "member", by="mentee"), sheet("all", "member")
    mentors, pairs_ = sheet("theirs", "member", by="mentor", required=True), sheet("pair", "pair")
    scheme = scheme_with(mentees, both, mentors, pairs_)
    assert sheets.of_role(scheme, member("mentee")) == (mentees, both)
    assert sheets.of_role(scheme, member("mentor")) == (both, mentors)
    assert sheets.of_role(scheme, member("mentor", "asked")) == ()
    assert refusal(lambda: sheets.may_keep_own(mentees, member("mentor"))) == "not_yours"
    assert sheets.wanted_of_member(scheme, member("mentor"), ()) == (mentors,)
    assert sheets.wanted_of_member(scheme, member("mentor"), [filled(mentors, "m1", "bea")]) == ()
    assert sheets.wanted_of_member(scheme, member("mentor"), [filled(mentors, "m1", "ada")]) == (mentors,)
    assert sheets.wanted_of_member(scheme, member("mentee"), ()) == ()


def test_what_is_required_of_a_party_once_its_time_has_come() -> None:
    of_pair = sheet("contract", "pair", required=True)
    record = sheet("record", "session", by="mentee", required=True)
    after = sheet("back", "pair", offered="afterwards", seen_by="office", required=True)
    scheme, held = scheme_with(of_pair, record, after, sheet("free", "pair")), pair(sessions=(DONE, AHEAD))
    assert sheets.wanted_of_pair(scheme, held, "ada", ()) == ((of_pair, None), (record, DONE))
    assert sheets.wanted_of_pair(scheme, held, "bea", ()) == ((of_pair, None),)
    given = [filled(of_pair), filled(record, "s1", "ada")]
    assert sheets.wanted_of_pair(scheme, held, "ada", given) == ()
    assert sheets.wanted_of_pair(scheme, pair(agreed=1, sessions=()), "ada", ()) == ()
    ended = replace(ENDED, sessions=(DONE,))
    assert sheets.wanted_of_pair(scheme, ended, "bea", ()) == ((after, None),)
    assert sheets.wanted_of_pair(scheme, ended, "bea", [filled(after, owner="ada")]) == ((after, None),)
    assert sheets.wanted_of_pair(scheme, ended, "bea", [filled(after, owner="bea")]) == ()


LINES = {"todo": [{"what": "a"}, {"what": "b", "done": True}, {"what": "c", "done": False}, "odd"], "text": "x"}


@pytest.mark.covers("A29")
def test_what_is_not_done_is_open_and_carried_over_from_the_last_that_was_written() -> None:
    todo = sheet("todo", "session", fields=(ROWS,))
    assert sheets.open_lines(todo, LINES) == {"todo": [{"what": "a"}, {"what": "c", "done": False}]}
    assert sheets.open_lines(todo, {}) == {}
    assert sheets.open_lines(todo, {"todo": [{"what": "b", "done": True}]}) == {}
    assert sheets.open_lines(sheet("plain", "session"), LINES) == {}
    third = Session("s3", 3)
    held, first = pair(sessions=(DONE, AHEAD, third)), filled(todo, "s1", answers=LINES)
    for session in (AHEAD, third):
        assert sheets.carried_over(todo, held, session, [first], SHARED) == sheets.open_lines(todo, LINES)
    assert sheets.carried_over(todo, held, DONE, [first], SHARED) == {}
    done = filled(todo, "s2", answers={"todo": [{"what": "a", "done": True}]})
    assert sheets.carried_over(todo, held, third, [first, done], SHARED) == {}
    assert sheets.carried_over(todo, held, third, [replace(first, owner="ada")], SHARED) == {}


@pytest.mark.covers("A29")
def test_how_much_is_due_before_the_next_session() -> None:
    todo, own = (
        sheet("todo", "session", fields=(ROWS,)),
        sheet("own", "session", by="mentee", seen_by="writer", fields=(ROWS,)),
    )
    scheme, held = scheme_with(todo, own, sheet("pair", "pair", fields=(ROWS,))), pair(sessions=(DONE, AHEAD))
    given = [filled(todo, "s1", answers=LINES), filled(own, "s1", "ada", answers={"todo": [{"what": "d"}]})]
    assert sheets.due_before_next(scheme, held, given, "ada") == 3
    assert sheets.due_before_next(scheme, held, given, "bea") == 2, "what she keeps for herself is not his"
    assert [each.key for each, _ in sheets.latest_open(scheme, held, given, "ada")] == ["todo", "own"]
    later = filled(todo, "s2", answers={"todo": [{"what": "a"}]})
    assert sheets.due_before_next(scheme, held, [*given, later], "bea") == 1, "the last that was written counts"
    assert sheets.due_before_next(scheme, held, (), "ada") == 0


@pytest.mark.covers("A29")
def test_what_somebody_does_themself_or_with_the_other() -> None:
    lines = [
        {"what": "a", "who": "Mentee"},
        {"what": " b ", "who": "Mentor"},
        {"what": "c", "who": "Both"},
        {"what": "d"},
        {"what": "e", "who": "Mentee", "done": True},
        {"who": "Mentee"},
    ]
    given = [filled(sheet("todo", "session"), "s1", answers={"todo": lines})]
    held = pair(sessions=(DONE, AHEAD))

    def open_for(person: str, **more: Any) -> tuple[str, ...]:
        scheme = scheme_with(sheet("todo", "session", fields=({**ROWS, **more},)))
        return sheets.own_open(scheme, held, given, person)

    who = {"key": "who", "label": "Who", "kind": "choice", "options": ["Mentee", "Mentor", "Both"]}
    said = {"whose": "who", "columns": [*ROWS["columns"], who]}
    assert open_for("ada", **said) == ("a", "c", "d")
    assert open_for("bea", **said) == ("b", "c", "d")
    assert open_for("bea") == ("a", "b", "c", "d"), "where the lines do not say whose they are"


@pytest.mark.covers("A25")
def test_the_goals_that_were_reached_of_those_that_were_set() -> None:
    goals = sheet("goals", "pair", fields=(ROWS,))
    scheme, held = scheme_with(goals, sheet("todo", "session", fields=(ROWS,)), sheet("free", "pair")), pair()
    assert sheets.goals_reached(scheme, held, (), "ada") == (0, 0)
    given = [
        filled(goals, answers=LINES),
        filled(sheet("free", "pair")),
        filled(sheet("todo", "session"), "s1", answers=LINES),
    ]
    assert sheets.goals_reached(scheme, held, given, "ada") == (1, 3)
    mentors = sheet("goals", "pair", by="mentor", seen_by="writer", fields=(ROWS,))
    theirs = [filled(mentors, owner="bea", answers=LINES)]
    assert sheets.goals_reached(scheme_with(mentors), held, theirs, "bea") == (1, 3)
    assert sheets.goals_reached(scheme_with(mentors), held, theirs, "ada") == (0, 0)


def test_who_of_the_office_hears_of_a_sheet() -> None:
    of_member = sheet("one", "member", by="mentor", seen_by="office")
    of_pair = sheet("two", "pair", seen_by="office", offered="afterwards")
    (told,) = sheets.told_office(of_member, filled(of_member, "m1", "bea", version=3))
    assert (told.kind.value, told.about, told.occurrence) == ("sheet_given", "m1", 3)
    assert (told.to.power, told.to.besides, told.to.private) == ("approve_members", "bea", True)
    (told,) = sheets.told_office(of_pair, filled(of_pair, owner="ada", version=2))
    assert (told.kind.value, told.about, told.occurrence) == ("feedback", "f1", 2)
    assert (told.to.power, told.to.besides, told.to.private) == ("manage_members", "ada", True)
    assert sheets.told_office(sheet("three", "pair"), filled(sheet("three", "pair"))) == ()


def test_pages_are_for_whom_they_say() -> None:
    whom = ("mentee", "mentor", "both")
    pages = tuple(Page.model_validate({"key": of, "title": of, "for": of, "text": ["x"]}) for of in whom)
    scheme = SCHEME.model_copy(update={"pages": pages})
    assert [each.key for each in sheets.pages_for(scheme, ["mentee"])] == ["mentee", "both"]
    assert [each.key for each in sheets.pages_for(scheme, ["mentor"])] == ["mentor", "both"]
    assert [each.key for each in sheets.pages_for(scheme, ["mentee", "mentor"])] == ["mentee", "mentor", "both"]
    assert sheets.pages_for(scheme, []) == ()
