"""A card of the office says so once what it is about has waited for longer than the office means to take."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.storage.database import Database
from tests.actions.population import JOINING
from tests.support.dispatchers import PREFERENCES, REQUEST, Office
from tests.support.post import Delivered, Post

Asks = Callable[[Office], Awaitable[str]]
WITHIN = timedelta(days=10)
"""In which the scheme's office means to decide."""


async def asks_for_a_mentor(office: Office) -> str:
    await office.admitted("UMENTEE", "mentee")
    await office.click("UMENTEE", "preferences", "mentee", PREFERENCES)
    await office.click("UMENTEE", "request", "", REQUEST)
    return (await office.request("UMENTEE")).id


async def asks_to_join(office: Office) -> str:
    await office.meet("UMENTEE")
    await office.click("UMENTEE", "join", "mentor", JOINING)
    return await office.member("UMENTEE", "mentor")


CASES = pytest.mark.parametrize(
    ("asks", "kind", "approve"),
    [(asks_for_a_mentor, "request_ready", "approve_request"), (asks_to_join, "join_asked", "approve_joining")],
)


def cards(delivered: list[Delivered], kind: str) -> list[str]:
    return [each.message.text for each in delivered if each.kind == kind]


async def waiting(database: Database, asks: Asks) -> tuple[Office, Post, str]:
    """Somebody asks the office; gives the id of what it has to decide. Nothing is delivered yet."""
    office = Office(database)
    await office.meet("UADMIN")
    return office, Post(office), await asks(office)


@CASES
async def test_a_card_that_waits_for_too_long_says_so(database: Database, asks: Asks, kind: str, approve: str) -> None:
    _, post, _ = await waiting(database, asks)
    (first,) = cards(await post.deliver(), kind)
    assert "Overdue" not in first
    assert cards(await post.pass_(WITHIN - timedelta(minutes=1)), kind) == []
    (late,) = cards(await post.pass_(timedelta(minutes=2)), kind)
    assert "Overdue: waiting for the office since Mon 23 Nov 2026; it was to be answered by Thu 3 Dec 2026." in late


@CASES
async def test_what_is_decided_is_not_drawn_again_for_that(
    database: Database, asks: Asks, kind: str, approve: str
) -> None:
    office, post, id_ = await waiting(database, asks)
    await post.deliver()
    await office.click("UADMIN", approve, id_)
    assert cards(await post.pass_(timedelta(minutes=3)), kind)
    assert cards(await post.pass_(WITHIN), kind) == []


@CASES
async def test_a_decision_that_is_taken_back_leaves_it_as_it_was(
    database: Database, asks: Asks, kind: str, approve: str
) -> None:
    office, post, id_ = await waiting(database, asks)
    await post.deliver()
    await office.click("UADMIN", approve, id_)
    await office.click("UADMIN", "undo", f"{'member' if kind == 'join_asked' else 'request'}:{id_}")
    await post.pass_(timedelta(minutes=3))
    (late,) = cards(await post.pass_(WITHIN), kind)
    assert "Overdue" in late
