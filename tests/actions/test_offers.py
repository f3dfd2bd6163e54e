"""Mentors who look for mentees, and offer: the other direction of an invitation."""

from datetime import timedelta
from typing import Any

import pytest

from bot.dialogs.home import home
from bot.dialogs.parts import Form, Home, Input, Notice
from bot.dialogs.plain import plain
from bot.lifecycle.request import Invitation
from bot.lifecycle.undoing import FOR
from bot.screens import home as screens
from bot.storage import pairs
from bot.storage.database import Database
from tests.actions.test_routes import kinds, office
from tests.support.dispatchers import PREFERENCES, PROFILE, REQUEST, Office

OFFERS: dict[str, Any] = {"steps": ("choose", "ask"), "offers": True}


async def offered(made: Office, mentor: str, mentee: str = "UADA") -> Invitation:
    """The mentor offers; the invitation that comes of it."""
    reply = await made.click(mentor, "offer", (await made.request(mentee)).id)
    assert isinstance(reply, Notice)
    assert reply.title == "Offered", reply
    return await of(made, mentor, mentee)


async def of(made: Office, mentor: str, mentee: str = "UADA") -> Invitation:
    person = (await made.person(mentor)).id
    return next(each for each in (await made.request(mentee)).invitations if each.mentor == person)


async def refused(made: Office, mentor: str, mentee: str = "UADA") -> str:
    reply = await made.click(mentor, "offer", (await made.request(mentee)).id)
    assert isinstance(reply, Notice)
    assert reply.title == "Nothing has changed"
    return reply.text


def text(form: Form) -> str:
    return plain(part for part in form.parts if not isinstance(part, Input))


async def seeker(made: Office, user: str) -> None:
    """One more mentee with a request."""
    await made.admitted(user, "mentee")
    await made.click(user, "preferences", "mentee", PREFERENCES)
    await made.click(user, "request", "", REQUEST)


async def page(made: Office, user: str) -> Home:
    person, scheme = (await made.person(user)).id, made.dispatcher.schemes.first
    return home([await made.dispatcher.database.read(lambda db: screens.home(db, scheme, person, made.now))])


@pytest.mark.covers("B2")
async def test_a_mentor_sees_who_is_looking_and_offers(database: Database) -> None:
    made = await office(database, ("UBEA",), **OFFERS)
    await seeker(made, "UEVE")
    assert "2 mentees are looking for a mentor." in plain((await page(made, "UBEA")).parts)
    listed = await made.click("UBEA", "open_seekers", "0")
    assert isinstance(listed, Form)
    said = text(listed)
    assert "Uada" in said
    assert "% match" in said
    whole = await made.click("UBEA", "open_seeker", (await made.request("UADA")).id)
    assert isinstance(whole, Form)
    assert "Somebody to talk to" in text(whole)
    one = await offered(made, "UBEA")
    assert (one.asker, one.state, one.seat, one.due_at) == ("mentor", "open", None, made.now + timedelta(days=5))
    assert "offer" in kinds(database)
    assert "Ubea offers to mentor you" in plain((await page(made, "UADA")).parts)
    assert "You have offered to mentor Uada" in plain((await page(made, "UBEA")).parts)
    assert "1 mentee is looking" in plain((await page(made, "UBEA")).parts)
    assert "before" in await refused(made, "UBEA")


@pytest.mark.covers("B2")
async def test_an_accepted_offer_makes_the_pair_and_closes_all_else(database: Database) -> None:
    made = await office(database, ("UBEA", "UCYD", "UDAN"), **OFFERS)
    await made.click("UADA", "send", (await made.request("UADA")).id, carried={"order": (await made.person("UDAN")).id})
    bea, cyd = await offered(made, "UBEA"), await offered(made, "UCYD")
    view = await made.click("UADA", "open_invitation", bea.id)
    assert isinstance(view, Form)
    assert "Consultant cardiologist" in text(view)
    theirs = await made.click("UBEA", "accept", bea.id)
    assert isinstance(theirs, Notice), "nobody answers their own offer"
    await made.click("UADA", "accept", bea.id)
    request = await made.request("UADA")
    assert request.state == "accepted"
    assert [(await of(made, user)).state for user in ("UBEA", "UCYD", "UDAN")] == ["accepted", "withdrawn", "withdrawn"]
    found = await made.dispatcher.database.read(lambda db: pairs.of(db, made.scheme.key, request.mentee))
    assert [(each.origin, each.mentor) for each in found] == [("offer", bea.mentor)]
    assert {"found_another", "accepted", "connected"} <= kinds(database)
    late = await made.click("UADA", "accept", cyd.id)
    assert isinstance(late, Notice)
    assert "no longer there" in late.text


async def test_a_declined_or_silent_offer_changes_nothing_else(database: Database) -> None:
    made = await office(database, ("UBEA", "UCYD", "UDAN"), **OFFERS)
    await offered(made, "UBEA")
    form = await made.click("UADA", "open_decline", (await of(made, "UBEA")).id)
    assert isinstance(form, Form)
    assert form.title == "Decline offer"
    await made.click("UADA", "decline", (await of(made, "UBEA")).id, {"reason": "Another field."})
    assert "offer_declined" not in kinds(database), "it may be a slip"
    await made.sweep(FOR)
    await offered(made, "UCYD")
    request = await made.request("UADA")
    assert (request.state, [each.state for each in request.invitations]) == ("choosing", ["declined", "open"])
    assert "before" in await refused(made, "UBEA")
    await made.sweep(timedelta(days=3, minutes=1))
    assert "reminders" in kinds(database)
    await made.sweep(timedelta(days=2))
    request = await made.request("UADA")
    assert (request.state, [each.state for each in request.invitations]) == ("choosing", ["declined", "expired"])
    assert {"offer_declined", "offer_lapsed"} <= kinds(database)
    assert not {"now_asking", "choose_again", "request_expired", "invitation_lapsed"} & kinds(database)


