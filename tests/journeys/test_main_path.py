"""The main path as a story: in Slack over signed HTTP, and over Socket Mode with the connection lost in the middle; in
Teams over HTTP with signed tokens, on both engines."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from bot.lifecycle.undoing import FOR
from tests.journeys.people import MENTORS, REQUEST, Member, become_mentee, become_mentor
from tests.journeys.stage import Keyboard, Stage
from tests.support.bots import OFFICE, Bots
from tests.support.databases import rows
from tests.support.teams_bots import TeamsBots

Start = Callable[[str], Awaitable[Stage]]


@pytest.fixture(params=["http", "socket", "teams", "teams on postgresql"])
def way(request: pytest.FixtureRequest) -> str:
    """On which platform the story is told, and how that reaches the bot."""
    return str(request.param)


@pytest.fixture
async def start(request: pytest.FixtureRequest, way: str, tmp_path: Path) -> AsyncIterator[Start]:
    """Start a bot whose scheme does on silence what the test says."""
    url: str = request.getfixturevalue("postgresql_url" if "postgresql" in way else "sqlite_url")
    teams, slack = TeamsBots(url), Bots(url)

    async def started(on_silence: str) -> Stage:
        text = resources.files("bot.schemes").joinpath("british_cardiovascular_society.toml").read_text("utf-8")
        scheme = tmp_path / "scheme.toml"
        scheme.write_text(text.replace('on_silence = "end"', f'on_silence = "{on_silence}"'), "utf-8")
        people, offices = ("Ruth", "Amara", *MENTORS), ("Ruth",)
        given: Any = {"office_channel": True, "rate_limits": False, "schemes": (str(scheme),)}
        if way.startswith("teams"):
            return await teams.start(people, offices, **given)
        return await slack.start(people, offices, socket_mode=way == "socket", **given)

    yield started
    await teams.close()
    await slack.close()
    teams.assert_no_trouble()


async def approved_request(bot: Stage) -> tuple[Member, Member, dict[str, Member]]:
    """Everybody has joined, and Amara's request is approved after a question."""
    ruth, amara = Member(bot, bot.test_user("Ruth")), Member(bot, bot.test_user("Amara"))
    mentors = {name: Member(bot, bot.test_user(name)) for name in MENTORS}
    for name, leadership in MENTORS.items():
        await become_mentor(ruth, mentors[name], leadership)
    await become_mentee(ruth, amara)
    await amara.form("Create mentoring request", "Mentoring request")
    assert await amara.send(**REQUEST) == {}
    await amara.told("BCS Academy")

    await ruth.read("Amara asks for a mentor: Leadership", OFFICE)
    await ruth.form("Ask for clarification: the request of Amara", "Ask for clarification")
    assert await ruth.send(question="Which hospital?") == {}
    await ruth.told("Amara has been told")
    assert "Which hospital?" in await amara.read("has a question")
    await amara.form("Answer", "Mentoring request")
    assert await amara.send(**{"office:answer": "St Aldate’s"}, current_post="SpR, St Aldate’s Hospital") == {}
    await amara.told("BCS Academy")
    await ruth.read("Amara has answered the question", OFFICE)
    asked = await amara.read("You answered on")
    assert "Which hospital?" in asked, "the question stays"
    assert "press Answer" not in asked, "its button does not"
    await ruth.form("View the request of Amara", "Mentoring request")
    assert "St Aldate’s" in ruth.window()
    await ruth.close()

    await bot.quiet()
    await ruth.test_user.command("/mentoring-admin", "queue")
    await ruth.read("One thing waits for the office")
    await ruth.test_user.press("Approve the request of Amara")
    assert "Find mentors" in amara.test_user.buttons(await amara.test_user.expect_message("has been approved"))
    return ruth, amara, mentors


def order(test_user: Keyboard) -> list[str]:
    """The mentors in the open list, in order."""
    assert test_user.modal is not None
    return re.findall(r"^\d\. (\w+)", test_user.text(test_user.modal), re.MULTILINE)


async def choose_three(amara: Member) -> None:
    """Amara looks at the list: Katherine, Lizzie, Thijs; she skips Katherine and puts Thijs first."""
    await amara.form("Find mentors", "Find mentors")
    test_user = amara.test_user
    assert order(test_user) == ["Katherine", "Lizzie", "Thijs"]
    assert test_user.modal is not None
    text = test_user.text(test_user.modal)
    assert "Leadership (5 of 5, matters most)" in text
    assert "Preferences: 25 of 25" in text
    await test_user.press("Skip Katherine")
    await amara.bot.settled(lambda: order(test_user) == ["Lizzie", "Thijs", "Devi"])
    await test_user.press("Move up Thijs")
    await amara.bot.settled(lambda: order(test_user) == ["Thijs", "Lizzie", "Devi"])
    assert await test_user.submit() == {}
    await amara.told("Thijs")


async def thijs_declines(amara: Member, thijs: Member) -> None:
    """The first on the list reads all of it and says no, with a reason."""
    card = await thijs.test_user.expect_message("5 days left before this request expires")
    assert thijs.test_user.buttons(card) == ["View", "Accept", "Decline"]
    await thijs.form("View", "Mentoring request", on=card)
    assert thijs.test_user.modal is not None
    assert "*becoming* a consultant <!channel>" in thijs.test_user.text(thijs.test_user.modal)
    await thijs.form("Decline", "Decline request")
    assert await thijs.send(reason="Pressed by mistake") == {}
    await thijs.told("Thank you for answering")
    await thijs.test_user.press("Undo", on=await thijs.test_user.expect_message("You declined"))
    card = await thijs.test_user.expect_message("5 days left before this request expires")
    await thijs.form("Decline", "Decline request", on=card)
    assert await thijs.send(reason="Two mentees already") == {}
    await thijs.told("Thank you for answering")
    assert not [each for each in amara.test_user.messages() if "now asked" in each.text], "a decline can be a slip"
    await amara.bot.turn(FOR)
    await amara.read("We have now asked Lizzie")
    assert "You declined" in await thijs.read("You declined")


