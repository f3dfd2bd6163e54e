"""One person in two places: asked, said, and from then on one person; whoever is not sure to be one stays two."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.actions.context import Caller, Click
from bot.actions.dispatcher import Introduction
from bot.delivery.outbox import Outbox
from bot.delivery.sender import Ref
from bot.dialogs.home import home as draw_home
from bot.dialogs.parts import Button, Buttons, Home, Message, Notice, Reply
from bot.dialogs.plain import plain
from bot.lifecycle.people import Person
from bot.screens.home import home
from bot.screens.render import Rendered
from bot.storage import concerns, identities, outbox, people
from bot.storage.database import Database
from bot.storage.outbox import Letter
from tests.support.databases import rows
from tests.support.dispatchers import PREFERENCES, REQUEST, Office

ADA, MAIL = "UADA", "uada@example.org"
OTHER = Caller("other", "tenant", "ada-there")


@dataclass
class Wrote:
    """A way out that remembers what has gone by it."""

    letters: list[tuple[Letter, Rendered]] = field(default_factory=list)

    async def send(self, letter: Letter, drawn: Rendered) -> Ref:
        self.letters.append((letter, drawn))
        if isinstance(drawn.content, Home):
            return Ref()
        return Ref("here", letter.ref_message or f"m{len(self.letters)}")


class Two:
    """An office, and somebody who is in it in one place and comes in another."""

    def __init__(self, database: Database) -> None:
        self.office = Office(database)
        self.database = database
        self.ways = {"slack": Wrote(), "other": Wrote()}

    async def come(self, email: str | None = MAIL, caller: Caller = OTHER, **more: Any) -> Person:
        introduction = Introduction("Ada Over There", email, "Europe/Paris", "address there", **more)
        return await self.office.dispatcher.meet(caller, introduction)

    async def press(self, verb: str, subject: str = "", caller: Caller = OTHER, **more: Any) -> Reply:
        return await self.office.dispatcher.answer(Click(caller, verb, subject, **more))

    async def here(self, caller: Caller = OTHER) -> Person:
        found = await self.database.read(lambda db: people.find(db, caller.platform, caller.team, caller.user))
        assert found is not None
        return found

    async def page(self, caller: Caller = OTHER) -> tuple[str, list[Button]]:
        me = await self.here(caller)
        view = await self.database.read(lambda db: home(db, self.office.scheme, me.id, self.office.now))
        return read(draw_home([view]))

    async def is_asked(self, caller: Caller = OTHER) -> bool:
        text, buttons = await self.page(caller)
        labels = [button.label for button in buttons]
        assert ("Is that you?" in text) == ("That is me" in labels) == ("No, somebody else" in labels)
        return "That is me" in labels

    async def deliver(self) -> None:
        """Everything that waits goes out, by the way for it."""
        clock = self.office.dispatcher

        async def never(*_: object) -> Any:
            raise AssertionError("nothing is given up here")

        async def at_once() -> None:
            return None

        sending = Outbox(
            self.database, clock.schemes, self.ways, {}, lambda: self.office.now, "test", self.office.new_id,
            never, never, never, at_once,
        )  # fmt: skip
        sending.start()
        await asyncio.wait_for(sending.drain(), 20)
        await sending.stop()

    def sent(self, platform: str) -> Sequence[tuple[Letter, Rendered]]:
        taken, self.ways[platform].letters = self.ways[platform].letters, []
        return taken


def read(page: Home) -> tuple[str, list[Button]]:
    return plain(page.parts), [button for part in page.parts if isinstance(part, Buttons) for button in part.buttons]


@pytest.fixture
async def two(database: Database) -> Two:
    """Ada has asked to join, in the first place; the office is there."""
    made = Two(database)
    await made.office.meet("UADMIN")
    await made.office.meet(ADA)
    await made.office.click(ADA, "join", "mentee", {"membership_number": "1", "stage": "Something else"})
    await made.deliver()
    for way in made.ways:
        made.sent(way)
    return made


async def ada(two: Two) -> Person:
    return await two.office.person(ADA)


async def test_the_same_address_and_a_yes_make_one_person(two: Two) -> None:
    before = await ada(two)
    new = await two.come("UAda@Example.org")
    assert new.id != before.id
    text, buttons = await two.page()
    assert "You are here already, as Uada, where you joined before. Is that you?" in text
    assert {button.subject for button in buttons if button.verb in ("that_is_me", "somebody_else")} == {before.id}
    said = await two.press("that_is_me", before.id)
    assert isinstance(said, Notice)
    assert said.title == "Welcome back"
    assert (await two.here()).id == before.id
    assert (await ada(two)).id == before.id, "old buttons are pressed by the same person"
    assert rows(two.database, f"SELECT count(*) FROM people WHERE id = '{new.id}'") == [(0,)]
    assert rows(
        two.database, "SELECT platform, address FROM people WHERE id = :id".replace(":id", f"'{before.id}'")
    ) == [("other", "address there")]
    assert not await two.is_asked()
    audit = rows(two.database, "SELECT person, about FROM audit WHERE verb = 'that_is_me'")
    assert audit == [(before.id, before.id)]


@pytest.mark.covers("A31")
async def test_a_concern_about_them_there_is_never_theirs_to_read_once_they_are_one(two: Two) -> None:
    before, there, ben = await ada(two), await two.come(), Caller("other", "tenant", "ben-there")
    await two.come("uben@example.org", ben)
    await two.press("join", "mentee", ben, values={"membership_number": "2", "stage": "Something else"})
    await two.press("raise_concern", "", ben, values={"text": "She shouted.", "person": OTHER.user})
    key = two.office.scheme.key
    (raised,) = await two.database.read(lambda db: concerns.in_states(db, key, "waiting"))
    assert raised.about == there.id
    await two.office.click("UADMIN", "appoint", "administrator", {"person": ADA})
    await two.press("that_is_me", before.id)
    (raised,) = await two.database.read(lambda db: concerns.in_states(db, key, "waiting"))
    assert raised.about == before.id
    for said in (await two.press("open_concern", raised.id), await two.office.click(ADA, "open_concern", raised.id)):
        assert isinstance(said, Notice)
        assert "no longer there" in said.text


async def test_a_no_is_remembered(two: Two) -> None:
    before, new = await ada(two), await two.come()
    assert await two.is_asked()
    for _ in range(2):
        said = await two.press("somebody_else", before.id)
        assert isinstance(said, Notice)
        assert said.title == "Thank you"
    await two.come()  # their name is asked for again, a day later
    assert not await two.is_asked()
    refused = await two.press("that_is_me", before.id)
    assert isinstance(refused, Notice)
    assert "no longer there" in refused.text
    assert (await two.here()).id == new.id


@pytest.mark.parametrize("email", ["somebody@example.org", None])
async def test_another_address_is_somebody_else(two: Two, email: str | None) -> None:
    await two.come(email)
    await refused_to_be(two, await ada(two))


async def test_a_guest_is_never_asked(two: Two) -> None:
    await two.come(guest=True)
    await refused_to_be(two, await ada(two))
    await two.come()
    assert await two.is_asked(), "once the platform vouches for them"
    guest = Introduction("Ada", MAIL, "Europe/London", guest=True)
    await two.office.dispatcher.meet(two.office.caller(ADA), guest)
    await refused_to_be(two, await ada(two))


async def test_who_could_be_either_of_two_is_not_asked(two: Two) -> None:
    await two.office.introduce("UTWIN", "Ada Twin", MAIL, "Europe/London")
    await two.come()
    await refused_to_be(two, await ada(two))
    await refused_to_be(two, await two.office.person("UTWIN"))


async def test_whoever_has_begun_something_here_stays_who_they_are(two: Two) -> None:
    before, new = await ada(two), await two.come()
    assert await two.is_asked()
    joining = {"membership_number": "2", "stage": "Something else"}
    await two.press("join", "mentee", values=joining)
    assert rows(two.database, f"SELECT count(*) FROM members WHERE person = '{new.id}'") == [(1,)]
    await refused_to_be(two, before)


async def refused_to_be(two: Two, whom: Person) -> None:
    """They are not asked, and what somebody forges is refused."""
    me = await two.here()
    assert not await two.is_asked()
    for verb in ("that_is_me", "somebody_else"):
        said = await two.press(verb, whom.id)
        assert isinstance(said, Notice)
        assert "no longer there" in said.text
    assert await two.here() == me


async def test_nobody_becomes_whom_they_name(two: Two) -> None:
    office = await two.office.person("UADMIN")
    await two.come()
    await two.press("that_is_me", office.id)
    assert (await two.here()).id != office.id
    stranger = Caller("other", "tenant", "nobody")
    await two.come("nobody@example.org", stranger)
    await two.press("that_is_me", (await ada(two)).id, stranger)
    assert (await two.here(stranger)).id != (await ada(two)).id


async def test_pressed_twice_and_twice_at_once_it_is_done_once(two: Two) -> None:
    before = await ada(two)
    await two.come()
    said = await asyncio.gather(*(two.press("that_is_me", before.id, idempotency_key=str(n)) for n in range(2)))
    said.append(await two.press("that_is_me", before.id))
    assert [each.title for each in said if isinstance(each, Notice)] == ["Welcome back"] * 3
    assert rows(two.database, "SELECT count(*) FROM identities") == [(1,)]
    assert (await two.here()).id == before.id


async def test_messages_come_to_one_place_and_cards_are_edited_where_they_stand(two: Two) -> None:
    before = await ada(two)
    await two.come()
    membership = await two.office.member(ADA, "mentee")
    await two.office.click("UADMIN", "approve_joining", membership)
    await two.deliver()
    [(old, _)] = [each for each in two.sent("slack") if each[0].kind == "admitted"]
    await two.press("that_is_me", before.id)
    await two.deliver()
    [(_, drawn)] = two.sent("slack")
    assert isinstance(drawn.content, Home)
    text, buttons = read(drawn.content)
    assert (drawn.user, drawn.address) == (ADA, "")
    assert "We write to you in the other app" in text
    assert "Write to me here" in [button.label for button in buttons]
    homes = two.sent("other")
    assert [isinstance(drawn.content, Home) for _, drawn in homes] == [True] * len(homes) != []
    assert all(
        "We write to you" not in plain(drawn.content.parts) for _, drawn in homes if isinstance(drawn.content, Home)
    )

    await two.press("preferences", "mentee", values=PREFERENCES)
    await two.press("request", values=REQUEST)
    request = await two.office.request(ADA)
    edit = Letter(
        "edit", two.office.scheme.key, "edit", old.kind, old.about, before.id, None, "chat", two.office.now,
        two.office.now, edits=old.id,
    )  # fmt: skip
    await two.database.write(lambda db: outbox.put(db, [edit]))
    await two.office.click("UADMIN", "approve_request", request.id)
    await two.deliver()
    there = [letter.kind for letter, drawn in two.sent("other") if isinstance(drawn.content, Message)]
    assert "request_approved" in there
    edits = [(letter, drawn) for letter, drawn in two.sent("slack") if letter.person == before.id]
    assert [(letter.edits, letter.ref_channel, drawn.user) for letter, drawn in edits] == [(old.id, "here", ADA)] * len(
        edits
    )
    assert len(edits) >= 1
    assert all(drawn.address == "" for _, drawn in edits)


async def test_they_are_written_to_where_they_wish(two: Two) -> None:
    before = await ada(two)
    await two.come()
    await two.press("that_is_me", before.id)
    slack = two.office.caller(ADA)
    assert (await two.here(slack)).elsewhere
    assert not (await two.here()).elsewhere
    said = await two.press("write_here", caller=slack)
    assert said == await two.press("write_here", caller=slack), "twice is once"
    after = await two.here(slack)
    assert (after.platform, after.user, after.elsewhere) == ("slack", ADA, False)
    assert (await two.here()).address == "address there"
    await two.deliver()
    last = [drawn for _, drawn in two.sent("other")][-1]
    assert isinstance(last.content, Home)
    assert (last.user, last.address) == ("ada-there", "address there")
    assert "Write to me here" in [button.label for button in read(last.content)[1]]
    two.sent("slack")
    await two.press("open_home")
    await two.deliver()
    assert two.sent("slack") == []
    assert len(two.sent("other")) == 1, "Home is drawn where it is looked at"


async def test_each_place_keeps_its_own_address_and_hours_are_theirs_in_both(two: Two) -> None:
    before = await ada(two)
    await two.come()
    await two.press("that_is_me", before.id)
    slack = two.office.caller(ADA)
    await two.office.dispatcher.meet(slack, Introduction("Ada Here", MAIL, "Europe/London"))
    assert (await two.here()).name == "Uada", "who they are is said where they are written to"
    await two.press("open_reminders", caller=slack)
    me = await two.here(slack)
    await two.database.write(lambda db: people.save(db, replace(me, quieted=frozenset({"x"})), two.office.now))
    found = await two.here()
    assert (sorted(found.quieted), found.platform, found.address) == (["x"], "other", "address there")
    await two.press("write_here", caller=slack)
    elsewhere = Introduction("Ada", MAIL, None, "moved there")
    assert (await two.office.dispatcher.meet(OTHER, elsewhere)).address == "moved there"
    assert (await two.here()).address == "moved there"
    assert (await two.here(slack)).address == ""


async def test_an_administrator_holds_the_office_in_both_places(database: Database) -> None:
    two = Two(database)
    officer = await two.office.meet("UADMIN")
    settings = ["uadmin@example.org", "ada-there"]
    two.office.dispatcher.appointments = type(two.office.dispatcher.appointments)(
        settings, two.office.dispatcher.schemes
    )
    await two.office.meet("UADMIN")
    new = await two.come("uadmin@example.org")
    holds = "SELECT DISTINCT person FROM office_holders ORDER BY person"
    assert rows(database, holds) == sorted([(officer,), (new.id,)]), "by the address, before anybody says anything"
    for caller in (OTHER, two.office.caller("UADMIN")):
        assert "One thing" not in str(await two.press("admin_command", "queue", caller))
    assert await two.is_asked(), "an office that the settings give is nothing of their own"
    await two.press("that_is_me", officer)
    assert rows(database, holds) == [(officer,)]
    for caller in (OTHER, two.office.caller("UADMIN")):
        said = await two.press("admin_command", "queue", caller)
        assert isinstance(said, Notice)
        assert "is for the" not in plain(said.parts)
    two.office.dispatcher.appointments = type(two.office.dispatcher.appointments)(
        ["UADMIN"], two.office.dispatcher.schemes
    )
    key = two.office.scheme.key
    await two.office.dispatcher.by_clock(key, two.office.dispatcher.appointments.reconcile)
    assert rows(database, holds) == [(officer,)], "known by the id of where they were before, too"


async def test_what_was_sent_to_the_newcomer_is_theirs_too(two: Two) -> None:
    before, new = await ada(two), await two.come()
    key, now = two.office.scheme.key, two.office.now
    made = Letter("l1", key, "l1", "home", new.id, new.id, None, "chat", now, now, slot=f"home:{new.id}")
    await two.database.write(lambda db: outbox.put(db, [made]))
    await two.database.write(lambda db: outbox.sent(db, "l1", "there", "m0", now, "other"))
    await two.press("that_is_me", before.id)
    assert await two.database.read(lambda db: outbox.home_stands(db, before.id)) == ("there", "m0")
    await two.deliver()
    assert two.sent("other")[-1][1].stands == ("there", "m0")


async def test_people_are_picked_from_where_one_presses(two: Two) -> None:
    officer = (await two.office.person("UADMIN")).id
    await two.come("uadmin@example.org")
    colleague = Caller("other", "tenant", "colleague")
    await two.come("colleague@example.org", colleague)
    await two.press("that_is_me", officer)
    office = two.office.scheme.offices[-1].key
    there = await two.press("appoint", office, values={"person": "colleague"})
    assert isinstance(there, Notice)
    here = await two.office.click("UADMIN", "appoint", office, {"person": ADA})
    assert isinstance(here, Notice)


async def test_a_place_that_is_no_longer_theirs_gets_nothing(two: Two) -> None:
    person = await ada(two)
    assert await two.database.read(lambda db: identities.at(db, person, "other")) is None
    now = two.office.now
    strange = Letter("l2", two.office.scheme.key, "l2", "home", person.id, person.id, "at:other", "chat", now, now)
    await two.database.write(lambda db: outbox.put(db, [strange]))
    await two.deliver()
    assert two.sent("other") == []


async def test_where_the_bot_is_no_longer_nothing_is_missed(two: Two) -> None:
    before = await ada(two)
    await two.come()
    del two.ways["slack"]
    await two.press("that_is_me", before.id)
    await two.deliver()
    assert [isinstance(drawn.content, Home) for _, drawn in two.sent("other")] == [True]
    tomorrow = two.office.now + timedelta(days=1)
    assert two.database.read_now(lambda db: outbox.due_count(db, tomorrow)) == 0


@pytest.mark.covers("L2")
async def test_whoever_is_gone_in_one_place_goes_on_in_the_other(two: Two) -> None:
    before = await ada(two)
    await two.come()
    await two.press("that_is_me", before.id)
    there = await two.here()
    await two.office.dispatcher.lost(Caller(there.platform, there.team, there.user), "deactivated")
    await two.office.sweep(timedelta())
    now = await ada(two)
    assert (now.id, now.active, now.platform) == (before.id, True, before.platform)
    assert rows(two.database, "SELECT count(*) FROM identities") == [(0,)]
    assert not rows(two.database, "SELECT kind FROM outbox WHERE kind = 'person_gone'")
