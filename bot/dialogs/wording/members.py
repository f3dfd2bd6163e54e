"""Words about joining, for the person who joins: asking to come in, forms to fill, what the office decided."""

from bot.dialogs import forms
from bot.dialogs.parts import Bold, Bullets, Button, Form, Link, Message, Notice, Part, Run, Shown, paragraphs
from bot.dialogs.view_models import MemberView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import by_when, message, notice, press, quoted, say, small
from bot.lifecycle.membership import Member, may_answer_office, missing_forms, outside, trained
from bot.lifecycle.requests import may_create
from bot.lifecycle.step import allowed, refusal
from bot.lifecycle.vocabulary import Verb
from bot.schemes.fields import SchemeForm
from bot.schemes.scheme import Role, Scheme


def join_form(scheme: Scheme, role: Role, before: Member | None) -> Form:
    """The form to ask to come in; what was typed before stands in it."""
    intake = scheme.intake[role]
    parts: list[Part] = []
    if intake.criteria:
        parts += [say(Bold("Who can join:")), Bullets(tuple((line,) for line in intake.criteria))]
    parts += _intro(scheme, intake.form, before)
    parts += forms.inputs(intake.form, scheme.topics, before.joining if before else {})
    return Form(Verb.JOIN, intake.form.title, tuple(parts), subject=role, submit="Send to the office")


def _intro(scheme: Scheme, form: SchemeForm, before: Member | None) -> list[Part]:
    parts: list[Part] = [say(form.intro)] if form.intro else []
    return [*parts, *question(scheme, before.question if before else None)]


def question(scheme: Scheme, asked: str | None) -> tuple[Shown, ...]:
    """The office's open question, above the form that answers it."""
    return quoted(f"The {scheme.words.office} asks:", asked) if asked else ()


def joined(scheme: Scheme) -> Notice:
    """The answer to having asked."""
    return notice("Sent", f"Thank you. The {scheme.words.office} looks at it and answers you here{by_when(scheme)}.")


def preferences_form(scheme: Scheme, member: Member) -> Form:
    """The preferences of one role."""
    form = scheme.preferences(member.role)
    fields = forms.inputs(form, scheme.topics, member.preferences or {})
    return Form(
        Verb.PREFERENCES, form.title, (*_intro(scheme, form, None), *fields), subject=member.role, submit="Save"
    )


def profile_form(scheme: Scheme, member: Member) -> Form:
    """A mentor's profile."""
    form = scheme.forms.mentor_profile
    fields = forms.inputs(form, scheme.topics, member.profile or {})
    return Form(Verb.PROFILE, form.title, (*_intro(scheme, form, member), *fields), submit="Save")


def saved(view: MemberView) -> Notice:
    """The answer to a saved form: what comes next."""
    left = missing(view)
    parts = (press(*left[:1]),) if left else ()
    return notice("Saved", _after_saving(view.scheme, view.member, left), *parts)


def missing(view: MemberView) -> tuple[Button, ...]:
    """What somebody who was let in still has to fill in, the first thing first."""
    member, left = view.member, list[Button]()
    for form in missing_forms(member):
        primary = not left
        left.append(
            buttons.complete_profile() if form == "profile" else buttons.preferences(member.role, primary=primary)
        )
    why_not = refusal(may_create, member, int(view.asking))
    if member.state == "admitted" and (why_not is None or why_not.reason == "preferences_first"):
        left.append(buttons.create_request())
    return tuple(left)


def _after_saving(scheme: Scheme, member: Member, left: tuple[Button, ...]) -> str:
    office = scheme.words.office
    if member.role == "mentee" and left:
        return "Next: your mentoring request."
    if member.role == "mentor" and left:
        what = "your mentor profile" if "profile" in missing_forms(member) else "your preferences"
        return f"Next: {what}. Then the {office} looks at both{by_when(scheme)}."
    if member.state == "in_review":
        return f"Your profile is with the {office}, who answers you here{by_when(scheme)}."
    return "It counts from now on; you can change it at any time on Home."


def admitted(view: MemberView) -> Message:
    """The way in: what to fill in first."""
    scheme, member = view.scheme, view.member
    office, soon = scheme.words.office, by_when(scheme)
    welcome = f"Welcome to the {scheme.name}, {view.person.first}."
    left = tuple(button for button in missing(view) if button.verb != Verb.OPEN_REQUEST or member.preferences)
    if not left:
        return message(view.person, say(f"{welcome} Home shows how things stand."))
    if member.role == "mentee":
        then = f"The {office} looks at the request{soon}; then you choose whom to ask."
        lines = say(f"{welcome} Two short forms and you are on your way: your preferences, then a mentoring request.")
    else:
        then = f"The {office} then looks at both and answers you here{soon}."
        lines = say(f"{welcome} Next, complete your mentor profile and your preferences.")
    return message(view.person, lines, small(then), press(*left))


def approved(view: MemberView) -> Message:
    """A mentor is approved; training, where it is still wanted, is said with its link."""
    wanted = training_wanted(view.scheme, view)
    if not wanted:
        text = f"You are approved as a mentor, {view.person.first}. Requests come to you here, one at a time."
        return message(view.person, say(text, _window(view.scheme)))
    text = f"Your profile is approved, {view.person.first}: thank you. One thing comes before your first mentee."
    return message(view.person, say(text), say(*wanted))


def _window(scheme: Scheme) -> str:
    window = scheme.requests.reply_within
    return f" You have {window.words} to answer each." if window else ""


def training_wanted(scheme: Scheme, view: MemberView) -> tuple[Run, ...]:
    """What a mentor still has to learn before requests come, and whom to tell; nothing where it is done."""
    training = scheme.training.get(view.member.role)
    if training is None or trained(view.member, scheme, view.now.date()):
        return ()
    link: tuple[Run, ...] = (" ", Link("Open the training.", training.link)) if training.link else ()
    then = (
        f" Once you have done it, write to the {scheme.words.office} at {scheme.contact}, and requests start to come."
    )
    return (f"The scheme asks for “{training.name}”.", *link, then)


def training_recorded(view: MemberView) -> Message:
    """The training is on record."""
    text = f"Your training is on record, {view.person.first}. Requests can come to you from now on."
    return message(view.person, say(text))


def clarification(view: MemberView) -> Message | None:
    """The office's question to somebody who wants to come in."""
    member = view.member
    if not member.question or not allowed(may_answer_office, member):
        return None
    head = f"The {view.scheme.words.office} has a question before it decides:"
    how = "Your form is kept as you wrote it. Put your answer into it and send it again; the office then goes on."
    parts: tuple[Shown, ...] = (
        say(head),
        *paragraphs(member.question),
        small(how),
        press(buttons.answer_office(member)),
    )
    return message(view.person, *parts)


def turned_down(view: MemberView) -> Message:
    """The office cannot take the person in now: why, and that asking again is open."""
    member, scheme = view.member, view.scheme
    head = f"The {scheme.words.office} cannot take you in as {member.role} at the moment."
    wrote = quoted(f"The {scheme.words.office} writes:", member.reply) if member.reply else ()
    trouble = f"You can ask again whenever something has changed. Questions are welcome at {scheme.contact}."
    again = (press(buttons.join(member.role)),) if outside(member) else ()
    return message(view.person, say(head), *wrote, small(trouble), *again)
