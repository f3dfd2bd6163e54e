"""Tables go out to whoever may read them, as things are when they are sent, and no spreadsheet reckons with them."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from bot.actions.importer import Importer
from bot.dialogs.parts import Errors, Message, Notice
from bot.lifecycle.files import GivenFile
from bot.reports.columns import headings
from bot.reports.csv_files import Table, plain, read
from bot.reports.exports import CONNECTIONS, DAYS, HOURS, PAYMENT
from bot.schemes.together import Schemes
from bot.screens.render import draw
from bot.storage import imports, outbox
from bot.storage.database import Database
from tests.actions.population import meeting, settle
from tests.support.databases import rows
from tests.support.dispatchers import Office


def letter(office: Office) -> Message | None:
    """The last table that was asked for, as it would be sent now; None where it would not be."""
    database = office.dispatcher.database
    (id_,) = rows(database, "SELECT id FROM outbox WHERE kind = 'table' ORDER BY number DESC LIMIT 1")[0]

    def drawn(db: Any) -> Any:
        found = outbox.letter(db, str(id_))
        assert found is not None
        return draw(db, Schemes([office.scheme]), found, office.now)

    rendered = database.read_now(drawn)
    return rendered.content if rendered else None


async def table(office: Office, about: str, user: str = "UADMIN") -> Table:
    """Ask for a table, and read it."""
    office.now += timedelta(seconds=1)
    answer = await office.click(user, "export", about)
    assert isinstance(answer, Notice)
    assert answer.title == "On its way", answer.text
    message = letter(office)
    assert message is not None
    assert message.attachment is not None
    return read(message.attachment.content)


def lines(found: Table) -> list[dict[str, str]]:
    head = found.lines[0].cells
    return [dict(zip(head, line.cells, strict=False)) for line in found.lines[1:]]


async def test_members_go_out_with_what_the_office_may_read(database: Database) -> None:
    population = await settle(database)
    await population.office.introduce("UASKED", '=HYPERLINK("http://x")', "asked@example.org", "Europe/London")
    found = await table(population.office, "members")
    assert found.lines[0].cells == headings(population.office.scheme)
    asked = next(line for line in lines(found) if line["E-mail"] == "asked@example.org")
    assert asked["Name"] == '\'=HYPERLINK("http://x")'
    assert plain(asked["Name"]) == '=HYPERLINK("http://x")'
    assert (asked["Role"], asked["Status"]) == ("mentor", "taking part")
    assert len(lines(found)) == rows(database, "SELECT count(*) FROM members")[0][0]


async def test_connections_and_hours_go_out_to_the_number(database: Database) -> None:
    population = await settle(database)
    office = population.office
    await office.click("UMENTEE", "schedule", population.ids["session"], meeting(population))
    office.now += timedelta(hours=4)
    await office.click("UMENTEE", "complete", population.ids["session"])
    found = await table(office, "connections")
    assert found.lines[0].cells == CONNECTIONS
    by_number = {line["Sessions held"] for line in lines(found)}
    assert by_number == {"0", "1"}
    (hers,) = [line for line in lines(found) if line["Sessions held"] == "1"]
    assert hers["Mentee’s e-mail"] == "umentee@example.org"
    assert hers["Agreement accepted on"]
    hours = await table(office, "hours")
    assert hours.lines[0].cells == HOURS
    assert [(line["Sessions"], line["Hours"], line["Month"]) for line in lines(hours)] == [
        ("1", "1", f"{office.now:%Y-%m}")
    ]


@pytest.mark.covers("C11")
async def test_sessions_to_pay_for_go_out_once_they_are_agreed(database: Database) -> None:
    population = await settle(database)
    office = population.office
    await office.click("UMENTEE", "schedule", population.ids["session"], meeting(population))
    office.now += timedelta(hours=4)
    await office.click("UMENTEE", "complete", population.ids["session"])
    held_in, first = f"{office.now:%Y-%m}", office.now.date()

    async def paid(until: date) -> Table:
        office.now += timedelta(seconds=1)
        answer = await office.click("UADMIN", "export_payment", "", {"since": first, "until": until})
        assert isinstance(answer, Notice)
        assert answer.title == "On its way", answer.text
        message = letter(office)
        assert message is not None
        assert message.attachment is not None
        assert not any(name in message.attachment.content for name in (b"Umentee", b"umentee"))
        return read(message.attachment.content)

    office.now += timedelta(days=6)
    early = await paid(office.now.date() - timedelta(days=1))
    assert [line.cells for line in early.lines] == [PAYMENT]
    office.now += timedelta(days=2)
    until = office.now.date() - timedelta(days=1)
    (row,) = lines(await paid(until))
    assert row == {
        "Mentor": "Uasked", "E-mail": "uasked@example.org", "Month": held_in, "Sessions": "1", "Minutes": "60",
        "Agreed from": first.isoformat(), "Agreed to": until.isoformat(),
    }  # fmt: skip


async def test_sessions_are_counted_for_payment_where_there_is_any_and_over_days_that_are_over(
    database: Database,
) -> None:
    population = await settle(database)
    office = population.office
    today = {"since": office.now.date(), "until": office.now.date()}
    answer = await office.click("UADMIN", "export_payment", "", today)
    assert isinstance(answer, Errors)
    assert "days that are over" in answer.fields["until"]
    empty = await office.click("UADMIN", "export_payment", "", {})
    assert isinstance(empty, Errors)
    office.changed(pay="banned")
    refused = await office.click("UADMIN", "open_payment", "")
    assert isinstance(refused, Notice)
    assert "does not offer that" in refused.text


async def test_days_go_out_without_a_name(database: Database) -> None:
    population = await settle(database)
    office = population.office
    office.now += timedelta(days=2, hours=12)
    await office.click("UADMIN", "approve_request", population.ids["request UWAITING"])
    found = await table(office, "days")
    assert found.lines[0].cells == DAYS
    assert len(lines(found)) == rows(database, "SELECT count(*) FROM requests")[0][0]
    assert "2.6" in {line["Days to the approval"] for line in lines(found)}
    names = [str(name) for (name,) in rows(database, "SELECT name FROM people")]
    assert not any(name in cell for line in found.lines for cell in line.cells for name in names)


@pytest.mark.parametrize("about", ["members", "connections", "hours"])
async def test_whoever_loses_the_power_meanwhile_gets_nothing(database: Database, about: str) -> None:
    population = await settle(database)
    await population.office.click("UADMIN", "export", about)
    assert letter(population.office) is not None
    database.write_now(lambda db: db.exec_driver_sql("DELETE FROM office_holders"))
    assert letter(population.office) is None


async def test_what_is_exported_can_be_imported_and_changes_nothing(database: Database) -> None:
    population = await settle(database)
    office = population.office

    async def nobody(_: Any) -> dict[str, Any]:
        return {}

    for about, what in (("members", "Members"), ("connections", "Running connections")):
        office.now += timedelta(seconds=1)
        await office.click("UADMIN", "export", about)
        message = letter(office)
        assert message is not None
        assert message.attachment is not None
        file = GivenFile("back.csv", message.attachment.content)
        await office.click("UADMIN", "bring_in", "", {"file": file, "what": what})
        await Importer(office.dispatcher, nobody).go_on()
        (id_,) = rows(database, "SELECT id FROM imports WHERE state <> 'checked' OR lines > 1 ORDER BY made_at DESC")[0]
        one = database.read_now(partial(imports.get, scheme_key=office.scheme.key, id_=str(id_)))
        assert one.state == "checked"
        assert (one.counted["new"], one.counted["changed"]) == (0, 0), one.findings
        assert one.counted["same"] > 0
