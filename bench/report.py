"""What a measurement comes to, and how it is printed: one line each, its bound, and whether the bound is met."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing. `measured` and `bound` in words; `beside`: the machine's absolutes. Without a bound it is
    there to be read."""

    name: str
    measured: str
    beside: str
    bound: str = ""
    met: bool = True


def at_least(name: str, ratio: float, bound: float, beside: str) -> Line:
    """A ratio that must not be lower."""
    return Line(name, f"{ratio:.2f} ×", beside, f"≥ {bound:g} ×", ratio >= bound)


def at_most(name: str, value: float, bound: float, unit: str, beside: str) -> Line:
    """A value that must not be higher; `unit` "×", "ms", "s" or "MB"."""
    digits = 0 if unit in ("ms", "MB") and value >= 10 else 2
    return Line(name, f"{value:.{digits}f} {unit}", beside, f"≤ {bound:g} {unit}", value <= bound)


def only(name: str, measured: str, beside: str = "") -> Line:
    """Something to read, without a bound."""
    return Line(name, measured, beside)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def milliseconds(values: Sequence[float]) -> str:
    """Median, p99 and worst of durations in seconds."""
    middle, late = statistics.median(values), percentile(values, 0.99)
    return f"p50 {middle * 1e3:.1f} ms, p99 {late * 1e3:.1f} ms, worst {max(values) * 1e3:.1f} ms"


def timed(work: Callable[[], object], times: int = 18) -> list[float]:
    """Seconds for each time that it is done, after two that do not count."""
    each = list[float]()
    for _ in range(2 + times):
        began = time.perf_counter()
        work()
        each.append(time.perf_counter() - began)
    return each[2:]


def show(title: str, lines: Sequence[Line]) -> None:
    """Print one measurement's lines as soon as they are there."""
    print(f"\n{title}")
    for line in lines:
        verdict = "" if not line.bound else "ok" if line.met else "NOT MET"
        print(
            f"  {line.name:<58} {line.measured:>9}  {line.bound:>9}  {verdict:<7}  {line.beside}".rstrip(), flush=True
        )


def machine(folder: Path) -> str:
    """The machine in one line, with what a sync to its disk costs."""
    return (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before it began, "
        f"Python {platform.python_version()} on {platform.system()}; a sync to disk takes {_sync(folder) * 1e3:.2f} ms"
    )


def _sync(folder: Path) -> float:
    file, times = folder / "sync", []
    with file.open("wb", buffering=0) as out:
        for _ in range(100):
            out.write(bytes(4096))
            began = time.perf_counter()
            os.fsync(out.fileno())
            times.append(time.perf_counter() - began)
    file.unlink()
    return statistics.median(times)


def memory(pid: int) -> float | None:
    """Megabytes that a process holds in memory; None where the system does not say."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), None)
