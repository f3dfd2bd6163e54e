"""A training that lapses: told of in time, out of the matching while pairs stay, renewed by a certificate."""

from datetime import date, timedelta

import pytest

from bot.dialogs.parts import FileInput, Form, Notice
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.storage import candidates, pairs
from bot.storage.database import Database
from tests.actions.population import PDF, Population, settle
from tests.actions.test_reminding import buttons
from tests.support.databases import rows
from tests.support.post import Post

DAY = timedelta(days=1)


@pytest.fixture
async def population(database: Database) -> Population:
    """An office in full swing with the sheets of the reference scheme; its mentors' trainings lapse in 70 days."""
    settled = await settle(database, delivered=True)
    office = settled.office
    office.scheme = office.scheme.model_copy(update={"sheets": load(office.scheme.key).sheets})
    office.dispatcher.schemes = Schemes((office.scheme,))
    done = office.now.date().replace(year=office.now.year - 3) + timedelta(days=70)
    await office.click(
        "UADMIN", "record_training", f"{settled.ids['member UASKED']}:training", {"trained_on:training": done}
    )
    return settled


async def available(population: Population) -> bool:
    office, person = population.office, population.ids["UASKED"]
    read = office.dispatcher.database.read_now
    (found,) = read(lambda db: candidates.for_people(db, office.scheme, [person], office.now))
    return found.available


@pytest.mark.covers("A32")
async def test_a_training_is_renewed_in_time_or_lapses_and_pairs_stay(
    population: Population, database: Database
) -> None:
    office, post = population.office, Post(population.office)
    await post.deliver()
    post.sent.clear()
    await post.pass_(*[DAY] * 20)
    told = [each for each in post.reminders("UASKED") if "is to be renewed" in each.message.text]
    assert len(told) == 1, "sixty days before"
    assert "Upload certificate" in buttons(told[0].message)
    assert "Open the training." in told[0].message.text
    await post.pass_(*[DAY] * 55)
    assert not await available(population)
    lapsed = [each for each in post.reminders("UASKED") if "has lapsed" in each.message.text]
    assert len(lapsed) == 1
    assert "your mentees stay" in lapsed[0].message.text
    key, person = office.scheme.key, population.ids["UASKED"]
    assert len(database.read_now(lambda db: pairs.of(db, key, person))) == 3, "all of them go on"
    refused = await office.click("UMENTEE", "open_find", population.ids["approved"])
    assert isinstance(refused, Notice)


@pytest.mark.covers("A32")
async def test_a_certificate_goes_to_the_office_which_records_it_with_one_press(population: Population) -> None:
    office, member = population.office, population.ids["member UASKED"]
    post = Post(office)
    await post.deliver()
    post.sent.clear()
    subject = f"certificate:{member}"
    form = await office.click("UASKED", "open_sheet", subject)
    assert isinstance(form, Form)
    assert any(isinstance(each, FileInput) for each in form.parts)
    values = {"completed_on": date(2026, 11, 20), "certificate": PDF}
    reply = await office.click("UASKED", "fill_in_sheet", subject, values, {"version": "0"})
    assert isinstance(reply, Notice)
    assert reply.title == "Saved"
    await post.deliver()
    heard = [each for each in post.sent if each.kind == "sheet_given"]
    assert {each.user for each in heard} == {"UADMIN", "USECOND"}
    assert list(buttons(heard[0].message)) == ["Record training", "View"]
    seen = await office.click("UADMIN", "open_member", member)
    assert isinstance(seen, Form)
    assert "Open plan.pdf" in str(seen)
    secret = rows(office.dispatcher.database, "SELECT content FROM files")
    assert all(b"unlikely secret" not in bytes(row[0]) for row in secret), "kept encrypted"  # type: ignore[call-overload]
    await office.click("UADMIN", "record_training", f"{member}:training", {"trained_on:training": date(2026, 11, 20)})
    await post.pass_(*[DAY] * 75)
    assert await available(population)
    assert not [each for each in post.reminders("UASKED") if "has lapsed" in each.message.text]
