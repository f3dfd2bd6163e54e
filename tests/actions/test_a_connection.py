"""What a connection shows its two, and where they are advised to meet."""

import pytest

from bot.dialogs.parts import Choice, Form
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.storage.database import Database
from tests.actions.population import Population, meeting, settle
from tests.actions.test_sheets import read
from tests.support.post import Post


@pytest.fixture
async def population(database: Database) -> Population:
    """An office in full swing with the pages and sheets of the reference scheme."""
    settled = await settle(database, delivered=True)
    office, file = settled.office, load(settled.office.scheme.key)
    office.scheme = office.scheme.model_copy(update={"sheets": file.sheets, "pages": file.pages})
    office.dispatcher.schemes = Schemes((office.scheme,))
    return settled


@pytest.mark.covers("A24")
async def test_a_connection_shows_sessions_both_profiles_the_agreement_and_the_way_out(population: Population) -> None:
    office, pair = population.office, population.ids["agreed"]
    for user, other in (("UMENTEE", "Uasked"), ("UASKED", "Umentee")):
        seen = read(await office.click(user, "open_connection", pair))
        assert f"{other}, your" in seen
        assert "Session 1: scheduled" in seen
        assert "Mentoring agreement: you accepted on" in seen
        assert "Umentee, mentee" in seen, "what was asked for"
        assert "Uasked, mentor" in seen, "what is offered"
        assert "Looking for" in seen
        assert "Current role" in seen
        assert f"[Remove connection with {other}]" in seen
    refused = await office.click("UMEMBER", "open_connection", pair)
    assert "Umentee" not in str(refused)


@pytest.mark.covers("A28", "A34")
async def test_three_ways_to_meet_and_advice_where(population: Population) -> None:
    office, pair = population.office, population.ids["fresh"]
    post = Post(office)
    await post.deliver()
    for user in ("UMENTEE", "UASKED"):
        await office.click(user, "agree", f"{pair}:agreement")
    await post.deliver()
    told = [each.message.text for each in post.sent if each.kind == "both_agreed" and not each.edited]
    assert all("Somewhere quiet" in text and "annual conference" in text for text in told[-2:])
    page = await office.click("UMENTEE", "open_page", "where_to_meet")
    assert isinstance(page, Form)
    assert "In person, by video or by telephone" in read(page)
    assert "The annual conference is a good place" in read(page)
    session = population.ids["session"]
    form = await office.click("UASKED", "open_schedule", session)
    assert isinstance(form, Form)
    _, modes = [each.options for each in form.parts if isinstance(each, Choice)]
    assert modes == ("In person", "Video call", "Telephone")
    for mode in modes:
        await office.click("UASKED", "schedule", session, {**meeting(population), "mode": mode})
        assert mode.lower() in read(await office.click("UMENTEE", "open_connection", population.ids["agreed"])).lower()
