"""Every part and whole as Slack gets it, held by files. UPDATE_GOLDEN=1 writes them anew; read the difference then."""

import json
import os
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogs import parts as p
from bot.handlers.slack import render
from tests.handlers.sample_parts import FORM, INPUTS, LONDON, SHOWN, TOLD
from tests.handlers.slack.judge import judge_message, judge_view

GOLDEN = Path(__file__).parent / "golden"


def _wholes() -> dict[str, dict[str, Any]]:
    shown = tuple(SHOWN.values())
    return {
        "message": render.message(p.Message("Katherine Bell asks <you> & waits", shown), LONDON),
        "message_shared": render.message(p.Message("Katherine Bell asks", shown), None),
        "message_without_parts": render.message(p.Message("Thank you, *that* is all.", ()), LONDON),
        "home": render.home(p.Home(shown), ZoneInfo("Europe/Paris")),
        "home_empty": render.home(p.Home(()), LONDON),
        "form": render.form(FORM, LONDON),
        "form_to_read": render.form(p.Form("requests.view", "Mentoring request", shown, "inv-1"), LONDON),
        "notice": render.notice(TOLD, LONDON),
        "notice_ephemeral": render.ephemeral(TOLD, LONDON),
    }


def _hold(name: str, drawn: object) -> None:
    path = GOLDEN / f"{name}.json"
    text = json.dumps(drawn, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("zone", [LONDON, None], ids=["own", "shared"])
@pytest.mark.parametrize("name", SHOWN)
def test_each_part_is_drawn_as_agreed(name: str, zone: ZoneInfo | None) -> None:
    message = render.message(p.Message("A part", (SHOWN[name],)), zone)
    judge_message(message)
    _hold(f"part_{name}" + ("" if zone else "_shared"), message["blocks"])


@pytest.mark.parametrize("name", INPUTS)
def test_each_input_is_drawn_as_agreed(name: str) -> None:
    view = render.form(p.Form("v", "A form", (INPUTS[name],), submit="Send"), LONDON)
    judge_view(view)
    _hold(f"input_{name}", view["blocks"])


@pytest.mark.parametrize("name", _wholes())
def test_each_whole_is_drawn_as_agreed(name: str) -> None:
    drawn = _wholes()[name]
    judge_view(drawn) if "type" in drawn else judge_message(drawn)
    _hold(name, drawn)


def test_no_golden_file_is_left_over() -> None:
    expected = {*(f"input_{name}" for name in INPUTS), *_wholes()}
    expected |= {f"part_{name}{end}" for name in SHOWN for end in ("", "_shared")}
    assert {path.stem for path in GOLDEN.glob("*.json")} == expected
