"""What Teams would send: signed activities as bytes, made before the clock runs, and a place to send them from."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bot.handlers.teams.platform import PATH
from tests.support.databases import KEYS
from tests.support.teams import TeamsPlace


@dataclass(frozen=True, slots=True)
class Teams:
    """Everything of Microsoft's that a bot needs to know of a place in this process."""

    place: TeamsPlace
    user: str

    def settings(self, database_url: str) -> dict[str, str]:
        """The environment of a bot there; what only tests may say goes beside it."""
        return {
            "TEAMS_APP_ID": self.place.app_id,
            "TEAMS_TENANT_ID": self.place.tenant,
            "TEAMS_APP_PASSWORD": self.place.service.app_password,
            "MENTORBOT_KEYS": ",".join(KEYS),
            "DATABASE_URL": database_url,
        }

    def press(self, verb: str, subject: str = "") -> bytes:
        """A button pressed on a card in somebody's chat with the bot."""
        person = self.place.state.person(self.user)
        sender = self.place.sender(person, self.place.state.personal(person))
        data = {"do": verb, "about": subject, "in": "notice"}
        return self._request(sender.press(str(uuid4()), {"type": "Action.Execute", "verb": verb, "data": data}))

    def _request(self, activity: dict[str, Any]) -> bytes:
        body = json.dumps(activity).encode()
        head = (
            f"POST {PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\nauthorization: Bearer {self.place.service.token()}\r\n\r\n"
        )
        return head.encode() + body


@asynccontextmanager
async def teams() -> AsyncIterator[Teams]:
    """A place with one person in it."""
    place = TeamsPlace(rate_limits=False)
    user = place.add_person("Ada")
    await place.start()
    try:
        yield Teams(place, user)
    finally:
        await place.stop()
