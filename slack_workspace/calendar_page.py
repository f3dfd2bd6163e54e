"""What the page shows of each person's own calendar, where the workspace is given calendars: a week at a time."""

from datetime import date
from typing import Protocol

from starlette.routing import BaseRoute, Route

from slack_workspace.errors import Refusal
from slack_workspace.interactions import Interactions
from slack_workspace.model import Json
from slack_workspace.page import answering


class Calendars(Protocol):
    """Everybody's own calendars, by user id. Both raise Refusal, in words for whoever looks."""

    async def week(self, user: str, day: date | None) -> Json:
        """The week with that day on the user's wall; None: with today.

        `monday`, `previous`, `next`, `today`: days, as ISO 8601 writes them; `zone`: an IANA name; `subscribed`:
        whether sessions come in; `from`, `to`: the hours to draw. `days`: seven, each with its `day` and lists of
        `working`, `free` and `busy` hours and of `events` (`title`, `how`, `place`), all of them with `from` and `to`
        in minutes after midnight.
        """
        ...

    async def subscribe(self, user: str, url: str) -> None:
        """From now on the calendar fetches what is read at that address."""
        ...


class CalendarPage:
    """Routes under `/page`, in the way of the others there."""

    def __init__(self, interactions: Interactions, calendars: Calendars) -> None:
        self._interactions = interactions
        self._calendars = calendars

    def routes(self) -> list[BaseRoute]:
        return [
            Route(f"/page/{action.__name__}", answering(action), methods=["POST"])
            for action in (self.week, self.subscribe)
        ]

    async def week(self, body: Json) -> Json:
        return {"week": await self._calendars.week(self._who(body), _day(body.get("day")))}

    async def subscribe(self, body: Json) -> Json:
        await self._calendars.subscribe(self._who(body), str(body.get("url", "")).strip())
        return {}

    def _who(self, body: Json) -> str:
        return self._interactions.person(str(body.get("as", ""))).id


def _day(said: object) -> date | None:
    """Raises Refusal."""
    if said is None:
        return None
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        raise Refusal("That is not a day.") from None
