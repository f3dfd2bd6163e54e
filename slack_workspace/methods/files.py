"""files.getUploadURLExternal, completeUploadExternal and info: uploading in three steps."""

import mimetypes
from dataclasses import replace
from typing import Any

from slack_workspace import pictures
from slack_workspace.core import Core
from slack_workspace.errors import SlackError
from slack_workspace.model import File, Json, Message
from slack_workspace.state import new_id
from slack_workspace.web_api import Arguments, method


@method("files.getUploadURLExternal")
def get_upload_url(core: Core, arguments: Arguments) -> Json:
    name = arguments.need("filename")
    length = _length(arguments)
    file = File(
        id=new_id("F"),
        name=name.replace("/", "_"),
        title=name,
        length=length,
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        user=core.identity.bot_user,
        created=core.state.seconds(),
    )
    core.state.put_file(file)
    return {"upload_url": f"{core.url}/upload/{file.id}", "file_id": file.id}


def _length(arguments: Arguments) -> int:
    try:
        length = int(arguments.get("length") or 0)
    except (TypeError, ValueError):
        raise SlackError("invalid_arguments", "must be an integer [json-pointer:/length]") from None
    if length <= 0:
        raise SlackError("missing_argument")
    return length


@method("files.completeUploadExternal")
def complete_upload(core: Core, arguments: Arguments) -> Json:
    given = arguments.data("files", "invalid_arguments")
    if not isinstance(given, list) or not given:
        raise SlackError("invalid_arguments", "missing required field: files")
    files = [_uploaded(core, entry) for entry in given]
    channel_ids = [word for word in arguments.text("channels").split(",") if word]
    channel_ids += [arguments.text("channel_id")] if arguments.text("channel_id") else []
    channels = [core.postable(channel_id) for channel_id in channel_ids]
    for file in files:
        core.state.put_file(replace(file, done=True, channels=tuple(c.id for c in channels)))
    for channel in channels:
        core.state.post(
            Message(
                channel=channel.id,
                ts=core.state.timestamp(),
                user=core.identity.bot_user,
                text=arguments.text("initial_comment"),
                bot=True,
                thread_ts=arguments.text("thread_ts") or None,
                files=tuple(file.id for file in files),
            )
        )
    return {"files": [pictures.file(core, core.state.files[file.id]) for file in files]}


def _uploaded(core: Core, entry: Any) -> File:
    file = core.state.files.get(str(entry.get("id"))) if isinstance(entry, dict) else None
    if file is None or file.content is None or file.done:
        raise SlackError("file_not_found")
    return replace(file, title=str(entry.get("title") or file.title))


@method("files.info")
def files_info(core: Core, arguments: Arguments) -> Json:
    file = core.state.files.get(arguments.text("file"))
    if file is None or not file.done:
        raise SlackError("file_not_found")
    paging = {"count": 100, "total": 0, "page": 1, "pages": 0}
    return {"file": pictures.file(core, file), "content": "", "comments": [], "paging": paging}
