"""As whom the bot comes to Microsoft Graph, and what it means where it is not let in. Imports nothing of the kit."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.calendars.calendar import Unreached

GRAPH: Final = "https://graph.microsoft.com/v1.0"
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

INSTALL: Final = "install the bot with what Microsoft’s calendars need: pip install “mentorbot[graph]”"
RENEW: Final = "give the application a secret or certificate that holds, in AZURE_CLIENT_SECRET or its file"
ALLOW: Final = "let the application write in this mailbox’s calendar: docs/microsoft-365.md says how"


@dataclass(frozen=True, slots=True)
class Application:
    """An application registered with Microsoft Entra: by a `secret`, or by a PEM or PFX `certificate`."""

    tenant: str
    client: str
    secret: str | None = field(default=None, repr=False)
    certificate: Path | None = None


class Forbidden(Unreached):
    """The application has no right to this mailbox."""


class Broken(Unreached):
    """An inner error of the service: it may be about a part of what was asked."""


class Conflicting(Unreached):
    """It is being done by another request, or was done by one."""


class Expired(Unreached):
    """A token of changes is too old."""
