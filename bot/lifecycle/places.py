"""Places in a role: full or closed, somebody can wait for one, in the order of asking. A place that comes free is
offered to the first on the list and held for them for as long as the scheme says; then it goes to the next."""

from dataclasses import replace
from datetime import datetime

from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.member import Member
from bot.lifecycle.membership import may_ask_to_join
from bot.lifecycle.notices import tell
from bot.lifecycle.step import Refused, Step, refusal
from bot.lifecycle.vocabulary import Kind
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme

SHUT = frozenset({"intake_closed", "no_places"})
"""Why nobody can join in a role, for a while."""


def wait(
    scheme: Scheme, id_: str, person: str, role: Role, before: Member | None, taken: int, now: datetime
) -> Step[Member]:
    """Somebody would like to be told when a place is free. `taken`: the places that others hold."""
    may_wait(scheme, role, before, taken)
    if before is None:
        before = Member(id_, scheme.key, person, role, "waiting", now, {})
    return Step(replace(before, state="waiting", reply=None, place_wanted_since=now, revision=before.revision + 1))


def may_wait(scheme: Scheme, role: Role, before: Member | None, taken: int) -> None:
    """Whether somebody can wait for a place: they have no part in the role, are not on its list, and nobody can
    join."""
    if before is not None and before.state == "waiting":
        raise Refused("on_the_list")
    why_not = refusal(may_ask_to_join, scheme, role, before, taken)
    if why_not is None:
        raise Refused("place_is_free", {"role": role})
    if why_not.reason not in SHUT:
        raise why_not


def stop_waiting(member: Member) -> Step[Member]:
    """They would not like to be told any more; a place that was held for them is free."""
    may_stop_waiting(member)
    return Step(_off(member))


def may_stop_waiting(member: Member) -> None:
    """Whether they are on the list."""
    if member.state != "waiting":
        raise Refused("not_on_the_list")


def to_offer(scheme: Scheme, role: Role, taken: int, applicants: int) -> int | None:
    """How many places can be offered now; None: any number. `applicants` have asked already, and come first."""
    rules = scheme.roles[role]
    if not rules.open:
        return 0
    return None if rules.places is None else max(0, rules.places - taken - applicants)


def offer(member: Member, scheme: Scheme, now: datetime) -> Step[Member]:
    """The first on the list hears that a place is free, and it is held for them."""
    until = scheme.roles[member.role].place_held.after(now)
    held = replace(member, place_held_until=until, revision=member.revision + 1)
    told = tell(Kind.PLACE_FREE, held.person, held.id, held.revision)
    return Step(held, (told,), (Deadline(DeadlineKind.PLACE_HELD, held.id, until),))


def lapse(member: Member, now: datetime) -> Step[Member]:
    """The time for which a place was held is over: it goes to the next, and they are told, kindly. They leave the list:
    at its end they would be told again and again."""
    until = member.place_held_until
    if member.state != "waiting" or until is None or until > now:
        return Step(member)
    off = _off(member)
    return Step(off, (tell(Kind.PLACE_PASSED_ON, off.person, off.id, off.revision),))


def _off(member: Member) -> Member:
    return replace(member, state="left", place_wanted_since=None, place_held_until=None, revision=member.revision + 1)
