"""`python -m demo.teams`: shows the demo in Microsoft's Agents Playground until Ctrl-C."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import Final

from bot import logs

CACHE: Final = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mentorbot" / "playground"
"""Where the playground is fetched to."""
_FIRST: Final = """\
Microsoft's Agents Playground is fetched by npm (once, 15 MB) and is not part of this project: its licence is for
evaluation. It runs on this computer alone."""
_THEN: Final = """\
Open each in a window of its own, in this order; the first message there is the person's Home.
  1. Amara: press “Update preferences”, then “Create mentoring request”.
  2. Tom: press “Approve” under Amara's request.
  3. Amara: press “Find mentors”, put Anjali Deshmukh first with “Move up”, and “Send request to mentors”.
  4. Anjali: press “Accept” or “Decline”. Then see what Amara reads.
In any of them you can type: menu, help, mentoring, or what you would say. Ctrl-C ends it."""


async def _show() -> int:
    from demo.teams.demo import TeamsDemo
    from demo.teams.playground import PlaygroundError, fetched

    stop = asyncio.Event()
    for signalled in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: KeyboardInterrupt does it there
            asyncio.get_running_loop().add_signal_handler(signalled, stop.set)
    print(_FIRST, flush=True)
    try:
        async with TeamsDemo(await fetched(CACHE)) as demo:
            for name, url in demo.urls.items():
                print(f"  {name}: {url}")
            print(_THEN, flush=True)
            await stop.wait()
    except PlaygroundError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    logs.set_up(level="warning")
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(asyncio.run(_show()))
