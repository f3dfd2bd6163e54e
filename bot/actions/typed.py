"""What people type: the two commands, and anything written to the bot."""

from dataclasses import replace

from bot.actions import looks
from bot.actions.act import Act, Click
from bot.dialogs.parts import Nothing, Reply
from bot.dialogs.wording import help as wording
from bot.dialogs.wording import office as of_office
from bot.screens.queue import queue
from bot.storage import members


def command(act: Act, click: Click) -> Reply:
    """/mentoring with what follows it; `subject` holds the words."""
    words = click.subject.casefold().split()
    match words:
        case [] | ["help"]:
            return wording.member_help(act.scheme)
        case ["join"]:
            return wording.ways_in(act.scheme)
        case ["join", "mentee" | "mentor" as role]:
            return looks.open_join(act, replace(click, subject=role))
        case ["preferences"]:
            held = members.of(act.db, act.scheme.key, act.person.id)
            role = "mentor" if "mentee" not in held else "mentee"
            return looks.open_preferences(act, replace(click, subject=role))
        case ["preferences", "mentee" | "mentor" as role]:
            return looks.open_preferences(act, replace(click, subject=role))
        case ["profile"]:
            return looks.open_profile(act, click)
        case ["request"]:
            return looks.open_request(act, replace(click, subject=""))
        case _:
            return wording.unknown_command(act.scheme, click.subject)


def admin_command(act: Act, click: Click) -> Reply:
    """/mentoring-admin with what follows it."""
    powers = act.officer.powers
    if not powers:
        return wording.for_office_only(act.scheme)
    if click.subject.casefold().split() == ["queue"]:
        return of_office.queue_notice(queue(act.db, act.scheme, act.person.id, powers, act.now))
    return wording.office_help(act.scheme)


def hello(act: Act, click: Click) -> Reply:
    """Something written to the bot: nobody reads it, and the bot says so."""
    return wording.hello(act.scheme)


def open_home(act: Act, click: Click) -> Reply:
    """Somebody looks at Home: it is drawn again."""
    act.redraw((), [act.person.id])
    return Nothing()
