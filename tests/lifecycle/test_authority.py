"""Who may do what, the keys of notices, and when a reminder may go out."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.lifecycle import permissions
from bot.lifecycle.notices import tell, tell_office
from bot.lifecycle.permissions import Actor
from bot.lifecycle.reminders import waking_moment, working_moment
from bot.lifecycle.step import Refused, allowed
from bot.lifecycle.step import refusal as why_not
from bot.lifecycle.vocabulary import Kind

from .builders import pair, refusal, sent

OFFICE = Actor("zoe", frozenset({"approve_members"}))


def test_only_the_office_and_never_about_oneself() -> None:
    permissions.office(OFFICE, "approve_members", "ada")
    assert refusal(lambda: permissions.office(OFFICE, "approve_requests", "ada")) == "not_yours"
    assert refusal(lambda: permissions.office(Actor("ada"), "approve_members", "bea")) == "not_yours"
    assert refusal(lambda: permissions.office(OFFICE, "approve_members", "ada", "zoe")) == "about_yourself"


def test_only_the_mentee_whose_request_it_is() -> None:
    permissions.asker(Actor("ada"), sent())
    assert refusal(lambda: permissions.asker(Actor("bea"), sent())) == "not_yours"


def test_only_the_mentor_of_this_very_invitation() -> None:
    permissions.invited(Actor("bea"), sent(), "i1")
    assert refusal(lambda: permissions.invited(Actor("bea"), sent(), "i2")) == "not_yours"
    assert refusal(lambda: permissions.invited(Actor("ada"), sent(), "i1")) == "not_yours"
    assert refusal(lambda: permissions.invited(Actor("bea"), sent(), "i9")) == "gone"


def test_only_the_two_of_the_pair() -> None:
    permissions.party(Actor("ada"), pair())
    permissions.party(Actor("bea"), pair())
    assert refusal(lambda: permissions.party(OFFICE, pair())) == "not_yours"


def test_a_notices_key_is_what_it_is_about_and_for_whom() -> None:
    assert tell(Kind.ADMITTED, "ada", "m1", 2).key == "admitted:m1:ada:2"
    assert tell_office(Kind.JOIN_ASKED, "approve_members", "m1").key == "join_asked:m1:office.approve_members:0"
    assert tell(Kind.ADMITTED, "ada", "m1") == tell(Kind.ADMITTED, "ada", "m1")


def test_whose_answers_a_reader_sees() -> None:
    assert permissions.readable("oneself") == {"both", "office", "self"}
    assert permissions.readable("office") == {"both", "office"}
    assert permissions.readable("party") == {"both"}
    assert [permissions.reads_reasons(reader) for reader in ("oneself", "office", "party")] == [False, True, False]


def test_who_reads_a_request_and_has_a_waiting_list() -> None:
    permissions.reads_request(Actor("ada"), sent())
    permissions.reads_request(Actor("zoe", frozenset({"approve_requests"})), sent())
    assert refusal(lambda: permissions.reads_request(Actor("bea"), sent())) == "not_yours"
    permissions.decides(Actor("zoe", frozenset({"approve_members"})))
    assert refusal(lambda: permissions.decides(Actor("zoe", frozenset({"see_reports"})))) == "not_yours"


def test_a_rule_is_asked_before_it_is_met() -> None:
    assert allowed(permissions.party, Actor("ada"), pair())
    refused = why_not(permissions.party, Actor("zoe"), pair())
    assert refused is not None
    assert (refused.reason, refused.settled) == ("not_yours", True)
    assert not Refused("conflict").settled, "what was typed stays where somebody else was quicker"


def test_a_refusal_reads_as_its_reason() -> None:
    assert str(Refused("at_limit", {"limit": 2})) == "at_limit"


WEEK = (0, 1, 2, 3, 4)
NINE, FIVE = time(9), time(17)


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "zone", "goes"),
    [
        ("2025-10-06T10:00", "Europe/London", "2025-10-06T10:00"),  # Monday, 11:00 there
        ("2025-10-06T06:00", "Europe/London", "2025-10-06T08:00"),
        ("2025-10-06T16:00", "Europe/London", "2025-10-07T08:00"),  # 17:00 there: the day is over
        ("2025-10-03T20:00", "Europe/London", "2025-10-06T08:00"),  # Friday evening
        ("2025-10-04T12:00", "Europe/London", "2025-10-06T08:00"),
        ("2025-10-24T20:00", "Europe/London", "2025-10-27T09:00"),  # the clocks go back in between
        ("2025-03-28T20:00", "Europe/London", "2025-03-31T08:00"),  # and forward
        ("2025-10-05T21:30", "Australia/Sydney", "2025-10-05T22:00"),  # Monday morning there
    ],
)
def test_reminders_wait_for_working_hours(at: str, zone: str, goes: str) -> None:
    assert working_moment(utc(at), zone, NINE, FIVE, WEEK) == utc(goes)


@pytest.mark.parametrize(
    ("at", "zone", "goes"),
    [
        ("2025-10-06T20:59", "UTC", "2025-10-06T20:59"),
        ("2025-10-06T21:00", "UTC", "2025-10-07T07:00"),
        ("2025-10-06T06:59", "UTC", "2025-10-06T07:00"),
        ("2025-10-06T07:00", "UTC", "2025-10-06T07:00"),
        ("2025-10-04T12:00", "UTC", "2025-10-04T12:00"),  # Saturday
        ("2025-10-06T20:30", "Europe/London", "2025-10-07T06:00"),  # 21:30 there
        ("2025-10-25T22:00", "Europe/London", "2025-10-26T07:00"),  # the clocks go back in between
        ("2025-03-29T22:00", "Europe/London", "2025-03-30T06:00"),  # and forward
        ("2025-10-06T21:30", "America/New_York", "2025-10-06T21:30"),
    ],
)
def test_nobody_is_asked_in_their_night(at: str, zone: str, goes: str) -> None:
    assert waking_moment(utc(at), zone) == utc(goes)


@pytest.mark.parametrize(("starts", "ends", "days"), [(NINE, NINE, WEEK), (FIVE, NINE, WEEK), (NINE, FIVE, ())])
def test_hours_that_are_none_hold_nothing_back(starts: time, ends: time, days: tuple[int, ...]) -> None:
    at = utc("2025-10-04T03:00")
    assert working_moment(at, "Europe/London", starts, ends, days) == at


@given(
    at=st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    days=st.sets(st.integers(0, 6), min_size=1),
    starts=st.integers(4, 20),
    length=st.integers(1, 3),
)
@settings(deadline=None, max_examples=100)
def test_the_working_moment_is_not_earlier_not_a_week_off_and_stays(
    at: datetime, zone: str, days: set[int], starts: int, length: int
) -> None:
    hours = (zone, time(starts), time(starts + length), tuple(days))
    goes = working_moment(at, *hours)
    assert at <= goes
    assert (goes - at).days <= 7
    assert goes.tzinfo is UTC
    assert working_moment(goes, *hours) == goes
