"""Something that is done while people click at a steady rate, whether those before are answered or not."""

import asyncio
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from itertools import count

from bench import report
from bot.actions.context import Click
from bot.actions.dispatcher import Dispatcher

A_SECOND = 20
"""Clicks a second, unless said otherwise."""


@dataclass(frozen=True, slots=True)
class Beside:
    """How long something took, how much of a processor it took together with the clicks, and what these took, from when
    they were due."""

    seconds: float
    processor: float
    clicks: list[float]

    def a_second(self, number: int) -> float:
        """How many of so many were done in a second."""
        return number / self.seconds

    @property
    def latest(self) -> float:
        """In how many milliseconds 99 of 100 clicks were answered."""
        return report.percentile(self.clicks, 0.99) * 1e3

    def said(self) -> str:
        """Both in words."""
        busy = f"{self.processor / self.seconds:.0%} of a core"
        return f"{busy}; {len(self.clicks)} clicks: {report.milliseconds(self.clicks)}"


async def beside(
    dispatcher: Dispatcher, presses: Iterator[Click], work: Awaitable[None], a_second: int = A_SECOND
) -> Beside:
    """Do the work while people click."""
    took, began, busy = list[float](), time.perf_counter(), time.process_time()

    async def press(click: Click, due: float) -> None:
        await dispatcher.answer(click)
        took.append(time.perf_counter() - due)

    async def pressing(group: asyncio.TaskGroup) -> None:
        for number in count():
            due = began + number / a_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            if (click := next(presses, None)) is None:
                return
            group.create_task(press(click, due))

    async with asyncio.TaskGroup() as group:
        clicking = group.create_task(pressing(group))
        await work
        seconds, busy = time.perf_counter() - began, time.process_time() - busy
        clicking.cancel()
    return Beside(seconds, busy, took)
