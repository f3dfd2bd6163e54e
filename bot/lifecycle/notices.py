"""Who hears of what, and the key that lets it be sent once. The kinds of message are in `vocabulary`."""

from dataclasses import dataclass
from datetime import datetime

from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Power


@dataclass(frozen=True, slots=True)
class To:
    """Who a notice goes to: one person, or whoever holds a power in the scheme's office. `besides`: whom it is about,
    who never gets it by their office. `private`: it goes to persons alone, never to an office's channel. `together`:
    several persons in one conversation."""

    person: str | None = None
    power: Power | None = None
    besides: str | None = None
    private: bool = False
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that one recipient hears. The same key twice is the same message."""

    kind: Kind
    to: To
    about: str
    occurrence: int = 0
    """Which time this kind is said about this thing, where it may be said again (a second review)."""
    until: datetime | None = None
    """The deadline of what a reminder is about: it is never sent later."""

    redrawn_at: tuple[datetime, ...] = ()
    """When its card is drawn anew although nothing has happened: it shows how much time is left."""

    copy_alone: bool = False
    """Whether only its e-mail copy goes, if there is one: its reader has done it, and their calendar has to hear."""

    not_before: datetime | None = None
    """When it goes out at the earliest: what can wait does so until its reader's working hours. None: at once."""

    in_chat_alone: bool = False
    """Whether no e-mail copy goes, although there would be one: a calendar tells of it."""

    @property
    def key(self) -> str:
        """Deterministic: the same move of the same thing gives the same key."""
        whom = self.to.person or "+".join(self.to.together) or f"office.{self.to.power}"
        return f"{self.kind}:{self.about}:{whom}:{self.occurrence}"


def tell(
    kind: Kind,
    person: str,
    about: str,
    occurrence: int = 0,
    until: datetime | None = None,
    redrawn_at: tuple[datetime, ...] = (),
) -> Notice:
    """A notice to one person."""
    return Notice(kind, To(person=person), about, occurrence, until, redrawn_at)


def tell_office(
    kind: Kind,
    power: Power,
    about: str,
    occurrence: int = 0,
    *,
    besides: str | None = None,
    private: bool = False,
    redrawn_at: tuple[datetime, ...] = (),
) -> Notice:
    """A notice to whoever holds the power. `besides`: the person whom it is about; where nobody else holds the power,
    it goes to the scheme's next office."""
    return Notice(kind, To(power=power, besides=besides, private=private), about, occurrence, None, redrawn_at)


def tell_together(kind: Kind, persons: tuple[str, ...], about: str) -> Notice:
    """A notice to several persons at once, in one conversation."""
    return Notice(kind, To(together=persons), about)
