"""The same faults and turns of fate over HTTP, so that another process can bring them about, and file contents."""

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from slack_workspace.core import Core
from slack_workspace.model import Json

if TYPE_CHECKING:
    from slack_workspace.workspace import Workspace


class Control:
    """Routes under `/control`."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def routes(self) -> list[Route]:
        return [
            Route("/control/faults", self.faults, methods=["GET", "POST", "DELETE"]),
            Route("/control/people", self.people, methods=["POST"]),
            Route("/control/socket", self.socket, methods=["POST"]),
        ]

    async def faults(self, request: Request) -> Response:
        """POST {method, kind, times?, seconds?} adds one, DELETE clears them; the answer lists those still to come."""
        faults = self._workspace.faults
        if request.method == "POST":
            try:
                faults.add(**await _body(request))
            except (TypeError, ValueError) as error:
                return JSONResponse({"ok": False, "message": str(error)}, 400)
        elif request.method == "DELETE":
            faults.clear()
        return JSONResponse({"ok": True, "faults": [asdict(fault) for fault in faults.waiting]})

    async def people(self, request: Request) -> Response:
        """POST {name, …} adds a person; {user, deactivated?, guest?, name?, email?, tz?, title?} changes one."""
        try:
            body = await _body(request)
            if user := body.pop("user", None):
                self._workspace.change_person(str(user), **body)
            else:
                user = self._workspace.add_person(body.pop("name"), **body)
        except (TypeError, ValueError, KeyError) as error:
            return JSONResponse({"ok": False, "message": str(error)}, 400)
        return JSONResponse({"ok": True, "user": user})

    async def socket(self, request: Request) -> Response:
        """POST {"do": "drop" | "refresh" | "warn"}."""
        match (await _body(request)).get("do"):
            case "drop":
                self._workspace.drop_sockets()
            case "refresh":
                await self._workspace.refresh_sockets()
            case "warn":
                await self._workspace.warn_sockets()
            case other:
                return JSONResponse({"ok": False, "message": f"unknown: {other}"}, 400)
        return JSONResponse({"ok": True})


class Files:
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


async def _body(request: Request) -> Json:
    """Raises ValueError for anything but a JSON object."""
    body = await request.json()
    if not isinstance(body, dict):
        raise ValueError("a JSON object was expected")
    return body
