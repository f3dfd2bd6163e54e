"""The ticks of the clock: look for what has fallen due, send what waits, tidy up. No state lives in them."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

SWEEP_EVERY: Final = timedelta(seconds=20)
DELIVER_EVERY: Final = timedelta(seconds=5)
WATCH_EVERY: Final = timedelta(seconds=20)
"""How often it is asked whose calendar is to be read; each has its turn much more seldom."""
IMPORT_EVERY: Final = timedelta(seconds=2)
CALL_EVERY: Final = timedelta(seconds=20)
"""How often a few are asked after; each has their turn once a day."""
TIDY_EVERY: Final = timedelta(hours=1)

Job = Callable[[], Awaitable[None]]


class Timers:
    """Runs the jobs, each once at a time; what was missed is made up for by one run. Tidying comes soon after the start
    too: a process may never get to be an hour old. `bring_in`: goes on with files that have come; `call`: asks who is
    still there; `watch`: looks into people's calendars, if any."""

    def __init__(self, sweep: Job, deliver: Job, tidy: Job, bring_in: Job, call: Job, watch: Job | None = None) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        )
        for name, job, every in (
            ("sweep", sweep, SWEEP_EVERY), ("deliver", deliver, DELIVER_EVERY), ("bring_in", bring_in, IMPORT_EVERY),
            ("call", call, CALL_EVERY),
        ):  # fmt: skip
            self._scheduler.add_job(job, "interval", id=name, seconds=every.total_seconds())
        if watch is not None:
            self._scheduler.add_job(watch, "interval", id="watch", seconds=WATCH_EVERY.total_seconds())
        hourly = TIDY_EVERY.total_seconds()
        self._scheduler.add_job(
            tidy, "interval", id="tidy", seconds=hourly, next_run_time=datetime.now(UTC) + SWEEP_EVERY
        )

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
