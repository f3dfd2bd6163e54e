"""Undo: for two minutes a decision of the office can be taken back, as long as nothing has come of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.actions.deadlines import tidy
from bot.dialogs.parts import Buttons, Notice
from bot.lifecycle.undoing import FOR
from bot.lifecycle.vocabulary import Kind
from bot.schemes.loading import load
from bot.screens.notices import NOTICES, Said
from bot.storage import members, requests
from bot.storage.database import Database
from tests.support.databases import rows
from tests.support.dispatchers import PREFERENCES, PROFILE, REQUEST, Office
from tests.support.schemes import with_power, with_role, with_route

NO = {"reply": "Not now, sorry."}
DAY = {"trained_on:training": True}


class Case:
    """Somebody who waits for the office, with the decision that is about to be made."""

    def __init__(self, database: Database, decision: str) -> None:
        self.database = database
        self.office = Office(database)
        self.decision = decision
        self.kind, _, self.verb = decision.partition(" ")
        self.id = ""

    async def wait(self) -> None:
        office = self.office
        await office.meet("UADMIN")
        if self.kind == "application":
            await office.meet("UADA")
            await office.click("UADA", "join", "mentee", {"membership_number": "1", "stage": "Something else"})
            self.id = await office.member("UADA", "mentee")
        elif self.kind == "profile":
            self.id = await office.admitted("UADA", "mentor")
            await office.click("UADA", "preferences", "mentor", {"ways": ("Video call",), "times": ("Mornings",)})
            await office.click("UADA", "profile", "mentor", PROFILE)
        else:
            await office.admitted("UADA", "mentee")
            await office.click("UADA", "preferences", "mentee", PREFERENCES)
            await office.click("UADA", "request", "", REQUEST)
            self.id = (await office.request("UADA")).id

    @property
    def subject(self) -> str:
        return f"{'request' if self.kind == 'request' else 'member'}:{self.id}"

    async def decide(self) -> None:
        if self.verb == "turn_down":
            await self.office.click("UADMIN", "turn_down", self.subject, NO)
            return
        given: Mapping[str, Any] = {}
        if self.verb == "approve_member":
            given = {"trained_on:training": self.office.now.date() - timedelta(days=3)}
        await self.office.click("UADMIN", self.verb, self.id, given)

    def now(self) -> Any:
        """How it stands."""
        key = self.office.scheme.key
        get: Any = requests.get if self.kind == "request" else members.get
        return self.database.read_now(lambda db: get(db, key, self.id))

    def card(self) -> list[str]:
        """The buttons of the office's card."""
        kind = {"application": Kind.JOIN_ASKED, "profile": Kind.PROFILE_READY, "request": Kind.REQUEST_READY}[self.kind]
        message = NOTICES[kind].words(self._view(NOTICES[kind]))
        assert message is not None
        return [each.label for part in message.parts if isinstance(part, Buttons) for each in part.buttons]

    def stands(self, kind: str) -> bool:
        """Whether the person's message still says what it said."""
        said = NOTICES[Kind(kind)]
        return said.words(self._view(said)) is not None

    def _view(self, said: Said[Any]) -> Any:
        return self.database.read_now(lambda db: said.view(db, self.office.scheme, self.id, "", self.office.now))

    def heard(self, kind: str) -> int:
        ((count,),) = rows(self.database, f"SELECT count(*) FROM outbox WHERE kind = '{kind}' AND edits IS NULL")
        assert isinstance(count, int)
        return count


DECISIONS = {
    "application approve_joining": "admitted", "application turn_down": "member_turned_down",
    "profile approve_member": "member_approved", "profile turn_down": "member_turned_down",
    "request approve_request": "request_approved", "request turn_down": "request_turned_down",
}  # fmt: skip


@pytest.mark.parametrize("decision", DECISIONS)
async def test_it_is_as_it_was_and_the_next_decision_is_heard_again(database: Database, decision: str) -> None:
    case = Case(database, decision)
    await case.wait()
    before, waiting = case.now(), case.card()
    person = await case.office.member("UADA", "mentee") if case.kind == "request" else None
    await case.decide()
    assert case.card() == ["Undo", "View"]
    assert case.heard(DECISIONS[decision]) == 1
    await case.office.click("UADMIN", "undo", case.subject)
    after = case.now()
    assert replace(after, revision=before.revision, version=before.version) == before
    assert case.card() == waiting
    assert case.heard("request_taken_back" if case.kind == "request" else "member_taken_back") == 1
    assert case.stands(DECISIONS[decision]) == decision.endswith("turn_down"), "a welcome goes; a no stays, corrected"
    if person is not None:
        held = database.read_now(lambda db: members.get(db, case.office.scheme.key, person))
        assert held.state == "admitted", "who was enrolled by it is so no longer"
    again = await case.office.click("UADMIN", "undo", case.subject)
    assert "two minutes" in str(again)
    await case.decide()
    assert case.heard(DECISIONS[decision]) == 2


