"""What the scheme's office decides: who comes in, whose profile and request is approved, what is asked back."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from bot.actions import answers
from bot.actions.act import Act, Click
from bot.actions.membership import keep as keep_member
from bot.actions.requests import keep as keep_request
from bot.dialogs.parts import Errors, Nothing, Reply
from bot.dialogs.wording import office as wording
from bot.dialogs.wording import times
from bot.lifecycle import membership, permissions
from bot.lifecycle import requests as rules
from bot.lifecycle.membership import Member
from bot.lifecycle.requests import Request
from bot.lifecycle.step import Refused, Step
from bot.screens import members as screens
from bot.screens import requests as request_screens
from bot.screens.faces import face
from bot.storage import members, requests


def approve_joining(act: Act, click: Click) -> Reply:
    """Let somebody in; the last place goes to one person only."""
    before = _member(act, click.subject)
    members.lock_intake(act.db, act.scheme.key, before.role)
    taken = members.places_held(act.db, act.scheme.key, before.role)
    member = keep_member(act, "approve_joining", before, membership.admit(before, act.scheme, taken, act.now))
    picture = screens.picture_of(act.db, act.scheme, member, act.now)
    return answers.unless_shown(click, lambda: wording.let_in(picture))


def approve_mentor(act: Act, click: Click) -> Reply:
    """Approve a mentor's profile, with the day of the training where it has taken place."""
    before = _member(act, click.subject)
    trained_on = _trained_on(act, click, required=False)
    if isinstance(trained_on, Errors):
        return trained_on
    member = keep_member(act, "approve_mentor", before, membership.approve_mentor(before, trained_on, act.now))
    return wording.mentor_approved(screens.picture_of(act.db, act.scheme, member, act.now))


def record_training(act: Act, click: Click) -> Reply:
    """Record when a mentor completed the training."""
    before = members.get(act.db, act.scheme.key, click.subject)
    permissions.office(act.officer, "record_training", before.person)
    trained_on = _trained_on(act, click, required=True)
    if isinstance(trained_on, Errors):
        return trained_on
    if trained_on is None:
        raise Refused("gone")
    member = keep_member(act, "record_training", before, membership.record_training(before, trained_on))
    return wording.told(face(act.db, member.person).name)


def approve_request(act: Act, click: Click) -> Reply:
    """Approve a request; the mentee takes part from then on and may find mentors."""
    before = requests.get(act.db, act.scheme.key, click.subject)
    permissions.office(act.officer, "approve_requests", before.mentee)
    step = rules.approve(before, act.now)
    mentee = members.of(act.db, act.scheme.key, before.mentee).get("mentee")
    if mentee is None:
        raise Refused("gone")
    members.save(act.db, mentee, membership.enrol(mentee, act.now))
    after = keep_request(act, "approve_request", before, step)
    act.redraw_office()
    picture = request_screens.picture_of(act.db, act.scheme, after, act.now)
    return answers.unless_shown(click, lambda: wording.request_approved(picture))


def clarify(act: Act, click: Click) -> Reply:
    """Ask somebody a question before deciding."""
    question = answers.text(click, "question", "Your question", 1000)
    return _write(act, click, question, membership.ask_clarification, rules.ask_clarification)


def turn_down(act: Act, click: Click) -> Reply:
    """Say no, with words for the person."""
    reply = answers.text(click, "reply", "Your words", 1000)
    return _write(act, click, reply, membership.turn_down, rules.turn_down)


def _write(
    act: Act,
    click: Click,
    words: str | Errors | None,
    about_member: Callable[[Member, str], Step[Member]],
    about_request: Callable[[Request, str], Step[Request]],
) -> Reply:
    """Take that step, with these words for the person, about the membership or the request the click names."""
    if not isinstance(words, str):
        return words or Nothing()
    kind, _, id_ = click.subject.partition(":")
    if kind == "member":
        member = _member(act, id_)
        keep_member(act, click.verb, member, about_member(member, words))
        return wording.told(face(act.db, member.person).name)
    request = requests.get(act.db, act.scheme.key, id_)
    permissions.office(act.officer, "approve_requests", request.mentee)
    keep_request(act, click.verb, request, about_request(request, words))
    act.redraw_office()
    return wording.told(face(act.db, request.mentee).name)


def _member(act: Act, id_: str) -> Member:
    """The membership to decide about, by somebody who may: never oneself."""
    member = members.get(act.db, act.scheme.key, id_)
    permissions.office(act.officer, "approve_members", member.person)
    return member


def _trained_on(act: Act, click: Click, *, required: bool) -> date | Errors | None:
    given = (click.values or {}).get("trained_on")
    if not isinstance(given, date):
        return Errors({"trained_on": times.day_missing()}) if required else None
    if given > act.now.astimezone(ZoneInfo(act.person.zone)).date():
        return Errors({"trained_on": times.not_yet()})
    return given
