"""The contents of files: taken in at an upload address, given out to the app's token or to the page."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from slack_workspace import serializers
from slack_workspace.bodies import MULTIPART
from slack_workspace.core import Core
from slack_workspace.model import File, Json
from slack_workspace.multipart import parts
from slack_workspace.state import new_id


class FileContents:
    """`/upload/<id>` takes a file's bytes in; `/files/<id>/<name>` gives them to the app's token or the page."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def routes(self) -> list[Route]:
        return [
            Route("/upload/{file_id}", self.upload, methods=["POST"]),
            Route("/files/{file_id}/{name}", self.download, methods=["GET"]),
        ]

    async def upload(self, request: Request) -> Response:
        file = self._core.state.files.get(request.path_params["file_id"])
        content = _content(await request.body(), request.headers.get("content-type", ""))
        if file is None or file.done:
            return PlainTextResponse("not found", 404)
        if content is None or len(content) != file.length:
            return PlainTextResponse("the length is not the one that was announced", 400)
        self._core.state.put_file(replace(file, content=content))
        return PlainTextResponse(f"OK - {len(content)}")

    async def download(self, request: Request) -> Response:
        file = self._core.state.files.get(request.path_params["file_id"])
        bearer = f"Bearer {self._core.identity.bot_token}"
        allowed = bearer == request.headers.get("authorization") and "files:read" in self._core.scopes
        from_page = request.headers.get("sec-fetch-site") == "same-origin"
        if file is None or file.content is None or not (allowed or from_page):
            return PlainTextResponse("not found", 404)
        quiet = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
        return Response(file.content, media_type=file.mimetype, headers=quiet)


def chosen(core: Core, user: str, name: str, content: bytes, mimetype: str) -> Json:
    """A file that somebody has chosen in a form: Slack has it from then on, for them and the app."""
    name = name.replace("/", "_")
    created = core.state.seconds()
    file = File(new_id("F"), name, name, len(content), content, mimetype, user, created, done=True)
    core.state.put_file(file)
    return serializers.file(core, file)


def _content(body: bytes, content_type: str) -> bytes | None:
    """The bytes as they are, or the one file of a form; None where a form holds no file."""
    if not content_type.startswith(MULTIPART):
        return body
    try:
        return next((part.content for part in parts(body, content_type) if part.filename is not None), None)
    except ValueError:
        return None
