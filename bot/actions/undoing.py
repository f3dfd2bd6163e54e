"""Undo: a decision is taken back within two minutes, while nothing has come of it: one of the office, or a decline."""

from dataclasses import replace

from bot.actions import form_input, notify
from bot.actions.context import Click, Context
from bot.actions.keeping import MEMBER, PAIR, REQUEST, keep
from bot.actions.requests import undo_decline
from bot.dialogs import subjects
from bot.dialogs.parts import Reply
from bot.dialogs.wording import invitations as of_invitations
from bot.dialogs.wording import offers as of_offers
from bot.dialogs.wording import undoing as wording
from bot.lifecycle import more_time, permissions
from bot.lifecycle import undoing as rules
from bot.lifecycle.member import Member
from bot.lifecycle.notices import tell
from bot.lifecycle.pairs import Pair
from bot.lifecycle.reminders import overdue_at
from bot.lifecycle.request import OPEN, Request, RequestState
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.undoing import Change, Undoable
from bot.lifecycle.vocabulary import Kind, Verb
from bot.screens import connections as pair_screens
from bot.screens.leaving import leaving
from bot.storage import members, pairs, people, requests, undoing


def allow_undo(context: Context, about: str, *changes: Change | None) -> None:
    """Let this decision be taken back, where all that it changed can be."""
    whole = tuple(change for change in changes if change is not None)
    if len(whole) < len(changes):
        undoing.remove(context.db, context.scheme.key, about)
        return
    undoing.keep(context.db, Undoable(context.scheme.key, about, context.now, whole))
    notify.redraw_at(context, about, context.now + rules.FOR)


def undo(context: Context, click: Click) -> Reply:
    """Take a decision back: it is as it was before, and the person hears that it was a slip."""
    kind, id_ = subjects.case_of(click.subject)
    if kind == "invitation":
        view = undo_decline(context, id_)
        words = of_offers if view.invitation.asker == "mentor" else of_invitations
        return form_input.unless_shown(click, lambda: of_invitations.taken_back(view, words.buttons(view)))
    if kind == "pair":
        return wording.time_undone(pair_screens.of_office(context.db, [_pair(context, id_)])[0])
    person = _member(context, id_) if kind == "member" else _request(context, id_)
    undoing.remove(context.db, context.scheme.key, id_)
    name = people.get(context.db, person).name
    return form_input.unless_shown(click, lambda: wording.undone(name))


def _member(context: Context, id_: str) -> str:
    member = members.get(context.db, context.scheme.key, id_)
    permissions.office(context.officer, "approve_members", member.person)
    found = undoing.of(context.db, context.scheme.key, id_)
    decision = rules.may_undo(found, member.version, context.now)
    # Somebody may be asking them just now, or they may be filing a request.
    members.lock(context.db, context.scheme.key, [member.person], member.role)
    hanging = leaving(context.db, context.scheme, member)
    if hanging.asking or hanging.others:
        raise Refused("undo_gone_on")
    before = rules.as_before(member, decision.changes[0])
    told = tell(Kind.MEMBER_TAKEN_BACK, member.person, id_, before.revision)
    keep(context, MEMBER, Verb.UNDO, member, Step(before, (told,)))
    _waits_again(context, before)
    return member.person


def _pair(context: Context, id_: str) -> Pair:
    held = pairs.get(context.db, context.scheme.key, id_)
    permissions.ends_pair(context.officer, held)
    decision = rules.may_undo(undoing.of(context.db, context.scheme.key, id_), held.version, context.now)
    undoing.remove(context.db, context.scheme.key, id_)
    step = more_time.take_back(held, rules.as_before(held, decision.changes[0]), context.now)
    return keep(context, PAIR, Verb.UNDO, held, step)


def _request(context: Context, id_: str) -> str:
    request = requests.get(context.db, context.scheme.key, id_)
    found = undoing.of(context.db, context.scheme.key, id_)
    was: RequestState = found.changes[0].was["state"] if found else "in_review"
    permissions.office(context.officer, permissions.power_over(replace(request, state=was)), request.mentee)
    decision = rules.may_undo(found, request.version, context.now)
    members.lock(context.db, context.scheme.key, [request.mentee], "mentee")  # they may be filing another just now
    if request.state not in OPEN and requests.count_open(context.db, context.scheme.key, request.mentee):
        raise Refused("undo_gone_on")
    for each in decision.changes[1:]:
        mentee = members.get(context.db, context.scheme.key, each.id)
        members.save(context.db, mentee, rules.as_before(mentee, each))
    before = rules.as_before(request, decision.changes[0])
    told = tell(Kind.REQUEST_TAKEN_BACK, request.mentee, id_, before.revision)
    keep(context, REQUEST, Verb.UNDO, request, Step(before, (told,)))
    _waits_again(context, before)
    return request.mentee


def _waits_again(context: Context, before: Member | Request) -> None:
    """Its card says so once it is overdue, as it would have."""
    if before.waiting_since is not None:
        moments = overdue_at(context.scheme, before.waiting_since)
        notify.redraw_at(context, before.id, *(at for at in moments if at > context.now))
