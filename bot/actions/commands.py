"""What people type: the two commands, and anything written to the bot."""

from dataclasses import replace

from bot.actions import notify, offices, places, queries
from bot.actions.context import Click, Context
from bot.actions.endings import listed
from bot.dialogs.parts import Nothing, Reply
from bot.dialogs.wording import connections as of_connections
from bot.dialogs.wording import help as wording
from bot.dialogs.wording import office as of_office
from bot.dialogs.wording import offices as of_offices
from bot.dialogs.wording import places as of_places
from bot.screens.waiting_list import waiting_list
from bot.storage import members


def command(context: Context, click: Click) -> Reply:
    """/mentoring with what follows it; `subject` holds the words."""
    words = click.subject.casefold().split()
    match words:
        case [] | ["help"]:
            return wording.member_help(context.scheme)
        case ["join"]:
            return wording.ways_in(context.scheme)
        case ["join", "mentee" | "mentor" as role]:
            return queries.open_join(context, replace(click, subject=role))
        case ["preferences"]:
            held = members.of(context.db, context.scheme.key, context.person.id)
            role = "mentor" if "mentee" not in held else "mentee"
            return queries.open_preferences(context, replace(click, subject=role))
        case ["preferences", "mentee" | "mentor" as role]:
            return queries.open_preferences(context, replace(click, subject=role))
        case ["profile"]:
            return queries.open_profile(context, click)
        case ["request"]:
            return queries.open_request(context, replace(click, subject=""))
        case _:
            return wording.unknown_command(context.scheme, click.subject)


def admin_command(context: Context, click: Click) -> Reply:
    """/mentoring-admin with what follows it."""
    officer = context.officer
    if not officer.powers:
        return wording.for_office_only(context.scheme)
    match click.subject.casefold().split():
        case ["queue"]:
            return of_office.waiting_list_notice(waiting_list(context.db, context.scheme, officer, context.now))
        case ["roles"]:
            return of_offices.offices_notice(offices.listed(context))
        case ["waiting"]:
            return of_places.list_notice(places.listed(context))
        case ["connections"]:
            return of_connections.connections_notice(listed(context))
        case _:
            return wording.office_help(context.scheme)


def hello(context: Context, click: Click) -> Reply:
    """Something written to the bot: nobody reads it, and the bot says so."""
    return wording.hello(context.scheme)


def open_home(context: Context, click: Click) -> Reply:
    """Somebody looks at Home: it is drawn again."""
    notify.publish(context, homes=[context.person.id])
    return Nothing()
