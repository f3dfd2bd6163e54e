"""Who may press what: every verb, pressed by every kind of person. Who is refused changes nothing."""

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from itertools import product

import pytest

from bot.actions.context import Caller
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.actions.verbs import FUNCTIONS
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import POWERS
from bot.schemes.together import Schemes
from bot.storage.database import Database
from tests.actions.authority import TABLE
from tests.actions.authority_cells import Cell, cells, cells_on_any_engine, cells_over_http
from tests.actions.authority_kinds import COLUMNS, KINDS, OFFICERS, OK, OWN, Row
from tests.actions.authority_stage import REACHED, Stage, outcome
from tests.actions.dry_run import DryRun, changed, dump
from tests.actions.everybody import add_everybody
from tests.actions.population import settle
from tests.support.databases import KEYS
from tests.support.snapshots import engine_of


async def as_they_are(_: str) -> None:
    """No platform is there to be told."""


@pytest.fixture
async def stage(database: Database, database_url: str) -> AsyncIterator[Stage]:
    """Everybody in their places, on each engine."""
    population = await add_everybody(await settle(database))
    dry_run = DryRun(database_url, KEYS)
    yield Stage(population, dry_run)
    dry_run.close_now()


@pytest.fixture
async def small_stage(sqlite_url: str) -> AsyncIterator[Stage]:
    """The same on SQLite alone, for what no engine makes different."""
    dry_run = DryRun(sqlite_url, KEYS)
    with Database(sqlite_url, KEYS) as database:
        yield Stage(await add_everybody(await settle(database)), dry_run)
    dry_run.close_now()


def test_every_verb_stands_in_the_table() -> None:
    assert {row.verb for row in TABLE} == set(Verb) == set(FUNCTIONS)
    assert all(len(row.outcomes) == len(COLUMNS) for row in TABLE)


DEMANDED = {
    "stranger", "outsider", "member", "mentee", "mentor", "other", "former mentor", "mentor of the past",
    "administrator", *POWERS, "former officer", "elsewhere", "guest", "deactivated", "themselves",
}  # fmt: skip


@pytest.mark.parametrize("seam", [cells, cells_over_http])
def test_every_kind_of_person_presses_every_verb(seam: Callable[[], Iterable[Cell]]) -> None:
    assert set(KINDS) == DEMANDED
    pressed = {(row.verb, kind) for row, kind, _ in seam()}
    assert {kind for _, kind in pressed} == DEMANDED
    missing = {(str(verb), kind) for verb in Verb for kind in DEMANDED} - pressed
    assert {kind for _, kind in missing} == {"mentor of the past"}, "not every verb is about something that can be over"
    assert {power for row in TABLE for power in row.by.split()} == set(POWERS), "each lets its holder do something"


@pytest.mark.covers("A4", "A10", "A22")
async def test_who_may_press_what(stage: Stage, database: Database) -> None:
    dispatchers = {shut: stage.dispatcher(stage.schemes(shut=shut)) for shut in (False, True)}

    async def press(row: Row, kind: str) -> str:
        return outcome(await dispatchers[row.shut].answer(stage.click(row, kind)), stage.population.office.scheme)

    given = cells() if engine_of(database) == "sqlite" else cells_on_any_engine()
    found = await stage.tried(press, as_they_are, given)
    assert not found, "\n".join(found)


async def test_what_belongs_to_another_scheme_is_not_there(small_stage: Stage) -> None:
    stage, office = small_stage, small_stage.population.office
    elsewhere = stage.dispatcher(Schemes((office.scheme.model_copy(update={"key": "another"}),)))
    theirs = Dispatcher(
        office.dispatcher.database, elsewhere.schemes, lambda: office.now, office.new_id, REACHED, OFFICERS
    )
    for user in OFFICERS:  # they hold the other scheme's office, too
        await theirs.meet(Caller("slack", "T1", user), Introduction(user.title(), None, "UTC"))
    before = office.dispatcher.database.read_now(dump)
    for row, kind in product(TABLE, ("mentee", "mentor", "other", "administrator", "themselves")):
        if row.outcome(kind) not in (OK, OWN) or stage.subject(row.about) == row.about:
            continue
        stage.dry_run.after = None
        reply = await elsewhere.answer(stage.click(row, kind))
        assert outcome(reply, office.scheme) == "gone", f"{row.verb} ({row.about}) by {kind}: {reply}"
        assert not changed(before, stage.dry_run.after), row.verb


NO_SUBJECTS = ("", ":", "::", "member:", "member:x", "request:x", "x:y", "²", "9" * 4999, "%s")
NEED_NONE = {
    "bring_in",
    "request",
    "profile",
    "open_home",
    "set_reminders",
    "raise_concern",
    "write_here",
    "bring_hours",
    "export_payment",
    "invite_somebody",
    "ask_talk_first",
}
"""Verbs that take no subject, or an empty one."""


async def test_a_subject_that_is_none_changes_nothing(small_stage: Stage) -> None:
    stage, dispatcher = small_stage, small_stage.dispatcher()
    before = stage.population.office.dispatcher.database.read_now(dump)
    for row, subject in product(TABLE, NO_SUBJECTS):
        if row.outcome(row.let) == OK and row.about not in ("mentor", "mentee"):
            click = replace(stage.click(row, row.let), subject=subject, carried={"order": subject, "skipped": subject})
            stage.dry_run.after = None
            await dispatcher.answer(click)
            if row.verb not in NEED_NONE:
                assert not changed(before, stage.dry_run.after), f"{row.verb} about {subject[:20]!r}"
