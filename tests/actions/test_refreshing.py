"""The directory is refreshed in January: each mentor is asked, and confirms their entry by one press."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.dialogs.view_models.choosing import Look
from bot.schemes.loading import load
from bot.screens.directory import directory
from bot.storage.database import Database
from tests.actions.test_stepping_in import text
from tests.support.dispatchers import Office
from tests.support.post import Post

ASME = load("asme")
PROFILE = {"current_role": "Reader", "offers": ("Teaching",), "about": "Glad to help", "available": "Yes"}


@pytest.fixture
async def office(database: Database) -> Office:
    """Two mentors in the directory, and a mentee who looks for one."""
    office = Office(database, ASME)
    for user in ("UADMIN", "UADA", "UBEN", "UCLEO"):
        await office.meet(user)
    await office.click("UADMIN", "appoint", "director", {"person": "UADMIN"})
    for user in ("UBEN", "UCLEO"):
        await office.click(user, "join", "mentor")
        await office.click(user, "profile", "mentor", PROFILE)
        done = {"trained_on:course": date(2026, 10, 1)}
        await office.click("UADMIN", "approve_member", await office.member(user, "mentor"), done)
    await office.click("UADA", "join", "mentee")
    answers = {"topics": ("Teaching",), "about": "A tutor", "hopes": "To write"}
    await office.click("UADA", "request", "", answers)
    return office


async def entries(office: Office) -> dict[str, bool]:
    """Who stands in the directory, and whether as confirmed."""
    request = await office.request("UADA")
    scheme, now = office.scheme, office.now
    found = office.dispatcher.database.read_now(
        lambda db: directory(db, scheme, request, [], Look(can_be_asked=False), now)
    )
    return {each.mentor.user: each.confirmed for each in found.found}


@pytest.mark.covers("D6")
async def test_each_january_a_mentor_confirms_by_one_press(office: Office) -> None:
    post = Post(office)
    await office.sweep(datetime(2026, 12, 31, 12, tzinfo=UTC) - office.now)
    await post.deliver()
    assert not [each for each in post.sent if "Confirm my entry" in each.message.text]
    assert "entry_fresh" not in text(await office.click("UBEN", "confirm_entry", "mentor", shows_itself=False))
    await post.pass_(*[timedelta(hours=6)] * 24)
    asked = {each.user for each in post.sent if "Confirm my entry" in each.message.text}
    assert asked == {"UBEN", "UCLEO"}
    said = await office.click("UBEN", "confirm_entry", "mentor", shows_itself=False)
    assert "your entry stands as it is for this year" in text(said)
    await post.pass_(*[timedelta(hours=12)] * 60)
    assert 1 <= len([each for each in post.reminders("UCLEO") if "Confirm my entry" in each.message.text]) <= 2
    assert await entries(office) == {"UBEN": True, "UCLEO": False}
    shown = text(await office.click("UADMIN", "find", "members", {"find": "", "filter": "Needs somebody"}))
    assert "Has not confirmed their entry in the directory this year." in shown
    await office.click("UCLEO", "profile", "mentor", PROFILE)
    assert await entries(office) == {"UBEN": True, "UCLEO": True}


@pytest.mark.covers("D6")
async def test_whoever_has_not_confirmed_can_be_left_out(office: Office) -> None:
    hidden = ASME.directory.model_copy(update={"unconfirmed": "hidden"})
    office.scheme = ASME.model_copy(update={"directory": hidden})
    office.now = datetime(2027, 1, 20, tzinfo=UTC)
    assert set(await entries(office)) == {"UBEN", "UCLEO"}, "there is time"
    office.now = datetime(2027, 2, 20, tzinfo=UTC)
    await office.click("UBEN", "confirm_entry", "mentor")
    assert set(await entries(office)) == {"UBEN"}
