"""Gates in whatever order a scheme has them: who passes which, what follows, and that nobody is left between two."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from bot.lifecycle import gates, membership
from bot.lifecycle.member import Member
from bot.lifecycle.step import Refused, Step
from bot.schemes.fields import FormField, SchemeForm
from bot.schemes.roles import Gate, Role
from bot.schemes.scheme import Scheme
from tests.support.schemes import with_role

from . import builders
from .builders import NOW, SCHEME, told

MENTOR = SCHEME.roles["mentor"]
GATES: tuple[Gate, ...] = ("application", "profile", "preferences", "review", "training")


def orders() -> list[tuple[Gate, ...]]:
    """Every order of every choice of gates that the scheme's file may have."""
    chosen = (order for size in range(len(GATES) + 1) for order in permutations(GATES, size))
    return [order for order in chosen if not list(MENTOR.model_copy(update=_fitting(order)).misfits())]


def _fitting(order: tuple[Gate, ...]) -> dict[str, object]:
    return {
        "gates": order,
        "application": MENTOR.application if "application" in order else None,
        "trainings": MENTOR.trainings if "training" in order else (),
    }


def scheme_of(order: tuple[Gate, ...], role: Role = "mentor") -> Scheme:
    return with_role(SCHEME, role, **_fitting(order))


def come_in(scheme: Scheme) -> tuple[Member, list[str]]:
    """Do what the next gate asks for until there is none, and give back what was told on the way."""
    step = membership.ask_to_join(scheme, "m1", "bea", "mentor", None, 0, {}, NOW)
    heard = [kind for _, kind in told(step)]
    for _ in range(10):
        gate = gates.next_gate(step.state, scheme, NOW)
        if gate is None:
            return step.state, heard
        step = _pass(gate, step.state, scheme)
        heard += [kind for _, kind in told(step)]
    raise AssertionError(f"no end at {gate}")


def _pass(gate: Gate, one: Member, scheme: Scheme) -> Step[Member]:
    match gate:
        case "application":
            return membership.admit(one, scheme, 0, NOW)
        case "profile":
            return membership.give_profile(one, scheme, {"about": "x"}, NOW)
        case "preferences":
            return membership.give_preferences(one, scheme, {"ways": []}, NOW)
        case "review":
            return membership.approve(one, {}, NOW)
        case "training":
            return membership.record_training(one, scheme, "training", date(2025, 10, 1), NOW)
        case _:
            raise AssertionError(gate)


@pytest.mark.covers("A5", "B4", "D2", "C3")
@pytest.mark.parametrize("order", orders(), ids=lambda order: "-".join(order) or "none")
def test_whoever_does_what_is_asked_takes_part_in_the_end(order: tuple[Gate, ...]) -> None:
    scheme = scheme_of(order)
    one, heard = come_in(scheme)
    membership.may_mentor(one, scheme, NOW)
    assert one.approved_at == NOW
    assert ("join_asked" in heard) == ("application" in order)
    assert ("profile_ready" in heard) == ("review" in order)
    assert heard.count("takes_part") == ("review" not in order)
    assert heard.count("member_approved") == ("review" in order)


@pytest.mark.parametrize("order", orders(), ids=lambda order: "-".join(order) or "none")
def test_nobody_mentors_before_the_last_gate(order: tuple[Gate, ...]) -> None:
    scheme = scheme_of(order)
    one = membership.ask_to_join(scheme, "m1", "bea", "mentor", None, 0, {}, NOW).state
    while (gate := gates.next_gate(one, scheme, NOW)) is not None:
        with pytest.raises(Refused):
            membership.may_mentor(one, scheme, NOW)
        one = _pass(gate, one, scheme).state


def test_who_takes_part_is_not_sent_back_for_a_form_that_is_asked_since() -> None:
    before = scheme_of(("profile", "review"))
    one, _ = come_in(before)
    membership.may_mentor(one, scheme_of(("profile", "preferences", "review")), NOW)


def test_a_mentee_may_be_reviewed_and_trained_too() -> None:
    order: tuple[Gate, ...] = ("preferences", "review", "training")
    rules = {**_fitting(order), "application": None}
    scheme = with_role(SCHEME, "mentee", **rules)
    one = membership.ask_to_join(scheme, "m1", "ada", "mentee", None, 0, {}, NOW).state
    passed = []
    while (gate := gates.next_gate(one, scheme, NOW)) is not None:
        passed.append(gate)
        one = _pass(gate, one, scheme).state
    assert passed == list(order)


@pytest.mark.parametrize(
    ("kind", "meets", "answer", "met"),
    [
        ("choice", ("One", "Two"), "One", True),
        ("choice", ("One", "Two"), "Three", False),
        ("choice", ("One",), "An option of last year", False),
        ("choice", ("One",), None, True),
        ("choice", (), "Three", True),
        ("yes_no", ("Yes",), True, True),
        ("yes_no", ("Yes",), False, False),
        ("yes_no", ("No",), False, True),
    ],
)
def test_a_criterion_is_met_by_its_answers(kind: Any, meets: tuple[str, ...], answer: object, met: bool) -> None:
    options = ("One", "Two", "Three") if kind == "choice" else ()
    field = FormField(key="stage", label="Where are you?", kind=kind, options=options, meets=meets)
    scheme = with_role(SCHEME, "mentee", application=SchemeForm(title="Join", fields=(field,)))
    joining = {} if answer is None else {"stage": answer}
    asked = replace(builders.member("mentee"), joining=joining)
    assert gates.unmet(asked, scheme) == (() if met else (field,))
