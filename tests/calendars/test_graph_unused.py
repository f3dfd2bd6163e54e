"""Where no Microsoft calendar is used, nothing of Microsoft's kit is loaded: it takes memory and a second to import."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from bot.calendars.graph_access import INSTALL

ROOT: Final = Path(__file__).parents[2]
_KIT: Final = ("msgraph", "msgraph_core", "kiota_abstractions", "kiota_http", "azure", "msal", "httpx", "opentelemetry")
_LOADED: Final = f"import json, sys; print(json.dumps([each for each in {_KIT!r} if each in sys.modules]))"


def loaded_after(code: str) -> list[str]:
    """What of the kit a fresh process has loaded after this."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{_LOADED}"], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_the_whole_bot_loads_nothing_of_it() -> None:
    everything = "import bot.app, bot.checkup, bot.serving, bot.__main__"
    assert loaded_after(everything) == []


def test_a_calendar_that_nobody_asks_loads_nothing_of_it() -> None:
    made = "from bot.calendars.graph import Graph; from bot.servers import MicrosoftApplication"
    assert loaded_after(f"{made}; Graph(MicrosoftApplication('tenant', 'client'))") == []


def test_where_it_is_not_installed_the_mend_is_named() -> None:
    """As in a plain install: Python finds no such package."""
    code = """
import asyncio, sys
sys.modules["msgraph"] = None
from bot.calendars.calendar import Unreached
from bot.calendars.graph import Graph
from bot.servers import MicrosoftApplication
async def main():
    try:
        await Graph(MicrosoftApplication("tenant", "client")).look("bea@example.org", "event")
    except Unreached as error:
        print(error.mend)
asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == INSTALL
