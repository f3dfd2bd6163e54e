"""The intake of a role as the office has set it in chat: open or closed, how many places, for whom. Where it has, that
holds, and not the scheme's file, until it is given back to the file.

Everything else asks the scheme, and nothing but this knows which of the two has said it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from bot.lifecycle.permissions import Actor, office
from bot.lifecycle.step import Refused
from bot.schemes.fields import YES_NO, FormField
from bot.schemes.roles import Role, RoleRules
from bot.schemes.scheme import Scheme

MOST_PLACES: Final = 100_000
MOST_CRITERIA: Final = 15
LONGEST_CRITERION: Final = 300
"""Characters of one line, as in a scheme's file."""


@dataclass(frozen=True, slots=True)
class Intake:
    """How people come in, in one role. `places`: None for any number. `meets`: the answers that meet the criteria, by
    the key of the application's question. `set_by`, `set_at`: None where the scheme's file says all this; `version`
    counts how often it was set, 0: never."""

    scheme: str
    role: Role
    open: bool
    places: int | None = None
    criteria: tuple[str, ...] = ()
    meets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    set_by: str | None = None
    set_at: datetime | None = None
    version: int = 0


def of_file(scheme: Scheme, role: Role) -> Intake:
    """The intake as the scheme says it."""
    rules = scheme.roles[role]
    meets = {each.key: each.meets for each in judged(rules)}
    return Intake(scheme.key, role, rules.open, rules.places, rules.criteria, meets)


def judged(rules: RoleRules) -> tuple[FormField, ...]:
    """The application's questions whose answers are held against the criteria."""
    return tuple(each for each in rules.application.fields if each.meets) if rules.application else ()


def options(question: FormField) -> tuple[str, ...]:
    """The answers that there are to such a question."""
    return question.options or YES_NO


def applied(scheme: Scheme, intakes: Iterable[Intake]) -> Scheme:
    """The scheme as it is with what the office has set."""
    roles = dict(scheme.roles)
    for each in intakes:
        roles[each.role] = _with(roles[each.role], each)
    return scheme.model_copy(update={"roles": roles})


def _with(rules: RoleRules, intake: Intake) -> RoleRules:
    said: dict[str, Any] = {"open": intake.open, "places": intake.places, "criteria": intake.criteria}
    form = rules.application
    if form is not None:
        fields = tuple(_judging(each, intake.meets) for each in form.fields)
        said["application"] = form.model_copy(update={"fields": fields})
    return rules.model_copy(update=said)


def _judging(question: FormField, meets: Mapping[str, tuple[str, ...]]) -> FormField:
    """The question with the answers that meet the criteria now. The file may have others since: what is left of them
    counts, and where nothing is, the file's."""
    if not question.meets or question.key not in meets:
        return question
    kept = tuple(each for each in meets[question.key] if each in options(question))
    return question.model_copy(update={"meets": kept}) if kept else question


def may_see(actor: Actor) -> None:
    """Whoever looks after members."""
    office(actor, "manage_members")


def may_set(actor: Actor, seen: int, before: Intake) -> None:
    """The same, for the intake that they have seen: `seen` is its version."""
    may_see(actor)
    if seen != before.version:
        raise Refused("intake_changed")


def may_give_back(actor: Actor, before: Intake) -> None:
    """Whether there is anything to give back to the scheme's file."""
    may_see(actor)
    if before.set_at is None:
        raise Refused("gone")
