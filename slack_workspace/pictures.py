"""The pictures that people have set of themselves: their initials, in the tint that the page gives them."""

from functools import reduce
from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from slack_workspace.core import Core

_TINTS: Final = ("#7a4b1d", "#335c8a", "#6d3f77", "#3d6636", "#8d3b4a", "#4a5568")
_DRAWN: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="192" height="192" viewBox="0 0 192 192">'
    '<rect width="192" height="192" fill="{tint}"/>'
    '<text x="96" y="122" font-family="sans-serif" font-size="72" font-weight="600" text-anchor="middle" fill="#fff">'
    "{initials}</text></svg>"
)


class Pictures:
    """`/pictures/<user>.svg`, to anybody, as Slack gives its pictures to whoever knows their address."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def routes(self) -> list[Route]:
        return [Route("/pictures/{user}.svg", self.picture, methods=["GET"])]

    async def picture(self, request: Request) -> Response:
        who = self._core.state.people.get(request.path_params["user"])
        if who is None:
            return PlainTextResponse("not found", 404)
        drawn = _DRAWN.format(tint=_TINTS[_number(who.name) % len(_TINTS)], initials=escape(who.initials))
        return Response(drawn, media_type="image/svg+xml", headers={"X-Content-Type-Options": "nosniff"})


def _number(name: str) -> int:
    """As `avatar` of the page reckons it, so that one person has one tint."""
    return reduce(lambda sum_, letter: (sum_ * 31 + ord(letter)) % 9973, name, 7)
