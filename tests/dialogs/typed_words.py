"""What some people type, and what they read then."""

from collections.abc import Iterator

from bot.dialogs import typed
from bot.dialogs.parts import Notice
from bot.schemes.scheme import Scheme
from tests.dialogs import sample_views as some

TYPED = (
    "hello", "help", "menu", "join", "I need a mentor", "who is my mentor?", "When is my next session?", "preferences",
    "stop reminding me", "I’m away", "leave", "delete my data", "thank you", "talk to a human", "I have a concern",
    "view",
)  # fmt: skip
"""A dozen and a label."""
BY = ("stranger", "request choosing", "connection, mentee: session ahead", "mentor is asked", "office")


def answers(held: Scheme = some.SCHEME) -> Iterator[tuple[str, Notice]]:
    """Each of them from each of these people, and what is not understood."""
    for name, home in some.homes(held).items():
        if name in BY:
            for text in TYPED:
                answered = typed.answer([home], text)
                if answered:
                    yield f"typed, {text}, {name}", answered
            yield f"typed, not understood, {name}", typed.not_understood([home])
