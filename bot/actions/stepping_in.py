"""Where the office steps in for somebody: it pauses a mentor, passes a request on, moves the end of a connection, or
has somebody else become the mentor. Never about oneself, and those whom it concerns are told."""

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.actions.keeping import MEMBER, PAIR, REQUEST, Kept, begun, keep, publish, save
from bot.actions.leaving import alone
from bot.actions.pairs import within_budget
from bot.actions.requests import who_can_be_asked
from bot.actions.undoing import allow_undo
from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.view_models.person import ReplaceView
from bot.dialogs.wording import person as of_person
from bot.dialogs.wording import stepping_in as wording
from bot.lifecycle import endings, invitations, more_time, permissions, standing, undoing
from bot.lifecycle import pairs as pair_rules
from bot.lifecycle import requests as request_rules
from bot.lifecycle.member import LET_IN, Member
from bot.lifecycle.pairings import may_match
from bot.lifecycle.pairs import Pair
from bot.lifecycle.request import Request, asked_person, route_of
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Verb
from bot.screens import connections as pair_screens
from bot.screens import members as member_screens
from bot.screens import person as screens
from bot.screens import requests as request_screens
from bot.screens.pairings import of_mentors
from bot.screens.shortlist import shortlist
from bot.storage import candidates, members, pairings, pairs, people, requests


def open_person(context: Context, click: Click) -> Reply:
    """A person's whole card."""
    officer, person = context.officer, subjects.person_of(click.subject)
    permissions.reads_list(officer, "members")
    if not members.of(context.db, context.scheme.key, person):
        raise Refused("gone")
    permissions.reads_person(officer, person)
    return of_person.form(screens.card(context.db, context.scheme, person, officer, context.now))


def open_pause_member(context: Context, click: Click) -> Reply:
    """Until when, and whether what waits for them is passed on."""
    member = _mentor(context, click.subject)
    standing.may_pause(member)
    view = member_screens.view_of(context.db, context.scheme, member, context.now)
    return wording.pause_form(view, len(_asking(context, member.person)))


def pause_member(context: Context, click: Click) -> Reply:
    """The office pauses a mentor, and passes on what waits for their answer where it says so."""
    until, words = _day(context, click), form_input.text(click, own_fields.TO_THEM)
    if isinstance(until, Errors):
        return until
    if isinstance(words, Errors):
        return words
    alone(context, _mentor(context, click.subject))
    before = _mentor(context, click.subject)
    step = standing.pause_for(before, until, words, context.now)
    kept = save(context, MEMBER, Verb.PAUSE_MEMBER, before, step)
    passes = (click.values or {}).get(own_fields.WAITING.key) == own_fields.HAND_ON
    handed_on = [*_handed_on(context, before.person)] if passes else []
    publish(context, kept, *handed_on)
    return wording.paused(member_screens.view_of(context.db, context.scheme, kept.after, context.now))


def _handed_on(context: Context, mentor: str) -> Iterator[Kept[Request]]:
    for asked in sorted(_asking(context, mentor), key=lambda each: each.id):
        available = who_can_be_asked(context, asked) - {mentor}
        step = invitations.no_longer_there(asked, mentor, available, context.scheme, context.now)
        yield save(context, REQUEST, "pass_on", asked, step)


def _asking(context: Context, mentor: str) -> list[Request]:
    """The requests that wait for this mentor's answer."""
    found = requests.asked_of(context.db, context.scheme.key, mentor)
    return [each for each in found if any(asked_person(each, one) == mentor for one in each.open_invitations)]


def resume_member(context: Context, click: Click) -> Reply:
    """The office lets a mentor be asked again."""
    before = _mentor(context, click.subject)
    after = keep(context, MEMBER, Verb.RESUME_MEMBER, before, standing.resume_for(before, context.now))
    return wording.resumed(member_screens.view_of(context.db, context.scheme, after, context.now))


def _mentor(context: Context, id_: str) -> Member:
    member = members.get(context.db, context.scheme.key, id_)
    permissions.office(context.officer, "manage_members", member.person)
    return member


def _day(context: Context, click: Click) -> datetime | Errors:
    day = form_input.day(click, own_fields.UNTIL)
    if isinstance(day, date):
        return datetime.combine(day, time(), tzinfo=ZoneInfo(context.person.zone))
    return day or Errors({})


def open_pass_on(context: Context, click: Click) -> Reply:
    """Passing over a mentor asks first."""
    request = _asked(context, click.subject)
    invitations.may_pass_on(request, click.subject)
    return wording.pass_on_form(
        request_screens.invitation_of(context.db, context.scheme, request, click.subject, context.now)
    )


def pass_on_request(context: Context, click: Click) -> Reply:
    """The mentor who has not answered is passed over, and the next is asked."""
    reason = form_input.text(click, own_fields.REASON)
    if isinstance(reason, Errors):
        return reason
    asked = requests.by_invitation(context.db, context.scheme.key, click.subject).invitation(click.subject)
    members.lock(context.db, context.scheme.key, [asked.mentor])
    before = _asked(context, click.subject)
    available = who_can_be_asked(context, before, asked.mentor) - {asked.mentor}
    step = invitations.pass_on(before, click.subject, reason, available, context.scheme, context.now)
    after = keep(context, REQUEST, Verb.PASS_ON_REQUEST, before, step, about=click.subject)
    return wording.passed_on(request_screens.view_of(context.db, context.scheme, after, context.now))


