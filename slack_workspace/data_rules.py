"""What Slack allows in the blocks that show data: table, data_table and data_visualization. Messages only.

Source: https://docs.slack.dev/reference/block-kit/blocks/table-block, …/data-table-block and
…/data-visualization-block
"""

from typing import Any, Final

from slack_workspace.checks import (
    Check,
    Field,
    Path,
    Problems,
    also,
    array,
    boolean,
    integer,
    may,
    must,
    nullable,
    number,
    one_of,
    shape,
    string,
    tagged,
    wrong,
)
from slack_workspace.rich_text_rules import LONGEST, RICH_TEXT

ROWS: Final = 100
COLUMNS: Final = 20
SERIES: Final = 12
CATEGORIES: Final = 20
_LABEL: Final = string(20)
_AXIS: Final = string(50)
_BLOCK: Final = {"block_id": may(string(255))}
_RAW_TEXT: Final = shape({"type": must(one_of("raw_text")), "text": must(string(LONGEST))})
_RAW_NUMBER: Final = shape(
    {"type": must(one_of("raw_number")), "value": must(number), "text": must(string(LONGEST))},
)
_CELL: Final = tagged({"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT})
_ROW: Final = array(_CELL, COLUMNS)
_COLUMN: Final = shape({"align": may(one_of("left", "center", "right")), "is_wrapped": may(boolean)})

TABLE: Final = shape(
    {
        "type": must(one_of("table")),
        "rows": must(array(_ROW, ROWS)),
        "column_settings": may(array(nullable(_COLUMN), COLUMNS)),
    }
    | _BLOCK
)


def _even_rows(value: Any, path: Path, problems: Problems) -> None:
    header, *rows = value["rows"]
    if any(cell["type"] == "rich_text" for cell in header):
        wrong(problems, f"{path}/rows/0", "unsupported type: rich_text (the first row is the header)")
    for index, row in enumerate(rows, start=1):
        if len(row) != len(header):
            wrong(problems, f"{path}/rows/{index}", f"must have {len(header)} cells like the header")
    if value.get("row_header_column_index", 0) >= len(header):
        wrong(problems, f"{path}/row_header_column_index", "must be the index of a column")


DATA_TABLE: Final = also(
    shape(
        {
            "type": must(one_of("data_table")),
            "caption": must(string(3000)),
            "rows": must(array(_ROW, ROWS + 1, least=2)),
            "page_size": may(integer(1, 100)),
            "row_header_column_index": may(integer(0, COLUMNS - 1)),
        }
        | _BLOCK
    ),
    _even_rows,
)


def _positive(value: Any, path: Path, problems: Problems) -> None:
    number(value, path, problems)
    if isinstance(value, int | float) and value <= 0:
        wrong(problems, path, "must be more than 0")


_POINT: Final = shape({"label": must(_LABEL), "value": must(number)})
_SEGMENT: Final = shape({"label": must(_LABEL), "value": must(_positive)})
_SERIES: Final = shape({"name": must(_LABEL), "data": must(array(_POINT, CATEGORIES))})
_AXES: Final = shape(
    {"categories": must(array(_LABEL, CATEGORIES)), "x_label": may(_AXIS), "y_label": may(_AXIS)},
)


def _one_point_each(value: Any, path: Path, problems: Problems) -> None:
    """Every series has one point for every category, and a name of its own."""
    categories = value["axis_config"]["categories"]
    names = [series["name"] for series in value["series"]]
    if len(set(names)) != len(names):
        wrong(problems, f"{path}/series", "names must be unique")
    for index, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            wrong(problems, f"{path}/series/{index}/data", "must have one point for each of the categories")


def _series_chart(kind: str) -> Check:
    fields: dict[str, Field] = {
        "type": must(one_of(kind)),
        "series": must(array(_SERIES, SERIES)),
        "axis_config": must(_AXES),
    }
    return also(shape(fields), _one_point_each)


_CHART: Final = tagged(
    {kind: _series_chart(kind) for kind in ("bar", "area", "line")}
    | {"pie": shape({"type": must(one_of("pie")), "segments": must(array(_SEGMENT, SERIES))})}
)

DATA_VISUALIZATION: Final = shape(
    {"type": must(one_of("data_visualization")), "title": must(string(50)), "chart": must(_CHART)} | _BLOCK
)
