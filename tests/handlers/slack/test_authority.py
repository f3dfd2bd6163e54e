"""Who may press what, in Slack: the whole table of authority, signed and over HTTP, as presses, forms, commands and
events. Who acts is who Slack says it is."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date, time
from html import unescape
from itertools import count
from typing import Any, Final, get_args

import aiohttp
import pytest
from sqlalchemy import update
from starlette.routing import Route

from bot.actions.context import Click
from bot.actions.dispatcher import Dispatcher
from bot.dialogs.parts import Errors, Notice
from bot.dialogs.wording import help as words_of_help
from bot.dialogs.wording import trouble
from bot.handlers.slack import lookups, render
from bot.handlers.slack.app import COMMANDS, SlackApp
from bot.handlers.slack.missing import Missing
from bot.handlers.slack.platform import PATH, web_client
from bot.handlers.slack.verification import verifier
from bot.handlers.web import HttpServer, application
from bot.lifecycle.files import GivenFile
from bot.lifecycle.step import Reason
from bot.storage.database import Database
from bot.storage.tables import people
from slack_workspace import Workspace
from tests.actions.authority_cells import cells_over_http
from tests.actions.authority_kinds import LIST, NO, OK, Row
from tests.actions.authority_stage import REFUSED, Stage, outcome, reason
from tests.actions.dry_run import DryRun
from tests.actions.everybody import add_everybody
from tests.actions.population import settle
from tests.handlers.slack.judge import literal_text
from tests.support.bots import deliver, settings_for
from tests.support.databases import KEYS, rows

Json = dict[str, Any]
ELSEWHERE = "T0ELSEWHERE"
TYPED: Final = {str(verb): command for command, verb in COMMANDS.items()}
HAPPEN: Final = {
    "hello": {"type": "message", "channel_type": "im", "text": "Good morning"},
    "open_home": {"type": "app_home_opened", "tab": "home"},
}
ANSWERS: Final = ("views.open", "views.push", "chat.postEphemeral", "chat.postMessage")
"""By which calls a press is answered that the ack cannot answer."""


@dataclass
class Door:
    """The population, living in Slack, and the way by which they reach the bot. A stranger is somebody whom the
    workspace does not know."""

    stage: Stage
    dispatcher: Dispatcher
    workspace: Workspace
    app: SlackApp
    http: aiohttp.ClientSession
    url: str
    users: tuple[str, ...]
    numbers: "count[int]"

    async def got(self, row: Row, kind: str) -> str:
        """That kind of person presses, sends off, types or opens it: what becomes of it, as the table says it."""
        click = self.stage.click(row, kind)
        self.dispatcher.schemes = self.stage.schemes(shut=row.shut)
        team = ELSEWHERE if kind == "elsewhere" else self.workspace.team_id
        before = len(self.workspace.calls)
        status, ack = await self._delivered(self._payload(row, click, team))
        if kind == "elsewhere":
            return NO if status == 403 else f"{status} {ack}"
        assert status == 200, (row, status, ack)
        return self._outcome(json.loads(ack) if ack else {}, before)

    async def become(self, state: str) -> None:
        """The workspace has everybody so from now on, and says it. Whoever comes first is looked up: that is over
        before anything is pressed."""
        for user in self.users:
            if state:
                given = {each: each == state for each in ("guest", "deactivated")}
                assert (await self.workspace.change(user, **given)).acked
            elif (await self._delivered(self._event(HAPPEN["open_home"], user, self.workspace.team_id)))[0] != 200:
                pytest.fail(f"{user} is not let in")

    async def _delivered(self, payload: Json) -> tuple[int, str]:
        form = payload.get("type") != "event_callback"
        done = await deliver(self.http, self.url, self.workspace.signing_secret, payload, form=form)
        await self.app.background.finish(5)
        return done

    def _payload(self, row: Row, click: Click, team: str) -> Json:
        """As what it comes: typed, happening, sent off with a form, or pressed in a message."""
        user = click.caller.user
        if row.verb in TYPED:
            typed = {"command": TYPED[row.verb], "text": row.about, "channel_id": "D0"}
            return {**typed, "team_id": team, "user_id": user, "trigger_id": self._number()}
        if row.verb in HAPPEN:
            return self._event(HAPPEN[row.verb], user, team)
        by = {"team": {"id": team}, "user": {"id": user, "team_id": team}, "trigger_id": self._number()}
        if click.values is not None or click.carried:
            return {"type": "view_submission", **by, "view": self._view(click)}
        button = {"type": "button", "action_id": f"{row.verb}:0", "block_id": "b", "value": click.subject}
        return {"type": "block_actions", **by, "channel": {"id": "D0"}, "actions": [button]}

    def _event(self, happened: Json, user: str, team: str) -> Json:
        event = {**happened, "user": user, "channel": "D0"}
        return {"type": "event_callback", "team_id": team, "event_id": self._number(), "event": event}

    def _number(self) -> str:
        return f"1764.{next(self.numbers)}"

    def _view(self, click: Click) -> Json:
        values = click.values or {}
        return {
            "id": "V1", "type": "modal", "callback_id": click.verb,
            "private_metadata": json.dumps({"subject": click.subject, "carried": dict(click.carried)}),
            "state": {"values": {key: {key: self._state(click, each)} for key, each in values.items()}},
            "blocks": [{"type": "input", "block_id": key} for key in values],
        }  # fmt: skip

    def _state(self, click: Click, value: Any) -> Json:
        match value:
            case None | date():
                return {"type": "datepicker", "selected_date": value and value.isoformat()}
            case int():
                return {"type": "number_input", "value": str(value)}
            case GivenFile():
                return {"type": "file_input", "files": [{"id": self._file(click.caller.user, value)}]}
            case tuple():
                return {"type": "checkboxes", "selected_options": [{"value": each} for each in value]}
            case time():
                return {"type": "timepicker", "selected_time": f"{value:%H:%M}"}
            case _ if value in self.users:
                return {"type": "users_select", "selected_user": value}
            case _:
                return {"type": "plain_text_input", "value": value}

    def _file(self, user: str, given: GivenFile) -> str:
        who = self.workspace.state.people.get(user)
        here = who is not None and not who.deactivated
        return str(self.workspace.test_user(user).file(given.name, given.content)["id"]) if here else "F0NONE"

    def _outcome(self, ack: Json, before: int) -> str:
        match ack:
            case {"response_action": "errors", "errors": errors}:
                return outcome(Errors(errors), self.stage.population.office.scheme)
            case {"response_action": "update", "view": view} if view["title"]["text"] == REFUSED:
                text = literal_text(view["blocks"][0])
                return outcome(Notice(text, title=REFUSED), self.stage.population.office.scheme)
            case {"response_action": "update", "view": view}:
                return self._said(literal_text(view["blocks"][0]))
            case {"text": text}:
                return self._said(text)
        answers = [call for call in self.workspace.calls[before:] if call.method in ANSWERS]
        if answers:
            return self._said(str(answers[0].arguments.get("text", "")))
        return OK if self.stage.dry_run.after else NO  # nobody has heard anything: was it done?

    def _said(self, text: str) -> str:
        if text == trouble.cannot_look_up().text:
            return NO
        scheme = self.stage.population.office.scheme
        if text == render.ephemeral(words_of_help.for_office_only(scheme), None)["text"]:
            return LIST
        why = reason(unescape(text), scheme)
        return why if why in get_args(Reason) else OK


@pytest.fixture
async def door(sqlite_url: str) -> AsyncIterator[Door]:
    """Everybody in their places, in Slack, before a bot whose acts are all taken back."""
    workspace = Workspace(rate_limits=False)
    async with AsyncExitStack() as stack:
        await workspace.start()
        stack.push_async_callback(workspace.stop)
        with Database(sqlite_url, KEYS) as database:
            population = await add_everybody(await settle(database))
            users = tuple(str(user) for (user,) in rows(database, 'SELECT "user" FROM people'))
            database.write_now(lambda db: db.execute(update(people).values(team=workspace.team_id)))
        for user in users:
            workspace.add_person(user.title(), email=f"{user.lower()}@example.org", user_id=user)
        stage = Stage(population, DryRun(sqlite_url, KEYS))
        stack.callback(stage.dry_run.close_now)
        dispatcher, http = stage.dispatcher(), await stack.enter_async_context(aiohttp.ClientSession())
        client = web_client(settings_for(workspace, sqlite_url).in_slack, http)
        app = SlackApp(dispatcher, client, http, (await lookups.standing(client)).identity, Missing(()))
        routes = [Route(PATH, verifier(workspace.signing_secret, app.take), methods=None)]
        web = HttpServer(application(routes, _ready), "127.0.0.1", 0)
        workspace.request_url = await web.start() + PATH
        stack.push_async_callback(web.stop)
        yield Door(stage, dispatcher, workspace, app, http, workspace.request_url, users, count(1))


async def _ready() -> tuple[bool, dict[str, Any]]:
    return True, {}


@pytest.mark.timeout(300)
async def test_who_may_press_what_in_slack(door: Door) -> None:
    found = await door.stage.tried(door.got, door.become, cells_over_http())
    assert not found, "\n".join(found)
