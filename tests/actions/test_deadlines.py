"""What only time brings about: each deadline is done once, goes with its thing, and stands in nobody's way."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

import pytest
from sqlalchemy import Connection, text

from bot.actions.context import Channels, Click, Context
from bot.actions.deadlines import BATCH, PUT_OFF, RULES, Rules, sweep
from bot.actions.dispatcher import Dispatcher
from bot.actions.verbs import FUNCTIONS
from bot.dialogs.parts import Reply
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.undoing import FOR
from bot.lifecycle.vocabulary import Verb
from bot.schemes.together import Schemes
from bot.storage import deadlines
from bot.storage.database import Database
from demo.driver import Driver
from tests.actions.population import Population, settle
from tests.support.databases import KEYS, rows
from tests.support.dispatchers import MONDAY, Office

LAPSES, REMINDER = DeadlineKind.INVITATION_LAPSES, DeadlineKind.INVITATION_UNANSWERED
MINUTE = timedelta(minutes=1)


class Sweeping:
    """An office whose deadlines follow rules of the test's own."""

    def __init__(self, database: Database, *due: tuple[DeadlineKind, str, datetime], scheme: str = "") -> None:
        self.database, self.office = database, Office(database)
        self.done: list[str] = []
        self.fails: set[str] = set()
        wanted = [Deadline(*each) for each in due]
        database.write_now(lambda db: deadlines.put(db, scheme or self.office.scheme.key, wanted))

    def rule(self, context: Context, about: str) -> bool:
        if about in self.fails:
            raise RuntimeError("cannot be done")
        self.done.append(about)
        return True

    @property
    def rules(self) -> Rules:
        return dict.fromkeys(DeadlineKind, self.rule)

    async def until_nothing_is_due(self, rules: Rules | None = None) -> None:
        for _ in range(10):
            if not await sweep(self.office.dispatcher, rules or self.rules):
                return
        pytest.fail("the sweep never comes to rest")

    def pending(self) -> list[str]:
        return [str(about) for (about,) in rows(self.database, "SELECT about FROM deadlines ORDER BY due_at, about")]


def pending(population: Population) -> set[tuple[object, ...]]:
    """What is to fall due of invitations."""
    about = "SELECT about, kind FROM deadlines WHERE kind LIKE 'invitation%' OR kind LIKE 'decline%'"
    return set(rows(population.office.dispatcher.database, about))


def both(invitation: str) -> set[tuple[object, ...]]:
    return {(invitation, "invitation_lapses"), (invitation, "invitation_unanswered")}


@pytest.mark.parametrize("verb", ["accept", "withdraw"])
async def test_whoever_answers_leaves_no_deadline_behind(database: Database, verb: str) -> None:
    population = await settle(database)
    office, asked = population.office, population.ids["open"]
    assert pending(population) == both(asked), "nothing is left of the invitations that were answered before"
    request = (await office.request("UMENTEE")).id
    await office.click(*{"accept": ("UASKED", verb, asked), "withdraw": ("UMENTEE", verb, request)}[verb])
    assert pending(population) == set()


async def test_after_a_decline_the_time_of_the_next_counts_from_then(database: Database) -> None:
    population = await settle(database)
    office = population.office
    office.now += timedelta(days=2)
    await office.click("UASKED", "decline", population.ids["open"])
    assert pending(population) == {(population.ids["open"], "decline_stands")}
    await office.sweep(FOR)
    assert pending(population) == both(population.ids["queued"])
    over = office.now + timedelta(days=5)
    unanswered = {"invitation_unanswered"}
    for at, kinds in ((over - MINUTE, unanswered), (over, {*unanswered, "invitation_lapses"})):
        due = database.read_now(partial(deadlines.due, scheme_keys=[office.scheme.key], now=at, limit=99))
        assert {each.kind for each in due if each.about == population.ids["queued"]} == kinds


async def test_a_reminder_comes_once_and_the_deadline_stays(database: Database) -> None:
    population = await settle(database)
    for _ in range(2):
        await population.office.sweep(timedelta(days=1, hours=16))
    assert reminders(database) == 1
    assert pending(population) == {(population.ids["open"], "invitation_lapses")}


@pytest.mark.covers("A17")
async def test_after_an_outage_nobody_is_reminded_and_the_next_has_all_their_time(database: Database) -> None:
    population = await settle(database, on_silence="ask_next")
    office = population.office
    await office.sweep(timedelta(days=30))
    assert reminders(database) == 0, "what is too late to answer is nothing to be reminded of"
    assert pending(population) == both(population.ids["queued"])
    await office.sweep(timedelta(days=5) - MINUTE)
    assert reminders(database) == 1
    assert pending(population) == {(population.ids["queued"], "invitation_lapses")}


def reminders(database: Database) -> int:
    told = rows(database, "SELECT count(*) FROM reminders WHERE kind = 'invitation_unanswered'")
    return int(str(told[0][0]))


