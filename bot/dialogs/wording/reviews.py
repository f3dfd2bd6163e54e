"""Words for the office about one person: the card of somebody who waits, all that is known, and the decision."""

from dataclasses import replace

from bot.dialogs import forms, subjects
from bot.dialogs.own_fields import QUESTION, REPLY, TRAINED_ON
from bot.dialogs.parts import Bold, Button, DateInput, Form, Message, Part, Run, When
from bot.dialogs.plain import day
from bot.dialogs.view_models import MemberView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import cut, heading, office_message, press, quoted, say, small
from bot.lifecycle import membership as rules
from bot.lifecycle import reminders
from bot.lifecycle.membership import BEFORE_OFFICE
from bot.lifecycle.permissions import readable
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb

OFFICE = readable("office")
"""Whose answers the office may read."""


def office_card(view: MemberView) -> Message:
    """What the office sees of somebody who waits, or how it was decided."""
    what = (Bold(view.person.name), f" {wish(view)}.")
    return office_message(say(*what), small(*_state(view)), press(*office_buttons(view)))


def joining_card(view: MemberView) -> Message:
    """What the office sees of an application; once somebody is let in, their profile has a card of its own."""
    member = view.member
    if member.state in {"asked", "turned_down"}:
        return office_card(view)
    what = (Bold(view.person.name), f" would like to join as {member.role}.")
    return office_message(say(*what), small("Let in."), press(office_buttons(view)[-1]))


def wish(view: MemberView) -> str:
    """What somebody who waits would like, in a few words."""
    member = view.member
    if member.role == "mentor" and not rules.missing_forms(member) and member.state not in {"asked", "admitted"}:
        return "has sent a mentor profile"
    return f"would like to join as {member.role}"


def _state(view: MemberView) -> tuple[Run, ...]:
    member = view.member
    if member.question:
        return ("The office has asked a question and waits for the answer.",)
    if member.state in BEFORE_OFFICE:
        since = member.waiting_since or member.asked_at
        meant_by = reminders.meant_by(view.scheme, since)
        by: tuple[Run, ...] = ("; an answer is meant by ", When(meant_by, "day")) if meant_by else ()
        return ("Waiting for the office since ", When(since, "day"), *by, ".")
    outcome = {"admitted": "Let in; filling in the forms.", "approved": "Approved.", "turned_down": "Turned down."}
    return (outcome[member.state],)


def office_buttons(view: MemberView) -> tuple[Button, ...]:
    """What the office can do about a membership as it stands; View comes last."""
    member, whom = view.member, f"{view.person.name} as {view.member.role}"
    look = buttons.view_member(member.id, whom)
    if not allowed(rules.may_decide, member):
        return (look,)
    approve = buttons.approve_joining if rules.under_review(member) == "application" else buttons.approve_mentor
    subject = subjects.case("member", member.id)
    return (approve(member.id, whom), buttons.clarify(subject, whom), buttons.turn_down(subject, whom), look)


def office_view(view: MemberView) -> Form:
    """Everything the office may read of a membership, and what it can do."""
    member, office = view.member, view.scheme.words.office
    parts: list[Part] = [heading(view.person.name), small(*_state(view)), *_answers(view)]
    parts += quoted(f"The {office} asked:", member.question) if member.question else ()
    parts += quoted(f"The {office} wrote:", member.reply) if member.reply else ()
    if member.trained_on:
        parts.append(small(f"Training completed on {day(member.trained_on)}."))
    choices = (*office_buttons(view)[:-1], *_training_button(view))
    parts.append(press(*choices) if choices else small("Nothing is to be decided here."))
    return Form(Verb.OPEN_MEMBER, member.role.capitalize(), tuple(parts), subject=member.id)


def _answers(view: MemberView) -> list[Part]:
    scheme, member = view.scheme, view.member
    given = [
        (scheme.intake[member.role].form, member.joining),
        (scheme.forms.mentor_profile, member.profile),
        (scheme.preferences(member.role), member.preferences),
    ]
    shown = [(form, forms.facts(form, answers, OFFICE)) for form, answers in given if answers]
    return [part for form, facts in shown if facts for part in (heading(form.title), facts)]


def _training_button(view: MemberView) -> tuple[Button, ...]:
    member = view.member
    if not allowed(rules.may_record_training, member, view.scheme):
        return ()
    return (buttons.record_training(member.id, view.person.name),)


def approve_mentor_form(view: MemberView) -> Form:
    """Approving a mentor, with the day of the training where it has taken place."""
    parts: list[Part] = [say(f"{view.person.name} is told at once, and mentees can ask from then on.")]
    if "mentor" in view.scheme.training:
        hint = "Leave it empty if it is still to come: requests wait until it is recorded."
        parts.append(_trained_on(view, hint))
    return Form(Verb.APPROVE_MENTOR, "Approve mentor", tuple(parts), subject=view.member.id, submit="Approve")


def training_form(view: MemberView) -> Form:
    """Recording a mentor's training after the approval."""
    parts = (say(f"{view.person.name} is told that the training is on record."), _trained_on(view))
    return Form(Verb.RECORD_TRAINING, "Record training", parts, subject=view.member.id, submit="Save")


def _trained_on(view: MemberView, hint: str = "") -> DateInput:
    label = f"{view.scheme.training['mentor'].name} completed on"
    return replace(TRAINED_ON, label=label, required=not hint, hint=hint, initial=view.member.trained_on)


def clarify_form(subject: str, name: str) -> Form:
    """The office's question to somebody."""
    hint = "They read exactly this and answer by sending their form again."
    field = replace(QUESTION, label=cut(f"{QUESTION.label} to {name}", 150), hint=hint)
    return Form(Verb.CLARIFY, "Ask for clarification", (field,), subject=subject, submit="Send question")


def turn_down_form(subject: str, name: str) -> Form:
    """The office's words when it cannot say yes."""
    hint = "They read exactly this. Say why, and what they could do instead."
    parts: tuple[Part, ...] = (
        say(f"{name} is told that the answer is no for now, with your words. They can ask again at any time."),
        replace(REPLY, label=cut(f"{REPLY.label} to {name}", 150), hint=hint),
    )
    return Form(Verb.TURN_DOWN, "Turn down", parts, subject=subject, submit="Turn down")
