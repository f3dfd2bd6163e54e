"""The two ticks of the clock: look for what has fallen due, and send what waits. No state lives in them."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

SWEEP_EVERY: Final = timedelta(seconds=20)
DELIVER_EVERY: Final = timedelta(seconds=5)

Job = Callable[[], Awaitable[None]]


class Timers:
    """Runs the two jobs, each once at a time; what was missed is made up for by one run."""

    def __init__(self, sweep: Job, deliver: Job) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        )
        for name, job, every in (("sweep", sweep, SWEEP_EVERY), ("deliver", deliver, DELIVER_EVERY)):
            self._scheduler.add_job(job, "interval", id=name, seconds=every.total_seconds())

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