async def test_what_fails_is_told_put_off_and_holds_up_nobody(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with Database(sqlite_url, KEYS) as database:
        failing = [f"broken {n}" for n in range(BATCH + 5)]
        due = [(LAPSES, about, MONDAY - timedelta(days=1)) for about in failing]
        here = Sweeping(database, *due, (REMINDER, "well", MONDAY))
        here.fails = set(failing)
        await here.until_nothing_is_due()
        assert here.done == ["well"], "fifty that cannot be done are not all there is"
        told = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert len(told) == len(failing)
        here.fails = set()
        here.office.now += PUT_OFF - MINUTE
        await here.until_nothing_is_due()
        assert here.done == ["well"]
        here.office.now += MINUTE
        await here.until_nothing_is_due()
        assert sorted(here.done[1:]) == sorted(failing), "each has its turn again"
        assert here.pending() == []


async def test_what_was_written_before_a_rule_fails_is_taken_back(database: Database) -> None:
    here = Sweeping(database, (LAPSES, "broken", MONDAY))

    def half(context: Context, about: str) -> bool:
        deadlines.put(context.db, context.scheme.key, [Deadline(REMINDER, "written before", MONDAY)])
        raise RuntimeError("cannot be done")

    await here.until_nothing_is_due({**here.rules, LAPSES: half})
    assert (here.done, here.pending()) == ([], ["broken"])


async def test_a_kind_of_a_later_version_waits_and_holds_up_nobody(database: Database) -> None:
    here = Sweeping(database, (LAPSES, "known", MONDAY), (REMINDER, "strange", MONDAY - MINUTE))
    later = text("UPDATE deadlines SET kind = 'of_a_later_version' WHERE about = 'strange'")
    database.write_now(lambda db: db.execute(later))
    await here.until_nothing_is_due()
    assert (here.done, here.pending()) == (["known"], ["strange"])


async def test_what_has_nothing_to_do_is_over_too(database: Database) -> None:
    """A thing that is no more; and one that asks for nothing, whatever left its deadline behind."""
    population = await settle(database)
    office, accepted = population.office, population.ids["open"]
    await office.click("UASKED", "accept", accepted)
    left = [Deadline(kind, about, office.now) for kind in DeadlineKind for about in (accepted, "no such thing")]
    database.write_now(lambda db: deadlines.put(db, office.scheme.key, left))
    await office.sweep(MINUTE)
    assert pending(population) == set()
    assert reminders(database) == 0


async def test_a_rule_may_set_its_deadline_anew(database: Database) -> None:
    here = Sweeping(database, (REMINDER, "series", MONDAY), (LAPSES, "at once", MONDAY))

    def again(context: Context, about: str) -> bool:
        wanted = [Deadline(REMINDER, about, context.now + timedelta(days=1)), Deadline(LAPSES, "at once", context.now)]
        deadlines.put(context.db, context.scheme.key, wanted)
        return here.rule(context, about)

    await here.until_nothing_is_due({REMINDER: again, LAPSES: here.rule})
    assert here.done.count("series") == 1
    assert here.pending() == ["series"]
    here.office.now += timedelta(days=1)
    await here.until_nothing_is_due()
    assert here.done.count("series") == 2
    assert here.pending() == []


async def test_what_another_bot_has_to_do_is_left_to_it(database: Database) -> None:
    here = Sweeping(database, (LAPSES, "theirs", MONDAY), scheme="another")
    await here.until_nothing_is_due()
    assert (here.done, here.pending()) == ([], ["theirs"])


async def test_two_that_look_at_once_do_it_once(postgresql_url: str) -> None:
    """The quicker one goes on only when the other has seen the same deadline, and waits for it."""
    with Database(postgresql_url, KEYS) as one, Database(postgresql_url, KEYS) as other:
        here, there = Sweeping(one, (REMINDER, "once", MONDAY)), Sweeping(other)

        def slowly(context: Context, about: str) -> bool:
            here.done.append(about)
            _until_somebody_waits(context.db, otherwise=lambda: len(here.done) > 1)
            return True

        rules = dict.fromkeys(RULES, slowly)
        await asyncio.gather(sweep(here.office.dispatcher, rules), sweep(there.office.dispatcher, rules))
        assert (here.done, here.pending()) == (["once"], [])


async def test_who_accepts_at_that_moment_is_not_reminded(postgresql_url: str) -> None:
    """The acceptance has been written, but not committed, when the reminder is looked into."""
    written, loop = asyncio.Event(), asyncio.get_running_loop()

    def slowly(context: Context, click: Click) -> Reply:
        reply = FUNCTIONS[Verb.ACCEPT](context, click)
        loop.call_soon_threadsafe(written.set)
        _until_somebody_waits(context.db)
        return reply

    with Database(postgresql_url, KEYS) as database:
        population = await settle(database)
        office = population.office
        office.now += timedelta(days=3, hours=1)
        dispatcher = Dispatcher(
            database, Schemes((office.scheme,)), lambda: office.now, office.new_id, Channels(),
            functions={**FUNCTIONS, Verb.ACCEPT: slowly},
        )  # fmt: skip
        accepting = asyncio.create_task(Driver(dispatcher).click("UASKED", "accept", population.ids["open"]))
        await written.wait()
        await office.sweep(timedelta(0))
        await accepting
        assert pending(population) == set()
        assert rows(database, "SELECT count(*) FROM connections WHERE origin = 'invitation'") == [(3,)]
        assert reminders(database) == 0


def _until_somebody_waits(db: Connection, otherwise: Callable[[], bool] = lambda: False) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    patience = monotonic() + 20
    while not db.execute(waiting).scalar() and not otherwise() and monotonic() < patience:
        pass
