"""The office's report: to the number, and nothing about a group smaller than five."""

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.parts import Buttons, Chart, Form, Notice
from bot.dialogs.plain import plain
from bot.lifecycle.figures import SMALLEST, Days, days, told, told_parts
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.sheets import FilledSheet
from bot.lifecycle.terms import Terms
from bot.schemes.loading import load
from bot.screens.reports import report
from bot.storage import pairs, people, sheets
from bot.storage.database import Database
from tests.actions.test_export import letter
from tests.support.databases import rows
from tests.support.dispatchers import Office
from tests.support.papers import text_of
from tests.support.schemes import SURVEY

REFERENCE = load("british_cardiovascular_society").model_copy(update={"key": "reference"})


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 40), max_size=6))
def test_what_is_left_out_cannot_be_reckoned(counts: dict[str, int]) -> None:
    shown = told_parts(counts)
    left_out = sum(counts[name] for name, number in shown.items() if number is None)
    assert all(number is None or number == counts[name] for name, number in shown.items())
    assert not any(0 < number < SMALLEST for number in shown.values() if number)
    assert left_out == 0 or left_out >= SMALLEST or not any(shown.values()), "with the whole, those few would be known"
    hidden = [name for name, number in shown.items() if number is None]
    assert not hidden or 0 not in shown.values(), "of which there are none would tell what the others are"
    assert len(hidden) != 1 or sum(counts.values()) < SMALLEST, "the only one that is left out could be reckoned"


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


async def surveyed(office: Office, of: int = 6) -> None:
    """So many pairs of whose mentees each has answered before and after."""
    office.changed(sheets=(SURVEY.model_copy(update={"by": "mentee", "asked": ("start", "end")}),), key="reference")
    for number, pair in enumerate(await running(office, of)):
        mentee = str(rows(office.dispatcher.database, f"SELECT mentee FROM connections WHERE id = '{pair}'")[0][0])
        for moment, stays in (("start", "Perhaps"), ("end", "Yes")):
            answers = {"confidence": 2 if moment == "start" else 5, "stays": stays, "times": ["Mornings"]}
            at = office.now - timedelta(minutes=10 - number)
            filled = FilledSheet(
                f"{pair}{moment}", office.scheme.key, "survey", pair, mentee, answers, mentee, at, moment=moment
            )  # fmt: skip
            office.dispatcher.database.write_now(partial(sheets.save, before=None, after=filled))


@pytest.mark.covers("C15")
async def test_what_surveys_say_before_and_after_is_told_in_groups(database: Database) -> None:
    office = Office(database, REFERENCE)
    await office.meet("UADMIN")
    await surveyed(office)
    view = database.read_now(lambda db: report(db, office.scheme, _admin(db, office), office.now))
    ((title, result),) = view.surveys
    assert (title, result.role, result.of) == ("Survey", "mentee", 5), "the sixth waits for four others"
    answer = await office.click("UADMIN", "admin_command", "report")
    assert isinstance(answer, Notice)
    read = plain([part for part in answer.parts if not isinstance(part, Buttons)])
    assert "Of 5 who answered at the start and at the end." in read
    assert "Do you stay? at the start Perhaps (5); at the end Yes (5)." in read
    assert "How confident are you? at the start 2 (5); at the end 5 (5)." in read
    names = [str(name) for (name,) in rows(database, "SELECT name FROM people")]
    for about, kind in (("report", ".pdf"), ("surveys", ".csv")):
        office.now += timedelta(seconds=1)
        await office.click("UADMIN", "export", about)
        message = letter(office)
        assert message is not None
        assert message.attachment is not None
        assert message.attachment.name.endswith(kind)
        text = text_of(message.attachment) if kind == ".pdf" else message.attachment.content.decode()
        assert "At the start" in text
        assert not any(name in text for name in names)
    assert "Survey,mentees,5,Do you stay?,At the end,Yes,5" in text


async def test_what_fewer_than_five_answered_is_told_of_nobody(database: Database) -> None:
    office = Office(database, REFERENCE)
    await office.meet("UADMIN")
    await surveyed(office, 4)
    answer = await office.click("UADMIN", "open_report", "")
    assert isinstance(answer, Form)
    read = plain([part for part in answer.parts if not isinstance(part, Buttons)])  # type: ignore[misc]
    assert "by fewer than 5 so far" in read
    assert "Do you stay?" not in read


async def test_whoever_does_not_see_figures_gets_none(database: Database) -> None:
    office = Office(database, REFERENCE)
    await office.meet("UADMIN")
    await office.meet("UEVE")
    answer = await office.click("UEVE", "open_report", "")
    assert isinstance(answer, Notice)
    assert "for somebody else to decide" in answer.text
