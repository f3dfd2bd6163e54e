"""Words about the end of a pair: asking first, what the two hear, and how it stands afterwards. Never why, never whose
fault."""

from dataclasses import replace

from bot.dialogs.own_fields import REASON
from bot.dialogs.parts import Bold, Button, Form, Message, Notice, Part, Run, Shown, When
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.wording import buttons, more_time, sheets
from bot.dialogs.wording.builders import message, notice, press, quoted, say, small
from bot.lifecycle import endings as rules
from bot.lifecycle import pairs as pair_rules
from bot.lifecycle import sheets as sheet_rules
from bot.lifecycle.pairs import Session
from bot.lifecycle.request import OPEN
from bot.lifecycle.sessions import held
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb


def ways_out(view: PairView) -> tuple[Button, ...]:
    """How this party can end it now."""
    pair, other, pressed = view.pair, view.other.name, list[Button]()
    if allowed(rules.may_complete, pair, view.viewer, view.now):
        pressed.append(buttons.complete_connection(pair.id, other))
    if allowed(pair_rules.may_act, pair, view.viewer):
        pressed.append(buttons.remove_connection(pair.id, other))
    return tuple(pressed)


def status_line(view: PairView) -> tuple[Run, ...]:
    """That it has ended, and when."""
    pair = view.pair
    if pair.ended_at is None:
        return ("This connection has ended.",)
    when = When(pair.ended_at, "day")
    match pair.end:
        case "completed":
            return ("Completed on ", when, ".")
        case "time":
            return ("Its time was over on ", when, ".")
        case _:
            return ("Ended on ", when, ".")


def announced(view: PairView) -> tuple[Shown, ...]:
    """That its time is nearly over, and what there has been."""
    ends: tuple[Run, ...] = (When(view.pair.ends_at, "day"),) if view.pair.ends_at else ()
    head = say("Your mentoring with ", Bold(view.other.name), " ends on ", *ends, ".")
    return (head, small(f"{looked_back(view)} A last session is a good place to look back together."))


def looked_back(view: PairView) -> str:
    """What there has been: sessions, and goals where some were set."""
    met = held(view.pair)
    times = {0: "You have not met yet", 1: "You have met once"}.get(met, f"You have met {met} times")
    return f"{times}.{_goals(view)}"


def before_end(view: PairView) -> tuple[Button, ...]:
    """What can be done before it ends."""
    return (*more_time.button(view), *sheets.of_pair(view)[:2], buttons.view_pair(view.pair.id, view.other.name))


def remove_form(view: PairView) -> Form:
    """Removing asks first: what happens next, and a reason for the office alone."""
    other, office = view.other, view.scheme.words.office
    parts: list[Part] = [
        say(f"{other.name} hears that your connection has ended, and not why."),
        say(_then_if_removed(view)),
        *_ahead(view),
        replace(REASON, hint=f"Leave it empty if you like. Only the {office} can read it."),
    ]
    return Form(Verb.REMOVE_CONNECTION, "Remove connection", tuple(parts), view.pair.id, "Remove connection")


def _then_if_removed(view: PairView) -> str:
    if _searches(view):
        return "You can look for another mentor at once."
    free = "Your place for a mentee is free again, and " if view.scheme.capacity.counted_by == "number" else ""
    return f"{free}{view.other.first} can look for another mentor at once."


def complete_form(view: PairView) -> Form:
    """Ending as completed asks first."""
    parts: list[Part] = [
        say(f"Your mentoring with {view.other.name} ends as completed, and {view.other.first} is told with thanks."),
        say("Both of you can look back at it on Home."),
        *_ahead(view),
    ]
    return Form(Verb.COMPLETE_CONNECTION, "End connection", tuple(parts), view.pair.id, "End connection")


def _ahead(view: PairView) -> list[Shown]:
    return [_off(each, "will be off") for each in rules.ahead(view.pair, view.now)]


def _off(session: Session, how: str) -> Shown:
    """A session that does not take place."""
    at: tuple[Run, ...] = (" on ", When(session.starts_at)) if session.starts_at else ()
    return say(f"Session {session.number}", *at, f" {how}.")


