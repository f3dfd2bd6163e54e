"""Words about a mentoring request: the form, the office's review, how it stands, what came of it."""

from bot.dialogs import forms
from bot.dialogs.own_fields import ANSWER
from bot.dialogs.parts import (
    Bold,
    Button,
    Divider,
    Facts,
    Form,
    Message,
    Notice,
    Part,
    Run,
    Shown,
    paragraphs,
)
from bot.dialogs.view_models.requests import RequestView
from bot.dialogs.wording import buttons, buttons_of_office, exchange, list_words, next_steps, questions
from bot.dialogs.wording.builders import (
    by_when,
    heading,
    message,
    notice,
    press,
    quoted,
    say,
    small,
)
from bot.dialogs.wording.request_cards import for_office, office_buttons
from bot.dialogs.wording.request_states import names_of, state_runs, title_of, what_failed
from bot.lifecycle import requests as rules
from bot.lifecycle.permissions import Reader, readable, reads_messages
from bot.lifecycle.request import Request, route_of
from bot.lifecycle.routes import walk
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme


def request_form(scheme: Scheme, before: Request | None) -> Form:
    """The mentoring request; what was typed before stands in it."""
    form = scheme.request
    parts: list[Part] = [say(form.intro)] if form.intro else []
    if before and before.question:
        parts += (*quoted(f"The {scheme.words.office} asks:", before.question), ANSWER)
    parts += forms.inputs(form, scheme.topics, before.answers if before else {})
    subject = before.id if before and allowed(rules.may_change, before) else ""
    submit = "Send to the office" if scheme.route.steps[0] in {"review", "assign"} else "Save and go on"
    return Form(Verb.REQUEST, form.title, tuple(parts), subject=subject, submit=submit)


def filed(view: RequestView) -> Notice:
    """The answer to a request handed in: who has it now, or what the mentee does next."""
    scheme, request = view.scheme, view.request
    with_ = f"Your request is with the {scheme.words.office}, who"
    match request.state:
        case "in_review":
            then = next_steps.once_approved(walk.goes_to(request, scheme, view.now))
            return notice("Sent", f"{with_} answers you here{by_when(scheme)}. {then}")
        case "assigning":
            return notice("Sent", f"{with_} finds a mentor for you and answers you here{by_when(scheme)}.")
        case _:
            holds = "The approval from before still holds. " if request.approved_at else ""
            next_ = "name the mentors you would like, in order" if request.state == "naming" else "choose whom to ask"
            return notice("Saved", f"{holds}Next: {next_}.", press(_finding(request)))


def _finding(request: Request) -> Button:
    """The way to the mentors for a request: a list or the directory to choose from, or to name them from."""
    return (buttons.name_mentors if request.state == "naming" else buttons.find_mentors)(request.id)


def view_form(view: RequestView, *, office: bool, card: bool = False) -> Form:
    """The whole of a request, for its mentee or for the office. `card`: whether its reader may open the mentee's."""
    request, scheme = view.request, view.scheme
    reader: Reader = "office" if office else "oneself"
    facts = forms.facts(scheme.request, request.answers, readable(reader))
    mentee: tuple[tuple[str, tuple[Run, ...]], ...] = (("Mentee", (view.mentee.name,)),) if office else ()
    state = for_office(view) if office else state_runs(view)
    parts: list[Part] = [heading(title_of(view)), small(*state), Facts((*mentee, *(facts.pairs if facts else ())))]
    parts += questions.answered(view.questions, scheme)
    asks, wrote = f"The {scheme.words.office} asks:", f"The {scheme.words.office} wrote:"
    parts += quoted(asks, request.question) if request.question else ()
    parts += quoted(wrote, request.reply) if request.reply else ()
    if view.asked:
        parts += [Divider(), Facts(tuple((each.mentor.name, (list_words.how(each, reader),)) for each in view.asked))]
    parts += exchange.of_request(view) if reads_messages(reader) else ()
    choices = office_buttons(view)[:-1] if office else ()
    if card:
        choices = (*choices, buttons_of_office.view_mentee(view.mentee.id, view.mentee.name))
    parts += [press(*choices)] if choices else []
    return Form(Verb.OPEN_REQUEST_VIEW, "Mentoring request", tuple(parts), subject=request.id)


def approved(view: RequestView) -> Message | None:
    """The office said yes; nothing where that has been taken back."""
    if view.request.state == "in_review":
        return None
    head = say("Your mentoring request on ", Bold(title_of(view)), " has been approved.")
    if view.request.state == "choosing":
        then: Shown = say("Press Find mentors to see who suits it and choose whom to ask.")
    else:
        then = small(*state_runs(view))
    missed = list_words.passed_over(view) if view.request.state == "asking" else ""
    return message(view.mentee, head, then, *((small(missed),) if missed else ()), press(*mentee_buttons(view)))


def clarification(view: RequestView) -> Message | None:
    """The office's question to the mentee."""
    request = view.request
    if not request.question or not allowed(rules.may_answer_office, request):
        return None
    head = questions.head(view.scheme, "about your request")
    how = "Your request is kept as you wrote it. Press Answer, write your answer and send it; the office then goes on."
    answer = buttons.answer_about_request(request.id)
    return message(view.mentee, say(head), *paragraphs(request.question), small(how), press(answer))