def _asked(context: Context, invitation: str) -> Request:
    """The request, for somebody who may move it on: neither its mentee nor the mentor."""
    request = requests.by_invitation(context.db, context.scheme.key, invitation)
    officer, mentor = context.officer, request.invitation(invitation).mentor
    power = permissions.power_over(request) if "match" not in officer.powers else "match"
    permissions.office(officer, power, request.mentee, mentor)
    return request


def open_extend(context: Context, click: Click) -> Reply:
    """Until when, and what the scheme gives."""
    held = _pair(context, click.subject)
    more_time.may_extend(held)
    return wording.extend_form(pair_screens.of_office(context.db, [held])[0])


def extend(context: Context, click: Click) -> Reply:
    """The end of a pair's time is moved."""
    before = _pair(context, click.subject)
    day, words = form_input.day(click, own_fields.ENDS_ON), form_input.text(click, own_fields.FAREWELL)
    if isinstance(words, Errors):
        return words
    if not isinstance(day, date):
        return day or Errors({})
    until = datetime.combine(day, more_time.may_extend(before).timetz())
    after = keep(context, PAIR, Verb.EXTEND, before, more_time.extend(before, until, words, context.now))
    allow_undo(context, after.id, undoing.change(before, after))
    return wording.extended(pair_screens.of_office(context.db, [after])[0])


def _pair(context: Context, id_: str) -> Pair:
    held = pairs.get(context.db, context.scheme.key, id_)
    permissions.ends_pair(context.officer, held)
    return held


def open_replace_mentor(context: Context, click: Click) -> Reply:
    """Who else suits the mentee, best first."""
    held = _to_replace(context, click.subject)
    skipped = [held.mentor, *form_input.carried(click, "skipped")]
    best = shortlist(context.db, context.scheme, _again(context, held, ""), [], skipped, context.now)
    listed = pair_screens.of_office(context.db, [held])[0]
    said = of_mentors(context.db, context.scheme, listed.mentee, context.officer)
    return wording.replace_form(best, listed, said)


def open_replace_by(context: Context, click: Click) -> Reply:
    """This one asks first, with words for the two."""
    id_, person = subjects.choice_of(click.subject)
    held = _to_replace(context, id_, person)
    return wording.replace_by_form(_replacing(context, held, person))


def replace_mentor(context: Context, click: Click) -> Reply:
    """The connection ends kindly, and somebody else is asked, or connected, in the same moment."""
    id_, person = subjects.choice_of(click.subject)
    reason, words = form_input.text(click, own_fields.FOR_OFFICE), form_input.text(click, own_fields.FAREWELL)
    if isinstance(reason, Errors):
        return reason
    if isinstance(words, Errors):
        return words
    members.lock(context.db, context.scheme.key, [person, pairs.get(context.db, context.scheme.key, id_).mentor])
    held = _to_replace(context, id_, person)
    may_match(pairings.around_of(context.db, context.scheme.key, held.mentee), person)
    mentor = members.of(context.db, context.scheme.key, person).get("mentor")
    if mentor is None:
        raise Refused("mentor_unavailable")
    now, scheme = context.now, context.scheme
    ended = save(
        context, PAIR, Verb.REPLACE_MENTOR, held,
        endings.replaced(held, context.person.id, reason, words, now),
    )  # fmt: skip
    asks = _again(context, held, context.new_id())
    load = candidates.load_of(context.db, scheme, person, now)
    step = request_rules.assign(asks, context.new_id(), mentor, load, scheme, now)
    connects = step.state.state == "accepted"
    began: Step[Pair] | None = None
    if connects:
        within_budget(context)
        began = pair_rules.begin(context.new_id(), context.new_id(), step.state, scheme, now)
    both = step.joined_by(begun(context, began)) if began else step
    asked = save(context, REQUEST, Verb.ASSIGN, None, both)
    if began:
        pairs.save(context.db, None, began.state)
    publish(context, ended, asked)
    return wording.replaced(_replacing(context, ended.after, person))


def _to_replace(context: Context, id_: str, by: str = "") -> Pair:
    """A pair whose mentor this member of the office can replace: never their own, nor by themselves."""
    held, officer = _pair(context, id_), context.officer
    permissions.office(officer, "match", held.mentee, held.mentor, by)
    endings.may_end(held)
    mentee = members.of(context.db, context.scheme.key, held.mentee).get("mentee")
    if mentee is None or mentee.state not in LET_IN:
        raise Refused("gone")
    if requests.count_open(context.db, context.scheme.key, held.mentee):
        raise Refused("replace_request_open")
    return held


def _again(context: Context, held: Pair, id_: str) -> Request:
    """What the mentee asked for, to be asked for once more."""
    was = requests.get(context.db, context.scheme.key, held.request) if held.request else None
    return request_rules.again(id_, was, held.mentee, context.scheme, context.now)


def _replacing(context: Context, held: Pair, person: str) -> ReplaceView:
    pair = pair_screens.of_office(context.db, [held])[0]
    asks = "ask" in route_of(_again(context, held, ""), context.scheme).steps
    return ReplaceView(context.scheme, pair, people.get(context.db, person), asks)
