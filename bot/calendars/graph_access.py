"""What it means where Microsoft Graph does not let the bot in, and what can be done. Imports nothing of the kit."""

from typing import Final

from bot.calendars.calendar import Unreached

INSTALL: Final = "install the bot with what Microsoft’s calendars need: pip install “mentorbot[graph]”"
RENEW: Final = "give the application a secret or certificate that holds, in AZURE_CLIENT_SECRET or its file"
ALLOW: Final = "let the application write in the scheme’s calendars: docs/microsoft-365.md says how"


class Broken(Unreached):
    """An inner error of the service: it may be about a part of what was asked."""


class Conflicting(Unreached):
    """It is being done by another request, or was done by one."""


class Expired(Unreached):
    """A token of changes is too old."""
