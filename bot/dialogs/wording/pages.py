"""Words around the pages of a scheme; what stands on them is in its file."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.dialogs.parts import Bold, Bullets, Button, Form, Link, Shown
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import cut, heading, press, say, small
from bot.lifecycle.sheets import pages_for
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Page


def page(of: Page) -> Form:
    """One page to read."""
    parts: list[Shown] = [heading(of.title), *(say(text) for text in of.text)]
    parts += [Bullets(tuple((Link(each.text, each.url),) for each in of.links))] if of.links else []
    return Form(Verb.OPEN_PAGE, cut(of.title, 24), tuple(parts), of.key)


def listed(readable: Iterable[Page]) -> Form:
    """What there is to read, each with how it begins."""
    parts = list[Shown]()
    for each in readable:
        begins = each.text[0] if each.text else "Links"
        parts += [say(Bold(each.title)), small(cut(begins, 120)), press(buttons.page(each.key, each.title))]
    return Form(Verb.OPEN_PAGES, "To read", tuple(parts) or (say("There is nothing to read at the moment."),))


def of_pair(view: PairView) -> tuple[Button, ...]:
    """The pages for whoever looks at this pair."""
    role: Role = "mentee" if view.role_of_other == "mentor" else "mentor"
    return tuple(buttons.page(each.key, each.title, each.title) for each in pages_for(view.scheme, [role]))


def at_acceptance(view: PairView) -> tuple[Shown, ...]:
    """What comes with the news that two are connected: words to copy, for instance."""
    role: Role = "mentee" if view.role_of_other == "mentor" else "mentor"
    brought = [each for each in pages_for(view.scheme, [role]) if each.at_acceptance]
    return tuple(part for each in brought for part in (say(Bold(each.title)), *(say(text) for text in each.text)))


_PAY: Final[Mapping[str, str]] = {
    "banned": "Mentoring here is free: nobody asks for payment or takes gifts.",
    "hours_exported": "Mentors are paid for the sessions that they hold: how many, and how long, is counted by month, "
    "and nothing of what was said.",
}


def pay(scheme: Scheme) -> str | None:
    """What the scheme shows about pay, if it does."""
    return _PAY.get(scheme.pay)
