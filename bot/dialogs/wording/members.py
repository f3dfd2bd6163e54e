"""Words about joining, for the person who joins: asking to come in, forms to fill, what the office decided."""

from datetime import date
from typing import Final

from bot.dialogs import forms
from bot.dialogs.own_fields import ANSWER
from bot.dialogs.parts import Bold, Bullets, Button, Form, Link, Message, Notice, Part, Run, Shown, paragraphs
from bot.dialogs.plain import day
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.wording import buttons, questions
from bot.dialogs.wording.builders import by_when, message, notice, press, quoted, say, small
from bot.dialogs.wording.next_steps import after_request, looked_at
from bot.dialogs.wording.pages import pay
from bot.lifecycle.documents import put_to
from bot.lifecycle.gates import code_wanted, forms_to_fill_in, left_open, next_gate, training_wanted
from bot.lifecycle.member import Answers, Member
from bot.lifecycle.membership import may_agree, may_answer_office, may_fill_in, outside
from bot.lifecycle.requests import may_create
from bot.lifecycle.step import Refused, allowed, refusal
from bot.lifecycle.vocabulary import Verb
from bot.schemes.fields import SchemeForm
from bot.schemes.roles import OTHER, Role, Training
from bot.schemes.scheme import Scheme

_DATES: Final = 3
"""So many dates of a course are shown: the next ones."""


def join_form(scheme: Scheme, role: Role, before: Member | None) -> Form:
    """The form to ask to come in; what was typed before stands in it. Where nothing is asked, it shows who can join."""
    rules = scheme.roles[role]
    parts: list[Part] = []
    if rules.criteria:
        parts += [say(Bold("Who can join:")), Bullets(tuple((line,) for line in rules.criteria))]
    if about_pay := pay(scheme):
        parts.append(small(about_pay))
    if rules.application is None:
        parts.append(say(f"You join the {scheme.name} as {role}. You can leave at any time."))
        return Form(Verb.JOIN, f"Join as {role}", tuple(parts), subject=role, submit="Join")
    parts += _intro(scheme, rules.application, before)
    parts += forms.inputs(rules.application, scheme.topics, before.joining if before else {})
    return Form(Verb.JOIN, rules.application.title, tuple(parts), subject=role, submit="Send to the office")


def _intro(scheme: Scheme, form: SchemeForm, before: Member | None) -> list[Part]:
    parts: list[Part] = [say(form.intro)] if form.intro else []
    asked = question(scheme, before.question if before else None)
    return [*parts, *asked, *([ANSWER] if asked else [])]


def question(scheme: Scheme, asked: str | None) -> tuple[Shown, ...]:
    """The office's open question, above the form that answers it."""
    return quoted(f"The {scheme.words.office} asks:", asked) if asked else ()


def joined(view: MemberView) -> Notice:
    """The answer to having asked, or to having come in at once."""
    if view.just_in:
        return came_in(view)
    if view.member.state != "asked":
        return notice("Welcome", f"You are in the {view.scheme.name}.", *next_button(view))
    return notice(
        "Sent", f"Thank you. The {view.scheme.words.office} looks at it and answers you here{by_when(view.scheme)}."
    )


def preferences_form(scheme: Scheme, member: Member) -> Form:
    """The preferences of one role."""
    return _own_form(scheme, member, Verb.PREFERENCES, scheme.roles[member.role].preferences, member.preferences)


def profile_form(scheme: Scheme, member: Member) -> Form:
    """The profile of one role."""
    return _own_form(scheme, member, Verb.PROFILE, scheme.roles[member.role].profile, member.profile)


def _own_form(scheme: Scheme, member: Member, verb: Verb, form: SchemeForm | None, given: Answers | None) -> Form:
    if form is None:
        raise Refused("not_yours")
    intro = _intro(scheme, form, member if verb is Verb.PROFILE else None)
    fields = forms.inputs(form, scheme.topics, given or {})
    return Form(verb, form.title, (*intro, *fields), subject=member.role, submit="Save")


def saved(view: MemberView) -> Notice:
    """The answer to a saved form: what comes next."""
    if view.just_in:
        return came_in(view)
    return notice("Saved", _after_saving(view), *completeness(view.member, view.scheme), *next_button(view))


def completeness(member: Member, scheme: Scheme) -> tuple[Shown, ...]:
    """How much of the profile is filled in, and what is still open; nothing where it is whole."""
    form, open_ = scheme.roles[member.role].profile, left_open(member, scheme)
    if form is None or not open_:
        return ()
    whole, reader = len(form.fields), OTHER[member.role]
    count = f"{whole - len(open_)} of {whole} questions of your {member.role} profile are answered"
    named = ", ".join(f"“{each.heading}”" for each in open_)
    return (
        small(f"{count}; still open: {named}. The fuller it is, the better {reader}s can see whether you suit them."),
    )


