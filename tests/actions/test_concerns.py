"""Concerns: whom they reach and whom never, by when, and what their reporter is told, with the clock turned."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.actions import going
from bot.actions.concern_office import look_after
from bot.actions.deadlines import tidy
from bot.dialogs.parts import Errors, Form, Message, Notice, Reply
from bot.dialogs.plain import plain
from bot.lifecycle.concerns import Concern
from bot.lifecycle.offices import Holding
from bot.lifecycle.people import Person
from bot.schemes.loading import load
from bot.schemes.together import Schemes
from bot.screens import render
from bot.storage import concerns, offices, outbox, people
from bot.storage.database import Database
from tests.dialogs.every_word import pressed
from tests.support.databases import rows
from tests.support.dispatchers import Office

TEXT = "the heron shouted by the weir"
DAY = timedelta(days=1)


@pytest.fixture
async def office(database: Database) -> Office:
    """A scheme as D's: the office by the settings, a director, a chair, a president; a mentee and a mentor."""
    made = Office(database, load("asme"))
    for user in ("UADMIN", "USECOND", "UDIRECTOR", "UCHAIR", "UPRESIDENT", "UMENTEE", "UMENTOR"):
        await made.meet(user)
    for user in ("UMENTEE", "UMENTOR"):
        await made.click(user, "join", "mentee", {})
    for user, key in (("UDIRECTOR", "director"), ("UCHAIR", "chair"), ("UPRESIDENT", "president")):
        await made.click("UADMIN", "appoint", key, {"person": user})
    return made


async def raised(office: Office, about: str = "", by: str = "UMENTEE", **more: Any) -> Reply:
    return await office.click(by, "raise_concern", "", {"text": TEXT, "person": about, **more})


def last(office: Office) -> Concern:
    every = office.dispatcher.database.read_now(
        lambda db: concerns.in_states(db, office.scheme.key, "waiting", "in_contact", "closed")
    )
    return max(every, key=lambda each: each.id)


def told(database: Database, kind: str) -> list[str]:
    heard = f"""SELECT people."user" FROM outbox JOIN people ON people.id = outbox.person
        WHERE kind = 'concern_{kind}' AND edits IS NULL ORDER BY outbox.number"""
    return [str(user) for (user,) in rows(database, heard)]


def said(reply: Reply) -> str:
    assert isinstance(reply, Notice | Form), reply
    return (
        f"{reply.text if isinstance(reply, Notice) else ''}\n{plain(p for p in reply.parts if not hasattr(p, 'key'))}"
    )


async def message(office: Office, kind: str, user: str) -> Message:
    """The last message of that kind to that person, as it is drawn now."""
    person = (await office.person(user)).id
    which = "SELECT id FROM outbox WHERE kind = :kind AND person = :person AND edits IS NULL ORDER BY number DESC"
    (found, *_) = rows(
        office.dispatcher.database, which.replace(":kind", f"'concern_{kind}'").replace(":person", f"'{person}'")
    )
    letter = office.dispatcher.database.read_now(lambda db: outbox.letter(db, str(found[0])))
    assert letter is not None
    schemes = Schemes((office.scheme,))
    drawn = office.dispatcher.database.read_now(lambda db: render.draw(db, schemes, letter, office.now))
    assert drawn is not None
    assert isinstance(drawn.content, Message)
    return drawn.content


async def refused(office: Office, user: str) -> bool:
    """Whether that person is told that there is no such thing, sees none on Home, in no list and no count."""
    opened = await office.click(user, "open_concern", last(office).id)
    listed = [await office.click(user, "open_concerns", f"{shown}:0") for shown in ("open", "closed")]
    home = office.dispatcher.database.read_now(
        lambda db: render.home_of(db, Schemes((office.scheme,)), _person(db, user), office.now)
    )[0]
    shown = last(office).reference in f"{listed}{home}"
    return isinstance(opened, Notice) and "no longer there" in opened.text and not shown


