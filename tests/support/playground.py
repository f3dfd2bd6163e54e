"""A person at Microsoft's own client: the Agents Playground in a real browser."""

import re
import shutil
import tempfile
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from demo.teams.playground import PlaygroundError, fetched

CACHE = Path(tempfile.gettempdir()) / "mentorbot-playground"
needs_node = pytest.mark.skipif(
    shutil.which("node") is None or shutil.which("npm") is None, reason="no Node.js with npm at hand"
)


async def command() -> Path:
    """The playground's command; the test is skipped where it cannot be fetched."""
    try:
        return await fetched(CACHE)
    except PlaygroundError as problem:
        pytest.skip(str(problem))


async def open_chat(browser: Browser, url: str, pictures: Path | None = None) -> "Player":
    """Somebody's playground in a tab of its own. It would wait for fonts from elsewhere."""
    page = await browser.new_page(viewport={"width": 1280, "height": 1400}, reduced_motion="reduce")
    page.set_default_timeout(30_000)
    await page.route(lambda asked: not asked.startswith("http://127.0.0.1"), lambda route: route.abort())
    await page.goto(url, wait_until="domcontentloaded")
    return Player(page, pictures)


class Player:
    """One tab, in which one person has their chat with the bot."""

    def __init__(self, page: Page, pictures: Path | None = None) -> None:
        self.page = page
        self._pictures = pictures

    async def say(self, text: str) -> None:
        """Type something and send it."""
        await self.page.locator("[contenteditable=true]").first.fill(text)
        await self.page.keyboard.press("Enter")

    async def press(self, label: str) -> None:
        """Press the newest button of that name."""
        await self.page.get_by_role("button", name=label, exact=True).last.click()

    async def open(self, label: str, title: str) -> None:
        """Press what opens a form, and wait for it."""
        forms = self.page.get_by_role("heading", name=title, exact=True)
        before = await forms.count()
        await self.press(label)
        await expect(forms).to_have_count(before + 1, timeout=30_000)

    async def read(self, words: str) -> Locator:
        """Wait for these words, wherever they stand last."""
        found = self.page.get_by_text(re.compile(re.escape(words))).last
        await expect(found).to_be_visible(timeout=30_000)
        return found

    def field(self, label: str) -> Locator:
        """The newest field of that label."""
        return self.page.get_by_label(re.compile(f"^{re.escape(label)}")).last

    async def choose(self, *options: str) -> None:
        """Tick the newest options of these names."""
        for option in options:
            await self.page.get_by_text(option, exact=True).last.click()

    async def pick(self, label: str, option: str) -> None:
        """Choose from the newest list of that label."""
        field = self.field(label)
        if await field.evaluate("element => element.tagName") == "SELECT":
            await field.select_option(label=option)
        else:
            await field.click()
            listed = self.page.get_by_role("option", name=option, exact=True)
            await listed.or_(self.page.get_by_role("menuitemcheckbox", name=option, exact=True)).last.click()
            await self.page.keyboard.press("Escape")

    async def look(self, what: str) -> None:
        """Keep a picture, where pictures are kept."""
        if self._pictures is not None:
            self._pictures.mkdir(exist_ok=True)
            await self.page.screenshot(path=self._pictures / f"teams {what}.png")
