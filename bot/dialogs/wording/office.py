"""Words for the scheme's office: what waits for it, and what came of what it did."""

from bot.dialogs.parts import Bold, Button, Divider, Form, Message, Note, Notice, Run, Shown, When
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.office import Waiting, WaitingList
from bot.dialogs.view_models.requests import RequestView
from bot.dialogs.wording import buttons_of_office, request_cards, request_states, reviews
from bot.dialogs.wording.builders import notice, office_message, one_primary, press, say, small, turning
from bot.dialogs.wording.buttons_of_rounds import look
from bot.lifecycle import permissions
from bot.lifecycle.gates import training_wanted
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import Actor
from bot.lifecycle.rounds import may_look_ahead as may_run
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Power

TITLE = "Waiting for the office"


def lines(waiting: Waiting, viewer: Actor) -> tuple[Shown, ...]:
    """One thing that waits, in the waiting list: who, what, since when, and what can be done."""
    name, what, power, about, pressed = _case(waiting.view)
    head = say(Bold(name), f" {what}")
    if not allowed(permissions.office, viewer, power, about):
        return (head, _since(waiting, " This is about you: another member of the office decides it."))
    return (head, _since(waiting), press(*pressed))


def _case(view: MemberView | RequestView) -> tuple[str, str, Power, str, tuple[Button, ...]]:
    """Who is concerned, what they would like, the power that decides it, the person's id, and what can be pressed."""
    if isinstance(view, MemberView):
        person, wish = view.member.person, reviews.wish(view)
        return view.person.name, wish, "approve_members", person, reviews.office_buttons(view)
    what = f"asks for a mentor: {request_states.title_of(view)}"
    power, mentee = permissions.power_over(view.request), view.request.mentee
    return view.mentee.name, what, power, mentee, request_cards.office_buttons(view)


def _since(waiting: Waiting, more: str = "") -> Note:
    words = "Overdue: waiting since " if waiting.overdue else "Waiting since "
    runs: tuple[Run, ...] = (words, When(waiting.since, "day"), f".{more}")
    return small(*runs)


def waiting_list_form(listed: WaitingList) -> Form:
    """The whole waiting list, a page at a time."""
    return Form(Verb.OPEN_QUEUE, TITLE, one_primary(waiting_list_parts(listed)), carried={"page": str(listed.page)})


def waiting_list_notice(listed: WaitingList) -> Notice:
    """The waiting list as the answer to a command."""
    return notice(TITLE, "", *waiting_list_parts(listed))


def waiting_list_parts(listed: WaitingList) -> tuple[Shown, ...]:
    """The waiting list's lines with its pages."""
    parts: list[Shown] = [say(_count(listed.total))]
    many = listed.total > 1 and listed.viewer.powers & {"approve_members", "approve_requests"}
    rounds_here = allowed(may_run, listed.viewer, listed.scheme) and any(map(_to_assign, listed.waiting))
    pressed = [*([buttons_of_office.approve_all("queue")] if many else []), *([look()] if rounds_here else [])]
    parts += [press(*pressed)] if pressed else []
    for waiting in listed.waiting:
        parts += [Divider(), *lines(waiting, listed.viewer)]
    pages = turning(listed.page, listed.pages, buttons_of_office.waiting_list_page)
    if pages:
        parts += [Divider(), small(f"Page {listed.page + 1} of {listed.pages}"), press(*pages)]
    return tuple(parts)


def _to_assign(waiting: Waiting) -> bool:
    return isinstance(waiting.view, RequestView) and waiting.view.request.state == "assigning"


def _count(total: int) -> str:
    if not total:
        return "Nothing waits for the office."
    if total == 1:
        return "One thing waits for the office."
    return f"{total} things wait for the office, the longest-waiting first."


def done(text: str) -> Notice:
    """What came of what the office did."""
    return notice("Done", text)


def let_in(view: MemberView) -> Notice:
    """Somebody may come in."""
    return done(f"{view.person.name} is admitted and has been told what to fill in first.")


def member_approved(view: MemberView) -> Notice:
    """A member is approved."""
    ready = training_wanted(view.member, view.scheme, view.now.date()) is None
    waits = "" if ready else " Requests wait until the training is recorded: press Record training under View."
    return done(f"{view.person.name} is approved as a {view.member.role} and has been told.{waits}")


def request_approved(view: RequestView) -> Notice:
    """A request is approved."""
    first, office = view.mentee.first, view.scheme.words.office
    then = {
        "choosing": f"{first} can choose mentors now", "naming": f"{first} can name mentors now",
        "assigning": f"the {office} can assign a mentor now", "asking": "the first mentor has been asked",
    }.get(view.request.state, f"{first} has been told")  # fmt: skip
    return done(f"The request of {view.mentee.name} is approved; {then}.")


def held(mend: str) -> Message:
    """Messages, or sessions on their way into calendars, wait for something that somebody has to mend."""
    return office_message(
        say(Bold("Messages or calendar entries of the scheme are waiting."), f" To let them out, {mend}."),
        small("They are kept for a week, and go out by themselves within the hour once that is done."),
    )


def unreached(person: Person) -> Message:
    """Somebody the bot cannot write to any more."""
    text = "could not be reached: our message did not get through. They may have left, or removed or blocked this app."
    how = f"Write to them at {person.email}" if person.email else "Reach them in another way"
    after = "from then on our messages arrive, and Home shows them how things stand."
    return office_message(say(Bold(person.name), f" {text}"), small(f"{how}, and ask them to open this app: {after}"))


def told(name: str) -> Notice:
    """The office's words are on their way."""
    return done(f"{name} has been told.")
