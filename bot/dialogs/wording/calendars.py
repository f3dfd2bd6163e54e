"""Words about one's own calendar: the files, and the private address that it fetches."""

from typing import Final

from bot.dialogs.parts import Button, Facts, Form, Heading, Part, When
from bot.dialogs.view_models.sessions import CalendarView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import press, say, small
from bot.lifecycle import calendars as rules
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb

TITLE: Final = "Connect your calendar"

_WHERE: Final = (
    ("Outlook", "Calendar, then Add calendar, then Subscribe from web"),
    ("Google Calendar", "On a computer: + beside Other calendars, then From URL"),
    ("Apple Calendar", "On a Mac: File, then New Calendar Subscription"),
)
"""Where each asks for an address, in its own words."""


def form(view: CalendarView) -> Form:
    """Both ways, with what can be done about the address; and what the other way round proposed times follow."""
    return _window(view, *_files(view), Heading("A private address"), *_address(view), *_times(view))


def given(view: CalendarView, url: str) -> Form:
    """The address, this once. Nothing beside it makes a new one, which would stop it at a slip."""
    return _window(
        view,
        say("This is your address. Copy it now: it is not shown again, and only you see it."),
        say(url),
        say("Then paste it in your calendar, here:"),
        Facts(tuple((name, (where,)) for name, where in _WHERE)),
        small(
            "Each calendar looks for changes in its own time: some within the hour, Google’s within a day. "
            "Whoever has the address can read your sessions, so pass it on to nobody."
        ),
        press(buttons.stop_address(view.pair.pair.id)),
    )


def stopped(view: CalendarView) -> Form:
    """The answer to Stop."""
    said = "Stopped: nothing is to be read at your address any more. You can take it out of your calendar."
    return _window(view, say(said), *_address(view))


def _window(view: CalendarView, *parts: Part) -> Form:
    return Form(Verb.OPEN_CALENDAR, TITLE, parts, view.pair.pair.id)


def _files(view: CalendarView) -> list[Part]:
    if view.in_outlook:
        itself = f"Your sessions come into the Outlook calendar of {view.pair.me.email} by themselves."
        return [Heading("Outlook"), say(f"{itself} Moved or declined there, they are here too.")]
    file = "Add to calendar on a session’s card brings it to you in a message, as a file that any calendar takes. "
    mailed = f"Whatever is set, moved or cancelled also comes as an invitation by e-mail, to {view.pair.me.email}."
    then = mailed if view.mailed else "When the session moves, press it again."
    return [Heading("Session by session"), say(file, then)]


def _times(view: CalendarView) -> list[Part]:
    what = "Proposed times follow your working hours, and what is set here already. Say when else you are busy or free."
    return [Heading("Times that suit you"), say(what), press(buttons.own_times(view.pair.pair.id))]


def _address(view: CalendarView) -> list[Part]:
    """What it is for, whether there is one, and what can be done."""
    if not allowed(rules.may_have, view.offered):
        return [say("Here a calendar cannot fetch your sessions by itself: Add to calendar is the way."), *_rest(view)]
    what = "With an address of your own, your calendar fetches all your sessions by itself, whoever they are with, and "
    parts: list[Part] = [say(f"{what}follows when one is moved or cancelled.")]
    if view.address is not None:
        since = say("You have had an address since ", When(view.address.made_at, "day"), ".")
        parts += [since, small("It is not shown again. With a new one, the one you have stops at once.")]
    return [*parts, press(*_buttons(view))]


def _rest(view: CalendarView) -> list[Part]:
    """An address from when there were some can still be stopped."""
    return [press(*_buttons(view))] if _buttons(view) else []


def _buttons(view: CalendarView) -> tuple[Button, ...]:
    pair, has_one = view.pair.pair.id, allowed(rules.may_stop, view.address)
    give = (buttons.give_address(pair, again=has_one),) if allowed(rules.may_have, view.offered) else ()
    return (*give, *((buttons.stop_address(pair),) if has_one else ()))
