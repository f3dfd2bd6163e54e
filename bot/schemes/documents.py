"""What a scheme puts before people to accept: an agreement of the two, a learning contract, a code of conduct."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from bot.schemes.fields import Frozen, Key, Misfit, Paragraph, Short


class Document(Frozen):
    """A text that is read and accepted, by both of a pair or by everybody in a role."""

    key: Key
    title: Short
    called: Short
    """What it is in the middle of a sentence: "mentoring agreement". Buttons take the noun of it: "Read agreement"."""
    for_: Literal["pair", "mentor", "mentee"] = Field(default="pair", alias="for")
    """pair: the two of a connection, each for themselves; mentor, mentee: whoever takes that role."""
    blocks: Literal["sessions", "matching", "nothing"] = "nothing"
    """What waits until it is accepted: a pair's sessions, by both; or, by the gate `code`, taking part in a role."""
    text: tuple[Paragraph, ...] = Field(min_length=1)

    def misfits(self) -> Iterator[Misfit]:
        """A pair is matched already, and somebody alone has no sessions."""
        if self.for_ == "pair" and self.blocks == "matching":
            yield Misfit(("blocks",), "a pair is matched already: write 'sessions' or 'nothing'")
        if self.for_ != "pair" and self.blocks == "sessions":
            yield Misfit(("blocks",), f"a {self.for_} alone has no sessions: write 'matching' or 'nothing'")
