"""Which tables go out, and to whom."""

from collections.abc import Mapping
from typing import Final, Literal, get_args

from bot.lifecycle.permissions import Actor, office
from bot.lifecycle.step import Refused
from bot.schemes.scheme import Power

Export = Literal["members", "connections", "hours", "days", "report", "surveys"]
"""members: what the office may read of each · connections: who with whom, since when and how far · hours: sessions and
hours of each mentor by month · days: how long requests took, without a name · report: the scheme in figures, a PDF ·
surveys: what they say, counted."""
EXPORTS: Final[tuple[Export, ...]] = get_args(Export)
_POWER: Final[Mapping[Export, Power]] = {
    "members": "manage_members", "connections": "manage_members", "hours": "manage_members", "days": "see_reports",
    "report": "see_reports", "surveys": "see_reports",
}  # fmt: skip


def may_export(actor: Actor, which: Export) -> None:
    """Whoever looks after members, or sees the scheme in numbers, by what it tells."""
    office(actor, _POWER[which])


def may_see_exports(actor: Actor) -> None:
    """Whoever may have any of them."""
    if not actor.powers & set(_POWER.values()):
        raise Refused("not_yours")


def named(which: str) -> Export | None:
    """The export of that name."""
    return next((each for each in EXPORTS if each == which), None)
