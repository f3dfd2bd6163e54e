"""The page in a real browser: what it draws, what it keeps, and that hands and screen readers can use it."""

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
from tests.support.browsers import PHONE, WIDE, beyond_the_edge, chromium, needs_browser, open_page, serious

Json = dict[str, Any]

TOKEN = "xoxb-local-page"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),  # one browser serves them all
    needs_browser,
]


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


async def test_every_kind_of_block_and_element_is_drawn(app: App, sit_down: SitDown) -> None:
    page = await sit_down()
    await open_form(page)
    dialog = page.get_by_role("dialog")
    for block in app.blocks:
        await expect(dialog.locator(f'[data-block-id="{block["block_id"]}"]')).to_have_count(1)
    for block in FORM:
        await expect(dialog.locator(f'[data-action-id="{block["element"]["action_id"]}"]')).to_be_visible()
    assert "is not drawn here" not in await dialog.inner_text()
    for tag, text in {"strong": "bold", "em": "soft", "s": "gone", "code": "code", "blockquote": "quoted"}.items():
        await expect(dialog.locator(f'[data-block-id="said"] {tag}')).to_have_text(text)
    await expect(dialog.get_by_text("*as it is*")).to_be_visible()
    await expect(dialog.get_by_label("Goal")).to_have_accessible_description("Be brief.")
    await expect(dialog.locator("label", has_text="Topic").first).to_contain_text("(optional)")


async def test_what_was_filled_in_arrives_in_slacks_own_shapes(app: App, sit_down: SitDown) -> None:
    page = await sit_down()
    await open_form(page)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Goal").fill("To lead a clinic")
    await dialog.locator('[data-action-id="topic"]').select_option(label="Research")
    await dialog.get_by_role("button", name="Choose topics").click()
    await page.keyboard.press("Space")
    await page.keyboard.press("Escape")
    await dialog.get_by_label("In person").check()
    await dialog.get_by_label("Monthly").check()
    await dialog.get_by_label("Moment").fill("2026-12-01T14:30")
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog).to_have_count(0)
    values = app.submitted[0]
    assert values["goal"]["goal"]["value"] == "To lead a clinic"
    assert values["topic"]["topic"]["selected_option"]["value"] == "research"
    assert [o["value"] for o in values["topics"]["topics"]["selected_options"]] == ["leadership"]
    assert [o["value"] for o in values["ways"]["ways"]["selected_options"]] == ["in person"]
    assert values["pace"]["pace"]["selected_option"]["value"] == "monthly"
    # 14:30 in Tokyo, whatever the zone of the browser.
    assert values["moment"]["moment"]["selected_date_time"] == 1796103000


async def test_the_app_is_asked_for_options_while_somebody_types(app: App, sit_down: SitDown) -> None:
    page = await sit_down()
    await open_form(page)
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Goal").fill("To lead a clinic")
    for box in (dialog.get_by_label("Hospital", exact=False).first, dialog.get_by_placeholder("Find hospitals")):
        await box.press_sequentially("St")
        await expect(box.locator("xpath=following-sibling::datalist/option")).to_have_count(2)
        await box.fill("St Mary's")
        await box.press("Tab")
    await expect(dialog.get_by_role("button", name="Remove St Mary's")).to_be_visible()
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog).to_have_count(0)
    values = app.submitted[0]
    assert values["hospital"]["hospital"]["selected_option"]["value"] == "st mary's"
    assert [o["value"] for o in values["hospitals"]["hospitals"]["selected_options"]] == ["st mary's"]


def raw(*cells: str) -> list[Json]:
    return [{"type": "raw_text", "text": cell} for cell in cells]


DATA: list[Json] = [
    {"type": "table", "rows": [raw("Name", "Topic"), raw("Ada", "Research")], "column_settings": [{"align": "right"}]},
    {"type": "data_table", "caption": "Pairs", "page_size": 1, "rows": [raw("Pair"), raw("First"), raw("Second")]},
    {
        "type": "data_visualization",
        "title": "Pairs a month",
        "chart": {
            "type": "bar",
            "series": [{"name": "Pairs", "data": [{"label": "May", "value": 3}]}],
            "axis_config": {"categories": ["May"], "x_label": "Month"},
        },
    },
    {
        "type": "data_visualization",
        "title": "Topics",
        "chart": {"type": "pie", "segments": [{"label": "Research", "value": 4}]},
    },
    {
        "type": "carousel",
        "elements": [{"type": "card", "title": mrkdwn("*Ada*"), "actions": [button("ask", "Ask Ada")]}],
    },
]


