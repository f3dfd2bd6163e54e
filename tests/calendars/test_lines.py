"""Lines of busy and free times: what is typed is read, what is written back is read as the same, and what cannot be
read is said by its line."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendars.lines import Wrong, read, written
from bot.lifecycle.own_times import LONGEST_DAYS, MOST, Dated, Line, OwnTimes, Weekly, Window, to_come

TODAY = date(2026, 11, 29)
DAY = timedelta(days=1)


def said(*typed: str) -> list[str]:
    """The lines as they are written back."""
    found, wrong = read("\n".join(typed), TODAY)
    assert wrong == ()
    return written(found).splitlines()


@pytest.mark.parametrize(
    ("typed", "back"),
    [
        ("Tuesdays 14:00-16:00", "Tuesdays 14:00–16:00"),
        ("tue 14-16", "Tuesdays 14:00–16:00"),
        ("TUES, 2pm – 4 p.m.", "Tuesdays 14:00–16:00"),
        ("Every Tuesday from 14:00 to 16:00", "Tuesdays 14:00–16:00"),
        ("on tuesdays: between 14.00 and 16h00", "Tuesdays 14:00–16:00"),
        ("every Friday", "Fridays"),
        ("Fridays all day", "Fridays"),
        ("Fri after 15", "Fridays 15:00–24:00"),
        ("Weds before noon", "Wednesdays 00:00–12:00"),
        ("mon-fri 12-1pm", "Mon–Fri 12:00–13:00"),
        ("weekdays 9–5pm", "Mon–Fri 09:00–17:00"),
        ("Mon, Wed and Fri 9-10", "Mon, Wed, Fri 09:00–10:00"),
        ("weekends", "Sat, Sun"),
        ("Fri - Mon", "Mon, Fri, Sat, Sun"),
        ("daily 20:00-midnight", "Every day 20:00–24:00"),
        ("3 Dec 9:00-12:00", "Thu 3 Dec 2026 09:00–12:00"),
        ("3rd of December 9-12", "Thu 3 Dec 2026 09:00–12:00"),
        ("Thu, Dec 3, 2026, 9 to 12", "Thu 3 Dec 2026 09:00–12:00"),
        ("2026-12-03 9-12", "Thu 3 Dec 2026 09:00–12:00"),
        ("tomorrow 9-12", "Mon 30 Nov 2026 09:00–12:00"),
        ("Sat 5 Dec 10:00-12:00", "Sat 5 Dec 2026 10:00–12:00"),
        ("28 Nov", "Sun 28 Nov 2027"),
        ("29 Feb", "Tue 29 Feb 2028"),
        ("10 Dec - 20 Dec", "Thu 10 Dec 2026 – Sun 20 Dec 2026"),
        ("10–20 Dec 9-10", "Thu 10 Dec 2026 – Sun 20 Dec 2026 09:00–10:00"),
        ("2026-12-10 to 2026-12-20", "Thu 10 Dec 2026 – Sun 20 Dec 2026"),
        ("20 Dec until 5 Jan", "Sun 20 Dec 2026 – Tue 5 Jan 2027"),
        ("20 Nov - 5 Dec", "Fri 20 Nov 2026 – Sat 5 Dec 2026"),
    ],
)
def test_what_people_type_is_read(typed: str, back: str) -> None:
    assert said(typed) == [back]
    assert said(back) == [back]


@pytest.mark.parametrize(
    ("typed", "why", "day"),
    [
        ("Tusdays 14-16", "unread", None),
        ("every other Tuesday", "unread", None),
        ("Tuesday 14:00", "unread", None),
        ("14-16", "unread", None),
        ("5/12/2026", "unread", None),
        ("Tue ²-3", "unread", None),
        ("Fri 9-25", "no_such_time", None),
        ("Fri 9-10:75", "no_such_time", None),
        ("Fri 13pm-14pm", "no_such_time", None),
        ("31 Nov", "no_such_day", None),
        ("29 Feb 2027", "no_such_day", None),
        ("2026-13-01", "no_such_day", None),
        ("Fri 5 Dec", "other_weekday", date(2026, 12, 5)),
        ("Fri 22-2", "ends_first", None),
        ("Fri 9-9", "ends_first", None),
        ("20-10 Dec", "ends_first", None),
        ("3 Dec 2025", "over", date(2025, 12, 3)),
        ("1 Jan 2027 - 5 Feb 2028", "too_long", None),
    ],
)
def test_what_cannot_be_taken_is_said_by_its_line(typed: str, why: str, day: date | None) -> None:
    found, wrong = read(f"Mondays 9-10\n\n  {typed} \nevery Friday", TODAY)
    assert wrong == (Wrong(3, typed, why, day),)  # type: ignore[arg-type]
    assert found == (Weekly((0,), (time(9), time(10))), Weekly((4,))), "nothing else is lost"


def minutes(at: int) -> time:
    """The time on the wall, so many minutes after midnight."""
    return time(at // 60 % 24, at % 60)


WINDOWS: st.SearchStrategy[Window | None] = st.none() | st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(
    lambda both: both[0] < both[1]
).map(lambda both: (minutes(both[0]), minutes(both[1])))
DATES = st.dates(date(2026, 1, 1), date(2035, 12, 31))
LINES: st.SearchStrategy[Line] = st.builds(
    Weekly, st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))), WINDOWS
) | st.builds(
    lambda first, more, window: Dated(first, first + more * DAY, window),
    DATES, st.integers(0, LONGEST_DAYS - 1), WINDOWS,
)  # fmt: skip


@given(st.lists(LINES, max_size=MOST, unique=True))
def test_what_is_written_back_is_read_as_the_same(lines: list[Line]) -> None:
    text = written(lines)
    assert read(text, date(2026, 1, 1)) == (tuple(lines), ())
    assert len(text) <= 3000, "it fits the box"


@settings(max_examples=300)
@given(st.text(max_size=40) | st.lists(
    st.sampled_from(["tue", "fri-", "3", "dec", "2026", "-", "to", "9:00", "12", "pm", "every", "2026-12-03", "and",
                     "24:00", "99", "weekend", "s", ":", "today", "all day", "after"]), max_size=7,
).map(" ".join))  # fmt: skip
def test_whatever_is_typed_is_read_or_said(typed: str) -> None:
    found, wrong = read(typed, TODAY)
    assert len(found) + len(wrong) <= len([each for each in typed.splitlines() if each.strip()])
    assert bool(found or wrong) == bool(typed.strip())
    assert read(written(found), TODAY) == (found, ())


def test_what_is_over_is_left_out() -> None:
    over, today, week = Dated(TODAY - 5 * DAY, TODAY - DAY), Dated(TODAY - DAY, TODAY), Weekly((0,))
    times = OwnTimes("p", busy=(over, today, week), free=(over,), version=3)
    assert to_come(times, TODAY) == OwnTimes("p", busy=(today, week), version=3)
