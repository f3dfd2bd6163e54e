"""A bot from its start to the signal that ends it."""

import asyncio
import gc
import logging
import signal
import sys
from importlib.metadata import version
from typing import Final

from bot.app import App

log = logging.getLogger(__name__)


_TURN: Final = 0.0005
"""Seconds for which one thread computes before another that waits has its turn; by itself Python gives ten times that.
A click passes from thread to thread some ten times: while a file is looked at, each time waited for a whole turn."""


def once_started() -> None:
    """All is loaded, and people press from now on."""
    spare_the_collector()
    sys.setswitchinterval(_TURN)


def spare_the_collector() -> None:
    """Once started: what is loaded now stays for good, so the garbage collector need not go through it again and again,
    each time for tens of milliseconds in which nobody is answered. It also looks less often: one ranking makes tens of
    thousands of small things, and is done with them at once."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    gc.enable()


async def until_told(app: App, host: str, port: int, needed: bool = True) -> None:
    """Run the bot until SIGTERM or SIGINT; then finish what was acked. Raises what `App.start` raises.

    needed: without this port there is nothing to run for.
    """
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    starting = asyncio.create_task(app.start(host, port, needed), name="start")
    waiting = asyncio.create_task(told.wait(), name="signal")
    await asyncio.wait({starting, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():
        starting.cancel()  # App.start closes what it had opened
        await asyncio.gather(starting, return_exceptions=True)
        return
    try:
        await starting
        once_started()
        log.info("mentorbot %s runs: %s", version("mentorbot"), app.described)
        await waiting
    finally:
        waiting.cancel()
    log.info("told to stop")
    await app.stop()
    log.info("stopped")
