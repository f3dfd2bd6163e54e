"""Short messages inside an open invitation or offer, for the two alone."""

from datetime import timedelta
from typing import Any

import pytest

from bot.dialogs.parts import Button, Buttons, Errors, Form, Input, Notice
from bot.dialogs.plain import plain
from bot.lifecycle.exchange import LONGEST, MOST
from bot.lifecycle.undoing import FOR
from bot.lifecycle.vocabulary import Kind
from bot.schemes.together import Schemes
from bot.screens import requests as screens
from bot.screens.notices import NOTICES
from bot.storage import exchange
from bot.storage.database import Database
from tests.actions.test_routes import office
from tests.support.databases import rows
from tests.support.dispatchers import Office


async def writing(database: Database, *mentors: str, **route: Any) -> Office:
    """An office whose scheme has messages, with a request that is about to be sent."""
    made = await office(
        database, mentors or ("UBEA",), **{"steps": ("choose", "ask"), "on_silence": "ask_next", **route}
    )
    contact = made.scheme.contact_details.model_copy(update={"before_acceptance": "messages"})
    made.dispatcher.schemes = Schemes((made.scheme.model_copy(update={"contact_details": contact}),))
    return made


async def asked(made: Office, *mentors: str) -> str:
    """The request is sent to these mentors; the first one's invitation."""
    order = [(await made.person(user)).id for user in mentors or ("UBEA",)]
    await made.click("UADA", "send", (await made.request("UADA")).id, carried={"order": ",".join(order)})
    return (await made.request("UADA")).invitations[0].id


def text(form: object) -> str:
    assert isinstance(form, Form), form
    return plain(part for part in form.parts if not isinstance(part, Input))


async def write(made: Office, user: str, invitation: str, words: str) -> Any:
    return await made.click(user, "write", invitation, {"message": words})


async def refused(made: Office, user: str, invitation: str) -> str:
    for reply in (await made.click(user, "open_write", invitation), await write(made, user, invitation, "Hello?")):
        assert not isinstance(reply, Form)
    assert isinstance(reply, Notice | Errors), reply
    return reply.text if isinstance(reply, Notice) else next(iter(reply.fields.values()))


def heard(made: Office, database: Database, person: str) -> list[list[Button]]:
    """The buttons of every message that has passed, as that person sees it now."""
    return [_pressed(made, database, person, id_) for id_ in _heard_of(database, person)]


def _heard_of(database: Database, person: str) -> list[str]:
    found = rows(database, "SELECT about, person FROM outbox WHERE kind = 'written' AND edits IS NULL ORDER BY number")
    return [str(about) for about, whom in found if whom == person]


def _pressed(made: Office, database: Database, person: str, id_: str) -> list[Button]:
    scheme = made.dispatcher.schemes.first
    view = database.read_now(lambda db: screens.message(db, scheme, id_, person, made.now))
    said = NOTICES[Kind.WRITTEN].words(view)
    assert said is not None
    return [button for part in said.parts if isinstance(part, Buttons) for button in part.buttons]


