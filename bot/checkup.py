"""`mentorbot check`: looks at everything an installation needs and says what is wrong, each with its mend."""

import os
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Connection as Db
from sqlalchemy import make_url, select
from sqlalchemy.exc import SQLAlchemyError

from bot.app import slack_client
from bot.delivery.sender import Later
from bot.handlers.email.sender import EmailSender
from bot.handlers.slack import lookups
from bot.handlers.slack.app import SCOPES
from bot.handlers.slack.replies import error_of
from bot.schemes.loading import SchemeError, load
from bot.settings import Settings, SettingsError, from_environment, sentence
from bot.storage.database import Database
from bot.storage.keyring import KeyringError
from bot.storage.tables import metadata
from bot.storage.types import Private, PrivateJson

_SECONDS = 10
_SAMPLE = 50
"""Private texts of each column that are read to see whether the keys fit."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `says` never holds a setting's value."""

    well: bool
    says: str


async def look(env_file: Path | None = Path(".env")) -> AsyncIterator[Finding]:
    """Look at the settings, the scheme, the database and the workspace, one after the other."""
    try:
        settings = from_environment(env_file)
    except SettingsError as error:
        for problem in error.problems:
            yield Finding(False, problem)
        yield Finding(False, "The rest can only be looked at once the settings are right: mend them, and check again.")
        return
    yield Finding(True, "The settings are there and well formed.")
    for finding in (*scheme(settings.scheme), *database(settings)):
        yield finding
    async with ClientSession(timeout=ClientTimeout(total=_SECONDS)) as session:
        async for finding in _slack(settings, slack_client(settings, session)):
            yield finding
    async for finding in _mail(settings):
        yield finding


def scheme(name_or_path: str) -> Iterator[Finding]:
    """Whether the scheme's file can be used; one finding for each of its mistakes."""
    try:
        found = load(name_or_path)
    except SchemeError as error:
        for mistake in error.mistakes:
            yield Finding(False, f"The scheme: {mistake}.")
        return
    yield Finding(True, f"The scheme is “{found.name}”.")


def database(settings: Settings) -> Iterator[Finding]:
    """Whether the database is reached, migrated, and readable with the keys that are given."""
    url = settings.database_url.get_secret_value()
    try:
        new = _new_file(url)
        if new is not None:
            yield _writable(new)
            return
        opened = Database(url, settings.secrets)
    except (ValueError, SQLAlchemyError):
        yield Finding(False, sentence("DATABASE_URL", "cannot be used"))
        return
    with opened:
        try:
            migrated = opened.at_head()
        except (SQLAlchemyError, OSError) as error:
            reason = type(error).__name__
            yield Finding(False, sentence("DATABASE_URL", f"names a database that is not reached ({reason})"))
            return
        if not migrated:
            yield Finding(True, "The database is reached; it will be migrated when the bot starts.")
            return
        yield Finding(True, "The database is reached and migrated.")
        yield _keys_fit(opened)


def _new_file(url: str) -> Path | None:
    """The SQLite file that is still to be made, if there is one."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    file = Path(parsed.database)
    return None if file.exists() else file


def _writable(file: Path) -> Finding:
    if os.access(file.absolute().parent, os.W_OK):
        return Finding(True, "The database file will be made when the bot starts.")
    return Finding(False, sentence("DATABASE_URL", "names a file in a folder that is missing or not writable"))


def _keys_fit(opened: Database) -> Finding:
    private = [
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Private | PrivateJson)
    ]

    def read(db: Db) -> int:
        return sum(
            len(db.execute(select(column).where(column.is_not(None)).limit(_SAMPLE)).all()) for column in private
        )

    try:
        count = opened.read_now(read)
    except KeyringError as error:
        return Finding(False, f"{error} Add the key that was used before to MENTORBOT_KEYS, after the new one.")
    return Finding(True, "The keys read what is kept." if count else "The keys are well formed; nothing is kept yet.")


async def _slack(settings: Settings, client: AsyncWebClient) -> AsyncIterator[Finding]:
    try:
        standing = await lookups.standing(client)
    except (SlackClientError, ClientError, TimeoutError, OSError) as error:
        yield _refused("SLACK_BOT_TOKEN", error)
        return
    yield Finding(True, "Slack takes the bot’s token.")
    for finding in granted(standing.scopes):
        yield finding
    yield await _way_in(settings, client)
    for number, wanted in enumerate(settings.administrators, 1):
        yield await _found("MENTORBOT_ADMINISTRATORS", f"Administrator {number}", lookups.person, client, wanted)
    if not settings.administrators:
        wrong = "is missing, so nobody could approve anything"
        yield Finding(False, sentence("MENTORBOT_ADMINISTRATORS", wrong))
    if settings.admin_channel is None:
        yield Finding(True, "No channel for the office: each of its people gets the messages themselves.")
    else:
        yield await _found(
            "MENTORBOT_ADMIN_CHANNEL", "The office’s channel", lookups.office_channel, client, settings.admin_channel
        )


def granted(scopes: frozenset[str]) -> Iterator[Finding]:
    """Whether these scopes of a token are enough; empty where Slack does not say."""
    if not scopes:
        yield Finding(True, "Slack did not say which scopes are granted, so they were not compared.")
        return
    for scope in sorted(set(SCOPES) - scopes):
        mend = "add it under “OAuth & Permissions” of your Slack app, and install the app again"
        yield Finding(False, f"The scope {scope} is not granted (to {SCOPES[scope]}): {mend}.")
    if scopes >= set(SCOPES):
        yield Finding(True, "Every scope that the bot needs is granted.")


async def _way_in(settings: Settings, client: AsyncWebClient) -> Finding:
    if settings.app_token is None:
        return Finding(True, "Slack reaches the bot over HTTP, signed with the signing secret.")
    try:
        await client.apps_connections_open(app_token=settings.app_token.get_secret_value())
    except (SlackClientError, ClientError, TimeoutError, OSError) as error:
        return _refused("SLACK_APP_TOKEN", error)
    return Finding(True, "The app-level token opens a connection for Socket Mode.")


async def _found(setting: str, who: str, find: Callable[..., object], client: AsyncWebClient, wanted: str) -> Finding:
    try:
        await find(client, wanted)  # type: ignore[misc]
    except lookups.NotFound as error:
        return Finding(False, sentence(setting, f"({who.lower()}) {error}"))
    except (SlackClientError, ClientError, TimeoutError, OSError) as error:
        return _refused(setting, error)
    return Finding(True, f"{who} is found.")


async def _mail(settings: Settings) -> AsyncIterator[Finding]:
    mail = settings.mail
    if mail is None:
        yield Finding(True, "No mail server: messages go out in Slack alone.")
        return
    try:
        await EmailSender(mail.host, mail.port, mail.sender, mail.tls, mail.user, mail.password).probe()
    except Later as error:
        yield Finding(False, sentence("SMTP_URL", f"names a mail server that does not let the bot in ({error.reason})"))
        return
    yield Finding(True, "The mail server lets the bot in.")


def _refused(setting: str, error: Exception) -> Finding:
    if isinstance(error, SlackApiError):
        return Finding(False, sentence(setting, f"is refused by Slack ({error_of(error)})"))
    return Finding(False, f"Slack is not reached ({type(error).__name__}): check the network, or the proxy if any.")
