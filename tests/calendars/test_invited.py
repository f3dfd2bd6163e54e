"""A session that is set lands in both calendars by e-mail: set, moved and cancelled it is one appointment."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from email.message import EmailMessage
from functools import partial
from typing import Any

import pytest
from icalendar import Calendar

from bot.actions.context import Channels
from bot.dialogs.parts import Message, Nothing, Notice
from bot.handlers.email.sender import EmailSender
from bot.lifecycle.vocabulary import Kind
from bot.schemes.together import Schemes
from bot.screens.render import draw
from bot.storage import outbox
from bot.storage.database import Database
from demo.mail import MailServer
from tests.actions.population import Population, settle
from tests.support.dispatchers import Office

LEASE = timedelta(minutes=1)


class Postman:
    """Lets all out that is due, and gives the appointments that went by e-mail, as calendars read them."""

    def __init__(self, office: Office, server: MailServer, mails: list[EmailMessage]) -> None:
        self.office, self.mails = office, mails
        self.brought: list[Message] = []
        self._sender = EmailSender("127.0.0.1", server.port, "mentoring@example.org", False)

    async def round(self) -> list[tuple[str, str, Any]]:
        """To whom, by which method, the event."""
        self.mails.clear()
        office, database = self.office, self.office.dispatcher.database
        claim = partial(outbox.claim, now=office.now, by_whom="post", lease=LEASE, real_now=office.now)
        while letters := await database.write(claim):
            for letter in letters:
                drawn = await database.read(
                    partial(draw, schemes=Schemes((office.scheme,)), letter=letter, now=office.now)
                )
                if drawn and letter.kind == Kind.APPOINTMENT and isinstance(drawn.content, Message):
                    self.brought.append(drawn.content)
                if drawn and letter.by == "email":
                    await self._sender.send(letter, drawn)
                sent = partial(outbox.sent, letter_id=letter.id, ref_channel="D1", ref_message=letter.id)
                await database.write(partial(sent, now=office.now))
        return [found for mail in self.mails for found in _appointments(mail)]


def _appointments(mail: EmailMessage) -> Iterator[tuple[str, str, Any]]:
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            calendar = Calendar.from_ical(part.get_content())
            assert part.get_param("method") == str(calendar["METHOD"]), "a calendar offers to take it"
            yield str(mail["To"]), str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


@pytest.fixture
async def postman(database: Database) -> AsyncIterator[tuple[Population, Postman]]:
    mails: list[EmailMessage] = []
    server = MailServer(mails.append)
    await server.start()
    population = await settle(database)
    population.office.dispatcher.channels = Channels(email=True)
    yield population, Postman(population.office, server, mails)
    await server.stop()


@pytest.mark.covers("A22")
async def test_a_session_is_one_appointment_from_first_to_last(postman: tuple[Population, Postman]) -> None:
    population, post = postman
    office, session = population.office, population.ids["session"]
    await post.round()
    at = office.now + timedelta(days=3)
    when = {"day": at.date(), "time": at.time(), "minutes": 60, "mode": "Video call"}
    await office.click("UASKED", "schedule", session, when)
    first = await post.round()
    assert {to for to, _, _ in first} == {"uasked@example.org", "umentee@example.org"}
    assert {method for _, method, _ in first} == {"REQUEST"}
    assert all(event.decoded("DTSTART") == at for _, _, event in first)

    await office.click("UMENTEE", "schedule", session, {**when, "minutes": 45})
    moved = await post.round()
    assert all(event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=45) for _, _, event in moved)

    await office.click("UMENTEE", "cancel_session", session, {"note": "Ill"})
    off = await post.round()
    assert {to for to, _, _ in off} == {"uasked@example.org", "umentee@example.org"}
    assert {method for _, method, _ in off} == {"CANCEL"}
    events = [event for _, _, event in (*first, *moved, *off)]
    assert len({str(event["UID"]) for event in events}) == 1
    by_round = [{int(event["SEQUENCE"]) for _, _, event in each} for each in (first, moved, off)]
    assert [len(each) for each in by_round] == [1, 1, 1]
    assert max(by_round[0]) < max(by_round[1]) < max(by_round[2]), "each is later than the one before"


async def test_the_end_of_a_connection_takes_what_lay_ahead_out_of_both_calendars(
    postman: tuple[Population, Postman],
) -> None:
    population, post = postman
    office, session = population.office, population.ids["session"]
    at = office.now + timedelta(days=3)
    await office.click(
        "UASKED", "schedule", session, {"day": at.date(), "time": at.time(), "minutes": 60, "mode": "Video call"}
    )
    asked = await post.round()
    await office.click("UMENTEE", "remove_connection", population.ids["agreed"], {})
    off = await post.round()
    assert {(to, method) for to, method, _ in off} == {
        ("uasked@example.org", "CANCEL"), ("umentee@example.org", "CANCEL"),
    }  # fmt: skip
    assert {str(event["UID"]) for _, _, event in (*asked, *off)} == {f"{session}@{office.scheme.key}"}
    assert min(int(event["SEQUENCE"]) for _, _, event in off) > max(int(event["SEQUENCE"]) for _, _, event in asked)


@pytest.mark.covers("A22")
async def test_in_chat_a_session_comes_as_a_file_to_whoever_wants_it(postman: tuple[Population, Postman]) -> None:
    population, post = postman
    office, session = population.office, population.ids["session"]
    at = office.now + timedelta(days=3)
    when = {"day": at.date(), "time": at.time(), "minutes": 60, "mode": "Video call"}
    await office.click("UASKED", "schedule", session, when)
    for _ in range(2):
        assert await office.click("UMENTEE", "add_to_calendar", session) == Nothing(), "the file itself is the answer"
        await post.round()
        office.now += timedelta(minutes=5)
    assert len(post.brought) == 2, "asked for once more, it comes once more"
    for each in post.brought:
        assert each.attachment is not None
        (event,) = Calendar.from_ical(each.attachment.content).walk("VEVENT")
        assert (str(event["UID"]), event.decoded("DTSTART")) == (f"{session}@{office.scheme.key}", at)
    in_form = await office.click("UMENTEE", "add_to_calendar", session, shows_itself=False)
    assert isinstance(in_form, Notice)
    assert "comes to you in a message" in in_form.text
    office.now = at
    assert "already" in str(await office.click("UMENTEE", "add_to_calendar", session)), "it has begun"
