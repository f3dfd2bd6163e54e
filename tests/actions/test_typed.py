"""What is typed to the bot is answered from the person's own Home; what is not understood, once a day."""

from datetime import timedelta

import pytest

from bot.dialogs.parts import Buttons, Nothing, Notice
from bot.dialogs.plain import plain
from bot.storage.database import Database
from tests.actions import population
from tests.support.databases import rows
from tests.support.dispatchers import Office


def labels(said: object) -> list[str]:
    assert isinstance(said, Notice)
    return [button.label for part in said.parts if isinstance(part, Buttons) for button in part.buttons]


async def test_what_is_not_understood_is_answered_once_a_day(database: Database) -> None:
    office = Office(database)
    await office.meet("USTRANGER")
    for day in range(2):
        first = await office.click("USTRANGER", "hello", "is there an age limit?")
        assert labels(first) == ["Join as mentee", "Join as mentor"], day
        assert await office.click("USTRANGER", "hello", "or a fee?") == Nothing()
        assert labels(await office.click("USTRANGER", "hello", "join")), "what is understood is always answered"
        office.now += timedelta(days=1)


async def test_nothing_that_was_typed_is_kept(database: Database) -> None:
    office = Office(database)
    await office.meet("USTRANGER")
    await office.click("USTRANGER", "hello", "the ward is understaffed")
    kept = [*rows(database, "SELECT * FROM idempotency_keys"), *rows(database, "SELECT * FROM audit")]
    assert "understaffed" not in str(kept)


async def test_a_command_that_names_a_button_shows_it(database: Database) -> None:
    everybody = await population.settle(database)
    said = await everybody.office.click("UMENTEE", "command", "who is my mentor")
    assert "View" in labels(said)


@pytest.mark.parametrize("word", ["queue", "Waiting", " connections ", "roles"])
async def test_an_officer_types_the_words_of_the_office_without_the_command(database: Database, word: str) -> None:
    office = Office(database)
    for user in ("UADMIN", "USTRANGER"):
        await office.meet(user)
    assert await office.click("UADMIN", "hello", word) == await office.click("UADMIN", "admin_command", word)
    said = await office.click("USTRANGER", "hello", word)
    assert said != await office.click("UADMIN", "hello", word), "somebody else reads nothing of it"
    assert labels(said) == ["Join as mentee", "Join as mentor"]


async def test_an_officer_without_that_power_is_answered_as_anybody(database: Database) -> None:
    everybody = await population.settle(database)
    said = await everybody.office.click("UMENTEE", "hello", "connections")
    assert "View" in labels(said)


async def test_home_is_named_with_what_comes_next(database: Database) -> None:
    office = Office(database)
    await office.meet("USTRANGER")
    for word in ("menu", "home"):
        said = await office.click("USTRANGER", "hello", word)
        assert isinstance(said, Notice)
        assert "Everything is on Home: press this app’s name, then Home." in plain(said.parts)
        assert labels(said) == ["Join as mentee", "Join as mentor"]
