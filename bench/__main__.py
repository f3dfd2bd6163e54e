"""The command: all measurements, or those that are named. Ends with 1 where a bound is not met."""

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from types import ModuleType

from bench import (
    accepts,
    acks,
    calendars,
    card_actions,
    figures,
    homes,
    imports,
    lists,
    ranking,
    report,
    rounds,
    slots,
    starting,
    steady,
    sweeping,
)
from bench.report import Line
from bench.setting_up import Place, place
from tests.support.databases import postgresql_server

MEASUREMENTS: dict[str, ModuleType] = {
    "ack": acks,
    "card": card_actions,
    "accept": accepts,
    "steady": steady,
    "ranking": ranking,
    "round": rounds,
    "home": homes,
    "lists": lists,
    "report": figures,
    "import": imports,
    "slots": slots,
    "calendar": calendars,
    "sweep": sweeping,
    "start": starting,
}
_ON_POSTGRESQL = frozenset({"steady", "sweep", "lists", "report", "import", "round"})


def main() -> int:
    """Run what was asked for."""
    wanted = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    wanted.add_argument("only", nargs="*", metavar="measurement", help=f"of {', '.join(MEASUREMENTS)}; without: all")
    wanted.add_argument("--verbose", action="store_true", help="list the statements of an Accept")
    given = wanted.parse_args()
    unknown = set(given.only) - set(MEASUREMENTS)
    if unknown:
        wanted.error(f"there is no {', '.join(sorted(unknown))}")
    names = [name for name in MEASUREMENTS if not given.only or name in given.only]
    with place(given.verbose) as here, ExitStack() as stack:
        if _ON_POSTGRESQL & set(names):
            here.postgresql = stack.enter_context(postgresql_server(durable=True))
        return asyncio.run(_run(here, names))


async def _run(here: Place, names: list[str]) -> int:
    began, lines = time.monotonic(), list[Line]()
    print(f"This machine: {report.machine(here.folder)}")
    for name in names:
        measurement = MEASUREMENTS[name]
        measure: Callable[[Place], Awaitable[list[Line]]] = measurement.measure
        found = await measure(here)
        report.show(measurement.TITLE, found)
        lines += found
    missed = [line for line in lines if not line.met]
    verdict = f"{len(missed)} of the bounds not met" if missed else "every bound met"
    print(f"\n{verdict}; it took {time.monotonic() - began:.0f} s")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
