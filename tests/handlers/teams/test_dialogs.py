"""Forms as dialogs, where the settings say so: opened, sent back with what is wrong, gone on with, closed; and the same
forms in the chat for whoever's client has none."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.handlers.teams import dialogs, render
from tests.handlers.teams.judge import complaints, distinct, judge_by, of_type, schema
from tests.journeys.people import Member
from tests.journeys.test_other_schemes import asked_from_the_directory, join, let_in
from tests.support.teams import TeamsUser
from tests.support.teams.dialogs import is_one
from tests.support.teams.model import Json
from tests.support.teams_bots import TeamsBot, TeamsBots


@pytest.fixture
async def bot(teams_bots: TeamsBots) -> TeamsBot:
    """A bot whose forms are dialogs, Ada's office, and Katherine."""
    return await teams_bots.start(["Ada", "Katherine"], ["Ada"], rate_limits=False, teams_dialogs=True)


async def opened(bot: TeamsBot) -> TeamsUser:
    """Katherine, before whom the form to join stands."""
    katherine = bot.test_user("Katherine")
    await katherine.expect_home("Hello Katherine")
    await katherine.press("Join as mentor")
    await katherine.expect_modal("Join as mentor")
    return katherine


def in_dialog(user: TeamsUser) -> bool:
    """Whether what stands before them is a dialog."""
    return user.modal is not None and is_one(user.modal)


async def test_a_form_opens_as_a_dialog_and_is_sent_off_in_it(bot: TeamsBot) -> None:
    katherine = await opened(bot)
    assert in_dialog(katherine)
    assert len(katherine.modals) == 1, "and not in the chat besides"
    await katherine.fill({"membership_number": "1234"})
    assert await katherine.submit() == {}
    assert "answers you here" in katherine.heard()
    await katherine.close_modal()
    await bot.test_user("Ada").expect_message("Katherine would like to join as mentor")
    bot.place.assert_no_trouble()


async def test_cancel_closes_it_and_nothing_is_done(bot: TeamsBot) -> None:
    katherine = await opened(bot)
    await katherine.press("Cancel")
    assert katherine.modal is None
    assert not [m for m in katherine.messages() if "Closed" in katherine.text(m)]
    bot.place.assert_no_trouble()


async def test_a_client_without_dialogs_gets_the_form_in_the_chat(bot: TeamsBot) -> None:
    bot.place.has_dialogs = False
    katherine = await opened(bot)
    assert not in_dialog(katherine)
    await katherine.fill({"membership_number": "1234"})
    assert await katherine.submit() == {}
    await bot.test_user("Ada").expect_message("Katherine would like to join as mentor")
    bot.place.assert_no_trouble()


@pytest.mark.parametrize("has_dialogs", [True, False])
async def test_a_whole_way_with_forms_of_several_steps(teams_bots: TeamsBots, has_dialogs: bool) -> None:
    bot, (_, ada, ben) = await dialogued(teams_bots, "bcs_it", "Tessa", "Ada", "Ben")
    bot.place.has_dialogs = has_dialogs
    await join(ben, "mentor")
    await ben.form("Complete mentor profile", "Mentor profile")
    profile = {"current_role": "Head of data", "experience": "Twenty years", "offers": ["Technical skills"]}
    assert await ben.send(**profile, mentees_at_most="2") == {}
    await ben.close()
    await join(ada, "mentee")
    await ada.form("Complete mentee profile", "Your profile")
    assert await ada.send(current_role="Developer") == {}
    await ada.form("Create mentoring request", "What you seek")
    assert await ada.send(topics=["Technical skills"], issues="Stuck on a migration") == {}
    await ada.told("choose whom to ask")
    await asked_from_the_directory(ada, "Ben")
    await ben.test_user.press("Accept", on=await ben.test_user.expect_message("Ada asks you"))
    await ada.read("Ben has accepted your mentoring request")
    await bot.quiet()
    await session_in_the_past_and_mended(ada, has_dialogs)
    assert {each.activity["name"] for each in bot.place.state.deliveries if each.activity["type"] == "invoke"} == (
        {"adaptiveCard/action", "task/fetch", "task/submit"} if has_dialogs else {"adaptiveCard/action"}
    )
    bot.place.assert_no_trouble()


