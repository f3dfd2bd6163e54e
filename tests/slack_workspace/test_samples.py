"""Key by key against samples of real payloads and answers: no key that Slack does not send, none missing."""

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import World
from .listener import Listener
from .shapes import actions, button, field, home, modal, section

Json = dict[str, Any]
SAMPLES = Path(__file__).parents[3] / "shared" / "specs" / "slack" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples in ../shared/specs/slack are not at hand")

OTHER_SURFACES = {"enterprise_id", "enterprise_name", "bot_access_token", "function_data", "interactivity"}
LEGACY = {"authed_users", "authed_teams"}
NOT_SAMPLED = {
    "errors",  # Web API refusals carry it beside response_metadata.messages
    "response_urls",  # view_submission: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
    "blocks",  # emptied in the samples of payloads
    "edited",
    "context_team_id",
    "is_enterprise_install",
}
OPEN = {"values", "blocks", "state", "event_payload", "options", "icons"}
"""Keys whose insides depend on the app."""


def sample(name: str) -> Json:
    return dict(json.loads((SAMPLES / f"{name}.json").read_text()))


def strangers(given: Any, known: Any, path: str = "") -> list[str]:
    """Keys that we send and the sample does not know."""
    if isinstance(given, list) and isinstance(known, list):
        return [s for item in given for s in strangers(item, known[0], path)] if known else []
    if not isinstance(given, dict) or not isinstance(known, dict):
        return []
    found = [f"{path}/{key}" for key in given if key not in known and key not in NOT_SAMPLED]
    inside = [key for key in given if key in known and key not in OPEN]
    return found + [s for key in inside for s in strangers(given[key], known[key], f"{path}/{key}")]


def absent(given: Json, known: Json, but: set[str]) -> set[str]:
    """Keys of the sample that we do not send."""
    return set(known) - set(given) - OTHER_SURFACES - LEGACY - but


async def test_block_actions_on_a_message(world: World, app: Listener) -> None:
    await world.client.chat_postMessage(
        channel=world.dm,
        text="?",
        blocks=[section(), actions(button(style="primary"))],
        metadata={"event_type": "a", "event_payload": {"b": 1}},
    )
    await world.test_user().press("Accept")
    known = sample("BlockActionPayload")
    assert strangers(app.last, known) == []
    assert absent(app.last, known, {"view", "app_unfurl"}) == set()


async def test_block_actions_in_a_view(world: World, app: Listener) -> None:
    await world.client.views_open(trigger_id=world.trigger(), view=modal(field(), actions(button())))
    await world.test_user().press("Accept")
    known = sample("BlockActionPayload")
    assert strangers(app.last, known) == []
    assert absent(app.last, known, {"channel", "message", "response_url", "app_unfurl", "state"}) == set()
    assert absent(app.last["view"], known["view"], set()) == set()


async def test_view_submission(world: World, app: Listener) -> None:
    await world.client.views_open(trigger_id=world.trigger(), view=modal())
    await world.test_user().fill({"Why": "To grow"})
    await world.test_user().submit()
    known = sample("ViewSubmissionPayload")
    assert strangers(app.last, known) == []
    assert absent(app.last, known, {"is_cleared"}) == set(), "is_cleared is view_closed's"
    assert absent(app.last["view"], known["view"], set()) == set()


async def test_view_closed(world: World, app: Listener) -> None:
    await world.client.views_open(trigger_id=world.trigger(), view=modal(notify_on_close=True))
    await world.test_user().close_modal()
    known = sample("ViewClosedPayload")
    assert strangers(app.last, known) == []
    assert absent(app.last, known, set()) == set()


async def test_slash_command(world: World, app: Listener) -> None:
    await world.test_user().command("/mentoring", "help me")
    known = sample("SlashCommandPayload")
    assert set(app.last) == set(known) - OTHER_SURFACES


async def test_app_home_opened(world: World, app: Listener) -> None:
    await world.client.views_publish(user_id=world.katherine, view=home())
    await world.test_user().open_home()
    known = sample("AppHomeOpenedPayload")
    assert strangers(app.last, known) == []
    assert absent(app.last, known, set()) == set()
    assert absent(app.last["event"]["view"], known["event"]["view"], set()) == set()


ANSWERS: dict[str, Json] = {
    "auth.test": {},
    "chat.postMessage": {"channel": "DM", "text": "hello", "blocks": [section()]},
    "chat.postEphemeral": {"channel": "DM", "user": "KATHERINE", "text": "hello"},
    "chat.update": {"channel": "DM", "ts": "TS", "text": "again"},
    "conversations.open": {"users": "KATHERINE", "return_im": True},
    "users.info": {"user": "KATHERINE"},
    "users.list": {},
    "users.lookupByEmail": {"email": "katherine@example.org"},
    "views.open": {"trigger_id": "TRIGGER", "view": modal()},
    "views.publish": {"user_id": "KATHERINE", "view": home()},
    "views.update": {"view_id": "VIEW", "view": modal()},
    "files.getUploadURLExternal": {"filename": "a.pdf", "length": 3},
}


@pytest.mark.parametrize("method", ANSWERS)
async def test_answers(world: World, method: str) -> None:
    posted = await world.call("chat.postMessage", {"channel": world.dm, "text": "hello"})
    opened = await world.call("views.open", {"trigger_id": world.trigger(), "view": modal()})
    real = {"DM": world.dm, "KATHERINE": world.katherine, "TS": posted["ts"], "VIEW": opened["view"]["id"]}
    real["TRIGGER"] = world.trigger()
    arguments = {k: real.get(v, v) if isinstance(v, str) else v for k, v in ANSWERS[method].items()}
    answer = await world.call(method, arguments)
    assert answer["ok"], answer
    assert strangers(answer, sample(method)) == []


async def test_the_e_mail_address_needs_its_scope(world: World) -> None:
    core = world.workspace._core
    assert (await world.client.users_info(user=world.katherine))["user"]["profile"]["email"] == "katherine@example.org"
    core.scopes = core.scopes - {"users:read.email"}
    assert "email" not in (await world.client.users_info(user=world.katherine))["user"]["profile"]


async def test_metadata_is_read_back_when_asked_for(world: World) -> None:
    metadata = {"event_type": "invitation", "event_payload": {"key": "a-1"}}
    await world.client.chat_postMessage(channel=world.dm, text="hello", metadata=metadata)
    plain = await world.client.conversations_history(channel=world.dm)
    full = await world.client.conversations_history(channel=world.dm, include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata
