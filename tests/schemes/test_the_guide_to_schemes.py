"""docs/schemes.md explains every key, and shows of each scheme what `scheme show` prints. UPDATE_GOLDEN=1 writes those
texts anew."""

import os
import re
from pathlib import Path

import pytest

from bot.dialogs.wording.schemes import described
from bot.schemes.loading import load, names
from bot.schemes.scheme import Scheme
from tests.schemes import defaults
from tests.schemes.test_kept_to import keys

GUIDE = Path(__file__).parents[2] / "docs" / "schemes.md"
EXAMPLES = "Each text is what `mentorbot scheme show` prints.\n"
LEFT_OUT = "`rows = 0` is 8 lines.\n\n"
REFERENCE = "british_cardiovascular_society"


def test_every_key_is_explained() -> None:
    explained = set(re.findall(r"`\[?\[?([a-z_.]+)\]?\]?(?: = [^`]*)?`", GUIDE.read_text("utf-8")))
    explained |= {word for each in explained for word in each.split(".")}
    missing = {key for key, _ in keys(Scheme) if key.split(".")[1] not in explained}
    passed_over = {"Surveys.kind", "Scheme.roles", "Scheme.matching"}
    assert missing - passed_over == set()


def test_what_holds_where_a_key_is_left_out_is_told() -> None:
    head, marker, rest = GUIDE.read_text("utf-8").partition(LEFT_OUT)
    _, line, tail = rest.partition("\n\n## ")
    assert marker
    assert line
    told = head + marker + defaults.table() + line[1:] + tail
    if os.environ.get("UPDATE_GOLDEN") == "1":
        GUIDE.write_text(told, "utf-8")
    assert GUIDE.read_text("utf-8") == told


def test_each_scheme_is_shown_as_it_is_printed() -> None:
    ordered = sorted(names(), key=lambda name: (name != REFERENCE, name))
    shown = "".join(f"\n### `{name}`\n\n```text\n{_printed(name)}\n```\n" for name in ordered)
    head, marker, _ = GUIDE.read_text("utf-8").partition(EXAMPLES)
    if os.environ.get("UPDATE_GOLDEN") == "1":
        GUIDE.write_text(head + marker + shown, "utf-8")
    assert marker
    assert GUIDE.read_text("utf-8") == head + marker + shown


def _printed(name: str) -> str:
    return "\n".join(described(load(name)))


@pytest.mark.parametrize("name", names())
def test_a_file_says_where_its_keys_are_explained(name: str) -> None:
    file = Path(__file__).parents[2] / "bot" / "schemes" / f"{name}.toml"
    assert "Every key is explained in docs/schemes.md" in file.read_text("utf-8")
