"""The office's report: to the number, and nothing about a group smaller than five."""

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.parts import Chart, Notice
from bot.lifecycle.figures import SMALLEST, Days, days, told, told_parts
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.terms import Terms
from bot.schemes.loading import load
from bot.screens.reports import report
from bot.storage import pairs, people
from bot.storage.database import Database
from tests.actions.test_export import letter
from tests.support.dispatchers import Office

REFERENCE = load("british_cardiovascular_society").model_copy(update={"key": "reference"})


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=6))
def test_what_is_left_out_cannot_be_reckoned(counts: dict[str, int]) -> None:
    shown = told_parts(counts)
    left_out = sum(counts[name] for name, number in shown.items() if number is None)
    assert all(number is None or number == counts[name] for name, number in shown.items())
    assert not any(0 < number < SMALLEST for number in shown.values() if number)
    assert left_out == 0 or left_out >= SMALLEST or not any(shown.values()), "with the whole, those few would be known"


@pytest.mark.parametrize(("number", "expected"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_a_small_number_is_not_told(number: int, expected: int | None) -> None:
    assert told(number) == expected


@pytest.mark.parametrize(
    ("number", "whole", "expected"), [(14, 14, 14), (13, 14, None), (10, 14, None), (9, 14, 9), (0, 3, None), (0, 9, 0)]
)
def test_nor_is_one_that_leaves_a_small_rest(number: int, whole: int, expected: int | None) -> None:
    assert told(number, whole) == expected


async def test_one_mentor_who_takes_no_part_cannot_be_reckoned(database: Database) -> None:
    office = Office(database, REFERENCE)
    await office.meet("UADMIN")
    for number in range(7):
        await office.mentor(f"UMENTOR{number}")
    await office.admitted("UNEW", "mentor")
    view = database.read_now(lambda db: report(db, office.scheme, _admin(db, office), office.now))
    assert (view.roles["mentor"].held, view.roles["mentor"].taking_part) == (8, None)


def test_days_are_told_of_enough() -> None:
    assert days([1.0] * 4) is None
    assert days([1.0, 2.0, 3.0, 4.0, 90.0]) == Days(3.0, 90.0, 5)


async def running(office: Office, mentors: int = 6) -> list[str]:
    """So many connections, begun a month apart, with a session held by each."""
    made = []
    for number in range(mentors):
        mentee, mentor = await office.meet(f"UMENTEE{number}"), await office.meet(f"UMENTOR{number}")
        began = office.now - timedelta(days=5 + number % 2)
        session = Session(f"s{number}", 1, "completed", began + timedelta(days=1), set_by=mentee)
        pair = Pair(
            f"p{number}", office.scheme.key, None, None, mentee, mentor, "active", Terms.of(office.scheme), began,
            began + timedelta(days=365), sessions=(session,), origin="import",
        )  # fmt: skip
        office.dispatcher.database.write_now(partial(pairs.save, before=None, after=pair))
        made.append(pair.id)
    return made


async def test_the_report_is_right_to_the_number(database: Database) -> None:
    office = Office(database, REFERENCE)
    await office.meet("UADMIN")
    for number in range(6):
        await office.admitted(f"UMENTEE{number}", "mentee")
    await running(office)
    view = database.read_now(lambda db: report(db, office.scheme, _admin(db, office), office.now))
    mentees, mentors = view.roles["mentee"], view.roles["mentor"]
    assert (mentees.held, mentees.taking_part, mentees.in_line) == (6, 0, 0)
    assert (mentors.held, mentors.places) == (0, None)
    assert (view.pace["active"], view.pace["behind"], view.pace["quiet"]) == (6, 0, 0)
    assert len(view.months) == 12
    assert sum(each.begun or 0 for each in view.months) == 6
    assert sum(each.held or 0 for each in view.months) == 6
    assert view.days == {"approval": None, "answer": None, "match": None}


def _admin(db: Any, office: Office) -> str:
    caller = office.caller("UADMIN")
    found = people.find(db, caller.platform, caller.team, caller.user)
    assert found is not None
    return found.id


async def test_it_is_drawn_and_written_on_paper(database: Database) -> None:
    office = Office(database, REFERENCE)
    await office.meet("UADMIN")
    await running(office)
    answer = await office.click("UADMIN", "admin_command", "report")
    assert isinstance(answer, Notice)
    charts = [part for part in answer.parts if isinstance(part, Chart)]
    assert [chart.title for chart in charts] == ["Requests and connections, by month", "Sessions held, by month"]
    begun = Counter(dict(zip(charts[0].categories, charts[0].series[1][1], strict=True)))
    assert begun.total() == 6
    await office.click("UADMIN", "export", "report")
    message = letter(office)
    assert message is not None
    assert message.attachment is not None
    assert message.attachment.name.endswith(".pdf")
    assert message.attachment.content.startswith(b"%PDF-")


async def test_whoever_does_not_see_figures_gets_none(database: Database) -> None:
    office = Office(database, REFERENCE)
    await office.meet("UADMIN")
    await office.meet("UEVE")
    answer = await office.click("UEVE", "open_report", "")
    assert isinstance(answer, Notice)
    assert "for somebody else to decide" in answer.text
