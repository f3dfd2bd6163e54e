"""The answer to what somebody types: what they asked to know, and the buttons of their Home that do what they mean."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.dialogs.home import home
from bot.dialogs.parts import Bold, Button, Buttons, Home, Note, Notice, Paragraph, Shown
from bot.dialogs.understanding import Meaning, meaning_of, names
from bot.dialogs.view_models.home import HomeView
from bot.dialogs.wording import help as helping
from bot.dialogs.wording import pairs
from bot.dialogs.wording.builders import HOME, notice, press, rows, say, small
from bot.dialogs.wording.request_states import state_runs, title_of
from bot.lifecycle.membership import outside
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import ROLES, Role
from bot.schemes.scheme import Scheme

MOST: Final = 10
"""Buttons in one answer; Home has the rest."""

_DO_IT: Final[Mapping[Meaning, frozenset[Verb]]] = {
    Meaning.JOIN: frozenset({Verb.OPEN_JOIN, Verb.WAIT_FOR_PLACE, Verb.STOP_WAITING}),
    Meaning.CONNECTIONS: frozenset(
        {Verb.OPEN_CONNECTION, Verb.OPEN_REQUEST, Verb.OPEN_FIND, Verb.OPEN_REQUEST_VIEW, Verb.OPEN_SEEKERS}
    ),
    Meaning.SESSIONS: frozenset(
        {Verb.OPEN_SCHEDULE, Verb.OPEN_PLAN, Verb.CONFIRM_SESSION, Verb.CONFIRM_ALL, Verb.OPEN_CANCEL_SESSION,
         Verb.COMPLETE, Verb.OPEN_ADD_SESSION, Verb.OPEN_CONNECTION}
    ),
    Meaning.HOURS: frozenset({Verb.OPEN_HOURS}),
    Meaning.PORTFOLIO: frozenset({Verb.OPEN_PORTFOLIO}),
    Meaning.PREFERENCES: frozenset({Verb.OPEN_PREFERENCES}),
    Meaning.PROFILE: frozenset({Verb.OPEN_PROFILE}),
    Meaning.REMINDERS: frozenset({Verb.OPEN_REMINDERS}),
    Meaning.PAUSE: frozenset({Verb.OPEN_PAUSE, Verb.RESUME, Verb.OPEN_CONNECTION}),
    Meaning.LEAVE: frozenset({Verb.OPEN_LEAVE, Verb.OPEN_WITHDRAW}),
    Meaning.DATA: frozenset({Verb.OPEN_LEAVE}),
    Meaning.CONCERN: frozenset({Verb.OPEN_RAISE_CONCERN, Verb.OPEN_CONCERN}),
}  # fmt: skip


_BY_PEOPLE: Final = frozenset({Meaning.DATA, Meaning.CONCERN})
"""What a person sees to: nothing else is put forward besides."""


def answer(views: Sequence[HomeView], typed: str) -> Notice | None:
    """The answer to words that are understood, in all the schemes there are; None: they are not."""
    page = home(views)
    named = [button for button in _on(page) if names(typed, button.label) or names(typed, button.spoken)]
    meaning = meaning_of(typed)
    if named:
        return _found((), named)
    if meaning is None:
        return None
    first = views[0].me.first
    match meaning:
        case Meaning.GREETING:
            return _with_next(f"Hello {first}.", _next(page, views))
        case Meaning.THANKS:
            return notice(helping.TITLE, f"You are welcome, {first}.")
        case Meaning.HOME:
            return notice(helping.TITLE, "", say("Everything is on Home: ", HOME, "."), *_next(page, views))
        case Meaning.HELP:
            return _help(views)
        case Meaning.SOMEBODY:
            return notice(helping.TITLE, "", *helping.people(_schemes(views)))
        case Meaning.CONNECTIONS | Meaning.SESSIONS:
            head = _connections(views)
        case Meaning.DATA:
            ask = "Would you like what is kept about you to be shown to you, or deleted? A person sees to that."
            head = (say(ask), *helping.people(_schemes(views)))
        case Meaning.CONCERN:
            head = helping.concern(_schemes(views))
        case _:
            head = ()
    own = home([replace(view, waiting_list=None, concerns=()) for view in views])
    found = [button for button in _on(own) if button.verb in _DO_IT[meaning]]
    if found:
        return _found(head, found)
    running = [view for view in views if view.powers] if meaning == Meaning.JOIN else []
    if running:
        return helping.ways_in(running[0].scheme, _open_to(running[0]))
    if not head:
        return _with_next("There is nothing of that kind for you at the moment.", _next(page, views))
    return notice(helping.TITLE, "", *head, *(_next(page, views) if meaning not in _BY_PEOPLE else ()))


def not_understood(views: Sequence[HomeView]) -> Notice:
    """Words that mean nothing to the bot: nobody reads them, and it says so, with what comes next and whom to write
    to."""
    sorry = "I am sorry, that is beyond the few words I know, and nobody else reads what is typed here."
    text = f"{sorry} Home has everything you can do."
    return notice(helping.TITLE, text, *_next(home(views), views), *helping.people(_schemes(views)))


def _schemes(views: Iterable[HomeView]) -> list[Scheme]:
    return [view.scheme for view in views]


def _on(page: Home) -> list[Button]:
    """All that can be pressed on a Home."""
    found = (button for part in page.parts if isinstance(part, Buttons) for button in part.buttons)
    return list(dict.fromkeys(found))


def _next(page: Home, views: Sequence[HomeView]) -> tuple[Shown, ...]:
    """What is to be done first on their Home, with its words; for somebody new, the ways in."""
    above = list[Shown]()
    for part in page.parts:
        if isinstance(part, Buttons):
            if any(button.style == "primary" for button in part.buttons):
                return (*above, part)
            above = []
        else:
            above = [*above, part] if isinstance(part, Paragraph | Note) else []
    new = not any(view.members or view.powers for view in views)
    return _each([button for button in _on(page) if button.verb == Verb.OPEN_JOIN]) if new else ()


def _with_next(head: str, following: tuple[Shown, ...]) -> Notice:
    then = "This comes next for you:" if following else "Nothing waits for you; we write when something comes."
    return notice(helping.TITLE, f"{head} {then}", *following)


def _help(views: Sequence[HomeView]) -> Notice:
    if len(views) > 1:
        return helping.of_several(_schemes(views))
    return helping.member_help(views[0].scheme, _open_to(views[0]))


def _open_to(view: HomeView) -> list[Role]:
    """The roles in which the person has no part yet."""
    return [role for role in ROLES if outside(view.members.get(role))]


def _connections(views: Sequence[HomeView]) -> tuple[Shown, ...]:
    """Whom they are connected with, or would like to be, and how it stands."""
    parts = list[Shown]()
    for seen in (seen for view in views for seen in view.pairs):
        parts += [pairs.whom(seen), small(*pairs.status_line(seen))]
    if not parts:
        parts.append(say("You are not connected with anybody yet."))
    for asked in (view.request for view in views if view.request and view.request.request.state != "accepted"):
        parts += [say("Your request: ", Bold(title_of(asked))), small(*state_runs(asked))]
    return tuple(parts)


def _found(head: Collection[Shown], found: Sequence[Button]) -> Notice:
    text = "" if head else "This is where you can do that:"
    return notice(helping.TITLE, text, *head, *_each(found[:MOST]))


def _each(found: Sequence[Button]) -> tuple[Shown, ...]:
    """Side by side; under its own words each, where two look the same."""
    if len({button.label for button in found}) == len(found):
        return rows(found)
    return tuple(part for button in found for part in (small(button.spoken or button.label), press(button)))
