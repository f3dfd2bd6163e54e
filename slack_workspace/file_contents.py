"""The contents of files: taken in at an upload address, given out to the app's token or to the page."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from slack_workspace.core import Core


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
        content = await request.body()
        if file is None or file.done:
            return PlainTextResponse("not found", 404)
        if len(content) != file.length:
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
