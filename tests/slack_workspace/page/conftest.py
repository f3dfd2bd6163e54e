"""A browser, and an app behind the page that opens one form with every kind of block and element."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Page, expect

from slack_workspace import Workspace
from tests.support.browsers import WIDE, chromium, open_page

Json = dict[str, Any]

TOKEN = "xoxb-local-page"


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def button(action: str, text: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action, "text": plain(text), "value": "1", **more}


def options(*names: str) -> list[Json]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def asked(label: str, kind: str, **element: Any) -> Json:
    """An optional input block whose block and action are called after its label."""
    name = label.lower().replace(" ", "-")
    box = {"type": kind, "action_id": name, **element}
    return {"type": "input", "block_id": name, "label": plain(label), "element": box, "optional": True}


TOPICS = options("Leadership", "Research", "Teaching")
MENU = {"type": "overflow", "action_id": "more", "options": options("Mute", "Report")}
PICTURE = {"type": "image", "image_url": "https://example.org/map.png", "alt_text": "A map"}
SHOWN: list[Json] = [
    {"type": "header", "block_id": "head", "text": plain("A heading :tada:")},
    {"type": "section", "block_id": "said", "text": mrkdwn("*bold* _soft_ ~gone~ `code`\n&gt; quoted\n• one\n• two")},
    {"type": "section", "block_id": "pair", "fields": [mrkdwn("*Match*\n87%"), plain("*as it is*")], "accessory": MENU},
    {"type": "divider", "block_id": "line"},
    {**PICTURE, "block_id": "picture"},
    {"type": "context", "block_id": "small", "elements": [PICTURE, mrkdwn("small print")]},
    {"type": "actions", "block_id": "row", "elements": [button("go", "Go", style="primary")]},
    {
        "type": "rich_text",
        "block_id": "rich",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "rich", "style": {"bold": True}}]}
        ],
    },
]
IN_MODALS: list[Json] = [
    {"type": "alert", "block_id": "alert", "text": plain("This cannot be undone."), "level": "warning"},
    {
        "type": "container",
        "block_id": "box",
        "title": plain("Details"),
        "is_collapsible": True,
        "child_blocks": [{"type": "section", "block_id": "in-box", "text": mrkdwn("Inside of it")}],
    },
]
FORM: list[Json] = [
    asked("Goal", "plain_text_input", multiline=True, max_length=300) | {"optional": False, "hint": plain("Be brief.")},
    asked("Topic", "static_select", options=TOPICS),
    asked("Topics", "multi_static_select", options=TOPICS, placeholder=plain("Choose topics")),
    asked("Hospital", "external_select", min_query_length=1),
    asked("Hospitals", "multi_external_select", min_query_length=1, placeholder=plain("Find hospitals")),
    asked("Colleague", "users_select"),
    asked("Colleagues", "multi_users_select", placeholder=plain("Choose people")),
    asked("Ways", "checkboxes", options=options("By video", "In person")),
    asked("Pace", "radio_buttons", options=options("Weekly", "Monthly")),
    asked("Years", "number_input", is_decimal_allowed=False),
    asked("Mail", "email_text_input"),
    asked("Site", "url_text_input"),
    asked("Day", "datepicker"),
    asked("Hour", "timepicker"),
    asked("Moment", "datetimepicker"),
]


@dataclass
class App:
    """A little app behind the workspace: its Home opens one form, and `errors` is what it says to a submission."""

    workspace: Workspace
    errors: Json = field(default_factory=dict)
    blocks: list[Json] = field(default_factory=lambda: [*SHOWN, *IN_MODALS, *FORM])
    submitted: list[Json] = field(default_factory=list)
    view: str = ""

    async def call(self, method: str, **arguments: Any) -> Json:
        async with httpx.AsyncClient(headers={"authorization": f"Bearer {TOKEN}"}) as client:
            answer: Json = (await client.post(self.workspace.api_url + method, json=arguments)).json()
        assert answer["ok"], answer
        return answer

    async def show_home(self, user: str) -> None:
        row = {"type": "actions", "block_id": "start", "elements": [button("open", "Open the form")]}
        await self.call("views.publish", user_id=user, view={"type": "home", "blocks": [row]})

    def form(self) -> Json:
        return {"type": "modal", "title": plain("A form"), "submit": plain("Send"), "blocks": self.blocks}

    async def receive(self, request: web.Request) -> web.Response:
        form = await request.post() if request.content_type.endswith("urlencoded") else {}
        payload = json.loads(str(form["payload"])) if "payload" in form else {}
        if payload.get("type") == "block_suggestion":
            return web.json_response({"options": options("St Mary's", "St Thomas'")})
        if payload.get("type") == "view_submission":
            self.submitted.append(payload["view"]["state"]["values"])
            return web.json_response({"response_action": "errors", "errors": self.errors} if self.errors else {})
        if payload.get("type") == "block_actions" and payload["actions"][0]["action_id"] == "open":
            answer = await self.call("views.open", trigger_id=payload["trigger_id"], view=self.form())
            self.view = answer["view"]["id"]
        if "command" in form:
            return web.Response(text=" ".join(["You asked for", str(form["command"]), str(form["text"])]))
        return web.Response()


@pytest_asyncio.fixture(loop_scope="module")
async def app() -> AsyncIterator[App]:
    turned = asyncio.Event()

    async def turn(_: object) -> None:
        turned.set()

    workspace = Workspace(team_name="A test", bot_token=TOKEN, turn=turn)
    workspace.commands = ["/mentoring", "/mentoring-admin"]
    app = App(workspace)
    site = web.Application()
    site.router.add_post("/slack/events", app.receive)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    workspace.request_url = f"http://127.0.0.1:{int(runner.addresses[0][1])}/slack/events"
    await workspace.start()
    yield app
    await workspace.stop()
    await runner.cleanup()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture
def katherine(app: App) -> str:
    app.workspace.add_person("Tom Reyes", email="tom@example.org", tz="Europe/London")
    return app.workspace.add_person("Katherine Bell", email="katherine@example.org", tz="Asia/Tokyo")


SitDown = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="module")
async def sit_down(browser: Browser, app: App, katherine: str) -> AsyncIterator[SitDown]:
    """Open the page as Katherine, her Home drawn; every tab is closed before the workspace stops."""
    tabs: list[Page] = []

    async def open_tab(size: tuple[int, int] = WIDE) -> Page:
        await app.show_home(katherine)
        page = await open_page(browser, f"{app.workspace.url}/#{katherine}", size)
        tabs.append(page)
        await expect(page.get_by_role("button", name="Open the form")).to_be_visible()
        return page

    yield open_tab
    for tab in tabs:
        await tab.close()


async def open_form(page: Page) -> None:
    await page.get_by_role("button", name="Open the form").press("Enter")
    await expect(page.get_by_role("dialog", name="A form")).to_be_visible()