async def test_a_form_that_wants_a_file_stands_in_the_chat_where_files_are_sent(teams_bots: TeamsBots) -> None:
    _, (mia, ben) = await dialogued(teams_bots, "bsw_hub", "Mia", "Ben")
    await join(ben, "mentor", experience="Practice nurse for twenty years", commits="Yes")
    await let_in(mia, ben)
    await ben.read("Welcome to the Mentoring Hub")
    await ben.form("Complete mentor profile", "Mentor profile")
    assert await ben.send(profession="Nurse", offers=["New to primary care"], mentees_at_most="3") == {}
    await ben.close()
    await ben.home()
    await ben.form("EMCC certificate", "EMCC certificate", on=ben.test_user.home)
    assert isinstance(ben.test_user, TeamsUser)
    assert not in_dialog(ben.test_user)
    assert await ben.send(certificate=ben.test_user.file("certificate.pdf", b"%PDF-1.7")) == {}
    await ben.told("is saved")


async def session_in_the_past_and_mended(member: Member, has_dialogs: bool) -> None:
    """A session is set for a day that is over: the form stands there again, says so, and has kept the rest."""
    assert isinstance(member.test_user, TeamsUser)
    await member.home()
    await member.form("Schedule", "Schedule session 1", on=member.test_user.home)
    await member.type_time()
    wrong = await member.send(day="2020-01-15", time="14:30", mode="Online", place="Where we met")
    assert len(wrong) == 1
    assert in_dialog(member.test_user) is has_dialogs
    assert "Where we met" in member.window()
    assert await member.send(day="2026-12-15") == {}
    await member.told("Session 1 is set")
    assert "15 Dec" in await member.home()


async def dialogued(teams_bots: TeamsBots, scheme: str, *people: str) -> tuple[TeamsBot, list[Member]]:
    """A bot with that scheme whose forms are dialogs; its office comes first."""
    bot = await teams_bots.start(
        people, people[:1], office_channel=True, rate_limits=False, schemes=(scheme,), teams_dialogs=True
    )
    return bot, [Member(bot, bot.test_user(name)) for name in people]


@pytest.mark.parametrize("name", ["task/fetch", "task/submit"])
async def test_what_no_client_sends_is_refused(teams_bots: TeamsBots, name: str) -> None:
    bot = await teams_bots.start(["Ada"], ["Ada"], rate_limits=False)
    ada = bot.test_user("Ada")
    sender = bot.place.sender(ada.person, ada.chat)
    odd: dict[int, list[Any]] = {
        200: [None, [], {}, {"data": None}, {"data": {}}],
        400: [{"data": {"do": 1}}, {"data": {"do": "x"}}, {"data": {"do": "join", "in": "elsewhere"}}],
    }
    for status, values in odd.items():
        for value in values:
            assert (await bot.place.deliver(sender.invoke(name, value))).status == status, value


def card_of(*actions: Json) -> Json:
    """A card of these buttons."""
    return {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "ActionSet", "actions": list(actions)}]}


def button(verb: str, where: str, **more: Any) -> Json:
    """One of ours."""
    return {"type": "Action.Execute", "title": verb, "verb": verb, "data": {"do": verb, "in": where, **more}}


GOLDEN = [json.loads(file.read_text("utf-8")) for file in sorted((Path(__file__).parent / "golden").glob("*.json"))]
DRAWN = [draw(card) for card in GOLDEN if isinstance(card, dict) for draw in (dialogs.opening, dialogs.inside)]
"""Every golden card as it stands where forms are dialogs."""


def test_microsoft_s_schema_takes_every_card_so_drawn() -> None:
    validator = schema()
    for card in distinct(DRAWN):
        judge_by(validator, card)
        assert len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode()) <= 30_000


def test_microsoft_s_parser_takes_every_card_so_drawn() -> None:
    assert complaints(distinct(DRAWN)) == []


def test_only_what_opens_a_form_asks_for_a_dialog() -> None:
    card = card_of(*(button(verb, where) for verb in ("open_join", "accept") for where in ("home", "message", "form")))
    drawn = dialogs.opening(card)
    asking = [each["data"] for each in of_type(drawn, "Action.Submit")]
    assert asking == [
        {"do": "open_join", "in": where, "msteams": {"type": "task/fetch"}} for where in ("home", "message")
    ]
    assert len(of_type(drawn, "Action.Execute")) == 4


def test_a_card_that_would_be_too_large_stays_as_it_is() -> None:
    card = card_of(button("open_join", "home", about="x" * (render.BYTES - 300)))
    more = card_of(*(button("open_join", "home") for _ in range(2)))["body"]
    card["body"] += more
    assert dialogs.opening(card) == card


def test_what_somebody_typed_is_never_taken_for_a_button() -> None:
    typed = {"type": "Action.Execute", "data": {"do": "open_join", "in": "home"}, "verb": "x"}
    card = card_of(button("accept", "message", carried=typed))
    assert dialogs.opening(card) == card
    (drawn,) = of_type(dialogs.inside(card), "Action.Submit")
    assert drawn["data"]["carried"] == typed
