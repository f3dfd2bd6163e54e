"""Rounds: run, looked at, changed, run again and published; what no longer holds is left out, and each hears once."""

import asyncio
from datetime import time, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.actions import round_steps
from bot.dialogs.parts import Button, Buttons, Errors, Form, Message, Notice
from bot.dialogs.plain import plain
from bot.lifecycle.vocabulary import Kind
from bot.schemes.loading import load
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.screens.exports import the_table
from bot.screens.notices import NOTICES
from bot.storage import people, rounds
from bot.storage.database import Database
from tests.support.databases import rows
from tests.support.dispatchers import PREFERENCES, REQUEST, Office
from tests.support.schemes import with_power, with_role, with_route

REFERENCE = with_role(
    with_power(load("british_cardiovascular_society"), "match"), "mentee", gates=("application", "preferences")
)
CONNECTS, ASKS = (with_route(REFERENCE, steps=steps, approval_holds=None) for steps in (("assign",), ("assign", "ask")))
LEADERSHIP, WELLBEING = {"topics": ("Leadership",), "foremost": ()}, {"topics": ("Wellbeing",), "foremost": ()}


async def office(database: Database, scheme: Scheme = CONNECTS, **mentors: dict[str, Any]) -> Office:
    """An office with these mentors, who take one mentee each unless said otherwise."""
    made = Office(database, scheme)
    for officer in ("UADMIN", "USECOND"):
        await made.meet(officer)
    for name, profile in mentors.items():
        await made.mentor(name, **{"mentees_at_most": 1, **profile})
    return made


async def asks(made: Office, *mentees: str, **request: Any) -> None:
    for mentee in mentees:
        await made.admitted(mentee, "mentee")
        await made.click(mentee, "preferences", "mentee", PREFERENCES)
        await made.click(mentee, "request", "", {**REQUEST, **request})


async def run(made: Office, subject: str = "", by: str = "UADMIN") -> str:
    """Run a round until it is ready; its id."""
    said = await made.click(by, "run_round", subject, shows_itself=False)
    assert isinstance(said, Notice), said
    await round_steps.go_on(made.dispatcher)
    found = await made.dispatcher.database.read(lambda db: rounds.open_of(db, made.scheme.key))
    assert found is not None, said
    return found.id


async def publish(made: Office, round_: str, by: str = "UADMIN", **values: Any) -> None:
    form = await made.click(by, "open_publish_round", round_)
    assert isinstance(form, Form), form
    said = await made.click(by, form.verb, form.subject, {"day": None, "time": None, "place": "", **values})
    assert isinstance(said, Notice), said
    assert said.title == "Being published", said
    await round_steps.go_on(made.dispatcher)


def text(said: object) -> str:
    if isinstance(said, Message):
        return said.text
    assert isinstance(said, Notice | Form), said
    return f"{said.text if isinstance(said, Notice) else said.title}\n" + plain(
        [part for part in said.parts if not hasattr(part, "key")]
    )


def pressed(said: object) -> list[Button]:
    assert isinstance(said, Notice | Form | Message)
    return [button for part in said.parts if isinstance(part, Buttons) for button in part.buttons]


async def shown(made: Office, subject: str = "", by: str = "UADMIN") -> str:
    return text(await made.click(by, "open_round", subject))


async def told(made: Office, kind: Kind, round_: str, user: str = "UADMIN") -> str:
    """The message of that kind as it would be drawn now."""
    reader = (await made.person(user)).id

    def draw(db: Connection) -> str:
        said = NOTICES[kind]
        message = said.words(said.view(db, made.scheme, round_, reader, made.now))
        return message.text if message else ""

    return await made.dispatcher.database.read(draw)


def heard(database: Database, kind: str) -> list[str]:
    """Who was told, by name."""
    found = rows(
        database,
        "SELECT people.name FROM outbox JOIN people ON people.id = outbox.person "
        f"WHERE kind = '{kind}' AND edits IS NULL ORDER BY people.name",
    )
    return [str(name) for (name,) in found]


def pairs(database: Database) -> list[tuple[object, ...]]:
    return rows(
        database,
        "SELECT a.name, b.name FROM connections JOIN people a ON a.id = mentee JOIN people b ON b.id = mentor "
        "ORDER BY a.name",
    )


