"""Words for writing to each other before anybody has decided: the window, the message, and that it was sent."""

from bot.dialogs.own_fields import MESSAGE
from bot.dialogs.parts import Bold, Button, Form, Message, Notice, Part, paragraphs
from bot.dialogs.view_models.requests import InvitationView, WrittenView
from bot.dialogs.wording import exchange, invitations, offers
from bot.dialogs.wording.builders import message, notice, press, say, small
from bot.dialogs.wording.request_states import title
from bot.lifecycle.exchange import MOST
from bot.lifecycle.people import Person
from bot.lifecycle.request import asked_person
from bot.lifecycle.vocabulary import Verb


def write_form(view: InvitationView, reader: Person) -> Form:
    """What has passed so far, and a box to write in."""
    other = view.mentee if reader.id == view.mentor.id else view.mentor
    called = title(view.request.answers, view.scheme)
    left = MOST - len(view.exchange)
    rest = "1 more message" if left == 1 else f"{left} more messages"
    parts: tuple[Part, ...] = (
        say("You and ", Bold(other.name), f", about the request on {called}."),
        *exchange.of_invitation(view),
        MESSAGE,
        small(f"Only the two of you can read this; the {view.scheme.words.office} cannot. There is room for {rest}."),
    )
    return Form(Verb.WRITE, "Write to them", parts, view.invitation.id, "Send")


def sent(view: InvitationView, reader: Person) -> Notice:
    """The answer to writing."""
    other = view.mentee if reader.id == view.mentor.id else view.mentor
    return notice("Sent", f"{other.first} has your message and can write back. Nothing is decided by it.")


def written(view: WrittenView) -> Message:
    """What the other wrote, with the way to write back, and to answer where the reader is asked."""
    invitation, reader = view.invitation, view.reader
    author = invitation.mentee if reader.id == invitation.mentor.id else invitation.mentor
    called = title(invitation.request.answers, invitation.scheme)
    head = say(Bold(author.name), " writes to you about the request on ", Bold(called), ":")
    pressed = _pressed(invitation, reader)
    return message(reader, head, *paragraphs(view.message.text), *((press(*pressed),) if pressed else ()))


def _pressed(view: InvitationView, reader: Person) -> tuple[Button, ...]:
    if reader.id != asked_person(view.request, view.invitation):
        return exchange.write(view, reader)
    if not invitations.waits(view):
        return ()
    return offers.buttons(view) if view.invitation.asker == "mentor" else invitations.buttons(view)
