"""Times that suit two people over sixty days, beside a plain sweep over the same busy times without wall clocks."""

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as wall

from bench import report
from bench.report import Line
from bench.setting_up import Place
from bot.calendars.slots import STEP, Hours, Span, span, starts

TITLE = "Times that suit two people, 60 days at 15 minutes"
_DAYS, _MINUTES, _ROUNDS, _BOUND = 60, 60, 400, 0.2
_SINCE = datetime(2026, 10, 1, 10, 7, tzinfo=UTC)
_UNTIL = _SINCE + timedelta(days=_DAYS)
_TWO = (
    Hours("Europe/London", ((wall(9), wall(17, 30)),)),
    Hours("America/New_York", ((wall(8), wall(18)),)),
)


def _busy() -> list[Span]:
    """Two meetings a working day, together."""
    chance = random.Random(1)
    begins = [_SINCE + timedelta(minutes=chance.randrange(60 * 24 * _DAYS)) for _ in range(2 * _DAYS)]
    return [span(at, at + timedelta(minutes=45)) for at in begins]


async def measure(place: Place) -> list[Line]:
    """The median of many rounds each, in turn."""
    busy = _busy()
    works = (lambda: starts(_TWO, busy, _MINUTES, _SINCE, _UNTIL), lambda: _sweep(busy))
    took = [[_took(work) for work in works] for _ in range(_ROUNDS)]
    ours, plain = (statistics.median(each) for each in zip(*took, strict=True))
    beside = f"plain sweep {plain * 1e6:.0f} µs, ratio {ours / plain:.1f} ×"
    return [report.at_most("two people, clocks that change in between", ours * 1e3, _BOUND, "ms", beside)]


def _took(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _sweep(busy: list[Span]) -> list[int]:
    """Starts between the busy times, whatever the hour: what any answer has to do at least."""
    first, last = int(_SINCE.timestamp()) // 60, int(_UNTIL.timestamp()) // 60
    found, at = list[int](), first
    for begins, ends in (*sorted(busy), (last, last)):
        found += range(-(-at // STEP) * STEP, begins - _MINUTES + 1, STEP)
        at = max(at, ends)
    return found
