"""Once a year every mentor confirms their entry in the directory, or changes it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lifecycle import attention, membership, reminding
from bot.lifecycle import refreshing as rules
from bot.schemes.loading import load
from tests.lifecycle.builders import member, refusal

ASME = load("asme")
YEARLESS = ASME.model_copy(update={"directory": ASME.directory.model_copy(update={"refreshed": None})})
JANUARY = datetime(2027, 1, 1, tzinfo=UTC)
MENTOR = replace(member("mentor", "approved"), approved_at=JANUARY - timedelta(days=90))
DAY = timedelta(days=1)


@given(at=st.datetimes(datetime(2025, 1, 1), datetime(2031, 12, 31)))  # noqa: DTZ001 – given their zone below
def test_there_is_one_refresh_a_year(at: datetime) -> None:
    now = at.replace(tzinfo=UTC)
    last, following = rules.last_refresh(ASME, now), rules.next_refresh(ASME, now)
    assert last is not None
    assert following is not None
    assert last <= now < following
    assert (last.month, last.day, following.year - last.year) == (1, 1, 1)


@pytest.mark.covers("D6")
def test_an_entry_of_last_year_is_to_be_confirmed_from_january_on() -> None:
    assert not rules.wanted(MENTOR, ASME, JANUARY - DAY)
    assert rules.wanted(MENTOR, ASME, JANUARY)
    confirmed = rules.confirm(MENTOR, ASME, JANUARY + DAY).state
    assert not rules.wanted(confirmed, ASME, JANUARY + 2 * DAY)
    assert refusal(lambda: rules.confirm(confirmed, ASME, JANUARY + 2 * DAY)) == "entry_fresh"
    assert rules.wanted(confirmed, ASME, datetime(2028, 1, 1, tzinfo=UTC)), "every year"
    assert not rules.wanted(MENTOR, YEARLESS, JANUARY)
    assert not rules.wanted(replace(MENTOR, state="left"), ASME, JANUARY)
    changed = membership.give_profile(MENTOR, ASME, {"about": "Anew"}, JANUARY + DAY).state
    assert not rules.wanted(changed, ASME, JANUARY + DAY), "a change confirms it, too"


@pytest.mark.covers("D6")
def test_they_are_reminded_twice_a_year_at_most_and_then_the_office_sees_it() -> None:
    (series,) = reminding.of_member(MENTOR, ASME, JANUARY)
    assert [at for at in series.moments if at.year == 2027] == [JANUARY + DAY, JANUARY + 14 * DAY]
    for days, needed in ((27, False), (28, True), (60, True)):
        marks = attention.Marks.of(ASME, JANUARY + days * DAY)
        found = attention.of_member(MENTOR, attention.Facts(), marks)
        assert (attention.Need.UNCONFIRMED in found) == needed, days
    confirmed = replace(MENTOR, confirmed_at=JANUARY + DAY)
    (following,) = reminding.of_member(confirmed, ASME, JANUARY + 2 * DAY)
    assert {at.year for at in following.moments} == {2028}