def clarified(view: RequestView) -> Message:
    """The same question, once it needs no answer any more."""
    return questions.closed(view.mentee, questions.head(view.scheme, "about your request"), view.questions)


def asked_again(view: RequestView) -> Message:
    """The same, once there is a later question."""
    return questions.overtaken(view.mentee, view.scheme)


def turned_down(view: RequestView) -> Message:
    """The office could not approve it; why, and what can be done."""
    request, scheme = view.request, view.scheme
    what = what_failed(view).replace(" it", f" your mentoring request on {title_of(view)}")
    head = f"The {scheme.words.office} could not {what}."
    wrote = quoted(f"The {scheme.words.office} writes:", request.reply) if request.reply else ()
    trouble = f"You can send another one, which starts with what you wrote. Questions are welcome at {scheme.contact}."
    again = (press(buttons.create_request()),) if request.state == "turned_down" else ()
    return message(view.mentee, say(head), *wrote, small(trouble), *again)


def choose_again(view: RequestView) -> Message:
    """Nobody on the list could take it on: more can be chosen under the same approval, or the office takes it up."""
    theirs = "assign" not in route_of(view.request, view.scheme).steps
    head = f"Nobody {'on your list' if theirs else 'whom we have asked'} was able to take it on this time."
    failed = (each for each in list_words.asked_by_mentee(view) if each.invitation.state not in {"open", "accepted"})
    tried = Facts(tuple((each.mentor.name, (list_words.HOW[each.invitation.state],)) for each in failed))
    can_find = allowed(rules.may_find_mentors, view.request)
    then = say(_find_others(view)) if can_find else small(*state_runs(view))
    return message(view.mentee, say(head), tried, then, press(*mentee_buttons(view)))


def _find_others(view: RequestView) -> str:
    request, scheme = view.request, view.scheme
    naming = request.state == "naming"
    first = "the first who can be asked is asked" if naming else "the first is asked"
    press_ = f"ress {'Name mentors to name' if naming else 'Find mentors to choose'} others"
    if walk.goes_to(request, scheme, view.now) == "review":
        return f"P{press_}; the {scheme.words.office} looks at them first."
    holds = "Your approval still holds: p" if request.approved_at else "P"
    return f"{holds}{press_}, and {first} at once."


def expired(view: RequestView) -> Message:
    """Silence ended the request: nothing is lost, and what can be done next."""
    silent = next(
        (each for each in reversed(list_words.asked_by_mentee(view)) if each.invitation.state == "expired"), None
    )
    window = view.scheme.route.reply_within
    within = f" within {window.words}" if window else " in time"
    head = f"{silent.mentor.name if silent else 'The mentor'} did not answer{within}, so this request has ended."
    trouble = "You can send a new one at once: it starts with what you wrote."
    approved = rules.still_approved(view.request, view.scheme, view.now)
    then = f"{trouble} {next_steps.again(view.scheme, approved=approved)}"
    return message(view.mentee, say(head), say(then), press(buttons.create_request()))


def mentee_buttons(view: RequestView) -> tuple[Button, ...]:
    """What the mentee can do about the request as it stands, the first thing first."""
    request, id_ = view.request, view.request.id
    pressed: list[Button] = []
    if allowed(rules.may_find_mentors, request):
        pressed.append(_finding(request))
    asked_back = allowed(rules.may_answer_office, request)
    if asked_back:
        pressed.append(buttons.answer_about_request(id_))
    pressed.append(buttons.view_request(id_, "your mentoring request"))
    if allowed(rules.may_change, request) and not asked_back:
        pressed.append(buttons.change_request(id_))
    if allowed(rules.may_withdraw, request):
        pressed.append(buttons.withdraw(id_))
    return (*pressed, *(button for each in view.open[:2] for button in exchange.write_to(view, each)))


_NOBODY = "Nobody is being asked now."


def withdraw_form(view: RequestView) -> Form:
    """Withdrawing asks first."""
    is_told = "are told" if len(view.open) > 1 else "is told"
    told = f"{names_of(view.open)} {is_told} that no answer is needed any more." if view.open else _NOBODY
    if view.offers:
        told = f"{names_of((*view.open, *view.offers))} hear that no answer is needed any more."
        told = told.replace(" hear ", " hears ") if len((*view.open, *view.offers)) == 1 else told
    parts = (
        say(f"Withdraw your request on {title_of(view)}?"),
        small(f"{told} You can send a new request at any time; what you wrote is kept."),
    )
    return Form(Verb.WITHDRAW, "Withdraw request", parts, subject=view.request.id, submit="Withdraw")


def withdrawn() -> Notice:
    """The answer to withdrawing."""
    text = "Your request is withdrawn. You can send a new one at any time; what you wrote is kept."
    return notice("Withdrawn", text, press(buttons.create_request()))


def given_back(view: RequestView) -> Message:
    """The office leaves the choice to the mentee again, with a few words."""
    wrote = quoted(f"The {view.scheme.words.office} writes:", view.request.reply) if view.request.reply else ()
    head = say("You can choose again for your mentoring request on ", Bold(title_of(view)), ".")
    return message(view.mentee, head, *wrote, small(*state_runs(view)), press(*mentee_buttons(view)))
