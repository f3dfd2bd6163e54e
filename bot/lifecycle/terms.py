"""What a mentee and a mentor were promised when they were connected."""

from dataclasses import dataclass, fields
from typing import Any, Self

from bot.lifecycle.documents import Document, put_to
from bot.schemes.scheme import Scheme, Sessions


@dataclass(frozen=True, slots=True)
class Terms:
    """All that the two were promised, copied from the scheme when they connect: later changes of its file do not touch
    it. Lengths of time are written as in the file ("P12M"). What came in later than the first pairs has a default."""

    documents: tuple[Document, ...]
    """What both are asked to accept, in the order in which it is put to them."""
    sessions: int | None
    minutes: int
    minutes_at_most: int | None = None
    modes: tuple[str, ...] = Sessions().modes
    advice: str | None = None
    every: str | None = None
    length: str | None = None
    length_at_least: str | None = None
    agreed_after: str = Sessions().agreed_after.written
    more_time: str | None = None

    @classmethod
    def of(cls, scheme: Scheme) -> Self:
        """What the scheme promises today."""
        sessions = scheme.sessions
        lengths = (sessions.every, sessions.length, sessions.length_at_least, sessions.more_time)
        every, length, at_least, more_time = (each.written if each else None for each in lengths)
        return cls(
            put_to("pair", scheme), sessions.expected, sessions.minutes,
            sessions.minutes_at_most, sessions.modes, sessions.advice, every, length, at_least,
            sessions.agreed_after.written, more_time,
        )  # fmt: skip

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Self:
        """Terms as they were kept, in this version or an earlier one; what this version does not know is left out."""
        known: dict[str, Any] = {name: kept[name] for name in (field.name for field in fields(cls)) if name in kept}
        for name, value in known.items():
            known[name] = tuple(value) if isinstance(value, list) else value
        known["documents"] = tuple(Document.read(each) for each in known["documents"])
        return cls(**known)
