"""A round from its button to the first look at a connection, in Slack and in Teams: run, looked at, changed, run again,
published with an introductory meeting; who has nobody is told, and is in the next."""

from typing import Any

import pytest

from bot.storage import rounds
from tests.journeys.people import Member, name_of
from tests.journeys.test_other_schemes import join, let_in, started
from tests.support.bots import OFFICE, Bots
from tests.support.teams_bots import TeamsBots


async def mentor(office: Member, who: Member, **profile: Any) -> None:
    """Somebody takes part as a mentor, with both qualifications on record."""
    await join(who, "mentor", experience="A practice of my own", commits="Yes")
    await let_in(office, who)
    await who.read("Welcome to the Mentoring Hub")
    await who.form("Complete mentor profile", "Mentor profile")
    assert await who.send(**profile) == {}
    await who.close()
    for button, key in (("Six-month mentor training", "course"), ("EMCC mentoring qualification", "emcc")):
        await who.bot.quiet()
        await office.form(f"View {name_of(who)} as mentor", "Mentor")
        await office.form(f"Record {button}", "Record training")
        assert await office.send(**{f"trained_on:{key}": "2026-10-01"}) == {}
        await office.close()
    await who.read("You are in as a mentor")


async def mentee(office: Member, who: Member, topic: str, **wishes: str) -> None:
    """Somebody waits to be matched."""
    await join(who, "mentee", employer="Green Lane Surgery", profession="Nurse")
    await let_in(office, who)
    await who.read("Welcome to the Mentoring Hub")
    await who.form("Update preferences", "What suits you")
    usual = {"mentor_profession": "No preference", "mentor_gender": "No preference"}
    assert await who.send(**usual | wishes, out_of_hours="Yes", employer_agrees="Yes") == {}
    await who.form("Create mentoring request", "Ask for a mentor")
    assert await who.send(topics=[topic], aims="To find my feet") == {}
    await who.close()
    await who.bot.quiet()


async def looked_at(office: Member) -> str:
    """What the round says, once it is ready."""
    await office.bot.quiet()
    await office.test_user.command("/mentoring-admin", "round")
    return await office.read("placed")


@pytest.mark.covers("C8", "C10", "E4")
async def test_a_round_in_chat(everywhere: Bots | TeamsBots) -> None:
    bot, (mia, ada, cleo, dan, ben, eve) = await started(
        everywhere, "bsw_hub", "Mia", "Ada", "Cleo", "Dan", "Ben", "Eve"
    )
    await mentor(mia, ben, profession="Nurse", offers=["New to primary care"], mentees_at_most="1")
    await mentor(mia, eve, profession="Doctor", offers=["Clinical career"], mentees_at_most="1")
    await mentee(mia, ada, "New to primary care", mentor_profession="Nurse")
    await mentee(mia, cleo, "Clinical career")
    await mentee(mia, dan, "Leading a team")

    await mia.home()
    await mia.form("Run round", "Round", on=mia.test_user.home)
    assert "3 requests wait for a mentor" in mia.window()
    await mia.test_user.press("Run round", on=mia.test_user.modal)
    await mia.told("worked out")
    said = await looked_at(mia)
    assert "2 of 3 are placed" in said
    await mia.test_user.press("View round")
    await bot.settled(lambda: "Ada – Ben" in mia.window())
    assert "Cleo – Eve" in mia.window()
    assert "Mentor’s profession: Nurse – yes" in mia.window()
    assert "Ben" not in await ada.home(), "nobody has heard of it"
    await mia.form("Publish", "Publish")
    assert "4 people hear of it now." in mia.window()
    past = {"day": "2025-12-09", "time": "12:30", "place": "Online"}
    assert await mia.send(**past) != {}, "it lies behind"
    meets = {"day": "2026-12-09", "time": "12:30", "place": "https://meet.example.org/hub"}
    assert await mia.send(**meets) == {}
    await mia.close()
    await bot.quiet()
    for one, other in ((ada, ben), (cleo, eve)):
        for me, them in ((one, other), (other, one)):
            await me.read(name_of(them))
            await me.home()
            await me.form(f"View your connection with {name_of(them)}", "Connection", on=me.test_user.home)
            assert "Introductory meeting" in me.window()
            assert "https://meet.example.org/hub" in me.window()
            await me.close()
    await dan.read("nobody yet")
    assert "in the next round" in "\n".join(dan.test_user.text(each) for each in dan.test_user.messages())
    await mia.read("A round has been published", OFFICE)
    over = await bot.app.database.read(lambda db: rounds.open_of(db, "bsw_hub"))
    assert over is None
