"""The record of who did what: it is only added to, found by names, words and days, and says nothing of concerns to
whoever may not read them."""

import re
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from bot.dialogs import audit_queries
from bot.dialogs.parts import Form, Input, Notice, Reply
from bot.dialogs.plain import plain
from bot.dialogs.wording import audit_words
from bot.lifecycle.people import Person
from bot.lifecycle.vocabulary import Verb
from bot.screens import audit as screens
from bot.storage import people
from bot.storage.database import Database
from bot.storage.tables import audit
from tests.dialogs.every_word import pressed
from tests.support.databases import KEYS, rows
from tests.support.dispatchers import MONDAY, Office

LONDON = ZoneInfo("Europe/London")
ACTIONS = Path(__file__).parents[2] / "bot" / "actions"


@pytest.fixture
async def office(database: Database) -> Office:
    """An office in which something has happened on two days, and something was refused."""
    made = Office(database)
    for user, name in (("UADMIN", "Ruth Adeyemi"), ("USECOND", "Tom Whitfield"), ("UADA", "Ada Łovelace")):
        await made.meet(user, name)
    await made.click("UADA", "join", "mentee", {"membership_number": "1", "stage": "Something else"})
    await made.click("UADA", "approve_joining", await made.member("UADA", "mentee"))
    made.now += timedelta(days=1)
    await made.click("UADMIN", "approve_joining", await made.member("UADA", "mentee"))
    await made.click("UADMIN", "appoint", "administrator", {"person": "UADA"})
    return made


def said(reply: Reply) -> str:
    assert isinstance(reply, Notice | Form), reply
    head = f"{reply.text}\n" if isinstance(reply, Notice) else ""
    return head + plain((part for part in reply.parts if not isinstance(part, Input)), LONDON)


async def found(office: Office, words: str, by: str = "UADMIN") -> list[str]:
    reply = await office.click(by, "admin_command", f"audit {words}")
    lines = said(reply).splitlines()
    return [line for line in lines if re.match(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d", line)]


@pytest.mark.parametrize("change", ["UPDATE audit SET outcome = 'done'", "DELETE FROM audit"])
async def test_the_database_itself_keeps_it(office: Office, database: Database, change: str) -> None:
    before = rows(database, "SELECT * FROM audit ORDER BY id")
    assert before
    with pytest.raises(DBAPIError, match="the audit is only added to"):
        await database.write(lambda db: db.execute(text(change)))
    assert rows(database, "SELECT * FROM audit ORDER BY id") == before


async def test_it_cannot_be_emptied_on_postgresql_either(postgresql_url: str) -> None:
    with Database(postgresql_url, KEYS) as database, pytest.raises(DBAPIError, match="the audit is only added to"):
        await database.write(lambda db: db.execute(text("TRUNCATE audit")))


async def test_the_newest_comes_first_in_plain_words(office: Office) -> None:
    assert await found(office, "") == [
        "Tue 24 Nov 2026, 10:00 GMT: Ruth Adeyemi appointed somebody to an office – Ada Łovelace (Administrator)",
        "Tue 24 Nov 2026, 10:00 GMT: Ruth Adeyemi approved an application – Ada Łovelace",
        "Mon 23 Nov 2026, 10:00 GMT: Refused – Ada Łovelace wanted to approve an application, and was refused: it was "
        "not theirs to do",
        "Mon 23 Nov 2026, 10:00 GMT: Ada Łovelace asked to join",
    ]


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("ruth", 2), ("lovelace", 4), ("by ada", 2), ("about ada", 4), ("to Łovelace", 4), ("approved", 2),
        ("approved refused", 1), ("refused", 1), ("done", 3), ("today", 2), ("yesterday", 2), ("this week", 4),
        ("last week", 0), ("2026-11-23", 2), ("2026-11-23 by ada", 2), ("2026-11-23 to 2026-11-24", 4), ("2026-11", 4),
        ("last 7 days refused", 1), ("appointed by ruth", 1), ("nobody", 0), ("100%_", 0), ("2026-99-99", 0),
    ],
)  # fmt: skip
async def test_it_is_found_by_names_words_days_and_outcome(office: Office, words: str, many: int) -> None:
    assert len(await found(office, words)) == many


