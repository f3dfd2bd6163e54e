"""Which blocks exist, what Slack allows in each, and which may stand on which surface.

Source: https://docs.slack.dev/reference/block-kit/blocks. Stricter in one way: blocks and elements the project has no
use for (video, file, plan, task_card, context_actions) are unknown here.
"""

from typing import Any, Final

from slack_workspace.card_rules import ALERT, CARD, CAROUSEL, container
from slack_workspace.checks import (
    Check,
    Field,
    Path,
    Problems,
    also,
    any_text,
    array,
    boolean,
    may,
    must,
    one_of,
    plain_text,
    shape,
    string,
    tagged,
    wrong,
)
from slack_workspace.data_rules import DATA_TABLE, DATA_VISUALIZATION, TABLE
from slack_workspace.element_rules import AS_ACCESSORY, ID, IMAGE, IN_ACTIONS, IN_INPUT
from slack_workspace.elements import all_blocks, elements
from slack_workspace.rich_text_rules import RICH_TEXT

MARKDOWN: Final = 12_000
CHARTS: Final = 2
"""Data visualizations in one message."""


def _block(kind: str, fields: dict[str, Field], *more: Check) -> Check:
    return also(shape({"type": must(one_of(kind)), "block_id": may(ID)} | fields), *more)


def _text_or_fields(value: Any, path: Path, problems: Problems) -> None:
    if not value.get("text") and not value.get("fields"):
        wrong(problems, path, "must have text or fields")


_CONTEXT: Final = tagged({"image": IMAGE, "plain_text": any_text(3000), "mrkdwn": any_text(3000)})
_EVERYWHERE: Final[dict[str, Check]] = {
    "actions": _block("actions", {"elements": must(array(IN_ACTIONS, 25))}),
    "context": _block("context", {"elements": must(array(_CONTEXT, 10))}),
    "divider": _block("divider", {}),
    "header": _block("header", {"text": must(plain_text(150))}),
    "image": _block(
        "image",
        {"image_url": must(string(3000)), "alt_text": must(string(2000)), "title": may(plain_text(2000))},
    ),
    "input": _block(
        "input",
        {
            "label": must(plain_text(2000)),
            "element": must(IN_INPUT),
            "hint": may(plain_text(2000)),
            "optional": may(boolean),
            "dispatch_action": may(boolean),
        },
    ),
    "rich_text": RICH_TEXT,
    "section": _block(
        "section",
        {
            "text": may(any_text(3000)),
            "fields": may(array(any_text(2000), 10)),
            "accessory": may(AS_ACCESSORY),
            "expand": may(boolean),
        },
        _text_or_fields,
    ),
}
_IN_CONTAINER: Final = tagged(_EVERYWHERE | {"table": TABLE})
_WITH_CONTAINER: Final = _EVERYWHERE | {"container": container(_IN_CONTAINER)}
_ONLY_IN_MESSAGES: Final[dict[str, Check]] = {
    "card": CARD,
    "carousel": CAROUSEL,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "markdown": _block("markdown", {"text": must(string(MARKDOWN))}),
    "table": TABLE,
}


def _unique_ids(value: Any, path: Path, problems: Problems) -> None:
    """Block ids are unique in a surface, action ids within their block."""
    seen: set[str] = set()
    for block in all_blocks(value):
        block_id = block.get("block_id")
        if block_id in seen:
            wrong(problems, path, f"block_id already exists: {block_id}")
        seen.update({block_id} if block_id else ())
        inside = [e["action_id"] for b, e in elements([block]) if b is block and "action_id" in e]
        if len(inside) != len(set(inside)):
            wrong(problems, path, f"action_id already exists in one block: {', '.join(sorted(inside))}")


def _one_focus(value: Any, path: Path, problems: Problems) -> None:
    if sum(1 for _, element in elements(value) if element.get("focus_on_load")) > 1:
        wrong(problems, path, "focus_on_load can only be true for one element")


def _no_files(value: Any, path: Path, problems: Problems) -> None:
    for _, element in elements(value):
        if element["type"] == "file_input":
            wrong(problems, path, f"unsupported element in a message: {element['type']}")


def _few_charts(value: Any, path: Path, problems: Problems) -> None:
    if sum(block["type"] == "data_visualization" for block in value) > CHARTS:
        wrong(problems, path, f"no more than {CHARTS} data_visualization blocks allowed")
    if sum(len(block["text"]) for block in value if block["type"] == "markdown") > MARKDOWN:
        wrong(problems, path, f"markdown must be less than {MARKDOWN + 1} characters in all")


def _no_table_inside(value: Any, path: Path, problems: Problems) -> None:
    """Tables are for messages, in a container as outside of one."""
    if any(block["type"] == "table" for block in all_blocks(value)):
        wrong(problems, path, "unsupported type: table")


def _surface(kinds: dict[str, Check], most: int, *more: Check) -> Check:
    return also(array(tagged(kinds), most, least=0), _unique_ids, _one_focus, *more)


IN_MESSAGE: Final = _surface(_WITH_CONTAINER | _ONLY_IN_MESSAGES, 50, _no_files, _few_charts)
IN_MODAL: Final = _surface(_WITH_CONTAINER | {"alert": ALERT}, 100, _no_table_inside)
IN_HOME: Final = _surface(_WITH_CONTAINER, 100, _no_table_inside)
