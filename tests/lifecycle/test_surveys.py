"""Surveys: to whom they are put, from when to when, and that each is asked once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lifecycle.deadlines import DeadlineKind
from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.reminding import of_member, of_pair
from bot.lifecycle.sheets import FilledSheet
from bot.lifecycle.step import Refused
from bot.lifecycle.surveys import may_answer, wanted, windows
from bot.lifecycle.terms import Terms
from bot.schemes.loading import load
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import MOMENTS, Moment, Sheet
from tests.support.schemes import RECORD, SURVEY

BEGAN = datetime(2026, 1, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
LENGTH = load("bsw_hub")
"""Its connections last for a year."""


def survey(**more: Any) -> Sheet:
    return Sheet.model_validate(
        {**SURVEY.model_dump(exclude={"middle_after", "end_after"}, exclude_defaults=True), **more}
    )


def of(*sheets: Sheet) -> Scheme:
    return LENGTH.model_copy(update={"sheets": sheets})


def pair(ended: int | None = None) -> Pair:
    """One that began on the first of January; `ended`: how many days later it did."""
    state: Mapping[str, Any] = {"state": "active"} if ended is None else {"state": "ended"}
    end = BEGAN + ended * DAY if ended is not None else None
    return Pair(
        "p1", LENGTH.key, None, None, "ada", "bea", terms=Terms.of(LENGTH), began_at=BEGAN, ends_at=BEGAN + 365 * DAY,
        ended_at=end, **state,
    )  # fmt: skip


HALF, SIX, THREE = BEGAN + 365 * DAY / 2, datetime(2026, 7, 1, 9, tzinfo=UTC), datetime(2026, 4, 1, 9, tzinfo=UTC)
GONE = BEGAN + 20 * DAY
WINDOWS: dict[str, tuple[Sheet, Pair, dict[str, tuple[datetime, datetime | None]]]] = {
    "by the length": (survey(), pair(), {"start": (BEGAN, HALF), "middle": (HALF, None)}),
    "by its own times": (
        survey(middle_after="P3M", end_after="P6M"), pair(),
        {"start": (BEGAN, THREE), "middle": (THREE, SIX), "end": (SIX, None)},
    ),
    "half of its own end": (
        survey(asked=("start", "end"), end_after="P6M"), pair(),
        {"start": (BEGAN, BEGAN + (SIX - BEGAN) / 2), "end": (SIX, None)},
    ),
    "parted before the middle": (survey(), pair(20), {"start": (BEGAN, GONE), "end": (GONE, None)}),
    "parted before its own end": (
        survey(asked=("start", "end"), end_after="P6M"), pair(20), {"start": (BEGAN, GONE), "end": (GONE, None)},
    ),
    "parted after it": (survey(asked=("end",), end_after="P6M"), pair(300), {"end": (SIX, None)}),
    "at the end alone": (survey(asked=("end",)), pair(), {}),
}  # fmt: skip


@pytest.mark.parametrize(("sheet", "pair_", "expected"), WINDOWS.values(), ids=WINDOWS)
def test_when_it_can_be_answered(
    sheet: Sheet, pair_: Pair, expected: dict[str, tuple[datetime, datetime | None]]
) -> None:
    assert {moment: (each.opens, each.closes) for moment, each in windows(sheet, pair_).items()} == expected


@given(
    st.sets(st.sampled_from(MOMENTS), min_size=1), st.none() | st.integers(1, 5), st.none() | st.integers(6, 12),
    st.none() | st.integers(0, 700), st.integers(0, 800),
)  # fmt: skip
def test_at_no_time_is_one_survey_asked_twice(
    asked: set[Moment], middle: int | None, end: int | None, ended: int | None, day: int
) -> None:
    more = {
        "asked": sorted(asked),
        "middle_after": f"P{middle}M" if middle and "middle" in asked else None,
        "end_after": f"P{end}M" if end and "end" in asked else None,
    }
    held = pair(ended)
    found = wanted(of(survey(**more)), held, "ada", (), BEGAN + day * DAY)
    assert len(found) <= 1
    assert {moment for _, moment in found} <= asked


WHO: dict[str, tuple[dict[str, Any], str, int, str | None]] = {
    "either": ({}, "bea", 1, None), "the mentee's": ({"by": "mentee"}, "ada", 1, None),
    "not the mentor's": ({"by": "mentee"}, "bea", 1, "not_yours"), "a stranger": ({}, "eve", 1, "not_yours"),
    "too early": ({"asked": ("end",), "end_after": "P6M"}, "ada", 1, "survey_later"),
    "too late": ({"asked": ("start",)}, "ada", 200, "survey_over"),
}  # fmt: skip


@pytest.mark.parametrize(("more", "person", "day", "reason"), WHO.values(), ids=WHO)
def test_who_answers_when(more: dict[str, Any], person: str, day: int, reason: str | None) -> None:
    sheet = survey(**more)
    if reason is None:
        may_answer(sheet, pair(), sheet.asked[0], person, BEGAN + day * DAY)
        return
    with pytest.raises(Refused, match=reason):
        may_answer(sheet, pair(), sheet.asked[0], person, BEGAN + day * DAY)


def test_what_was_answered_is_asked_no_more_and_the_next_moment_is() -> None:
    sheet = survey(middle_after="P3M", end_after="P6M")
    given_ = FilledSheet("f1", LENGTH.key, sheet.key, "p1", "ada", {"stays": "Yes"}, "ada", BEGAN, moment="start")
    scheme = of(sheet)
    assert [moment for _, moment in wanted(scheme, pair(), "ada", (), BEGAN)] == ["start"]
    assert not wanted(scheme, pair(), "ada", (given_,), BEGAN)
    assert [moment for _, moment in wanted(scheme, pair(), "bea", (given_,), BEGAN)] == ["start"]
    assert [moment for _, moment in wanted(scheme, pair(), "ada", (given_,), THREE)] == ["middle"]


def member(**more: Any) -> Member:
    """A mentor who takes part since the first of January."""
    usual: dict[str, Any] = {"state": "approved", "approved_at": BEGAN}
    return Member("m1", LENGTH.key, "bea", "mentor", **{**usual, **more}, asked_at=BEGAN, joining={})


OF_ROLE = survey(about="member", by="mentor", asked=("start", "end"), end_after="P6M")


def test_a_member_is_asked_from_when_they_take_part() -> None:
    found = {moment: (each.opens, each.closes) for moment, each in windows(OF_ROLE, member()).items()}
    assert found == {"start": (BEGAN, BEGAN + (SIX - BEGAN) / 2), "end": (SIX, None)}
    assert [moment for _, moment in wanted(of(OF_ROLE), member(), "bea", (), SIX)] == ["end"]
    kinds = [each.kind for each in of_member(member(), of(OF_ROLE), BEGAN)]
    assert kinds == [DeadlineKind.SURVEY_START, DeadlineKind.SURVEY_END]


@pytest.mark.parametrize(
    "held",
    [member(state="left"), member(state="admitted", approved_at=None), replace(member(), role="mentee"), pair()],
    ids=["has left", "does not take part yet", "in another role", "a pair"],
)
def test_nobody_else_is_asked_about_a_role(held: Pair | Member) -> None:
    assert not wanted(of(OF_ROLE), held, "bea", (), BEGAN)
    for person in ("bea", "eve"):
        with pytest.raises(Refused, match="not_yours"):
            may_answer(OF_ROLE, held, "start", person, BEGAN)


def test_a_member_is_not_asked_what_a_pair_is() -> None:
    assert not wanted(of(survey(end_after="P6M")), member(), "bea", (), BEGAN)


def reminded(scheme: Scheme, held: Pair, kind: DeadlineKind, now: datetime = BEGAN) -> list[datetime]:
    return [at for each in of_pair(held, scheme, now) if each.kind == kind for at in each.moments]


def test_it_is_reminded_of_twice_at_each_moment_and_never_when_it_is_nearly_over() -> None:
    scheme = of(survey(by="mentee", middle_after="P3M", end_after="P6M"))
    for kind, since in (("survey_start", BEGAN), ("survey_middle", THREE), ("survey_end", SIX)):
        assert reminded(scheme, pair(), DeadlineKind(kind)) == [since + 2 * DAY, since + 9 * DAY]
    whom = {each.whom for each in of_pair(pair(), scheme, BEGAN) if each.kind == DeadlineKind.SURVEY_START}
    assert whom == {("ada",)}
    short = of(survey(middle_after="P5D"))
    assert reminded(short, pair(), DeadlineKind.SURVEY_START) == [BEGAN + 2 * DAY]
    assert reminded(short, pair(20), DeadlineKind.SURVEY_END) == [GONE + 2 * DAY, GONE + 9 * DAY]
    assert not reminded(of(RECORD), pair(), DeadlineKind.SURVEY_START)


@pytest.mark.covers("E7")
def test_what_is_required_of_a_session_is_reminded_of_once_it_is_marked() -> None:
    marked = BEGAN + 3 * DAY
    done = Session("s1", 1, "completed", BEGAN, marked_by="ada", marked_at=marked)
    held = replace(pair(), sessions=(done,))
    kind = DeadlineKind.RECORD_WANTED
    assert reminded(of(RECORD), held, kind, marked) == [marked + 2 * DAY, marked + 7 * DAY]
    assert not reminded(of(RECORD.model_copy(update={"required": False})), held, kind, marked)
