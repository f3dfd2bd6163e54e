"""files.getUploadURLExternal, completeUploadExternal and info: uploading in three steps.

Source: https://docs.slack.dev/messaging/working-with-files#upload
"""

import mimetypes
from dataclasses import replace
from typing import Any, Final

from slack_workspace import serializers
from slack_workspace.arguments import Arguments
from slack_workspace.content import Content, app_message, read_blocks
from slack_workspace.core import Core
from slack_workspace.errors import SlackError
from slack_workspace.methods.paging import page
from slack_workspace.model import File, Json
from slack_workspace.state import new_id
from slack_workspace.web_api import method

ALT_TXT: Final = 1000
_LARGEST: Final = 1_000_000_000
_OF_A_FILE: Final = frozenset({"id", "title", "highlight_type"})


@method("files.getUploadURLExternal")
def get_upload_url(core: Core, arguments: Arguments) -> Json:
    name = arguments.need("filename")
    file = File(
        id=new_id("F"),
        name=name.replace("/", "_"),
        title=name,
        length=_length(arguments),
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        user=core.identity.bot_user,
        created=core.state.seconds(),
        alt_txt=_alt_txt(arguments),
        snippet_type=arguments.text("snippet_type"),
    )
    core.state.put_file(file)
    return {"upload_url": f"{core.url}/upload/{file.id}", "file_id": file.id}


def _length(arguments: Arguments) -> int:
    if arguments.given("length") in (None, "", "0", 0):
        raise SlackError("missing_argument")
    return arguments.number("length", 0, 1, _LARGEST)


def _alt_txt(arguments: Arguments) -> str:
    """The page says alt_txt; Slack's SDK for Node sends alt_text."""
    words = arguments.text("alt_txt") or arguments.text("alt_text")
    if len(words) > ALT_TXT:
        raise SlackError("alt_txt_too_large")
    return words


@method("files.completeUploadExternal")
def complete_upload(core: Core, arguments: Arguments) -> Json:
    files = _uploads(core, arguments)
    channels = [core.postable(channel_id) for channel_id in _destinations(arguments)]
    thread_ts = arguments.text("thread_ts") or None
    if thread_ts and not all(core.state.find_message(channel.id, thread_ts) for channel in channels):
        raise SlackError("thread_not_found")
    content = _said_with_it(arguments)
    for file in files:
        core.state.put_file(replace(file, done=True, channels=tuple(c.id for c in channels)))
    names = tuple(file.id for file in files)
    for channel in channels:
        core.state.post(app_message(core, channel.id, content, thread_ts=thread_ts, files=names))
    return {"files": [serializers.file(core, core.state.files[name]) for name in names]}


def _uploads(core: Core, arguments: Arguments) -> list[File]:
    given = arguments.data("files", "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise SlackError("invalid_arguments", "missing required field: files")
    return [_uploaded(core, entry) for entry in given]


def _uploaded(core: Core, entry: Any) -> File:
    if not isinstance(entry, dict) or not _OF_A_FILE.issuperset(entry):
        raise SlackError("invalid_arguments", "must be objects of id, title and highlight_type [json-pointer:/files]")
    file = core.state.files.get(str(entry.get("id")))
    if file is None or file.content is None or file.done:
        raise SlackError("file_not_found")
    return replace(file, title=str(entry.get("title") or file.title))


def _destinations(arguments: Arguments) -> list[str]:
    several = [word.strip() for word in arguments.text("channels").split(",") if word.strip()]
    one = arguments.text("channel_id")
    return [*several, *([one] if one else [])]


def _said_with_it(arguments: Arguments) -> Content:
    """The words that come with the files; blocks count only where there is no comment."""
    blocks, comment = read_blocks(arguments), arguments.text("initial_comment")
    return Content(comment) if comment else Content("", blocks)


@method("files.info")
def files_info(core: Core, arguments: Arguments) -> Json:
    file = core.state.files.get(arguments.text("file"))
    if file is None or not file.done:
        raise SlackError("file_not_found")
    return {"file": serializers.file(core, file), "content": ""} | _no_comments(arguments)


def _no_comments(arguments: Arguments) -> Json:
    """Comments on files are paged in both of Slack's ways; nobody makes any."""
    page([], arguments)
    count, number = arguments.number("count", 100, 1, 1000), arguments.number("page", 1, 1, 100)
    paging = {"count": count, "total": 0, "page": number, "pages": 0}
    return {"comments": [], "paging": paging, "response_metadata": {"next_cursor": ""}}
