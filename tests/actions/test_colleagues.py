"""A mentor who declines suggests a colleague; a mentee invites somebody: they stand first once they take part."""

import pytest

from bot.dialogs.parts import Errors
from bot.lifecycle.undoing import FOR
from bot.schemes.loading import load
from bot.storage.database import Database
from tests.actions.test_named import WHO
from tests.actions.test_stepping_in import text
from tests.dialogs.every_word import pressed
from tests.support.databases import rows
from tests.support.dispatchers import Office
from tests.support.post import Post
from tests.support.schemes import with_role

IN = load("employer")
SCHEME = with_role(
    with_role(IN, "mentor", gates=("application", "profile"), trainings=()), "mentee", gates=(), trainings=()
)
PROFILE = {"current_role": "Matron", "field": "Nursing", "offers": ("Leadership",)}


@pytest.fixture
async def office(database: Database) -> Office:
    """Ada looks for a mentor; Ben and Cleo are mentors, Dan is not."""
    office = Office(database, SCHEME)
    for user in ("UADMIN", "USECOND", "UADA", "UBEN", "UCLEO", "UDAN", "UEVE"):
        await office.meet(user)
    for user in ("UBEN", "UCLEO"):
        await mentor(office, user)
    await office.click("UADA", "join", "mentee", {**WHO, "line_manager": "UEVE"})
    await office.click("UADA", "request", "", {"topics": ("Leadership",), "field": "No preference"})
    return office


async def mentor(office: Office, user: str) -> None:
    await office.click(user, "join", "mentor", {"why": "To listen"})
    await office.click("UADMIN", "approve_joining", await office.member(user, "mentor"))
    await office.click(user, "profile", "mentor", PROFILE)


async def asked(office: Office, user: str) -> str:
    """The office assigns this mentor, who is asked; the invitation."""
    request, person = await office.request("UADA"), await office.person(user)
    await office.click("UADMIN", "assign", f"{request.id}:{person.id}")
    return (await office.request("UADA")).open_invitations[0].id


async def assigning(office: Office) -> str:
    return text(await office.click("UADMIN", "open_assign", (await office.request("UADA")).id))


@pytest.mark.covers("E12")
async def test_a_colleague_suggested_on_declining_stands_first_once_that_stands(office: Office) -> None:
    id_ = await asked(office, "UBEN")
    form = await office.click("UBEN", "open_decline", id_)
    assert "Suggest a colleague" in str(form)
    await office.click("UBEN", "decline", id_, {"reason": "Too busy.", "colleague": "UCLEO"})
    await office.click("UBEN", "undo", f"invitation:{id_}")
    assert rows(office.dispatcher.database, "SELECT count(*) FROM colleagues") == [(0,)], "a slip leaves nothing"
    await office.click("UBEN", "decline", id_, {"reason": "", "colleague": "UCLEO"})
    await office.sweep(FOR)
    shown = await assigning(office)
    assert "A mentor who could not take it on suggests them, so listed first." in shown
    card = text(await office.click("UADMIN", "open_person", (await office.person("UADA")).id))
    assert "Ucleo stands first for Uada, suggested by a mentor who could not take it on" in card


@pytest.mark.covers("E12")
async def test_somebody_suggested_afterwards_who_is_no_mentor_is_asked_once(office: Office) -> None:
    post, id_ = Post(office), await asked(office, "UBEN")
    await office.click("UBEN", "decline", id_, {"reason": ""})
    await office.sweep(FOR)
    await post.deliver()
    said = await office.click("UBEN", "suggest_colleague", id_, {"person": "UDAN"})
    assert "We pass it on" in text(said)
    await post.deliver()
    (message,) = [each.message for each in post.sent if each.kind == "asked_to_join"]
    assert "Uben has thought of you as a mentor for somebody who is looking for one" in message.text
    assert "Uada" not in message.text, "whoever looks for a mentor has not said that others may know"
    again = await office.click("UBEN", "suggest_colleague", id_, {"person": "UDAN"})
    assert "We pass it on" in text(again)
    assert [each for each in await post.deliver() if each.kind == "asked_to_join" and not each.edited] == []


@pytest.mark.covers("E1", "E12")
async def test_a_line_manager_is_thought_of_by_nobody_and_nobody_learns_why(office: Office) -> None:
    post, id_ = Post(office), await asked(office, "UBEN")
    await office.click("UBEN", "decline", id_, {"reason": "", "colleague": "UEVE"})
    await office.sweep(FOR)
    said = await office.click("UADA", "invite_somebody", "", {"person": "UEVE"})
    assert isinstance(said, Errors)
    assert "cannot be invited at the moment" in str(said)
    await post.deliver()
    assert [each for each in post.sent if each.user == "UEVE"] == []


@pytest.mark.covers("E12")
async def test_whoever_is_invited_and_joins_stands_first_and_the_mentee_hears(office: Office) -> None:
    post = Post(office)
    form = text(await office.click("UADA", "open_invite_somebody", ""))
    assert "Copy these words to them: “I am looking for a mentor" in form
    assert "Udan is asked now" in text(await office.click("UADA", "invite_somebody", "", {"person": "UDAN"}))
    for user in ("UDAN", "UCLEO"):  # once; and one who is a mentor already
        assert isinstance(await office.click("UADA", "invite_somebody", "", {"person": user}), Errors)
    await post.deliver()
    (message,) = [each.message for each in post.sent if each.kind == "asked_to_join"]
    assert "Uada would like you as their mentor" in message.text
    assert [each.spoken for each in pressed(message.parts)] == [
        "Join as mentor",
        "No thank you: you do not join for Uada",
    ]
    await mentor(office, "UDAN")
    await office.sweep(FOR)
    await post.deliver()
    (news,) = [each for each in post.sent if each.kind == "colleague_answered"]
    assert (news.user, "Udan, whom you have invited, is a mentor now" in news.message.text) == ("UADA", True)
    shown = await assigning(office)
    assert shown.index("1. Udan") < shown.index("Invited for this, so listed first.") < shown.index("2. ")


@pytest.mark.covers("E12")
async def test_a_no_is_fine_and_the_last_word(office: Office) -> None:
    post = Post(office)
    await office.click("UADA", "invite_somebody", "", {"person": "UDAN"})
    ((id_,),) = rows(office.dispatcher.database, "SELECT id FROM colleagues")
    assert "Nobody asks you for this again" in text(
        await office.click("UDAN", "refuse_to_join", str(id_), shows_itself=False)
    )
    await post.deliver()
    (news,) = [each for each in post.sent if each.kind == "colleague_answered"]
    assert (news.user, "thanks you for thinking of them" in news.message.text) == ("UADA", True)
    assert isinstance(await office.click("UADA", "invite_somebody", "", {"person": "UDAN"}), Errors)