async def test_tables_charts_and_cards_are_drawn(app: App, sit_down: SitDown, katherine: str) -> None:
    page = await sit_down()
    dm = (await app.call("conversations.open", users=katherine))["channel"]["id"]
    await app.call("chat.postMessage", channel=dm, text="data", blocks=DATA)
    await app.call("chat.postMessage", channel=dm, text="*as it is*", mrkdwn=False)
    await page.locator(f'[data-place="{dm}"]').click()
    await expect(page.get_by_role("table", name="Pairs a month").get_by_role("row", name="May 3")).to_be_visible()
    await expect(page.get_by_role("table", name="Topics").get_by_role("row", name="Research 4")).to_be_visible()
    await expect(page.get_by_role("cell", name="Ada").first).to_be_visible()
    await expect(page.get_by_role("row", name="Second")).to_be_hidden()
    await page.get_by_role("button", name="Show 1 more").click()
    await expect(page.get_by_role("row", name="Second")).to_be_visible()
    await expect(page.get_by_role("article").get_by_role("button", name="Ask Ada")).to_be_visible()
    await expect(page.get_by_text("*as it is*")).to_be_visible()
    assert await serious(page) == []


async def test_an_error_at_a_field_keeps_what_was_typed(app: App, sit_down: SitDown) -> None:
    page = await sit_down()
    await open_form(page)
    goal = page.get_by_label("Goal")
    await goal.fill("something <b>odd</b>")
    app.errors = {"goal": "Please say <i>more</i>."}
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("Please say <i>more</i>.")).to_be_visible()
    await expect(goal).to_be_focused()
    await expect(goal).to_have_attribute("aria-invalid", "true")
    await expect(goal).to_have_accessible_description("Please say <i>more</i>. Be brief.")
    app.blocks = [{"type": "section", "block_id": "late", "text": mrkdwn("Drawn again")}, *app.blocks]
    await app.call("views.update", view_id=app.view, view=app.form())
    await expect(page.get_by_text("Drawn again")).to_be_visible()
    await expect(goal).to_be_focused()
    assert await goal.input_value() == "something <b>odd</b>"
    app.errors = {}
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("button", name="Open the form")).to_be_focused()


async def test_what_people_write_is_never_markup(app: App, sit_down: SitDown, katherine: str) -> None:
    page = await sit_down()
    dm = (await app.call("conversations.open", users=katherine))["channel"]["id"]
    trap = "<img src=x onerror=document.title='caught'>"
    await app.call("chat.postMessage", channel=dm, text=f"{trap} <javascript:alert(1)|press>")
    section = {"type": "section", "text": plain(trap), "accessory": button("b", trap)}
    await app.call("chat.postMessage", channel=dm, text="two", blocks=[section])
    await page.locator(f'[data-place="{dm}"]').click()
    await page.get_by_role("combobox").fill(trap)
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator("[data-ts]")).to_have_count(3)
    await expect(page.locator("main").get_by_text("<img src=x")).to_have_count(4)
    assert await page.locator("main img, main script, main a").count() == 0
    assert "caught" not in await page.title()


async def test_the_keyboard_is_enough(sit_down: SitDown) -> None:
    page = await sit_down()
    await open_form(page)
    send = page.get_by_role("dialog").get_by_role("button", name="Send")
    await send.focus()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="More actions")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(send).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Open the form")).to_be_focused()
    await page.locator("[data-place]").nth(1).press("Enter")
    box = page.get_by_role("combobox")
    await box.press_sequentially("/men")
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        await page.keyboard.press(key)
    await expect(box).to_have_value("/mentoring-admin ")
    await page.keyboard.type("queue")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-ts]").last).to_contain_text("Only visible to you")
    await expect(page.locator("#polite")).to_contain_text("You asked for /mentoring-admin queue")
    await page.get_by_role("button", name="+1 day").press("Enter")
    await expect(page.locator("#polite")).to_contain_text("The clock was turned.")


async def test_a_phone_shows_it_whole(sit_down: SitDown) -> None:
    page = await sit_down(PHONE)
    await page.get_by_role("button", name="Menu").click()
    await expect(page.locator("[data-place=home]")).to_be_focused()
    await page.keyboard.press("Escape")
    await open_form(page)
    size = await page.get_by_role("dialog").bounding_box()
    assert size == {"x": 0, "y": 0, "width": PHONE[0], "height": PHONE[1]}
    assert await beyond_the_edge(page) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_serious(sit_down: SitDown, scheme: Any) -> None:
    page = await sit_down()
    await page.emulate_media(color_scheme=scheme)
    assert await serious(page) == []
    await open_form(page)
    assert await serious(page) == []
