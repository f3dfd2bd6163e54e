"""Who may press what: every verb, pressed by every kind of person. Who is refused changes nothing."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.actions.context import Caller
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.actions.verbs import FUNCTIONS
from bot.lifecycle.vocabulary import Verb
from bot.schemes.together import Schemes
from bot.storage.database import Database
from tests.actions.authority import KINDS, OFFICERS, OK, OWN, TABLE, cells
from tests.actions.authority_stage import REACHED, Stage, outcome, wrong
from tests.actions.dry_run import DryRun, changed, dump
from tests.actions.population import add_offer, settle
from tests.support.databases import KEYS


@pytest.fixture
async def stage(database: Database, database_url: str) -> AsyncIterator[Stage]:
    """Everybody in their places, once on each engine."""
    population = await add_offer(await settle(database))
    dry_run = DryRun(database_url, KEYS)
    yield Stage(population, dry_run)
    dry_run.close_now()


@pytest.fixture
async def small_stage(sqlite_url: str) -> AsyncIterator[Stage]:
    """The same on SQLite alone, for what no engine makes different."""
    dry_run = DryRun(sqlite_url, KEYS)
    with Database(sqlite_url, KEYS) as database:
        yield Stage(await add_offer(await settle(database)), dry_run)
    dry_run.close_now()


def test_every_verb_stands_in_the_table() -> None:
    assert {row.verb for row in TABLE} == set(Verb) == set(FUNCTIONS)
    assert all(len(row.outcomes) == len(KINDS) for row in TABLE)


@pytest.mark.covers("A4", "A10", "A22")
async def test_who_may_press_what(stage: Stage, database: Database) -> None:
    before = database.read_now(dump)
    dispatchers = {shut: stage.dispatcher(stage.schemes(shut=shut)) for shut in (False, True)}
    found = list[str]()
    for row, kind, expected in cells():
        stage.dry_run.after = None
        reply = await dispatchers[row.shut].answer(stage.click(row, kind))
        got = outcome(reply, stage.population.office.scheme)
        found += wrong(row, kind, got, expected, before, stage.dry_run.after)
    assert not found, "\n".join(found)
    assert not changed(before, database.read_now(dump))


async def test_what_belongs_to_another_scheme_is_not_there(small_stage: Stage) -> None:
    stage, office = small_stage, small_stage.population.office
    elsewhere = stage.dispatcher(Schemes((office.scheme.model_copy(update={"key": "another"}),)))
    theirs = Dispatcher(
        office.dispatcher.database, elsewhere.schemes, lambda: office.now, office.new_id, REACHED, OFFICERS
    )
    for user in OFFICERS:  # they hold the other scheme's office, too
        await theirs.meet(Caller("slack", "T1", user), Introduction(user.title(), None, "UTC"))
    before = office.dispatcher.database.read_now(dump)
    for row, kind, expected in cells():
        if expected not in (OK, OWN) or stage.subject(row.about) == row.about:
            continue
        stage.dry_run.after = None
        reply = await elsewhere.answer(stage.click(row, kind))
        assert outcome(reply, office.scheme) == "gone", f"{row.verb} ({row.about}) by {kind}: {reply}"
        assert not changed(before, stage.dry_run.after), row.verb


NO_SUBJECTS = ("", ":", "::", "member:", "member:x", "request:x", "x:y", "²", "9" * 4999, "%s")
NEED_NONE = {"bring_in", "request", "profile", "open_home", "set_reminders", "raise_concern"}
"""Verbs that take no subject, or an empty one."""


async def test_a_subject_that_is_none_changes_nothing(small_stage: Stage) -> None:
    stage, dispatcher = small_stage, small_stage.dispatcher()
    before = stage.population.office.dispatcher.database.read_now(dump)
    for row, kind, expected in cells():
        for subject in NO_SUBJECTS:
            if expected != OK or row.about in ("mentor", "mentee"):
                continue
            click = replace(stage.click(row, kind), subject=subject, carried={"order": subject, "skipped": subject})
            stage.dry_run.after = None
            await dispatcher.answer(click)
            if row.verb not in NEED_NONE:
                assert not changed(before, stage.dry_run.after), f"{row.verb} about {subject[:20]!r}"
