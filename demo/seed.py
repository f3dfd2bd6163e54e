"""Brings the scheme to where the demo begins, by the clicks its members would have made over the last four weeks.

Nothing is written into the database from here: every row, message and home page is what the bot itself made of a click.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from bot.actions.dispatcher import Dispatcher
from bot.app import App
from bot.dialogs.field_words import RATINGS
from bot.dialogs.parts import Errors, Form, Reply
from bot.ids import new_id
from bot.lifecycle import planning
from bot.lifecycle.pairs import Pair
from bot.schemes.roles import Role
from bot.storage import pairs
from demo.clock import TurnedClock
from demo.driver import Driver
from demo.people import Mentee, Mentor, People, Somebody

BEGINS: Final = timedelta(days=200)
"""How long ago the first mentor asked to join."""
MEETING: Final[Mapping[str, Any]] = {"time": time(17, 30), "minutes": 60, "mode": "Video call", "place": ""}
_PAUSE: Final = timedelta(minutes=7)
"""Between one person's click and the next."""
_MORNING: Final = time(9, 20)


class SeedError(Exception):
    """A click of the story did not do what it should: the people's file and the scheme's do not fit together."""


class Seed:
    """Tells the story. `users` are the platform's user ids by e-mail address; `read` marks all messages as read;
    `besides`: what happens elsewhere, in other schemes, by how many days ago it did."""

    def __init__(
        self,
        app: App,
        team: str,
        clock: TurnedClock,
        people: People,
        users: Mapping[str, str],
        read: Callable[[], None] = lambda: None,
        besides: Mapping[int, Sequence[Callable[[], Awaitable[None]]]] | None = None,
    ) -> None:
        self._app = app
        # It wakes no outbox: what a day's clicks bring about is sent in the evening, each home page once.
        dispatcher = Dispatcher(app.database, app.schemes, clock, new_id, app.dispatcher.channels)
        self._driver = Driver(dispatcher, team, app.platforms[0].name)
        self._clock = clock
        self._cast = people
        self._users = users
        self._read = read
        self._besides = besides or {}
        self._today = clock() + BEGINS

    async def tell(self) -> None:
        """From the first mentor to this morning; the clock then shows the real time. Raises SeedError."""
        people = self._cast
        meeting = [mentee for mentee in people.mentees if mentee.stage == "meeting"]
        coming = [mentee for mentee in people.mentees if mentee.stage not in ("outside", "meeting")]
        first = [mentor for mentor in people.mentors if mentor.email in {mentee.mentor for mentee in meeting}]
        await self._mentors(first, 200, 198, 195, 192)
        for mentee in meeting:
            await self._half_a_year(mentee)
        await self._mentors([mentor for mentor in people.mentors if mentor not in first], 28, 26, 21, 16)
        await self._until(12)
        for mentee in coming:
            await self._click(mentee, "join", "mentee", mentee.joining)
        await self._last_days(coming)

    async def _mentors(self, mentors: Sequence[Mentor], asked: int, let_in: int, filled_in: int, approved: int) -> None:
        """Their way in, with the days ago on which each step was taken."""
        await self._until(asked)
        for mentor in mentors:
            await self._click(mentor, "join", "mentor", mentor.joining)
        self._morning(let_in)
        for mentor in mentors:
            await self._decide(mentor, "mentor", "approve_joining")
        await self._until(filled_in)
        for mentor in mentors:
            await self._click(mentor, "preferences", "mentor", mentor.preferences)
            if mentor.approved:
                await self._describe(mentor)
        self._morning(approved)
        for mentor in mentors:
            if mentor.approved:
                await self._approve(mentor)

    async def _half_a_year(self, mentee: Mentee) -> None:
        """From joining to a year that is half over: two sessions held, two ahead, goals set, an action still open."""
        mentor = next(each for each in self._cast.mentors if each.email == mentee.mentor)
        await self._until(190)
        await self._click(mentee, "join", "mentee", mentee.joining)
        await self._decide(mentee, "mentee", "approve_joining")
        await self._click(mentee, "preferences", "mentee", mentee.preferences)
        await self._click(mentee, "request", "", mentee.request)
        self._morning(188)
        await self._click(self._officer(mentee), "approve_request", await self._request(mentee))
        chosen = {"order": (await self._driver.person(self._users[mentor.email])).id}
        await self._click(mentee, "send", await self._request(mentee), {}, chosen)
        self._morning(186)
        await self._click(mentor, "accept", (await self._driver.request(self._users[mentee.email])).invitations[0].id)
        pair = await self._pair(mentee)
        for who in (mentor, mentee):
            await self._click(who, "agree", f"{pair.id}:agreement")
            await self._click(who, "set_own_times", pair.id, {"busy": who.busy, "free": who.free}, {"version": "0"})
        await self._plan(mentee, mentor, pair.id)
        first, second, *_ = (await self._pair(mentee)).sessions
        await self._until(129)
        await self._click(mentee, "complete", first.id)
        await self._write(mentee, f"record:{first.id}", {"talked_about": "Coming into a post that nobody had before."})
        await self._write(mentee, f"goals:{pair.id}", {"goals:0:goal": "Lead the rota group", "goals:0:reached": "Yes",
                                                       "goals:1:goal": "Write up the audit"})  # fmt: skip
        await self._until(59)
        await self._click(mentor, "complete", second.id)
        await self._write(mentor, f"actions:{second.id}", {
            "actions:0:what": "Talk to the finance lead", "actions:0:who": "Mentee", "actions:0:done": "Yes",
            "actions:1:what": "Send the audit to Anjali", "actions:1:who": "Mentee",
        })  # fmt: skip

    async def _plan(self, mentee: Mentee, mentor: Mentor, pair: str) -> None:
        """Four sessions, of which the third is next week; the mentor confirms all of them."""
        ago = (130, 60, -8, -78)
        days = {f"day:{n}": (self._today - timedelta(days=each)).date() for n, each in enumerate(ago)}
        carried = {"marker": "1"} | {key: str(value) for key, value in MEETING.items()}
        await self._click(mentee, "plan_year", pair, days, carried)
        seen = planning.marker(await self._pair(mentee))
        await self._click(mentor, "confirm_all", f"{pair}:{seen}")

    async def _pair(self, mentee: Mentee) -> Pair:
        """The mentee's connection."""
        key, me = self._app.schemes.first.key, (await self._driver.person(self._users[mentee.email])).id
        return (await self._app.database.read(lambda db: pairs.of(db, key, me)))[0]

    async def _write(self, who: Somebody, sheet: str, values: Mapping[str, str]) -> None:
        await self._click(who, "fill_in_sheet", sheet, values, {"version": "0"})

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
        for happens in self._besides.get(days_ago, ()):
            await happens()

    def _morning(self, days_ago: int) -> None:
        """The morning of that day; what is to be sent stays for later, so that what is decided next is sent with it."""
        day = (self._today - timedelta(days=days_ago)).date()
        self._clock.turn_to(datetime.combine(day, _MORNING, self._today.tzinfo))

    async def _drain(self) -> None:
        await self._app.drain()
