"""What Slack allows in alert, card, carousel and container.

Source: https://docs.slack.dev/reference/block-kit/blocks/alert-block, …/card-block, …/carousel-block and
…/container-block
"""

from typing import Any, Final

from slack_workspace.checks import (
    Check,
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
from slack_workspace.element_rules import ELEMENTS, IMAGE
from slack_workspace.rich_text_rules import RICH_TEXT

_BLOCK: Final = {"block_id": may(string(255))}
_ICONS: Final = (
    "archive|book|bookmark|bot|bug|calendar|call|caret-left|caret-right|check|clipboard|code|comment|compass|copy|cube|"
    "download|edit|email|eye-closed|eye-open|file|flag|folder|gear|globe|heart|help|image|info|key|lightbulb|link|map|"
    "mobile|new-window|pin|plus|refine|refresh|rocket|save|screen|share|sparkle|star|star-filled|tag|thumbs-down|"
    "thumbs-up|trash|upload|user|warning"
)
_SLACK_ICON: Final = shape({"type": must(one_of("icon")), "name": must(string(20, pattern=_ICONS))})

ALERT: Final = shape(
    {
        "type": must(one_of("alert")),
        "text": must(any_text(200)),
        "level": may(one_of("default", "info", "warning", "error", "success")),
    }
    | _BLOCK
)


def _something_on_it(value: Any, path: Path, problems: Problems) -> None:
    if not any(value.get(key) for key in ("hero_image", "title", "actions", "body")):
        wrong(problems, path, "must have hero_image, title, actions or body")
    if "icon" in value and "slack_icon" in value:
        wrong(problems, path, "must have either icon or slack_icon")


CARD: Final = also(
    shape(
        {
            "type": must(one_of("card")),
            "hero_image": may(IMAGE),
            "icon": may(IMAGE),
            "slack_icon": may(_SLACK_ICON),
            "title": may(any_text(150)),
            "subtitle": may(any_text(150)),
            "body": may(any_text(200)),
            "subtext": may(any_text(200)),
            "actions": may(array(tagged(ELEMENTS, ("button",)), 3)),
        }
        | _BLOCK
    ),
    _something_on_it,
)

CAROUSEL: Final = shape(
    {"type": must(one_of("carousel")), "elements": must(array(tagged({"card": CARD}), 10))} | _BLOCK,
)


def _titled(value: Any, path: Path, problems: Problems) -> None:
    if not (value.get("title") or value.get("rich_text_title")):
        wrong(problems, path, "must have title or rich_text_title")
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        wrong(problems, f"{path}/default_collapsed", "requires is_collapsible")
    if value.get("has_header_divider") and value.get("is_collapsible"):
        wrong(problems, f"{path}/has_header_divider", "cannot be set when is_collapsible is true")


def container(child: Check) -> Check:
    """A container of 1 to 10 such blocks."""
    return also(
        shape(
            {
                "type": must(one_of("container")),
                "title": may(plain_text(150)),
                "rich_text_title": may(RICH_TEXT),
                "subtitle": may(any_text(150)),
                "child_blocks": must(array(child, 10)),
                "width": may(one_of("narrow", "standard", "wide", "full")),
                "icon": may(IMAGE),
                "is_collapsible": may(boolean),
                "default_collapsed": may(boolean),
                "has_header_divider": may(boolean),
            }
            | _BLOCK
        ),
        _titled,
    )
