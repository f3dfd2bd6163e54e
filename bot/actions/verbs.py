"""What each verb does: one verb, one function, one transaction."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.actions import commands, membership, office, pairs, queries, requests, shortlist
from bot.actions.context import Click, Context
from bot.dialogs.parts import Reply
from bot.dialogs.verbs import Verb

Function = Callable[[Context, Click], Reply]

FUNCTIONS: Final[Mapping[Verb, Function]] = {
    Verb.COMMAND: commands.command,
    Verb.ADMIN_COMMAND: commands.admin_command,
    Verb.HELLO: commands.hello,
    Verb.OPEN_HOME: commands.open_home,
    Verb.OPEN_JOIN: queries.open_join,
    Verb.JOIN: membership.join,
    Verb.OPEN_PREFERENCES: queries.open_preferences,
    Verb.PREFERENCES: membership.preferences,
    Verb.OPEN_PROFILE: queries.open_profile,
    Verb.PROFILE: membership.profile,
    Verb.OPEN_REQUEST: queries.open_request,
    Verb.REQUEST: requests.request,
    Verb.OPEN_REQUEST_VIEW: queries.open_request_view,
    Verb.OPEN_FIND: shortlist.open_find,
    Verb.MOVE_UP: shortlist.move_up,
    Verb.MOVE_DOWN: shortlist.move_down,
    Verb.SKIP: shortlist.skip,
    Verb.OPEN_MENTOR: queries.open_mentor,
    Verb.SEND: requests.send,
    Verb.OPEN_WITHDRAW: queries.open_withdraw,
    Verb.WITHDRAW: requests.withdraw,
    Verb.OPEN_INVITATION: queries.open_invitation,
    Verb.ACCEPT: requests.accept,
    Verb.OPEN_DECLINE: queries.open_decline,
    Verb.DECLINE: requests.decline,
    Verb.OFFER_CONVERSATION: requests.offer_conversation,
    Verb.OPEN_CONNECTION: queries.open_connection,
    Verb.OPEN_AGREEMENT: queries.open_agreement,
    Verb.AGREE: pairs.agree,
    Verb.OPEN_SCHEDULE: queries.open_schedule,
    Verb.SCHEDULE: pairs.schedule,
    Verb.COMPLETE: pairs.complete,
    Verb.OPEN_ADD_SESSION: queries.open_add_session,
    Verb.ADD_SESSION: pairs.add_session,
    Verb.OPEN_QUEUE: queries.open_queue,
    Verb.OPEN_MEMBER: queries.open_member,
    Verb.APPROVE_JOINING: office.approve_joining,
    Verb.OPEN_APPROVE_MENTOR: queries.open_approve_mentor,
    Verb.APPROVE_MENTOR: office.approve_mentor,
    Verb.OPEN_TRAINING: queries.open_training,
    Verb.RECORD_TRAINING: office.record_training,
    Verb.APPROVE_REQUEST: office.approve_request,
    Verb.OPEN_CLARIFY: queries.open_clarify,
    Verb.CLARIFY: office.clarify,
    Verb.OPEN_TURN_DOWN: queries.open_turn_down,
    Verb.TURN_DOWN: office.turn_down,
}
