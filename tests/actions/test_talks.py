"""Somebody who is unsure asks to talk first: whoever approves members hears of it in private, and sees to it."""

import pytest

from bot.dialogs.parts import Notice
from bot.schemes.loading import load
from bot.storage.database import Database
from tests.actions.test_stepping_in import text
from tests.support.databases import rows
from tests.support.dispatchers import Office
from tests.support.post import Post


@pytest.mark.covers("D17")
async def test_the_director_hears_of_it_and_nobody_else(database: Database) -> None:
    office = Office(database, load("asme"))
    for user in ("UADMIN", "USECOND", "UADA"):
        await office.meet(user)
    await office.click("UADMIN", "appoint", "director", {"person": "UADMIN"})
    post = Post(office)
    said = await office.click("UADA", "ask_talk_first", "", {"words": "Is it for me?"})
    assert "gets in touch with you" in text(said)
    assert "You have asked for that already" in str(await office.click("UADA", "ask_talk_first", "", {"words": ""}))
    await post.deliver()
    (card,) = [each for each in post.sent if each.kind == "talk_asked"]
    assert card.user == "UADMIN", "the mentoring office approves nobody"
    assert "Is it for me?" in card.message.text
    assert "Is it for me?" not in str(rows(database, "SELECT words FROM talks")), "kept encrypted"
    ((id_,),) = rows(database, "SELECT id FROM talks")
    refused = await office.click("USECOND", "talked", str(id_))
    assert isinstance(refused, Notice)
    assert refused.title == "Nothing has changed"
    await office.click("UADMIN", "talked", str(id_))
    await post.deliver()
    assert "Uadmin has talked with Uada" in post.sent[-1].message.text
    assert "Somebody has talked with them already" in str(await office.click("UADMIN", "talked", str(id_)))
    assert "gets in touch" in text(await office.click("UADA", "ask_talk_first", "", {"words": ""})), (
        "they may ask again"
    )
