"""What Teams would say to a card: its limits counted here, the schema of cards, and Microsoft's own parser of them."""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft6Validator
from jsonschema.exceptions import best_match

from bot.handlers.teams import presses
from tests.support.teams import card_rules

SCHEMA = Path(__file__).parents[3].parent / "shared" / "specs" / "teams" / "adaptive-card-1.5.schema.json"
FETCHED = Path(tempfile.gettempdir()) / "mentorbot-adaptivecards-3"
"""Where the parser is kept from one run to the next."""
PARSER = Path("node_modules") / "adaptivecards" / "dist" / "adaptivecards.js"
PLAIN = re.compile(r"(?:[^\W_]|[ ,’?…])+")
"""Words in which no client finds markup."""


def objects(drawn: Any) -> Iterator[dict[str, Any]]:
    """Every object of a drawing, outermost first; what a button carries is none of them."""
    if isinstance(drawn, dict):
        yield drawn
        for key, value in drawn.items():
            if key != "data":
                yield from objects(value)
    elif isinstance(drawn, list):
        for value in drawn:
            yield from objects(value)


def of_type(drawn: Any, *types: str) -> list[dict[str, Any]]:
    """The objects of these types, from top to bottom."""
    return [each for each in objects(drawn) if each.get("type") in types]


def inputs(card: dict[str, Any]) -> list[dict[str, Any]]:
    """Its fields."""
    return [each for each in objects(card) if str(each.get("type", "")).startswith("Input.")]


def action(card: dict[str, Any], title: str) -> dict[str, Any]:
    """The button of that title."""
    return next(each for each in of_type(card, "Action.Execute") if each["title"] == title)


def literal_text(card: dict[str, Any]) -> str:
    """All that is shown letter by letter, in order."""
    return "".join(each["text"] for each in of_type(card, "TextRun"))


def press(card: dict[str, Any], title: str, **entered: str) -> presses.Pressed:
    """The button as it comes back from a client, with what its fields held; `entered` by the id's key."""
    pressed = action(card, title)
    held = {each["id"]: str(each["value"]) for each in inputs(card) if "value" in each}
    if pressed.get("associatedInputs") == "none":
        held = {}
    held |= {each["id"]: entered[key] for each in inputs(card) if (key := each["id"][2:]) in entered}
    return presses.read({**pressed, "data": {**pressed["data"], **held}})


def judge(card: dict[str, Any]) -> None:
    """All that is true of each of our cards."""
    assert len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode()) <= 28_000
    assert (card["type"], card["version"], card["msteams"]) == ("AdaptiveCard", "1.5", {"width": "Full"})
    assert not {"actions", "refresh"} & set(card)
    assert 0 < len(card["speak"]) <= 1000
    assert card["fallbackText"]
    assert card["body"]
    assert not of_type(card, "FactSet", "Action.Submit", "Action.ShowCard", "Input.Toggle")
    for each in of_type(card, "TextBlock"):
        assert PLAIN.fullmatch(each["text"])
    for each in of_type(card, "RichTextBlock"):
        assert each["inlines"]
    for each in of_type(card, "TextRun"):
        assert each["text"]
    for each in of_type(card, "Action.OpenUrl"):
        assert each["url"].startswith("https://")
    for each in of_type(card, "ActionSet"):
        assert 1 <= len(each["actions"]) <= 5
    ids = [each["id"] for each in objects(card) if "id" in each]
    assert len(set(ids)) == len(ids)
    _judge_actions(card)
    _judge_inputs(card)


def _judge_actions(card: dict[str, Any]) -> None:
    held = [each["id"] for each in inputs(card)]
    for each in of_type(card, "Action.Execute"):
        read = presses.read(each)
        assert (read.verb, each["title"].strip()) == (each["verb"], each["title"])
        assert read.typed == {}
        assert [id_ for id_ in read.fields if not id_.startswith("f:")] == (held if read.fields else [])


def _judge_inputs(card: dict[str, Any]) -> None:
    verbs = [each for each in of_type(card, "Action.Execute") if each["verb"] != presses.CLOSE]
    for each in inputs(card):
        assert each["label"].strip()
        if each.get("isRequired"):
            assert len(verbs) == 1, "the client would not let another button through"
        if "errorMessage" in each:
            assert re.fullmatch(r"[\w ,.]+", each["errorMessage"]), "clients read Markdown in it"
        if each["type"] == "Input.ChoiceSet":
            values = [choice["value"] for choice in each["choices"]]
            assert len(set(values)) == len(values) <= 100
            assert not any("," in value for value in values)
            assert set(each["value"].split(",") if "value" in each else ()) <= set(values)


def known_everywhere(drawn: Any) -> Any:
    """The card without what Teams has beyond the 1.5 of everybody: its width, fields in which people are found,
    charts, and its own people."""
    if isinstance(drawn, list):
        return [known_everywhere(each) for each in drawn if not card_rules.is_of_teams(each)]
    if not isinstance(drawn, dict):
        return drawn
    kept = {key: known_everywhere(value) for key, value in drawn.items() if key not in {"msteams", "choices.data"}}
    if kept != drawn and "choices.data" in drawn:
        kept |= {"style": "compact", "choices": kept["choices"] or [{"title": "Somebody", "value": "somebody"}]}
    return kept


def schema() -> Draft6Validator:
    """The schema of Adaptive Cards 1.5; skips where it is not at hand."""
    if not SCHEMA.exists():
        pytest.skip("the schema of Adaptive Cards is not at hand")
    return Draft6Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def judge_by(validator: Draft6Validator, card: dict[str, Any]) -> None:
    """That the schema has nothing against the card."""
    found = best_match(validator.iter_errors(known_everywhere(card)))
    assert found is None, f"{list(found.path)}: {found.message[:300]}"


def complaints(cards: Sequence[dict[str, Any]]) -> list[str]:
    """What Microsoft's parser says against the cards; skips where it or node is not at hand."""
    script = Path(__file__).parent / "parse.cjs"
    node = _found("node")
    done = subprocess.run(
        [node, str(script), str(_parser())], input=json.dumps([known_everywhere(card) for card in cards]),
        capture_output=True, text=True, timeout=100, check=True,
    )  # fmt: skip
    said: list[str] = json.loads(done.stdout)
    return said


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not at hand")
    return path


def _parser() -> Path:
    """npm's `adaptivecards`, fetched once: each fetches for itself, and the first to be ready is kept."""
    if (FETCHED / PARSER).exists():
        return FETCHED / PARSER
    with tempfile.TemporaryDirectory(prefix="mentorbot-adaptivecards-") as folder:
        wanted = [_found("npm"), "install", "--no-audit", "--no-fund", "--prefix", folder, "adaptivecards@3"]
        try:
            subprocess.run(wanted, capture_output=True, timeout=60, check=True)
        except (subprocess.SubprocessError, OSError):
            pytest.skip("npm could not fetch adaptivecards")
        if not (FETCHED / PARSER).exists():
            shutil.copytree(folder, FETCHED, dirs_exist_ok=True)
    return FETCHED / PARSER


def distinct(cards: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cards, each once."""
    return list({json.dumps(card, sort_keys=True): card for card in cards}.values())
