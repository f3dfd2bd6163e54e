"""Files to people: offered, and put into their OneDrive once they allow it, for as long as they may read them."""

from dataclasses import dataclass
from typing import Any

import pytest

from bot.actions.context import Caller, Click
from bot.dialogs.parts import Attachment
from bot.handlers.teams.bringing import offer
from tests.journeys.test_other_schemes import asked_from_the_directory, first_session, handed_in, join, let_in, started
from tests.support.teams import TeamsUser
from tests.support.teams.model import Json, Message
from tests.support.teams.offers import CONSENT, attachments
from tests.support.teams_bots import TeamsBot, TeamsBots

PDF = b"%PDF-1.7 Ben may mentor"
NAME = "certificate.pdf"


@dataclass
class Desk:
    """The office's Mia, to whom Ben's certificate is offered; Ben himself, and Ada, who is nothing to it."""

    bot: TeamsBot
    mia: TeamsUser
    ben: TeamsUser
    ada: TeamsUser

    @property
    def offered(self) -> tuple[Message, Json]:
        """The message of the offer, and the offer."""
        return next((m, each) for m in reversed(self.mia.chat.messages) for each in attachments(m, CONSENT))

    async def settled(self) -> None:
        """Wait until the offer has its answer."""
        await self.bot.settled(lambda: not self.mia.offers.open)

    def puts(self) -> int:
        """How many files lie in OneDrive that the bot has put there."""
        return sum(name == NAME and content == PDF for name, content in self.bot.place.service.files.values()) - 1


@pytest.fixture
async def desk(teams_bots: TeamsBots) -> Desk:
    bot, (mia, _, ben) = await started(teams_bots, "bsw_hub", "Mia", "Ada", "Ben")
    assert isinstance(bot, TeamsBot)
    await join(ben, "mentor", experience="Practice nurse for twenty years", commits="Yes")
    await let_in(mia, ben)
    await ben.read("Welcome to the Mentoring Hub")
    await ben.form("Complete mentor profile", "Mentor profile")
    assert await ben.send(profession="Nurse", offers=["New to primary care"], mentees_at_most="3") == {}
    await ben.close()
    await ben.home()
    await handed_in(ben, "EMCC certificate")
    await mia.form("View Ben as mentor", "Mentor")
    await mia.test_user.press(f"Open {NAME}")
    assert "handed in by Ben" in await mia.read(NAME)
    made = Desk(bot, bot.test_user("Mia"), bot.test_user("Ben"), bot.test_user("Ada"))
    await bot.settled(lambda: made.mia.offers.open == [NAME])
    return made


async def test_a_certificate_reaches_whoever_asked_for_it_and_nobody_else(desk: Desk) -> None:
    message, offered = desk.offered
    assert offered["content"]["sizeInBytes"] == len(PDF)
    assert list(offered["content"]["acceptContext"]) == ["letter"], "the letter alone is named, and nothing of it"
    done = await desk.mia.offers.answer(NAME)
    assert (done.status, done.body) == (200, None)
    await desk.settled()
    assert desk.mia.offers.there == {NAME: PDF}
    assert f"“{NAME}” is in your OneDrive now" in desk.mia.text(message)
    assert not desk.ben.offers.there
    desk.bot.place.assert_no_trouble()


async def test_an_offer_holds_when_the_bot_has_been_started_anew(desk: Desk, teams_bots: TeamsBots) -> None:
    await desk.bot.app.stop()
    await teams_bots.restart(desk.bot)
    await desk.mia.offers.answer(NAME)
    await desk.settled()
    assert desk.mia.offers.there == {NAME: PDF}


async def test_allowed_twice_it_is_there_once(desk: Desk) -> None:
    message, offered = desk.offered
    for _ in range(2):
        assert (await desk.mia.offers.say(message, offered)).status == 200
    await desk.settled()
    assert (await desk.mia.offers.say(message, offered)).status == 200
    await desk.bot.quiet()
    assert desk.puts() == 1
    desk.bot.place.assert_no_trouble()


async def test_declined_it_is_put_nowhere(desk: Desk) -> None:
    message, _ = desk.offered
    assert (await desk.mia.offers.answer(NAME, allow=False)).status == 200
    await desk.settled()
    assert desk.puts() == 0
    assert "the file was not put anywhere" in desk.mia.text(message)


