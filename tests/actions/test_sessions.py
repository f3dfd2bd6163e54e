"""What the two of a pair hear about a session, on one live card."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.dialogs.parts import Buttons, Form, Link, Message, Notice
from bot.dialogs.wording.sessions import where
from bot.lifecycle.pairs import Session
from bot.schemes.together import Schemes
from bot.screens.render import draw
from bot.storage import outbox
from bot.storage.database import Database
from bot.storage.outbox import Letter
from tests.actions.population import Population, meeting, person, settle
from tests.support.databases import rows


class Two:
    """The mentee and the mentor of a pair, with a session of theirs."""

    def __init__(self, population: Population) -> None:
        self.population, self.office = population, population.office
        self.session = population.ids["session"]

    async def press(self, user: str, verb: str, **values: Any) -> Any:
        return await self.office.click(user, verb, self.session, values, shows_itself=False)

    async def set(self, user: str, days: int = 1, **more: Any) -> None:
        at = {**meeting(self.population), "day": (self.office.now + timedelta(days=days)).date(), **more}
        reply = await self.press(user, "schedule", **at)
        assert isinstance(reply, Notice)
        assert reply.title == "Session set"

    async def cards(self, user: str) -> list[tuple[str, list[str], str]]:
        """Every message about the session, as it stands in that person's chat: its kind, its buttons, its text."""
        me, database = await person(self.population, user), self.office.dispatcher.database
        found = rows(
            database,
            f"SELECT id, kind FROM outbox WHERE about = '{self.session}' AND person = '{me}' AND edits IS NULL "
            "AND by = 'chat' ORDER BY number",
        )
        shown = [(str(kind), self._drawn(str(kind), str(id_), me)) for id_, kind in found]
        return [(kind, _labels(each), each.text) for kind, each in shown if each]

    def _drawn(self, kind: str, card: str, me: str) -> Message | None:
        now, scheme = self.office.now, self.office.scheme
        edit = Letter("e", scheme.key, "k", kind, self.session, me, None, "chat", now, now, edits=card)
        drawn = self.office.dispatcher.database.read_now(lambda db: draw(db, Schemes((scheme,)), edit, now))
        assert drawn is None or isinstance(drawn.content, Message)
        return drawn.content if drawn else None  # type: ignore[return-value]


def _labels(message: Message | Notice | Form) -> list[str]:
    return [each.label for part in message.parts if isinstance(part, Buttons) for each in part.buttons]


@pytest.fixture
async def two(database: Database) -> Two:
    return Two(await settle(database))


@pytest.mark.covers("A23")
async def test_one_card_is_live_and_says_from_when_to_when(two: Two) -> None:
    await two.set("UMENTEE")
    *_, (kind, labels, text) = await two.cards("UASKED")
    assert (kind, labels) == ("session_set", ["Confirm", "Suggest another time", "Cancel session", "Add to calendar"])
    assert "Umentee has moved session 1 with you from" in text
    *_, (_, labels, text) = await two.cards("UMENTEE")
    assert labels == ["Change time", "Cancel session", "Add to calendar"]
    assert "You have moved session 1" in text
    await two.set("UASKED", 3, note="Theatre ran *late*")
    for user in ("UMENTEE", "UASKED"):
        *before, last = await two.cards(user)
        assert len(before) > 1
        assert {tuple(labels) for _, labels, _ in before} == {()}, "what came before offers nothing any more"
        assert all("has changed since" in text for _, _, text in before)
        assert ("Theatre ran *late*" in last[2]) == (user == "UMENTEE")
    form = await two.press("UMENTEE", "open_schedule")
    assert isinstance(form, Form)
    assert (form.title, form.submit) == ("Suggest another time", "Schedule")
    reply = await two.press("UMENTEE", "confirm_session")
    assert isinstance(reply, Notice)
    assert "knows that the time suits you" in reply.text
    assert (await two.cards("UMENTEE"))[-1][1] == ["Change time", "Cancel session", "Add to calendar"]
    kind, labels, text = (await two.cards("UASKED"))[-1]
    assert (kind, labels) == ("session_confirmed", ["Change time", "Cancel session"])
    assert "has confirmed session 1 with you" in text
    assert "confirmed already" in (await two.press("UMENTEE", "confirm_session")).text


async def test_what_nobody_has_seen_yet_is_not_sent_after_a_later_one(two: Two, database: Database) -> None:
    await two.set("UMENTEE")
    await two.set("UMENTEE", 2)
    mentor, scheme, now = await person(two.population, "UASKED"), two.office.scheme, two.office.now
    letters = database.write_now(lambda db: outbox.claim(db, now, "test", timedelta(minutes=1), real_now=now))
    sent = 0
    while letters:
        for letter in letters:
            drawn = database.read_now(partial(draw, schemes=Schemes((scheme,)), letter=letter, now=now))
            sent += bool(drawn and not letter.edits) and (letter.about, letter.person) == (two.session, mentor)
            database.write_now(partial(outbox.sent, letter_id=letter.id, ref_channel="D1", ref_message="1", now=now))
        letters = database.write_now(lambda db: outbox.claim(db, now, "test", timedelta(minutes=1), real_now=now))
    assert sent == 1


