"""What people press, with no platform between them and the dispatcher: demo, tests and bench drive the bot by it.
With a platform between, a test user of the local workspace does."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection as Db

from bot.actions.context import Caller, Click
from bot.actions.dispatcher import Dispatcher, Introduction
from bot.dialogs.parts import Reply
from bot.handlers.slack.users import PLATFORM
from bot.lifecycle.people import Person
from bot.lifecycle.request import Request
from bot.schemes.roles import Role
from bot.storage import members, people, requests

T = TypeVar("T")


class Driver:
    """The people of one workspace or tenant (`team`) of a platform, by their user ids, in one scheme: the first where
    none is said."""

    def __init__(self, dispatcher: Dispatcher, team: str = "T1", platform: str = PLATFORM, scheme: str = "") -> None:
        self.dispatcher = dispatcher
        self._scheme = scheme or dispatcher.schemes.first.key
        self.team = team
        self.platform = platform

    def caller(self, user: str) -> Caller:
        """Somebody as a platform names them."""
        return Caller(self.platform, self.team, user)

    async def introduce(self, user: str, name: str, email: str | None, zone: str) -> Person:
        """Somebody comes for the first time, or with another name."""
        return await self.dispatcher.meet(self.caller(user), Introduction(name, email, zone))

    async def click(
        self,
        user: str,
        verb: str,
        subject: str = "",
        values: Mapping[str, Any] | None = None,
        carried: Mapping[str, str] | None = None,
        *,
        idempotency_key: str = "",
        shows_itself: bool = True,
        entered: Mapping[str, Any] | None = None,
    ) -> Reply:
        """One press, or a form sent off."""
        click = Click(
            self.caller(user), verb, subject, carried or {}, values, idempotency_key, shows_itself, entered or {},
            scheme=self._scheme if self.dispatcher.schemes.several else "",
        )  # fmt: skip
        return await self.dispatcher.answer(click)

    async def person(self, user: str) -> Person:
        """Somebody who has come; LookupError for somebody who has not."""
        return await self._read(lambda db: self._person(db, user))

    async def member(self, user: str, role: Role) -> str:
        """The id of somebody's membership in that role; KeyError where there is none."""
        key = self._scheme
        return (await self._read(lambda db: members.of(db, key, self._person(db, user).id)))[role].id

    async def request(self, user: str) -> Request:
        """Somebody's newest request; LookupError where there is none."""
        key = self._scheme
        found = await self._read(lambda db: requests.latest_of(db, key, self._person(db, user).id))
        if found is None:
            raise LookupError(f"{user} has no request")
        return found

    async def _read(self, look: Callable[[Db], T]) -> T:
        return await self.dispatcher.database.read(look)

    def _person(self, db: Db, user: str) -> Person:
        found = people.find(db, self.platform, self.team, user)
        if found is None:
            raise LookupError(f"{user} has not been met")
        return found
