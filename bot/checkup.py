"""`mentorbot check`: looks at everything an installation needs and says what is wrong, each with its mend."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from sqlalchemy import Connection as Db
from sqlalchemy import make_url, select
from sqlalchemy.exc import SQLAlchemyError

from bot.app import platforms_of
from bot.delivery.sender import Later
from bot.handlers.email.sender import EmailSender
from bot.handlers.platform import Finding
from bot.schemes.loading import SchemeError, load
from bot.settings import Settings, SettingsError, from_environment, sentence
from bot.storage.database import Database
from bot.storage.keyring import KeyringError
from bot.storage.tables import metadata
from bot.storage.types import Private, PrivateJson

_SAMPLE = 50
"""Private texts of each column that are read to see whether the keys fit."""


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
    for platform in platforms_of(settings):
        async for finding in platform.checks():
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


async def _mail(settings: Settings) -> AsyncIterator[Finding]:
    mail = settings.mail
    if mail is None:
        yield Finding(True, "No mail server: messages go out in chat alone.")
        return
    try:
        await EmailSender(mail.host, mail.port, mail.sender, mail.tls, mail.user, mail.password).probe()
    except Later as error:
        yield Finding(False, sentence("SMTP_URL", f"names a mail server that does not let the bot in ({error.reason})"))
        return
    yield Finding(True, "The mail server lets the bot in.")