@pytest.mark.covers("B3")
async def test_the_two_write_to_each_other_and_then_one_decides(database: Database) -> None:
    made = await writing(database)
    invitation = await asked(made)
    ada, bea = (await made.person("UADA")).id, (await made.person("UBEA")).id
    reply = await write(made, "UADA", invitation, "Do you meet in the evening?")
    assert isinstance(reply, Notice)
    assert reply.title == "Sent"
    assert [each.label for each in heard(made, database, bea)[0]] == ["View", "Accept", "Decline", "Write to them"]
    await write(made, "UBEA", invitation, "On Tuesdays.")
    assert [each.label for each in heard(made, database, ada)[0]] == ["Write to them"]
    for user, verb, subject in (
        ("UADA", "open_write", invitation),
        ("UBEA", "open_write", invitation),
        ("UBEA", "open_invitation", invitation),
        ("UADA", "open_request_view", (await made.request("UADA")).id),
    ):
        said = text(await made.click(user, verb, subject))
        assert said.index("Uada") < said.index("Do you meet in the evening?") < said.index("On Tuesdays.")
    _all_have_arrived(database)
    await made.click("UBEA", "decline", invitation, {})
    assert heard(made, database, bea) == [[]]
    assert [each.label for each in heard(made, database, ada)[0]] == ["Write to them"], "nobody hears of a slip"
    await made.sweep(FOR)
    assert heard(made, database, bea) == [[]]
    assert heard(made, database, ada) == [[]]
    edits = rows(database, "SELECT person FROM outbox WHERE kind = 'written' AND edits IS NOT NULL")
    assert {person for (person,) in edits} == {ada, bea}, "what has arrived is drawn anew"
    assert "Do you meet" in text(await made.click("UBEA", "open_invitation", invitation)), "it can still be read"
    assert "declined" in await refused(made, "UADA", invitation)


def _all_have_arrived(database: Database) -> None:
    arrived = "UPDATE outbox SET sent_at = made_at, ref_channel = 'D1', ref_message = '1'"
    database.write_now(lambda db: db.exec_driver_sql(arrived).rowcount)


async def test_nobody_else_reads_or_writes(database: Database) -> None:
    made = await writing(database, "UBEA", "UCYD")
    invitation = await asked(made, "UBEA", "UCYD")
    await write(made, "UADA", invitation, "Between us.")
    for user in ("UCYD", "UADMIN"):
        assert "somebody else to decide" in await refused(made, user, invitation)
    view = await made.click("UADMIN", "open_request_view", (await made.request("UADA")).id)
    assert "Between us." not in text(view)
    queued = (await made.request("UADA")).invitations[1].id
    for user in ("UADA", "UCYD"):
        assert "no longer there" in await refused(made, user, queued)
    assert "Between us." not in repr(rows(database, "SELECT text FROM messages"))


async def test_a_mentor_who_offers_is_written_to(database: Database) -> None:
    made = await writing(database, offers=True)
    await made.click("UBEA", "offer", (await made.request("UADA")).id)
    offer = (await made.request("UADA")).invitations[0].id
    await write(made, "UBEA", offer, "I know your field.")
    ada = (await made.person("UADA")).id
    assert [each.label for each in heard(made, database, ada)[0]] == [
        "View",
        "Accept offer",
        "Decline",
        "Write to them",
    ]
    await write(made, "UADA", offer, "Good to hear.")
    assert "I know your field." in text(await made.click("UADA", "open_invitation", offer))
    assert "Good to hear." in text(await made.click("UBEA", "open_write", offer))


async def test_there_is_an_end_of_length_number_and_time(database: Database) -> None:
    made = await writing(database)
    invitation = await asked(made)
    for words in ("x" * (LONGEST + 1), " "):
        assert isinstance(await write(made, "UADA", invitation, words), Errors)
    for n in range(MOST):
        await write(made, ("UADA", "UBEA")[n % 2], invitation, f"Message {n}")
    assert f"{MOST} messages have passed" in await refused(made, "UBEA", invitation)
    scheme = made.dispatcher.schemes.first.key
    kept = database.read_now(lambda db: exchange.of(db, scheme, [invitation]))[invitation]
    assert [each.text for each in kept] == [f"Message {n}" for n in range(MOST)]
    form = await made.click("UBEA", "open_invitation", invitation)
    assert isinstance(form, Form)
    assert "Message 19" in text(form)
    await made.sweep(timedelta(days=5, minutes=1))
    assert "has passed" in await refused(made, "UADA", invitation)


async def test_a_scheme_without_messages_has_none(database: Database) -> None:
    made = await office(database, ("UBEA",), steps=("choose", "ask"))
    invitation = await asked(made)
    assert "no longer there" in await refused(made, "UADA", invitation)
