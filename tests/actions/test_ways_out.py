"""No dead ends: whoever comes back, whatever day it is where they are, finds a way on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection

from bot.actions.deadlines import sweep
from bot.dialogs.home import home as draw_home
from bot.dialogs.parts import Choice, Errors, Form, Note, Notice, NumberInput, TextInput, When
from bot.lifecycle.vocabulary import Kind
from bot.screens.home import home
from bot.screens.notices import NOTICES
from bot.storage import members, pairs
from bot.storage.database import Conflict, Database
from tests.actions.population import person, settle
from tests.support.databases import KEYS, rows
from tests.support.dispatchers import PREFERENCES, PROFILE, REQUEST, Office

T = TypeVar("T")
AGAIN = {"membership_number": "1234"}


async def test_a_mentor_who_comes_back_with_a_whole_profile_goes_before_the_office(database: Database) -> None:
    office = Office(database)
    await office.meet("UADMIN")
    id_ = await office.admitted("UMENTOR", "mentor")
    await office.click("UMENTOR", "preferences", "mentor", {"ways": ("Video call",), "times": ("Mornings",)})
    await office.click("UMENTOR", "profile", "mentor", PROFILE)
    await office.click("UADMIN", "turn_down", f"member:{id_}", {"reply": "Not this year."})
    await office.click("UMENTOR", "join", "mentor", AGAIN)
    await office.click("UADMIN", "approve_joining", id_)
    member = database.read_now(lambda db: members.get(db, office.scheme.key, id_))
    assert member.state == "in_review", "there is nothing left to fill in, so the office has the next word"
    assert member.waiting_since == office.now
    kinds = [kind for (kind,) in rows(database, "SELECT kind FROM outbox WHERE edits IS NULL AND kind <> 'home'")]
    assert kinds.count("profile_ready") == 2
    assert kinds.count("admitted") == 2


async def test_the_day_of_a_training_is_the_administrators_own(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        office = Office(database)
        await office.meet("UADMIN")
        id_ = await office.mentor("UMENTOR")
        await office.introduce("UADMIN", "Ada", None, "Pacific/Auckland")
        office.now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # Tuesday morning there
        reply = await office.click(
            "UADMIN", "record_training", f"{id_}:training", {"trained_on:training": date(2026, 11, 24)}
        )
        assert isinstance(reply, Notice)
        reply = await office.click(
            "UADMIN", "record_training", f"{id_}:training", {"trained_on:training": date(2026, 11, 25)}
        )
        assert isinstance(reply, Errors)


async def test_a_question_to_a_member_is_not_written_over(database: Database) -> None:
    office = Office(database)
    for user in ("UADMIN", "USECOND"):
        await office.meet(user)
    await office.meet("UMENTOR")
    await office.click("UMENTOR", "join", "mentor", AGAIN)
    id_ = await office.member("UMENTOR", "mentor")
    await office.click("UADMIN", "clarify", f"member:{id_}", {"question": "Which hospital?"})
    await office.click("USECOND", "clarify", f"member:{id_}", {"question": "Since when?"})
    member = database.read_now(lambda db: members.get(db, office.scheme.key, id_))
    assert member.question == "Which hospital?", "its reader has been told to answer it"


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(2999, 1, 1)])
@pytest.mark.parametrize("zone", ["America/New_York", "Europe/London"])
async def test_a_year_typed_wrong_is_said_at_its_field_and_home_still_draws(
    sqlite_url: str, day: date, zone: str
) -> None:
    with Database(sqlite_url, KEYS) as database:
        population = await settle(database)
        office = population.office
        await office.introduce("UMENTEE", "Mentee", None, zone)
        values = {"day": day, "time": time(23, 30), "minutes": 60, "mode": "Video call"}
        reply = await office.click("UMENTEE", "schedule", population.ids["session"], values)
        assert isinstance(reply, Errors), reply
        assert list(reply.fields) == ["day"]
        mentor = await person(population, "UASKED")
        database.read_now(lambda db: home(db, office.scheme, mentor, office.now))


async def test_another_session_is_there_once_its_form_is_sent(database: Database) -> None:
    population = await settle(database)
    office, pair = population.office, population.ids["agreed"]

    def sessions() -> int:
        return len(database.read_now(lambda db: pairs.get(db, office.scheme.key, pair)).sessions)

    form = await office.click("UMENTEE", "open_add_session", pair)
    assert isinstance(form, Form)
    assert (form.verb, form.submit, sessions()) == ("add_session", "Schedule", 1), "Cancel leaves nothing behind"
    sent = {part.key: part.initial for part in form.parts if isinstance(part, Choice | NumberInput)}
    for delivery in ("1", "2"):
        reply = await office.click(
            "UMENTEE", form.verb, form.subject, sent, carried=form.carried, idempotency_key=delivery
        )
        assert isinstance(reply, Notice)
    assert sessions() == 2, "sent twice, it is added once"
    assert rows(database, "SELECT count(*) FROM outbox WHERE kind = 'session_set' AND edits IS NULL") == [(4,)]


async def test_where_a_session_waits_for_its_time_that_one_is_set_first(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        population = await settle(database)
        pair, office = population.ids["fresh"], population.office
        for user in ("UMENTEE", "UASKED"):
            await office.click(user, "agree", f"{pair}:agreement")
        form = await office.click("UMENTEE", "open_add_session", pair)
        held = database.read_now(lambda db: pairs.get(db, office.scheme.key, pair))
        assert isinstance(form, Form)
        assert (form.verb, form.subject) == ("schedule", held.sessions[0].id)


@pytest.mark.parametrize("case", ["member", "request"])
async def test_who_decides_second_reads_who_was_first_and_what_they_did(database: Database, case: str) -> None:
    """It is a notice: there is nothing left that their words could be for."""
    population = await settle(database)
    office = population.office
    about = {
        "member": f"member:{population.ids['member UREVIEWED']}",
        "request": f"request:{population.ids['request UWAITING']}",
    }
    await office.introduce("USECOND", "Ruth Adeyemi", None, "UTC")
    await office.click("USECOND", "turn_down", about[case], {"reply": "Not this year."})
    for verb, values in (
        ("turn_down", {"reply": "Sorry, no."}), ("clarify", {"question": "Why?"}), ("open_turn_down", None),
        ("open_clarify", None),
    ):  # fmt: skip
        reply = await office.click("UADMIN", verb, about[case], values)
        assert isinstance(reply, Notice), verb
        assert "Ruth Adeyemi turned it down first" in reply.text
        assert any(isinstance(part, Note) and When(office.now) in part.runs for part in reply.parts)


async def test_a_queue_page_that_is_no_more_shows_the_last_one(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        population = await settle(database)
        for subject in ("7", "9" * 4999):
            reply = await population.office.click("UADMIN", "open_queue", subject)
            assert isinstance(reply, Form)
            assert len(reply.parts) > 1, "what waits is on the first page now"


async def test_one_case_that_cannot_be_read_holds_up_no_other(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        population = await settle(database)
        office = population.office
        await office.click("UCHOOSER", "send", population.ids["approved"], carried={"order": population.ids["UOTHER"]})
        database.write_now(lambda db: db.exec_driver_sql(_SPOIL))
        office.now += timedelta(days=6)
        for _ in range(5):
            if not await sweep(office.dispatcher):
                break
        else:
            pytest.fail("the sweep never comes to rest")
        states = rows(database, f"SELECT state FROM requests WHERE id = '{population.ids['approved']}'")
        assert states == [("expired",)]


async def test_reminders_go_on_beside_a_case_that_cannot_be_read(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        population = await settle(database)
        office = population.office
        office.now += timedelta(days=2, hours=12)
        await office.click("UCHOOSER", "send", population.ids["approved"], carried={"order": population.ids["UOTHER"]})
        database.write_now(lambda db: db.exec_driver_sql(_SPOIL))
        office.now += timedelta(days=3, minutes=1)
        await sweep(office.dispatcher)
        told = rows(database, "SELECT count(*) FROM reminders WHERE kind = 'invitation_unanswered'")
        assert told == [(1,)]


_SPOIL = (
    "UPDATE requests SET answers = 'no key opens this' WHERE mentee IN (SELECT id FROM people WHERE user = 'UMENTEE')"
)


class _Contended(Database):
    """A database in which somebody else is always quicker."""

    async def write(self, work: Callable[[Connection], T], tries: int = 1) -> T:
        raise Conflict


@pytest.mark.parametrize(("values", "answer"), [(REQUEST, Errors), (None, Notice)])
async def test_what_was_typed_stays_where_somebody_else_was_quicker(
    sqlite_url: str, values: dict[str, Any] | None, answer: type[Errors] | type[Notice]
) -> None:
    with _Contended(sqlite_url, KEYS) as database:
        reply = await Office(database).click("UMENTEE", "request", "", values)
    assert isinstance(reply, answer)


async def test_who_is_in_already_is_offered_the_other_way_in_alone(database: Database) -> None:
    office = Office(database)
    await office.meet("UADMIN")
    await office.admitted("UADA", "mentee")
    for words in ("", "join", "sing"):
        said = await office.click("UADA", "command", words)
        assert isinstance(said, Notice)
        assert "Join as mentor" in str(said)
        assert "Join as mentee" not in str(said)
    refused = await office.click("UADA", "open_profile", "mentor")
    assert "Join as mentor" in str(refused)
    assert "Join as mentee" not in str(refused)


async def test_a_first_conversation_is_offered_once_and_everybody_sees_that_it_was(database: Database) -> None:
    population = await settle(database)
    office, invitation = population.office, population.ids["open"]
    view = await office.click("UASKED", "open_invitation", invitation)
    assert "Talk first with Umentee" in str(view)
    await office.click("UASKED", "offer_conversation", invitation)
    person_ = (await office.person("UMENTEE")).id
    shown = str(home_of(database, office, person_))
    assert "would like to talk with you once before answering" in shown
    again = await office.click("UASKED", "offer_conversation", invitation)
    assert "You have offered to talk first already" in str(again)
    view = await office.click("UASKED", "open_invitation", invitation)
    assert "You offered to talk first on " in str(view)
    assert "Talk first with" not in str(view)
    await office.click("UASKED", "accept", invitation)
    assert "would like to talk" not in str(home_of(database, office, person_))


def home_of(database: Database, office: Office, person_: str) -> object:
    """What somebody's home shows."""
    return draw_home([database.read_now(lambda db: home(db, office.scheme, person_, office.now))])


