"""Approving many at once: shown first, each in its own right, what has changed is left out, and Undo."""

from datetime import timedelta
from functools import partial

import pytest

from bot.actions import bulk_steps
from bot.dialogs.parts import Button, Buttons, Form, Notice
from bot.dialogs.plain import plain
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.lifecycle.vocabulary import Kind
from bot.schemes.together import Schemes
from bot.screens.notices import NOTICES
from bot.storage import members, people
from bot.storage.database import Database
from tests.actions.population import Population, settle
from tests.support.databases import rows
from tests.support.schemes import with_role

MEETS = "Resident doctor within one year of CCT"


@pytest.fixture
async def population(database: Database) -> Population:
    return await settle(database)


def text(said: object) -> str:
    assert isinstance(said, Notice | Form), said
    return f"{said.text if isinstance(said, Notice) else said.title}\n" + plain(
        [part for part in said.parts if not hasattr(part, "key")]
    )


def pressed(said: object, label: str) -> Button:
    assert isinstance(said, Notice | Form)
    found = (button for part in said.parts if isinstance(part, Buttons) for button in part.buttons)
    return next(each for each in found if each.label == label)


def applicants(database: Database, population: Population, many: int, **joining: str) -> list[str]:
    """So many more who ask to join as mentees."""
    office, answers = population.office, {"membership_number": "1", "stage": MEETS, **joining}

    def put(db: object) -> list[str]:
        made = list[str]()
        for n in range(many):
            id_ = office.new_id()
            person = Person(id_, "slack", "T1", f"UBULK{id_}", f"Ask {n}", f"a{n}@example.org", "Europe/London")
            people.save(db, person, office.now)  # type: ignore[arg-type]
            held = Member(
                f"m{id_}", office.scheme.key, id_, "mentee", "asked", office.now, answers, waiting_since=office.now
            )
            members.save(db, None, held)  # type: ignore[arg-type]
            made.append(held.id)
        return made

    return database.write_now(put)


def states(database: Database, ids: list[str]) -> list[object]:
    found = {str(id_): state for id_, state in rows(database, "SELECT id, state FROM members")}
    return [found[id_] for id_ in ids]


@pytest.mark.covers("A2")
async def test_what_is_approved_is_shown_first_and_what_is_not_is_named(
    database: Database, population: Population
) -> None:
    office = population.office
    queue = await office.click("UADMIN", "admin_command", "queue")
    press = pressed(queue, "Approve all")
    form = await office.click("UADMIN", press.verb, press.subject)
    assert isinstance(form, Form)
    assert form.submit == "Approve all"
    shown = text(form)
    assert "Uwaiting" in shown
    assert "Ureviewed" in shown
    assert "Uadmin is you: another member of the office decides" in shown
    said = text(await office.click("UADMIN", form.verb, form.subject))
    assert "approved" in said
    assert states(database, [population.ids["member UREVIEWED"], population.ids["member UADMIN"]]) == [
        "approved", "asked",
    ]  # fmt: skip
    done = rows(database, "SELECT verb, about FROM audit WHERE verb LIKE 'approve_%' ORDER BY id")
    assert ("approve_member", population.ids["member UREVIEWED"]) in done, "each is noted as itself"
    again = await office.click("UADMIN", form.verb, form.subject)
    assert "Nothing has changed" in (again.title if isinstance(again, Notice) else "")


async def test_what_has_changed_meanwhile_is_left_out_and_named(database: Database, population: Population) -> None:
    office, ids = population.office, population.ids
    form = await office.click("UADMIN", "open_approve_all", "members:ureviewed")
    assert isinstance(form, Form)
    await office.click("USECOND", "clarify", f"member:{ids['member UREVIEWED']}", {"question": "Which year?"})
    said = text(await office.click("UADMIN", "approve_all", form.subject))
    assert "0 approved of 1" in said
    assert "Changed meanwhile, and left out:\nUreviewed" in said
    assert states(database, [ids["member UREVIEWED"]]) == ["in_review"]


async def test_two_hundred_go_a_few_at_a_time_and_come_back_by_one_press(
    database: Database, population: Population
) -> None:
    office = population.office
    office.scheme = with_role(office.scheme, "mentee", places=None)
    office.dispatcher.schemes = Schemes((office.scheme,))
    many = applicants(database, population, 205)
    form = await office.click("UADMIN", "open_approve_all", "members:ask mentees")
    assert isinstance(form, Form)
    assert "200 cases will be approved" in text(form)
    assert "5 more wait" in text(form)
    begun = await office.click("UADMIN", "approve_all", form.subject)
    assert "200 cases are being approved" in text(begun)
    assert states(database, many).count("admitted") == 10
    await bulk_steps.go_on(office.dispatcher)
    assert states(database, many).count("admitted") == 200
    assert len(rows(database, "SELECT id FROM outbox WHERE kind = 'admitted' AND edits IS NULL")) >= 200
    view = database.read_now(partial(_view, population=population, id_=form.subject))
    message = NOTICES[Kind.APPROVED_ALL].words(view)
    assert message is not None
    assert "200 approved of 200" in message.text
    await office.click("UADMIN", "undo_all", form.subject)
    await bulk_steps.go_on(office.dispatcher)
    assert states(database, many).count("asked") == 205
    late = await office.click("UADMIN", "undo_all", form.subject)
    assert isinstance(late, Notice)
    assert late.title == "Nothing has changed"


def _view(db: object, population: Population, id_: str) -> object:
    office = population.office
    admin = people.find(db, "slack", "T1", "UADMIN")  # type: ignore[arg-type]
    assert admin is not None
    return NOTICES[Kind.APPROVED_ALL].view(db, office.scheme, id_, admin.id, office.now)  # type: ignore[arg-type]


async def test_whoever_has_the_power_no_longer_approves_nobody_more(database: Database, population: Population) -> None:
    office = population.office
    many = applicants(database, population, 30)
    form = await office.click("UADMIN", "open_approve_all", "members:ask")
    assert isinstance(form, Form)
    await office.click("UADMIN", "approve_all", form.subject)
    with database.engines[0].begin() as db:
        db.exec_driver_sql("DELETE FROM office_holders")
    await bulk_steps.go_on(office.dispatcher)
    assert states(database, many).count("admitted") == 10
    office.now += timedelta(seconds=1)
