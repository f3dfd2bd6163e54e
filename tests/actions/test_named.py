"""Whom a record names is kept apart from whoever names them: from the moment it is saved, however they are named, and
also where they come only later. Whoever matches is told, and neither of the two."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.lifecycle.pairings import NOTHING_SAID, Around
from bot.lifecycle.people import Person
from bot.schemes.loading import load
from bot.storage import pairings
from bot.storage.database import Database
from bot.storage.tables import identities
from tests.actions.test_import import HEAD, coordinator
from tests.actions.test_stepping_in import buttons, text
from tests.support.databases import rows
from tests.support.dispatchers import Office
from tests.support.schemes import with_role

EMPLOYER = load("employer")
WHO = {"department": "Radiology", "condition": "No"}


@pytest.fixture
async def office(database: Database) -> Office:
    office = Office(database, EMPLOYER)
    for user in ("UADMIN", "USECOND", "UADA", "UBEN"):
        await office.meet(user)
    await office.click("UBEN", "join", "mentor", {"why": "To listen"})
    return office


async def around(office: Office, user: str) -> Around:
    person = (await office.person(user)).id
    return office.dispatcher.database.read_now(lambda db: pairings.around_of(db, office.scheme.key, person))


async def ids(office: Office, *users: str) -> list[str]:
    return [(await office.person(user)).id for user in users]


async def names(office: Office, manager: str, appraiser: str | None = None) -> None:
    """Ada asks to join, and names these; or does so anew, since the office has asked her something."""
    values = {**WHO, "line_manager": manager, "appraiser": appraiser, "office:answer": "Radiology"}
    assert "answers you here" in text(await office.click("UADA", "join", "mentee", values))


@pytest.mark.covers("E1")
async def test_a_line_manager_is_kept_apart_from_the_moment_they_are_named(office: Office) -> None:
    await names(office, "UBEN", "USECOND")
    ada, ben, second = await ids(office, "UADA", "UBEN", "USECOND")
    assert await around(office, "UADA") == Around(frozenset({ben}), frozenset(), frozenset({second}))
    assert await around(office, "UBEN") == Around(frozenset({ada}))
    assert await around(office, "USECOND") == Around(warned=frozenset({ada}))
    database, three = office.dispatcher.database, [ada, ben, second]
    apart = database.read_now(lambda db: pairings.apart_among(db, office.scheme.key, three))
    assert apart == {frozenset({ada, ben})}, "a warning keeps nobody apart"


@pytest.mark.covers("E1")
async def test_it_goes_with_the_record_and_what_the_office_says_stays(office: Office) -> None:
    await names(office, "UBEN")
    ada, ben, second = await ids(office, "UADA", "UBEN", "USECOND")
    await office.click("UADMIN", "keep_apart", ada, {"person": "UBEN", "reason": "They share a practice."})
    card = await office.click("UADMIN", "open_person", ada)
    assert "Kept apart from Uben: “Line manager” in their own record" in text(card)
    assert "They share a practice." in text(card)
    allow = buttons(card)["Allow again: Uada and Uben"]
    await office.click("UADMIN", allow.verb, allow.subject)
    assert (await around(office, "UADA")).apart == {ben}, "the office lifts what it has said itself, and no more"
    card = await office.click("UADMIN", "open_person", ben)
    assert "Kept apart from Uada: “Line manager” in Uada’s record" in text(card)
    assert not [label for label in buttons(card) if label.startswith("Allow again")]
    await office.click("UADMIN", "clarify", f"member:{await office.member('UADA', 'mentee')}", {"question": "Where?"})
    await names(office, "USECOND")
    assert (await around(office, "UADA")).apart == {second}
    assert await around(office, "UBEN") == NOTHING_SAID


@pytest.mark.covers("E1")
async def test_somebody_who_comes_later_is_kept_apart_from_then_on(office: Office) -> None:
    await names(office, "ULATER")
    assert await around(office, "UADA") == NOTHING_SAID
    shown = text(await office.click("UADMIN", "open_member", await office.member("UADA", "mentee")))
    assert "Somebody who has not been here yet" in shown
    await office.meet("ULATER")
    assert (await around(office, "UADA")).apart == set(await ids(office, "ULATER"))


async def test_nobody_is_kept_apart_from_themselves_or_told_of_it(office: Office) -> None:
    await names(office, "UADA", "UADMIN")
    assert (await around(office, "UADA")).apart == frozenset()
    assert "You are warned" not in text(await office.click("UADMIN", "open_person", (await ids(office, "UADA"))[0]))
    assert "You are warned of Uadmin" in text(
        await office.click("USECOND", "open_person", (await ids(office, "UADA"))[0])
    )


async def test_somebody_is_known_by_where_else_they_are(database: Database, office: Office) -> None:
    await names(office, "UELSEWHERE")
    ben: Person = await office.person("UBEN")
    place = {"platform": ben.platform, "team": ben.team, "user": "UELSEWHERE", "person": ben.id, "address": ""}
    await database.write(lambda db: db.execute(insert(identities), place))
    assert (await around(office, "UADA")).apart == {ben.id}
    assert (await around(office, "UBEN")).apart == set(await ids(office, "UADA"))


@pytest.mark.covers("E1")
async def test_a_file_names_them_by_their_addresses(database: Database) -> None:
    lines = await coordinator(database, EMPLOYER)
    lines.directory.has("UADA", "UBEN")
    head = (*HEAD, "Department", "Line manager", "Condition of practice")
    line = ("uada@example.org", "mentee", "", "Radiology", "UBen@example.org", "no")
    await lines.table(head, line)
    one = await lines.begins()
    assert one.counted["new"] == 1, one.findings
    office = lines.office
    assert (await around(office, "UADA")).apart == set(await ids(office, "UBEN"))
    again = await lines.table(head, line)
    assert again.counted["same"] == 1, "sent again it changes nothing"
    wrong = await lines.table(head, (*line[:4], "Ben, I think", "no"))
    assert [each.why for each in wrong.findings if each.kind != "note"] == ["not_an_address"]
    later = await lines.table(head, (*line[:4], "ulater@example.org", "no"))
    assert later.counted["changed"] == 1
    await lines.begins()
    assert (await around(office, "UADA")).apart == frozenset(), "somebody whom the platform does not know"
    await office.meet("ULATER")
    assert (await around(office, "UADA")).apart == set(await ids(office, "ULATER"))


@pytest.mark.covers("E1")
async def test_whoever_is_being_asked_for_them_is_asked_no_more(database: Database) -> None:
    open_to_all = with_role(with_role(EMPLOYER, "mentor", gates=(), trainings=()), "mentee", gates=(), trainings=())
    lines = await coordinator(database, open_to_all)
    office, head = lines.office, (*HEAD, "Department", "Line manager", "Condition of practice")
    for user, role in (("UADA", "mentee"), ("UBEN", "mentor")):
        await office.meet(user)
        given = {**WHO, "line_manager": "UNOBODY"} if role == "mentee" else {"why": "To listen"}
        await office.click(user, "join", role, given)
    await office.click("UADA", "request", "", {"topics": ("Leadership",), "field": "No preference"})
    (ben,), request = await ids(office, "UBEN"), await office.request("UADA")
    await office.click("UADMIN", "assign", f"{request.id}:{ben}")
    assert [each.mentor for each in (await office.request("UADA")).open_invitations] == [ben]
    await lines.table(head, ("uada@example.org", "mentee", "", "Radiology", "uben@example.org", "no"))
    await lines.begins()
    await office.sweep(timedelta())
    assert (await office.request("UADA")).open_invitations == ()
    (told,) = rows(database, "SELECT count(*) FROM outbox WHERE kind = 'passed_on'")
    assert told == (1,), "what anybody hears whose answer is not needed any more"