async def test_who_declined_an_earlier_request_is_not_listed_first_again_and_it_is_said(database: Database) -> None:
    office = Office(database)
    await office.meet("UADMIN")
    for mentor in ("UBEA", "UCYD"):
        await office.mentor(mentor)
    await office.admitted("UADA", "mentee")
    await office.click("UADA", "preferences", "mentee", PREFERENCES)
    first = str(await office.click("UADA", "open_find", await _approved(office)))
    assert first.index("1. Ubea") < first.index("2. Ucyd")
    bea, request = (await office.person("UBEA")).id, (await office.request("UADA")).id
    await office.click("UADA", "send", request, carried={"order": bea})
    asked = (await office.request("UADA")).invitations[0]
    await office.click("UBEA", "decline", asked.id, {"reason": ""})
    await office.click("UADA", "withdraw", request)
    then = str(await office.click("UADA", "open_find", await _approved(office)))
    assert then.index("1. Ucyd") < then.index("2. Ubea") < then.index("Could not take an earlier request of yours on")


async def _approved(office: Office) -> str:
    """Ada's new request, approved."""
    await office.click("UADA", "request", "", REQUEST)
    request = (await office.request("UADA")).id
    await office.click("UADMIN", "approve_request", request)
    return request


async def test_a_question_has_its_own_answer_and_both_can_read_the_exchange(database: Database) -> None:
    population = await settle(database)
    office, request = population.office, population.ids["request UWAITING"]
    await office.click("UADMIN", "clarify", f"request:{request}", {"question": "Which hospital?"})
    form = await office.click("UWAITING", "open_request", request)
    assert isinstance(form, Form)
    assert next(part.label for part in form.parts if isinstance(part, TextInput)) == "Your answer"
    missing = await office.click("UWAITING", "request", request, REQUEST)
    assert isinstance(missing, Errors)
    assert set(missing.fields) == {"office:answer"}
    await office.click("UWAITING", "request", request, {**REQUEST, "office:answer": "St Aldate’s"})
    for reader in ("UWAITING", "USECOND", "UADMIN"):
        shown = str(await office.click(reader, "open_request_view", request))
        assert shown.index("Which hospital?") < shown.index("St Aldate’s")
    cards = f"SELECT kind, count(*) FROM outbox WHERE about = '{request}' AND edits IS NULL GROUP BY kind, person"
    kinds = {(kind, number) for kind, number in rows(database, cards)}
    assert {("request_ready", 1), ("request_answered", 1)} <= kinds, "no second card of the same kind"


