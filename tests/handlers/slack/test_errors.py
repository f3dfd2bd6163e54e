"""What each of Slack's errors means for a letter, asked of the local workspace through the sender."""

import dataclasses
from collections.abc import AsyncIterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.sender import Later, Never, NotNeeded
from bot.dialogs.parts import Message, Paragraph
from bot.handlers.slack.errors import MENDABLE, PASSING
from bot.handlers.slack.sender import SlackSender
from bot.screens.render import Rendered
from bot.storage.outbox import Letter
from slack_workspace import Workspace
from tests.support.bots import MONDAY

LETTER = Letter("l1", "s1", "k1", "admitted", "m1", "p1", None, "chat", MONDAY, MONDAY)
EDIT = dataclasses.replace(LETTER, edits="l0", ref_channel="D1", ref_message="1.2")


@dataclass
class Setup:
    workspace: Workspace
    sender: SlackSender
    rendered: Rendered

    async def outcome(self, method: str, error: str, letter: Letter = LETTER) -> Later | Never | NotNeeded:
        self.workspace.faults.add(method, "refused", error=error)
        with pytest.raises((Later, Never, NotNeeded)) as raised:
            await self.sender.send(letter, self.rendered)
        value = raised.value
        assert isinstance(value, Later | Never | NotNeeded)
        return value


@pytest.fixture
async def setup() -> AsyncIterator[Setup]:
    workspace = Workspace(rate_limits=False)
    user = workspace.add_person("Mary Osei", email="mary@example.org")
    await workspace.start()
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(workspace.bot_token, workspace.api_url, session=session, retry_handlers=[])
        client.proxy = None
        message = Message("You are in.", (Paragraph(("You are in.",)),))
        rendered = Rendered(message, "slack", workspace.team_id, user, None, ZoneInfo("Europe/London"))
        yield Setup(workspace, SlackSender(client, {}), rendered)
    await workspace.stop()


@pytest.mark.parametrize("error", sorted(MENDABLE))
async def test_what_an_administrator_can_mend_is_waited_for_and_says_how(setup: Setup, error: str) -> None:
    for method, letter in (("chat.postMessage", LETTER), ("chat.update", EDIT)):
        later = await setup.outcome(method, error, letter)
        assert isinstance(later, Later)
        assert later.mend == f"{MENDABLE[error]} (Slack says “{error}”)"
        assert not later.doubtful, "it was refused, so it has not arrived"


@pytest.mark.parametrize("error", sorted(PASSING))
async def test_what_passes_is_tried_again(setup: Setup, error: str) -> None:
    for method, letter in (("chat.postMessage", LETTER), ("chat.update", EDIT)):
        later = await setup.outcome(method, error, letter)
        assert isinstance(later, Later)
        assert (later.mend, later.doubtful) == (None, False)


@pytest.mark.parametrize("error", ["internal_error", "fatal_error", "request_timeout", "service_unavailable"])
async def test_what_broke_at_slack_may_have_arrived(setup: Setup, error: str) -> None:
    later = await setup.outcome("chat.postMessage", error)
    assert isinstance(later, Later)
    assert later.doubtful


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message", "edit_window_closed"])
async def test_an_edit_of_what_is_gone_is_not_needed(setup: Setup, error: str) -> None:
    assert isinstance(await setup.outcome("chat.update", error, EDIT), NotNeeded)


@pytest.mark.parametrize("error", ["user_disabled", "channel_not_found", "cannot_dm_bot", "is_archived"])
async def test_whom_nothing_reaches_any_more_is_given_up(setup: Setup, error: str) -> None:
    never = await setup.outcome("chat.postMessage", error)
    assert isinstance(never, Never)
    assert never.reason == error
