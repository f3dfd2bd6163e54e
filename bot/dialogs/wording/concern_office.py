"""Words about a concern for whoever takes it up. Their cards say neither whose it is nor what it is about: a screen may
be looked at by others."""

from dataclasses import replace
from datetime import date

from bot.dialogs.own_fields import CONCERN_NOTE, CONCERN_REPLY, CONTACT_ON, UNTIL
from bot.dialogs.parts import Bold, Button, Divider, Facts, Form, Message, Notice, Part, Run, Shown, When
from bot.dialogs.view_models.concerns import ConcernList, ConcernView
from bot.dialogs.wording import buttons_of_concerns as buttons
from bot.dialogs.wording.builders import heading, mention, message, notice, press, quoted, say, small, turning
from bot.dialogs.wording.concern_words import told, waits, with_whom
from bot.lifecycle import concerns as rules
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb

_TITLES = {"open": "Concerns", "closed": "Closed concerns"}


def card(view: ConcernView) -> Message:
    """A concern has come to them."""
    head = say("A concern is yours to take up, reference ", Bold(view.concern.reference), ".")
    private = small("It is private: only you, and whoever has it with you, read it or know that there is one.")
    return message(view.viewer, head, say(*waits(view)), private, press(*handling(view)))


def reminder(view: ConcernView) -> Message:
    """The time to make contact is nearly over."""
    return _news(view, " waits for you.")


def overdue(view: ConcernView) -> Message:
    """It is over."""
    also = f" It is with {with_whom(view)} now." if len(view.keepers) > 1 else ""
    return _news(view, f" should have been taken up by now, and whoever raised it has been told.{also}")


def news(view: ConcernView) -> Message:
    """Its reporter has said something, or somebody who has it is away."""
    last = next((each for each in reversed(view.story) if each.what in {"added", "denied", "away"}), None)
    if last and last.what == "away" and last.person and last.until:
        who = view.people[last.person].name
        return _news(view, " is with you: ", f"{who} is away until ", When(last.until, "day"), ".")
    denied = last is not None and last.what == "denied"
    what = ": whoever raised it says that no contact was made." if denied else ": whoever raised it has said more."
    return _news(view, what)


def _news(view: ConcernView, *what: Run) -> Message:
    head = say("Concern ", Bold(view.concern.reference), *what)
    return message(view.viewer, head, say(*waits(view)), press(*handling(view)))


def handling(view: ConcernView) -> tuple[Button, ...]:
    """What whoever has it can do now."""
    return (buttons.view(view), *_steps(view))


def _steps(view: ConcernView) -> tuple[Button, ...]:
    concern, me, hands = view.concern, view.viewer.id, view.hands
    made = (buttons.contact(view),) if allowed(rules.may_contact, concern, me, hands) else ()
    away = (buttons.away(view),) if allowed(rules.may_be_away, concern, me, hands) else ()
    close = (buttons.close(view),) if allowed(rules.may_close, concern, me, hands) else ()
    last = view.story[-1] if view.story else None
    undo = (buttons.undo(view),) if allowed(rules.may_undo, concern, me, hands, last, view.now) else ()
    return (*made, *away, *close, *undo)


def lines(view: ConcernView) -> tuple[Shown, ...]:
    """It in a list."""
    return (say(Bold(f"Concern {view.concern.reference}"), ". ", *waits(view)), press(*handling(view)))


def view_form(view: ConcernView) -> Form:
    """All of it."""
    concern = view.concern
    facts: tuple[tuple[str, tuple[Run, ...]], ...] = (
        ("From", (mention(view.reporter),)),
        ("About", (mention(view.about),) if view.about else ("The scheme in general",)),
        ("With", (with_whom(view),)),
    )
    parts: list[Part] = [heading(f"Concern {concern.reference}"), say(*waits(view)), Facts(facts)]
    parts += quoted("What happened:", concern.text)
    parts += quoted("How and when to reach them:", concern.reach) if concern.reach else ()
    steps = _steps(view)
    parts += [Divider(), *told(view), *((press(*steps),) if steps else ())]
    return Form(Verb.OPEN_CONCERN, "Concern", tuple(parts), concern.id)


def contact_form(view: ConcernView, today: date) -> Form:
    """Saying that contact has been made."""
    reads = say("Whoever raised it is told that you have made contact, and can say if that is not how it was.")
    parts = (reads, replace(CONTACT_ON, initial=today), CONCERN_NOTE)
    return Form(Verb.CONCERN_CONTACT, "I have made contact", parts, view.concern.id, "I have made contact")


def contact_notice(view: ConcernView) -> Notice:
    """The answer to it."""
    return _done("Whoever raised it has been told that you have made contact.", view)


def away_form(view: ConcernView) -> Form:
    """Saying that one is away."""
    alone = say("Where nobody else has it, whoever raised it is told of the day to which it moves.")
    parts = (alone, say("If you are away for long, it goes to the next in line at once."), UNTIL)
    return Form(Verb.CONCERN_AWAY, "I am away", parts, view.concern.id, "Save")


def away_notice(view: ConcernView) -> Notice:
    """The answer to it."""
    return _done("It is noted.", view)


def close_form(view: ConcernView) -> Form:
    """Closing it."""
    parts = (say("Whoever raised it is told, and can open it again by adding something."), CONCERN_REPLY, CONCERN_NOTE)
    return Form(Verb.CLOSE_CONCERN, "Close concern", parts, view.concern.id, "Close concern")


def closed_notice(view: ConcernView) -> Notice:
    """The answer to it."""
    return _done("The concern is closed, and whoever raised it has been told.", view)


def undone_notice(view: ConcernView) -> Notice:
    """The answer to taking back what was said last."""
    return _done("It is as it was before, and whoever raised it has been told that it was a slip.", view)


def _done(text: str, view: ConcernView) -> Notice:
    steps = _steps(view)
    return notice("Done", text, say(*waits(view)), *((press(*steps),) if steps else ()))


def not_before() -> str:
    """A day before it was raised, said at the field."""
    return "That is before the concern was raised; please check the day."


def concerns_form(listed: ConcernList) -> Form:
    """Those that the viewer takes up, a page at a time."""
    return Form(Verb.OPEN_CONCERNS, _TITLES[listed.shown], _parts(listed), carried={"page": str(listed.page)})


def concerns_notice(listed: ConcernList) -> Notice:
    """The same as the answer to a command."""
    return notice(_TITLES[listed.shown], "", *_parts(listed))


def _parts(listed: ConcernList) -> tuple[Shown, ...]:
    parts: list[Shown] = [say(_count(listed))]
    for each in listed.listed:
        parts += [Divider(), *lines(each)]
    if listed.pages > 1:
        parts += [Divider(), small(f"Page {listed.page + 1} of {listed.pages}")]
    turned = turning(listed.page, listed.pages, lambda label, page: buttons.page(label, listed.shown, page))
    return (*parts, press(*turned, buttons.over("closed" if listed.shown == "open" else "open")))


def _count(listed: ConcernList) -> str:
    what = "open concern" if listed.shown == "open" else "closed concern"
    if not listed.total:
        return f"There is no {what} that you take up."
    many = f"1 {what}" if listed.total == 1 else f"{listed.total:,} {what}s"
    return f"You take up {many}." if listed.shown == "open" else f"You can read {many}."