async def test_silence_of_an_offer_ends_no_request_that_is_asking(database: Database) -> None:
    made = await office(database, ("UBEA", "UCYD"), **OFFERS)
    await offered(made, "UBEA")
    await made.sweep(timedelta(days=1))
    await made.click("UADA", "send", (await made.request("UADA")).id, carried={"order": (await made.person("UCYD")).id})
    await made.sweep(timedelta(days=4, minutes=1))
    assert [(await of(made, user)).state for user in ("UBEA", "UCYD")] == ["expired", "open"]
    assert (await made.request("UADA")).state == "asking"


@pytest.mark.parametrize("how", ["withdraw", "silence", "turn_down"])
async def test_a_request_that_ends_takes_offers_back(database: Database, how: str) -> None:
    route = {**OFFERS, "steps": ("assign", "ask")} if how == "turn_down" else OFFERS
    made = await office(database, ("UBEA", "UCYD"), **route)
    request = await made.request("UADA")
    if how == "silence":
        await made.click("UADA", "send", request.id, carried={"order": (await made.person("UCYD")).id})
        await made.sweep(timedelta(days=1))
    await offered(made, "UBEA")
    if how == "withdraw":
        await made.click("UADA", "withdraw", request.id)
    elif how == "turn_down":
        await made.click("UADMIN", "turn_down", f"request:{request.id}", {"reply": "Nobody this year."})
    else:
        await made.sweep(timedelta(days=4, minutes=1))
    request = await made.request("UADA")
    assert request.state == {"withdraw": "withdrawn", "silence": "expired", "turn_down": "turned_down"}[how]
    assert (await of(made, "UBEA")).state == "withdrawn"
    assert "invitation_withdrawn" in kinds(database)


async def test_an_open_offer_holds_a_place_and_is_counted(database: Database) -> None:
    made = await office(database, ("UBEA",), **OFFERS)
    for user in ("UEVE", "UFAY"):
        await seeker(made, user)
    await offered(made, "UBEA")
    await offered(made, "UBEA", "UEVE")
    assert "no place free" in await refused(made, "UBEA", "UFAY")
    assert "looking for a mentor." not in plain((await page(made, "UBEA")).parts)
    await made.click("UADA", "decline", (await of(made, "UBEA")).id, {})
    await offered(made, "UBEA", "UFAY")


async def test_a_mentor_who_has_less_room_than_offers_is_kept_to_it(database: Database) -> None:
    made = await office(database, ("UBEA",), **OFFERS)
    await seeker(made, "UEVE")
    for user in ("UADA", "UEVE"):
        await offered(made, "UBEA", user)
    await made.click("UBEA", "profile", "mentor", {**PROFILE, "mentees_at_most": 1})
    await made.click("UADA", "accept", (await of(made, "UBEA")).id)
    reply = await made.click("UEVE", "accept", (await of(made, "UBEA", "UEVE")).id)
    assert isinstance(reply, Notice)
    assert "no place free any more" in reply.text
    assert (await made.request("UEVE")).state == "choosing"


async def test_nobody_offers_before_the_review_nor_where_a_hard_rule_forbids(database: Database) -> None:
    made = await office(database, ("UBEA", "UCYD"), steps=("review", "choose", "ask"), offers=True)
    request = await made.request("UADA")
    assert "no longer there" in await refused(made, "UBEA")
    await made.click("UADMIN", "approve_request", request.id)
    await made.click("UCYD", "preferences", "mentor", {"ways": ("In person",), "times": ("Mornings",)})
    assert "no longer there" in await refused(made, "UCYD")
    listed = await made.click("UCYD", "open_seekers", "0")
    assert isinstance(listed, Form)
    assert "Uada" not in text(listed)
    await offered(made, "UBEA")


async def test_without_offers_in_the_scheme_there_are_none(database: Database) -> None:
    made = await office(database, ("UBEA",), steps=("choose", "ask"))
    assert "somebody else to decide" in await refused(made, "UBEA")
    assert "looking for a mentor." not in plain((await page(made, "UBEA")).parts)


@pytest.mark.covers("B2")
async def test_a_mentor_can_take_an_offer_back_and_the_place_is_free(database: Database) -> None:
    made = await office(database, ("UBEA",), **OFFERS)
    await made.click("UBEA", "profile", "mentor", {**PROFILE, "mentees_at_most": 1})
    invitation = await offered(made, "UBEA")
    assert "Take back offer" in str(await page(made, "UBEA"))
    assert "Accept offer" in str(await page(made, "UADA"))
    said = await made.click("UBEA", "take_back_offer", invitation.id)
    assert isinstance(said, Notice)
    assert said.title == "Taken back"
    assert "Accept offer" not in str(await page(made, "UADA"))
    late = await made.click("UADA", "accept", invitation.id)
    assert "no longer there" in str(late)
    again = await made.click("UBEA", "take_back_offer", invitation.id)
    assert "no longer there" in str(again)
    await seeker(made, "UEVE")
    await offered(made, "UBEA", "UEVE")
