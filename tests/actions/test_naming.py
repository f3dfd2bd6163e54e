"""Mentors named in order, or chosen, from the directory."""

from datetime import timedelta
from typing import Any

import pytest

from bot.dialogs import own_fields
from bot.dialogs.parts import Buttons, Errors, Form, Notice
from bot.dialogs.plain import plain
from bot.lifecycle.undoing import FOR
from bot.schemes.together import Schemes
from bot.storage.database import Database
from tests.actions.test_routes import kinds, office
from tests.support.dispatchers import PREFERENCES, PROFILE, REQUEST, Office
from tests.support.schemes import with_route

NAMED: dict[str, Any] = {"steps": ("name", "review", "ask"), "on_silence": "ask_next", "when_all_fail": "office"}
NAMING = "naming"


def labels(form: Form) -> list[str]:
    return [each.spoken for part in form.parts if isinstance(part, Buttons) for each in part.buttons]


def text(form: Form) -> str:
    return plain(part for part in form.parts if not hasattr(part, "key"))


async def shown(made: Office, verb: str, subject: str, order: str = "", **entered: str) -> Form:
    reply = await made.click("UADA", verb, subject, carried={"order": order}, entered=entered)
    assert isinstance(reply, Form), reply
    return reply


async def order_of(made: Office, *users: str) -> str:
    return ",".join([(await made.person(user)).id for user in users])


@pytest.mark.covers("D4", "D7")
async def test_the_directory_is_searched_by_topic_and_by_who_can_be_asked(database: Database) -> None:
    made = await office(database, ("UBEA", "UCYD", "UDAN"), **NAMED)
    await made.click("UCYD", "profile", "mentor", {**PROFILE, "expertise:Leadership": "0 – not at all"})
    away = made.scheme.model_copy()
    request = await made.request("UADA")
    assert request.state == NAMING
    form = await shown(made, "open_find", request.id)
    assert (form.title, form.submit) == ("Name mentors", "Name these mentors")
    assert [each for each in labels(form) if each.startswith("Add")] == [
        f"Add {name} to your list" for name in ("Ubea", "Ucyd", "Udan")
    ]
    led = await shown(made, "search_mentors", f"{request.id}:0", topic="Wellbeing")
    assert "Ubea" in text(led)
    none = await shown(made, "search_mentors", f"{request.id}:0", topic=away.topics[0])
    assert "Nobody else was found" in text(none)


async def test_mentors_are_added_moved_and_removed(database: Database) -> None:
    made = await office(database, ("UBEA", "UCYD", "UDAN", "UEVE"), **NAMED)
    request = await made.request("UADA")
    bea, cyd, dan, eve = (await order_of(made, "UBEA", "UCYD", "UDAN", "UEVE")).split(",")
    form = await shown(made, "add_mentor", f"{request.id}:{cyd}", bea)
    assert form.carried["order"] == f"{bea},{cyd}"
    form = await shown(made, "move_up", f"{request.id}:{cyd}", form.carried["order"])
    assert form.carried["order"] == f"{cyd},{bea}"
    form = await shown(made, "add_mentor", f"{request.id}:{dan}", form.carried["order"])
    assert not [each for each in labels(form) if each.startswith("Add")], "the list is full"
    full = await shown(made, "add_mentor", f"{request.id}:{eve}", form.carried["order"])
    assert full.carried == form.carried
    form = await shown(made, "skip", f"{request.id}:{bea}", form.carried["order"])
    assert form.carried["order"] == f"{cyd},{dan}"


async def test_nobody_named_is_said_in_the_form(database: Database) -> None:
    made = await office(database, ("UBEA",), **NAMED)
    request = await made.request("UADA")
    values = {own_fields.TOPIC.key: own_fields.ANY_TOPIC, own_fields.SHOWN.key: own_fields.CAN_BE_ASKED}
    reply = await made.click("UADA", "name_mentors", request.id, values)
    assert isinstance(reply, Errors)
    assert "Press Add" in reply.fields["topic"]
    assert (await made.request("UADA")).state == NAMING


