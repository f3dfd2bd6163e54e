"""People go and come back: what hung on them goes its way, whoever meets them is told, and nothing is lost."""

from datetime import timedelta
from typing import Any

import pytest

from bot.actions.context import Caller
from bot.actions.dispatcher import Introduction
from bot.dialogs.parts import Message
from bot.storage import people
from bot.storage.database import Database
from tests.actions.population import Population, meeting, person, settle
from tests.actions.test_endings import read, shown, told
from tests.dialogs.every_word import pressed
from tests.support.databases import rows

NOTHING = timedelta()
YEAR = timedelta(days=366)


@pytest.fixture
async def population(database: Database) -> Population:
    return await settle(database)


def caller(population: Population, user: str) -> Caller:
    return Caller(population.office.platform, population.office.team, user)


async def lost(population: Population, user: str, why: Any = "deactivated") -> None:
    """Their platform says that they are not there any more, and what follows is done."""
    await population.office.dispatcher.lost(caller(population, user), why)
    await population.office.sweep(NOTHING)


async def back(population: Population, user: str, **changed: Any) -> None:
    """They are there again, or are called otherwise."""
    usual = {"name": user.title(), "email": f"{user.lower()}@example.org", "zone": "Europe/London"}
    await population.office.dispatcher.meet(caller(population, user), Introduction(**(usual | changed)))
    await population.office.sweep(NOTHING)


def one(database: Database, sql: str) -> Any:
    return rows(database, sql)[0][0]


def said(database: Database, population: Population, kind: str, about: str, reader: str) -> Message:
    return read(database, population, kind, about, reader)


@pytest.mark.covers("L2")
async def test_a_mentor_who_is_gone_is_waited_for_by_nobody(database: Database, population: Population) -> None:
    office, ids = population.office, population.ids
    await office.click("UMENTEE", "schedule", ids["session"], meeting(population))
    mentee, mentor = await person(population, "UMENTEE"), await person(population, "UASKED")
    await lost(population, "UASKED")
    assert one(database, f"SELECT state FROM invitations WHERE id = '{ids['open']}'") == "unavailable"
    assert one(database, f"SELECT state FROM invitations WHERE id = '{ids['queued']}'") == "open"
    assert one(database, f"SELECT silences FROM members WHERE id = '{ids['member UASKED']}'") == 0
    standing = f"SELECT COUNT(*) FROM connections WHERE mentor = '{mentor}' AND state = 'active'"
    assert one(database, standing) == 3, "whether they end is for the others to say"
    assert one(database, f"SELECT state FROM sessions WHERE id = '{ids['session']}'") == "planned"
    assert set(told(database, "partner_gone")) == {mentee}
    heard = said(database, population, "partner_gone", ids["agreed"], mentee)
    assert "Uasked is not here at the moment" in heard.text
    assert "look for another mentor at once" in heard.text
    assert [button.label for button in pressed(heard.parts)] == ["View", "Remove connection"]
    stands = said(database, population, "accepted", ids["agreed"], mentee)
    assert [button.label for button in pressed(stands.parts)] == ["View"], "nothing is planned with nobody"
    office_hears = said(database, population, "person_gone", mentor, await person(population, "UADMIN"))
    assert "Uasked is not here any more" in office_hears.text
    labels = [button.label for button in pressed(office_hears.parts)]
    assert labels.count("End connection") == 3
    spoken = [button.spoken for button in pressed(office_hears.parts)]
    assert "Replace mentor Uasked of Umentee" in spoken
    card = shown(await office.click("UADMIN", "open_person", mentor))
    assert "Uasked is not here any more: their account is deactivated" in card
    assert {"View", "Remove from the scheme"} <= set(labels)
    assert len(told(database, "person_gone")) == 2, "once, to each who looks after members"
    assert mentor not in told(database, "partner_gone")