def _person(db: Connection, user: str) -> Person:
    found = people.find(db, "slack", "T1", user)
    assert found is not None
    return found


@pytest.mark.covers("A31", "D16")
async def test_the_form_says_who_reads_it_and_by_when_before_anything_is_typed(office: Office) -> None:
    form = await office.click("UMENTEE", "open_raise_concern", "")
    assert isinstance(form, Form)
    text = said(form)
    assert "It is read by the Director responsible for mentoring (Udirector) alone." in text
    assert "If it is about them, it goes to the Chair (Uchair), then the President (Upresident)" in text
    assert "They make contact with you within 7 days" in text
    assert "Not for an emergency" in text
    assert office.scheme.contact in text


@pytest.mark.covers("A31", "D16")
async def test_a_concern_goes_to_the_director_and_is_acknowledged_at_once(office: Office, database: Database) -> None:
    reply = await raised(office, "UMENTOR")
    assert "It is with Udirector (Director responsible for mentoring), who makes contact with you by" in said(reply)
    assert last(office).reference in said(reply)
    assert told(database, "raised") == ["UDIRECTOR"]
    assert told(database, "received") == ["UMENTEE"]
    card = await message(office, "raised", "UDIRECTOR")
    assert [button.label for button in pressed(card.parts)] == ["View", "I have made contact", "I am away"]
    for hidden in (TEXT, "Umentor", "Umentee"):
        assert hidden not in card.text, "whoever looks over a shoulder reads nothing"
    view = said(await office.click("UDIRECTOR", "open_concern", last(office).id))
    for shown in (TEXT, "Umentor", "Umentee"):
        assert shown in view
    for other in ("UADMIN", "UCHAIR", "UPRESIDENT", "UMENTOR"):
        assert await refused(office, other), other


@pytest.mark.covers("D16")
async def test_about_the_director_it_goes_to_the_chair_and_about_both_to_the_president(
    office: Office, database: Database
) -> None:
    await raised(office, "UDIRECTOR")
    assert told(database, "raised") == ["UCHAIR"]
    assert await refused(office, "UDIRECTOR")
    await office.click("UADMIN", "appoint", "director", {"person": "UCHAIR"})
    await raised(office, "UCHAIR", by="UDIRECTOR")
    assert told(database, "raised") == ["UCHAIR", "UPRESIDENT"], "by one director about the other"
    assert await refused(office, "UCHAIR")


@pytest.mark.covers("A31")
async def test_who_comes_to_an_office_later_never_sees_what_is_about_them_or_by_them(
    office: Office, database: Database
) -> None:
    await raised(office, "UMENTOR")
    await office.click("UADMIN", "appoint", "director", {"person": "UMENTOR"})
    await office.click("UADMIN", "appoint", "director", {"person": "UMENTEE"})
    assert await refused(office, "UMENTOR")
    assert told(database, "raised") == ["UDIRECTOR"]
    not_theirs = await office.click("UMENTEE", "concern_contact", last(office).id, {"on": office.now.date()})
    assert "somebody else to decide" in said(not_theirs)
    director = (await office.person("UDIRECTOR")).id
    await office.click("UADMIN", "dismiss", f"director:{director}")
    assert told(database, "raised") == ["UDIRECTOR", "UCHAIR"], (
        "two hold the office who may not read it: the next has it"
    )
    assert told(database, "handed_on") == ["UMENTEE"]
    assert await refused(office, "UDIRECTOR")
    assert "Uchair (Chair)" in (await message(office, "handed_on", "UMENTEE")).text


@pytest.mark.covers("A31")
async def test_a_new_holder_takes_up_what_the_office_has(office: Office, database: Database) -> None:
    await raised(office, "UMENTOR")
    await office.meet("UNEW")
    await office.click("UADMIN", "appoint", "director", {"person": "UNEW"})
    assert told(database, "raised") == ["UDIRECTOR", "UNEW"]
    assert TEXT in said(await office.click("UNEW", "open_concern", last(office).id))