@pytest.mark.parametrize("decision", DECISIONS)
async def test_after_two_minutes_it_stays(database: Database, decision: str) -> None:
    case = Case(database, decision)
    await case.wait()
    await case.decide()
    decided = case.now()
    case.office.now += FOR
    assert case.card() == ["View"]
    reply = await case.office.click("UADMIN", "undo", case.subject)
    assert isinstance(reply, Notice)
    assert "those are over" in reply.text
    assert case.now() == decided
    case.office.now += timedelta(seconds=1)
    await tidy(case.office.dispatcher)
    assert rows(database, "SELECT about FROM undoable") == []


async def gone_on(case: Case) -> None:
    """Something comes of the decision."""
    office = case.office
    match case.decision:
        case "application approve_joining":
            await office.click("UADA", "preferences", "mentee", PREFERENCES)
        case "application turn_down":
            await office.click("UADA", "join", "mentee", {"membership_number": "1", "stage": "Something else"})
        case "profile approve_member":
            await office.admitted("UBEA", "mentee")
            await office.click("UBEA", "preferences", "mentee", PREFERENCES)
            await office.click("UBEA", "request", "", REQUEST)
            request = (await office.request("UBEA")).id
            await office.click("UADMIN", "approve_request", request)
            mentor = (await office.person("UADA")).id
            await office.click("UBEA", "send", request, {}, {"order": mentor})
            assert (await office.request("UBEA")).state == "asking"
        case "profile turn_down":
            await office.click("UADA", "join", "mentor", {"membership_number": "1"})
        case "request approve_request":
            await office.click("UADA", "withdraw", case.id)
        case _:
            await office.click("UADA", "request", "", REQUEST)


@pytest.mark.parametrize("decision", DECISIONS)
async def test_nothing_is_taken_back_that_somebody_has_gone_on_from(database: Database, decision: str) -> None:
    case = Case(database, decision)
    await case.wait()
    await case.decide()
    await gone_on(case)
    reached = case.now()
    reply = await case.office.click("UADMIN", "undo", case.subject)
    assert isinstance(reply, Notice)
    assert "Something has come of this decision" in reply.text
    assert case.now() == reached


async def test_the_card_loses_its_button_when_the_two_minutes_are_over(database: Database) -> None:
    case = Case(database, "application approve_joining")
    await case.wait()
    sent = "UPDATE outbox SET sent_at = made_at, ref_channel = 'C1', ref_message = kind WHERE kind = 'join_asked'"
    database.write_now(lambda db: db.exec_driver_sql(sent))
    await case.decide()
    booked = rows(
        database, "SELECT not_before FROM outbox WHERE kind = 'join_asked' AND edits IS NOT NULL AND sent_at IS NULL"
    )
    assert len(booked) == 2, "once at once, and once when it is over"
    assert len(set(booked)) == 2


async def test_what_there_was_before_is_kept_encrypted(database: Database) -> None:
    case = Case(database, "profile turn_down")
    await case.wait()
    await case.decide()
    ((changes,),) = rows(database, "SELECT changes FROM undoable")
    assert "in_review" not in str(changes)


@pytest.mark.parametrize("route", [("choose", "ask"), ("assign",)])
async def test_a_mentee_who_has_asked_meanwhile_stays_in(database: Database, route: tuple[str, ...]) -> None:
    """Whose request is under way, or who is connected already, changes nothing in their membership by it."""
    scheme = with_power(load("british_cardiovascular_society"), "match")
    scheme = with_role(with_route(scheme, steps=route), "mentee", gates=("application",))
    office = Office(database, scheme)
    await office.meet("UADMIN")
    await office.mentor("UBEA")
    id_ = await office.admitted("UADA", "mentee")
    await office.click("UADA", "request", "", REQUEST)
    if route == ("assign",):
        bea = (await office.person("UBEA")).id
        await office.click("UADMIN", "assign", f"{(await office.request('UADA')).id}:{bea}")
    reply = await office.click("UADMIN", "undo", f"member:{id_}")
    assert isinstance(reply, Notice)
    assert "Something has come of this decision" in reply.text
    assert database.read_now(lambda db: members.get(db, scheme.key, id_)).state == "approved"
