"""The main path once more, by hand and eye: a visitor of the demo plays everybody in a real browser.

Pictures are kept in `pictures/` so that somebody can look at them.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from demo.demo import Demo
from tests.support.browsers import PHONE, beyond_the_edge, chromium, needs_browser, open_page, serious

pytestmark = [
    pytest.mark.browser,
    needs_browser,
    pytest.mark.timeout(240),
    pytest.mark.xdist_group("machine"),
]

PICTURES = Path(__file__).parents[2] / "pictures"


class Visitor:
    """One tab of the demo's page, playing one person at a time."""

    def __init__(self, page: Page, demo: Demo) -> None:
        self.page = page
        self._demo = demo
        self._taken = 0

    async def be(self, name: str) -> None:
        """Play somebody, from their Home."""
        person = next(each for each in self._demo.people.everybody if each.name == name)
        await self.page.goto(f"{self._demo.url}/#{self._demo.users[person.email]}")
        await self._demo.app.drain()
        await expect(self.page.get_by_role("heading", name=f"Hello {name.split()[0]}")).to_be_visible()

    async def read(self, room: str) -> None:
        """Open a conversation by its name; what the app has written is under Messages, beside its Home."""
        await self.page.locator("[data-place], [data-tab]").filter(has_text=room).first.click()

    @property
    def window(self) -> Locator:
        """The window on top."""
        return self.page.get_by_role("dialog").last

    async def press(self, name: str) -> None:
        """Press the newest button of that name."""
        dialog = self.page.get_by_role("dialog")
        where = dialog.last if await dialog.count() else self.page.locator("main")
        await where.get_by_role("button", name=name).last.click()

    async def open(self, name: str, title: str) -> None:
        """Press what opens a form, and wait for it."""
        await self.press(name)
        await expect(self.page.get_by_role("dialog", name=title).last).to_be_visible()

    async def close(self) -> None:
        """Close every window."""
        while await self.page.get_by_role("dialog").count():
            await self.page.keyboard.press("Escape")

    async def look(self, what: str) -> None:
        """Keep a picture, and have axe-core look as well."""
        assert await serious(self.page) == [], what
        self._taken += 1
        PICTURES.mkdir(exist_ok=True)
        await self.page.screenshot(path=PICTURES / f"{self._taken:02} {what}.png")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """One browser for the walk."""
    async with chromium() as browser:
        yield browser


@pytest.mark.covers("A6", "A7", "A8", "A10", "A11", "A12", "A14", "A16", "A22", "A23", "A24")
async def test_a_visitor_walks_the_main_path(browser: Browser) -> None:
    async with Demo() as demo:
        visitor = Visitor(await open_page(browser, demo.url), demo)
        await ask_for_a_mentor(visitor)
        mentor = await choose(visitor)
        await answer(visitor, mentor)
        await agree_and_schedule(visitor, mentor)
        await visitor.page.close()
        await on_a_phone(browser, demo)


async def ask_for_a_mentor(visitor: Visitor) -> None:
    """Amara says what suits her and asks; the office approves."""
    page = visitor.page
    await visitor.look("welcome")
    await visitor.be("Amara Okafor")
    await visitor.look("Home of a new mentee")
    await visitor.open("Update preferences", "Mentoring preferences")
    await visitor.window.get_by_label("Video call").check()
    await visitor.window.get_by_label("No preference").check()
    await visitor.window.get_by_label("Where would you like your mentor to be?").select_option(label="Anywhere")
    await visitor.window.get_by_label("Evenings").check()
    await visitor.look("preferences")
    await visitor.open("Save", "Saved")
    await visitor.open("Create mentoring request", "Mentoring request")
    form = visitor.window
    await expect(form.get_by_label("Current post")).to_be_visible()
    await form.get_by_label("Current post").fill("SpR, Leeds")
    await form.get_by_label("Year of training").fill("ST7")
    await form.get_by_label("What are you looking for").fill("Somebody to think with <b>before</b> I apply")
    await form.get_by_label("Where are you based").fill("Leeds")
    await visitor.press("Send to the office")
    await expect(form.get_by_text("needs your attention")).to_be_visible()
    await expect(form.get_by_label("Current post")).to_have_value("SpR, Leeds")
    await tick(form, "What would you like mentoring on", "Leadership", "Career progression, early career")
    await tick(form, "Which of these matter most", "Leadership")
    await visitor.look("request form")
    await visitor.press("Send to the office")
    await expect(visitor.window).to_contain_text("BCS Academy")
    await visitor.close()

    await visitor.be("Tom Whitfield")
    await visitor.look("Home of an administrator")
    await visitor.read("mentoring-office")
    await visitor.press("Approve the request of Amara Okafor")
    await expect(page.get_by_role("button", name="Approve the request of Amara Okafor")).to_have_count(0)
    await visitor.look("the office’s channel")


async def tick(form: Locator, field: str, *options: str) -> None:
    """Open a list and tick these in it; it stays open until it is pressed again."""
    group = form.get_by_role("group", name=field)
    opener = group.locator("button.opener")
    await opener.click()
    for option in options:
        await group.get_by_role("checkbox", name=option).check()
    await opener.click()