def removed_notice(view: PairView) -> Notice:
    """The answer to Remove connection."""
    told = f"Your connection with {view.other.name} has ended, and {view.other.first} has been told."
    search = _search(view)
    return notice("Removed", told, say(_then(view)), *((press(*search),) if search else ()))


def completed_notice(view: PairView) -> Notice:
    """The answer to ending it as completed."""
    told = f"Your mentoring with {view.other.name} is completed, and {view.other.first} has been told."
    return notice("Completed", told, say("Thank you for all you have put into it."))


def connection_removed(view: PairView) -> Message:
    """The other hears that it has ended: kindly, and not why."""
    if view.pair.end == "left":
        left = " is no longer in the scheme, so your mentoring connection has ended. It says nothing about you."
        return _ended(view, say(Bold(view.other.name), left))
    head = say(Bold(view.other.name), " has ended your mentoring connection. Plans change: it says nothing about you.")
    return _ended(view, head)


def connection_completed(view: PairView) -> Message:
    """Both are thanked."""
    head = say("You and ", Bold(view.other.name), f" have completed your mentoring.{_met(view)}{_goals(view)}")
    return _ended(view, head, say("Thank you both for the time and the trust that you put into it."))


def _met(view: PairView) -> str:
    """How often the two met, as a sentence after others; nothing where they never did."""
    met = held(view.pair)
    return {0: "", 1: " You met once."}.get(met, f" You met {met} times.")


def _goals(view: PairView) -> str:
    """How many goals were reached, as a sentence after others; nothing where none were set."""
    done, every = sheet_rules.goals_reached(view.scheme, view.pair, view.sheets, view.viewer)
    return f" You reached {done} of {every} goals." if every else ""


def connection_ended(view: PairView) -> Message:
    """The office has ended it, with its words if it wrote some."""
    office, reply = view.scheme.words.office, view.pair.reply
    head = say(f"The {office} has ended your mentoring connection with ", Bold(view.other.name), ".")
    wrote = quoted(f"The {office} writes:", reply) if reply else ()
    warm = "Thank you for the time you have given. Mentoring moves on, and this says nothing about you."
    thanks = (say(warm),) if view.viewer == view.pair.mentor else ()
    return _ended(view, head, *wrote, *thanks)


def connection_over(view: PairView) -> Message:
    """Its time is over."""
    head = say("Your mentoring with ", Bold(view.other.name), " has come to its planned end. Thank you both.")
    back = f"{_met(view)}{_goals(view)}".strip()
    return _ended(view, head, *((say(back),) if back else ()))


def _ended(view: PairView, *said: Shown) -> Message:
    """What has happened, which sessions are off, what can be done next; and whom to talk to, where it came early."""
    off = [_off(each, "is off") for each in rules.called_off(view.pair)]
    early = view.pair.end in {"removed", "left", "office"}
    talk = f"Would you like to talk about it? The {view.scheme.words.office} is at {view.scheme.contact}."
    look = buttons.view_pair(view.pair.id, view.other.name)
    asked = sheets.afterwards(view) if not early else ()
    pressed = (*asked, *_search(view), look)
    return message(view.me, *said, *off, say(_then(view)), *((small(talk),) if early else ()), press(*pressed[:5]))


def _then(view: PairView) -> str:
    """What follows for this reader."""
    if view.viewer == view.mentee.id and not _searches(view):
        found = view.next_request is not None and view.next_request.state == "accepted"
        return "You have a new mentor by now." if found else "Your next request is under way: Home says how it stands."
    if _searches(view):
        return "You can look for another mentor at once: a new request starts with what you wrote last."
    if view.scheme.capacity.counted_by == "flag":
        return "Your profile says whether others can ask you."
    return "Your place for a mentee is free again."


def _search(view: PairView) -> tuple[Button, ...]:
    return (buttons.create_request(),) if _searches(view) else ()


def _searches(view: PairView) -> bool:
    """Whether this reader is the mentee, and nothing has come in its place: the office may have asked somebody else in
    the same moment."""
    after = view.next_request
    return view.viewer == view.mentee.id and (after is None or after.state not in OPEN | {"accepted"})
