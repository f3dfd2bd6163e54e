"""Words for what passes inside an open invitation: who wrote what when, and the way to write back."""

from bot.dialogs.parts import Bold, Button, Heading, Part, When, paragraphs
from bot.dialogs.view_models.requests import Asked, InvitationView, RequestView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import press, say
from bot.lifecycle.exchange import Written, may_write
from bot.lifecycle.people import Person
from bot.lifecycle.step import allowed

LATEST = 3
"""How many messages of one invitation stand in a view of the whole request; all are one press away."""


def write(view: InvitationView, reader: Person) -> tuple[Button, ...]:
    """The way to write to the other, where there is one."""
    other = view.mentee if reader.id == view.mentor.id else view.mentor
    may = allowed(may_write, view.request, view.invitation.id, reader.id, len(view.exchange), view.scheme, view.now)
    return (buttons.write_to_them(view.invitation.id, other.name),) if may else ()


def write_to(view: RequestView, asked: Asked) -> tuple[Button, ...]:
    """The same for the mentee, of one mentor on their list."""
    id_ = asked.invitation.id
    written = len(view.exchanges.get(id_, ()))
    may = allowed(may_write, view.request, id_, view.mentee.id, written, view.scheme, view.now)
    return (buttons.write_to_them(id_, asked.mentor.name),) if may else ()


def said(messages: tuple[Written, ...], *people: Person) -> tuple[Part, ...]:
    """What has been written, oldest first: who, when, what."""
    names = {each.id: each.name for each in people}
    parts: list[Part] = [Heading("Messages")] if messages else []
    for each in messages:
        parts += [say(Bold(names.get(each.author, "–")), " · ", When(each.at)), *paragraphs(each.text)]
    return tuple(parts)


def of_invitation(view: InvitationView) -> tuple[Part, ...]:
    """All that has passed inside one invitation."""
    return said(view.exchange, view.mentee, view.mentor)


def of_request(view: RequestView) -> tuple[Part, ...]:
    """The latest inside each invitation that is open, for its mentee, and the way to write."""
    parts: list[Part] = []
    for each in (*view.open, *view.offers):
        parts += said(view.exchanges.get(each.invitation.id, ())[-LATEST:], view.mentee, each.mentor)
        pressed = write_to(view, each)
        parts += [press(*pressed)] if pressed else []
    return tuple(parts)
