"""The office opens and closes the intake in chat, and says how many places there are and for whom: it holds at once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.dialogs.parts import Choice, Choices, Errors, Form, Notice, NumberInput, Reply, Shown, TextInput
from bot.dialogs.plain import plain
from bot.lifecycle.intake import MOST_PLACES, Intake, applied, of_file
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.screens.render import home_of
from bot.screens.touched import touched
from bot.storage import people
from bot.storage.database import Database
from tests.actions.population import JOINING
from tests.actions.test_places import full, told, waits, with_places
from tests.dialogs.every_word import pressed
from tests.support.databases import rows
from tests.support.dispatchers import Office

REFERENCE = load("british_cardiovascular_society")
STAGES = (
    "Resident doctor within one year of CCT", "Consultant within five years of first appointment", "Something else",
)  # fmt: skip


async def sets(office: Office, user: str = "UADMIN", seen: int = 0, /, **values: Any) -> Reply:
    form: Mapping[str, Any] = {
        "intake": "Open", "places": None, "criteria": "Cardiologists", "meets:stage": STAGES[:2], **values,
    }  # fmt: skip
    return await office.click(user, "set_intake", "mentee", form, carried={"version": str(seen)})


def said(reply: Reply) -> str:
    assert isinstance(reply, Notice | Form), reply
    shown = [part for part in reply.parts if isinstance(part, Shown)]
    return "\n".join(filter(None, (reply.text if isinstance(reply, Notice) else "", plain(shown))))


@pytest.mark.covers("A3")
async def test_closing_the_intake_holds_at_once(database: Database) -> None:
    office = Office(database, REFERENCE)
    await office.meet("UADMIN")
    await office.meet("UEVE")
    assert "Closed: nobody new can join as mentee." in said(await sets(office, intake="Closed"))
    refused = await office.click("UEVE", "join", "mentee", JOINING)
    assert isinstance(refused, Errors | Notice)
    shut = await office.click("UEVE", "open_join", "mentee")
    assert "takes nobody new in this role" in said(shut)
    assert "Closed" in said(await office.click("UADMIN", "admin_command", "intake"))
    assert "Closed at the moment" in said(await office.click("UADMIN", "admin_command", "scheme"))
    await sets(office, "UADMIN", 1, intake="Open")
    assert isinstance(await office.click("UEVE", "open_join", "mentee"), Form)


@pytest.mark.covers("A1", "A3")
async def test_more_places_are_offered_to_whoever_waits_in_their_order(database: Database) -> None:
    office = await full(database)
    answer = said(await sets(office, places=2))
    assert "1 of 2 places is taken" not in answer, "the one that is held is no longer free"
    assert "2 of 2 places are taken, 0 free. 1 person waits for a place." in answer
    assert "has been told" in answer
    assert told(database) == ["UMARY"]
    assert "has been told" not in said(await sets(office, "UADMIN", 1, places=2)), "nobody further can be"
    assert told(database) == ["UMARY"]


async def test_nobody_loses_a_place_where_there_are_fewer(database: Database) -> None:
    office = Office(database, with_places(5))
    await office.meet("UADMIN")
    for user in ("UFIRST", "UMARY"):
        await office.admitted(user, "mentee")
    assert "2 of 1 places are taken; nobody loses theirs." in said(await sets(office, places=1))
    assert "All 1 places" in said(await office.click("UADMIN", "open_join", "mentee"))


@pytest.mark.covers("A2")
async def test_the_criteria_are_widened_in_chat(database: Database) -> None:
    office = Office(database, REFERENCE)
    await office.meet("UADMIN")
    await office.meet("UEVE")
    other = {**JOINING, "stage": "Something else"}
    await office.click("UEVE", "join", "mentee", other)
    warned = await office.click("UADMIN", "open_queue", "0")
    assert isinstance(warned, Form)
    assert "open_approve_joining" in {each.verb for each in pressed(warned.parts)}
    await sets(office, criteria="Cardiologists of any stage\n\nالقلب", **{"meets:stage": STAGES})
    widened = await office.click("UADMIN", "open_queue", "0")
    assert isinstance(widened, Form)
    assert "open_approve_joining" not in {each.verb for each in pressed(widened.parts)}
    asked = await office.click("UADMIN", "open_join", "mentee")
    assert "Cardiologists of any stage" in said(asked)
    assert "القلب" in said(asked)


async def test_the_form_shows_what_holds_and_keeps_what_was_typed(database: Database) -> None:
    office = Office(database, with_places(30))
    await office.meet("UADMIN")
    form = await office.click("UADMIN", "open_set_intake", "mentee")
    assert isinstance(form, Form)
    shown = {
        part.key: part.initial for part in form.parts if isinstance(part, Choice | Choices | NumberInput | TextInput)
    }
    assert shown == {
        "intake": "Open", "places": 30, "criteria": "\n".join(REFERENCE.roles["mentee"].criteria),
        "meets:stage": STAGES[:2],
    }  # fmt: skip
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"places": 0}, "places"), ({"places": MOST_PLACES + 1}, "places"), ({"places": "many"}, "places"),
        ({"criteria": "x" * 301}, "criteria"), ({"criteria": "line\n" * 16}, "criteria"),
        ({"criteria": "x" * 3001}, "criteria"), ({"meets:stage": ()}, "meets:stage"),
        ({"meets:stage": ("Anybody",)}, "meets:stage"),
    ]  # fmt: skip
    for values, key in wrong:
        answer = await sets(office, **values)
        assert isinstance(answer, Errors), values
        assert list(answer.fields) == [key], values
    assert rows(database, "SELECT count(*) FROM intakes") == [(0,)]


async def test_two_of_the_office_do_not_overwrite_each_other(database: Database) -> None:
    office = Office(database, REFERENCE)
    for user in ("UADMIN", "USECOND"):
        await office.meet(user)
    await sets(office, intake="Closed")
    late = await sets(office, "USECOND", places=3)
    assert isinstance(late, Errors)
    assert "Somebody else has changed this intake" in " ".join(late.fields.values())
    assert rows(database, "SELECT open, places, version FROM intakes") == [(False, None, 1)]


async def test_what_the_file_says_can_be_gone_back_to(database: Database) -> None:
    office = Office(database, with_places(2))
    await office.meet("UADMIN")
    await office.admitted("UFIRST", "mentee")
    await sets(office, intake="Closed", places=1)
    await waits(office, "UMARY")
    shown = await office.click("UADMIN", "open_intake", "")
    assert isinstance(shown, Form)
    assert "Set here by Uadmin on" in said(shown)
    (back,) = [each for each in pressed(shown.parts) if each.verb == "give_back_intake"]
    answer = said(await office.click("UADMIN", "give_back_intake", back.subject))
    assert "As the scheme’s file says." in answer
    assert told(database) == ["UMARY"], "the file has a place more, and is open"
    assert rows(database, "SELECT verb, about FROM audit WHERE verb LIKE '%intake' ORDER BY at, id") == [
        ("set_intake", "mentee"), ("give_back_intake", "mentee"),
    ]  # fmt: skip


async def test_check_says_that_the_file_does_not_hold(database: Database) -> None:
    office = Office(database, REFERENCE)
    await office.meet("UADMIN")
    assert not database.read_now(lambda db: touched(db, REFERENCE, office.now))
    await office.admitted("UFIRST", "mentee")
    await office.admitted("UMARY", "mentee")
    await sets(office, places=1)
    found = database.read_now(lambda db: touched(db, REFERENCE, office.now))
    assert [(each.what, each.facts["role"]) for each in found] == [("intake", "mentee"), ("places", "mentee")]


async def test_it_holds_in_its_own_scheme_alone_and_for_everybody_who_looks(database: Database) -> None:
    office = Office(database, REFERENCE)
    await office.meet("UADMIN")
    await waits(office, "UEVE")
    await sets(office, intake="Closed")
    other = Office(database, REFERENCE.model_copy(update={"key": "another"}))
    other.now = office.now
    await other.meet("UADMIN")
    assert "Closed" not in said(await other.click("UADMIN", "admin_command", "intake"))

    def home(schemes: Schemes) -> str:
        caller = office.caller("UEVE")
        eve = database.read_now(lambda db: people.find(db, caller.platform, caller.team, caller.user))
        assert eve is not None
        return plain(database.read_now(lambda db: home_of(db, schemes, eve, office.now))[0].parts)

    assert "For new mentees the scheme is closed at the moment." in home(Schemes([REFERENCE]))
    assert "closed" not in home(Schemes([other.scheme]))


def test_answers_that_the_file_has_no_more_fall_away() -> None:
    set_ = Intake("s", "mentee", True, meets={"stage": ("Gone", STAGES[2])})
    (question,) = [each for each in _fields(set_) if each.key == "stage"]
    assert question.meets == (STAGES[2],)
    gone = replace(set_, meets={"stage": ("Gone",)})
    (question,) = [each for each in _fields(gone) if each.key == "stage"]
    assert question.meets == STAGES[:2], "then the file's hold"
    assert applied(REFERENCE, [of_file(REFERENCE, "mentee")]) == REFERENCE


def _fields(intake: Intake) -> tuple[Any, ...]:
    form = applied(REFERENCE, [intake]).roles["mentee"].application
    assert form is not None
    return form.fields
