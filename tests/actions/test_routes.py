"""Requests along routes that are not the reference scheme's: no review, the office that picks, several at once."""

from datetime import timedelta
from typing import Any

import pytest

from bot.dialogs.parts import Form, Notice
from bot.lifecycle.request import Request
from bot.lifecycle.undoing import FOR
from bot.schemes.loading import load
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.storage.database import Database
from tests.support.databases import rows
from tests.support.dispatchers import PREFERENCES, REQUEST, Office
from tests.support.schemes import with_power, with_role, with_route

REFERENCE = with_power(load("british_cardiovascular_society"), "match")


async def office(database: Database, mentors: tuple[str, ...], **route: Any) -> Office:
    """An office with these mentors and one mentee, whose request has been filed."""
    scheme = with_role(with_route(REFERENCE, **route), "mentee", gates=("application", "preferences"))
    made = Office(database, scheme)
    for officer in ("UADMIN", "USECOND"):
        await made.meet(officer)
    for mentor in mentors:
        await made.mentor(mentor)
    await made.admitted("UADA", "mentee")
    await made.click("UADA", "preferences", "mentee", PREFERENCES)
    await made.click("UADA", "request", "", REQUEST)
    return made


async def _asked(made: Office, request: Request) -> dict[str, str]:
    """Invitations that are open, by the mentor's id."""
    return {each.mentor: each.id for each in request.open_invitations}


def kinds(database: Database) -> set[str]:
    """The kinds of message that have been put."""
    return {str(kind) for (kind,) in rows(database, "SELECT kind FROM outbox")}


def assigning(request: Request) -> bool:
    return request.state == "assigning"


@pytest.mark.covers("C8", "E4")
async def test_the_office_picks_and_connects_where_nobody_is_asked(database: Database) -> None:
    made = await office(database, ("UBEA",), steps=("assign",))
    request = await made.request("UADA")
    assert assigning(request)
    form = await made.click("UADMIN", "open_assign", request.id)
    assert isinstance(form, Form)
    mentor = (await made.person("UBEA")).id
    reply = await made.click("UADMIN", "assign", f"{request.id}:{mentor}")
    assert isinstance(reply, Notice)
    assert "connected" in reply.text
    after = await made.request("UADA")
    assert after.state == "accepted"
    assert [each.asker for each in after.invitations] == ["office"]
    heard = kinds(database)
    assert {"to_assign", "accepted", "connected"} <= heard
    assert "invitation" not in heard


@pytest.mark.covers("D10")
async def test_who_is_asked_by_the_office_may_decline_and_it_comes_back(database: Database) -> None:
    made = await office(database, ("UBEA", "UCYD"), steps=("review", "assign", "ask"), on_silence="ask_next")
    request = await made.request("UADA")
    assert request.state == "in_review"
    await made.click("UADMIN", "approve_request", request.id)
    for user in ("UBEA", "UCYD"):
        assert assigning(await made.request("UADA"))
        person = (await made.person(user)).id
        await made.click("UADMIN", "assign", f"{request.id}:{person}")
        again = await made.click("USECOND", "assign", f"{request.id}:{person}")
        assert isinstance(again, Notice)
        assert "being asked" in again.text
        if user == "UBEA":
            invitation = (await _asked(made, await made.request("UADA")))[person]
            await made.click(user, "decline", invitation, {})
            await made.sweep(FOR)
        else:
            await made.sweep(timedelta(days=5, minutes=1))
    assert assigning(await made.request("UADA"))
    again = await made.click("UADMIN", "assign", f"{request.id}:{(await made.person('UBEA')).id}")
    assert isinstance(again, Notice)
    assert "asked for this request before" in again.text


@pytest.mark.parametrize("steps", [("assign",), ("assign", "ask")], ids="-".join)
async def test_a_full_mentor_is_not_assigned_even_where_two_officers_press(database: Database, steps: Any) -> None:
    """A mentee holds a place; where the mentor is asked first, the open request does."""
    made = await office(database, ("UBEA",), steps=steps)
    other = "UEVE"
    await made.admitted(other, "mentee")
    await made.click(other, "preferences", "mentee", PREFERENCES)
    await made.click(other, "request", "", REQUEST)
    await made.click("UBEA", "profile", "mentor", {**_PROFILE, "mentees_at_most": 1})
    mentor = (await made.person("UBEA")).id
    for user in ("UADA", other):
        last = await made.click("UADMIN", "assign", f"{(await made.request(user)).id}:{mentor}")
    assert isinstance(last, Notice)
    assert "This mentor has no place free" in last.text
    assert assigning(await made.request(other))


async def test_without_a_review_the_mentee_chooses_at_once(database: Database) -> None:
    made = await office(database, ("UBEA",), steps=("choose", "ask"))
    request = await made.request("UADA")
    assert request.state == "choosing"
    assert isinstance(await made.click("UADA", "open_find", request.id), Form)
    assert "request_ready" not in kinds(database)


