"""Waking whoever waits for the workspace to change: the page's event streams and the tests' `settled`."""

import asyncio
from collections.abc import Callable


class Changes:
    """A counter that goes up on every change, and a way to sleep until it does. One event loop."""

    def __init__(self) -> None:
        self.version = 1
        self.stopped = False
        self._bell = asyncio.Event()

    def touch(self) -> None:
        """Something changed: everybody who waits looks again."""
        self.version += 1
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()

    def stop(self) -> None:
        """No more changes will come; streams end."""
        self.stopped = True
        self.touch()

    def start(self) -> None:
        self.stopped = False

    async def after(self, version: int, seconds: float) -> int:
        """Waits until the version is past `version`, at most `seconds`; gives the version now."""
        if self.version <= version and not self.stopped:
            bell = self._bell
            try:
                async with asyncio.timeout(seconds):
                    await bell.wait()
            except TimeoutError:
                pass
        return self.version

    async def until(self, predicate: Callable[[], bool], seconds: float) -> bool:
        """Waits until the predicate holds, asking after each change; False when `seconds` have passed first."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while True:
            version = self.version
            if predicate():
                return True
            left = deadline - loop.time()
            if left <= 0:
                return False
            await self.after(version, left)
