"""The first events in Microsoft 365's calendars, in a running bot: what Microsoft's kit costs everybody else."""

from bench import report
from bench.children import child
from bench.report import Line
from bench.setting_up import Place, population
from tests.calendars.graph_stand_in import serving

TITLE = "First answers of Microsoft Graph in a running bot, and its memory"
_RUNS = 3
_BOUND, _MEGABYTES = 100, 200


async def measure(place: Place) -> list[Line]:
    """A few bots, one after the other; each places two events."""
    first, second, blocked, held = list[float](), list[float](), list[float](), list[float]()
    async with population(place, 1) as here, serving() as graph:
        calendars = {
            "AZURE_TENANT_ID": "example.org",
            "AZURE_CLIENT_ID": "0d9b2c6e-6f0e-4a57-9f5e-2f5f3f2c1a11",
            "AZURE_CLIENT_SECRET": "secret",
            "GRAPH_API_URL": graph.url,
        }
        for _ in range(_RUNS):
            settings = here.slack.settings(place.database_url())
            async with child(place.folder, "bench.running", env=settings | calendars) as process:
                told = [await process.ask("event") for _ in range(2)]
                held.append(report.memory(process.pid) or 0.0)
            first.append(told[0]["took"])
            second.append(told[1]["took"])
            blocked.append(max(each["blocked"] for each in told))
    beside = f"the first event takes {max(first) * 1e3:.0f} ms, the second {max(second) * 1e3:.0f} ms"
    return [
        report.at_most("longest block of the event loop, worst of three", max(blocked) * 1e3, _BOUND, "ms", beside),
        report.at_most("memory with Graph in use", max(held), _MEGABYTES, "MB", ""),
    ]
