"""Every kind of block and element, drawn in a real browser."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.support.browsers import needs_browser, serious

from .conftest import FORM, App, SitDown, button, mrkdwn, open_form

Json = dict[str, Any]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),  # one browser serves them all
    needs_browser,
    pytest.mark.xdist_group("page"),
]


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
    await page.locator("[data-tab=Messages]").click()
    await expect(page.get_by_role("table", name="Pairs a month").get_by_role("row", name="May 3")).to_be_visible()
    await expect(page.get_by_role("table", name="Topics").get_by_role("row", name="Research 4")).to_be_visible()
    await expect(page.get_by_role("cell", name="Ada").first).to_be_visible()
    await expect(page.get_by_role("row", name="Second")).to_be_hidden()
    await page.get_by_role("button", name="Show 1 more").click()
    await expect(page.get_by_role("row", name="Second")).to_be_visible()
    await expect(page.get_by_role("article").get_by_role("button", name="Ask Ada")).to_be_visible()
    await expect(page.get_by_text("*as it is*")).to_be_visible()
    assert await serious(page) == []
