"""Schemes for tests: a shipped one with other settings."""

from typing import Any

from bot.schemes.roles import Role
from bot.schemes.scheme import Power, Scheme


def with_role(scheme: Scheme, role: Role, **update: Any) -> Scheme:
    """The scheme with other settings for one role."""
    changed = scheme.roles[role].model_copy(update=update)
    return scheme.model_copy(update={"roles": {**scheme.roles, role: changed}})


def with_route(scheme: Scheme, **update: Any) -> Scheme:
    """The scheme with other settings for its route."""
    return scheme.model_copy(update={"route": scheme.route.model_copy(update=update)})


def with_power(scheme: Scheme, power: Power) -> Scheme:
    """The scheme with one power more for its first office."""
    first, *others = scheme.offices
    if power in first.powers:
        return scheme
    first = first.model_copy(update={"powers": (*first.powers, power)})
    return scheme.model_copy(update={"offices": (first, *others)})


def without_training(scheme: Scheme) -> Scheme:
    """The scheme as one that asks its mentors for no training."""
    gates = tuple(gate for gate in scheme.roles["mentor"].gates if gate != "training")
    return with_role(scheme, "mentor", trainings=(), gates=gates)
