"""The manifest asks for what the code uses, and for nothing more."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.handlers.slack.app import COMMANDS, EVENTS, SCOPES
from slack_workspace.scopes import BY_KIND, GROUPS
from slack_workspace.scopes import SCOPES as OF_METHOD

ROOT = Path(__file__).parents[2]
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest" / "slack.yaml").read_text("utf-8"))
SCHEMA = ROOT.parent / "shared" / "specs" / "slack" / "manifest.schema.1.0.0.json"
_METHOD = re.compile(r"^(?:api|apps|auth|bots|chat|conversations|files|team|users|views)_[a-zA-Z0-9_]+$")
_DRAWN_IN_PRIVATE = {"conversations.info": "private", "conversations.list": "private"}
"""Methods that the bot calls for a private channel; their scope goes by the kind of conversation."""


def called() -> set[str]:
    """Every method of the Web API that Slack's wing calls."""
    found: set[str] = set()
    for file in (ROOT / "bot" / "handlers" / "slack").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and _METHOD.match(node.attr):
                found.add(node.attr.replace("_", "."))
    if "files.upload.v2" in found:  # the kit's own name for the two that it calls
        found |= {"files.getUploadURLExternal", "files.completeUploadExternal"}
    return {method for method in found if method in OF_METHOD}


def test_its_scopes_are_those_the_bot_names() -> None:
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    assert set(MANIFEST["oauth_config"]["scopes"]) == {"bot"}, "nothing is done in a person's name"


def test_each_scope_is_needed_and_none_is_missing() -> None:
    # Two people are written to at once, and a message to them in doubt is looked for.
    needed = {"commands", GROUPS, BY_KIND["conversations.history"]["group"]}
    for method in called():
        kind = _DRAWN_IN_PRIVATE.get(method)
        scope = BY_KIND[method][kind] if kind else OF_METHOD[method]
        if scope and method != "apps.connections.open":  # that one is the app-level token's
            needed.add(scope)
    assert needed == set(SCOPES)
    assert {"chat.postMessage", "views.publish", "conversations.history", "users.info"} <= called()


def test_its_commands_and_events_are_those_the_code_answers() -> None:
    assert {one["command"] for one in MANIFEST["features"]["slash_commands"]} == set(COMMANDS)
    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == set(EVENTS)
    assert MANIFEST["settings"]["interactivity"]["is_enabled"] is True
    home = MANIFEST["features"]["app_home"]
    assert home["home_tab_enabled"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]


def test_slack_s_own_schema_takes_it() -> None:
    if not SCHEMA.exists():
        pytest.skip(f"Slack's schema of manifests is not at hand ({SCHEMA.name})")
    jsonschema.validate(MANIFEST, json.loads(SCHEMA.read_text("utf-8")))
