"""Words for the office about a mentoring request: its cards, and what can be decided."""

from bot.dialogs import subjects
from bot.dialogs.parts import (
    Bold,
    Button,
    Message,
    Paragraph,
    Run,
    Shown,
)
from bot.dialogs.view_models.requests import RequestView
from bot.dialogs.wording import buttons, buttons_of_office, undoing
from bot.dialogs.wording.builders import (
    decided,
    office_message,
    press,
    say,
    small,
    waiting,
)
from bot.dialogs.wording.request_states import asked_now, outcome, title_of
from bot.lifecycle import requests as rules
from bot.lifecycle.routes.assign import may_assign
from bot.lifecycle.routes.review import may_decide
from bot.lifecycle.step import allowed


def review_card(view: RequestView) -> Message:
    """A request as the office is asked to review it; where a mentor is to be picked for it later, that has a card of
    its own."""
    if view.request.state != "assigning":
        return office_card(view)
    return office_message(
        _asks(view), small(*for_office(view)), *decided(view.decision), press(office_buttons(view)[-1])
    )


def _asks(view: RequestView) -> Paragraph:
    return say(Bold(view.mentee.name), " asks for a mentor: ", Bold(title_of(view)), ".")


def office_card(view: RequestView) -> Message:
    """A request as the office sees it. What the mentee wrote is shown when somebody presses View."""
    mentee = view.mentee
    pressed = office_buttons(view)
    settled = decided(view.decision) if len(pressed) == 1 else ()
    parts: list[Shown] = [_asks(view), small(*for_office(view)), *settled]
    if allowed(rules.may_turn_down, view.request) and rules.enough_mentors(view.scheme, view.mentors_now):
        most = view.scheme.route.mentors_per_mentee
        parts.append(small(f"{mentee.first} has a mentor already; the scheme suggests {most} at one time."))
    back = undoing.button(view.decision, "request", view.request.id, f"the request of {mentee.name}")
    return office_message(*parts, press(*(back if len(pressed) == 1 else ()), *pressed))


def office_buttons(view: RequestView) -> tuple[Button, ...]:
    """What the office can do about a request as it stands; View comes last."""
    id_, whose = view.request.id, f"the request of {view.mentee.name}"
    look = buttons.view_request(id_, whose)
    turn_down = buttons_of_office.turn_down(subjects.case("request", id_), whose)
    if allowed(may_assign, view.request):
        leave = allowed(rules.may_give_back, view.request, view.scheme)
        back = (buttons_of_office.give_back(id_, whose),) if leave else ()
        return (buttons_of_office.assign_mentor(id_, whose), *back, turn_down, look)
    if not allowed(may_decide, view.request):
        return (look,)
    clarify = buttons_of_office.clarify(subjects.case("request", id_), whose)
    return (buttons_of_office.approve_request(id_, whose), clarify, turn_down, look)


def for_office(view: RequestView) -> tuple[Run, ...]:
    """How a request stands, for the office: days only, since its readers may be anywhere."""
    request = view.request
    match request.state:
        case "in_review" | "assigning":
            since = request.waiting_since or request.made_at
            whom = "the office" if request.state == "in_review" else "a mentor"
            return waiting(whom, since, view.scheme, view.now)
        case "clarifying":
            return ("The office has asked a question and waits for the answer.",)
        case "choosing" | "naming":
            approved = "Approved; " if request.approved_at else ""
            chooses = "names mentors" if request.state == "naming" else "chooses whom to ask"
            return (f"{approved}{view.mentee.first} {chooses}.",)
        case "asking":
            return (f"{asked_now(view)} being asked.",)
        case _:
            return (outcome(view),)


def answered(view: RequestView) -> Message:
    """The office hears that the mentee has answered; the request's own card has what can be decided."""
    head = say(Bold(view.mentee.name), " has answered the question about the request on ", Bold(title_of(view)), ".")
    return office_message(head, small(*for_office(view)), press(office_buttons(view)[-1]))
