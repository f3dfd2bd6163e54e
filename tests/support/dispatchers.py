"""A dispatcher with people before it: what actions do, without any platform."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.actions.context import Channels
from bot.actions.deadlines import sweep
from bot.actions.dispatcher import Dispatcher
from bot.schemes.loading import load
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.storage.database import Database
from demo.driver import Driver

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

PREFERENCES = {
    "ways": ("Video call",),
    "mentor_gender": "No preference",
    "mentor_region": "Anywhere",
    "times": ("Mornings",),
}
PROFILE = {
    "current_role": "Consultant cardiologist",
    "about": "Glad to listen.",
    "gender": "A woman",
    "region": "London",
    "mentees_at_most": 2,
    "expertise:Leadership": "4 – a lot",
    "expertise:Wellbeing": "3 – a fair amount",
}
REQUEST = {
    "topics": ("Leadership", "Wellbeing"),
    "foremost": ("Leadership",),
    "current_post": "SpR",
    "year": "ST7",
    "sought": "Somebody to talk to",
    "location": "London",
}


class Office(Driver):
    """A scheme with its dispatcher, a turned clock, and short ways to bring people where a test wants them."""

    def __init__(self, database: Database, scheme: Scheme | None = None, channels: Channels | None = None) -> None:
        self.now = MONDAY
        self.scheme = scheme or load("british_cardiovascular_society")
        self.ids_given = 0
        super().__init__(self._dispatcher(database, channels or Channels()))

    def _dispatcher(self, database: Database, channels: Channels) -> Dispatcher:
        clock = lambda: self.now  # noqa: E731 – it is turned meanwhile
        schemes, officers = Schemes((self.scheme,)), ["UADMIN", "USECOND"]
        return Dispatcher(database, schemes, clock, self.new_id, channels, administrators=officers)

    def changed(self, **update: Any) -> None:
        """From now on the scheme's file says something else."""
        self.scheme = self.scheme.model_copy(update=update)
        self.dispatcher = self._dispatcher(self.dispatcher.database, self.dispatcher.channels)

    def new_id(self) -> str:
        """Ids in the order in which they were given out."""
        self.ids_given += 1
        return f"ID{self.ids_given:08d}"

    async def meet(self, user: str, name: str | None = None) -> str:
        """Somebody comes for the first time; gives the person's id."""
        return (await self.introduce(user, name or user.title(), f"{user.lower()}@example.org", "Europe/London")).id

    async def sweep(self, by: timedelta) -> None:
        """Turn the clock and let what is due happen."""
        self.now += by
        while await sweep(self.dispatcher):
            pass

    async def admitted(self, user: str, role: Role) -> str:
        """Somebody the office has let in; gives the membership's id."""
        await self.meet(user)
        stage = {"stage": "Something else"} if role == "mentee" else {}
        await self.click(user, "join", role, {"membership_number": "1234", **stage})
        id_ = await self.member(user, role)
        await self.click("UADMIN", "approve_joining", id_)
        return id_

    async def mentor(self, user: str, **profile: Any) -> str:
        """An approved and trained mentor; gives the membership's id."""
        id_ = await self.admitted(user, "mentor")
        await self.click(user, "preferences", "mentor", {"ways": ("Video call",), "times": ("Mornings",)})
        await self.click(user, "profile", "mentor", {**PROFILE, **profile})
        await self.click("UADMIN", "approve_member", id_, {"trained_on:training": self.now.date() - timedelta(days=30)})
        return id_