@pytest.mark.covers("L2")
async def test_a_mentee_who_is_gone_keeps_nobody_waiting(database: Database, population: Population) -> None:
    ids = population.ids
    mentor = await person(population, "UASKED")
    await lost(population, "UMENTEE")
    assert one(database, f"SELECT state FROM invitations WHERE id = '{ids['open']}'") == "withdrawn"
    assert told(database, "invitation_withdrawn") == [mentor]
    heard = said(database, population, "invitation_withdrawn", ids["open"], mentor)
    assert "is not here any more" in heard.text
    partner = said(database, population, "partner_gone", ids["agreed"], mentor)
    assert "can search again once back" in partner.text


async def test_a_request_that_only_the_mentee_can_go_on_with_is_left_to_them(database: Database) -> None:
    population = await settle(database)
    population.office.scheme.route.model_copy(update={"offers": False})
    await lost(population, "UWAITING")
    request = population.ids["request UWAITING"]
    assert one(database, f"SELECT state FROM requests WHERE id = '{request}'") == "withdrawn", "the office had it"


@pytest.mark.covers("L2")
async def test_nobody_asks_or_finds_somebody_who_is_gone(database: Database, population: Population) -> None:
    office = population.office
    before = shown(await office.click("UADMIN", "open_assign", population.ids["request UPLACED"]))
    assert "Uother" in before
    await lost(population, "UOTHER")
    assert "Uother" not in shown(await office.click("UADMIN", "open_assign", population.ids["request UPLACED"]))


@pytest.mark.covers("L2")
async def test_whoever_is_back_after_a_year_finds_what_there_is_and_is_welcomed(
    database: Database, population: Population
) -> None:
    office, ids = population.office, population.ids
    mentee, mentor = await person(population, "UMENTEE"), await person(population, "UASKED")
    await lost(population, "UASKED")
    await office.sweep(YEAR)
    await back(population, "UASKED")
    assert told(database, "welcome_back") == [mentor]
    heard = said(database, population, "welcome_back", mentor, mentor).text
    assert "Welcome back, Uasked." in heard
    assert "A request to you went on to others." in heard
    assert "has ended" in heard, "their time was over meanwhile"
    assert one(database, f"SELECT state FROM members WHERE id = '{ids['member UASKED']}'") == "approved"
    office_reads = said(database, population, "person_gone", mentor, await person(population, "UADMIN"))
    assert "Uasked is back" in office_reads.text
    assert not pressed(office_reads.parts)
    goes_on = rows(database, "SELECT DISTINCT about, person FROM outbox WHERE kind = 'partner_back' AND edits IS NULL")
    assert goes_on == [(ids["imported"], mentee)], "that one has no end; nothing else connects them any more"


async def test_whoever_is_back_soon_goes_on_with_those_they_meet(database: Database, population: Population) -> None:
    ids = population.ids
    mentor, mentee = await person(population, "UASKED"), await person(population, "UMENTEE")
    await lost(population, "UMENTEE", "unreached")
    assert "cannot be reached in this app" in said(database, population, "partner_gone", ids["agreed"], mentor).text
    await back(population, "UMENTEE")
    assert set(told(database, "partner_back")) == {mentor}
    assert (
        "is back, and your connection goes on" in said(database, population, "partner_back", ids["agreed"], mentor).text
    )
    heard = said(database, population, "welcome_back", mentee, mentee)
    assert "Your mentoring request was taken back" in heard.text
    assert "Create mentoring request" in [button.label for button in pressed(heard.parts)]
    form = await population.office.click("UMENTEE", "open_request")
    assert "Somebody to talk to" in repr(form), "it starts with what they wrote"


async def test_a_slip_of_a_moment_is_heard_of_by_nobody(database: Database, population: Population) -> None:
    dispatcher = population.office.dispatcher
    await dispatcher.lost(caller(population, "UASKED"), "deactivated")
    await back(population, "UASKED")
    for kind in ("person_gone", "partner_gone", "welcome_back"):
        assert not told(database, kind), kind
    assert one(database, f"SELECT state FROM invitations WHERE id = '{population.ids['open']}'") == "open"


async def test_it_is_told_once_however_often_the_platform_says_so(database: Database, population: Population) -> None:
    for _ in range(3):
        await lost(population, "UASKED")
    assert len(told(database, "person_gone")) == 2


