"""khal, a calendar program, at its command line: what it makes of files. It is another reader than ours: what it says
of a time or a text does not come from the library that wrote them.
"""

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

_SETTINGS = """
[calendars]
[[mine]]
path = {folder}/calendar
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[default]
default_calendar = mine
"""
_LINE = "{uid}|{start-long}|{end-long}|{status}|{title}|{location}"


@dataclass(frozen=True, slots=True)
class Khal:
    """Somebody's khal, with its settings and calendar in a folder of its own. `zone`: where they are."""

    folder: Path
    zone: str = "Europe/London"

    async def read(self, file: bytes) -> list[tuple[str, ...]]:
        """What it says is in a file: uid, begin, end, status, title, place of each event."""
        return _lines(await self._run("printics", "--format", _LINE, str(self._kept(file))))

    async def take(self, file: bytes) -> None:
        """Take a file into the calendar."""
        await self._run("import", "--batch", str(self._kept(file)))

    async def listed(self, first: str, until: str) -> list[tuple[str, ...]]:
        """What stands in the calendar between two days."""
        return _lines(await self._run("list", "--day-format", "", "--format", _LINE, first, until))

    def _kept(self, file: bytes) -> Path:
        path = self.folder / "given.ics"
        path.write_bytes(file)
        return path

    async def _run(self, *arguments: str) -> str:
        settings = self.folder / "khal.conf"
        settings.write_text(_SETTINGS.format(folder=self.folder, zone=self.zone))
        (self.folder / "calendar").mkdir(exist_ok=True)
        khal = Path(sys.executable).with_name("khal")
        process = await asyncio.create_subprocess_exec(
            khal, "--no-color", "--config", settings, *arguments, env=os.environ | {"HOME": str(self.folder)},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, wrong = await process.communicate()
        assert process.returncode == 0, wrong.decode()
        return out.decode()


def _lines(said: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in said.splitlines() if "|" in line]