@pytest.mark.covers("A31", "D16")
async def test_where_only_the_one_concerned_could_read_it_nothing_is_kept_and_the_way_out_is_said(
    database: Database,
) -> None:
    office = Office(database)
    for user in ("UADMIN", "UMENTEE"):
        await office.meet(user)
    await office.click("UMENTEE", "join", "mentee", {"membership_number": "1", "stage": "Something else"})
    reply = await raised(office, "UADMIN")
    assert isinstance(reply, Errors), "what was typed stays"
    assert office.scheme.concerns.beyond is not None
    assert office.scheme.concerns.beyond in reply.fields["about"]
    assert rows(database, "SELECT count(*) FROM concerns") == [(0,)]
    assert rows(database, "SELECT count(*) FROM audit WHERE verb LIKE '%concern%'") == [(0,)]


@pytest.mark.covers("A31", "D16")
async def test_whoever_has_it_is_reminded_then_the_next_has_it_too_and_the_delay_is_told(
    office: Office, database: Database
) -> None:
    await raised(office, "UMENTOR")
    await office.sweep(4 * DAY)
    assert not told(database, "reminder")
    await office.sweep(DAY)
    assert told(database, "reminder") == ["UDIRECTOR"]
    waits = rows(database, "SELECT not_before FROM outbox WHERE kind = 'concern_reminder'")[0][0]
    assert "2026-11-30" in str(waits), "five days on is a Saturday: it waits for Monday morning, which is in time"
    await office.sweep(2 * DAY)
    assert told(database, "raised") == ["UDIRECTOR", "UCHAIR"]
    assert told(database, "overdue") == ["UDIRECTOR"]
    assert told(database, "delayed") == ["UMENTEE"]
    text = (await message(office, "delayed", "UMENTEE")).text
    assert "Udirector (Director responsible for mentoring) and Uchair (Chair), who make contact with you by" in text
    await office.sweep(7 * DAY)
    assert told(database, "raised")[2:] == ["UPRESIDENT"]
    await office.sweep(7 * DAY)
    assert told(database, "raised")[3:] == ["UADMIN", "USECOND"], "at last those who give offices"
    await office.sweep(7 * DAY)
    assert told(database, "delayed") == ["UMENTEE"] * 4
    assert office.scheme.beyond in (await message(office, "delayed", "UMENTEE")).text
    await office.sweep(60 * DAY)
    assert told(database, "delayed") == ["UMENTEE"] * 4, "nobody is told for ever"


@pytest.mark.covers("D16")
async def test_leave_moves_the_day_and_is_told(office: Office, database: Database) -> None:
    await raised(office, "UMENTOR")
    by = last(office).contact_by
    until = office.now.date() + timedelta(days=5)
    await office.click("UDIRECTOR", "concern_away", last(office).id, {"until": until})
    assert by + 4 * DAY < last(office).contact_by <= by + 5 * DAY
    assert told(database, "delayed") == ["UMENTEE"]
    assert "Udirector is away" in (await message(office, "delayed", "UMENTEE")).text
    await office.click("UDIRECTOR", "concern_away", last(office).id, {"until": until + timedelta(days=1)})
    assert told(database, "raised") == ["UDIRECTOR", "UCHAIR"], "it moves once: then the next have it"
    await office.click("UCHAIR", "concern_away", last(office).id, {"until": until})
    assert told(database, "news") == ["UDIRECTOR"], "a colleague is there: nothing moves"
    assert told(database, "delayed") == ["UMENTEE"]
    late = await office.click("UCHAIR", "concern_away", last(office).id, {"until": date(2027, 3, 1)})
    assert isinstance(late, Errors)


