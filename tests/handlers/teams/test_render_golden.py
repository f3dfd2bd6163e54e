"""Every part and whole as Teams gets it, held by files. UPDATE_GOLDEN=1 writes them anew; read the difference then."""

import json
import os
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogs import parts as p
from bot.handlers.teams import render
from tests.dialogs.every_word import everything, messages_as_sent
from tests.dialogs.sheet_words import sheets_and_pages
from tests.handlers.sample_parts import FORM, INPUTS, LONDON, SHOWN, TOLD
from tests.handlers.teams.judge import complaints, distinct, judge, judge_by, known_everywhere, schema
from tests.support.teams import card_rules

pytestmark = pytest.mark.xdist_group("cards for Teams")
"""On one worker: what all of them look at is drawn once."""
GOLDEN = Path(__file__).parent / "golden"
OPENED = {"do": "requests.open", "about": "m-1"}
TYPED = {
    "t:role": "Registrar *of* <hearts>", "t:about": "Two lines\nof it", "n:places": "9", "c:when": "Mornings",
    "m:topics": "Topic 2%2C and more,Topic 3%2C and more", "d:on": "2026-12-01", "w:at": "14:30",
}  # fmt: skip
ERRORS = {"places": "Please give a number from 1 to 5.", "topic": "“What first?” is needed.", "gone": "It has changed."}
VIEWS = (
    "home, request asking two at once", "home, connection, mentee: session ahead", "invitation, open", "offer, open",
    "join_asked, mentee asks", "session_soon, set", "session_over, over", "reminder of everything",
    "mentor's view, open", "decline form, open", "connection view, many sessions", "schedule form, no time",
    "agreement, mentee: agreed by nobody", "find mentors, three", "directory, to name, nobody found",
    "profile form, mentor asks", "queue", "help", "refused: at_limit", "appoint form", "reminders form, 0 stopped",
    "plan form, calendars waited for",
)  # fmt: skip
"""Of all that is said, what has most in it."""


def drawn(said: p.Message | p.Form | p.Notice | p.Home) -> dict[str, Any]:
    """The card of whatever it is."""
    match said:
        case p.Message():
            return render.message(said, LONDON)
        case p.Form():
            return render.form(said, LONDON, OPENED)
        case p.Notice():
            return render.notice(said, LONDON)
        case p.Home():
            return render.home(said, LONDON)


@cache
def all_cards() -> tuple[tuple[str, dict[str, Any]], ...]:
    """The card of all that the bot says, with the name of the view; a few have the same."""
    return tuple((name, drawn(each)) for name, each in chain(everything(), messages_as_sent(), sheets_and_pages()))


@cache
def _wholes() -> dict[str, dict[str, Any]]:
    shown = tuple(SHOWN.values())
    return {
        "message": render.message(p.Message("Katherine Bell asks <you> & waits", shown), LONDON),
        "message_shared": render.message(p.Message("Katherine Bell asks", shown), None),
        "message_without_parts": render.message(p.Message("Thank you, *that* is all.", ()), LONDON),
        "home": render.home(p.Home(shown), ZoneInfo("Europe/Paris")),
        "home_empty": render.home(p.Home(()), LONDON),
        "form": render.form(FORM, LONDON),
        "form_with_errors": render.form(FORM, LONDON, OPENED, TYPED, ERRORS),
        "form_to_read": render.form(p.Form("requests.view", "Mentoring request", shown, "inv-1"), LONDON),
        "form_without_fields_with_an_error": render.form(
            p.Form("leave", "Leave the scheme", (SHOWN["paragraph"],), submit="Leave"), LONDON, OPENED, {}, {"a": "No."}
        ),
        "notice": render.notice(TOLD, LONDON),
        "notice_titled": render.notice(p.Notice("All is well.", title="Help *and* more"), LONDON),
    }


def _hold(name: str, drawn: object) -> None:
    path = GOLDEN / f"{name}.json"
    text = json.dumps(drawn, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def _file_of(view: str) -> str:
    return "view_" + "_".join("".join(c if c.isalnum() else " " for c in view).split())


@pytest.mark.parametrize("name", SHOWN)
def test_each_part_is_drawn_as_agreed(name: str) -> None:
    card = render.message(p.Message("A part", (p.Paragraph(("Above",)), SHOWN[name], p.Paragraph(("Below",)))), LONDON)
    judge(card)
    _hold(f"part_{name}", card["body"])


@pytest.mark.parametrize("name", INPUTS)
def test_each_input_is_drawn_as_agreed(name: str) -> None:
    card = render.form(p.Form("v", "A form", (INPUTS[name],), submit="Send"), LONDON)
    judge(card)
    _hold(f"input_{name}", card["body"])


@pytest.mark.parametrize("name", _wholes())
def test_each_whole_is_drawn_as_agreed(name: str) -> None:
    card = _wholes()[name]
    judge(card)
    _hold(name, card)


def test_what_is_said_most_is_drawn_as_agreed() -> None:
    views = dict(all_cards())
    for view in VIEWS:
        _hold(_file_of(view), views[view])


@pytest.mark.parametrize(
    ("view", "sends", "at_the_end"),
    [
        ("members", "Search", False),
        ("audit", "Search", False),
        ("directory, to choose", "Send request to mentors", True),
    ],
)
def test_what_only_looks_is_sent_off_above_what_was_found(view: str, sends: str, at_the_end: bool) -> None:
    body = dict(all_cards())[view]["body"]
    (at,) = [n for n, each in enumerate(body) if sends in [one["title"] for one in each.get("actions", ())]]
    fields = [n for n, each in enumerate(body) if "Input." in json.dumps(each)]
    assert at > fields[-1], "what is typed stands above the button"
    assert (at == len(body) - 1) is at_the_end
    assert at_the_end or at <= fields[-1] + 2, "and right below it, after a hint at most"


def test_no_golden_file_is_left_over() -> None:
    expected = {*(f"input_{name}" for name in INPUTS), *_wholes(), *(f"part_{name}" for name in SHOWN)}
    expected |= {_file_of(view) for view in VIEWS}
    assert {path.stem for path in GOLDEN.glob("*.json")} == expected


def test_every_word_of_the_bot_makes_a_card_that_the_parser_takes() -> None:
    cards = [card for _, card in all_cards()]
    for card in cards:
        judge(card)
    assert complaints(distinct([*cards, *_wholes().values()])) == []


def test_the_parser_does_complain() -> None:
    assert complaints([{"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "Nonsense"}]}])


def test_the_schema_takes_the_cards() -> None:
    validator = schema()
    held = [card for path in sorted(GOLDEN.glob("*.json")) if isinstance(card := json.loads(path.read_text()), dict)]
    for card in [*_wholes().values(), *held, *(card for _, card in all_cards()[::20])]:
        assert card_rules.of_card(card) == "", "of its parts, one by one"
    for name in ("home", "form_with_errors"):
        judge_by(validator, _wholes()[name])  # the whole at once takes a third of a second
    broken = {**known_everywhere(_wholes()["notice"]), "body": [{"type": "RichTextBlock"}]}
    with pytest.raises(AssertionError):
        judge_by(validator, broken)
    assert card_rules.of_card(broken) != ""