def next_button(view: MemberView) -> tuple[Shown, ...]:
    """The button of what comes next, if there is one."""
    left = missing(view)
    return (press(*left[:1]),) if left else ()


def code_button(view: MemberView) -> Button | None:
    """The document that this member has to accept now before they go on; None: none."""
    member, scheme = view.member, view.scheme
    wanted = code_wanted(member, scheme)
    if wanted is None or next_gate(member, scheme, view.now) != "code":
        return None
    return (
        buttons.read_code(member.role, wanted, primary=True) if allowed(may_agree, member, scheme, wanted.key) else None
    )


def the_code(member: Member, scheme: Scheme) -> str:
    """What there is to accept: "the code of conduct"."""
    wanted = code_wanted(member, scheme)
    return f"the {wanted.called}" if wanted else "what you are asked to"


def document_buttons(member: Member, scheme: Scheme) -> tuple[Button, ...]:
    """The documents of their role, to be read; the one that is to be accepted first has a task of its own."""
    if not allowed(may_fill_in, member):
        return ()
    wanted = code_wanted(member, scheme)
    return tuple(buttons.read_code(member.role, each) for each in put_to(member.role, scheme) if each != wanted)


def missing(view: MemberView) -> tuple[Button, ...]:
    """What somebody who was let in still has to do before they take part, the first thing first."""
    member, code = view.member, code_button(view)
    left = [code] if code else []
    for form in forms_to_fill_in(member, view.scheme, view.now):
        primary = not left
        left.append(
            buttons.complete_profile(member.role)
            if form == "profile"
            else buttons.preferences(member.role, primary=primary)
        )
    if member.role == "mentee" and _request_comes_next(view):
        left.append(buttons.create_request())
    return tuple(left)


def _request_comes_next(view: MemberView) -> bool:
    """Whether a mentee comes to their request by the forms alone: nobody else has to do anything before."""
    why_not = refusal(may_create, view.member, int(view.asking), view.scheme, view.now)
    forms_first = why_not is not None and why_not.facts.get("gate") in {"profile", "preferences"}
    gates = view.scheme.roles["mentee"].gates
    return view.member.state == "admitted" and (
        why_not is None or (forms_first and not {"review", "code"} & set(gates))
    )


def _after_saving(view: MemberView) -> str:
    scheme, member, left = view.scheme, view.member, missing(view)
    if member.state == "in_review":
        return f"Your profile is with the {scheme.words.office}, who answers you here{by_when(scheme)}."
    if not left:
        return "It counts from now on; you can change it at any time on Home."
    if left[0].verb == Verb.OPEN_REQUEST:
        return "Next: your mentoring request."
    if left[0].verb == Verb.OPEN_DOCUMENT:
        return f"Next, read and accept {the_code(member, scheme)}."
    what = f"your {member.role} profile" if left[0].verb == Verb.OPEN_PROFILE else "your preferences"
    seen = looked_at(scheme, member.role)
    then = f" Then the {scheme.words.office} looks at {seen}{by_when(scheme)}." if seen else ""
    return f"Next: {what}.{then}"


def after_accepting(view: MemberView) -> str:
    """What comes once a document is accepted, as a sentence."""
    if view.member.state == "in_review" or missing(view):
        return _after_saving(view)
    match next_gate(view.member, view.scheme, view.now):
        case None:
            return "You take part from now on."
        case "training":
            return "Next comes the scheme’s training; Home says which."
        case _:
            return "Home shows what comes next."


def accept_next(view: MemberView, head: str, code: Button) -> Message:
    return message(view.person, say(f"{head} Next, read and accept {the_code(view.member, view.scheme)}."), press(code))


def admitted(view: MemberView) -> Message | None:
    """The way in: what to fill in first; nothing where that has been taken back."""
    scheme, member = view.scheme, view.member
    if member.state == "asked":
        return None
    welcome = f"Welcome to the {scheme.name}, {view.person.first}."
    code = code_button(view)
    if code:
        return accept_next(view, welcome, code)
    left = tuple(
        button
        for button in missing(view)
        if button.verb != Verb.OPEN_REQUEST or not forms_to_fill_in(member, scheme, view.now)
    )
    if not left:
        wanted = training(view)
        then = (say(*wanted),) if wanted else ()
        return message(view.person, say(welcome if then else f"{welcome} Home shows how things stand."), *then)
    if member.role == "mentee":
        lines, then_follows = say(f"{welcome} {_mentees_way(view)}"), after_request(scheme)
    else:
        lines = say(f"{welcome} Next, complete {_and(_called(view))}.")
        seen, office = looked_at(scheme, member.role), scheme.words.office
        then_follows = f"The {office} then looks at {seen} and answers you here{by_when(scheme)}." if seen else ""
    return message(view.person, lines, *((small(then_follows),) if then_follows else ()), press(*left))