async def test_who_is_chosen_before_the_review_is_asked_once_it_is_approved(database: Database) -> None:
    made = await office(database, ("UBEA", "UCYD"), steps=("choose", "review", "ask"))
    request, mentor = await made.request("UADA"), (await made.person("UCYD")).id
    await made.click("UADA", "send", request.id, carried={"order": mentor})
    request = await made.request("UADA")
    assert (request.state, [each.state for each in request.invitations]) == ("in_review", ["queued"])
    await made.click("UADMIN", "approve_request", request.id)
    assert list(await _asked(made, await made.request("UADA"))) == [mentor]


async def test_several_at_once_and_the_first_to_accept_is_it(database: Database) -> None:
    made = await office(database, ("UBEA", "UCYD", "UDAN"), steps=("choose", "ask"), at_once=2, on_silence="ask_next")
    request = await made.request("UADA")
    order = [(await made.person(user)).id for user in ("UBEA", "UCYD", "UDAN")]
    await made.click("UADA", "send", request.id, carried={"order": ",".join(order)})
    asked = await _asked(made, await made.request("UADA"))
    assert list(asked) == order[:2]
    await made.click("UBEA", "decline", asked[order[0]], {})
    assert set(await _asked(made, await made.request("UADA"))) == {order[1]}, "the seat is held while it may be a slip"
    await made.sweep(FOR)
    asked = await _asked(made, await made.request("UADA"))
    assert set(asked) == set(order[1:]), "the third has taken the free seat"
    await made.click("UDAN", "accept", asked[order[2]])
    after = await made.request("UADA")
    assert [each.state for each in after.invitations] == ["declined", "withdrawn", "accepted"]
    late = await made.click("UCYD", "accept", asked[order[1]])
    assert isinstance(late, Notice)
    assert "found_another" in kinds(database)


@pytest.mark.parametrize("changed", [False, True])
async def test_an_approval_holds_for_the_unchanged_request(database: Database, changed: bool) -> None:
    made = await office(database, ("UBEA",))
    request = await made.request("UADA")
    await made.click("UADMIN", "approve_request", request.id)
    await made.click("UADA", "send", request.id, carried={"order": (await made.person("UBEA")).id})
    await made.sweep(timedelta(days=5, minutes=1))
    assert (await made.request("UADA")).state == "expired"
    reply = await made.click("UADA", "request", "", {**REQUEST, "year": "ST8"} if changed else REQUEST)
    assert isinstance(reply, Notice)
    assert ("still holds" in reply.text) == (not changed)
    assert (await made.request("UADA")).state == ("in_review" if changed else "choosing")


async def test_an_approval_of_long_ago_holds_no_more(database: Database) -> None:
    made = await office(database, ("UBEA",))
    request = await made.request("UADA")
    await made.click("UADMIN", "approve_request", request.id)
    await made.click("UADA", "withdraw", request.id)
    made.now += timedelta(days=31)
    await made.click("UADA", "request", "", REQUEST)
    assert (await made.request("UADA")).state == "in_review"


async def test_a_running_request_keeps_the_route_it_began_with(database: Database) -> None:
    made = await office(database, ("UBEA",))
    request = await made.request("UADA")
    changed = with_route(made.scheme, steps=("assign",), approval_holds=None)
    made.dispatcher.schemes = Schemes((changed,))
    await made.click("UADMIN", "approve_request", request.id)
    assert (await made.request("UADA")).state == "choosing"
    assert _steps(changed) == ("assign",)


def _steps(scheme: Scheme) -> tuple[str, ...]:
    return scheme.route.steps


_PROFILE = {
    "current_role": "Consultant cardiologist", "about": "Glad to listen.", "gender": "A woman", "region": "London",
    "expertise:Leadership": "4 – a lot",
}  # fmt: skip


@pytest.mark.covers("C10")
async def test_the_budget_caps_the_connections_of_the_whole_scheme(database: Database) -> None:
    made = await office(database, ("UBEA", "UCYD"), steps=("assign",))
    await made.admitted("UEVE", "mentee")
    await made.click("UEVE", "preferences", "mentee", PREFERENCES)
    await made.click("UEVE", "request", "", REQUEST)
    capacity = made.scheme.capacity.model_copy(update={"budget": 1})
    made.dispatcher.schemes = Schemes((made.scheme.model_copy(update={"capacity": capacity}),))
    for user, mentor in (("UADA", "UBEA"), ("UEVE", "UCYD")):
        subject = f"{(await made.request(user)).id}:{(await made.person(mentor)).id}"
        reply = await made.click("UADMIN", "assign", subject)
    assert isinstance(reply, Notice)
    assert "room for 1 connections" in reply.text
    assert assigning(await made.request("UEVE"))
