"""The inside of rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block."""

from typing import Any

import pytest

from slack_workspace.blocks import checked_blocks
from slack_workspace.errors import SlackError

Json = dict[str, Any]


def text(words: str = "hello", **more: Any) -> Json:
    return {"type": "text", "text": words} | more


def part(kind: str, *pieces: Any, **more: Any) -> Json:
    return {"type": f"rich_text_{kind}", "elements": list(pieces)} | more


def rich(*parts: Any, **more: Any) -> Json:
    return {"type": "rich_text", "elements": list(parts)} | more


def date(form: str = "{date_long}, {time}", **more: Any) -> Json:
    return {"type": "date", "timestamp": 1_770_000_000, "format": form, "fallback": "then"} | more


GOOD = {
    "every piece": part(
        "section",
        text(style={"bold": True, "italic": True, "strike": True, "code": True, "underline": True}),
        {"type": "link", "url": "https://example.org", "text": "here", "unsafe": True, "style": {"bold": True}},
        {"type": "link", "url": "https://example.org"},
        {"type": "emoji", "name": "wave", "unicode": "1f44b", "skin_tone": 2},
        {"type": "user", "user_id": "U1", "style": {"bold": True, "highlight": True, "unlink": False}},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "team", "team_id": "T1"},
        {"type": "broadcast", "range": "here"},
        {"type": "color", "value": "#00ff7F"},
        date(url="https://example.org"),
        date("{ago}"),
        date("{date_short_pretty} at {time_secs}"),
    ),
    "an empty section": part("section"),
    "a list": part("list", part("section", text()), style="ordered", indent=8, offset=3, border=1),
    "a quote": part("quote", text(), border=0),
    "preformatted": part("preformatted", text("a = 1"), language="python"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_slack_takes(name: str) -> None:
    checked_blocks([rich(GOOD[name], block_id="words")])


BAD: dict[str, tuple[Json, str]] = {
    "no parts": (rich(), "/blocks/0/elements"),
    "unknown part": (rich(part("poem", text())), "unsupported type: rich_text_poem"),
    "unknown key": (rich(part("section", text()), colour="red"), "additional property: colour"),
    "unknown key of a part": (rich(part("section", text(), indent=1)), "additional property: indent"),
    "unknown piece": (rich(part("section", {"type": "picture"})), "unsupported type: picture"),
    "a piece that is none": (rich(part("section", "hello")), "must be an object"),
    "unknown key of a piece": (rich(part("section", text(bold=True))), "additional property: bold"),
    "empty text": (rich(part("section", text(""))), "more than 0 characters"),
    "text that is a number": (rich(part("section", text(5))), "must be a string"),  # type: ignore[arg-type]
    "unknown style": (rich(part("section", text(style={"blink": True}))), "additional property: blink"),
    "a style that is a word": (rich(part("section", text(style={"bold": "yes"}))), "must be a boolean"),
    "a highlighted word": (rich(part("section", text(style={"highlight": True}))), "additional property: highlight"),
    "a list without a style": (rich(part("list", part("section", text()))), "missing required field: style"),
    "a list with another style": (rich(part("list", part("section", text()), style="dash")), "must be one of"),
    "a list of pieces": (rich(part("list", text(), style="bullet")), "unsupported type: text"),
    "a list in a list": (rich(part("list", part("list"), style="bullet")), "unsupported type: rich_text_list"),
    "an empty list": (rich(part("list", style="bullet")), "at least 1"),
    "indented too far": (rich(part("list", part("section"), style="bullet", indent=9)), "between 0 and 8"),
    "a thick border": (rich(part("quote", text(), border=2)), "between 0 and 1"),
    "an empty quote": (rich(part("quote")), "at least 1"),
    "a person in preformatted": (
        rich(part("preformatted", {"type": "user", "user_id": "U1"})),
        "unsupported type: user",
    ),
    "everybody at once": (rich(part("section", {"type": "broadcast", "range": "all"})), "must be one of"),
    "a colour by name": (rich(part("section", {"type": "color", "value": "red"})), "format"),
    "a link to nowhere": (rich(part("section", {"type": "link", "text": "here"})), "missing required field: url"),
    "a date without a token": (rich(part("section", date("soon"))), "tokens"),
    "a date of another kind": (rich(part("section", date("{date_long} {week}"))), "tokens"),
    "a date that is text": (rich(part("section", date(timestamp="1770000000"))), "must be an integer"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_slack_refuses(name: str) -> None:
    block, words = BAD[name]
    with pytest.raises(SlackError, match="invalid_blocks") as refused:
        checked_blocks([block])
    assert any(words in line for line in refused.value.messages), refused.value.messages
