"""Words about pausing and going on, for a mentor and for the two of a pair. Never whose fault."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.dialogs import own_fields as own
from bot.dialogs.parts import Bold, Button, Form, Message, Note, Notice, Part, Run, When
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.standing import StandingView
from bot.dialogs.wording import buttons, buttons_of_office
from bot.dialogs.wording.builders import cut, message, notice, office_message, press, say, small
from bot.lifecycle import standing as rules
from bot.lifecycle.pairs import may_act
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb

_AT_MOST: Final = 40
"""So many things one form asks about; what comes after them goes on as it is."""


def pause_form(view: StandingView) -> Form:
    """Until when, and what becomes of each request and mentee."""
    parts: list[Part] = [
        say("Nobody asks you until the day you are back, and then you can be asked again by itself."),
        own.UNTIL,
    ]
    for asked in view.invitations[:_AT_MOST]:
        label = cut(f"The request of {asked.mentee.name}", 150)
        parts.append(own.choice_about(asked.invitation.id, label, (own.STILL_ANSWER, own.HAND_ON)))
    for seen in view.pairs[: _AT_MOST - len(view.invitations)]:
        label = cut(f"Your mentoring with {seen.other.name}", 150)
        parts.append(own.choice_about(seen.pair.id, label, (own.GO_ON, own.REST)))
    return Form(Verb.PAUSE, "Pause", tuple(parts), "mentor", "Pause")


def paused(view: StandingView) -> Notice:
    """The answer to Pause."""
    until: tuple[Run, ...] = (" until ", When(view.member.paused_until, "day")) if view.member.paused_until else ()
    return notice("Paused", "", say("Nobody asks you", *until, ". Resume on Home ends it before."))


def resumed() -> Notice:
    """The answer to Resume."""
    return notice("Welcome back", "You can be asked again from now on.")


def state(view: MemberView) -> tuple[Note, ...]:
    """How a mentor stands, where nobody asks them for now."""
    member = view.member
    if rules.paused(member, view.now) and member.paused_until:
        return (small("You pause until ", When(member.paused_until, "day"), ": nobody asks you before."),)
    if rules.rests(member, view.now) and member.rests_until:
        return (small("Nobody else asks you before ", When(member.rests_until, "day"), ", unless you press Resume."),)
    return ()


def button(view: MemberView) -> tuple[Button, ...]:
    """Pause, or its end."""
    if allowed(rules.may_resume, view.member, view.now):
        return (buttons.resume(),)
    return (buttons.pause(),) if allowed(rules.may_pause, view.member) else ()


def pause_over(view: MemberView) -> Message:
    """The mentor hears that their pause is over."""
    if not allowed(rules.may_pause, view.member):
        return message(view.person, say("Your pause is over."))
    head = say("Welcome back: your pause is over, and you can be asked again.")
    return message(view.person, head, small("Is it too early? You can pause for longer."), press(buttons.pause()))


def mentor_paused(view: MemberView) -> Message:
    """Whoever has been silent more than once hears, kindly, that nobody asks them for a while."""
    until: tuple[Run, ...] = (" before ", When(view.member.paused_until, "day")) if view.member.paused_until else ()
    busy = "Requests have passed without an answer, so this may be a busy time. Nobody asks you"
    head = say(busy, *until, ".")
    if not allowed(rules.may_resume, view.member, view.now):
        return message(view.person, say("You can be asked again. Thank you."))
    return message(view.person, head, small("Are you free after all? Press Resume."), press(buttons.resume()))


def mentor_silent(view: MemberView) -> Message:
    """The office sees that a mentor was silent more than once."""
    until: tuple[Run, ...] = (" until ", When(view.member.paused_until, "day")) if view.member.paused_until else ()
    if not rules.paused(view.member, view.now):
        return office_message(say(Bold(view.person.name), " can be asked again."))
    told = f" has left {view.member.silences} requests in a row without an answer and is paused"
    look = buttons_of_office.view_member(view.member.id, view.person.name)
    return office_message(say(Bold(view.person.name), told, *until, "."), press(look))


def rest_form(view: PairView) -> Form:
    """Until when the two rest."""
    parts = (
        say(f"Nobody reminds you and {view.other.name} of anything until then, and {view.other.first} is told."),
        replace(own.UNTIL, label="We go on from"),
        small("Sessions that are set stay as they are. Either of you can go on before."),
    )
    return Form(Verb.REST, "Pause", parts, view.pair.id, "Pause")


def rest_buttons(view: PairView) -> tuple[Button, ...]:
    """Pause for the two, or its end."""
    if allowed(rules.may_go_on, view.pair, view.viewer, view.now):
        return (buttons.go_on(view.pair.id, view.other.name),)
    return (buttons.rest(view.pair.id, view.other.name),) if allowed(may_act, view.pair, view.viewer) else ()


def rest_state(view: PairView) -> Sequence[Note]:
    """That the two rest, and until when."""
    until = view.pair.rests_until
    if until is None or not allowed(rules.may_go_on, view.pair, view.viewer, view.now):
        return ()
    return (small("You rest until ", When(until, "day"), ": nobody reminds you before."),)


def pair_rests(view: PairView) -> Message:
    """The other hears that the two rest."""
    until = view.pair.rests_until
    if until is None:
        return pair_goes_on(view)
    head = say(
        Bold(view.other.name), " pauses your mentoring until ", When(until, "day"), ". Nobody reminds you before."
    )
    return message(view.me, head, small("Sessions that are set stay as they are."), press(*_look(view)))


def pair_goes_on(view: PairView) -> Message:
    """The two go on."""
    head = say("Your mentoring with ", Bold(view.other.name), " goes on.")
    return message(view.me, head, press(*_look(view)))


def _look(view: PairView) -> tuple[Button, ...]:
    look = buttons.view_pair(view.pair.id, view.other.name)
    return (*rest_buttons(view), look) if view.pair.rests_until else (look,)


def rests_notice(view: PairView) -> Notice:
    """The answer to pausing a pair."""
    until: tuple[Run, ...] = (" until ", When(view.pair.rests_until, "day")) if view.pair.rests_until else ()
    return notice("Paused", "", say(f"You and {view.other.name} rest", *until, f"; {view.other.first} has been told."))


def goes_on_notice(view: PairView) -> Notice:
    """The answer to going on."""
    return notice(
        "Welcome back", f"Your mentoring with {view.other.name} goes on, and {view.other.first} has been told."
    )
