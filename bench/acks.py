"""An event without work, until its ack: against a bare Bolt application behind the same web server."""

from collections.abc import Iterator
from itertools import count

from bench import load, report, slack
from bench.children import child
from bench.report import Line
from bench.setting_up import Place, bot, population

TITLE = "Ack of an event without work, against a bare Bolt application"
_ROUNDS = 3
_BOUND = 0.6


async def measure(place: Place) -> list[Line]:
    """One at a time, and sixteen; the two take turns, so that a busy moment of the machine meets both."""
    numbers = count(1)
    async with population(place, 0) as here:
        secret = here.slack.signing_secret
        async with (
            bot(place, here.slack, place.database_url()) as ours,
            child(place.folder, "bench.bare", secret) as bare,
        ):
            return [await _line(ours.url, bare.said["url"], secret, numbers, at_once) for at_once in (1, 16)]


async def _line(ours: str, bare: str, secret: str, numbers: Iterator[int], at_once: int) -> Line:
    requests = 500 if at_once == 1 else 1500
    rates: dict[str, list[float]] = {ours: [], bare: []}
    for round_ in range(_ROUNDS + 1):
        for url, found in rates.items():
            events = [slack.event(secret, next(numbers)) for _ in range(requests if round_ else 200)]
            acks = await load.in_flight(url, events, at_once)
            if round_:  # the first only warms up
                found.append(acks.a_second)
    mine, theirs = (sorted(found)[len(found) // 2] for found in rates.values())
    beside = f"{mine:,.0f}/s against {theirs:,.0f}/s"
    return report.at_least(f"{at_once} in flight", mine / theirs, _BOUND, beside)
