"""Who gives an office to whom, and who takes it back. Offices come by the settings, or by an appointment in chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.lifecycle.permissions import Actor, office
from bot.lifecycle.step import Refused
from bot.schemes.scheme import Power, Scheme
from bot.schemes.validation import needed_powers

Source = Literal["settings", "chat"]


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody's office: since when, and by what."""

    person: str
    office: str
    since: datetime
    source: Source


def may_see_offices(actor: Actor) -> None:
    """Only whoever manages roles; the same may then give and take them, their own among them: they could have it done
    by anybody they appoint."""
    office(actor, "manage_roles")


def may_appoint(actor: Actor, person: str, key: str, held: Sequence[Holding], scheme: Scheme) -> None:
    """Whether the actor can give this office: the scheme has it, and the person does not hold it."""
    may_see_offices(actor)
    if key not in {each.key for each in scheme.offices}:
        raise Refused("gone")
    if any((each.person, each.office) == (person, key) for each in held):
        raise Refused("holds_already")


def may_dismiss(actor: Actor, holding: Holding, held: Sequence[Holding], scheme: Scheme) -> None:
    """Whether the actor can take this office back: chat has given it, and nobody would wait in vain without its holder.
    `held`: every office that somebody holds."""
    may_see_offices(actor)
    if holding.source == "settings":
        raise Refused("by_settings")
    if last := last_holder_of(holding, held, scheme):
        raise Refused("last_holder", {"power": last[0].replace("_", " ")})


def last_holder_of(holding: Holding, held: Sequence[Holding], scheme: Scheme) -> tuple[Power, ...]:
    """The powers that members wait for, or by which offices are given, and that nobody would have without it."""
    left = {power for each in held if each != holding for power in scheme.powers_of(each.office)}
    wanted: tuple[Power, ...] = (*needed_powers(scheme), "manage_roles")
    return tuple(power for power in wanted if power in scheme.powers_of(holding.office) and power not in left)
