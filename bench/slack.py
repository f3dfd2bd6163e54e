"""What Slack would send: signed requests as bytes, made before the clock runs."""

import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bot.handlers.slack.platform import PATH
from slack_workspace import Workspace
from slack_workspace.deliveries import signature
from tests.support.databases import KEYS

TEAM = "T0LOCAL0001"
_FORM = "application/x-www-form-urlencoded"
_WORDS = "A mentee would like to talk with you about leadership. " * 30


@dataclass(frozen=True, slots=True)
class Slack:
    """The workspace that a bot is to live in, as its settings name it."""

    api_url: str
    bot_token: str
    signing_secret: str

    def settings(self, database_url: str) -> dict[str, str]:
        """The environment of a bot there."""
        return {
            "SLACK_BOT_TOKEN": self.bot_token,
            "SLACK_SIGNING_SECRET": self.signing_secret,
            "SLACK_API_URL": self.api_url,
            "MENTORBOT_KEYS": ",".join(KEYS),
            "DATABASE_URL": database_url,
        }


def of(workspace: Workspace) -> Slack:
    """A workspace of this process."""
    return Slack(workspace.api_url, workspace.bot_token, workspace.signing_secret)


def event(secret: str, number: int) -> bytes:
    """A message in a conversation that was edited: it comes often, and the bot has nothing to do with it."""
    happened = {
        "type": "message", "subtype": "message_changed", "channel": "D0LOCAL0001", "channel_type": "im",
        "user": "U0LOCAL0001", "text": _WORDS[:200], "ts": "1700000000.000100", "event_ts": "1700000000.000200",
    }  # fmt: skip
    payload = {
        "token": "none", "team_id": TEAM, "api_app_id": "A0LOCAL0001", "event": happened, "type": "event_callback",
        "event_id": f"Ev{number:010d}", "event_time": int(time.time()), "is_ext_shared_channel": False,
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": "U0LOCALBOT1", "is_bot": True}],
    }  # fmt: skip
    return _request(secret, "application/json", json.dumps(payload).encode())


def press(secret: str, user: str, verb: str, subject: str, channel: str, ts: str) -> bytes:
    """A button pressed on a card in a person's conversation with the bot."""
    button = {
        "type": "button", "action_id": f"{verb}:1", "block_id": "b1", "value": subject,
        "text": {"type": "plain_text", "text": verb.title()}, "action_ts": "1700000000.000300",
    }  # fmt: skip
    section = {"type": "section", "block_id": "b0", "text": {"type": "plain_text", "text": _WORDS}}
    payload = _by(user, "block_actions", f"{verb}.{subject}") | {
        "container": {"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": False},
        "channel": {"id": channel, "name": "directmessage"},
        "message": {"type": "message", "user": "U0LOCALBOT1", "ts": ts, "text": _WORDS[:100], "blocks": [section]},
        "state": {"values": {}},
        "response_url": "",
        "actions": [button],
    }
    return _request(secret, _FORM, urlencode({"payload": json.dumps(payload)}).encode())


def submission(secret: str, user: str, verb: str, subject: str) -> bytes:
    """A form sent off, with one field left empty."""
    field = "plain_text_input"
    view = {
        "id": f"V{subject}", "type": "modal", "callback_id": verb, "hash": "1700000000.abcdef12", "team_id": TEAM,
        "private_metadata": json.dumps({"subject": subject, "carried": {}}),
        "blocks": [{"type": "input", "block_id": "reason", "element": {"type": field, "action_id": "reason"}}],
        "state": {"values": {"reason": {"reason": {"type": field, "value": None}}}},
    }  # fmt: skip
    payload = _by(user, "view_submission", f"{verb}.{subject}") | {"view": view, "response_urls": []}
    return _request(secret, _FORM, urlencode({"payload": json.dumps(payload)}).encode())


def command(secret: str, user: str, number: int = 0) -> bytes:
    """/mentoring help: answered in the ack; whoever sends it is known to the bot from then on."""
    fields = {
        "command": "/mentoring", "text": "help", "team_id": TEAM, "user_id": user, "channel_id": "D0LOCAL0001",
        "trigger_id": f"help.{number}.{user}", "response_url": "",
    }  # fmt: skip
    return _request(secret, _FORM, urlencode(fields).encode())


def _by(user: str, kind: str, trigger: str) -> dict[str, Any]:
    return {
        "type": kind, "team": {"id": TEAM, "domain": "local"}, "trigger_id": trigger, "token": "none",
        "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": TEAM},
        "api_app_id": "A0LOCAL0001", "enterprise": None, "is_enterprise_install": False,
    }  # fmt: skip


def _request(secret: str, kind: str, body: bytes) -> bytes:
    stamp = str(int(time.time()))
    head = (
        f"POST {PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: Slackbot 1.0\r\n"
        f"content-type: {kind}\r\ncontent-length: {len(body)}\r\n"
        f"x-slack-request-timestamp: {stamp}\r\nx-slack-signature: {signature(secret, stamp, body)}\r\n\r\n"
    )
    return head.encode() + body
