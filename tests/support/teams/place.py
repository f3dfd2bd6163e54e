"""A whole tenant on the loopback address: its people and channels, the servers that the bot meets, and the way to the
bot."""

import json
from collections.abc import Callable
from typing import Any, Final

import aiohttp

from tests.support.teams.activities import Sender
from tests.support.teams.model import Conversation, Delivery, Json, Message, Person
from tests.support.teams.people import TeamsUser
from tests.support.teams.service import Service
from tests.support.teams.state import State

TENANT: Final = "9f1a52e4-0000-4000-8000-00000000cafe"
APP: Final = "0b07c0de-0000-4000-8000-0000000000b0"
_PATIENCE: Final = 15.0
"""Seconds after which the client shows that something went wrong."""


class TeamsPlace:
    """One tenant with one bot. `start` before anything else; `bot_url` is where its activities go."""

    def __init__(self, *, tenant: str = TENANT, app_id: str = APP, rate_limits: bool = True) -> None:
        self.state = State(tenant, app_id)
        self.service = Service(self.state, rate_limits=rate_limits)
        self.bot_url = ""
        self.typed: dict[tuple[str, str, int], dict[str, str]] = {}
        """What people have entered in cards that were not sent off yet."""
        self.acted: dict[str, int] = {}
        self.toasts: dict[str, list[str]] = {}
        self.has_dialogs = True
        """Whether people's clients show dialogs."""
        self.dialogs: dict[str, Message] = {}
        """The dialog that stands before somebody, by their id."""
        self._http: aiohttp.ClientSession | None = None

    @property
    def tenant(self) -> str:
        """The tenant's id."""
        return self.state.tenant

    @property
    def app_id(self) -> str:
        """The bot's id."""
        return self.state.app_id

    async def start(self) -> None:
        """Listen."""
        self.state.changes.start()
        await self.service.start()
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_PATIENCE))

    async def stop(self) -> None:
        """Hang up and listen no more."""
        self.state.changes.stop()
        if self._http:
            await self._http.close()
        await self.service.stop()

    # --- who and where ----------------------------------------------------------------------------------------
    def add_person(self, name: str, email: str = "", zone: str = "Europe/London", guest: bool = False) -> str:
        """Somebody new; gives their object id. They have not installed the app yet."""
        email = email or f"{name.lower().replace(' ', '.')}@example.org"
        return self.state.add_person(name, email, zone, guest).object_id

    def add_channel(self, name: str, members: list[str]) -> str:
        """A channel whose team has the bot; gives its id."""
        return self.state.add_channel(name, [self.state.person(each).id for each in members]).id

    def test_user(self, known_by: str) -> TeamsUser:
        """This person at their keyboard. Raises Refusal."""
        return TeamsUser(self, self.state.person(known_by))

    def sender(self, person: Person, where: Conversation) -> Sender:
        """Whose activities come next."""
        return Sender(self.app_id, self.tenant, self.service.service_url, person, where)

    async def install(self, known_by: str) -> None:
        """Somebody installs the app: the bot comes into their chat and hears of it twice."""
        sender = self._personal(known_by)
        sender.conversation.bot_in = True
        await self.deliver(sender.members_added())
        await self.deliver(sender.installation("add"))

    async def uninstall(self, known_by: str) -> None:
        """Somebody takes the app away; what stands in the chat stays."""
        sender = self._personal(known_by)
        sender.conversation.bot_in = False
        await self.deliver(sender.installation("remove"))

    def _personal(self, known_by: str) -> Sender:
        person = self.state.person(known_by)
        return self.sender(person, self.state.personal(person))

    # --- to the bot -------------------------------------------------------------------------------------------
    async def deliver(self, activity: Json | bytes, token: str | None = None, **headers: str) -> Delivery:
        """Bring an activity to the bot and keep what it answers. `token`: another than the right one; "": none."""
        if self._http is None:
            raise RuntimeError("the place has not been started")
        bearer = self.service.usual_token if token is None else token
        given = {"Content-Type": "application/json", **({"Authorization": f"Bearer {bearer}"} if bearer else {})}
        body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        kept = {} if isinstance(activity, bytes) else activity
        try:
            async with self._http.post(self.bot_url, data=body, headers=given | headers) as answer:
                done = Delivery(kept, answer.status, _read(await answer.read()))
        except (aiohttp.ClientError, TimeoutError) as error:
            done = Delivery(kept, 0, repr(error))
        self.state.deliveries.append(done)
        if token is None and kept and kept["type"] != "invoke" and not 200 <= done.status < 300:
            self.state.trouble(f"{kept['from']['name']}: {kept['type']} {kept.get('text', '')!r}: {done.status}")
        self.state.changes.touch()
        return done

    # --- what happened ----------------------------------------------------------------------------------------
    async def settled(self, predicate: Callable[[], bool], seconds: float = 5) -> None:
        """Wait until the predicate holds, asking after every change. Raises TimeoutError with a picture of it all."""
        if not await self.state.changes.until(predicate, seconds):
            raise TimeoutError(f"not settled within {seconds:g} s:\n{self.picture()}")

    def assert_no_trouble(self) -> None:
        """Nobody has been told that something went wrong, and nothing that the bot sent was refused as malformed."""
        malformed = [
            f"{c.method} {c.path}: {c.status} {c.error}" for c in self.state.calls if c.status in (400, 413, 415)
        ]
        assert not [*self.state.troubles, *malformed], "\n".join([*self.state.troubles, *malformed])

    def picture(self) -> str:
        """The last calls and deliveries and what everybody sees, readable."""
        lines = ["last calls:"]
        lines += [f"  {c.method} {c.path} {c.status} {c.error}" for c in self.state.calls[-10:]]
        lines += ["last deliveries:"]
        lines += [
            f"  {d.activity.get('type')} {d.activity.get('name', '')}: {d.status}" for d in self.state.deliveries[-10:]
        ]
        lines += ["troubles:", *(f"  {trouble}" for trouble in self.state.troubles)]
        for person in self.state.people.values():
            lines += [f"{person.name} sees:", TeamsUser(self, person).sees()]
        return "\n".join(lines)


def _read(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return raw.decode("utf-8", "replace")