def _called(view: MemberView) -> list[str]:
    """The forms that the scheme asks of this role first, in its order."""
    role = view.member.role
    words = {"profile": f"your {role} profile", "preferences": "your preferences"}
    return [words[gate] for gate in view.scheme.roles[role].gates if gate in words]


def _and(words: list[str]) -> str:
    return " and ".join(words)


_NUMBERS = ("No", "One", "Two", "Three")


def _mentees_way(view: MemberView) -> str:
    """To the mentoring request, or to the office first."""
    called = _called(view)
    if not called:
        return "Next: your mentoring request."
    if not _request_comes_next(view):
        return f"Next, complete {_and(called)}."
    forms_ = f"{_NUMBERS[len(called) + 1]} short forms"
    return f"{forms_} and you are on your way: {', '.join(called)}, then a mentoring request."


def training(view: MemberView) -> tuple[Run, ...]:
    """What somebody still has to learn before they take part, and whom to tell; nothing where it is done."""
    scheme = view.scheme
    wanted = training_wanted(view.member, scheme, view.now.date())
    if wanted is None:
        return ()
    what: dict[str, str] = {
        "course": f"“{wanted.name}”",
        "course_or_equivalent": f"“{wanted.name}”, or something equivalent",
        "qualification": f"the qualification “{wanted.name}”",
    }
    link = training_link(wanted)
    asked = "requests start to come" if "ask" in scheme.route.steps else "mentees can be matched with you"
    then = asked if view.member.role == "mentor" else "you can go on"
    tell = f" Once you have done it, write to the {scheme.words.office} at {scheme.contact}, and {then}."
    return (f"The scheme asks for {what[wanted.kind]}.", *link, *_dates(wanted, view.now.date()), tell)


def _dates(training: Training, today: date) -> tuple[Run, ...]:
    """When a course takes place next, as far as the scheme says; that there are no dates, where they are over."""
    if not training.dates:
        return ()
    ahead = sorted((each for each in training.dates if each.from_ >= today), key=lambda each: each.from_)[:_DATES]
    if not ahead:
        return (" New dates are not set yet" + (": the link says when they are." if training.link else "."),)
    said: list[Run] = [" Next dates: "]
    for at, each in enumerate(ahead):
        days = day(each.from_) + (f" to {day(each.to)}" if each.to else "")
        said += ["; " if at else "", Link(days, each.link) if each.link else days]
    return (*said, ".")


def entry_confirmed(view: MemberView) -> Notice:
    """The answer to Confirm my entry."""
    return notice("Confirmed", f"Thank you, {view.person.first}: your entry stands as it is for this year.")


def training_link(training: Training) -> tuple[Run, ...]:
    """The way to a training, where the scheme has one; the end of a sentence."""
    return (" ", Link("Open the training.", training.link)) if training.link else ()


def clarification(view: MemberView) -> Message | None:
    """The office's question to somebody who wants to come in."""
    member = view.member
    if not member.question or not allowed(may_answer_office, member):
        return None
    head = questions.head(view.scheme)
    how = "Your form is kept as you wrote it. Press Answer, write your answer and send it; the office then goes on."
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


def came_in(view: MemberView) -> Notice:
    """The answer to whatever was the last step in: what they can do, or expect, from now on."""
    then, *button = from_now_on(view, "Thank you.", "as messages")
    return notice("You are in", "", then, *button)


def from_now_on(view: MemberView, head: str, where: str) -> tuple[Shown, ...]:
    """What a mentor can expect, and what a mentee can do."""
    if view.member.role == "mentor":
        return (say(f"{head} {what_comes(view.scheme, where)}", _window(view.scheme)),)
    asks = allowed(may_create, view.member, int(view.asking), view.scheme, view.now)
    button = (press(buttons.create_request()),) if asks else ()
    return (say(f"{head} Next: your mentoring request."), *button)


def what_comes(scheme: Scheme, where: str) -> str:
    """What a mentor can expect from now on."""
    if "ask" in scheme.route.steps:
        return f"Requests come to you {where} from now on."
    return f"You hear from us {where} when the {scheme.words.office} has a mentee for you."


def _window(scheme: Scheme) -> str:
    window = scheme.route.reply_within
    return f" You have {window.words} to answer each." if window else ""


def clarified(view: MemberView) -> Message:
    """The same question, once it needs no answer any more."""
    return questions.closed(view.person, questions.head(view.scheme), view.questions)


def asked_again(view: MemberView) -> Message:
    """The same, once there is a later question."""
    return questions.overtaken(view.person, view.scheme)
