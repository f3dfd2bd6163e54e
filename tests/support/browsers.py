"""A real browser for tests: Debian's Chromium, driven by Playwright, and axe-core to judge what it shows."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.async_api import Browser, Page, async_playwright

PLACES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("CHROMIUM") or next((found for place in PLACES if (found := shutil.which(place))), None)
REQUIRED = os.environ.get("BROWSER_TESTS") == "required"
"""Where a browser must be at hand, a missing one fails the test instead of skipping it."""
AXE = Path(str(axe_playwright_python.__file__)).with_name("axe.min.js")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, PHONE = (1280, 800), (360, 740)

needs_browser = pytest.mark.skipif(CHROMIUM is None and not REQUIRED, reason="no Chromium found; name one in CHROMIUM")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A headless browser, closed at the end."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


async def open_page(browser: Browser, url: str, size: tuple[int, int] = WIDE) -> Page:
    """A tab of that size at that address, without animations; it waits five seconds for things and no longer."""
    page = await browser.new_page(
        viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", bypass_csp=True
    )
    page.set_default_timeout(5000)
    await page.goto(url)
    return page


async def serious(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands."""
    if not await page.evaluate("'axe' in window"):
        await page.add_script_tag(path=AXE)
    found: dict[str, Any] = await page.evaluate("axe.run(document)")
    grave = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in grave]


async def beyond_the_edge(page: Page) -> int:
    """How many elements reach past the right edge of the window."""
    return int(
        await page.evaluate(
            "[...document.querySelectorAll('*')].filter(n => n.getBoundingClientRect().right > innerWidth + 1).length"
        )
    )
