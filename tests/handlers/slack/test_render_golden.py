"""Every part and whole as Slack gets it, held by files. UPDATE_GOLDEN=1 writes them anew; read the difference then."""

import json
import os
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.dialogs import parts as p
from bot.handlers.slack import render
from tests.handlers.slack.judge import judge_message, judge_view

GOLDEN = Path(__file__).parent / "golden"
LONDON = ZoneInfo("Europe/London")
AT = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
KATHERINE = p.Mention("U0KATHERINE", "Katherine Bell")

SHOWN: dict[str, p.Shown] = {
    "heading": p.Heading("Mentoring requests & more"),
    "paragraph": p.Paragraph(
        (KATHERINE, " asks *you* to be her mentor. Please answer by ", p.When(AT), ", ", p.Bold("4 days left"), ".")
    ),
    "paragraph_link": p.Paragraph(("Here is the ", p.Link("training", "https://training.example.org/a?b=1&c=2"), ".")),
    "note": p.Note(("Asked on ", p.When(AT, "day"), " for ", KATHERINE)),
    "bullets": p.Bullets((("Update preferences",), ("Meet ", KATHERINE, " on ", p.When(AT)))),
    "facts": p.Facts((("Topics", ("Leadership; Wellbeing",)), ("First session", (p.When(AT),)), ("Post", ("",)))),
    "divider": p.Divider(),
    "buttons": p.Buttons(
        (
            p.Button("View", "requests.view", "inv-1", opens_form=True),
            p.Button("Accept", "requests.accept", "inv-1", style="primary", spoken="Accept Katherine Bell"),
            p.Button("Decline", "requests.decline", "inv-1", opens_form=True, style="danger"),
            p.Button("Find mentors", "mentors.find"),
        )
    ),
}

FEW, MANY = ("Mornings", "Afternoons", "Evenings"), tuple(f"Topic {n}, and more" for n in range(1, 13))
INPUTS: dict[str, p.Input] = {
    "text": p.TextInput("role", "Your current role", hint="As you would say it", initial="Consultant <b>"),
    "text_long": p.TextInput("about", "About you", required=False, long=True, longest=1200),
    "number": p.NumberInput("places", "How many mentees?", 1, 5, initial=2),
    "choice_few": p.Choice("when", "When?", FEW, initial="Evenings"),
    "choice_many": p.Choice("topic", "What first?", MANY, initial="An option of last year"),
    "choices_few": p.Choices("times", "When could you meet?", FEW, initial=("Evenings", "At noon", "Mornings")),
    "choices_many": p.Choices("topics", "What about?", MANY, required=False, initial=MANY[3:5]),
    "date": p.DateInput("on", "On which day?", initial=date(2026, 11, 24)),
    "person": p.PersonInput("whom", "Whom?", hint="Anybody of this workspace"),
    "file": p.FileInput("proof", "Your certificate", ("pdf", "png"), hint="A PDF or PNG"),
    "time": p.TimeInput("at", "At what time?", required=False, initial=time(9, 5)),
}


def _wholes() -> dict[str, dict[str, Any]]:
    shown = tuple(SHOWN.values())
    form = p.Form("requests.create", "Create request", (SHOWN["note"], *INPUTS.values()), "m-1", "Send", {"page": "2"})
    told = p.Notice("That place is taken by now. The next mentor has been asked.", (SHOWN["facts"],))
    return {
        "message": render.message(p.Message("Katherine Bell asks <you> & waits", shown), LONDON),
        "message_shared": render.message(p.Message("Katherine Bell asks", shown), None),
        "message_without_parts": render.message(p.Message("Thank you, *that* is all.", ()), LONDON),
        "home": render.home(p.Home(shown), ZoneInfo("Europe/Paris")),
        "home_empty": render.home(p.Home(()), LONDON),
        "form": render.form(form, LONDON),
        "form_to_read": render.form(p.Form("requests.view", "Mentoring request", shown, "inv-1"), LONDON),
        "notice": render.notice(told, LONDON),
        "notice_ephemeral": render.ephemeral(told, LONDON),
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
