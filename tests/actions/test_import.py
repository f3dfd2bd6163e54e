"""Members and running connections from a file: looked at first, then brought in, never half a line, never twice."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.actions.context import Caller
from bot.actions.dispatcher import Introduction
from bot.actions.importer import BATCH, Found, Importer
from bot.dialogs.parts import Button, Errors, Form, Message, Notice, Reply
from bot.lifecycle.files import GivenFile, NotGiven
from bot.lifecycle.importing import Import
from bot.reports.csv_files import written
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.screens.render import draw
from bot.storage import imports, outbox
from bot.storage.database import Database
from tests.actions.test_export import table
from tests.dialogs.every_word import pressed
from tests.support.databases import rows
from tests.support.dispatchers import PREFERENCES, REQUEST, Office
from tests.support.schemes import with_role

REFERENCE = load("british_cardiovascular_society")
HEAD = ("E-mail", "Role", "Status")
PAIRS = ("Mentee’s e-mail", "Mentor’s e-mail", "Began on", "Agreement accepted on")


@dataclass
class Directory:
    """The people whom the platform has, beside those who have come to the bot."""

    office: Office
    names: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def has(self, *users: str) -> None:
        self.names |= {f"{user.lower()}@example.org": user for user in users}

    async def find(self, addresses: Collection[str]) -> Found:
        self.asked.append(tuple(sorted(addresses)))
        return {
            each: (self.office.caller(user), Introduction(user.title(), each, "Europe/London"))
            for each in addresses
            if (user := self.names.get(each))
        }


@dataclass
class Coordinator:
    """Somebody of the office with a file."""

    office: Office
    directory: Directory
    importer: Importer

    async def sends(
        self, content: bytes, what: str = "Members", hear: str = "Tell nobody", user: str = "UADMIN"
    ) -> Reply:
        values = {"file": GivenFile("members.csv", content), "what": what, "hear": hear}
        return await self.office.click(user, "bring_in", "", values)

    async def table(self, head: Iterable[str], *lines: Iterable[str], **how: str) -> Import:
        """Send a file, and have it looked at."""
        reply = await self.sends(written(head, lines), **how)
        assert isinstance(reply, Notice), reply
        await self.importer.go_on()
        return self.last

    async def begins(self) -> Import:
        """Let the last file come in."""
        await self.office.click("UADMIN", "begin_import", self.last.id, shows_itself=True)
        await self.importer.go_on()
        return self.last

    @property
    def last(self) -> Import:
        database = self.office.dispatcher.database
        (id_,) = rows(database, "SELECT id FROM imports ORDER BY made_at DESC, id DESC LIMIT 1")[0]
        return database.read_now(lambda db: imports.get(db, self.office.scheme.key, str(id_)))

    def card(self) -> Message:
        """The last message about a file, as it would be drawn now."""
        office = self.office
        query = """SELECT id FROM outbox WHERE kind IN ('import_checked', 'import_over') AND edits IS NULL
            ORDER BY number DESC LIMIT 1"""
        (id_,) = rows(office.dispatcher.database, query)[0]

        def drawn(db: Any) -> Any:
            letter = outbox.letter(db, str(id_))
            assert letter is not None
            return draw(db, Schemes([office.scheme]), letter, office.now)

        rendered = office.dispatcher.database.read_now(drawn)
        assert rendered is not None
        assert isinstance(rendered.content, Message)
        return rendered.content

    def buttons(self) -> list[Button]:
        return list(pressed(self.card().parts))


async def coordinator(database: Database, scheme: Any = REFERENCE) -> Coordinator:
    office = Office(database, scheme)
    await office.meet("UADMIN")
    directory = Directory(office)
    directory.has("UAMY", "UBEN", "UCAL", "UDEE")
    return Coordinator(office, directory, Importer(office.dispatcher, directory.find))


def members(database: Database) -> list[tuple[Any, ...]]:
    query = """SELECT people."user", role, state FROM members JOIN people ON people.id = members.person
        ORDER BY people."user", role"""
    return [tuple(row) for row in rows(database, query)]


async def test_nothing_changes_before_it_is_begun(database: Database) -> None:
    her = await coordinator(database)
    one = await her.table(
        HEAD, ("uamy@example.org", "Mentee", ""), ("UBEN@example.org", "mentors", "taking part"),
        ("ghost@example.org", "mentee", ""), ("", "mentee", ""), ("no address", "mentee", ""),
        ("ucal@example.org", "boss", ""), ("udee@example.org", "mentee", "left"),
    )  # fmt: skip
    assert (one.state, one.lines) == ("checked", 7)
    assert dict(one.counted) == {"new": 1, "changed": 0, "same": 0, "problem": 6}
    assert [(each.line, each.column, each.why) for each in one.findings] == [
        (3, "Status", "form_missing"), (4, "E-mail", "nobody"), (5, "E-mail", "no_address"),
        (6, "E-mail", "not_an_address"), (7, "Role", "no_role"), (8, "Status", "no_such_status"),
    ]  # fmt: skip
    assert members(database) == []
    card = her.card()
    assert "1 member would come in." in card.text
    assert "6 members cannot be taken." in card.text
    assert "Line 4, “E-mail”: Nobody here has the address ghost@example.org." in card.text
    assert [each.label for each in her.buttons()] == ["Import 1 line", "All findings", "Cancel import"]


async def test_it_comes_in_once_and_says_the_same_when_it_is_sent_again(database: Database) -> None:
    her = await coordinator(database)
    lines = [("uamy@example.org", "mentee", ""), ("uben@example.org", "mentor", ""), ("uben@example.org", "mentee", "")]
    await her.table(HEAD, *lines, hear="Send each of them a message")
    done = await her.begins()
    assert (done.state, dict(done.counted)) == ("done", {"new": 3, "changed": 0, "same": 0, "problem": 0})
    came = [("UAMY", "mentee", "admitted"), ("UBEN", "mentee", "admitted"), ("UBEN", "mentor", "admitted")]
    assert members(database) == came
    assert rows(database, "SELECT count(*) FROM outbox WHERE kind = 'brought_in'") == [(3,)]
    assert "3 members came in." in her.card().text
    again = await her.table(HEAD, *lines)
    assert dict(again.counted) == {"new": 0, "changed": 0, "same": 3, "problem": 0}
    assert [each.label for each in her.buttons()] == ["Send another file"], "there is nothing to begin"
    assert members(database) == came
    assert rows(database, "SELECT count(*) FROM imports WHERE content IS NOT NULL") == [(1,)], "what is in is forgotten"


async def test_a_change_is_shown_as_a_difference(database: Database) -> None:
    her = await coordinator(database)
    training = REFERENCE.roles["mentor"].trainings[0].name
    head = ("E-mail", "Role", f"{training} completed on")
    await her.table(head, ("uamy@example.org", "mentor", "2026-01-05"))
    await her.begins()
    one = await her.table(head, ("uamy@example.org", "mentor", "06/01/2026"))
    assert dict(one.counted) == {"new": 0, "changed": 1, "same": 0, "problem": 0}
    assert [(each.kind, each.line, each.facts) for each in one.findings] == [
        ("change", 2, {"was": "2026-01-05", "is": "2026-01-06"})
    ]
    assert "“2026-01-05” becomes “2026-01-06”." in her.card().text
    await her.begins()
    ((trainings,),) = rows(database, "SELECT trainings FROM members")
    assert "2026-01-06" in str(trainings)
    empty = await her.table(head, ("uamy@example.org", "mentor", ""))
    assert dict(empty.counted)["same"] == 1, "an empty cell takes nothing away"


async def test_answers_come_in_whole_or_not_at_all(database: Database) -> None:
    her = await coordinator(database)
    profile = {"Current role": "Consultant", "About you": "Glad to help."}
    head = ("E-mail", "Role", "Status", *profile)
    one = await her.table(head, ("uamy@example.org", "mentor", "taking part", *profile.values()))
    assert {each.why for each in one.findings if each.kind == "problem"} == {"needed"}
    assert dict(one.counted)["problem"] == 1


async def test_places_are_kept_to_by_a_file_too(database: Database) -> None:
    her = await coordinator(database, with_role(REFERENCE, "mentee", places=2, open=False))
    lines = [(f"{user.lower()}@example.org", "mentee", "") for user in ("UAMY", "UBEN", "UCAL")]
    one = await her.table(HEAD, *lines)
    assert dict(one.counted) == {"new": 2, "changed": 0, "same": 0, "problem": 1}, "the intake is closed to others"
    done = await her.begins()
    assert dict(done.counted) == {"new": 2, "changed": 0, "same": 0, "problem": 1}
    assert [user for user, _, __ in members(database)] == ["UAMY", "UBEN"]


async def test_nobody_brings_themselves_in(database: Database) -> None:
    her = await coordinator(database)
    one = await her.table(HEAD, ("uadmin@example.org", "mentor", "taking part"))
    assert [each.why for each in one.findings] == ["about_yourself"]


async def test_people_are_looked_up_by_the_platform_once(database: Database) -> None:
    her = await coordinator(database)
    await her.office.meet("UAMY")
    await her.table(HEAD, ("UAMY@Example.org", "mentee", ""), ("uben@example.org", "mentee", ""))
    assert her.directory.asked == [("uben@example.org",)]
    await her.table(HEAD, ("uben@example.org", "mentee", ""))
    assert len(her.directory.asked) == 1
    assert rows(database, """SELECT count(*) FROM people WHERE "user" = 'UBEN'""") == [(1,)]


async def test_a_guest_has_no_address_that_anybody_vouches_for(database: Database) -> None:
    her = await coordinator(database)
    await her.office.dispatcher.meet(
        Caller("slack", "T0", "UGUEST"), Introduction("Guest", "udee@example.org", "Europe/London", guest=True)
    )
    one = await her.table(HEAD, ("udee@example.org", "mentee", ""))
    await her.begins()
    assert one.counted["new"] == 1
    assert members(database) == [("UDEE", "mentee", "admitted")]


async def test_lines_come_in_batches_and_what_is_in_stays_when_it_is_cancelled(database: Database) -> None:
    her = await coordinator(database, with_role(REFERENCE, "mentee", places=None))
    users = [f"U{number:04}" for number in range(BATCH + 10)]
    her.directory.has(*users)
    await her.table(HEAD, *((f"{user.lower()}@example.org", "mentee", "") for user in users))
    await her.office.click("UADMIN", "begin_import", her.last.id, shows_itself=True)
    await her.importer.step()
    assert (her.last.state, her.last.at) == ("running", BATCH)
    assert f"{BATCH} of {BATCH + 10} lines are dealt with." in her.card().text
    await her.office.click("UADMIN", "cancel_import", her.last.id)
    await her.importer.go_on()
    assert her.last.state == "cancelled"
    assert len(members(database)) == BATCH


async def test_another_process_goes_on_where_one_was_killed(database: Database) -> None:
    her = await coordinator(database, with_role(REFERENCE, "mentee", places=None))
    users = [f"U{number:04}" for number in range(2 * BATCH)]
    her.directory.has(*users)
    await her.table(HEAD, *((f"{user.lower()}@example.org", "mentee", "") for user in users))
    await her.office.click("UADMIN", "begin_import", her.last.id, shows_itself=True)
    await her.importer.step()
    other = Importer(her.office.dispatcher, her.directory.find)
    await other.go_on()
    assert dict(her.last.counted) == {"new": 2 * BATCH, "changed": 0, "same": 0, "problem": 0}
    assert len(members(database)) == 2 * BATCH


async def test_whoever_loses_the_power_brings_nothing_in(database: Database) -> None:
    her = await coordinator(database)
    await her.table(HEAD, ("uamy@example.org", "mentee", ""))
    await her.office.click("UADMIN", "begin_import", her.last.id, shows_itself=True)
    database.write_now(lambda db: db.exec_driver_sql("DELETE FROM office_holders"))
    await her.importer.go_on()
    assert her.last.state == "stopped"
    assert members(database) == []


async def test_only_whoever_brought_it_begins_it(database: Database) -> None:
    her = await coordinator(database)
    await her.office.meet("USECOND")
    await her.table(HEAD, ("uamy@example.org", "mentee", ""))
    refused = await her.office.click("USECOND", "begin_import", her.last.id)
    assert isinstance(refused, Notice)
    assert "for somebody else to decide" in refused.text
    assert her.last.state == "checked"
    await her.begins()
    over = await her.office.click("UADMIN", "begin_import", her.last.id)
    assert isinstance(over, Notice)
    assert "dealt with already" in over.text


@pytest.mark.parametrize("why", ["too_large", "not_fetched", None])
async def test_a_file_that_has_not_come_is_said_at_its_field(database: Database, why: Any) -> None:
    her = await coordinator(database)
    values = {"file": NotGiven(why)} if why else {}
    answer = await her.office.click("UADMIN", "bring_in", "", {**values, "what": "Members"})
    assert isinstance(answer, Errors)
    assert list(answer.fields) == ["file"]


async def test_what_is_no_table_is_refused_with_what_to_do(database: Database) -> None:
    her = await coordinator(database)
    await her.sends(b"PK\x03\x04 a workbook")
    await her.importer.go_on()
    assert her.last.state == "refused"
    assert "Save it as CSV" in her.card().text
    await her.table(("Name", "Post"), ("Amy", "Registrar"))
    assert "There is no line of headings with E-mail or Role." in her.card().text
    assert [each.label for each in her.buttons()] == ["Columns for members", "Send another file"]


async def test_the_columns_and_the_findings_come_as_files(database: Database) -> None:
    her = await coordinator(database)
    await her.table((*HEAD, "Shoe size"), ("=1+1", "mentee", "", "44"))
    tables = [(f"import:{her.last.id}", "Line"), ("template:members", "Name"), ("template:connections", PAIRS[0])]
    for about, first in tables:
        found = await table(her.office, about)
        assert found.lines[0].cells[0] == first
        if about.startswith("import"):
            assert [each.cells[2] for each in found.lines[1:]] == ["To know", "Problem"]
    assert isinstance(await her.office.click("UADMIN", "export", "everything"), Notice)


async def joined(her: Coordinator) -> None:
    """A mentee and a mentor who take part, and another mentee who does not."""
    await her.office.mentor("UBEN")
    await her.office.admitted("UAMY", "mentee")
    await her.office.click("UAMY", "preferences", "mentee", PREFERENCES)
    await her.office.click("UAMY", "request", "", REQUEST)
    (request,) = rows(her.office.dispatcher.database, "SELECT id FROM requests")[0]
    await her.office.click("UADMIN", "approve_request", str(request))
    await her.office.admitted("UCAL", "mentee")


async def test_running_connections_come_in(database: Database) -> None:
    her = await coordinator(database)
    await joined(her)
    began = (her.office.now - timedelta(days=60)).date().isoformat()
    long_ago = (her.office.now - timedelta(days=600)).date().isoformat()
    one = await her.table(
        PAIRS,
        ("uamy@example.org", "uben@example.org", began, began),
        ("uamy@example.org", "uben@example.org", began, ""),
        ("ucal@example.org", "uben@example.org", began, ""),
        ("uamy@example.org", "ghost@example.org", "", ""),
        ("uben@example.org", "uamy@example.org", long_ago, "soon"),
        what="Running connections",
    )
    assert dict(one.counted) == {"new": 1, "changed": 0, "same": 1, "problem": 3}
    done = await her.begins()
    assert dict(done.counted) == {"new": 1, "changed": 0, "same": 1, "problem": 3}
    ((state, origin, consents),) = rows(database, "SELECT state, origin, consents FROM connections")
    assert (state, origin) == ("active", "import")
    assert str(consents).count("agreement") == 2, "both have accepted"
    assert rows(database, "SELECT kind FROM deadlines WHERE kind = 'connection_over'") == [("connection_over",)]
    view = await her.office.click("UAMY", "open_connection", str(rows(database, "SELECT id FROM connections")[0][0]))
    assert isinstance(view, Form)
    again = await her.table(PAIRS, ("uamy@example.org", "uben@example.org", began, began), what="Running connections")
    assert dict(again.counted)["same"] == 1


async def test_a_connection_whose_time_is_over_is_none(database: Database) -> None:
    her = await coordinator(database)
    await joined(her)
    one = await her.table(PAIRS, ("uamy@example.org", "uben@example.org", "2024-01-01", ""), what="Running connections")
    assert [each.why for each in one.findings] == ["pair_ended"]


@pytest.mark.covers("E1")
async def test_whom_the_office_keeps_apart_no_file_connects(database: Database) -> None:
    her = await coordinator(database)
    await joined(her)
    began = (her.office.now - timedelta(days=60)).date().isoformat()
    line = ("uamy@example.org", "uben@example.org", began, "")
    assert dict((await her.table(PAIRS, line, what="Running connections")).counted)["new"] == 1
    amy = (await her.office.person("UAMY")).id
    await her.office.click("UADMIN", "keep_apart", amy, {"person": "UBEN", "reason": ""})
    done = await her.begins()  # looked at before
    assert [each.why for each in done.findings] == ["kept_apart"]
    one = await her.table(PAIRS, line, what="Running connections")
    assert [each.why for each in one.findings] == ["kept_apart"]
    assert rows(database, "SELECT count(*) FROM connections") == [(0,)]
