"""Where the office steps in for somebody: all of a person in one place, and what is done from there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogs.parts import Button, Buttons, Errors, Form, Notice
from bot.dialogs.plain import plain
from bot.storage import pairs, requests
from bot.storage.database import Database
from tests.actions.population import PDF, Population, person, settle
from tests.actions.test_endings import read
from tests.dialogs.every_word import pressed
from tests.support.databases import rows


@pytest.fixture
async def population(database: Database) -> Population:
    return await settle(database)


def text(said: object) -> str:
    assert isinstance(said, Notice | Form), said
    return f"{said.text if isinstance(said, Notice) else said.title}\n" + plain(
        [part for part in said.parts if not hasattr(part, "key")]
    )


def buttons(said: object) -> dict[str, Button]:
    assert isinstance(said, Notice | Form)
    return {
        button.spoken: button for part in said.parts if isinstance(part, Buttons) for button in part.buttons
    }  # fmt: skip


def told(database: Database, kind: str) -> list[str]:
    put = rows(database, f"SELECT person FROM outbox WHERE kind = '{kind}' AND edits IS NULL")
    return sorted(str(who) for (who,) in put)


async def test_a_card_has_all_of_somebody_and_nothing_of_what_two_keep_to_themselves(population: Population) -> None:
    office, ids = population.office, population.ids
    card = text(await office.click("UADMIN", "open_person", await person(population, "UMENTEE")))
    for there in (
        "Umentee", "umentee@example.org", "As mentee", "Request", "1. Uasked: is being asked", "2. Uother: to be asked",
        "Connections", "0 of 4 sessions completed", "Admitted by Uadmin",
    ):  # fmt: skip
        assert there in card, there
    for kept in (PDF.name, "agreed to", "Video call"):
        assert kept not in card
    pressed = buttons(await office.click("UADMIN", "open_person", ids["UASKED"]))
    assert {"Pause Uasked as mentor", "View answers of Uasked as mentor", "Record training of Uasked"} <= set(pressed)
    assert any(spoken.startswith("Extend") for spoken in pressed)
    assert any(spoken.startswith("Replace mentor") for spoken in pressed)


async def test_the_card_opens_from_a_request_for_whoever_may_read_it(population: Population) -> None:
    office, ids = population.office, population.ids
    seen = buttons(await office.click("UADMIN", "open_request_view", ids["request UWAITING"]))
    press = seen["View mentee Uwaiting"]
    assert "uwaiting@example.org" in text(await office.click("UADMIN", press.verb, press.subject))
    own = buttons(await office.click("USECOND", "open_request_view", ids["request USECOND"]))
    assert not any(spoken.startswith("View mentee") for spoken in own)


async def test_a_mentor_is_paused_for_them_with_words_and_what_waits_goes_on(
    database: Database, population: Population
) -> None:
    office, ids = population.office, population.ids
    form = await office.click("UADMIN", "open_pause_member", ids["member UASKED"])
    assert "Nobody asks Uasked until that day" in text(form)
    until = (office.now + timedelta(days=20)).date()
    values = {"until": until, "waiting": "Ask somebody else", "reply": "Get well soon."}
    said = await office.click("UADMIN", "pause_member", ids["member UASKED"], values)
    assert "Uasked is paused until" in text(said)
    assert told(database, "paused_by_office") == [ids["UASKED"]]
    states = {str(id_): state for id_, state in rows(database, "SELECT id, state FROM invitations")}
    assert (states[ids["open"]], states[ids["queued"]]) == ("unavailable", "open")
    message = database.read_now(lambda db: rendered(db, population, "paused_by_office", ids["member UASKED"], "UASKED"))
    assert "Get well soon." in message
    assert "paused" in text(await office.click("UADMIN", "admin_command", "members paused mentor")).casefold()
    await office.click("USECOND", "resume_member", ids["member UASKED"])
    assert told(database, "resumed_by_office") == [ids["UASKED"]]
    assert "No member found" in text(await office.click("UADMIN", "admin_command", "members paused mentor"))


def rendered(db: object, population: Population, kind: str, about: str, user: str) -> str:
    from bot.lifecycle.vocabulary import Kind
    from bot.screens.notices import NOTICES

    said = NOTICES[Kind(kind)]
    office = population.office
    view = said.view(db, office.scheme, about, population.ids[user], office.now)  # type: ignore[arg-type]
    message = said.words(view)
    assert message is not None
    return message.text


async def test_a_request_is_passed_on_from_a_silent_mentor_who_hears_it_kindly(
    database: Database, population: Population
) -> None:
    office, ids = population.office, population.ids
    card = buttons(await office.click("UADMIN", "open_person", await person(population, "UMENTEE")))
    press = card["Pass on from Uasked"]
    form = await office.click("UADMIN", press.verb, press.subject)
    assert "The next on the list is asked at once" in text(form)
    said = await office.click("UADMIN", "pass_on_request", ids["open"], {"reason": "No answer for a week."})
    assert "Uother is being asked" in text(said)
    assert told(database, "passed_on") == [ids["UASKED"]]
    assert "No answer for a week" not in str(rows(database, "SELECT * FROM invitations")), "kept encrypted"
    again = await office.click("USECOND", "pass_on_request", ids["open"], {"reason": ""})
    assert isinstance(again, Notice | Errors)
    assert told(database, "passed_on") == [ids["UASKED"]], "once"


async def test_an_end_is_moved_within_what_the_scheme_gives_or_with_words_for_both(
    database: Database, population: Population
) -> None:
    office, ids = population.office, population.ids
    before = database.read_now(lambda db: pairs.get(db, office.scheme.key, ids["agreed"]))
    assert before.ends_at is not None
    too_soon = {"until": before.ends_at.date() - timedelta(days=1), "reply": "Sooner."}
    assert isinstance(await office.click("UADMIN", "extend", ids["agreed"], too_soon), Errors)
    later = {"until": before.ends_at.date() + timedelta(days=600), "reply": ""}
    unsaid = await office.click("UADMIN", "extend", ids["agreed"], later)
    assert isinstance(unsaid, Errors)
    assert "a few words on why" in str(unsaid.fields)
    said = await office.click("UADMIN", "extend", ids["agreed"], {**later, "reply": "To finish the audit."})
    assert "go on until" in text(said)
    assert len(told(database, "extended")) == 2
    after = database.read_now(lambda db: pairs.get(db, office.scheme.key, ids["agreed"]))
    assert after.ends_at == before.ends_at + timedelta(days=600)
    due = rows(database, f"SELECT due_at FROM deadlines WHERE kind = 'connection_over' AND about = '{ids['agreed']}'")
    assert str(due[0][0])[:10] == str(after.ends_at)[:10]


async def test_a_slip_in_the_end_is_taken_back_for_two_minutes(database: Database, population: Population) -> None:
    office, ids = population.office, population.ids
    before = database.read_now(lambda db: pairs.get(db, office.scheme.key, ids["agreed"]))
    assert before.ends_at is not None
    later = {"until": before.ends_at.date() + timedelta(days=600), "reply": "To finish the audit."}
    undo = buttons(await office.click("UADMIN", "extend", ids["agreed"], later))
    press = next(button for spoken, button in undo.items() if spoken.startswith("Undo"))
    assert "as before; both have been told that it was a slip" in text(
        await office.click("USECOND", press.verb, press.subject)
    )
    after = database.read_now(lambda db: pairs.get(db, office.scheme.key, ids["agreed"]))
    assert after == replace(before, version=before.version + 2)
    assert len(told(database, "extension_taken_back")) == 2
    due = rows(database, f"SELECT due_at FROM deadlines WHERE kind = 'connection_over' AND about = '{ids['agreed']}'")
    assert str(due[0][0])[:16] == str(before.ends_at)[:16]
    said = database.read_now(lambda db: rendered(db, population, "extension_taken_back", ids["agreed"], "UASKED"))
    assert "it was sent by mistake. Your mentoring with Umentee goes on until" in said
    assert "two minutes, and those are over" in str(await office.click("UADMIN", press.verb, press.subject))


async def test_an_end_is_not_taken_back_once_something_has_come_of_it_or_late(population: Population) -> None:
    office, ids = population.office, population.ids
    later = {"until": (office.now + timedelta(days=900)).date(), "reply": "To finish the audit."}
    await office.click("UADMIN", "extend", ids["agreed"], later)
    undo = f"pair:{ids['agreed']}"
    assert "somebody else to decide" in str(await office.click("UASKED", "undo", undo))
    await office.click("UMENTEE", "schedule", ids["session"], {"day": (office.now + timedelta(days=9)).date()})
    await office.sweep(timedelta(minutes=2))
    assert "those are over" in str(await office.click("UADMIN", "undo", undo))


async def test_a_mentor_is_replaced_in_one_act(database: Database, population: Population) -> None:
    office, ids = population.office, population.ids
    listed = await office.click("UADMIN", "open_replace_mentor", ids["alone"])
    chosen = buttons(listed)["Choose Uasked as the new mentor"]
    asks_first = await office.click("UADMIN", chosen.verb, chosen.subject)
    assert isinstance(asks_first, Form)
    assert asks_first.submit == "Replace mentor"
    values = {"reply": "Thank you both.", "reason": "He has moved away."}
    said = await office.click("UADMIN", asks_first.verb, asks_first.subject, values)
    assert "All three have been told" in text(said) or "all three have been told" in text(said)
    member, other = await person(population, "UMEMBER"), ids["UOTHER"]
    assert told(database, "connection_ended") == sorted([member, other])
    assert ids["UASKED"] in told(database, "invitation")
    ended = database.read_now(lambda db: pairs.get(db, office.scheme.key, ids["alone"]))
    assert (ended.state, ended.end, ended.reason) == ("ended", "office", "He has moved away.")
    asked = database.read_now(lambda db: requests.open_of(db, office.scheme.key, member))
    assert asked is not None
    assert (asked.state, [each.mentor for each in asked.open_invitations]) == ("asking", [ids["UASKED"]])
    twice = await office.click("USECOND", asks_first.verb, asks_first.subject, values)
    assert told(database, "connection_ended") == sorted([member, other]), twice
    heard = read(database, population, "connection_ended", ids["alone"], member)
    assert "Your next request is under way" in heard.text
    assert [button.label for button in pressed(heard.parts)] == ["View"], "there is nothing to be asked for"
    invitation = asked.open_invitations[0].id
    await office.click("UASKED", "accept", invitation)
    began = database.read_now(lambda db: pairs.of(db, office.scheme.key, member))
    assert [(each.mentor, each.agreed) for each in began] == [(ids["UASKED"], False)], (
        "the agreement is put to them anew"
    )
    assert "another mentor" not in read(database, population, "connection_ended", ids["alone"], member).text


async def test_a_mentee_who_asks_already_is_not_given_two(population: Population) -> None:
    said = await population.office.click("UADMIN", "open_replace_mentor", population.ids["agreed"])
    assert "under way already" in text(said)
