"""Where nobody names Teams nothing of Microsoft's kit is loaded, nor has it to be installed."""

import subprocess
import sys
from pathlib import Path

from bot.handlers.teams.platform import NOT_INSTALLED

ROOT = Path(__file__).parents[3]
WITHOUT = """
import sys
for each in ("microsoft_teams", "msal", "httpx", "opentelemetry"):
    sys.modules[each] = None  # as in a plain install: Python finds no such package
"""
CONNECTED = f"""{WITHOUT}
import asyncio
import bot.app, bot.checkup, bot.serving, bot.__main__
print("there")
from bot.handlers.teams.platform import TeamsPlatform
from bot.settings import SettingsError, TeamsSettings
async def main():
    platform = TeamsPlatform(TeamsSettings("app", "tenant"))
    print([finding.says async for finding in platform.checks()][0])
    try:
        await platform.connect()
    except SettingsError as error:
        print(error)
    await platform.close()
asyncio.run(main())
"""


def said(code: str) -> str:
    """What a fresh process prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
    )
    return done.stdout.strip()


def test_the_whole_bot_is_there_without_it_and_names_the_mend() -> None:
    assert said(CONNECTED) == f"there\n{NOT_INSTALLED}\n{NOT_INSTALLED}"
