"""Words for the office about one person: the card of somebody who waits, all that is known, and the decision."""

from dataclasses import replace

from bot.dialogs import forms, subjects
from bot.dialogs.own_fields import QUESTION, REPLY, completed_on
from bot.dialogs.parts import Bold, Bullets, Button, DateInput, Form, Message, Note, Part, Run
from bot.dialogs.plain import day
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.wording import buttons_of_office, questions, sheets, undoing
from bot.dialogs.wording.builders import cut, decided, heading, office_message, press, quoted, say, small, waiting
from bot.lifecycle import membership as rules
from bot.lifecycle import permissions
from bot.lifecycle.gates import forms_to_fill_in, next_gate, unmet
from bot.lifecycle.leaving import may_be_taken_out
from bot.lifecycle.member import BEFORE_OFFICE
from bot.lifecycle.permissions import Actor, readable
from bot.lifecycle.step import Refused, allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.fields import SchemeForm
from bot.schemes.roles import Training

OFFICE = readable("office")
"""Whose answers the office may read."""


def office_card(view: MemberView) -> Message:
    """What the office sees of somebody who waits, or how it was decided."""
    what = (Bold(view.person.name), f" {wish(view)}.")
    pressed = office_buttons(view)
    below = decided(view.decision) if len(pressed) == 1 else _unmet(view)
    said = below and view.member.state in {"approved", "turned_down"}
    state = () if said else (small(*stands(view)),)
    return office_message(say(*what), *state, *below, press(*_undo(view, pressed), *pressed))


def _unmet(view: MemberView) -> tuple[Note, ...]:
    """Which criteria are not met, by their questions: what was answered stays out of the channel."""
    if rules.under_review(view.member) != "application" or not (fields := unmet(view.member, view.scheme)):
        return ()
    return (small(f"Does not meet what the scheme asks for: {', '.join(each.heading for each in fields)}."),)


def joining_card(view: MemberView) -> Message:
    """What the office sees of an application; once somebody is let in, their profile has a card of its own."""
    member = view.member
    if member.state in {"asked", "turned_down", "waiting", "left"}:
        return office_card(view)
    what = (Bold(view.person.name), f" would like to join as {member.role}.")
    state = decided(view.decision) or (small("Admitted."),)
    look = office_buttons(view)[-1:]
    return office_message(say(*what), *state, press(*_undo(view, look), *look))


def _undo(view: MemberView, pressed: tuple[Button, ...]) -> tuple[Button, ...]:
    """The way back from the last decision, where none is to be made."""
    whom = f"{view.person.name} as {view.member.role}"
    return undoing.button(view.decision, "member", view.member.id, whom) if len(pressed) == 1 else ()


def wish(view: MemberView) -> str:
    """What somebody who waits would like, in a few words."""
    member = view.member
    reviewed = "review" in view.scheme.roles[member.role].gates and member.state not in {"asked", "admitted"}
    if reviewed and not forms_to_fill_in(member, view.scheme, view.now):
        return f"has sent a {member.role} profile"
    return f"would like to join as {member.role}"


def stands(view: MemberView) -> tuple[Run, ...]:
    """How a membership stands, for the office."""
    member = view.member
    if member.question:
        return ("The office has asked a question and waits for the answer.",)
    if member.state in BEFORE_OFFICE:
        since = member.waiting_since or member.asked_at
        return waiting("the office", since, view.scheme, view.now)
    outcome = {
        "admitted": "Admitted; filling in the forms.", "approved": "Approved.", "turned_down": "Turned down.",
        "waiting": "Waits for a place.", "left": "No longer in the scheme.",
    }  # fmt: skip
    return (outcome[member.state],)


def office_buttons(view: MemberView) -> tuple[Button, ...]:
    """What the office can do about a membership as it stands; View comes last."""
    member, whom = view.member, f"{view.person.name} as {view.member.role}"
    look = buttons_of_office.view_member(member.id, whom)
    if not allowed(rules.may_decide, member):
        return (look,)
    approve = buttons_of_office.approve_member
    if rules.under_review(member) == "application":
        approve = (
            buttons_of_office.approve_joining_all_the_same
            if unmet(member, view.scheme)
            else buttons_of_office.approve_joining
        )
    subject = subjects.case("member", member.id)
    return (
        approve(member.id, whom),
        buttons_of_office.clarify(subject, whom),
        buttons_of_office.turn_down(subject, whom),
        look,
    )


def office_view(view: MemberView, viewer: Actor) -> Form:
    """Everything the office may read of a membership, and what this member of it can do."""
    member, office = view.member, view.scheme.words.office
    parts: list[Part] = [heading(view.person.name), small(*stands(view)), *_unmet(view), *_answers(view)]
    parts += questions.answered(view.questions, view.scheme)
    parts += quoted(f"The {office} asked:", member.question) if member.question else ()
    parts += quoted(f"The {office} wrote:", member.reply) if member.reply else ()
    parts += trainings(view)
    choices = (*office_buttons(view)[:-1], *training_buttons(view))
    parts.append(press(*choices) if choices else small("Nothing is to be decided here."))
    parts += _way_out(view, viewer)
    return Form(Verb.OPEN_MEMBER, member.role.capitalize(), tuple(parts), subject=member.id)