async def test_somebody_who_joins_answers_the_same_way(database: Database) -> None:
    population = await settle(database)
    office, member = population.office, population.ids["member UREVIEWED"]
    await office.click("UADMIN", "clarify", f"member:{member}", {"question": "Since when?"})
    assert isinstance(await office.click("UREVIEWED", "profile", "mentor", PROFILE), Errors)
    await office.click("UREVIEWED", "profile", "mentor", {**PROFILE, "office:answer": "Since 2011"})
    shown = str(await office.click("UADMIN", "open_member", member))
    assert shown.index("Since when?") < shown.index("Since 2011")


async def test_a_decided_card_says_who_decided_and_when(database: Database) -> None:
    population = await settle(database)
    office, request = population.office, population.ids["request UWAITING"]

    def card(kind: Kind, about: str) -> str:
        said = NOTICES[kind]
        seen = database.read_now(lambda db: said.view(db, office.scheme, about, "", office.now))
        return str(said.words(seen))

    assert "by Uadmin" not in card(Kind.REQUEST_READY, request)
    await office.click("UADMIN", "approve_request", request)
    assert "Approved by Uadmin on" in card(Kind.REQUEST_READY, request)
    applicant = population.ids["member UAPPLICANT"]
    await office.click("UADMIN", "turn_down", f"member:{applicant}", {"reply": "Not this year."})
    assert "Turned down by Uadmin on" in card(Kind.JOIN_ASKED, applicant)
    await office.click("UAPPLICANT", "join", "mentor", AGAIN)
    assert "Turned down by" not in card(Kind.JOIN_ASKED, applicant), "it waits again"
