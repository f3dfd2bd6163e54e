"""The same faults and turns of fate over HTTP, so that another process can bring them about."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from slack_workspace.directory import Directory
from slack_workspace.faults import Faults
from slack_workspace.model import Json
from slack_workspace.sockets import Sockets


class Control:
    """Routes under `/control`."""

    def __init__(
        self, faults: Faults, directory: Directory, sockets: Sockets, change: Callable[..., Awaitable[object]]
    ) -> None:
        self._faults = faults
        self._directory = directory
        self._change = change
        self._sockets = sockets

    def routes(self) -> list[Route]:
        return [
            Route("/control/faults", self.faults, methods=["GET", "POST", "DELETE"]),
            Route("/control/people", self.people, methods=["POST"]),
            Route("/control/socket", self.socket, methods=["POST"]),
        ]

    async def faults(self, request: Request) -> Response:
        """POST {method, kind, times?, seconds?} adds one, DELETE clears them; the answer lists those still to come."""
        if request.method == "POST":
            try:
                self._faults.add(**await _body(request))
            except (TypeError, ValueError) as error:
                return JSONResponse({"ok": False, "message": str(error)}, 400)
        elif request.method == "DELETE":
            self._faults.clear()
        return JSONResponse({"ok": True, "faults": [asdict(fault) for fault in self._faults.waiting]})

    async def people(self, request: Request) -> Response:
        """POST {name, …} adds a person; {user, name?, email?, tz?, title?, guest?, pictured?, deactivated?} changes
        one."""
        try:
            body = await _body(request)
            if user := body.pop("user", None):
                await self._change(str(user), **body)
            else:
                user = self._directory.add_person(body.pop("name"), **body)
        except (TypeError, ValueError, KeyError) as error:
            return JSONResponse({"ok": False, "message": str(error)}, 400)
        return JSONResponse({"ok": True, "user": user})

    async def socket(self, request: Request) -> Response:
        """POST {"do": "drop" | "refresh" | "warn"}."""
        try:
            what = (await _body(request)).get("do")
        except ValueError as error:
            return JSONResponse({"ok": False, "message": str(error)}, 400)
        match what:
            case "drop":
                self._sockets.drop()
            case "refresh":
                await self._sockets.refresh()
            case "warn":
                await self._sockets.warn()
            case other:
                return JSONResponse({"ok": False, "message": f"unknown: {other}"}, 400)
        return JSONResponse({"ok": True})


async def _body(request: Request) -> Json:
    """Raises ValueError for anything but a JSON object."""
    body = await request.json()
    if not isinstance(body, dict):
        raise ValueError("a JSON object was expected")
    return body
