"""Files in sheets: handed in, replaced, taken out, and brought to whoever may read them."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.dialogs import field_words as say
from bot.dialogs.parts import Attachment, Errors, Form, Message, Notice
from bot.lifecycle.files import GivenFile
from bot.schemes.together import Schemes
from bot.screens import render
from bot.storage import offices, sheets
from bot.storage.database import Database
from bot.storage.outbox import Letter
from tests.actions.population import PDF, Population, settle
from tests.support.databases import rows

NEW = GivenFile("Neuer Plan.PDF", b"%PDF-1.7 the second")


async def fill_in(population: Population, user: str, carried: Mapping[str, str], **values: object) -> object:
    """Somebody saves the sheet that has a file for the two."""
    subject = f"papers:{population.ids['agreed']}"
    return await population.office.click(user, "fill_in_sheet", subject, {"why": "To read", **values}, carried)


async def carried(population: Population, user: str) -> Mapping[str, str]:
    """What the sheet carries when it is opened."""
    form = await population.office.click(user, "open_sheet", f"papers:{population.ids['agreed']}")
    assert isinstance(form, Form)
    return form.carried


def answers(population: Population) -> Mapping[str, Any]:
    """What stands in the sheet now."""
    office = population.office
    of_pair = office.dispatcher.database.read_now(
        lambda db: sheets.of(db, office.scheme.key, [population.ids["agreed"]])
    )
    return next(each.answers for each in of_pair if each.sheet == "papers")


def drawn(population: Population, database: Database) -> Message | None:
    """The one message with a file, as it is sent."""
    office = population.office
    schemes = Schemes((office.scheme,))
    ((key, about, person),) = rows(database, "SELECT key, about, person FROM outbox WHERE kind = 'file'")
    letter = Letter(
        "l1", office.scheme.key, str(key), "file", str(about), str(person), None, "chat", office.now, office.now
    )
    done = office.dispatcher.database.read_now(lambda db: render.draw(db, schemes, letter, office.now))
    assert done is None or isinstance(done.content, Message)
    return done.content if done and isinstance(done.content, Message) else None


async def test_a_file_is_kept_encrypted_and_comes_to_whoever_may_read_it(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    population = await settle(database)
    kept = rows(database, "SELECT name, content, size FROM files")
    assert len(kept) == 2
    assert all(size == len(PDF.content) for _, _, size in kept)
    assert "secret" not in f"{kept}{caplog.text}"
    assert "plan.pdf" not in f"{kept}{caplog.text}"
    said = await population.office.click("UASKED", "read_file", population.ids["paper"])
    assert isinstance(said, Notice)
    assert "“plan.pdf” comes to you as a message" in said.text
    await population.office.click("UASKED", "read_file", population.ids["paper"])
    message = drawn(population, database)
    assert message is not None
    assert message.attachment == Attachment("plan.pdf", PDF.content)
    assert "From “Papers”, handed in by Umentee" in message.text


async def test_who_may_no_longer_read_it_gets_nothing(database: Database) -> None:
    population = await settle(database)
    await population.office.click("UADMIN", "read_file", population.ids["proof"])
    assert drawn(population, database) is not None
    office, admin = population.office, await population.office.person("UADMIN")
    database.write_now(lambda db: offices.dismiss(db, office.scheme.key, admin.id, office.scheme.offices[0].key))
    assert drawn(population, database) is None


async def test_a_file_stays_is_replaced_and_is_taken_out(database: Database) -> None:
    population = await settle(database)
    first = population.ids["paper"]
    assert await carried(population, "UASKED") == {"version": "1", "file:file": first}
    await fill_in(population, "UASKED", {"version": "1", "file:file": first}, why="Still")
    assert answers(population) == {
        "file": {"file": first, "name": "plan.pdf", "size": len(PDF.content)},
        "why": "Still",
    }

    await fill_in(population, "UMENTEE", await carried(population, "UMENTEE"), file=NEW)
    second = answers(population)["file"]
    assert (second["name"], second["size"]) == ("Neuer Plan.PDF", len(NEW.content))
    assert len(rows(database, "SELECT id FROM files")) == 2, "one of each sheet"
    assert "no longer there" in str(await population.office.click("UASKED", "read_file", first))

    tick = {"file:leave_out": (say.LEAVE_OUT,)}
    await fill_in(population, "UASKED", await carried(population, "UASKED"), **tick)
    assert answers(population) == {"why": "To read"}
    assert len(rows(database, "SELECT id FROM files")) == 1


async def test_a_file_chosen_while_the_other_wrote_need_not_be_chosen_again(database: Database) -> None:
    population = await settle(database)
    again = await fill_in(population, "UASKED", {"version": "0"}, why="His", file=NEW)
    assert isinstance(again, Form)
    assert again.carried["file:file"] != population.ids["paper"]
    assert answers(population)["file"]["file"] == population.ids["paper"]
    await fill_in(population, "UASKED", again.carried, why="Both")
    assert answers(population)["file"]["name"] == "Neuer Plan.PDF"
    assert len(rows(database, "SELECT id FROM files")) == 2


async def test_a_form_carries_no_file_of_another_sheet(database: Database) -> None:
    population = await settle(database)
    await fill_in(population, "UASKED", {"version": "1", "file:file": population.ids["proof"]})
    assert "file" not in answers(population)
    assert isinstance(await fill_in(population, "UASKED", {"version": "2"}, file=GivenFile("a.pdf", b"MZ")), Errors)
    assert len(rows(database, "SELECT id FROM files")) == 1
