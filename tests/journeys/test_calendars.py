"""From "we should meet" to a meeting in both calendars: the whole bot, over Microsoft's own kit."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.actions.dispatcher import Introduction
from bot.calendars.graph import Graph
from bot.lifecycle.documents import Consent
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.people import Person
from bot.lifecycle.terms import Terms
from bot.storage import pairs
from tests.calendars.conftest import application
from tests.calendars.graph_stand_in import Fault, GraphStandIn, serving
from tests.calendars.tokens import FixedToken
from tests.journeys.people import Member
from tests.support.bots import Bot, Bots

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Two:
    """A mentee and a mentor at their keyboards, connected and agreed."""

    bot: Bot
    ada: Member
    bea: Member
    outlook: GraphStandIn

    def event(self) -> tuple[datetime, datetime]:
        """From when to when the one event is."""
        (event,) = self.outlook.events
        return self.outlook.at(event)


@pytest.fixture
async def two(bots: Bots) -> AsyncIterator[Two]:
    async with serving() as outlook:
        graph = Graph(application(outlook.url), FixedToken())
        bot = await bots.start(["Ada", "Bea", "Ruth"], ["Ruth"], calendar=graph)
        # The kit is loaded by its first call, for which nobody in the story is to wait.
        await graph.busy(["bea@example.org"], bot.clock.now, bot.clock.now + HOUR)
        await connected(bot)
        yield Two(bot, Member(bot, bot.test_user("Ada")), Member(bot, bot.test_user("Bea")), outlook)
        await bot.app.stop()
        assert outlook.misread == []


async def connected(bot: Bot) -> None:
    """Ada and Bea are a pair that has accepted all that comes first."""
    scheme, now = bot.app.schemes.first, bot.clock.now
    ada, bea = [await met(bot, name) for name in ("Ada", "Bea")]
    terms = Terms.of(scheme)
    consents = tuple(Consent(each.key, who.id, now) for each in terms.documents for who in (ada, bea))
    one = Pair(
        "p1", scheme.key, None, None, ada.id, bea.id, "active", terms, now, now + timedelta(days=365), consents,
        (Session("s1", 1),), origin="import",
    )  # fmt: skip
    await bot.app.database.write(lambda db: pairs.save(db, None, one))


async def met(bot: Bot, name: str) -> Person:
    """Somebody who has been here."""
    caller, said = await bot.app.platforms[0].find(bot.people[name])
    return await bot.app.dispatcher.meet(caller, Introduction(said.name, said.email, "Europe/London"))


def moment(written: str) -> datetime:
    """The time that an option names."""
    return datetime.strptime(written[:22], "%a %d %b %Y, %H:%M").replace(tzinfo=ZoneInfo("Europe/London"))


def options(member: Member) -> list[str]:
    """The times that the open window proposes."""
    assert member.test_user.modal is not None
    blocks = member.test_user.modal.spec["blocks"]
    (choice,) = [each for each in blocks if str(each.get("block_id", "")).startswith("at:")]
    return [each["value"] for each in choice["element"]["options"]]


async def test_two_presses_bring_a_meeting_with_a_link_into_both_calendars(two: Two) -> None:
    ada, bea, outlook = two.ada, two.bea, two.outlook
    monday = datetime(2026, 11, 24, tzinfo=ZoneInfo("Europe/London"))
    outlook.meetings["bea@example.org"] = [(monday, monday + timedelta(hours=23), "oof")]
    await ada.home()
    await ada.form("Schedule", "Schedule session 1", on=ada.test_user.home)
    await two.bot.workspace.settled(lambda: "Both of your calendars are free then." in ada.window())
    at = moment(options(ada)[0])
    assert at.day == 25, "on the day before, Bea is away"
    assert await ada.send(**{"How will you meet?": "Video call"}) == {}
    await ada.told("Session 1 is set")
    await two.bot.quiet()
    assert two.event() == (at, at + HOUR)
    said = await bea.read("has set session 1")
    assert "It is in your calendars." in said
    assert "Join the meeting" in said
    (event,) = outlook.events.values()
    assert "The first session" in event["body"]["content"], "the agenda comes along"

    outlook.faults.extend([Fault(503, "ServiceUnavailable", done=True, headers={"Retry-After": "1"})])
    await bea.form("Suggest another time", "Suggest another time", on=await bea.test_user.expect_message("has set"))
    await two.bot.workspace.settled(lambda: "Both of your calendars" in bea.window())
    other = options(bea)[2]
    assert await bea.send(**{"When?": other}) == {}
    await bea.told("Session 1 is set")
    await two.bot.quiet()
    assert two.event() == (moment(other), moment(other) + HOUR), "the same event, moved"
    moved = await ada.read("has moved session 1 with you")
    assert "Join the meeting" in moved, "the link survives"

    await ada.form("Cancel session", "Cancel session", on=await ada.test_user.expect_message("has moved"))
    assert await ada.send() == {}
    await ada.close()
    await two.bot.quiet()
    assert outlook.events == {}
    assert len(outlook.cancelled) == 1
    await bea.read("has cancelled session 1")


async def test_a_time_that_was_taken_meanwhile_is_given_back_with_others(two: Two) -> None:
    ada, outlook = two.ada, two.outlook
    await ada.home()
    await ada.form("Schedule", "Schedule session 1", on=ada.test_user.home)
    await two.bot.workspace.settled(lambda: "Both of your calendars" in ada.window())
    at = moment(options(ada)[0])
    outlook.meetings["bea@example.org"] = [(at, at + HOUR, "busy")]
    assert await ada.send() == {}
    await ada.told("Session 1 is set")
    await two.bot.quiet()
    assert outlook.events == {}
    said = await two.bea.read("One of you is busy")
    assert "so session 1 with Ada has no time now. Both of you are free at these times." in " ".join(said.split())
    told = await ada.test_user.expect_message("One of you is busy")
    first, *_ = [each for each in ada.test_user.buttons(told) if "2026" in each]
    assert moment(first) != at
    await ada.test_user.press(first, on=told)
    await two.bot.quiet()
    assert two.event() == (moment(first), moment(first) + HOUR), "one press"


async def test_a_year_is_planned_around_what_stands_in_both_calendars(two: Two) -> None:
    ada, outlook = two.ada, two.outlook
    wednesday = datetime(2026, 12, 2, tzinfo=ZoneInfo("Europe/London"))
    outlook.meetings["bea@example.org"] = [(wednesday, wednesday + 12 * HOUR, "busy")]
    await ada.home()
    await ada.form("Plan the year", "Plan the year", on=ada.test_user.home)
    rhythm = {"First session on": "2026-12-02", "Start": "11:00", "How many sessions": "3"}
    assert await ada.send(**rhythm, **{"How will you meet?": "Video call"}) == {}
    await two.bot.workspace.settled(lambda: "Both of your calendars are free then." in ada.window())
    assert "2 December is left out: one of you is busy then." in ada.window()
    assert await ada.send() == {}
    await ada.told("3 sessions are set")
    await two.bot.quiet()
    first = min(outlook.at(event)[0] for event in outlook.events)
    assert (len(outlook.events), first) == (3, wednesday + timedelta(days=7, hours=11))
