"""Slips: a decline can be taken back for two minutes, and until then nobody hears of it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.actions.deadlines import sweep
from bot.dialogs.parts import Buttons, Form, Notice
from bot.dialogs.plain import plain
from bot.lifecycle.request import Invitation
from bot.lifecycle.undoing import FOR
from bot.storage.database import Database
from tests.actions.test_offers import OFFERS, offered, page, seeker
from tests.actions.test_routes import kinds, office
from tests.support.databases import rows
from tests.support.dispatchers import PROFILE, Office

ASKING: dict[str, Any] = {"steps": ("choose", "ask")}
MOMENT = FOR - timedelta(seconds=1)


async def asked(database: Database, *mentors: str, **route: Any) -> Office:
    """Ada has asked these mentors, in this order."""
    made = await office(database, mentors, **{**ASKING, **route})
    order = [(await made.person(user)).id for user in mentors]
    await made.click("UADA", "send", (await made.request("UADA")).id, carried={"order": ",".join(order)})
    return made


async def states(made: Office) -> list[str]:
    return [each.state for each in (await made.request("UADA")).invitations]


async def decline(made: Office, user: str = "UBEA", reason: str = "Too busy") -> Invitation:
    """That mentor says no, and reads what can be done about it."""
    id_ = await _id(made, user)
    reply = await made.click(user, "decline", id_, {"reason": reason}, shows_itself=False)
    assert isinstance(reply, Notice)
    assert _labels(reply) == ["Undo"]
    return (await made.request("UADA")).invitation(id_)


async def undo(made: Office, user: str = "UBEA") -> Any:
    return await made.click(user, "undo", f"invitation:{await _id(made, user)}", shows_itself=False)


async def _id(made: Office, user: str) -> str:
    person = (await made.person(user)).id
    return next(each.id for each in (await made.request("UADA")).invitations if each.mentor == person)


def _labels(reply: Notice | Form) -> list[str]:
    return [each.label for part in reply.parts if isinstance(part, Buttons) for each in part.buttons]


def due(database: Database) -> list[str]:
    return [
        str(kind)
        for (kind,) in rows(database, "SELECT kind FROM deadlines WHERE kind NOT LIKE 'training%' ORDER BY kind")
    ]


@pytest.mark.covers("L4")
async def test_a_decline_taken_back_leaves_no_trace(database: Database) -> None:
    made = await asked(database, "UBEA", "UCYD")
    before, falls_due = (await made.request("UADA")).invitations, due(database)
    made.now += timedelta(hours=1)
    await decline(made)
    assert due(database) == ["decline_stands"]
    await made.sweep(MOMENT)
    assert await states(made) == ["declined", "queued"]
    assert "Ubea has been asked" in plain((await page(made, "UADA")).parts), "the mentee sees nothing of it"
    view = await made.click("UADA", "open_request_view", (await made.request("UADA")).id)
    assert isinstance(view, Form)
    assert "being asked" in plain(view.parts)  # type: ignore[arg-type]
    assert "Uada asks you" not in plain((await page(made, "UBEA")).parts)
    reply = await undo(made)
    assert isinstance(reply, Notice)
    assert (reply.title, _labels(reply)) == ("Taken back", ["View", "Accept", "Decline"])
    assert (await made.request("UADA")).invitations == before
    assert due(database) == falls_due
    assert "Uada asks you" in plain((await page(made, "UBEA")).parts)
    assert not {"now_asking", "choose_again"} & kinds(database)
    await made.sweep(FOR)
    assert await states(made) == ["open", "queued"], "what was taken back does not come into force"
    await made.click("UBEA", "accept", await _id(made, "UBEA"))
    assert await states(made) == ["accepted", "not_needed"]


async def test_after_two_minutes_the_next_is_asked_and_it_stays(database: Database) -> None:
    made = await asked(database, "UBEA", "UCYD")
    await decline(made)
    made.now += FOR
    late = await undo(made)
    assert isinstance(late, Notice)
    assert "those are over" in late.text, "also before the clock has done its part"
    while await sweep(made.dispatcher):
        pass
    assert await states(made) == ["declined", "open"]
    assert (await made.request("UADA")).invitations[0].reason == "Too busy"
    assert "those are over" in (await undo(made)).text
    assert "now_asking" in kinds(database)
    assert due(database) == ["invitation_lapses", "invitation_unanswered"]


async def test_a_reminder_that_has_come_does_not_come_again(database: Database) -> None:
    made = await asked(database, "UBEA")
    await made.sweep(timedelta(days=4))
    assert "reminders" in kinds(database)
    await decline(made)
    await undo(made)
    assert due(database) == ["invitation_lapses"]


async def test_nobody_takes_back_what_would_be_too_late_to_answer(database: Database) -> None:
    made = await asked(database, "UBEA", "UCYD")
    made.now += timedelta(days=5, minutes=-1)
    await decline(made)
    made.now += timedelta(minutes=1)
    assert "those are over" in (await undo(made)).text
    await made.sweep(timedelta(minutes=1))
    assert await states(made) == ["declined", "open"], "they had answered in time: the next is asked"


async def test_where_the_place_has_gone_meanwhile_it_stays(database: Database) -> None:
    made = await asked(database, "UBEA", "UCYD")
    await seeker(made, "UEVE")
    await made.click("UBEA", "profile", "mentor", {**PROFILE, "mentees_at_most": 1})
    await decline(made)
    bea = (await made.person("UBEA")).id
    await made.click("UEVE", "send", (await made.request("UEVE")).id, carried={"order": bea})
    assert (await made.request("UEVE")).state == "asking"
    assert "Something has come of this decision" in (await undo(made)).text
    assert await states(made) == ["declined", "queued"]


@pytest.mark.parametrize("then", ["withdraw", "leave"])
async def test_whoever_withdraws_meanwhile_leaves_nothing_open(database: Database, then: str) -> None:
    made = await asked(database, "UBEA", "UCYD")
    await decline(made)
    subject = (await made.request("UADA")).id if then == "withdraw" else "mentee"
    await made.click("UADA", then, subject)
    assert await states(made) == ["declined", "not_needed"]
    assert due(database) == []
    assert "those are over" in (await undo(made)).text
    assert "invitation_withdrawn" not in kinds(database), "who has declined needs not hear that nothing is needed"


async def test_silence_of_another_does_not_end_what_may_be_a_slip(database: Database) -> None:
    made = await asked(database, "UBEA", "UCYD", at_once=2, on_silence="end")
    made.now += timedelta(days=5, minutes=-1)
    await decline(made)
    await made.sweep(timedelta(minutes=1))
    assert ((await made.request("UADA")).state, await states(made)) == ("asking", ["declined", "expired"])
    await made.sweep(timedelta(minutes=1))
    assert (await made.request("UADA")).state == "choosing"
    assert "choose_again" in kinds(database)


async def test_a_declined_offer_can_be_taken_back_too(database: Database) -> None:
    made = await office(database, ("UBEA",), **OFFERS)
    offer = await offered(made, "UBEA")
    await made.click("UADA", "decline", offer.id, {"reason": ""})
    assert "offer_declined" not in kinds(database)
    reply = await made.click("UADA", "undo", f"invitation:{offer.id}", shows_itself=False)
    assert isinstance(reply, Notice)
    assert _labels(reply) == ["View", "Accept offer", "Decline"]
    assert (await made.request("UADA")).invitation(offer.id) == offer
    await made.click("UADA", "decline", offer.id, {"reason": ""})
    await made.click("UADA", "withdraw", (await made.request("UADA")).id)
    assert "invitation_withdrawn" in kinds(database), "who offered has heard nothing yet, and does now"
    await made.sweep(FOR)
    assert "offer_declined" not in kinds(database)


async def test_the_card_loses_its_undo_and_counts_the_days_again(database: Database) -> None:
    made = await asked(database, "UBEA", "UCYD")
    sent = "UPDATE outbox SET sent_at = made_at, ref_channel = 'D1', ref_message = '1' WHERE kind = 'invitation'"
    database.write_now(lambda db: db.exec_driver_sql(f"{sent} AND edits IS NULL"))
    booked = "SELECT count(*) FROM outbox WHERE kind = 'invitation' AND edits IS NOT NULL AND sent_at IS NULL"
    later = f"{booked} AND not_before > made_at"
    assert rows(database, later) == [(4,)], "a day less, four times"
    await decline(made)
    assert rows(database, later) == [(0,)], "there is nothing to count any more"
    await undo(made)
    assert rows(database, later) == [(4,)]
    await decline(made)
    await made.sweep(FOR)
    assert rows(database, f"{booked} AND slot IS NOT NULL") == [(1,)], "drawn anew, without Undo"