def _way_out(view: MemberView, viewer: Actor) -> list[Part]:
    member = view.member
    may = allowed(permissions.office, viewer, "manage_members", member.person) and allowed(may_be_taken_out, member)
    return [press(buttons_of_office.remove_member(member.id, f"{view.person.name} as {member.role}"))] if may else []


def _answers(view: MemberView) -> list[Part]:
    rules_of_role, member = view.scheme.roles[view.member.role], view.member
    given = [
        (rules_of_role.application, member.joining),
        (rules_of_role.profile, member.profile),
        (rules_of_role.preferences, member.preferences),
    ]
    shown = [(form, forms.facts(form, answers, OFFICE)) for form, answers in given if form and answers]
    parts: list[Part] = [part for form, facts in shown if facts for part in (heading(form.title), facts)]
    return [*parts, *sheets.answers_of(view.scheme, view.sheets)]


def training_buttons(view: MemberView) -> tuple[Button, ...]:
    """A button for each training that can be put on record."""
    member, trainings = view.member, rules.trainings_to_record(view.member, view.scheme)
    called = [each.name if len(trainings) > 1 else "training" for each in trainings]
    return tuple(
        buttons_of_office.record_training(subjects.training(member.id, each.key), name, view.person.name)
        for each, name in zip(trainings, called, strict=True)
    )


def trainings(view: MemberView) -> list[Note]:
    """What is on record, each training with its day."""
    known = view.scheme.roles[view.member.role].trainings
    done = [(each, view.member.trainings[each.key]) for each in known if each.key in view.member.trainings]
    names = [each.name if len(known) > 1 else "Training" for each, _ in done]
    return [small(f"{name} completed on {day(on)}.") for name, (_, on) in zip(names, done, strict=True)]


def approve_joining_form(view: MemberView) -> Form:
    """Letting somebody in who does not meet the criteria asks first."""
    member, role = view.member, view.member.role
    asked = SchemeForm.model_construct(title="", fields=unmet(member, view.scheme))
    answered = forms.facts(asked, member.joining, OFFICE)
    meant = Bullets(tuple((line,) for line in view.scheme.roles[role].criteria))
    parts: list[Part] = [say(f"{view.person.name} does not meet what the scheme asks of a {role}:")]
    parts += [meant] if meant.items else []
    parts += [answered] if answered else []
    parts.append(say("You can let them in all the same, or ask them first."))
    return Form(Verb.APPROVE_JOINING, f"Approve {role}", tuple(parts), member.id, "Approve all the same")


def approve_member_form(view: MemberView) -> Form:
    """Approving a member, with the days of the trainings that have taken place."""
    role = view.member.role
    then = "mentees can ask" if role == "mentor" else "can ask for a mentor"
    trainings = view.scheme.roles[role].trainings
    when = "once the training is on record" if any(each.required for each in trainings) else "from then on"
    parts: list[Part] = [say(f"{view.person.name} is told at once, and {then} {when}.")]
    hint = "Leave it empty if it is still to come: you can record it later."
    parts += [_completed_on(view, each, hint) for each in trainings]
    return Form(Verb.APPROVE_MEMBER, f"Approve {role}", tuple(parts), subject=view.member.id, submit="Approve")


def training_form(view: MemberView, key: str) -> Form:
    """Recording a training after the approval."""
    training = view.scheme.roles[view.member.role].training(key)
    if training is None:
        raise Refused("gone")
    parts = (say(f"{view.person.name} is told that the training is on record."), _completed_on(view, training))
    subject = subjects.training(view.member.id, key)
    return Form(Verb.RECORD_TRAINING, "Record training", parts, subject=subject, submit="Save")


def answered(view: MemberView) -> Message:
    """The office hears that somebody has answered; their own card has what can be decided."""
    head = say(Bold(view.person.name), f" has answered the question about joining as {view.member.role}.")
    return office_message(head, small(*stands(view)), press(office_buttons(view)[-1]))


def training_card(view: MemberView) -> Message:
    """Somebody has come as far as a training: the office puts it on record, or did."""
    member, scheme = view.member, view.scheme
    head = say(Bold(view.person.name), f" is ready for the training, to join as {member.role}.")
    if member.state == "admitted" and next_gate(member, scheme, view.now) == "training":
        then = small("Put it on record once they have completed it: they are told, and go on.")
        left = [each for each in training_buttons(view) if not _on_record(view, each)]
        return office_message(head, then, press(*left, office_buttons(view)[-1]))
    return office_message(head, *trainings(view), small(*stands(view)), press(office_buttons(view)[-1]))


def sheet_given(view: MemberView) -> Message:
    """A member has filled in something that the office reads, such as a certificate."""
    head = say(Bold(view.person.name), f" has sent you a form as {view.member.role}. View shows it.")
    pressed = (*training_buttons(view)[:3], office_buttons(view)[-1])
    return office_message(head, *trainings(view), press(*pressed))


def _on_record(view: MemberView, recording: Button) -> bool:
    return subjects.training_of(recording.subject)[1] in view.member.trainings


def _completed_on(view: MemberView, training: Training, hint: str = "") -> DateInput:
    field = completed_on(training)
    return replace(field, required=not hint, hint=hint, initial=view.member.trainings.get(training.key))


def clarify_form(subject: str, name: str) -> Form:
    """The office's question to somebody."""
    hint = "They read exactly this. You hear as soon as they have answered."
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
