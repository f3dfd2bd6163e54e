"""`mentorbot check`: looks at everything an installation needs and says what is wrong, each with its mend."""

import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection as Db
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.actions.appointments import Appointments, UnknownOfficeError, scheme_of
from bot.app import channels_of, platforms_of
from bot.calendars.graph import Graph
from bot.delivery.sender import Later
from bot.dialogs.wording import offices as offices_wording
from bot.dialogs.wording import touched as wording
from bot.entries import entry
from bot.handlers.calendar import checks as calendar_checks
from bot.handlers.email.sender import EmailSender
from bot.handlers.platform import Finding
from bot.schemes.loading import SchemeError
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes, load_all
from bot.screens.going import left_unheld
from bot.screens.touched import touched
from bot.settings import Settings, SettingsError, from_environment, sentence, unknown
from bot.storage import members, outbox, people, standing
from bot.storage.database import UNFIT, Database


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
    for problem in unknown(env_file):
        yield Finding(False, problem)
    for finding in (*scheme(settings), *database(settings)):
        yield finding
    for platform in platforms_of(settings):
        async for finding in platform.checks():
            yield finding
    async for finding in _mail(settings):
        yield finding
    yield _addresses(settings)
    async for finding in _calendars(settings):
        yield finding


def scheme(settings: Settings) -> Iterator[Finding]:
    """Whether the schemes' files can be used, and somebody holds each power that they need; one finding a mistake."""
    try:
        found = load_all(settings.schemes)
    except SchemeError as error:
        for mistake in error.mistakes:
            yield Finding(False, f"The scheme: {mistake}.")
        return
    names = " and ".join(f"“{each.name}”" for each in found.values())
    yield Finding(True, f"The schemes are {names}." if found.several else f"The scheme is {names}.")
    for written in _unsaid(settings, found):
        yield Finding(True, written)
    try:
        wanting = Appointments(settings.administrators, found).wanting() if settings.administrators else []
    except UnknownOfficeError as error:
        wanting = [str(error)]
    for each in wanting:
        yield Finding(False, sentence("MENTORBOT_ADMINISTRATORS", each))
    try:
        channels_of(settings, found)
    except SettingsError as error:
        yield Finding(False, str(error))


def _unsaid(settings: Settings, schemes: Schemes) -> Iterator[str]:
    """Which scheme is taken for entries that do not say so, where there are several."""
    if not schemes.several:
        return
    for each in settings.administrators:
        if entry(each).scheme is None:
            key = scheme_of(entry(each), schemes).key
            yield f"MENTORBOT_ADMINISTRATORS: {each} is taken for the scheme {key}; write {key}/{each} to say so."


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
        yield from _opened(opened, settings)


def _opened(opened: Database, settings: Settings) -> Iterator[Finding]:
    try:
        migrated, count = opened.at_head(), opened.check_keys()
    except UNFIT as error:
        yield Finding(False, str(error))
        return
    except (SQLAlchemyError, OSError) as error:
        reason = type(error).__name__
        yield Finding(False, sentence("DATABASE_URL", f"names a database that is not reached ({reason})"))
        return
    later = "migrated" if migrated else "it will be migrated when the bot starts"
    yield Finding(True, f"The database is reached{' and ' if migrated else '; '}{later}.")
    yield Finding(True, "The keys read what is kept." if count else "The keys are well formed; nothing is kept yet.")
    if migrated:
        yield from _held(opened)
        yield from _left_unheld(opened, settings)
        yield from _whom_it_touches(opened, settings)


def _left_unheld(database: Database, settings: Settings) -> Iterator[Finding]:
    """What members would wait for in vain, since whoever may do it is gone."""
    try:
        found = load_all(settings.schemes)
    except SchemeError:
        return  # which is said already
    for scheme_ in found.values():
        if powers := database.read_now(partial(left_unheld, scheme=scheme_)):
            what = offices_wording.may_do(powers)
            mend = "appoint somebody in MENTORBOT_ADMINISTRATORS, or in chat"
            yield Finding(False, f"{scheme_.name}: nobody who is here can {what}: {mend}.")


def _held(database: Database) -> Iterator[Finding]:
    for mend, letters in database.read_now(outbox.held).items():
        yield Finding(False, f"{letters} messages or calendar entries wait until somebody can let them out: {mend}.")


def _whom_it_touches(database: Database, settings: Settings) -> Iterator[Finding]:
    """Whom the schemes' files touch as they read today. Nothing is wrong with that: it is there to be known."""
    try:
        found = load_all(settings.schemes)
    except SchemeError:
        return  # which is said already
    for scheme_ in found.values():
        now = datetime.now(UTC)
        for each in database.read_now(partial(touched, scheme=scheme_, now=now)):
            yield Finding(True, f"{scheme_.name}: {wording.sentence(each)}")
    for key in sorted(database.read_now(standing.schemes_kept) - {each.key for each in found.values()}):
        yield Finding(True, f"The scheme {key} has members here and does not run: MENTORBOT_SCHEME does not name it.")


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


def _addresses(settings: Settings) -> Finding:
    """Whether members' calendars can fetch their sessions. The bot need not run yet, so nothing is fetched here."""
    if settings.public_url is None:
        return Finding(True, "PUBLIC_URL is not set: sessions come into calendars as files alone.")
    return Finding(
        True, f"Calendars fetch sessions at {settings.public_url}/calendar/…, if your proxy lets them in there."
    )


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


async def _calendars(settings: Settings) -> AsyncIterator[Finding]:
    if settings.graph is None:
        yield Finding(True, "No Microsoft 365: calendars work by file and address alone.")
        return
    mailboxes = organisers(settings)
    if not mailboxes:
        yield Finding(True, "Microsoft 365 was not tried: nobody is a mentor yet whose calendar it would be.")
        return
    calendar = Graph(settings.graph)
    try:
        async for finding in calendar_checks.look(calendar, mailboxes, datetime.now(UTC)):
            yield finding
    finally:
        await calendar.close()


def organisers(settings: Settings) -> list[str]:
    """The mailboxes in whose calendars sessions are made; none where the schemes or the database cannot be used, which
    is said already."""
    try:
        if _new_file(settings.database_url.get_secret_value()) is not None:
            return []
        schemes = load_all(settings.schemes)
        with Database(settings.database_url.get_secret_value(), settings.secrets) as opened:
            return opened.read_now(
                lambda db: sorted({each for scheme_ in schemes.values() for each in _mailboxes(db, scheme_)})
            )
    except (SchemeError, ValueError, SQLAlchemyError, OSError):
        return []


def _mailboxes(db: Db, scheme: Scheme) -> set[str]:
    """The scheme's own, or each mentor's."""
    if scheme.calendar.mailbox is not None:
        return {scheme.calendar.mailbox}
    let_in = (each for each in members.in_state(db, scheme.key, "approved") if each.role == "mentor")
    found = people.many(db, [each.person for each in let_in]).values()
    return {each.email for each in found if each.active and each.email}
