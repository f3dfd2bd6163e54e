"""What Slack allows inside of rich text: sections, lists, quotes, preformatted text, and the pieces in them.

Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

import re
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
    one_of,
    shape,
    string,
    tagged,
    wrong,
)

LONGEST: Final = 13_000
"""Characters in one piece: no page says a number, but a whole message holds about as many."""
PIECES: Final = 1000
_NAME: Final = string(255)
_LINK: Final = string(3000)
_BRACED: Final = re.compile(r"\{[^{}]*\}")
_TOKEN: Final = re.compile(
    r"\{(ago|date(_(long(_full|_pretty)?|num|pretty|short(_pretty)?|slash))?|day_divider_pretty|time(_secs)?)\}"
)


def _styles(*names: str) -> Field:
    return may(shape({name: may(boolean) for name in names}))


_MARKS: Final = ("bold", "italic", "strike", "code", "underline")
_STYLED: Final = {"style": _styles(*_MARKS)}
_MENTIONED: Final = {"style": _styles(*_MARKS, "highlight", "client_highlight", "unlink")}


def _piece(kind: str, fields: dict[str, Field]) -> Check:
    return shape({"type": must(one_of(kind))} | fields)


def _date_format(value: Any, path: Path, problems: Problems) -> None:
    tokens = _BRACED.findall(value["format"])
    if not tokens or not all(map(_TOKEN.fullmatch, tokens)):
        wrong(problems, f"{path}/format", "must hold tokens like {date_long} and {time}, and no others")


_EMOJI: Final = {"name": must(_NAME), "unicode": may(_NAME), "url": may(_LINK), "skin_tone": may(integer(1, 6))}
_PIECES: Final[dict[str, Check]] = {
    "broadcast": _piece("broadcast", {"range": must(one_of("here", "channel", "everyone"))} | _STYLED),
    "channel": _piece("channel", {"channel_id": must(_NAME)} | _MENTIONED),
    "color": _piece("color", {"value": must(string(7, pattern=r"#[0-9A-Fa-f]{6}"))} | _STYLED),
    "date": also(
        _piece(
            "date",
            {
                "timestamp": must(integer(0, 99_999_999_999)),
                "format": must(string(255)),
                "url": may(_LINK),
                "fallback": may(string(255)),
            }
            | _STYLED,
        ),
        _date_format,
    ),
    "emoji": _piece("emoji", _EMOJI | _STYLED),
    "link": _piece("link", {"url": must(_LINK), "text": may(string(LONGEST)), "unsafe": may(boolean)} | _STYLED),
    "team": _piece("team", {"team_id": must(_NAME)} | _MENTIONED),
    "text": _piece("text", {"text": must(string(LONGEST))} | _STYLED),
    "user": _piece("user", {"user_id": must(_NAME)} | _MENTIONED),
    "usergroup": _piece("usergroup", {"usergroup_id": must(_NAME)} | _MENTIONED),
}
_ANY_PIECE: Final = tagged(_PIECES)
_BORDER: Final = {"border": may(integer(0, 1))}
_SECTION: Final = _piece("rich_text_section", {"elements": must(array(_ANY_PIECE, PIECES, least=0))})
_PARTS: Final[dict[str, Check]] = {
    "rich_text_section": _SECTION,
    "rich_text_list": _piece(
        "rich_text_list",
        {
            "style": must(one_of("bullet", "ordered")),
            "elements": must(array(tagged({"rich_text_section": _SECTION}), PIECES)),
            "indent": may(integer(0, 8)),
            "offset": may(integer(0, 10_000)),
        }
        | _BORDER,
    ),
    "rich_text_preformatted": _piece(
        "rich_text_preformatted",
        {"elements": must(array(tagged(_PIECES, ("text", "link")), PIECES)), "language": may(_NAME)} | _BORDER,
    ),
    "rich_text_quote": _piece("rich_text_quote", {"elements": must(array(_ANY_PIECE, PIECES))} | _BORDER),
}

RICH_TEXT: Final = shape(
    {
        "type": must(one_of("rich_text")),
        "block_id": may(_NAME),
        "elements": must(array(tagged(_PARTS), PIECES)),
    }
)
