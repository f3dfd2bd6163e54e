"""A desk with people at it: what actions do, without any platform."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bot.actions.context import Caller, Channels, Click
from bot.actions.deadlines import sweep
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.dialogs.parts import Reply
from bot.schemes.loading import load
from bot.schemes.scheme import Scheme
from bot.storage.database import Database

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


class Office:
    """A scheme with a desk, a turned clock, and short ways to bring people where a test wants them."""

    def __init__(self, database: Database, scheme: Scheme | None = None, channels: Channels | None = None) -> None:
        self.now = MONDAY
        self.scheme = scheme or load("british_cardiovascular_society")
        self._ids = count(1)
        self.dispatcher = Dispatcher(
            database,
            self.scheme,
            lambda: self.now,
            self.new_id,
            channels or Channels(),
            administrators=["UADMIN", "USECOND"],
        )

    def new_id(self) -> str:
        """Ids in the order in which they were given out."""
        return f"ID{next(self._ids):08d}"

    async def meet(self, user: str, name: str | None = None) -> str:
        """Somebody comes to the desk for the first time; gives the person's id."""
        introduction = Introduction(name or user.title(), f"{user.lower()}@example.org", "Europe/London")
        return (await self.dispatcher.meet(Caller("slack", "T1", user), introduction)).id

    async def click(
        self, user: str, verb: str, subject: str = "", values: Mapping[str, Any] | None = None, **more: Any
    ) -> Reply:
        """One click, as the platform's handler would hand it over."""
        return await self.dispatcher.answer(Click(Caller("slack", "T1", user), verb, subject, values=values, **more))

    async def sweep(self, by: timedelta) -> None:
        """Turn the clock and let what is due happen."""
        self.now += by
        while await sweep(self.dispatcher):
            pass

    async def member(self, user: str, role: str) -> str:
        """The id of a membership."""
        from bot.storage import members, people

        def look(db: Any) -> str:
            person = people.find(db, "slack", "T1", user)
            assert person is not None
            held = members.of(db, self.scheme.key, person.id)
            return next(member.id for name, member in held.items() if name == role)

        return await self.dispatcher.database.read(look)

    async def admitted(self, user: str, role: str) -> str:
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
        await self.click(user, "profile", "", {**PROFILE, **profile})
        await self.click("UADMIN", "approve_mentor", id_, {"trained_on": self.now.date() - timedelta(days=30)})
        return id_
