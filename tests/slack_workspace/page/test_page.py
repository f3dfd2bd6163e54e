"""The page in a real browser: what it keeps, and that hands and screen readers can use it."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.support.browsers import PHONE, beyond_the_edge, needs_browser, serious

from .conftest import App, SitDown, button, mrkdwn, open_form, plain

Json = dict[str, Any]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),  # one browser serves them all
    needs_browser,
    pytest.mark.xdist_group("page"),
]


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
    await page.locator("[data-tab=Messages]").click()
    await page.locator("main").get_by_role("combobox").fill(trap)
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator("[data-ts]")).to_have_count(3)
    await expect(page.locator("main").get_by_text("<img src=x")).to_have_count(4)
    assert await page.locator(".conversation img, .conversation script, .conversation a").count() == 0
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
    await page.locator("[data-tab=Messages]").press("Enter")
    box = page.locator("main").get_by_role("combobox")
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
