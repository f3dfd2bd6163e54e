"""Full or closed, somebody waits for a place: in order, told once, with the place held for them."""

from datetime import timedelta
from typing import Any

import pytest

from bot.actions.context import Channels
from bot.actions.dispatcher import Dispatcher
from bot.actions.places import hand_out_all
from bot.dialogs.home import home as draw_home
from bot.dialogs.parts import Notice, Reply
from bot.dialogs.plain import plain
from bot.schemes.loading import load
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.screens.home import home
from bot.storage.database import Database
from tests.actions.population import JOINING
from tests.dialogs.every_word import pressed
from tests.support.databases import rows
from tests.support.dispatchers import Office
from tests.support.schemes import with_role

REFERENCE = load("british_cardiovascular_society")
WEEK = timedelta(days=7)


def with_places(places: int | None, *, is_open: bool = True) -> Scheme:
    return with_role(REFERENCE, "mentee", places=places, open=is_open)


async def full(database: Database, scheme: Scheme | None = None) -> Office:
    """A scheme with one place for a mentee, which is taken, and two who wait for it."""
    office = Office(database, scheme or with_places(1))
    await office.meet("UADMIN")
    await office.admitted("UFIRST", "mentee")
    for user in ("UMARY", "UNED"):
        await waits(office, user)
    return office


async def waits(office: Office, user: str) -> Reply:
    await office.meet(user)
    office.now += timedelta(minutes=1)
    return await office.click(user, "wait_for_place", "mentee")


def told(database: Database, kind: str = "place_free") -> list[str]:
    """Who has been told of a place, in that order."""
    sent = f"""SELECT people."user" FROM outbox JOIN people ON people.id = outbox.person
        WHERE kind = '{kind}' AND edits IS NULL AND by = 'chat' ORDER BY number"""
    return [str(user) for (user,) in rows(database, sent)]


def states(database: Database, user: str) -> list[Any]:
    of = f"""SELECT state FROM members JOIN people ON people.id = members.person WHERE "user" = '{user}'"""
    return [state for (state,) in rows(database, of)]


def said(reply: Reply) -> str:
    assert isinstance(reply, Notice), reply
    return f"{reply.text}\n{plain(reply.parts)}"


@pytest.mark.covers("A1", "A3")
async def test_where_all_is_full_there_is_a_door(database: Database) -> None:
    office = await full(database)
    await office.meet("UEVE")
    refused = await office.click("UEVE", "open_join", "mentee")
    assert isinstance(refused, Notice)
    assert [button.label for button in pressed(refused.parts)] == ["Tell me when a place is free"]
    assert "You are on the list." in said(await waits(office, "UEVE"))
    assert "on the list already" in said(await waits(office, "UEVE"))
    await office.click("UMARY", "join", "mentee", JOINING)
    assert states(database, "UMARY") == ["waiting"], "on the list is not yet in"
    assert not told(database)


async def test_where_there_is_a_place_nobody_has_to_wait(database: Database) -> None:
    office = Office(database, with_places(1))
    refused = await waits(office, "UMARY")
    assert isinstance(refused, Notice)
    assert [button.label for button in pressed(refused.parts)] == ["Join as mentee"]


@pytest.mark.covers("A1")
async def test_a_place_that_comes_free_is_held_for_the_first(database: Database) -> None:
    office = await full(database)
    await office.click("UFIRST", "leave", "mentee")
    assert told(database) == ["UMARY"]
    await office.meet("UEVE")
    await office.click("UEVE", "join", "mentee", JOINING)
    assert states(database, "UEVE") == [], "it is held, so there is none for anybody else"
    await office.click("UNED", "join", "mentee", JOINING)
    assert states(database, "UNED") == ["waiting"]
    await office.click("UMARY", "join", "mentee", JOINING)
    await office.sweep(2 * WEEK)
    assert states(database, "UMARY") == ["asked"], "held while the office decides, too"
    await office.click("UADMIN", "approve_joining", await office.member("UMARY", "mentee"))
    assert states(database, "UMARY") == ["admitted"]
    assert told(database) == ["UMARY"]


async def test_a_place_that_nobody_takes_goes_to_the_next(database: Database) -> None:
    office = await full(database)
    await office.click("UFIRST", "leave", "mentee")
    await office.sweep(WEEK - timedelta(minutes=1))
    assert told(database) == ["UMARY"]
    await office.sweep(timedelta(minutes=2))
    assert told(database) == ["UMARY", "UNED"]
    assert told(database, "place_passed_on") == ["UMARY"]
    assert states(database, "UMARY") == ["left"]
    await office.sweep(WEEK + timedelta(minutes=1))
    assert told(database, "place_passed_on") == ["UMARY", "UNED"]
    await office.click("UMARY", "join", "mentee", JOINING)
    assert states(database, "UMARY") == ["asked"], "nobody waits any more, so the place is there for anybody"


async def test_who_gives_it_up_or_is_turned_down_lets_the_next_in(database: Database) -> None:
    office = await full(database)
    await office.click("UFIRST", "leave", "mentee")
    await office.click("UMARY", "stop_waiting", "mentee")
    assert told(database) == ["UMARY", "UNED"]
    await waits(office, "UEVE")
    await office.click("UNED", "join", "mentee", JOINING)
    member = await office.member("UNED", "mentee")
    await office.click("UADMIN", "turn_down", f"member:{member}", {"reply": "Not this year."})
    assert told(database) == ["UMARY", "UNED", "UEVE"]
    assert "not on the list" in said(await office.click("UMARY", "stop_waiting", "mentee"))


@pytest.mark.covers("L1")
async def test_two_places_more_for_eight_who_wait(database: Database) -> None:
    office = await full(database)
    for number in range(6):
        await waits(office, f"U{number}")
    started_anew = Dispatcher(database, Schemes((with_places(3),)), lambda: office.now, office.new_id, Channels())
    for _ in range(2):
        await started_anew.by_clock(office.scheme.key, hand_out_all)
    assert told(database) == ["UMARY", "UNED"]


async def test_who_has_asked_already_comes_before_those_who_wait(database: Database) -> None:
    office = Office(database, with_places(1))
    for user in ("UADMIN", "UEVE"):
        await office.meet(user)
    await office.click("UEVE", "join", "mentee", JOINING)
    id_ = await office.admitted("UFIRST", "mentee")
    await waits(office, "UMARY")
    await office.click("UFIRST", "leave", "mentee")
    assert told(database) == []
    await office.click("UADMIN", "approve_joining", await office.member("UEVE", "mentee"))
    assert states(database, "UEVE") == ["admitted"]
    assert id_


async def test_the_office_sees_who_waits_in_order(database: Database) -> None:
    office = await full(database)
    await office.click("UFIRST", "leave", "mentee")
    listed = said(await office.click("UADMIN", "admin_command", "waiting"))
    assert "2 people wait for a place" in listed
    assert listed.index("1. Umary") < listed.index("A place is held until") < listed.index("2. Uned")
    admin = (await office.person("UADMIN")).id
    seen = database.read_now(lambda db: home(db, office.scheme, admin, office.now))
    assert "2 wait for a place" in plain(draw_home([seen]).parts)
    refused = await office.click("UMARY", "open_place_list", "0")
    assert "somebody else to decide" in said(refused)