@pytest.mark.covers("C8")
async def test_a_round_from_the_command_to_the_message(database: Database) -> None:
    made = await office(database, UBEA={"expertise:Leadership": "5 – very much"}, UCYD={"mentees_at_most": 1})
    await asks(made, "UADA", "UEVE", "UFAY", topics=("Leadership",), foremost=())
    preview = await made.click("UADMIN", "admin_command", "round")
    assert "3 requests wait for a mentor. 2 mentors can be asked, with 2 places between them." in text(preview)
    assert [each.label for each in pressed(preview)] == ["Run round"]
    round_ = await run(made)
    assert heard(database, "round_ready") == ["Uadmin"]
    assert "The round is ready." in await told(made, Kind.ROUND_READY, round_)
    table = await made.click("UADMIN", "open_round", "")
    assert "2 of 3 are placed with 2 mentors, and suit by" in text(table)
    assert "Nobody has heard of it yet." in text(table)
    assert {"Publish", "Run round", "Drop round", "As a file", "Pin", "Keep apart"} <= {b.label for b in pressed(table)}
    assert "has no place left in this round" in await shown(made, f"{round_}:unplaced:0")
    assert pairs(database) == [], "nothing holds before it is published"
    form = await made.click("UADMIN", "open_publish_round", round_)
    assert "4 people hear of it now." in text(form)
    await publish(made, round_)
    assert len(pairs(database)) == 2
    assert heard(database, "connected") == ["Ubea", "Ucyd"]
    assert len(heard(database, "accepted")) == 2
    assert len(heard(database, "nobody_yet")) == 1
    assert len(heard(database, "round_published")) == 2, "whoever matches"
    said = await told(made, Kind.ROUND_PUBLISHED, round_, "USECOND")
    assert "A round has been published. 2 connected, 1 without a mentor." in said
    again = await run(made)
    await made.click("UADMIN", "drop_round", again)
    assert len(heard(database, "nobody_yet")) == 1, "once"
    acts = [verb for (verb,) in rows(database, "SELECT verb FROM audit WHERE verb LIKE '%round%' ORDER BY id")]
    assert acts == ["run_round", "publish_round", "run_round", "drop_round"]


@pytest.mark.covers("C8")
async def test_where_mentors_are_asked_the_round_asks_them(database: Database) -> None:
    made = await office(database, ASKS, UBEA={})
    await asks(made, "UADA")
    round_ = await run(made)
    assert "1 person hears of it now." in text(await made.click("UADMIN", "open_publish_round", round_))
    await publish(made, round_)
    assert pairs(database) == []
    assert heard(database, "invitation") == ["Ubea"]
    assert "1 being asked" in await told(made, Kind.ROUND_PUBLISHED, round_)
    request = await made.request("UADA")
    await made.click("UBEA", "accept", request.invitations[0].id)
    assert pairs(database) == [("Uada", "Ubea")]


@pytest.mark.covers("C8", "C10")
async def test_what_no_longer_holds_is_left_out_and_named(database: Database) -> None:
    budget = CONNECTS.capacity.model_copy(update={"budget": 5})
    made = await office(
        database, CONNECTS.model_copy(update={"capacity": budget}),
        **{f"UM{n}": {"mentees_at_most": 1} for n in range(6)},
    )  # fmt: skip
    await asks(made, *(f"UE{n}" for n in range(6)))
    round_ = await run(made)
    assert "They take 5 of the 5 places that the scheme can still pay for." in await shown(made)
    assert "can pay for no more" in await shown(made, f"{round_}:unplaced:0")
    placed = await made.dispatcher.database.read(lambda db: rounds.between(db, round_, 1, 5))
    names = {each.id: each for each in await _people(made, placed)}
    users = [(names[each.mentee].user, names[each.mentor or ""].user) for each in placed]
    (gone, _), (_, paused), (apart, from_), *stays = users
    await made.click(gone, "withdraw", (await made.request(gone)).id)
    await made.click(paused, "pause", "mentor", {"until": made.now.date() + timedelta(days=20)})
    await made.click("USECOND", "keep_apart", (await made.person(apart)).id, {"person": from_, "reason": ""})
    assert "Kept apart by now; it counts once the round is run again." in await shown(made)
    await publish(made, round_)
    assert len(pairs(database)) == len(stays) == 2
    said = await told(made, Kind.ROUND_PUBLISHED, round_)
    assert "2 connected, 3 left out, 1 without a mentor." in said
    assert "the request waits no longer." in said
    assert "the mentor cannot be asked now." in said
    assert "they are kept apart now." in said


async def _people(made: Office, found: Any) -> list[Any]:
    ids = {person for each in found for person in (each.mentee, each.mentor)}
    return list((await made.dispatcher.database.read(lambda db: people.many(db, ids))).values())