@pytest.mark.covers("A31", "D16")
async def test_contact_is_made_told_and_can_be_denied(office: Office, database: Database) -> None:
    await raised(office, "UMENTOR")
    id_ = last(office).id
    early = await office.click("UDIRECTOR", "close_concern", id_, {})
    assert "once contact has been made" in said(early)
    tomorrow = await office.click("UDIRECTOR", "concern_contact", id_, {"on": office.now.date() + DAY})
    assert isinstance(tomorrow, Errors)
    await office.click("UDIRECTOR", "concern_contact", id_, {"on": office.now.date(), "note": "a heron, she says"})
    assert told(database, "contacted") == ["UMENTEE"]
    own = said(await office.click("UMENTEE", "open_concern", id_))
    assert "Udirector says that they made contact" in own
    assert "a heron, she says" not in own
    assert "a heron, she says" in said(await office.click("UDIRECTOR", "open_concern", id_))
    await office.sweep(10 * DAY)
    assert not told(database, "delayed")
    await office.click("UMENTEE", "deny_concern_contact", id_)
    assert told(database, "news") == ["UDIRECTOR"]
    assert last(office).state == "waiting"
    await office.sweep(2 * DAY)
    assert told(database, "delayed") == ["UMENTEE"]


async def test_it_is_closed_with_words_and_opened_again_by_more(office: Office, database: Database) -> None:
    await raised(office, "UMENTOR")
    id_ = last(office).id
    await office.click("UDIRECTOR", "concern_contact", id_, {"on": office.now.date()})
    await office.click("UDIRECTOR", "close_concern", id_, {"reply": "We have spoken.", "note": "never again"})
    text = (await message(office, "closed", "UMENTEE")).text
    assert "We have spoken." in text
    assert "never again" not in text
    listed = await office.click("UDIRECTOR", "open_concerns", "closed:0")
    assert last(office).reference in said(listed)
    await office.click("UMENTEE", "add_to_concern", id_, {"text": "It has happened again."})
    assert last(office).state == "waiting"
    assert last(office).contact_by == office.now + 7 * DAY
    assert told(database, "news") == ["UDIRECTOR"]
    assert "It has happened again." in said(await office.click("UDIRECTOR", "open_concern", id_))


async def test_what_was_said_last_is_taken_back_for_two_minutes(office: Office, database: Database) -> None:
    await raised(office, "UMENTOR")
    id_ = last(office).id
    await office.click("UDIRECTOR", "concern_contact", id_, {"on": office.now.date()})
    card = await message(office, "raised", "UDIRECTOR")
    assert [each.label for each in pressed(card.parts)] == ["View", "Close concern", "Undo"]
    await office.click("UDIRECTOR", "undo_concern", id_)
    assert last(office).state == "waiting"
    assert told(database, "taken_back") == ["UMENTEE"]
    await office.sweep(7 * DAY)
    assert told(database, "delayed") == ["UMENTEE"], "its deadline stands again"
    await office.click("UCHAIR", "concern_contact", id_, {"on": office.now.date()})
    await office.click("UCHAIR", "close_concern", id_, {})
    office.now += timedelta(minutes=2)
    late = await office.click("UCHAIR", "undo_concern", id_)
    assert "two minutes" in said(late)
    assert last(office).state == "closed"