@pytest.mark.covers("L2")
async def test_nobody_is_reminded_of_what_they_would_do_with_somebody_who_is_gone(
    database: Database, population: Population
) -> None:
    office, theirs = population.office, "SELECT kind FROM reminders WHERE about <> 'office'"
    await lost(population, "UASKED")
    for _ in range(6):
        await office.sweep(timedelta(days=5))
    assert not rows(database, theirs)


async def test_once_they_are_back_they_are_reminded_again(database: Database, population: Population) -> None:
    await lost(population, "UASKED")
    await back(population, "UASKED")
    for _ in range(2):
        await population.office.sweep(timedelta(days=5))
    kinds = {kind for (kind,) in rows(database, "SELECT kind FROM reminders WHERE about <> 'office'")}
    assert "agreement_unaccepted" in kinds


@pytest.mark.covers("L2")
async def test_an_office_whose_holders_are_gone_is_not_without_a_word(
    database: Database, population: Population
) -> None:
    office = population.office
    admin, second = await person(population, "UADMIN"), await person(population, "USECOND")
    await lost(population, "UADMIN")
    assert told(database, "person_gone") == [second]
    heard = said(database, population, "person_gone", admin, second)
    assert "They hold" in heard.text
    await office.click("UMEMBER", "leave", "mentee")
    assert told(database, "member_left") == [second], "letters go to whoever is here"


async def test_what_an_office_alone_may_do_is_said_where_nobody_else_is_left(
    database: Database, population: Population
) -> None:
    second = await person(population, "USECOND")
    for user in ("UADMIN", "USECOND"):
        await lost(population, user)
    heard = said(database, population, "person_gone", second, await person(population, "UHELPER"))
    assert "Nobody else can approve members" in heard.text
    assert "Appoint" in [button.label for button in pressed(heard.parts)]


@pytest.mark.covers("L2")
async def test_a_guest_loses_nothing_and_is_told_what_holds(database: Database, population: Population) -> None:
    mentor = await person(population, "UASKED")
    for _ in range(2):
        await back(population, "UASKED", guest=True)
    assert told(database, "guest_now") == [mentor]
    assert "Your mentoring goes on as it is" in said(database, population, "guest_now", mentor, mentor).text
    assert len(told(database, "person_guest")) == 2
    assert one(database, f"SELECT state FROM invitations WHERE id = '{population.ids['open']}'") == "open"


@pytest.mark.covers("L2")
async def test_another_name_address_and_zone_are_taken_over_wherever_they_are_shown(
    database: Database, population: Population
) -> None:
    mentee, mentor = await person(population, "UMENTEE"), await person(population, "UASKED")
    database.write_now(lambda db: db.exec_driver_sql("DELETE FROM outbox WHERE kind = 'home'"))
    await back(population, "UMENTEE", name="Amara New", email="new@example.org", zone="America/New_York")
    kept = rows(database, f"SELECT name, email, zone, mailbox FROM people WHERE id = '{mentee}'")
    assert kept == [("Amara New", "new@example.org", "America/New_York", "new@example.org")]
    homes = {who for (who,) in rows(database, "SELECT person FROM outbox WHERE kind = 'home'")}
    assert {mentee, mentor} <= homes
    card = said(database, population, "invitation", population.ids["open"], mentor)
    assert "Amara New" in card.text


async def test_each_is_asked_for_once_a_day_and_only_whoever_has_a_part(
    database: Database, population: Population
) -> None:
    office = population.office
    await office.meet("USTRANGER")
    key = (office.scheme.key,)

    def next_(limit: int) -> list[str]:
        before = office.now - timedelta(days=1)
        found = database.write_now(lambda db: people.to_look_at(db, key, before, office.now, limit))
        return [each.user for each in found]

    assert next_(100) == [], "they have just been here"
    office.now += timedelta(days=2)
    first = next_(3)
    rest = next_(100)
    assert len(first) == 3
    assert not set(first) & set(rest)
    assert {"UASKED", "UMENTEE", "UADMIN"} <= {*first, *rest}
    assert "USTRANGER" not in rest
    assert next_(100) == []
