"""What the app receives: block_actions, view_submission, view_closed, slash commands and events, key by key as Slack
sends them. The key sets are held against samples of real payloads in the tests."""

import json
from typing import Any

from slack_workspace import serializers
from slack_workspace.core import Core
from slack_workspace.elements import all_blocks, initial_values, state_key
from slack_workspace.model import Channel, Json, Message, Person, View
from slack_workspace.state import new_id


def _envelope(core: Core, kind: str, user: Person) -> Json:
    identity = core.identity
    return {
        "type": kind,
        "team": {"id": identity.team_id, "domain": identity.domain},
        "user": {"id": user.id, "username": user.handle, "name": user.handle, "team_id": identity.team_id},
        "api_app_id": identity.app_id,
        "token": identity.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def action(block: Json, element: Json, state: Json | None, ts: str) -> Json:
    """One entry of `actions`: what was pressed, or what was chosen (`state`)."""
    done: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
    for key in ("text", "value", "style", "url", "placeholder", "confirm"):
        if key in element:
            done[key] = element[key]
    chosen = "selected_option" if element["type"] == "overflow" else state_key(element["type"])
    if chosen and state is not None:
        done[chosen] = state.get(chosen)
    return done | {"action_ts": ts}


def block_actions_in_view(core: Core, user: Person, view: View, actions: list[Json]) -> Json:
    trigger = core.triggers.issue(user.id, view.id if view.kind == "modal" else None)
    return _envelope(core, "block_actions", user) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger,
        "view": serializers.view(core, view),
        "actions": actions,
    }


def block_actions_in_message(core: Core, user: Person, said: Message, actions: list[Json]) -> Json:
    channel = core.state.channels[said.channel]
    container: Json = {"type": "message", "message_ts": said.ts, "channel_id": channel.id}
    if attachment := _attachment(said, actions[0]["block_id"]):
        container |= {"type": "message_attachment", "attachment_id": attachment, "is_app_unfurl": False}
    payload = _envelope(core, "block_actions", user) | {
        "container": container | {"is_ephemeral": said.ephemeral_to is not None},
        "trigger_id": core.triggers.issue(user.id),
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": said.values.get(user.id) or initial_values(said.surface)},
        "response_url": f"{core.url}/response/{core.responses.issue(user.id, channel.id, said.ts)}",
        "actions": actions,
    }
    if said.ephemeral_to is None:
        payload["message"] = serializers.message(core, said, metadata=True)
    return payload


def _attachment(said: Message, block_id: str) -> int | None:
    """The number of the attachment the block is in; None for the message's own blocks."""
    for attachment in said.attachments:
        if any(block["block_id"] == block_id for block in all_blocks(attachment.get("blocks", []))):
            return int(attachment["id"])
    return None


def block_suggestion(
    core: Core, user: Person, shown: View | Message, block_id: str, action_id: str, typed: str
) -> Json:
    """Asks the app for the options of an external select."""
    payload = _envelope(core, "block_suggestion", user)
    payload |= {"action_id": action_id, "block_id": block_id, "value": typed}
    if isinstance(shown, View):
        container = {"type": "view", "view_id": shown.id}
        return payload | {"container": container, "view": serializers.view(core, shown)}
    channel = core.state.channels[shown.channel]
    container = {"type": "message", "message_ts": shown.ts, "channel_id": channel.id}
    payload |= {"container": container, "channel": {"id": channel.id, "name": channel_name(channel)}}
    return payload | {"message": serializers.message(core, shown)}


def view_submission(core: Core, user: Person, view: View) -> Json:
    return _envelope(core, "view_submission", user) | {
        "trigger_id": core.triggers.issue(user.id, view.id),
        "view": serializers.view(core, view),
        "response_urls": [],
    }


def view_closed(core: Core, user: Person, view: View, *, cleared: bool) -> Json:
    return _envelope(core, "view_closed", user) | {"view": serializers.view(core, view), "is_cleared": cleared}


def slash_command(core: Core, user: Person, channel: Channel, command: str, text: str) -> Json:
    """The fields of the form; booleans are strings there."""
    identity = core.identity
    return {
        "token": identity.verification_token,
        "team_id": identity.team_id,
        "team_domain": identity.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.handle,
        "command": command,
        "text": text,
        "api_app_id": identity.app_id,
        "is_enterprise_install": "false",
        "response_url": f"{core.url}/response/{core.responses.issue(user.id, channel.id)}",
        "trigger_id": core.triggers.issue(user.id),
    }


def event(core: Core, body: Json) -> Json:
    """The outer event with its `event` inside."""
    identity = core.identity
    context = json.dumps({"et": body["type"], "tid": identity.team_id, "aid": identity.app_id})
    authorization: dict[str, Any] = {"enterprise_id": None, "team_id": identity.team_id}
    authorization |= {"user_id": identity.bot_user, "is_bot": True, "is_enterprise_install": False}
    return {
        "token": identity.verification_token,
        "team_id": identity.team_id,
        "api_app_id": identity.app_id,
        "event": body,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": core.state.seconds(),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{context.encode().hex()}",
    }


def app_home_opened(core: Core, user: Person, channel: Channel, tab: str) -> Json:
    """Carries `view` when a Home was published for this person before (only for the Home tab)."""
    body: Json = {"type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": tab}
    view = core.state.homes.get(user.id)
    if view and tab == "home":
        body["view"] = serializers.view(core, view)
    return event(core, body | {"event_ts": core.state.timestamp()})


def own_message(core: Core, said: Message) -> Json:
    """The app's own message in a DM, which Slack brings back to an app that listens to message.im."""
    more = {"event_ts": said.ts, "channel_type": "im"}
    return event(core, serializers.message(core, said, channel=True) | more)


def direct_message(core: Core, user: Person, said: Message) -> Json:
    words = [{"type": "rich_text_section", "elements": [{"type": "text", "text": said.text}]}]
    blocks = [{"type": "rich_text", "block_id": said.ts[-6:], "elements": words}]
    return event(
        core,
        {
            "type": "message",
            "user": user.id,
            "ts": said.ts,
            "client_msg_id": new_id("M"),
            "text": said.text,
            "team": core.identity.team_id,
            "blocks": blocks,
            "channel": said.channel,
            "event_ts": said.ts,
            "channel_type": "im",
        },
    )


def channel_name(channel: Channel) -> str:
    """Slack hides the names of DMs and private channels from apps."""
    if channel.kind == "dm":
        return "directmessage"
    return "privategroup" if channel.private else channel.name
