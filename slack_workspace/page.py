"""The HTTP API of the page on which a visitor is whoever they like: what they see, and what they do."""

import asyncio
import base64
import binascii
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from slack_workspace import file_contents, serializers
from slack_workspace.core import Core
from slack_workspace.errors import Refusal, SlackError
from slack_workspace.interactions import Interactions
from slack_workspace.model import Channel, Json, Message, Values, View
from slack_workspace.reading import attached

STATIC: Final = Path(__file__).parent / "static"
HEARTBEAT: Final = 15.0
"""Seconds between comments on a silent event stream."""
COALESCED: Final = 0.03
"""Seconds in which changes are told as one: a round of many messages is one piece of news."""
Turn = Callable[[timedelta], Awaitable[None]]
_DURATION: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_MOST_SHOWN: Final = 200


def duration(words: str) -> timedelta:
    """An ISO 8601 duration of days, hours and minutes. Raises Refusal."""
    found = _DURATION.fullmatch(words)
    span = timedelta()
    if found:
        days, hours, minutes = (int(part or 0) for part in found.groups())
        span = timedelta(days=days, hours=hours, minutes=minutes)
    if not span:
        raise Refusal(f"The clock cannot be turned by {words!r}.")
    return span


class Page:
    """Routes under `/`, `/static` and `/page`. `turn` turns the clock (None: nobody may); `welcome` is what the first
    screen says; `calendar`: people's own calendars are shown too."""

    def __init__(
        self,
        core: Core,
        interactions: Interactions,
        turn: Turn | None,
        welcome: Json | None = None,
        *,
        calendar: bool = False,
    ) -> None:
        self._core = core
        self._interactions = interactions
        self._turn = turn
        self._welcome = welcome
        self._calendar = calendar

    def routes(self) -> list[BaseRoute]:
        seeing = (self.read, self.home, self.suggest)
        doing = (self.press, self.submit, self.close, self.command, self.say, self.turn)
        return [
            Route("/", self.index),
            Mount("/static", StaticFiles(directory=STATIC, check_dir=False)),
            Route("/page/people", self.people),
            Route("/page/state", self.state),
            Route("/page/events", self.events),
            *(Route(f"/page/{action.__name__}", answering(action), methods=["POST"]) for action in (*seeing, *doing)),
        ]

    # --- seeing -----------------------------------------------------------------------------------------------
    async def index(self, request: Request) -> Response:
        return FileResponse(STATIC / "index.html", headers={"Cache-Control": "no-store"})

    async def people(self, request: Request) -> Response:
        shown = [p for p in self._core.state.people.values() if not p.bot and not p.deactivated]
        people = [{"id": p.id, "name": p.name, "title": p.title, "initials": p.initials} for p in shown]
        answer: Json = {"team": self._core.identity.team_name, "you": None, "people": people}
        if self._welcome is not None:
            answer["welcome"] = self._welcome
        return JSONResponse(answer | {"clock": self._clock(), "commands": self._interactions.commands})

    async def state(self, request: Request) -> Response:
        try:
            who = self._interactions.person(request.query_params.get("as", ""))
        except Refusal as refusal:
            return JSONResponse({"ok": False, "message": str(refusal)}, 404)
        state = self._core.state
        home = state.homes.get(who.id)
        answer: Json = {
            "version": self._core.changes.version,
            "clock": self._clock(),
            "me": {"id": who.id, "name": who.name, "title": who.title, "tz": who.tz},
            "conversations": [self._conversation(room, who.id) for room in state.conversations_of(who.id)],
            "calendar": self._calendar,
            "home": self._view(home, who.id) if home else None,
            "home_changed": bool(home and state.home_seen.get(who.id) != home.hash),
            "modals": [self._view(view, who.id) for view in state.modals(who.id)],
        }
        return JSONResponse(answer)

    async def events(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._news(), media_type="text/event-stream", headers=headers)

    async def _news(self) -> AsyncIterator[str]:
        changes = self._core.changes
        version = changes.version
        yield f'event: changed\ndata: {{"version": {version}}}\n\n'
        while not changes.stopped:
            latest = await changes.after(version, HEARTBEAT)
            if latest != version and not changes.stopped:
                await asyncio.sleep(COALESCED)
                latest = changes.version
            yield f'event: changed\ndata: {{"version": {latest}}}\n\n' if latest != version else ": still here\n\n"
            version = latest

    def _clock(self) -> Json:
        return {"now": self._core.state.now().isoformat(), "can_turn": self._turn is not None}

    def _conversation(self, room: Channel, user: str) -> Json:
        state = self._core.state
        name = self._name(room, user)
        messages = [self._message(m, user) for m in state.visible(room.id, user)[-_MOST_SHOWN:]]
        unread = state.unread(room.id, user)
        return {"id": room.id, "kind": room.kind, "name": name, "unread": unread, "messages": messages}

    def _name(self, room: Channel, user: str) -> str:
        """As Slack's own page calls it: by the app, by its people, or by its own name."""
        if room.kind == "channel":
            return room.name
        others = [each for each in room.members if each != user and not self._core.state.people[each].bot]
        return ", ".join([*(self._core.state.people[each].name for each in others), self._core.identity.bot_name])

    def _message(self, said: Message, user: str) -> Json:
        author = self._core.state.people[said.user]
        return {
            "ts": said.ts,
            "time": said.time.isoformat(),
            "from": {"id": author.id, "name": said.username or author.name, "bot": author.bot},
            "text": said.text,
            "blocks": [*said.blocks, *_attached(said)],
            "mrkdwn": said.mrkdwn,
            "state": {"values": said.values.get(user, {})},
            "files": [serializers.file(self._core, self._core.state.files[f]) for f in said.files],
            "ephemeral": said.ephemeral_to is not None,
            "edited": said.edited_ts is not None,
        }

    def _view(self, view: View, user: str) -> Json:
        whole = serializers.view(self._core, view)
        keys = ("id", "type", "title", "submit", "close", "blocks", "state", "hash")
        picture = {key: whole[key] for key in keys} | {"errors": dict(view.errors)}
        return picture | {"title": view.spec.get("title")}

    # --- doing ------------------------------------------------------------------------------------------------
    async def read(self, body: Json) -> Json:
        room = self._interactions.conversation(self._who(body), str(body.get("channel")))
        self._core.state.mark_read(room.id, self._who(body))
        return {}

    async def home(self, body: Json) -> Json:
        await self._interactions.open_home(self._who(body))
        return {}

    async def press(self, body: Json) -> Json:
        user = self._who(body)
        where = self._where(user, body.get("where"))
        self._interactions.keep(user, where, self._values(body.get("state"), user))
        value = body.get("value")
        value = self._with_files(value, user) if isinstance(value, dict) else None
        ids = str(body.get("block_id")), str(body.get("action_id"))
        await self._interactions.press(user, where, *ids, value)
        return {}

    async def suggest(self, body: Json) -> Json:
        user = self._who(body)
        ids = str(body.get("block_id")), str(body.get("action_id"))
        where = self._where(user, body.get("where"))
        return {"options": await self._interactions.suggest(user, where, *ids, str(body.get("value", "")))}

    async def submit(self, body: Json) -> Json:
        user = self._who(body)
        done = await self._interactions.submit(user, str(body.get("view")), self._values(body.get("state"), user))
        return {"errors": done.errors}

    async def close(self, body: Json) -> Json:
        await self._interactions.close(self._who(body), str(body.get("view")))
        return {}

    async def command(self, body: Json) -> Json:
        await self._interactions.command(self._who(body), body.get("channel"), str(body.get("text", "")))
        return {}

    async def say(self, body: Json) -> Json:
        await self._interactions.say(self._who(body), body.get("channel"), str(body.get("text", "")))
        return {}

    async def turn(self, body: Json) -> Json:
        if self._turn is None:
            raise Refusal("The clock cannot be turned here.")
        await self._turn(duration(str(body.get("by", ""))))
        self._core.changes.touch()
        return {}

    # --- reading what the page sends --------------------------------------------------------------------------
    def _who(self, body: Json) -> str:
        return self._interactions.person(str(body.get("as", ""))).id

    def _where(self, user: str, where: Any) -> View | Message:
        place = where if isinstance(where, dict) else {}
        state = self._core.state
        found: View | Message | None = None
        if "view" in place:
            found = state.find_view(str(place["view"]))
        elif "channel" in place:
            found = state.find_message(str(place["channel"]), str(place.get("ts")))
        if found is None:
            raise Refusal("That is no longer there.")
        return self._interactions.current(user, found)

    def _values(self, state: Any, who: str) -> Values:
        """The typed state, its files taken in; anything of another shape is left out."""
        blocks = state if isinstance(state, dict) else {}
        return {
            block_id: {action: self._with_files(s, who) for action, s in states.items() if isinstance(s, dict)}
            for block_id, states in blocks.items()
            if isinstance(states, dict)
        }

    def _with_files(self, state: Json, who: str) -> Json:
        if state.get("type") != "file_input":
            return state
        return state | {"files": [self._file(given, who) for given in state.get("files") or []]}

    def _file(self, given: Json, who: str) -> Json:
        """Takes in a file that the page sent with its content; one that is here already is passed on."""
        if given.get("id") in self._core.state.files:
            return given
        try:
            content = base64.b64decode(str(given.get("content", "")), validate=True)
        except binascii.Error:
            raise Refusal("That file could not be read.") from None
        kind = str(given.get("mimetype") or "application/octet-stream")
        return file_contents.chosen(self._core, who, str(given.get("name") or "file"), content, kind)


def _attached(said: Message) -> list[Json]:
    """The attachments as blocks, each with a line above it."""
    drawn: list[Json] = []
    for attachment in said.attachments:
        words = "\n".join(attached(replace(said, attachments=(attachment | {"blocks": []},))))
        name = f"attachment-{attachment['id']}"
        drawn.append({"type": "divider", "block_id": f"{name}-line"})
        if words:
            text = {"type": "mrkdwn", "text": words, "verbatim": False}
            drawn.append({"type": "section", "block_id": name, "text": text})
        drawn += attachment.get("blocks", [])
    return drawn


def answering(action: Callable[[Json], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
    """Reads the JSON, does it, and says in one sentence what went wrong."""

    async def answer(request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"ok": False, "message": "The page must send JSON."}, 415)
        try:
            body = json.loads(await request.body())
            done = await action(body if isinstance(body, dict) else {})
        except ValueError:
            return JSONResponse({"ok": False, "message": "The page sent something that is no JSON."}, 400)
        except (Refusal, SlackError) as refusal:
            return JSONResponse({"ok": False, "message": str(refusal.args[0])})
        return JSONResponse({"ok": True} | done)

    return answer
