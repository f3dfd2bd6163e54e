"""Brings the scheme to where the demo begins, by the clicks its members would have made over the last four weeks.

Nothing is written into the database from here: every row, message and home page is what the bot itself made of a click.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final

from bot.actions.dispatcher import Dispatcher
from bot.app import App
from bot.dialogs.field_words import RATINGS
from bot.dialogs.parts import Errors, Form, Reply
from bot.ids import new_id
from bot.schemes.roles import Role
from demo.clock import TurnedClock
from demo.driver import Driver
from demo.people import Mentee, Mentor, People, Somebody

BEGINS: Final = timedelta(days=28)
"""How long ago the first mentor asked to join."""
_PAUSE: Final = timedelta(minutes=7)
"""Between one person's click and the next."""
_MORNING: Final = time(9, 20)


class SeedError(Exception):
    """A click of the story did not do what it should: the people's file and the scheme's do not fit together."""


class Seed:
    """Tells the story. `users` are the workspace's user ids by e-mail address; `read` marks all messages as read."""

    def __init__(
        self,
        app: App,
        team: str,
        clock: TurnedClock,
        people: People,
        users: Mapping[str, str],
        read: Callable[[], None],
    ) -> None:
        self._app = app
        # It wakes no outbox: what a day's clicks bring about is sent in the evening, each home page once.
        dispatcher = Dispatcher(app.database, app.schemes, clock, new_id, app.dispatcher.channels)
        self._driver = Driver(dispatcher, team)
        self._clock = clock
        self._cast = people
        self._users = users
        self._read = read
        self._today = clock() + BEGINS

    async def tell(self) -> None:
        """From the first mentor to this morning; the clock then shows the real time. Raises SeedError."""
        people = self._cast
        coming = [mentee for mentee in people.mentees if mentee.stage != "outside"]
        await self._until(28)
        for mentor in people.mentors:
            await self._click(mentor, "join", "mentor", mentor.joining)
        self._morning(26)
        for mentor in people.mentors:
            await self._decide(mentor, "mentor", "approve_joining")
        await self._until(21)
        for mentor in people.mentors:
            await self._click(mentor, "preferences", "mentor", mentor.preferences)
            if mentor.approved:
                await self._describe(mentor)
        self._morning(16)
        for mentor in people.mentors:
            if mentor.approved:
                await self._approve(mentor)
        await self._until(12)
        for mentee in coming:
            await self._click(mentee, "join", "mentee", mentee.joining)
        await self._last_days(coming)

    async def _last_days(self, coming: list[Mentee]) -> None:
        by_stage = {mentee.stage: mentee for mentee in coming}
        asking, waiting, new = by_stage["asking"], by_stage["in_review"], by_stage["admitted"]
        await self._until(10)
        for mentee in (asking, waiting):
            await self._decide(mentee, "mentee", "approve_joining")
            await self._click(mentee, "preferences", "mentee", mentee.preferences)
        await self._until(6)
        await self._click(asking, "request", "", asking.request)
        await self._until(4)
        await self._click(self._officer(asking), "approve_request", await self._request(asking))
        await self._until(2)
        for mentor in self._cast.mentors:
            if not mentor.approved:
                await self._describe(mentor)
        await self._drain()
        self._read()
        await self._until(1)
        await self._ask(asking)
        await self._click(waiting, "request", "", waiting.request)
        await self._decide(new, "mentee", "approve_joining")
        await self._drain()
        self._clock.turn(max(-self._clock.offset, timedelta()))
        await self._drain()

    # --- what people do ---------------------------------------------------------------------------------------
    async def _describe(self, mentor: Mentor) -> None:
        profile = dict(mentor.profile)
        field = self._app.schemes.first.matching.ratings_field
        for topic, rating in mentor.ratings.items():
            profile[f"{field}:{topic}"] = RATINGS[rating]
        await self._click(mentor, "profile", "mentor", profile)

    async def _approve(self, mentor: Mentor) -> None:
        trained_on = (self._clock() - timedelta(days=mentor.trained)).date()
        await self._decide(mentor, "mentor", "approve_member", {"trained_on:training": trained_on})

    async def _ask(self, mentee: Mentee) -> None:
        """Open the list of mentors and send it as it stands."""
        request = await self._request(mentee)
        found = await self._click(mentee, "open_find", request)
        if not isinstance(found, Form):
            raise SeedError(f"{mentee.name} finds no mentors")
        await self._click(mentee, found.verb, found.subject, {}, found.carried)

    async def _decide(self, about: Somebody, role: Role, verb: str, values: Mapping[str, Any] | None = None) -> None:
        member = await self._driver.member(self._users[about.email], role)
        await self._click(self._officer(about), verb, member, values)

    def _officer(self, about: Somebody) -> Somebody:
        """The administrator who decides: the first who is somebody else."""
        return next(one for one in self._cast.administrators if one.email != about.email)

    async def _click(
        self,
        who: Somebody,
        verb: str,
        subject: str,
        values: Mapping[str, Any] | None = None,
        carried: Mapping[str, str] | None = None,
    ) -> Reply:
        reply = await self._driver.click(self._users[who.email], verb, subject, values, carried)
        if isinstance(reply, Errors):
            raise SeedError(f"{who.name} cannot {verb}: {dict(reply.fields)}")
        self._clock.turn(_PAUSE)
        return reply

    async def _request(self, who: Somebody) -> str:
        return (await self._driver.request(self._users[who.email])).id

    # --- time -----------------------------------------------------------------------------------------------------
    async def _until(self, days_ago: int) -> None:
        """The morning of that day; whatever is due before it goes out first."""
        await self._drain()
        self._morning(days_ago)

    def _morning(self, days_ago: int) -> None:
        """The morning of that day; what is to be sent stays for later, so that what is decided next is sent with it."""
        day = (self._today - timedelta(days=days_ago)).date()
        self._clock.turn_to(datetime.combine(day, _MORNING, self._today.tzinfo))

    async def _drain(self) -> None:
        await self._app.drain()
