"""Every verb of the bot, by the name that its buttons, forms and commands carry."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.actions import choosing, connections, looks, membership, office, requests, typed
from bot.actions.act import Act, Click
from bot.dialogs.parts import Reply


@dataclass(frozen=True, slots=True)
class Verb:
    """What a click does. A verb that only looks runs beside the writer and never waits for it."""

    function: Callable[[Act, Click], Reply]
    writes: bool


def _look(function: Callable[[Act, Click], Reply]) -> Verb:
    return Verb(function, writes=False)


def _do(function: Callable[[Act, Click], Reply]) -> Verb:
    return Verb(function, writes=True)


VERBS: dict[str, Verb] = {
    "command": _look(typed.command),
    "admin_command": _look(typed.admin_command),
    "hello": _look(typed.hello),
    "open_home": _do(typed.open_home),
    "open_join": _look(looks.open_join),
    "join": _do(membership.join),
    "open_preferences": _look(looks.open_preferences),
    "preferences": _do(membership.preferences),
    "open_profile": _look(looks.open_profile),
    "profile": _do(membership.profile),
    "open_request": _look(looks.open_request),
    "request": _do(requests.request),
    "open_request_view": _look(looks.open_request_view),
    "open_find": _look(choosing.open_find),
    "move_up": _look(choosing.move_up),
    "move_down": _look(choosing.move_down),
    "skip": _look(choosing.skip),
    "open_mentor": _look(looks.open_mentor),
    "send": _do(requests.send),
    "open_withdraw": _look(looks.open_withdraw),
    "withdraw": _do(requests.withdraw),
    "open_invitation": _look(looks.open_invitation),
    "accept": _do(requests.accept),
    "open_decline": _look(looks.open_decline),
    "decline": _do(requests.decline),
    "offer_conversation": _do(requests.offer_conversation),
    "open_connection": _look(looks.open_connection),
    "open_agreement": _look(looks.open_agreement),
    "agree": _do(connections.agree),
    "open_schedule": _look(looks.open_schedule),
    "schedule": _do(connections.schedule),
    "complete": _do(connections.complete),
    "add_session": _do(connections.add_session),
    "open_queue": _look(looks.open_queue),
    "open_member": _look(looks.open_member),
    "approve_joining": _do(office.approve_joining),
    "open_approve_mentor": _look(looks.open_approve_mentor),
    "approve_mentor": _do(office.approve_mentor),
    "open_training": _look(looks.open_training),
    "record_training": _do(office.record_training),
    "approve_request": _do(office.approve_request),
    "open_clarify": _look(looks.open_clarify),
    "clarify": _do(office.clarify),
    "open_turn_down": _look(looks.open_turn_down),
    "turn_down": _do(office.turn_down),
}
