"""What is wrong with a setting, and what to do about it: one sentence each, and never with its value."""

from collections.abc import Mapping
from difflib import get_close_matches
from os import environ
from pathlib import Path
from typing import Final

from dotenv import dotenv_values

MENDS: Final[Mapping[str, str]] = {
    "SLACK_BOT_TOKEN": "copy the Bot User OAuth Token (xoxb-…) from “OAuth & Permissions” of your Slack app",
    "SLACK_SIGNING_SECRET": "copy the Signing Secret from “Basic Information” of your Slack app",
    "SLACK_APP_TOKEN": "make an app-level token (xapp-…) with connections:write under “Basic Information”",
    "SLACK_API_URL": "leave it out, unless Slack is reached through a gateway of your own (https://…/api/)",
    "DATABASE_URL": "give sqlite:///mentorbot.db or postgresql://user:password@host/name",
    "MENTORBOT_SCHEME": "give the names of schemes that come with the bot, or the paths of files, parted by commas",
    "TEAMS_APP_ID": "copy the Microsoft App ID of your Azure Bot, or leave out all that begins with TEAMS_",
    "TEAMS_TENANT_ID": "copy the Directory (tenant) ID of your organisation, from Microsoft Entra",
    "TEAMS_APP_PASSWORD": "copy the value of a client secret of the bot's app registration, or give "
    "TEAMS_APP_CERTIFICATE_PATH or TEAMS_MANAGED_IDENTITY",
    "TEAMS_APP_CERTIFICATE_PATH": "give a PEM file with certificate and private key, and no password beside it",
    "TEAMS_MANAGED_IDENTITY": "give the client id of the managed identity, or the word system, and no password beside "
    "it",
    "TEAMS_OFFICE_CHANNEL": "give the id of the channel (19:…@thread.tacv2, from “Get link to channel”), and write "
    "office:19:… for the channel of one office",
    "TEAMS_DIALOGS": "give true for forms as dialogs, or leave it out for forms in the chat",
    "MENTORBOT_ADMINISTRATORS": "give e-mail addresses, Slack member ids or Microsoft Entra object ids, with commas "
    "between them, and write office:address for an office that is not the scheme's first",
    "MENTORBOT_ADMIN_CHANNEL": "give the private channel's id (C…) or its #name, and write office:#name for "
    "the channel of one office",
    "MENTORBOT_KEYS": "put the output of “mentorbot key” there; older keys follow after a comma",
    "MENTORBOT_HOST": "give the address to listen at; 127.0.0.1 behind a proxy, 0.0.0.0 for everybody",
    "MENTORBOT_PORT": "give a number from 0 to 65535; 0 takes a free one",
    "PUBLIC_URL": "give the https address at which the bot's web server is reached from outside, or leave it out",
    "MENTORBOT_LOG_LEVEL": "give debug, info, warning or error",
    "MENTORBOT_LOG_JSON": "give true for one JSON object a line, or leave it out",
    "AZURE_TENANT_ID": "copy the Directory (tenant) ID of your application in Microsoft Entra, or leave out all that "
    "begins with AZURE_",
    "AZURE_CLIENT_ID": "copy the Application (client) ID of your application in Microsoft Entra",
    "AZURE_CLIENT_SECRET": "copy the value of a client secret from “Certificates & secrets”, or give a certificate",
    "AZURE_CLIENT_CERTIFICATE_PATH": "give a PEM file with certificate and private key, and no secret beside it",
    "GRAPH_API_URL": "leave it out, unless your tenant is in a national cloud (https://…/v1.0)",
    "GRAPH_MANAGERS": "give true for line managers by Microsoft 365's directory, or leave it out",
    "SMTP_URL": "give smtp://user:password@host:587?from=mentoring@example.org (or smtps://…:465)",
}
"""What to do about each setting."""


class SettingsError(Exception):
    """A setting that is missing or malformed; `problems` has one sentence each, `str` is the first of them."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        more = len(problems) - 1
        also = f" (And {more} more: “mentorbot check” lists them.)" if more else ""
        super().__init__(problems[0] + also)


def sentence(name: str, wrong: str) -> str:
    """One sentence about one setting, with its mend."""
    return f"{name} {wrong}: {MENDS[name]}."


def unknown(env_file: Path | None = Path(".env")) -> tuple[str, ...]:
    """One sentence for each setting that nobody reads, and that looks as if it were meant for the bot."""
    strange = (
        name for name in sorted(given(env_file) - set(MENDS)) if name.startswith(("MENTORBOT_", "SLACK_", "TEAMS_"))
    )
    return tuple(_unknown(name) for name in strange)


def given(env_file: Path | None) -> set[str]:
    """The names of all settings that are given, of whoever they are."""
    return {name.upper() for name in (*environ, *(dotenv_values(env_file) if env_file else ()))}


def _unknown(name: str) -> str:
    head, _, tail = name.partition("_")
    known = [each.removeprefix(f"{head}_") for each in MENDS if each.startswith(head)]
    near = get_close_matches(tail, known, 1)
    return f"{name} is not a setting{f'; did you mean {head}_{near[0]}?' if near else ': leave it out.'}"