@pytest.mark.covers("A23")
async def test_cancelling_asks_first_and_carries_a_word(two: Two) -> None:
    await two.set("UMENTEE")
    form = await two.press("UASKED", "open_cancel_session")
    assert isinstance(form, Form)
    assert (form.title, form.submit) == ("Cancel session", "Cancel session")
    reply = await two.press("UASKED", "cancel_session", note="I am *ill*.")
    assert isinstance(reply, Notice)
    assert "Umentee has been told" in reply.text
    kind, labels, text = (await two.cards("UMENTEE"))[-1]
    assert (kind, labels) == ("session_cancelled", ["Schedule"])
    assert "Uasked has cancelled session 1 with you, which was to be on" in text
    assert "Uasked writes:\nI am *ill*." in text
    assert "no time at the moment" in (await two.press("UMENTEE", "cancel_session", note="")).text
    kept = str(rows(two.office.dispatcher.database, "SELECT note FROM sessions WHERE note IS NOT NULL"))
    assert "ill" not in kept, "what they write to each other is encrypted"


@pytest.mark.covers("A23", "L5")
async def test_what_was_marked_can_be_put_right_until_silence_agrees(two: Two) -> None:
    reply = await two.press("UMENTEE", "complete")
    assert isinstance(reply, Notice)
    assert "1 of 4 sessions completed" in reply.text
    kind, labels, text = (await two.cards("UASKED"))[-1]
    assert kind == "session_completed"
    assert labels[:2] == ["It moved", "It did not happen"]
    assert "Was it otherwise? You can say so until Mon 30 Nov" in text
    reply = await two.press("UASKED", "not_held", note="")
    assert "Session 1 has no time now" in reply.text
    kind, labels, text = (await two.cards("UMENTEE"))[-1]
    assert (kind, labels) == ("session_not_held", ["Schedule"])
    assert "Uasked has said that session 1 with you, which was set for" in text
    assert "did not take place." in text
    await two.set("UASKED", 0)
    two.office.now += timedelta(hours=4)
    await two.press("UASKED", "complete")
    two.office.now += timedelta(days=7)
    assert "It moved" not in (await two.cards("UMENTEE"))[-1][1]
    assert "counts as held by now" in (await two.press("UMENTEE", "not_held", note="")).text


async def test_whoever_puts_it_right_reads_what_is_true_on_their_own_card(two: Two) -> None:
    """Nothing comes after it for them: no later message is promised, and nobody else is said to have done it."""
    await two.press("UMENTEE", "complete")
    await two.press("UASKED", "not_held", note="")
    kind, labels, text = (await two.cards("UASKED"))[-1]
    assert (kind, labels) == ("session_completed", [])
    assert "Session 1 with Umentee has no time now." in text
    await two.set("UASKED", 0)
    two.office.now += timedelta(hours=4)
    await two.press("UMENTEE", "complete")
    earlier = {**meeting(two.population), "day": (two.office.now - timedelta(days=1)).date()}
    await two.press("UASKED", "moved", **earlier)
    kind, labels, text = (await two.cards("UASKED"))[-1]
    assert kind == "session_completed"
    assert "Session 1 with Umentee is marked as completed." in text
    assert "has marked" not in text


async def test_whoever_cancels_what_was_confirmed_reads_so(two: Two) -> None:
    await two.set("UMENTEE")
    await two.press("UASKED", "confirm_session")
    await two.press("UMENTEE", "cancel_session", note="")
    kind, labels, text = (await two.cards("UMENTEE"))[-1]
    assert (kind, labels) == ("session_confirmed", [])
    assert "Session 1 with Uasked has no time now." in text


async def test_it_moved_takes_a_time_that_has_passed(two: Two) -> None:
    form = await two.press("UASKED", "open_moved")
    assert isinstance(form, Form)
    assert form.submit == "Save"
    at = {**meeting(two.population), "day": (two.office.now - timedelta(days=2)).date()}
    reply = await two.press("UASKED", "moved", **at)
    assert isinstance(reply, Notice)
    assert reply.title == "Completed"
    assert (await two.cards("UMENTEE"))[-1][0] == "session_completed"


@pytest.mark.parametrize(
    ("typed", "linked"),
    [
        ("https://meet.example.org/a-b?c=d#e", True),
        (" https://meet.example.org/1 ", True),
        ("http://meet.example.org/1", False),
        ("https://meet.example.org and then upstairs", False),
        ("https://a|b.example.org", False),
        ("javascript:alert(1)", False),
        ("Room 4", False),
    ],
)
def test_only_a_whole_address_can_be_pressed_and_it_shows_where_it_leads(typed: str, linked: bool) -> None:
    shown = where(Session("s1", 1, place=typed))
    assert shown == (Link(typed.strip(), typed.strip()) if linked else typed)


async def test_once_it_is_over_the_card_asks_how_it_was(two: Two, database: Database) -> None:
    for user in ("UMENTEE", "UASKED"):
        ((_, labels, text),) = await two.cards(user)
        assert labels == ["Mark as completed", "It moved", "It did not happen"]
        assert "was set for this time. Did it take place?" in text
    booked = rows(database, f"SELECT person FROM outbox WHERE about = '{two.session}' AND edits IS NOT NULL")
    assert len(booked) == 2, "both cards are drawn anew when it ends"
