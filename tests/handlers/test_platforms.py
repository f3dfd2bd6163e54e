"""The table of what each platform shows has a row for everything that can be said."""

import inspect
import re
from dataclasses import is_dataclass
from pathlib import Path

from bot.dialogs import parts

TABLE = Path(__file__).parents[2] / "docs" / "platforms.md"


def test_each_part_has_its_row_with_a_cell_for_each_platform() -> None:
    kinds = [name for name, kind in inspect.getmembers(parts, is_dataclass) if kind.__module__ == parts.__name__]
    rows = dict(re.findall(r"^\| `([A-Z]\w+)` \| (.+ \| .+) \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE))
    assert sorted(rows) == sorted(kinds)
    assert all(len(cells.split(" | ")) == 2 for cells in rows.values())
