"""When somebody meets: their working hours, and what their answers say in each scheme."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.calendars.hours import hours
from bot.calendars.slots import Hours
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.schemes.loading import load
from bot.schemes.roles import Role

ADA = Person("p1", "slack", "T1", "U1", "Ada", None, "Europe/Paris", time(8), time(16), (0, 1, 2, 3))
AT_WORK = ((time(8), time(16)),)
EVENING, LATE, EARLY = (time(18), time(21)), (time(17, 30), time(20, 30)), (time(7, 30), time(9))
MORNING = (time(8), time(12))


@pytest.mark.covers("C5")
@pytest.mark.parametrize(
    ("scheme", "role", "answers", "expected"),
    [
        ("british_cardiovascular_society", "mentee", {}, {}),
        ("british_cardiovascular_society", "mentee", {"times": ["Mornings"]}, {"preferred": (MORNING,)}),
        (
            "british_cardiovascular_society", "mentor", {"times": ["Mornings", "Evenings"]},
            {"windows": (*AT_WORK, EVENING), "preferred": (MORNING, EVENING)},
        ),
        ("bcs_it", "mentee", {"times": ["Weekends"]}, {"other_days": ((time(10), time(17)),)}),
        ("bsw_hub", "mentee", {"out_of_hours": True, "employer_agrees": True}, {"windows": (*AT_WORK, EARLY, LATE)}),
        ("bsw_hub", "mentee", {"out_of_hours": True, "employer_agrees": False}, {"windows": (EARLY, LATE)}),
        ("bsw_hub", "mentee", {"out_of_hours": False, "employer_agrees": False}, {"windows": ()}),
        ("bsw_hub", "mentor", {"times": ["Evenings"]}, {"windows": (*AT_WORK, LATE)}),
        ("asme", "mentee", {"times": ["Evenings"]}, {}),
    ],
)  # fmt: skip
def test_answers_open_hours_and_close_them(
    scheme: str, role: Role, answers: dict[str, Any], expected: dict[str, Any]
) -> None:
    member = Member("m1", scheme, "p1", role, "approved", datetime(2026, 11, 1, tzinfo=UTC), {}, preferences=answers)
    off = frozenset({date(2026, 12, 25)})
    plain = {"zone": "Europe/Paris", "windows": AT_WORK, "days": (0, 1, 2, 3), "free_of_work": off}
    assert hours(ADA, member, load(scheme), off) == Hours(**{**plain, **expected})


def test_somebody_of_whom_nothing_more_is_known_meets_in_their_working_hours() -> None:
    assert hours(ADA, None, load("bsw_hub")) == Hours("Europe/Paris", AT_WORK, (0, 1, 2, 3))
