"""What the scheme's office decides: who comes in, whose profile and request is approved, what is asked back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.actions.keeping import MEMBER, REQUEST, keep
from bot.actions.places import hand_out
from bot.actions.requests import who_can_be_asked
from bot.actions.undoing import allow_undo
from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Errors, Nothing, Reply
from bot.dialogs.wording import office as wording
from bot.dialogs.wording import times
from bot.lifecycle import membership, permissions
from bot.lifecycle import requests as rules
from bot.lifecycle.member import Member
from bot.lifecycle.questions import Question
from bot.lifecycle.request import Request
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.undoing import change
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import Training
from bot.screens import members as screens
from bot.screens import requests as request_screens
from bot.storage import audit, members, people, questions, requests, undoing

DECISIONS = (
    Verb.APPROVE_JOINING, Verb.APPROVE_MEMBER, Verb.APPROVE_REQUEST, Verb.TURN_DOWN, Verb.CLARIFY, Verb.WITHDRAW,
    Verb.ASSIGN, Verb.GIVE_BACK,
)  # fmt: skip
"""The verbs after which there is nothing left to decide, or an answer to wait for."""


def approve_joining(context: Context, click: Click) -> Reply:
    """Let somebody in; the last place goes to one person only."""
    before = _member(context, click.subject)
    members.lock_intake(context.db, context.scheme.key, before.role)
    taken = members.places_held(context.db, context.scheme.key, before.role, besides=before.person)
    with who_was_first(context, before.id):
        step = membership.admit(before, context.scheme, taken, context.now)
    member = keep(context, MEMBER, Verb.APPROVE_JOINING, before, step)
    allow_undo(context, member.id, change(before, member))
    view = screens.view_of(context.db, context.scheme, member, context.now)
    return form_input.unless_shown(click, lambda: wording.let_in(view))


def approve_member(context: Context, click: Click) -> Reply:
    """Approve what a member filled in, with the days of the trainings that have taken place."""
    before = _member(context, click.subject)
    trained: dict[str, date] = {}
    for training in context.scheme.roles[before.role].trainings:
        done = _completed_on(context, click, training, required=False)
        if isinstance(done, Errors):
            return done
        if done is not None:
            trained[training.key] = done
    with who_was_first(context, before.id):
        step = membership.approve(before, trained, context.now)
    member = keep(context, MEMBER, Verb.APPROVE_MEMBER, before, step)
    allow_undo(context, member.id, change(before, member))
    return wording.member_approved(screens.view_of(context.db, context.scheme, member, context.now))


def record_training(context: Context, click: Click) -> Reply:
    """Record when a member completed a training."""
    id_, key = subjects.training_of(click.subject)
    before = members.get(context.db, context.scheme.key, id_)
    permissions.office(context.officer, "record_training", before.person)
    training = context.scheme.roles[before.role].training(key)
    if training is None:
        raise Refused("gone")
    done = _completed_on(context, click, training, required=True)
    if isinstance(done, Errors):
        return done
    if done is None:
        raise Refused("gone")
    step = membership.record_training(before, context.scheme, key, done, context.now)
    member = keep(context, MEMBER, Verb.RECORD_TRAINING, before, step)
    return wording.told(people.get(context.db, member.person).name)


def approve_request(context: Context, click: Click) -> Reply:
    """Approve a request; the mentee takes part from then on and may find mentors."""
    before = requests.get(context.db, context.scheme.key, click.subject)
    permissions.office(context.officer, "approve_requests", before.mentee)
    named = who_can_be_asked(context, before)
    with who_was_first(context, before.id):
        step = rules.approve(before, named, context.scheme, context.now)
    mentee = members.of(context.db, context.scheme.key, before.mentee).get("mentee")
    if mentee is None:
        raise Refused("gone")
    enrolled = members.save(context.db, mentee, membership.enrol(mentee, context.now))
    after = keep(context, REQUEST, Verb.APPROVE_REQUEST, before, step)
    also = (change(mentee, enrolled),) if enrolled != mentee else ()
    allow_undo(context, after.id, change(before, after), *also)
    view = request_screens.view_of(context.db, context.scheme, after, context.now)
    return form_input.unless_shown(click, lambda: wording.request_approved(view))


def clarify(context: Context, click: Click) -> Reply:
    """Ask somebody a question before deciding."""
    question = form_input.text(click, own_fields.QUESTION)
    said = _write(context, click, question, membership.ask_clarification, rules.ask_clarification)
    if isinstance(question, str):
        _, about = subjects.case_of(click.subject)
        me, now = context.person.id, context.now
        questions.add(context.db, Question(context.new_id(), context.scheme.key, about, me, question, now))
    return said


def turn_down(context: Context, click: Click) -> Reply:
    """Say no, with words for the person; a place that was held for them goes to the next."""
    reply = form_input.text(click, own_fields.REPLY)
    kind, id_ = subjects.case_of(click.subject)
    role = _member(context, id_).role if kind == "member" else None
    if role is not None:
        members.lock_intake(context.db, context.scheme.key, role)
    said = _write(
        context, click, reply, membership.turn_down, lambda one, words: rules.turn_down(one, words, context.now)
    )
    if role is not None and hand_out(context, role):
        undoing.remove(context.db, context.scheme.key, id_)  # the place has gone to somebody else
    return said


def _write(
    context: Context,
    click: Click,
    words: str | Errors | None,
    about_member: Callable[[Member, str], Step[Member]],
    about_request: Callable[[Request, str], Step[Request]],
) -> Reply:
    """Take that step, with these words for the person, about the membership or the request the click names."""
    if not isinstance(words, str):
        return words or Nothing()
    kind, id_ = subjects.case_of(click.subject)
    if kind == "member":
        member = _member(context, id_)
        with who_was_first(context, member.id):
            step = about_member(member, words)
        allow_undo(context, member.id, change(member, keep(context, MEMBER, click.verb, member, step)))
        return wording.told(people.get(context.db, member.person).name)
    request = requests.get(context.db, context.scheme.key, id_)
    permissions.office(context.officer, permissions.power_over(request), request.mentee)
    with who_was_first(context, request.id):
        decided = about_request(request, words)
    allow_undo(context, request.id, change(request, keep(context, REQUEST, click.verb, request, decided)))
    return wording.told(people.get(context.db, request.mentee).name)


def _member(context: Context, id_: str) -> Member:
    """The membership to decide about, by somebody who may: never oneself."""
    member = members.get(context.db, context.scheme.key, id_)
    permissions.office(context.officer, "approve_members", member.person)
    return member


@contextmanager
def who_was_first(context: Context, about: str) -> Iterator[None]:
    """Where somebody else has decided about it already, say who did what and when."""
    try:
        yield
    except Refused as refused:
        if refused.reason not in {"already_decided", "waits_for_answer"}:
            raise
        was = audit.last_done(context.db, context.scheme.key, about, DECISIONS)
        if was is None or was.person is None:
            raise
        who = people.get(context.db, was.person).name
        raise Refused("decided_by", {"who": who, "what": was.verb, "when": was.at}) from None


def _completed_on(context: Context, click: Click, training: Training, *, required: bool) -> date | Errors | None:
    field = replace(own_fields.completed_on(training), required=required)
    given = form_input.day(click, field)
    if isinstance(given, date) and given > context.now.astimezone(ZoneInfo(context.person.zone)).date():
        return Errors({field.key: times.not_yet()})
    return given
