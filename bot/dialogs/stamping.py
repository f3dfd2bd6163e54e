"""Where a bot runs several schemes: everything that can be pressed says which one it belongs to, and so does every
message. Whoever words a message need not think of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from bot.dialogs.parts import Buttons, Form, Message, Note, Notice, Part, Reply
from bot.schemes.scheme import Scheme

OnePart = TypeVar("OnePart", bound=Part)


def parts_of(parts: Sequence[OnePart], scheme: Scheme) -> tuple[OnePart, ...]:
    """The parts, their buttons the scheme's."""
    return tuple(_part(part, scheme) for part in parts)


def _part(part: OnePart, scheme: Scheme) -> OnePart:
    if not isinstance(part, Buttons):
        return part
    return replace(part, buttons=tuple(replace(button, scheme=scheme.key) for button in part.buttons))


def reply_of(reply: Reply, scheme: Scheme) -> Reply:
    """An answer to a click in this scheme."""
    match reply:
        case Form():
            return replace(reply, scheme=scheme.key, parts=parts_of(reply.parts, scheme))
        case Notice():
            return replace(reply, parts=parts_of(reply.parts, scheme))
        case _:
            return reply


def message_of(message: Message, scheme: Scheme) -> Message:
    """A message in this scheme, headed by its name."""
    parts = (Note((scheme.name,)), *parts_of(message.parts, scheme))
    return Message(f"{scheme.name}: {message.text}", parts)
