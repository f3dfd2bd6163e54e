"""Whom a scheme's file touches as it reads today: those who joined, asked or met under another."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.office import Touched
from bot.lifecycle.gates import next_gate
from bot.lifecycle.intake import applied
from bot.lifecycle.member import LET_IN, Member
from bot.lifecycle.membership import own_limit
from bot.lifecycle.terms import Terms
from bot.schemes.scheme import Scheme
from bot.storage import intakes, standing


def touched(db: Db, scheme: Scheme, now: datetime) -> tuple[Touched, ...]:
    """Everything that the file changes for somebody; nothing where all stands as the file says."""
    held, set_here = standing.members_of(db, scheme.key), intakes.of(db, scheme)
    scheme = applied(scheme, set_here)
    return (
        *(Touched("intake", (), {"role": each.role}) for each in set_here),
        *_of_gates(held, scheme, now),
        *_of_places(held, scheme),
        *_of_limits(db, held, scheme),
        *_of_what_was_agreed(db, scheme),
        *_of_what_is_no_more(db, scheme),
    )


def _of_gates(held: list[tuple[str, Member]], scheme: Scheme, now: datetime) -> Iterator[Touched]:
    """Who took part and stands before a gate, and who was on the way in and has no gate left."""
    before: dict[tuple[str, str], list[str]] = {}
    for name, member in held:
        gate = next_gate(member, scheme, now) if member.state in LET_IN else None
        if member.state == "approved" and gate is not None:
            before.setdefault((member.role, gate), []).append(name)
        if member.state == "admitted" and gate is None:
            before.setdefault((member.role, ""), []).append(name)
    for (role, stands_before), names in sorted(before.items()):
        facts = {"role": role, "gate": stands_before}
        yield Touched("gate" if stands_before else "no gate", tuple(names), facts)


def _of_places(held: list[tuple[str, Member]], scheme: Scheme) -> Iterator[Touched]:
    for role, rules in scheme.roles.items():
        taken = [name for name, each in held if each.role == role and each.state in LET_IN]
        if rules.places is not None and len(taken) > rules.places:
            yield Touched("places", tuple(taken), {"role": role, "places": rules.places})


def _of_limits(db: Db, held: list[tuple[str, Member]], scheme: Scheme) -> Iterator[Touched]:
    mentees, budget = standing.mentees_by_mentor(db, scheme.key), scheme.capacity.budget
    over = []
    for name, member in held:
        limit = own_limit(member, scheme) if member.role == "mentor" else None
        if limit is not None and mentees.get(member.person, 0) > limit:
            over.append(name)
    if over:
        yield Touched("limit", tuple(over))
    if budget is not None and sum(mentees.values()) > budget:
        yield Touched("budget", (), {"budget": budget, "pairs": sum(mentees.values())})


def _of_what_was_agreed(db: Db, scheme: Scheme) -> Iterator[Touched]:
    others = [name for name, route in standing.routes_of(db, scheme.key) if route not in (None, scheme.route)]
    if others:
        yield Touched("route", tuple(others))
    today = Terms.of(scheme)
    kept = [f"{mentee} and {mentor}" for mentee, mentor, terms in standing.terms_of(db, scheme.key)
            if Terms.read(terms) != today]  # fmt: skip
    if kept:
        yield Touched("terms", tuple(kept))


def _of_what_is_no_more(db: Db, scheme: Scheme) -> Iterator[Touched]:
    for name, office in standing.held_in_vain(db, scheme.key, [each.key for each in scheme.offices]):
        yield Touched("office", (name,), {"office": office})
    for key, number in sorted(standing.sheets_written(db, scheme.key).items()):
        if scheme.sheet(key) is None:
            yield Touched("sheet", (), {"sheet": key, "number": number})
