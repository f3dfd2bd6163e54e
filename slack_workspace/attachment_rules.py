"""What Slack allows in attachments, its older way to add to a message.

Source: https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments. The buttons and menus that
attachments had before there were blocks (`actions`, `callback_id`) are refused: nothing here would answer to them.
"""

from typing import Any, Final

from slack_workspace.checks import Problems, array, boolean, may, must, one_of, shape, string
from slack_workspace.errors import SlackError
from slack_workspace.model import Json

MOST: Final = 100
_TEXT: Final = string(8000, least=0)
_SHORT: Final = string(3000, least=0)
_FIELD: Final = shape({"title": may(_SHORT), "value": may(_SHORT), "short": may(boolean)})
_SHOWN: Final = (
    *("blocks", "fallback", "text", "title", "pretext", "fields"),
    *("image_url", "thumb_url", "author_name", "footer"),
)
_LINKS: Final = ("author_link", "author_icon", "author_subname", "title_link", "footer_icon")


def _anything(value: Any, path: str, problems: Problems) -> None:
    """Blocks are held to the rules of blocks, and answer with their own errors."""


_ATTACHMENT: Final = shape(
    {name: may(_TEXT) for name in (*_SHOWN, *_LINKS)}
    | {
        "blocks": may(_anything),
        "fields": may(array(_FIELD, 100)),
        "color": may(string(20)),
        "ts": may(_anything),
        "mrkdwn_in": may(array(one_of("pretext", "text", "fields"), 3, least=0)),
    }
)
_LIST: Final = must(array(_ATTACHMENT, MOST, least=0)).check


def check_attachments(attachments: Any) -> list[Json]:
    """The attachments, their blocks still unchecked. Raises SlackError: too_many_attachments, invalid_attachments,
    no_text for one that shows nothing."""
    if isinstance(attachments, list) and len(attachments) > MOST:
        raise SlackError("too_many_attachments")
    problems: Problems = []
    _LIST(attachments, "/attachments", problems)
    if problems:
        raise SlackError("invalid_attachments", *problems)
    if any(not any(attachment.get(name) for name in _SHOWN) for attachment in attachments):
        raise SlackError("no_text")
    return list(attachments)
