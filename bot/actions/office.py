"""What the scheme's office decides: who comes in, whose profile and request is approved, what is asked back."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.actions import answers
from bot.actions.act import Act, Click
from bot.actions.membership import keep as keep_member
from bot.actions.requests import keep as keep_request
from bot.dialogs.parts import Errors, Nothing, Notice, Reply
from bot.dialogs.wording import office as wording
from bot.dialogs.wording import times
from bot.lifecycle import membership, permissions
from bot.lifecycle import requests as rules
from bot.lifecycle.membership import Member
from bot.lifecycle.step import Refused
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
    return _said(click, wording.let_in(screens.picture_of(act.db, act.scheme, member, act.now)))


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
    return _said(click, wording.request_approved(request_screens.picture_of(act.db, act.scheme, after, act.now)))


def clarify(act: Act, click: Click) -> Reply:
    """Ask somebody a question before deciding."""
    question = answers.text(click, "question", "Your question", 1000)
    if not isinstance(question, str):
        return question or Nothing()
    kind, _, id_ = click.subject.partition(":")
    if kind == "member":
        member = _member(act, id_)
        keep_member(act, "clarify", member, membership.ask_clarification(member, question))
        return wording.told(face(act.db, member.person).name)
    request = requests.get(act.db, act.scheme.key, id_)
    permissions.office(act.officer, "approve_requests", request.mentee)
    keep_request(act, "clarify", request, rules.ask_clarification(request, question))
    act.redraw_office()
    return wording.told(face(act.db, request.mentee).name)


def turn_down(act: Act, click: Click) -> Reply:
    """Say no, with words for the person."""
    reply = answers.text(click, "reply", "Your words", 1000)
    if not isinstance(reply, str):
        return reply or Nothing()
    kind, _, id_ = click.subject.partition(":")
    if kind == "member":
        member = _member(act, id_)
        keep_member(act, "turn_down", member, membership.turn_down(member, reply))
        return wording.told(face(act.db, member.person).name)
    request = requests.get(act.db, act.scheme.key, id_)
    permissions.office(act.officer, "approve_requests", request.mentee)
    keep_request(act, "turn_down", request, rules.turn_down(request, reply, act.now))
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


def _said(click: Click, notice: Notice) -> Reply:
    """On a card or on Home the card itself shows what became of it; in a form the presser is told."""
    return Nothing() if click.place in ("message", "home") else notice
