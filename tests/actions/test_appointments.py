"""Offices by the settings: which one an entry names, what is wanting, and what becomes of those no longer named."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bot.actions import notify
from bot.actions.appointments import Appointments, UnknownOfficeError
from bot.actions.context import Caller, Channels
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.lifecycle.notices import tell_office
from bot.lifecycle.people import Person
from bot.lifecycle.vocabulary import Kind
from bot.schemes.loading import load
from bot.schemes.scheme import Office as SchemeOffice
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.storage import offices
from bot.storage.database import Database
from tests.support.databases import rows
from tests.support.dispatchers import MONDAY, Office
from tests.support.schemes import without_training

CHAIR = SchemeOffice(key="chair", title="Chair", powers=("approve_requests",))
REFERENCE = load("british_cardiovascular_society")


KEY = REFERENCE.key


def two_offices() -> Scheme:
    """The reference scheme, in which nobody but the chair approves requests."""
    first = REFERENCE.offices[0]
    powers = tuple(power for power in first.powers if power != "approve_requests")
    return REFERENCE.model_copy(update={"offices": (first.model_copy(update={"powers": powers}), CHAIR)})


def both() -> Schemes:
    """The same as all that runs here."""
    return Schemes((two_offices(),))


def person(user: str, email: str | None = None) -> Person:
    return Person(user, "slack", "T1", user, user.title(), email, "UTC")


def test_an_entry_names_its_office_or_means_the_first() -> None:
    given = Appointments(["ada@example.org", "chair: Ada@Example.org", "chair:UBEN"], both())
    assert given.offices_of(person("U1", "ada@example.org")) == {(KEY, "administrator"), (KEY, "chair")}
    assert given.offices_of(person("UBEN")) == {(KEY, "chair")}
    assert given.offices_of(person("UEVE")) == frozenset()
    assert [one.address for one in given] == ["ada@example.org", "Ada@Example.org", "UBEN"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("chiar:UBEN", r"names the office chiar, .* \(did you mean chair\?\)"),
        ("board:UBEN", "there are administrator, chair"),
    ],
)
def test_an_office_that_the_scheme_does_not_have_is_refused(entry: str, said: str) -> None:
    with pytest.raises(UnknownOfficeError, match=said):
        Appointments([entry], both())


def test_every_power_that_members_wait_for_must_have_a_holder() -> None:
    assert Appointments(["UADA", "chair:UBEN"], both()).wanting() == []
    assert Appointments(["UADA"], both()).wanting() == ["gives nobody the power approve_requests (write chair:address)"]
    untrained = Schemes((without_training(two_offices()),))
    assert [each.split()[4] for each in Appointments(["chair:UBEN"], untrained).wanting()] == ["approve_members"]
    assert [each.split()[4] for each in Appointments(["chair:UBEN"], both()).wanting()] == [
        "approve_members", "record_training",
    ]  # fmt: skip


def dispatcher(database: Database, *administrators: str) -> Dispatcher:
    ids = iter(f"{administrators}{number}" for number in range(100))
    return Dispatcher(database, both(), lambda: MONDAY, lambda: next(ids), Channels(), administrators=administrators)


async def test_who_is_no_longer_named_loses_what_the_settings_gave(database: Database) -> None:
    before = dispatcher(database, "UADA", "chair:UBEN", "chair:UEVE")
    ada, ben, eve = [
        (await before.meet(Caller("slack", "T1", user), Introduction(user, None, "UTC"))).id
        for user in ("UADA", "UBEN", "UEVE")
    ]
    assert await before.by_clock(KEY, before.appointments.reconcile) == []
    key = two_offices().key
    await database.write(lambda db: offices.appoint(db, key, eve, "chair", MONDAY, "chat"))
    after = dispatcher(database, "UADA")
    assert await after.by_clock(KEY, after.appointments.reconcile) == [], (
        "Eve was appointed in chat and approves requests"
    )

    def held(who: str) -> frozenset[str]:
        return database.read_now(lambda db: offices.offices_of(db, key, who))

    assert [sorted(held(who)) for who in (ada, ben, eve)] == [["administrator"], [], ["chair"]]
    nobody = dispatcher(database)
    said = await nobody.by_clock(KEY, nobody.appointments.reconcile)
    assert held(ada) == frozenset()
    assert [each.split()[4] for each in said] == ["approve_members", "record_training"]


BOTH = two_offices().model_copy(update={"offices": (REFERENCE.offices[0], CHAIR)})
"""Two offices that can both approve requests."""


@pytest.mark.parametrize(
    ("scheme", "shared", "where"),
    [
        (two_offices(), [], ["UBEN"]),
        (two_offices(), ["office"], ["office"]),
        (two_offices(), ["office:chair"], ["office:chair"]),
        (two_offices(), ["office", "office:chair"], ["office:chair"]),
        (two_offices(), ["office", "office:administrator"], ["office"]),
        (two_offices(), ["office:administrator"], ["UBEN"]),
        (BOTH, ["office"], ["office"]),
        (BOTH, ["office", "office:chair"], ["office", "office:chair"]),
        (BOTH, ["office:chair"], ["UADA", "office:chair"]),
        (BOTH, [], ["UADA", "UBEN"]),
    ],
)
async def test_a_notice_goes_to_the_offices_that_have_the_power(
    database: Database, scheme: Scheme, shared: list[str], where: list[str]
) -> None:
    assert await _told(database, scheme, shared, lambda _: {}) == where


async def _told(
    database: Database, scheme: Scheme, shared: list[str], how: Callable[[Mapping[str, str]], dict[str, Any]]
) -> list[str]:
    """Who hears of a request: users of persons, and channels. `how`: the notice's settings, from each user's id."""
    ids = iter(f"ID{number}" for number in range(100))
    made = Dispatcher(
        database,
        Schemes((scheme,)),
        lambda: MONDAY,
        lambda: next(ids),
        Channels(frozenset(shared)),
        ["UADA", "chair:UBEN"],
    )
    known = {}
    for user in ("UADA", "UBEN", "UEVE"):
        known[user] = (await made.meet(Caller("slack", "T1", user), Introduction(user, None, "UTC"))).id
    notice = tell_office(Kind.REQUEST_READY, "approve_requests", "a request", **how(known))
    for _ in range(2):
        await made.by_clock(KEY, lambda context: notify.publish(context, [notice]))
    asked = 'SELECT COALESCE(channel, "user") FROM outbox LEFT JOIN people ON people.id = outbox.person'
    return sorted(str(row[0]) for row in rows(database, asked))


@pytest.mark.covers("D16", "L8")
@pytest.mark.parametrize(
    ("scheme", "shared", "about", "where"),
    [
        (BOTH, [], "UADA", ["UBEN"]),
        (BOTH, [], "UEVE", ["UADA", "UBEN"]),
        (two_offices(), [], "UBEN", ["UADA"]),
        (two_offices(), ["office:administrator"], "UBEN", ["office:administrator"]),
        (two_offices(), ["office:chair"], "UBEN", ["office:chair"]),
    ],
)
async def test_nobody_hears_by_their_office_of_what_is_about_themselves(
    database: Database, scheme: Scheme, shared: list[str], about: str, where: list[str]
) -> None:
    """The only holder of a power is passed over too: then the scheme's next office hears of it."""
    assert await _told(database, scheme, shared, lambda known: {"besides": known[about]}) == where


@pytest.mark.parametrize(("scheme", "where"), [(BOTH, ["UADA", "UBEN"]), (two_offices(), ["UBEN"])])
async def test_what_is_private_goes_to_no_channel(database: Database, scheme: Scheme, where: list[str]) -> None:
    assert await _told(database, scheme, ["office", "office:chair"], lambda _: {"private": True}) == where


async def test_an_officer_who_asks_to_join_does_not_get_the_card(database: Database) -> None:
    office = Office(database)
    await office.meet("UADMIN")
    asks = {"membership_number": "1", "stage": "Something else"}
    await office.click("UADMIN", "join", "mentor", asks)
    cards = "SELECT person FROM outbox WHERE kind = 'join_asked' AND edits IS NULL"
    assert rows(database, cards) == [], "there is nobody else in the office"
    second = await office.meet("USECOND")
    await office.click("UADMIN", "join", "mentee", asks)
    assert rows(database, cards) == [(second,)]
