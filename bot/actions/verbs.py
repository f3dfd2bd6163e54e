"""Every verb of the bot, by the name that its buttons, forms and commands carry."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.actions import commands, membership, office, pairs, queries, requests, shortlist
from bot.actions.context import Click, Context
from bot.dialogs.parts import Reply


@dataclass(frozen=True, slots=True)
class Verb:
    """What a click does. A verb that only looks runs beside the writer and never waits for it."""

    function: Callable[[Context, Click], Reply]
    writes: bool


def _look(function: Callable[[Context, Click], Reply]) -> Verb:
    return Verb(function, writes=False)


def _do(function: Callable[[Context, Click], Reply]) -> Verb:
    return Verb(function, writes=True)


VERBS: dict[str, Verb] = {
    "command": _look(commands.command),
    "admin_command": _look(commands.admin_command),
    "hello": _look(commands.hello),
    "open_home": _do(commands.open_home),
    "open_join": _look(queries.open_join),
    "join": _do(membership.join),
    "open_preferences": _look(queries.open_preferences),
    "preferences": _do(membership.preferences),
    "open_profile": _look(queries.open_profile),
    "profile": _do(membership.profile),
    "open_request": _look(queries.open_request),
    "request": _do(requests.request),
    "open_request_view": _look(queries.open_request_view),
    "open_find": _look(shortlist.open_find),
    "move_up": _look(shortlist.move_up),
    "move_down": _look(shortlist.move_down),
    "skip": _look(shortlist.skip),
    "open_mentor": _look(queries.open_mentor),
    "send": _do(requests.send),
    "open_withdraw": _look(queries.open_withdraw),
    "withdraw": _do(requests.withdraw),
    "open_invitation": _look(queries.open_invitation),
    "accept": _do(requests.accept),
    "open_decline": _look(queries.open_decline),
    "decline": _do(requests.decline),
    "offer_conversation": _do(requests.offer_conversation),
    "open_connection": _look(queries.open_connection),
    "open_agreement": _look(queries.open_agreement),
    "agree": _do(pairs.agree),
    "open_schedule": _look(queries.open_schedule),
    "schedule": _do(pairs.schedule),
    "complete": _do(pairs.complete),
    "add_session": _do(pairs.add_session),
    "open_queue": _look(queries.open_queue),
    "open_member": _look(queries.open_member),
    "approve_joining": _do(office.approve_joining),
    "open_approve_mentor": _look(queries.open_approve_mentor),
    "approve_mentor": _do(office.approve_mentor),
    "open_training": _look(queries.open_training),
    "record_training": _do(office.record_training),
    "approve_request": _do(office.approve_request),
    "open_clarify": _look(queries.open_clarify),
    "clarify": _do(office.clarify),
    "open_turn_down": _look(queries.open_turn_down),
    "turn_down": _do(office.turn_down),
}
