"""What `scheme show` says: every setting that changes what happens changes a sentence, and the drawing lines up."""

from typing import Any

import pytest

from bot.dialogs.wording.schemes import described, drawn
from bot.schemes.loading import load
from bot.schemes.period import period
from bot.schemes.route import Route
from tests.support.schemes import with_role, with_route

SCHEME = load("british_cardiovascular_society")
STEPS = [
    ("review", "choose", "ask"), ("choose", "ask"), ("choose", "review", "ask"), ("assign",), ("review", "assign"),
    ("assign", "ask"), ("review", "assign", "ask"), ("name", "review", "ask"),
]  # fmt: skip


def said(**route: Any) -> str:
    return "\n".join(described(with_route(SCHEME, **route)))


@pytest.mark.parametrize("steps", STEPS, ids="-".join)
@pytest.mark.parametrize("fails", ["choose_again", "office"])
def test_the_drawing_names_each_step_and_its_arrows_stand_under_their_names(steps: Any, fails: Any) -> None:
    line, *below = drawn(Route.model_construct(steps=steps, when_all_fail=fails))
    assert [name.strip() for name in line.split("─▶")] == ["request", *steps, "connection"]
    columns = {name: range(line.index(name), line.index(name) + len(name)) for name in steps}
    marks = [at for at, mark in enumerate(below[0]) if mark in "▲│"] if below else []
    if "ask" not in steps:
        assert not below
    elif fails == "office" and "assign" not in steps:
        assert marks[0] in columns["ask"]
        assert "assign" in below[-1]
    else:
        finding = next(step for step in steps if step in {"choose", "name", "assign"})
        assert marks[0] in columns[finding]
        assert marks[-1] in columns["ask"]
        assert len(below[0]) == below[1].index("┘") + 1


@pytest.mark.parametrize(
    ("route", "sentence"),
    [
        ({"reply_within": period("P21D")}, "A mentor has 3 weeks to answer; silence ends the request."),
        ({"on_silence": "ask_next"}, "silence asks the next"),
        ({"reply_within": None}, "A mentor answers whenever they can."),
        ({"at_once": 2}, "2 of them are asked at the same time; the first yes connects the two."),
        ({"choose_from": "directory"}, "up to 3 mentors from the directory of mentors"),
        ({"mentors": 1}, "The mentee chooses a mentor from"),
        ({"when_all_fail": "office"}, "the BCS Academy takes it up with the mentee"),
        ({"steps": ("name", "review", "ask")}, "names up to 3 mentors in order; who cannot be asked is passed over"),
        ({"steps": ("assign", "ask")}, "If it is a no, the BCS Academy picks another."),
        ({"steps": ("assign",)}, "The BCS Academy picks a mentor"),
        ({"offers": True}, "mentors may look at who seeks a mentor, and offer"),
        ({"approval_holds": None}, "approves it; it means to decide within 10 days.\n"),
    ],
)
def test_each_setting_of_a_route_is_a_sentence(route: dict[str, Any], sentence: str) -> None:
    assert sentence in said(**route)


def test_messages_before_the_answer_are_a_sentence() -> None:
    contact = SCHEME.contact_details.model_copy(update={"before_acceptance": "messages"})
    held = SCHEME.model_copy(update={"contact_details": contact})
    assert "the two can write short messages to each other" in "\n".join(described(held))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"gates": ()}, "Nothing stands between joining and taking part."),
        ({"gates": ("preferences",)}, "1. They say what suits them (2 questions)."),
        ({"gates": ("preferences",)}, "Besides: they may fill in their profile (6 questions)."),
        ({"open": False, "places": 12}, "Closed at the moment, 12 places."),
    ],
)
def test_each_gate_of_a_role_is_a_sentence(change: dict[str, Any], sentence: str) -> None:
    assert sentence in "\n".join(described(with_role(SCHEME, "mentor", **change)))
