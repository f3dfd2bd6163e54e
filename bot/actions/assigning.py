"""What the office does where it picks the mentor, or everybody on a list has failed."""

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.actions.keeping import REQUEST, begun, keep
from bot.actions.office import who_was_first
from bot.actions.pairs import within_budget
from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Errors, Nothing, Reply
from bot.dialogs.wording import assigning as wording
from bot.dialogs.wording import office as of_office
from bot.lifecycle import pairs as pair_rules
from bot.lifecycle import permissions
from bot.lifecycle import requests as rules
from bot.lifecycle.pairings import may_match
from bot.lifecycle.request import Request
from bot.lifecycle.routes.assign import may_assign
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Verb
from bot.screens import requests as screens
from bot.screens.pairings import of_mentors
from bot.screens.shortlist import shortlist
from bot.storage import candidates, members, pairings, pairs, people, requests


def open_assign(context: Context, click: Click) -> Reply:
    """The mentors who suit a request, best first, with reasons."""
    request = _request(context, click.subject)
    with who_was_first(context, request.id):
        may_assign(request)
    skipped = form_input.carried(click, "skipped")
    best = shortlist(context.db, context.scheme, request, [], skipped, context.now)
    view = screens.view_of(context.db, context.scheme, request, context.now)
    return wording.form(best, view, of_mentors(context.db, context.scheme, view.mentee, context.officer))


def assign(context: Context, click: Click) -> Reply:
    """This mentor, for the request: asked, or connected, as the route says. Their room is counted with their row
    locked."""
    id_, person = subjects.choice_of(click.subject)
    members.lock(context.db, context.scheme.key, [person])
    before = _request(context, id_)
    mentor = members.of(context.db, context.scheme.key, person).get("mentor")
    permissions.office(context.officer, "match", person)
    may_match(pairings.around_of(context.db, context.scheme.key, before.mentee), person)
    if mentor is None:
        raise Refused("mentor_unavailable")
    now, load = context.now, candidates.load_of(context.db, context.scheme, person, context.now)
    with who_was_first(context, before.id):
        step = rules.assign(before, context.new_id(), mentor, load, context.scheme, now)
    connects = step.state.state == "accepted"
    if connects:
        within_budget(context)
    began = pair_rules.begin(context.new_id(), context.new_id(), step.state, context.scheme, now) if connects else None
    both = step.joined_by(begun(context, began)) if began else step
    after = keep(context, REQUEST, Verb.ASSIGN, before, both)
    if began:
        pairs.save(context.db, None, began.state)  # the invitation that it names is there by now
    return wording.assigned(screens.view_of(context.db, context.scheme, after, now), people.get(context.db, person))


def open_give_back(context: Context, click: Click) -> Reply:
    """Leaving the choice to the mentee again, with a few words."""
    request = _request(context, click.subject)
    with who_was_first(context, request.id):
        rules.may_give_back(request, context.scheme)
    return wording.give_back_form(request.id, people.get(context.db, request.mentee).first)


def give_back(context: Context, click: Click) -> Reply:
    """The mentee chooses again, and reads these words."""
    words = form_input.text(click, own_fields.WORDS)
    if not isinstance(words, str):
        return words if isinstance(words, Errors) else Nothing()
    before = _request(context, click.subject)
    with who_was_first(context, before.id):
        step = rules.give_back(before, words, context.scheme, context.now)
    keep(context, REQUEST, Verb.GIVE_BACK, before, step)
    return of_office.told(people.get(context.db, before.mentee).name)


def _request(context: Context, id_: str) -> Request:
    """The request to find a mentor for, by somebody who may: never oneself."""
    request = requests.get(context.db, context.scheme.key, id_)
    permissions.office(context.officer, "match", request.mentee)
    return request