async def choose(visitor: Visitor) -> str:
    """Amara looks at the list, moves and skips, and sends it; gives the name of the first."""
    await visitor.be("Amara Okafor")
    await visitor.open("Find mentors", "Find mentors")
    window = visitor.window
    await expect(window.get_by_text("% match").first).to_be_visible()
    await visitor.look("ranked mentors")
    names = await listed(window)
    assert len(names) == 3
    await visitor.press(f"Skip {names[0]}")
    await expect(window.get_by_role("button", name=f"Skip {names[0]}", exact=True)).to_have_count(0)
    await visitor.press(f"Move up {names[2]}")
    await expect(window.get_by_role("button", name=f"Move up {names[1]}", exact=True)).to_have_count(1)
    assert (await listed(window))[0] == names[2]
    await visitor.press("Send request to mentors")
    await expect(visitor.window).to_contain_text(names[2])
    await visitor.look("request sent")
    await visitor.close()
    return names[2]


async def listed(window: Locator) -> list[str]:
    """The mentors of the open list, in order."""
    return re.findall(r"^\d\. (.+?)(?: ·|$)", await window.inner_text(), re.MULTILINE)


async def answer(visitor: Visitor, mentor: str) -> None:
    """The mentor reads the card and all of the request, and accepts."""
    await visitor.be(mentor)
    await visitor.look("Home of a mentor")
    await visitor.read("Messages")
    await expect(visitor.page.get_by_text("5 days left before this request expires").last).to_be_visible()
    await visitor.look("mentor’s card")
    await visitor.open("View the request of Amara Okafor", "Mentoring request")
    await expect(visitor.window.get_by_text("<b>before</b>")).to_be_visible()
    await visitor.look("the whole request")
    await visitor.close()
    await visitor.press("Accept the request of Amara Okafor")
    await expect(visitor.page.get_by_role("button", name="Read agreement").last).to_be_visible()


async def agree_and_schedule(visitor: Visitor, mentor: str) -> None:
    """Both accept the agreement; Amara sets the first session."""
    await visitor.open("Read agreement", "Mentoring agreement")
    await visitor.look("agreement")
    await visitor.press("Accept agreement")
    await expect(visitor.window).to_contain_text("Amara")
    await visitor.close()
    await visitor.be("Amara Okafor")
    await visitor.open("Read agreement", "Mentoring agreement")
    await visitor.open("Accept agreement", "Accepted")
    await visitor.open("Schedule", "Schedule session 1")
    window = visitor.window
    await expect(window.get_by_role("radio")).to_have_count(8)  # five times, three ways to meet
    await visitor.look("times that suit both")
    await window.get_by_role("button", name="Another time").click()
    await expect(window.get_by_label("Date")).to_be_visible()
    await window.get_by_label("Date").fill(f"{demo_year(visitor)}-12-15")
    await window.get_by_label("Start").fill("14:30")
    await window.get_by_label("Video call").check()
    await visitor.look("scheduling")
    await window.get_by_role("button", name="Schedule").last.click()
    await expect(visitor.window).to_contain_text("14:30")
    await visitor.close()
    await expect(visitor.page.locator("main")).to_contain_text("15 Dec")
    await visitor.look("Home of a mentee with a mentor")
    await connect_calendar(visitor)


async def connect_calendar(visitor: Visitor) -> None:
    """Amara gets the address that her calendar fetches, and it is not shown once more."""
    await visitor.open("View your connection", "Connection")
    await visitor.open("Connect your calendar", "Connect your calendar")
    await visitor.look("both ways into a calendar")
    await visitor.press("Give me my address")
    await expect(visitor.window).to_contain_text(".ics")
    await visitor.look("the address of a calendar")
    await visitor.close()
    await visitor.open("View your connection", "Connection")
    await visitor.open("Connect your calendar", "Connect your calendar")
    await expect(visitor.window).to_contain_text("You have had an address since")
    await expect(visitor.window).not_to_contain_text(".ics")
    await visitor.close()


def demo_year(visitor: Visitor) -> int:
    """A December that lies ahead on the demo's clock."""
    now = visitor._demo.clock()
    return now.year if (now.month, now.day) < (12, 15) else now.year + 1


async def on_a_phone(browser: Browser, demo: Demo) -> None:
    """At a phone's width nothing reaches past the edge."""
    visitor = Visitor(await open_page(browser, demo.url, PHONE), demo)
    visitor._taken = 50
    for name, what in (("Amara Okafor", "mentee"), ("Tom Whitfield", "administrator")):
        await visitor.be(name)
        assert await beyond_the_edge(visitor.page) == 0
        await visitor.look(f"phone, Home of a {what}")
    await visitor.press("View")
    await expect(visitor.window).to_be_visible()
    assert await beyond_the_edge(visitor.page) == 0
    await visitor.look("phone, a form")
    await visitor.page.close()
