"""Documents as they were put to somebody, and the consents they gave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self

from bot.schemes.documents import Document as InFile
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Document:
    """A text to accept, copied from the scheme's file; keys and values as there."""

    key: str
    title: str
    called: str
    text: tuple[str, ...]
    blocks: Literal["sessions", "matching", "nothing"] = "nothing"

    @classmethod
    def of(cls, document: InFile) -> Self:
        """As the file has it today."""
        return cls(document.key, document.title, document.called, document.text, document.blocks)

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Self:
        """As it was kept, in JSON."""
        return cls(kept["key"], kept["title"], kept["called"], tuple(kept["text"]), kept["blocks"])

    @property
    def noun(self) -> str:
        """The one word for it: "agreement" of "mentoring agreement", "code" of "code of conduct"."""
        return self.called.split(" of ")[0].rsplit(" ", 1)[-1]


@dataclass(frozen=True, slots=True)
class Consent:
    """Somebody has accepted a document, by its key."""

    document: str
    person: str
    at: datetime


def put_to(whom: Literal["pair", "mentor", "mentee"], scheme: Scheme) -> tuple[Document, ...]:
    """What the scheme puts to a pair or to a role today, in the file's order."""
    return tuple(Document.of(each) for each in scheme.documents if each.for_ == whom)


def accepted_at(consents: Iterable[Consent], document: str, person: str) -> datetime | None:
    """When that person accepted that document; None: not yet."""
    return next((each.at for each in consents if (each.document, each.person) == (document, person)), None)
