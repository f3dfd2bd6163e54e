"""What people type: the two commands, and anything written to the bot."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

from bot.actions import (
    auditing,
    concern_office,
    concerns,
    evidence,
    exporting,
    importing,
    intake,
    lists,
    notify,
    offices,
    places,
    queries,
    rounds,
)
from bot.actions.context import Click, Context
from bot.dialogs import stamping, typed
from bot.dialogs.parts import Nothing, Reply
from bot.dialogs.wording import concern_office as of_concerns
from bot.dialogs.wording import exports as of_exports
from bot.dialogs.wording import help as wording
from bot.dialogs.wording import intake as of_intake
from bot.dialogs.wording import office as of_office
from bot.dialogs.wording import offices as of_offices
from bot.dialogs.wording import places as of_places
from bot.dialogs.wording import refusals
from bot.dialogs.wording import reports as of_reports
from bot.dialogs.wording import schemes as of_schemes
from bot.lifecycle.membership import outside
from bot.lifecycle.step import Refused, allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import ROLES, Role
from bot.screens.home import home
from bot.screens.waiting_list import waiting_list
from bot.storage import idempotency_keys, members


def command(context: Context, click: Click) -> Reply:
    """/mentoring with what follows it; `subject` holds the words. Where there are several schemes, the first word may
    say which one is meant."""
    return _in_the_scheme(context, click, _command, _belongs)


def admin_command(context: Context, click: Click) -> Reply:
    """/mentoring-admin with what follows it, likewise."""
    return _in_the_scheme(context, click, _admin_command, _holds_an_office)


def _in_the_scheme(
    context: Context,
    click: Click,
    answer: Callable[[Context, Click], Reply],
    has_part: Callable[[Context], bool],
) -> Reply:
    """Answer in the scheme that is named, or the only one in which the person has a part; else ask which."""
    schemes = context.schemes
    if schemes is None or not schemes.several:
        return answer(context, click)
    first, _, rest = click.subject.strip().partition(" ")
    named = schemes.called(first)
    those = [named] if named else [each for each in schemes.values() if has_part(replace(context, scheme=each))]
    if not those and click.verb == Verb.ADMIN_COMMAND:
        return answer(context, click)  # it says whom the command is for
    if len(those) != 1:
        admin = click.verb == Verb.ADMIN_COMMAND
        return wording.which_scheme(schemes.values(), click.subject.strip(), admin=admin)
    there = replace(context, scheme=those[0])
    try:
        said = answer(there, replace(click, subject=rest.strip() if named else click.subject))
    except Refused as refused:
        said = refusals.notice(refused, those[0])
    return stamping.reply_of(said, those[0])


def _belongs(context: Context) -> bool:
    return bool(_roles(context))


def _roles(context: Context) -> Collection[Role]:
    return members.of(context.db, context.scheme.key, context.person.id).keys()


def _open_to(context: Context) -> tuple[Role, ...]:
    """The roles in which the person has no part yet."""
    held = members.of(context.db, context.scheme.key, context.person.id)
    return tuple(role for role in ROLES if outside(held.get(role)))


def _mentees_have_one(context: Context) -> bool:
    return context.scheme.roles["mentee"].profile is not None


def _holds_an_office(context: Context) -> bool:
    return bool(context.officer.powers)


def _command(context: Context, click: Click) -> Reply:
    words = click.subject.casefold().split()
    match words:
        case [] | ["help"]:
            return wording.member_help(context.scheme, _open_to(context))
        case ["join"]:
            return wording.ways_in(context.scheme, _open_to(context))
        case ["join", "mentee" | "mentor" as role]:
            return queries.open_join(context, replace(click, subject=role))
        case ["preferences"]:
            role = "mentee" if "mentee" in _roles(context) else "mentor"
            return queries.open_preferences(context, replace(click, subject=role))
        case ["preferences", "mentee" | "mentor" as role]:
            return queries.open_preferences(context, replace(click, subject=role))
        case ["profile"]:
            role = "mentor" if "mentor" in _roles(context) or not _mentees_have_one(context) else "mentee"
            return queries.open_profile(context, replace(click, subject=role))
        case ["hours"]:
            return evidence.open_hours(context, replace(click, subject="year"))
        case ["portfolio"]:
            return evidence.open_portfolio(context, replace(click, subject=""))
        case ["request"]:
            return queries.open_request(context, replace(click, subject=""))
        case ["concern" | "concerns" | "complaint"]:
            return concerns.open_raise_concern(context, replace(click, subject=""))
        case _:
            understood = typed.answer([home(context.db, context.scheme, context.person.id, context.now)], click.subject)
            return understood or wording.unknown_command(context.scheme, click.subject, _open_to(context))


OF_OFFICE: Final[Mapping[str, Callable[[Context, str], Reply]]] = {
    "queue": lambda context, _: of_office.waiting_list_notice(
        waiting_list(context.db, context.scheme, context.officer, context.now)
    ),
    "members": lambda context, words: lists.typed(context, "members", words),
    "requests": lambda context, words: lists.typed(context, "requests", words),
    "connections": lambda context, words: lists.typed(context, "connections", words),
    "round": lambda context, _: rounds.opened(context),
    "concerns": lambda context, _: of_concerns.concerns_notice(concern_office.listed(context)),
    "waiting": lambda context, _: of_places.list_notice(places.listed(context)),
    "import": lambda context, _: importing.opened(context),
    "report": lambda context, _: of_reports.report_notice(exporting.reported(context)),
    "export": lambda context, _: of_exports.export_notice(context.scheme, exporting.viewer(context)),
    "intake": lambda context, _: of_intake.intake_notice(intake.listed(context)),
    "scheme": lambda context, _: of_schemes.scheme_notice(context.scheme),
    "roles": lambda context, _: of_offices.offices_notice(offices.listed(context)),
    "audit": lambda context, words: auditing.typed(context, words),
}
"""What an officer may type, also without the command before it: the word, and what it says of those after it."""


def _admin_command(context: Context, click: Click) -> Reply:
    if not context.officer.powers:
        return wording.for_office_only(context.scheme)
    word, rest = _first(click.subject)
    if word in ("", "help"):
        return wording.office_help(context.scheme)
    said = OF_OFFICE.get(word)
    return said(context, rest) if said else wording.unknown_office_command(context.scheme, click.subject.strip())


def _first(words: str) -> tuple[str, str]:
    first, _, rest = words.strip().partition(" ")
    return first.casefold(), rest.strip()


def hello(context: Context, click: Click) -> Reply:
    """Something written to the bot; `subject` holds it, and nobody keeps it. What is not understood is answered once a
    day."""
    me, schemes = context.person, context.schemes
    every = schemes.values() if schemes is not None else (context.scheme,)
    if _first(click.subject)[0] in OF_OFFICE and (listed := _for_officer(context, click)):
        return listed
    views = [home(context.db, scheme, me.id, context.now) for scheme in every]
    answered = typed.answer(views, click.subject)
    if answered:
        return answered
    today = f"not understood:{me.id}:{context.now.astimezone(ZoneInfo(me.zone)):%Y-%m-%d}"
    if idempotency_keys.known(context.db, today):
        return Nothing()
    context.afterwards.append(lambda db: idempotency_keys.first_time(db, today, context.now))
    return typed.not_understood(views)


def _for_officer(context: Context, click: Click) -> Reply | None:
    """What the same word says as a command of the office, to whoever may read that; None: it is nothing of theirs."""
    context, asked = replace(context, opens_windows=False), replace(click, verb=Verb.ADMIN_COMMAND)

    def may_read(there: Context) -> bool:
        return _holds_an_office(there) and allowed(_admin_command, there, asked)

    every = [replace(context, scheme=each) for each in (context.schemes or {"": context.scheme}).values()]
    return _in_the_scheme(context, asked, _admin_command, may_read) if any(map(may_read, every)) else None


def open_home(context: Context, click: Click) -> Reply:
    """Somebody looks at Home: it is drawn again, where they look at it."""
    me = context.person
    notify.publish(context, homes=() if me.elsewhere else [me.id], homes_at=[me] if me.elsewhere else ())
    return Nothing()
