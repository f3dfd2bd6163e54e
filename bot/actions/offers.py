"""What mentors do who look for mentees: they see who seeks a mentor, and offer."""

from bot.actions.context import Click, Context
from bot.actions.keeping import REQUEST, keep
from bot.dialogs import subjects
from bot.dialogs.parts import Reply
from bot.dialogs.wording import offers as wording
from bot.lifecycle import offers as rules
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.lifecycle.request import Request
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Verb
from bot.matching.ranking import Match
from bot.screens import offers as screens
from bot.screens import requests as request_screens
from bot.storage import candidates, members, requests


def open_seekers(context: Context, click: Click) -> Reply:
    """A page of the mentees who are looking for a mentor."""
    mentor = _me(context)
    rules.may_look(mentor, _load(context), context.scheme, context.now)
    page = subjects.number(click.subject)
    return wording.seekers_form(screens.seekers(context.db, context.scheme, mentor, context.now, page))


def open_seeker(context: Context, click: Click) -> Reply:
    """A request as the mentor reads it who could offer."""
    _, request, mentee, match = _seeking(context, click.subject)
    return wording.seeker_form(context.scheme, request, mentee, match)


def offer(context: Context, click: Click) -> Reply:
    """Offer to mentor. The mentor's room is counted with their row locked, since an open offer holds a place."""
    members.lock(context.db, context.scheme.key, [context.person.id])
    mentor, before, _, _ = _seeking(context, click.subject)
    id_ = context.new_id()
    step = rules.offer(before, id_, mentor, _load(context), context.scheme, context.now)
    after = keep(context, REQUEST, Verb.OFFER, before, step, about=id_)
    return wording.offered(request_screens.invitation_of(context.db, context.scheme, after, id_, context.now))


def take_back_offer(context: Context, click: Click) -> Reply:
    """Take an open offer back: the place that it held is free."""
    before = requests.by_invitation(context.db, context.scheme.key, click.subject)
    step = rules.take_back(before, click.subject, context.person.id, context.now)
    keep(context, REQUEST, Verb.TAKE_BACK_OFFER, before, step, about=click.subject)
    return wording.taken_back()


def _seeking(context: Context, request_id: str) -> tuple[Member, Request, Person, Match]:
    """The mentor who acts, and a request that they could offer for: none that a hard rule hides from them."""
    request, mentor = requests.get(context.db, context.scheme.key, request_id), _me(context)
    rules.may_offer(request, mentor, _load(context), context.scheme, context.now)
    if mentor is None:
        raise Refused("not_yours")
    mentee, match = screens.seeker(context.db, context.scheme, mentor, request, context.now)
    if match is None:
        raise Refused("gone")
    return mentor, request, mentee, match


def _me(context: Context) -> Member | None:
    return members.of(context.db, context.scheme.key, context.person.id).get("mentor")


def _load(context: Context) -> int:
    return candidates.load_of(context.db, context.scheme, context.person.id, context.now)
