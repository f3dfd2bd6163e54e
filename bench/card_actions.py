"""A card action without work, until it is answered: against the bare library behind the same web server; and what a bot
on both platforms holds in memory."""

from bench import load, report
from bench.children import child
from bench.report import Line
from bench.setting_up import Place, population
from bench.teams import Teams, teams

TITLE = "Answer to a card action without work, against the bare library, and memory on two platforms"
_ROUNDS = 3
_BOUND, _MEGABYTES = 0.6, 250
_CLICKS = 2_000


async def measure(place: Place) -> list[Line]:
    """One at a time, and sixteen; the two take turns, so that a busy moment of the machine meets both."""
    async with population(place, 0) as here, teams() as there:
        service = there.place.service
        servers = service.keys_url, service.service_url.rstrip("/"), service.bot_token
        both = here.slack.settings(place.database_url()) | there.settings(place.database_url())
        async with (
            child(place.folder, "bench.running_teams", *servers, env=both) as ours,
            child(place.folder, "bench.bare_teams", service.keys_url, there.place.app_id, there.place.tenant) as bare,
        ):
            there.place.bot_url = ours.said["url"] + "/api/messages"
            await there.place.install(there.user)
            lines = [await _line(ours.said["url"], bare.said["url"], there, at_once) for at_once in (1, 16)]
            await load.in_flight(ours.said["url"], [there.press("close") for _ in range(_CLICKS)], 16)
            held = report.memory(ours.pid) or 0.0
    return [*lines, report.at_most("memory on both platforms, after all that", held, _MEGABYTES, "MB", "")]


async def _line(ours: str, bare: str, there: Teams, at_once: int) -> Line:
    requests = 300 if at_once == 1 else 900
    rates: dict[str, list[float]] = {ours: [], bare: []}
    for round_ in range(_ROUNDS + 1):
        for url, found in rates.items():
            presses = [there.press("close") for _ in range(requests if round_ else 150)]
            answers = await load.in_flight(url, presses, at_once)
            if round_:  # the first only warms up
                found.append(answers.a_second)
    mine, theirs = (sorted(found)[len(found) // 2] for found in rates.values())
    beside = f"{mine:,.0f}/s against {theirs:,.0f}/s"
    return report.at_least(f"{at_once} in flight", mine / theirs, _BOUND, beside)
