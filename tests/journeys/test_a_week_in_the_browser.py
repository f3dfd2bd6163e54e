"""A visitor looks at somebody's calendar in the demo, and says for them when they are busy."""

import pytest
from playwright.async_api import Browser, expect

from demo.demo import Demo
from tests.journeys.test_in_the_browser import Visitor, browser
from tests.support.browsers import PHONE, beyond_the_edge, needs_browser, open_page

pytestmark = [
    pytest.mark.browser,
    needs_browser,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("machine"),
]
__all__ = ["browser"]


async def test_a_visitor_understands_a_week(browser: Browser) -> None:
    async with Demo() as demo:
        visitor = Visitor(await open_page(browser, demo.url), demo)
        visitor._taken = 70
        await look_at_a_week(visitor)
        await say_when_busy(visitor)
        await stop_and_paste(visitor)
        await visitor.page.close()
        phone = Visitor(await open_page(browser, demo.url, PHONE), demo)
        phone._taken = 80
        await on_a_phone(phone)


async def look_at_a_week(visitor: Visitor) -> None:
    """Today is marked; by keyboard, week by week, the next session comes into sight."""
    page = visitor.page
    await visitor.be("Nadia Rahman")
    await visitor.read("Calendar")
    await expect(page.locator("[aria-current=date]")).to_contain_text("today")
    await expect(page.get_by_text("Works 09:00–17:30")).to_have_count(5)
    await expect(page.get_by_role("listitem").filter(has_text="09:00–13:00 Busy").last).to_be_visible()
    await visitor.look("this week")
    await to_the_session(visitor)
    await expect(page.get_by_role("button", name="Next week")).to_be_focused()
    await visitor.look("the week of a session")


async def to_the_session(visitor: Visitor) -> None:
    """Next week, until there is one."""
    page = visitor.page
    session = page.get_by_text("Mentoring session 3: Anjali Deshmukh")
    name = page.get_by_role("heading", level=3)
    for _ in range(3):
        if await session.count():
            break
        before = await name.inner_text()
        await page.get_by_role("button", name="Next week").press("Enter")
        await expect(name).not_to_have_text(before)
    await expect(session).to_be_visible()


async def say_when_busy(visitor: Visitor) -> None:
    """What cannot be read is said at its box; what is saved is drawn."""
    await visitor.be("Nadia Rahman")
    await visitor.open("View your connection", "Connection")
    await visitor.open("Connect your calendar", "Connect your calendar")
    await visitor.look("where one says when one is busy")
    await visitor.open("When I am busy or free", "When I am busy or free")
    busy = visitor.window.get_by_label("Busy")
    await expect(busy).to_have_value("Tuesdays 09:00–13:00\nThursdays 14:00–17:30")
    await busy.fill("Tuesdays 9-13\nevry Friday")
    await visitor.press("Save")
    await expect(visitor.window).to_contain_text("Line 2, “evry Friday”: this cannot be read")
    await visitor.look("a line that cannot be read")
    await busy.fill("Tuesdays 9-13\nevery Friday")
    await visitor.open("Save", "Saved")
    await expect(visitor.window).to_contain_text("Fridays")
    await visitor.look("busy and free times saved")
    await visitor.close()
    await visitor.read("Calendar")
    friday = visitor.page.locator(".day-column").nth(4)
    await expect(friday).to_contain_text("All day Busy")
    await visitor.look("a week with a busy day")


async def stop_and_paste(visitor: Visitor) -> None:
    """An address that is stopped brings nothing more; another one is pasted, as in any calendar."""
    page = visitor.page
    await visitor.be("Nadia Rahman")
    await visitor.open("View your connection", "Connection")
    await visitor.open("Connect your calendar", "Connect your calendar")
    await visitor.press("Stop the address")
    await expect(visitor.window).to_contain_text("Stopped")
    await visitor.press("Give me my address")
    await expect(visitor.window).to_contain_text(".ics")
    url = await visitor.window.get_by_text("/calendar/").inner_text()
    await visitor.close()
    await visitor.read("Calendar")
    box = page.get_by_label("Address of a calendar")
    await box.fill(f"{url}x")
    await page.get_by_role("button", name="Subscribe").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await visitor.look("an address that is none")
    await box.fill(url)
    await page.get_by_role("button", name="Subscribe").click()
    await expect(box).to_be_hidden()
    await to_the_session(visitor)


async def on_a_phone(visitor: Visitor) -> None:
    """Day by day, with nothing past the edge."""
    await visitor.be("Nadia Rahman")
    await visitor.page.get_by_role("button", name="Menu").click()
    await visitor.read("Calendar")
    await expect(visitor.page.get_by_text("Works 09:00–17:30")).to_have_count(5)
    assert await beyond_the_edge(visitor.page) == 0
    await visitor.look("phone, a week")
    await to_the_session(visitor)
    assert await beyond_the_edge(visitor.page) == 0
    await visitor.look("phone, the week of a session")