async def meet(amara: Member, mentor: Member, mentor_name: str) -> None:
    """From acceptance to the first session: no time before both have accepted the agreement."""
    await amara.read(f"{mentor_name} has accepted your mentoring request")
    assert f"{mentor_name.lower()}@example.org" in await amara.read("Reach")
    await mentor.read("You are now connected with Amara")
    await amara.bot.quiet()
    for each, other in ((amara, mentor_name), (mentor, "Amara")):
        introduction = await each.read("A way to begin", each.group())
        assert other in introduction, (
            "in one conversation, or each in their own chat where nobody can bring them together"
        )
        assert ("Current role" if other == mentor_name else "Current post") in introduction

    await mentor.form("Read agreement", "Mentoring agreement")
    assert await mentor.send() == {}
    await mentor.told("As soon as Amara has accepted too")
    await amara.read(f"{mentor_name} has accepted the mentoring agreement")

    await mentor.form("View", "Connection", on=await mentor.test_user.expect_message("You are now connected"))
    assert "Schedule" not in mentor.test_user.buttons(), "nothing is offered that would be refused"
    await mentor.close()

    await amara.form("Read agreement", "Mentoring agreement")
    assert await amara.send() == {}
    await amara.form("Schedule", "Schedule session 1")
    await amara.type_time()
    wrong = await amara.send(day="2026-11-01", time="14:30", minutes="60", mode="Video call")
    assert list(wrong.values()) == ["This lies in the past; please choose a time to come."]
    assert await amara.send(day="2026-12-15") == {}
    await amara.told("Session 1 is set")
    said = await mentor.read("has set session 1")
    assert "15 Dec 2026, 14:30" in said
    assert "You have set session 1" in await amara.read("You have set session 1")
    asked = await mentor.home()
    assert "Does session 1 with Amara suit you on" in asked
    assert asked.count("15 Dec 2026, 14:30") == 1, "nothing is said twice"
    await mentor.test_user.press("Confirm", on=await mentor.test_user.expect_message("has set session 1"))
    await amara.read("has confirmed session 1")
    assert "0 of 4 sessions completed" in await amara.home()


async def another_session(amara: Member, mentor: Member) -> None:
    """One more is there once its form is sent, with a time that suits both: two presses. Closing the form leaves
    nothing behind."""
    for sent in (False, True):
        await amara.form("View", "Connection", on=await amara.test_user.expect_message("You and"))
        await amara.form("Add another session", "Schedule session 2")
        if sent:
            assert await amara.send() == {}
            await amara.told("Session 2 is set")
        else:
            await amara.close()
        assert rows(amara.bot.app.database, "SELECT count(*) FROM sessions") == [(2 if sent else 1,)]
    await mentor.read("has set session 2")


@pytest.mark.covers(
    "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12", "A13", "A14", "A15", "A16", "A18", "A22", "A23", "D9"
)
async def test_from_joining_to_a_first_session_where_silence_asks_the_next(start: Start) -> None:
    bot = await start("ask_next")
    _, amara, mentors = await approved_request(bot)
    await choose_three(amara)
    await thijs_declines(amara, mentors["Thijs"])

    await bot.lose_connection()
    await mentors["Lizzie"].test_user.expect_message("Amara asks you")
    await bot.turn(timedelta(days=3, hours=1))
    await mentors["Lizzie"].read("still hoping for your answer")
    await bot.turn(timedelta(days=2))
    await mentors["Lizzie"].read("The time to answer Amara’s request has passed")
    await amara.read("We have now asked Devi")

    card = await mentors["Devi"].test_user.expect_message("Amara asks you")
    await mentors["Devi"].test_user.press("Accept", on=card)
    await meet(amara, mentors["Devi"], "Devi")


@pytest.mark.covers("A17")
async def test_where_silence_ends_the_request_a_new_one_finds_a_mentor(start: Start) -> None:
    bot = await start("end")
    _, amara, mentors = await approved_request(bot)
    await choose_three(amara)
    await thijs_declines(amara, mentors["Thijs"])

    await mentors["Lizzie"].test_user.expect_message("5 days left before this request expires")
    await bot.turn(timedelta(days=1))
    await mentors["Lizzie"].test_user.expect_message("4 days left before this request expires")
    await bot.turn(timedelta(days=4, hours=1))
    await amara.read("Lizzie did not answer within 5 days")
    assert not [m for m in mentors["Devi"].test_user.messages() if "asks you" in m.text]

    await bot.lose_connection()
    await amara.form("Create mentoring request", "Mentoring request")
    assert await amara.test_user.submit() == {}, "what was typed in the last request stands in the new one"
    await amara.told("The approval from before still holds")
    await bot.quiet()
    await amara.form("Find mentors", "Find mentors")
    assert await amara.test_user.submit() == {}
    await amara.close()
    card = await mentors["Katherine"].test_user.expect_message("Amara asks you")
    await mentors["Katherine"].test_user.press_twice("Accept", on=card)
    await meet(amara, mentors["Katherine"], "Katherine")
    asked = [m for m in mentors["Katherine"].test_user.messages() if "You are now connected" in m.text]
    assert len(asked) == 1, "a double click connects once"

    await bot.quiet()
    edits = bot.edits()
    bot.clock.now += timedelta(days=5)
    await bot.quiet()
    assert bot.edits() == edits, "an accepted card counts no days down"
    await another_session(amara, mentors["Katherine"])