@pytest.mark.covers("A31", "B11")
async def test_nothing_says_whom_it_is_about_but_to_whoever_may_read_it(
    office: Office, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    about = (await office.person("UMENTOR")).id
    begun = len(rows(database, "SELECT id FROM audit"))
    with caplog.at_level("INFO"):
        await raised(office, "UMENTOR", reach="0123 by the weir")
        await office.sweep(8 * DAY)
        await office.click("UDIRECTOR", "concern_contact", last(office).id, {"on": office.now.date(), "note": "heron"})
        await office.click("UDIRECTOR", "close_concern", last(office).id, {"reply": "heron", "note": "heron"})
    noted = sorted(rows(database, "SELECT id, verb, about, person FROM audit"))[begun:]
    assert {row[2] for row in noted} == {last(office).id}
    kept = [rows(database, f"SELECT * FROM {table}") for table in ("concerns", "concern_entries")]
    sent = rows(database, "SELECT * FROM outbox WHERE kind LIKE 'concern%'")
    assert sent
    for said_ in (repr(kept), repr(sent), repr(noted), repr(rows(database, "SELECT * FROM deadlines"))):
        for hidden in (about, TEXT, "heron", "weir", "director"):
            assert hidden not in said_
    for hidden in (about, TEXT, "UMENTOR", "UMENTEE", "heron"):
        assert hidden not in caplog.text


@pytest.mark.covers("A31")
async def test_one_person_in_two_places_never_reads_what_is_about_them_in_either(
    office: Office, database: Database
) -> None:
    """The director is picked where they are known besides; their address tells that it is them."""
    elsewhere = await office.introduce("29:director", "Udirector", "udirector@example.org", "Europe/London")
    assert elsewhere.id != (await office.person("UDIRECTOR")).id
    await raised(office, "29:director")
    assert told(database, "raised") == ["UCHAIR"]
    assert await refused(office, "UDIRECTOR")


async def test_somebody_without_a_part_is_told_whom_to_write_to(office: Office, database: Database) -> None:
    await office.meet("USTRANGER")
    reply = await raised(office, "UMENTOR", by="USTRANGER")
    assert office.scheme.contact in str(reply)
    assert rows(database, "SELECT count(*) FROM concerns") == [(0,)]


async def test_whoever_has_left_can_still_raise_one(office: Office, database: Database) -> None:
    await office.click("UMENTEE", "leave", "mentee")
    assert "It is with Udirector" in said(await raised(office, "UMENTOR"))
    home = office.dispatcher.database.read_now(
        lambda db: render.home_of(db, Schemes((office.scheme,)), _person(db, "UMENTEE"), office.now)
    )[0]
    assert "Raise a concern" in [each.label for each in pressed(home.parts)]


async def test_an_office_taken_by_the_settings_leaves_no_concern_behind(office: Office, database: Database) -> None:
    await raised(office, "UMENTOR")
    director, key = (await office.person("UDIRECTOR")).id, office.scheme.key
    await database.write(lambda db: offices.dismiss(db, key, director, "director", "chat"))
    await tidy(office.dispatcher)
    await tidy(office.dispatcher)
    assert told(database, "raised") == ["UDIRECTOR", "UCHAIR"]
    assert told(database, "handed_on") == ["UMENTEE"]
    for each in await database.read(lambda db: offices.all_held(db, key)):
        await database.write(partial(_dismiss, key=key, held=each))
    await tidy(office.dispatcher)
    text = (await message(office, "handed_on", "UMENTEE")).text
    assert "in nobody’s hands" in text
    assert office.scheme.beyond in text
    await database.write(lambda db: offices.appoint(db, key, director, "chair", office.now))
    await office.dispatcher.by_clock(key, look_after)
    assert TEXT in said(await office.click("UDIRECTOR", "open_concern", last(office).id))


async def test_whoever_is_not_here_any_more_leaves_no_concern_behind(office: Office, database: Database) -> None:
    await raised(office, "UMENTOR")
    director, key = await office.person("UDIRECTOR"), office.scheme.key
    await database.write(lambda db: going.lost(db, (key,), director, "deactivated", office.now))
    await office.sweep(timedelta(minutes=1))
    assert told(database, "raised") == ["UDIRECTOR", "UCHAIR"]
    assert told(database, "handed_on") == ["UMENTEE"]


def _dismiss(db: Connection, key: str, held: Holding) -> None:
    offices.dismiss(db, key, held.person, held.office, held.source)


async def test_typed_words_and_the_command_lead_to_it(office: Office) -> None:
    assert isinstance(await office.click("UMENTEE", "command", "concern"), Form)
    for words in ("concern", "I want to make a complaint", "report a concern"):
        reply = await office.click("UMENTEE", "hello", words)
        assert isinstance(reply, Notice)
        assert "open_raise_concern" in [each.verb for each in pressed(reply.parts)], words
    assert "There is no open concern" in said(await office.click("UDIRECTOR", "admin_command", "concerns"))
