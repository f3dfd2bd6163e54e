"""A scheme's file is changed while people are in it: whom that touches is said, and nobody is left standing."""

from typing import Any

import pytest
from sqlalchemy import text

from bot.actions.membership import go_on_all
from bot.dialogs.wording.touched import sentence
from bot.schemes.period import period
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.screens.touched import touched
from bot.storage.database import Database
from tests.actions.population import Population, settle
from tests.actions.test_documents import CODE
from tests.support.databases import rows
from tests.support.dispatchers import PREFERENCES, Office
from tests.support.schemes import with_role, with_route


def said(population: Population, scheme: Scheme) -> str:
    """What is told of whom the changed file touches."""
    office = population.office
    found = office.dispatcher.database.read_now(lambda db: touched(db, scheme, office.now))
    return "\n".join(map(sentence, found))


async def test_a_file_that_says_what_it_said_touches_nobody(database: Database) -> None:
    population = await settle(database)
    told = said(population, population.office.scheme)
    # One request of the population was filed under another route, two pairs came in with terms of their own.
    assert told.splitlines() == [
        "Requests under way by another route: Unamer. They keep the one that they began with.",
        "Connections with other terms: Umember and Uother, Umentee and Uasked, Usecond and Uother. "
        "They keep what was agreed when they began.",
    ]


def _coded(scheme: Scheme) -> Scheme:
    mentor = with_role(scheme, "mentor", gates=(*scheme.roles["mentor"].gates, "code"))
    return mentor.model_copy(update={"documents": (*scheme.documents, CODE)})


def _with(table: str, **update: Any) -> Any:
    return lambda scheme: scheme.model_copy(update={table: getattr(scheme, table).model_copy(update=update)})


@pytest.mark.covers("L9")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_coded, "Took part as mentor and now stand before the gate code: "),
        (lambda scheme: with_role(scheme, "mentee", places=2), "More mentees than the 2 places: "),
        (_with("capacity", budget=1), " connections with a budget of 1. They stay"),
        (lambda scheme: with_route(scheme, reply_within=period("P9D")), "Requests under way by another route: Uc"),
        (_with("sessions", expected=9), "Connections with other terms: Umember and Uother, Umentee and Uasked, "),
        (lambda scheme: scheme.model_copy(update={"offices": scheme.offices[:1]}),
         "Holders of the office helper, which the file has no more: Uhelper. "),
    ],
)  # fmt: skip
async def test_whom_a_change_touches_is_named(database: Database, change: Any, sentence: str) -> None:
    population = await settle(database)
    assert sentence in said(population, change(population.office.scheme))


async def test_who_has_more_mentees_than_the_file_allows_is_named(database: Database) -> None:
    population = await settle(database)
    database.write_now(lambda db: db.execute(text("UPDATE members SET own_limit = NULL")))
    fewer = _with("capacity", own_limit_field=None, own_limit=1)(population.office.scheme)
    assert "More mentees than the file allows: Uasked, Uother. Their connections stay" in said(population, fewer)


async def test_sheets_that_the_file_has_dropped_are_counted(database: Database) -> None:
    population = await settle(database)
    about = f"goals:{population.ids['agreed']}"
    await population.office.click("UMENTEE", "fill_in_sheet", about, {"goal": "To lead"}, {"version": "0"})
    told = said(population, population.office.scheme.model_copy(update={"sheets": ()}))
    assert "1 sheets goals filled in, which the file has no more. They are kept, and not shown." in told


async def test_whoever_stood_before_a_gate_that_is_no_more_goes_on_at_the_next_start(database: Database) -> None:
    office = Office(database)
    await office.meet("UADMIN")
    id_ = await office.admitted("UBEA", "mentor")
    await office.click("UBEA", "preferences", "mentor", {"ways": PREFERENCES["ways"], "times": PREFERENCES["times"]})
    fewer = with_role(office.scheme, "mentor", gates=("application", "preferences"), trainings=())
    office.dispatcher.schemes = Schemes((fewer,))
    for _ in range(2):  # a second start finds nothing left to do
        await office.dispatcher.by_clock(fewer.key, go_on_all)
    assert rows(database, f"SELECT state FROM members WHERE id = '{id_}'") == [("approved",)]
    assert rows(database, f"SELECT count(*) FROM outbox WHERE kind = 'takes_part' AND about = '{id_}'") == [(1,)]
    assert rows(database, "SELECT count(*) FROM audit WHERE verb = 'go_on'") == [(1,)]