async def test_somebody_else_who_says_so_gets_nothing(desk: Desk) -> None:
    message, offered = desk.offered
    assert (await desk.ada.offers.say(message, offered)).status == 200
    calls = desk.bot.place.state.calls
    await desk.bot.settled(lambda: (calls[-1].method, calls[-1].status) == ("PUT", 404))  # it is not in her chat
    assert desk.puts() == 0
    assert desk.mia.offers.open == [NAME]


async def test_whoever_may_not_read_it_any_more_gets_nothing(desk: Desk) -> None:
    message, _ = desk.offered
    caller = Caller("teams", desk.bot.place.tenant, desk.ben.user)
    await desk.bot.app.dispatcher.answer(Click(caller, "leave", "mentor", values={}))
    await desk.bot.app.database.write(_forget_files)
    await desk.mia.offers.answer(NAME)
    await desk.settled()
    assert desk.puts() == 0
    assert "not here for you any more" in desk.mia.text(message)


def _forget_files(db: Any) -> None:
    db.exec_driver_sql("DELETE FROM files")


@pytest.mark.parametrize(
    "elsewhere",
    ["http://example.org/1", "https://example.org/1", "https://sharepoint.com.example.org/1", "http://[", ""],
)
async def test_a_file_goes_to_no_other_host_and_the_offer_stands(desk: Desk, elsewhere: str) -> None:
    upload = {"name": NAME, "uploadUrl": elsewhere, "contentUrl": elsewhere, "uniqueId": "1", "fileType": "pdf"}
    assert (await desk.mia.offers.answer(NAME, uploadInfo=upload)).status == 200
    await desk.mia.expect_message("The file did not get into your OneDrive")
    assert desk.mia.offers.open == [NAME]
    await desk.mia.offers.answer(NAME)
    await desk.settled()
    assert desk.mia.offers.there == {NAME: PDF}


async def test_where_onedrive_does_not_take_it_the_offer_stands(desk: Desk) -> None:
    message, offered = desk.offered
    url = f"{desk.bot.place.service.url}/files/nowhere"
    upload = {"name": NAME, "uploadUrl": url, "contentUrl": url, "uniqueId": "1", "fileType": "pdf"}
    await desk.mia.offers.say(message, offered, uploadInfo=upload)
    await desk.mia.expect_message("The file did not get into your OneDrive")
    await desk.mia.offers.say(message, offered)
    await desk.settled()
    assert desk.puts() == 1


@pytest.mark.parametrize(
    "value",
    [None, [], {}, {"action": "accept"}, {"action": "steal", "context": {"letter": "x"}}, {"action": "accept",
     "context": {"letter": "x"}}, {"action": "decline", "context": {"letter": ["x"]}}, {"action": "accept",
     "context": {"letter": "x"}, "uploadInfo": {"uploadUrl": 1}}],
)  # fmt: skip
async def test_what_no_client_says_is_refused(teams_bots: TeamsBots, value: Any) -> None:
    bot = await teams_bots.start(["Ada"], ["Ada"], rate_limits=False)
    ada = bot.test_user("Ada")
    sender = bot.place.sender(ada.person, ada.chat)
    assert (await bot.place.deliver(sender.invoke("fileConsent/invoke", value))).status == 400


async def test_a_session_reaches_a_calendar_as_a_file(teams_bots: TeamsBots) -> None:
    bot, (_, ada, ben) = await started(teams_bots, "bcs_it", "Tessa", "Ada", "Ben")
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
    await first_session(ada, mode="Online")
    await ada.home()
    await ada.test_user.press("Add to calendar")
    await ada.read("for your calendar: open the file")
    assert isinstance(ada.test_user, TeamsUser)
    offers = ada.test_user.offers
    await bot.settled(lambda: bool(offers.open))
    (name,) = offers.open
    assert name.endswith(".ics")
    await offers.answer(name)
    await bot.settled(lambda: name in offers.there)
    assert offers.there[name].startswith(b"BEGIN:VCALENDAR")


def test_a_name_is_one_that_onedrive_takes() -> None:
    named = {given: offer("L1", Attachment(given, b"x"))["attachments"][0]["name"] for given in (
        'a"b*c:d<e>f?g/h\\i|j.pdf', "  ..", "x" * 300 + ".pdf", "über Ä.pdf", "a\nb.pdf",
    )}  # fmt: skip
    assert list(named.values()) == ["a_b_c_d_e_f_g_h_i_j.pdf", "file", "x" * 196 + ".pdf", "über Ä.pdf", "a_b.pdf"]
