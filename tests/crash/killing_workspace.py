"""A workspace that kills the bot while it posts a message: as the call arrives, or as it is to be answered."""

import os
import signal
from dataclasses import dataclass
from typing import Any, Literal

from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from slack_workspace import Workspace

Moment = Literal["at arrival", "before the answer"]


@dataclass(slots=True)
class Hand:
    """Whom it kills at the next message, and when. `struck`: it has; what the dead have still sent goes unheard."""

    moment: Moment | None = None
    pid: int = 0
    struck: bool = False

    def raise_against(self, pid: int, moment: Moment) -> None:
        self.moment, self.pid, self.struck = moment, pid, False

    def rest(self) -> None:
        self.moment, self.struck = None, False

    def strike(self) -> None:
        if not self.struck:
            self.struck = True
            os.kill(self.pid, signal.SIGKILL)


class KillingWorkspace(Workspace):
    """A local workspace with a hand that kills."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.hand = Hand()

    def _app(self) -> Starlette:
        app = super()._app()
        app.add_middleware(_Door, hand=self.hand)
        return app


class _Door:
    def __init__(self, app: ASGIApp, hand: Hand) -> None:
        self._app = app
        self._hand = hand

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hand = self._hand
        if hand.moment is None or scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        posts = scope["path"] == "/api/chat.postMessage"
        if hand.moment == "at arrival" and (posts or hand.struck):
            hand.strike()
            await send({"type": "http.response.start", "status": 503, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return

        async def answer(message: Message) -> None:
            if posts and hand.moment == "before the answer":
                hand.strike()
            await send(message)

        await self._app(scope, receive, answer)