@pytest.mark.covers("C8")
async def test_pins_places_and_people_kept_apart_count_when_it_is_run_again(database: Database) -> None:
    made = await office(database, UBEA={"mentees_at_most": 3}, UCYD={"expertise:Leadership": "1 – a little"})
    await asks(made, "UADA", "UEVE", topics=("Leadership",), foremost=())
    round_ = await run(made)
    bea, cyd, ada, eve = [(await made.person(user)).id for user in ("UBEA", "UCYD", "UADA", "UEVE")]

    def placed() -> dict[str, str | None]:
        return {each.mentee: each.mentor for each in database.read_now(lambda db: rounds.between(db, round_, 1, 2))}

    assert placed() == {ada: bea, eve: bea}
    form = await made.click("UADMIN", "open_keep_apart", f"{ada}:{bea}")
    assert isinstance(form, Form)
    assert "Uada and Ubea are never put to each other" in text(form)
    said = await made.click("UADMIN", form.verb, form.subject, {"reason": "She manages her."}, form.carried)
    assert "In the round it counts once that is run again." in text(said)
    assert [each.label for each in pressed(said)] == ["Allow again", "Run round", "View round"]
    assert await run(made, round_) == round_
    assert placed() == {ada: cyd, eve: bea}
    await made.click("UADMIN", "lift_pairing", f"{ada}:{bea}")
    form = await made.click("UADMIN", "open_pin", f"{eve}:{bea}")
    assert isinstance(form, Form)
    said = await made.click("UADMIN", form.verb, form.subject, {"person": "UCYD"}, form.carried)
    assert "Ucyd stands first for Ueve" in text(said)
    await run(made, round_)
    assert placed() == {ada: bea, eve: cyd}
    assert "Pinned." in await shown(made)
    form = await made.click("UADMIN", "open_round_places", f"{round_}:{bea}")
    assert "They take 3 at one time, by their own limit, and 0 of these places are taken" in text(form)
    over = await made.click("UADMIN", "set_round_places", f"{round_}:{bea}", {"places": 4})
    assert isinstance(over, Errors)
    assert "You can give them up to 3 here" in over.fields["places"]
    await made.click("UADMIN", "set_round_places", f"{round_}:{bea}", {"places": 0})
    await run(made, round_)
    assert placed() == {eve: cyd, ada: None}


@pytest.mark.covers("E4")
async def test_nobody_decides_about_themselves_in_a_round(database: Database) -> None:
    made = await office(database, USECOND={}, UBEA={}, UCYD={})
    await asks(made, "UADA")
    await made.click("UADMIN", "join", "mentee", {"membership_number": "1", "stage": "Something else"})
    await made.click("USECOND", "approve_joining", await made.member("UADMIN", "mentee"))
    await made.click("UADMIN", "preferences", "mentee", PREFERENCES)
    await made.click("UADMIN", "request", "", REQUEST)
    preview = await made.click("UADMIN", "open_round", "")
    assert "1 request waits for a mentor. 3 mentors can be asked" in text(preview)
    assert "You are left out of it yourself" in text(preview)
    by_second = await run(made, by="USECOND")
    assert "2 of 2 are placed" in await shown(made, by="UADMIN")
    assert "What is about you is not shown to you here." in await shown(made, by="UADMIN")
    assert "Uadmin" not in (await shown(made, by="UADMIN")).partition("placed")[2].replace("Uadmin – ", "")
    await publish(made, by_second, by="UADMIN")
    assert all("Uadmin" not in each for each in pairs(database))
    assert "it is about whoever published it." in await told(made, Kind.ROUND_PUBLISHED, by_second, "USECOND")
    assert "Uadmin" not in await told(made, Kind.ROUND_PUBLISHED, by_second, "UADMIN")


@pytest.mark.covers("E4")
async def test_both_read_of_the_introductory_meeting_until_it_is_over(database: Database) -> None:
    rules = CONNECTS.rounds.model_copy(update={"introduction": True})
    made = await office(database, CONNECTS.model_copy(update={"rounds": rules}), UBEA={})
    await asks(made, "UADA")
    round_ = await run(made)
    half = await made.click("UADMIN", "publish_round", f"{round_}:1", {"day": made.now.date(), "place": ""})
    assert isinstance(half, Errors)
    assert "where it is" in half.fields["place"]
    meets: dict[str, Any] = {
        "day": made.now.date() + timedelta(days=3),
        "time": time(17, 30),
        "place": "Seminar room 2",
    }
    await publish(made, round_, **meets)
    (pair,) = (str(id_) for (id_,) in rows(database, "SELECT id FROM connections"))
    said = "Introductory meeting: Thu 26 Nov 2026, 17:30 GMT, Seminar room 2. Both of you are asked."
    for user, kind in (("UADA", Kind.ACCEPTED), ("UBEA", Kind.CONNECTED)):
        assert said in await told(made, kind, pair, user)
        assert "Introductory meeting" in text(await made.click(user, "open_connection", pair))
    made.now += timedelta(days=4)
    assert "Introductory meeting" not in text(await made.click("UADA", "open_connection", pair))


