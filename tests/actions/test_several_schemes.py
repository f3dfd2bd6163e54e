"""Two schemes in one bot and one database: each has its own members, offices, forms and numbers; nothing leaks."""

from typing import Any

import pytest

from bot.actions.context import Caller, Channels, Click
from bot.actions.dispatcher import Dispatcher
from bot.dialogs.home import home as draw_home
from bot.dialogs.parts import Buttons, Form, Heading, Message, Notice, Part
from bot.dialogs.plain import plain
from bot.schemes.loading import SchemeError, load
from bot.schemes.together import Schemes
from bot.screens import render
from bot.screens.home import home
from bot.storage import members, requests
from bot.storage.database import Database
from bot.storage.outbox import Letter
from demo.driver import Driver
from tests.support.databases import rows
from tests.support.dispatchers import PREFERENCES, REQUEST, Office

FIRST = load("british_cardiovascular_society")
SECOND = FIRST.model_copy(update={"key": "nurses", "name": "Nurses’ Mentoring", "contact": "nurses@example.org"})
BOTH = Schemes((FIRST, SECOND))


@pytest.fixture
async def office(database: Database) -> Office:
    """One officer each, and a mentee who belongs to the second alone."""
    made = Office(database)
    made.dispatcher = Dispatcher(
        database, BOTH, lambda: made.now, made.new_id, Channels(),
        ["UADMIN", "nurses/UNURSE"],
    )  # fmt: skip
    for user in ("UADMIN", "UNURSE", "UADA"):
        await made.meet(user)
    return made


async def press(made: Driver, user: str, verb: str, subject: str = "", scheme: str = "nurses", **more: Any) -> Any:
    return await made.dispatcher.answer(Click(Caller("slack", "T1", user), verb, subject, scheme=scheme, **more))


JOINING = {"membership_number": "1", "stage": "Something else"}


async def joined(made: Office) -> str:
    """Ada has asked to join the second scheme; gives the membership's id."""
    await press(made, "UADA", "join", "mentee", values=JOINING)
    person = (await made.person("UADA")).id
    found = await made.dispatcher.database.read(lambda db: members.of(db, "nurses", person))
    return found["mentee"].id


def buttons(parts: tuple[Part, ...]) -> list[tuple[str, str]]:
    return [(button.label, button.scheme) for part in parts if isinstance(part, Buttons) for button in part.buttons]


async def test_what_is_done_in_one_scheme_is_not_there_in_the_other(office: Office, database: Database) -> None:
    id_ = await joined(office)
    assert rows(database, "SELECT scheme FROM members") == [("nurses",)]
    for user, scheme, said in (
        ("UADMIN", FIRST.key, "no longer there"),  # the other scheme's key with a right id
        ("UADMIN", "nurses", "somebody else"),  # an officer of the other scheme
    ):
        reply = await press(office, user, "approve_joining", id_, scheme)
        assert isinstance(reply, Notice)
        assert said in reply.text
    gone = await press(office, "UNURSE", "approve_joining", id_, "dentists")
    assert isinstance(gone, Notice)
    assert "no longer there" in gone.text
    await press(office, "UNURSE", "approve_joining", id_)
    await press(office, "UADA", "preferences", "mentee", values=PREFERENCES)
    await press(office, "UADA", "request", values=REQUEST)
    person = (await office.person("UADA")).id
    assert await office.dispatcher.database.read(lambda db: requests.latest_of(db, "nurses", person))
    assert await office.dispatcher.database.read(lambda db: requests.latest_of(db, FIRST.key, person)) is None
    told = rows(database, "SELECT DISTINCT person FROM outbox WHERE kind = 'request_ready'")
    assert told == [((await office.person("UNURSE")).id,)], "the other scheme's officer hears nothing"


async def test_a_message_says_which_scheme_it_is_about_and_so_do_its_buttons(office: Office) -> None:
    id_ = await joined(office)
    person = await office.person("UNURSE")
    letter = Letter("l", "nurses", "l", "join_asked", id_, person.id, None, "chat", office.now, office.now)
    drawn = await office.dispatcher.database.read(lambda db: render.draw(db, BOTH, letter, office.now))
    assert drawn is not None
    assert isinstance(drawn.content, Message)
    assert drawn.content.parts
    assert {scheme for _, scheme in buttons(drawn.content.parts)} == {"nurses"}
    assert plain(drawn.content.parts, None).startswith("Nurses’ Mentoring\n")


async def test_home_names_each_scheme_and_puts_ones_own_first(office: Office) -> None:
    await joined(office)
    person = (await office.person("UADA")).id

    def views(db: Any) -> list[Any]:
        return [home(db, scheme, person, office.now) for scheme in BOTH.values()]

    page = draw_home(await office.dispatcher.database.read(views))
    named = [part.text for part in page.parts if isinstance(part, Heading)]
    assert named[0] == "Hello Uada"
    assert named.index(SECOND.name) < named.index(FIRST.name)
    assert set(buttons(page.parts)) >= {("Join as mentor", "nurses"), ("Join as mentee", FIRST.key)}


@pytest.mark.parametrize("typed", ["nurses join mentee", "nur join mentee"])
async def test_a_command_names_the_scheme_or_the_beginning_of_its_name(office: Office, typed: str) -> None:
    reply = await press(office, "UADA", "command", typed, "")
    assert isinstance(reply, Form)
    assert (reply.verb, reply.scheme) == ("join", "nurses")


async def test_a_command_that_could_mean_either_asks_which(office: Office) -> None:
    reply = await press(office, "UADA", "command", "join", "")
    assert isinstance(reply, Notice)
    assert "/mentoring nurses join" in plain(reply.parts, None)
    await joined(office)
    reply = await press(office, "UADA", "command", "join", "")
    assert isinstance(reply, Notice)
    assert {scheme for _, scheme in buttons(reply.parts)} == {"nurses"}, "she belongs to one of them alone"
    queue = await press(office, "UNURSE", "admin_command", "queue", "")
    assert isinstance(queue, Notice)
    assert "One thing waits" in plain(queue.parts, None)
    queue = await press(office, "UADMIN", "admin_command", "queue", "")
    assert isinstance(queue, Notice)
    assert "Nothing waits" in plain(queue.parts, None)


async def test_the_words_of_the_office_are_about_the_scheme_whose_office_one_holds(office: Office) -> None:
    await joined(office)
    queue = await press(office, "UNURSE", "hello", "queue", "")
    assert isinstance(queue, Notice)
    assert "One thing waits" in plain(queue.parts, None)


def test_two_schemes_of_one_key_are_refused() -> None:
    with pytest.raises(SchemeError, match="another scheme that is to run here has this key too"):
        Schemes((FIRST, FIRST))


def test_a_beginning_that_fits_two_keys_names_neither() -> None:
    third = FIRST.model_copy(update={"key": "nursery"})
    assert Schemes((SECOND, third)).called("nurs") is None
    assert Schemes((SECOND, third)).called("nurses") is SECOND
    assert Schemes((SECOND, third)).called("") is None


@pytest.mark.parametrize(
    ("shared", "office_of_first", "office_of_second"),
    [
        ({"office"}, "office", None),
        ({"nurses/office"}, None, "nurses/office"),
        ({"office", "nurses/office:administrator"}, "office", "nurses/office:administrator"),
    ],
)
def test_a_channel_belongs_to_one_scheme(shared: set[str], office_of_first: Any, office_of_second: Any) -> None:
    channels = Channels(frozenset(shared), unsaid=FIRST.key)
    assert channels.of("administrator", FIRST.key) == office_of_first
    assert channels.of("administrator", SECOND.key) == office_of_second