@pytest.mark.covers("D7", "D8", "D9", "D10")
async def test_named_reviewed_asked_in_order_and_at_last_with_the_office(database: Database) -> None:
    made = await office(database, ("UBEA", "UCYD", "UDAN"), **NAMED)
    request = await made.request("UADA")
    order = await order_of(made, "UBEA", "UCYD", "UDAN")
    reply = await made.click("UADA", "name_mentors", request.id, {}, {"order": order})
    assert isinstance(reply, Notice)
    assert reply.title == "Request sent"
    request = await made.request("UADA")
    assert (request.state, {each.state for each in request.invitations}) == ("in_review", {"queued"})
    await _fill(made, "UBEA")
    await made.click("UADMIN", "approve_request", request.id)
    request = await made.request("UADA")
    assert [each.state for each in request.invitations] == ["unavailable", "open", "queued"]
    await made.click("UCYD", "decline", request.invitations[1].id, {})
    await made.sweep(FOR)
    assert [each.state for each in (await made.request("UADA")).invitations][1:] == ["declined", "open"]
    await made.sweep(timedelta(days=5, minutes=1))
    request = await made.request("UADA")
    assert (request.state, request.invitations[2].state) == ("assigning", "expired")
    assert {"request_approved", "now_asking", "choose_again", "to_assign", "invitation_lapsed"} <= kinds(database)


async def test_who_is_hidden_by_a_hard_rule_is_neither_shown_nor_named(database: Database) -> None:
    made = await office(database, ("UBEA", "UCYD"), **NAMED)
    await made.click("UCYD", "preferences", "mentor", {"ways": ("In person",), "times": ("Mornings",)})
    request = await made.request("UADA")
    form = await shown(made, "search_mentors", f"{request.id}:0", shown="All")
    assert "Ucyd" not in text(form)
    reply = await made.click("UADA", "name_mentors", request.id, {}, {"order": await order_of(made, "UCYD")})
    assert isinstance(reply, Notice)
    assert reply.title == "Nothing has changed"
    assert "Press Name mentors" in reply.text


@pytest.mark.covers("D4")
async def test_who_is_not_available_can_be_named_but_not_chosen(database: Database) -> None:
    made = await office(database, ("UBEA", "UCYD"), **NAMED)
    await _fill(made, "UBEA")
    assert "Add Ubea to your list" in await _all_shown(made)
    made_over(made, steps=("choose", "ask"), choose_from="directory")
    await made.click("UADA", "withdraw", (await made.request("UADA")).id)
    await made.click("UADA", "request", "", REQUEST)
    assert "Add Ubea to your list" not in await _all_shown(made)
    request = await made.request("UADA")
    await made.click("UADA", "send", request.id, {}, {"order": await order_of(made, "UBEA")})
    assert (await made.request("UADA")).state == "choosing", "nobody has been asked"
    await made.click("UADA", "send", request.id, {}, {"order": await order_of(made, "UCYD")})
    assert (await made.request("UADA")).state == "asking"


async def _all_shown(made: Office) -> list[str]:
    """The buttons of the whole directory, in which Bea is not free."""
    subject = f"{(await made.request('UADA')).id}:0"
    assert "Ubea" not in text(await shown(made, "search_mentors", subject))
    form = await shown(made, "search_mentors", subject, shown="All")
    assert "Not available at the moment." in text(form)
    return labels(form)


def made_over(made: Office, **route: Any) -> Office:
    """The same office, with another route for the requests to come."""
    made.dispatcher.schemes = Schemes((with_route(made.scheme, **{"when_all_fail": "choose_again", **route}),))
    return made


async def _fill(made: Office, mentor: str) -> None:
    """The mentor's only place is held by another request."""
    await made.click(mentor, "profile", "mentor", {**PROFILE, "mentees_at_most": 1})
    await made.admitted("UZOE", "mentee")
    await made.click("UZOE", "preferences", "mentee", PREFERENCES)
    held = made.dispatcher.schemes
    made_over(made, steps=("choose", "ask"))
    await made.click("UZOE", "request", "", REQUEST)
    await made.click("UZOE", "send", (await made.request("UZOE")).id, carried={"order": await order_of(made, mentor)})
    made.dispatcher.schemes = held
    assert (await made.request("UZOE")).open_invitations