async def test_a_round_goes_on_where_it_was_and_by_one_process(database: Database) -> None:
    made = await office(database, CONNECTS, **{f"UM{n}": {} for n in range(8)})
    await asks(made, *(f"UE{n}" for n in range(8)))
    await made.click("UADMIN", "run_round", "")
    await asyncio.gather(*(round_steps.go_on(made.dispatcher) for _ in range(3)))
    assert len(rows(database, "SELECT * FROM round_rows")) == 8
    assert heard(database, "round_ready") == ["Uadmin"]
    found = await made.dispatcher.database.read(lambda db: rounds.open_of(db, made.scheme.key))
    assert found is not None
    await made.click("UADMIN", "publish_round", f"{found.id}:1", {})
    # Killed after the first few: what was decided stands in its rows.
    await made.dispatcher.by_clock(made.scheme.key, partial(round_steps.next_few, id_=found.id))
    assert len(pairs(database)) == 5
    assert "5 of 8 have had their turn." in await shown(made)
    await asyncio.gather(*(round_steps.go_on(made.dispatcher) for _ in range(3)))
    assert len(pairs(database)) == 8
    assert len(heard(database, "connected")) == len(heard(database, "accepted")) == 8
    assert len(heard(database, "round_published")) == 2


async def test_a_round_that_nobody_works_on_any_more_is_worked_out_anew(database: Database) -> None:
    made = await office(database, UBEA={})
    await asks(made, "UADA")
    await made.click("UADMIN", "run_round", "")
    one = await made.dispatcher.database.read(lambda db: rounds.open_of(db, made.scheme.key))
    assert one is not None
    real = made.now
    claimed = await made.dispatcher.by_clock(made.scheme.key, partial(round_steps.claim, one=one, until=real))
    assert "Step 1 of 2" in await shown(made)
    await round_steps.go_on(made.dispatcher, lambda: real - timedelta(seconds=1))
    assert await made.dispatcher.database.read(lambda db: rounds.get(db, made.scheme.key, one.id)) == claimed
    await round_steps.go_on(made.dispatcher, lambda: real)
    assert "1 of 1 is placed" in await shown(made)


async def test_whoever_may_match_no_longer_publishes_nobody_more(database: Database) -> None:
    made = await office(database, CONNECTS, **{f"UM{n}": {} for n in range(7)})
    await asks(made, *(f"UE{n}" for n in range(7)))
    round_ = await run(made)
    await made.click("UADMIN", "publish_round", f"{round_}:1", {})
    await made.dispatcher.by_clock(made.scheme.key, partial(round_steps.next_few, id_=round_))
    with database.engines[0].begin() as db:
        db.exec_driver_sql(
            "DELETE FROM office_holders WHERE person = (SELECT id FROM people WHERE name = 'Uadmin')"
        )  # fmt: skip
    await round_steps.go_on(made.dispatcher)
    assert len(pairs(database)) == 5
    await publish(made, round_, by="USECOND")
    assert len(pairs(database)) == 7
    assert len(heard(database, "connected")) == 7, "nobody twice"


async def test_the_whole_of_it_comes_as_a_table(database: Database) -> None:
    made = await office(database, UBEA={})
    await asks(made, "UADA", "UEVE")
    round_ = await run(made)
    said = await made.click("UADMIN", "export", f"round:{round_}")
    assert isinstance(said, Notice)
    assert "Round of matching" in said.text
    reader = (await made.person("UADMIN")).id
    table = await made.dispatcher.database.read(
        lambda db: the_table(db, made.scheme, f"round:{round_}", reader, made.now).content.decode("utf-8-sig")
    )
    head, first, second = table.splitlines()
    assert head.startswith("Mentee,E-mail of the mentee,Mentor,E-mail of the mentor,Match %")
    assert "Ubea" in first
    assert "Topics: " in first
    assert "no place left in this round" in second


async def test_one_at_a_time_and_only_where_the_office_picks(database: Database) -> None:
    made = await office(database, UBEA={})
    await asks(made, "UADA")
    await run(made)
    assert "There is a round already" in text(await made.click("UADMIN", "run_round", ""))
    made.scheme = REFERENCE
    made.dispatcher.schemes = Schemes((REFERENCE,))
    with database.engines[0].begin() as db:
        db.exec_driver_sql("UPDATE rounds SET state = 'dropped'")
    assert "Mentees of this scheme find their mentors themselves" in text(
        await made.click("UADMIN", "admin_command", "round")
    )
