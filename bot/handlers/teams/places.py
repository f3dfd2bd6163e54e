"""Where things are at Microsoft: the addresses that the bot asks, and where it writes to somebody."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

ISSUER: Final = "https://api.botframework.com"
"""Who signs what is delivered."""


@dataclass(frozen=True, slots=True)
class Servers:
    """What differs where the bot is not beside the real Teams. `keys`: with what deliveries are signed; `service`:
    where a channel is written to of which nothing has come yet; `token`: gives the bot's own token, None: Microsoft
    does.

    Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
    """

    keys: str = "https://login.botframework.com/v1/.well-known/keys"
    service: str = "https://smba.trafficmanager.net/teams"
    token: Callable[[], Awaitable[str]] | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody, or a channel, is written to: `service` is the address of Teams' servers there."""

    service: str
    conversation: str

    @property
    def room(self) -> str:
        """The channel in which it is a thread, or itself."""
        return self.conversation.partition(";")[0]

    def __str__(self) -> str:
        """As a person carries it."""
        return f"{self.service} {self.conversation}"


def address_of(carried: str) -> Address | None:
    """The address that a person carries; None where they carry none."""
    service, _, conversation = carried.partition(" ")
    return Address(service, conversation) if service and conversation else None
