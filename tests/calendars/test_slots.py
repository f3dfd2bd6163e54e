"""Times that suit two people: held against looking at every quarter of an hour, one by one."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendars.slots import STEP, Hours, Window, proposals, span, starts

Busy = tuple[datetime, datetime]
MINUTE = timedelta(minutes=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LONDON = Hours("Europe/London", ((time(9), time(17, 30)),))
SYDNEY = Hours("Australia/Sydney", ((time(8), time(21)),))


def brute_force(people: list[Hours], busy: list[Busy], minutes: int, since: datetime, until: datetime) -> list[int]:
    """Every quarter of an hour, and every minute of the session that would begin then, on every wall clock."""

    def suits(at: datetime) -> bool:
        whole = [at + n * MINUTE for n in range(minutes)]
        return (
            at >= since
            and at + minutes * MINUTE <= until
            and all(_works(person, each) for person in people for each in whole)
            and not any(begins < at + minutes * MINUTE and at < ends for begins, ends in busy if begins < ends)
        )

    first, last = int(since.timestamp()) // 60, int(until.timestamp()) // 60
    return [at for at in range(first, last) if at % STEP == 0 and suits(EPOCH + at * MINUTE)]


def _works(person: Hours, at: datetime) -> bool:
    here = at.astimezone(ZoneInfo(person.zone))
    if here.date() in person.free_of_work:
        return False
    windows = person.windows if here.weekday() in person.days else person.other_days
    return any(begins <= here.time() < (ends if ends != time(0) else time.max) for begins, ends in windows)


# Clocks are changed by night, except where they were not: hours of those minutes are left to the test below.
WINDOWS: st.SearchStrategy[Window] = st.tuples(st.integers(20, 80), st.integers(1, 15)).map(
    lambda both: (time(both[0] // 4, both[0] % 4 * 15), time(*divmod((both[0] + both[1]) % 96 * 15, 60)))
)
HOURS = st.builds(
    Hours,
    st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"]),
    st.lists(WINDOWS, min_size=1, max_size=2).map(tuple),
    st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days))),
    st.lists(WINDOWS, max_size=1).map(tuple),
    st.lists(WINDOWS, max_size=1).map(tuple),
    st.sets(st.dates(date(2026, 10, 20), date(2026, 11, 5)), max_size=2).map(frozenset),
)
SINCE = st.integers(0, 60 * 24 * 12).map(lambda minutes: datetime(2026, 10, 20, tzinfo=UTC) + minutes * MINUTE)
BUSY = st.tuples(SINCE, st.integers(0, 600)).map(lambda both: (both[0], both[0] + both[1] * MINUTE))


@settings(max_examples=60, deadline=None)
@given(st.lists(HOURS, min_size=1, max_size=2), st.lists(BUSY, max_size=6), st.sampled_from([15, 50, 60]), SINCE)
def test_it_finds_what_looking_at_every_quarter_of_an_hour_finds(
    people: list[Hours], busy: list[Busy], minutes: int, since: datetime
) -> None:
    """Over days in which clocks are changed in three of the zones, and not in the others."""
    until = since + timedelta(days=3)
    spans = [span(*each) for each in busy]
    assert starts(people, spans, minutes, since, until) == brute_force(people, busy, minutes, since, until)


@pytest.mark.parametrize(
    ("zone", "night"), [("Europe/London", date(2027, 3, 28)), ("America/New_York", date(2026, 11, 1))]
)
def test_by_night_nothing_is_proposed_outside_of_somebodys_hours(zone: str, night: date) -> None:
    person = Hours(zone, ((time(0, 30), time(4)),), days=tuple(range(7)))
    since = datetime.combine(night, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    found = starts([person], (), 30, since, since + timedelta(days=1))
    assert found
    assert all(_works(person, EPOCH + at * MINUTE) for at in found)


def test_each_proposal_is_on_another_day_and_the_one_that_is_liked_best() -> None:
    evenings = (time(18), time(20))
    ada = Hours("Europe/London", (*LONDON.windows, evenings), preferred=(evenings,))
    found = proposals([ada], (), 60, MONDAY, MONDAY + timedelta(days=14), 5)
    assert [at.astimezone(ZoneInfo("Europe/London")).strftime("%a %H:%M") for at in found] == [
        "Mon 18:00", "Tue 18:00", "Wed 18:00", "Thu 18:00", "Fri 18:00",
    ]  # fmt: skip
    more = proposals([ada], (), 60, MONDAY, MONDAY + timedelta(days=14), 5, after=5)
    assert more[0] == found[0] + timedelta(days=7), "the next days that have one"


def test_on_the_days_on_which_somebody_does_not_work_there_are_other_hours() -> None:
    ada = Hours("Europe/London", (), other_days=((time(10), time(16)),))
    found = proposals([ada], (), 60, MONDAY, MONDAY + timedelta(days=14), 5)
    assert [at.strftime("%a %H:%M") for at in found] == ["Sat 10:00", "Sun 10:00"] * 2


def test_what_is_preferred_opens_no_hours() -> None:
    ada = Hours("Europe/London", LONDON.windows, preferred=((time(16), time(20)),))
    assert max(starts([ada], (), 60, MONDAY, MONDAY + timedelta(days=1))) == span(MONDAY, MONDAY)[0] + 8 * 60 + 30


def test_where_hours_do_not_meet_there_is_nothing() -> None:
    early = Hours("Europe/London", ((time(9), time(10)),))
    late = Hours("Europe/London", ((time(10), time(12)),))
    assert proposals([early, late], (), 30, MONDAY, MONDAY + timedelta(days=30), 5) == ()
    across = proposals([LONDON, SYDNEY], (), 60, MONDAY, MONDAY + timedelta(days=7), 2)
    assert [at.hour for at in across] == [9, 9], "the one hour that they share, the London morning"
    assert starts([LONDON], (), 60, MONDAY, MONDAY) == []


def test_busy_the_whole_day_is_no_day() -> None:
    busy = [span(MONDAY, MONDAY + timedelta(hours=12))]
    (first,) = proposals([LONDON], busy, 60, MONDAY, MONDAY + timedelta(days=7), 1)
    assert first == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
