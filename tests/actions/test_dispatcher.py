"""The dispatcher itself: what a refusal leaves behind, and how a lost race ends."""

from dataclasses import replace

from bot.actions.context import Caller, Channels, Click, Context
from bot.actions.dead_letters import hold
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.dialogs.parts import Nothing, Notice, Reply
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Verb
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.storage import outbox, people
from bot.storage.database import Conflict, Database
from bot.storage.outbox import Letter
from tests.support.databases import rows
from tests.support.dispatchers import MONDAY, Office

ADA = Caller("slack", "T1", "UADA")


async def dispatcher(database: Database, function: object) -> Dispatcher:
    """One that does the same whatever is pressed, and knows Ada."""
    names = iter(f"id{number}" for number in range(100))
    made = Dispatcher(
        database, Schemes((load("british_cardiovascular_society"),)), lambda: MONDAY, lambda: next(names), Channels(),
        functions=dict.fromkeys(Verb, function),  # type: ignore[arg-type]
    )  # fmt: skip
    await made.meet(ADA, Introduction("Ada Lovelace", None, "Europe/London"))
    return made


async def test_a_refusal_leaves_nothing_but_its_audit_line(database: Database) -> None:
    def writes_and_refuses(context: Context, _: Click) -> Reply:
        people.save(context.db, replace(context.person, name="Somebody else"), context.now)
        raise Refused("already_decided")

    made = await dispatcher(database, writes_and_refuses)
    click = Click(ADA, "accept", "i1", idempotency_key="d1")
    assert isinstance(await made.answer(click), Notice)
    assert rows(database, "SELECT name FROM people") == [("Ada Lovelace",)]
    assert rows(database, "SELECT verb, about, outcome FROM audit") == [("accept", "i1", "already_decided")]
    await made.answer(click)
    assert rows(database, "SELECT count(*) FROM audit") == [(1,)], "the same delivery is refused once"


async def test_a_lost_race_is_tried_once_more(database: Database) -> None:
    tries: list[str] = []

    def second_time(context: Context, _: Click) -> Reply:
        people.save(context.db, replace(context.person, name=f"Ada {len(tries)}"), context.now)
        tries.append("try")
        if len(tries) == 1:
            raise Conflict
        return Nothing()

    made = await dispatcher(database, second_time)
    assert await made.answer(Click(ADA, "accept", "i1", idempotency_key="d1")) == Nothing()
    assert rows(database, "SELECT name FROM people") == [("Ada 1",)]


async def test_a_race_lost_twice_is_said_and_changes_nothing(database: Database) -> None:
    def never(context: Context, _: Click) -> Reply:
        people.save(context.db, replace(context.person, name="Somebody else"), context.now)
        raise Conflict

    made = await dispatcher(database, never)
    reply = await made.answer(Click(ADA, "accept", "i1", idempotency_key="d1"))
    assert isinstance(reply, Notice)
    assert "same moment" in reply.text
    assert rows(database, "SELECT name FROM people") == [("Ada Lovelace",)]


async def test_that_chat_is_closed_is_told_by_mail_too(database: Database) -> None:
    """Without a channel of its own the office would hear of closed conversations in a closed conversation."""
    office = Office(database, channels=Channels(email=True))
    await office.meet("UADMIN")
    await office.meet("UMARY")
    mary = await office.person("UMARY")
    letter = Letter("l1", office.scheme.key, "k1", "admitted", "m1", mary.id, None, "chat", MONDAY, MONDAY)
    database.write_now(lambda db: outbox.put(db, [letter]))
    for _ in range(2):
        await office.dispatcher.by_clock(
            office.scheme.key, lambda context: hold(context, letter, MONDAY, False, "turn on the tab")
        )
    told = rows(database, "SELECT by, about FROM outbox WHERE kind = 'held' ORDER BY by")
    assert told == [("chat", "turn on the tab"), ("email", "turn on the tab")], "once a day by each way"