async def test_it_is_turned_a_page_at_a_time_with_what_was_looked_for(office: Office) -> None:
    for _ in range(screens.A_PAGE):
        await office.click("UADA", "turn_down", "request:nothing", {"reply": "No."})
    form = await office.click("UADMIN", "find_in_audit", "", {"words": "refused ada"})
    assert isinstance(form, Form)
    (older,) = pressed(form.parts)
    second = await office.click("UADMIN", older.verb, older.subject)
    assert isinstance(second, Form)
    assert [each.label for each in pressed(second.parts)] == ["Newer"]
    assert "approve an application" in said(second)
    assert next(part.initial for part in second.parts if isinstance(part, Input) and hasattr(part, "initial")) == (
        "refused ada"
    )


async def test_of_a_concern_only_whoever_may_read_it_finds_anything(office: Office) -> None:
    await office.click("UADA", "raise_concern", "", {"person": "USECOND", "text": "He shouted."})
    mine = await found(office, "concern", "UADA")
    assert [line.partition(": ")[2] for line in mine] == ["Ada Łovelace raised a concern"]
    assert len(await found(office, "concern", "UADMIN")) == 1
    assert await found(office, "concern", "USECOND") == []
    assert not any("concern" in line for line in await found(office, "by ada", "USECOND"))


def test_each_verb_that_can_be_noted_has_its_words() -> None:
    source = "\n".join(file.read_text("utf-8") for file in ACTIONS.glob("*.py"))
    called = r"(?:keep|save|keep_if_changed)\(\s*context, \w+, \"(\w+)\"|\.note\(\"(\w+)\"|keep\(context, \"(\w+)\""
    by_itself = {next(filter(None, found)) for found in re.findall(called, source)}
    by_itself |= {*re.findall(r"^_?VERB(?:: Final)? = \"(\w+)\"", source, re.MULTILINE)}
    assert {"lapse", "time_over", "concern_overdue", "silent", "go_on"} <= by_itself
    assert set(audit_words.SAID) == {verb.value for verb in Verb if verb.writes} | by_itself
    assert all(wanted for verb, (_, wanted) in audit_words.SAID.items() if verb in set(Verb))


def test_a_verb_of_an_earlier_version_is_said_as_it_was_kept() -> None:
    assert audit_words.done("approve_mentor") == "did “approve mentor”"


@pytest.mark.parametrize(
    ("text_", "since", "before"),
    [
        ("last month", "2026-10-01", "2026-11-01"), ("this month", "2026-11-01", "2026-12-01"),
        ("last week", "2026-11-16", "2026-11-23"), ("2024-02", "2024-02-01", "2024-03-01"),
        ("last year", "2025-01-01", "2026-01-01"), ("this year", "2026-01-01", "2027-01-01"),
        ("past 3 days", "2026-11-20", "2026-11-24"),
    ],
)  # fmt: skip
def test_days_are_those_of_the_readers_zone(text_: str, since: str, before: str) -> None:
    sydney = ZoneInfo("Australia/Sydney")
    for zone in (LONDON, sydney):
        query = audit_queries.read(text_, MONDAY, zone)
        assert query.since is not None
        assert query.before is not None
        assert (query.since.date().isoformat(), query.before.date().isoformat()) == (since, before)
        assert query.since.tzinfo == zone


async def test_a_hundred_thousand_lines_are_looked_through_at_once(database: Database) -> None:
    office = Office(database)
    admin = await office.meet("UADMIN", "Ruth Adeyemi")
    start, many = datetime(2026, 1, 1, tzinfo=UTC), 100_000
    known = [Person(f"m{n}", "slack", "T1", f"U{n}", f"Member {n}", None, "UTC") for n in range(2000)]
    lines = [
        {"id": f"a{n:06}", "scheme": office.scheme.key, "at": start + timedelta(minutes=n), "person": f"m{n % 2000}",
         "verb": ("accept", "decline", "profile", "approve_joining")[n % 4], "about": f"m{(n + 1) % 2000}",
         "outcome": "done" if n % 50 else "not_yours"}
        for n in range(many)
    ]  # fmt: skip
    await database.write(lambda db: [people.save(db, each, start) for each in known])
    await database.write(lambda db: db.execute(insert(audit), lines))
    viewer = await office.person("UADMIN")
    assert viewer.id == admin
    for words in ("", "refused", "by member 1999", "approved member 77", "decline 2026-02-03", "nobody at all"):
        begun = time.perf_counter()
        looked = partial(screens.page, scheme=office.scheme, viewer=viewer, text=words, number=0, now=office.now)
        view = database.read_now(looked)
        took = time.perf_counter() - begun
        assert bool(view.lines) == (words != "nobody at all"), words
        assert took < 2, f"{words}: {took:.2f} s"
