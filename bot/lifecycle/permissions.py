"""Who may do what to which thing. Asked inside the transaction that acts, with what that transaction has read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.lifecycle.attention import Listed
from bot.lifecycle.pairs import Pair
from bot.lifecycle.request import Request, RequestState, asked_person
from bot.lifecycle.step import Refused
from bot.schemes.fields import SeenBy
from bot.schemes.scheme import Power

DECIDING: frozenset[Power] = frozenset({"approve_members", "approve_requests", "match"})
"""The powers whose holders have a waiting list."""

WAITS_FOR: Mapping[RequestState, Power] = {"in_review": "approve_requests", "assigning": "match"}
"""The states in which a request waits for the office, and the power that has the next word."""

LISTED_FOR: Mapping[Listed, frozenset[Power]] = {
    "members": frozenset({"approve_members", "manage_members", "record_training"}),
    "requests": frozenset({"approve_requests", "match"}),
    "connections": frozenset({"manage_members"}),
}
"""The powers by which somebody reads a list of the office."""

Reader = Literal["oneself", "office", "party"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: a person the platform has vouched for, and the powers they hold at this moment."""

    person: str
    powers: frozenset[Power] = frozenset()


def office(actor: Actor, power: Power, *about: str) -> None:
    """Only a holder of the power, and never about themselves or a pair they belong to (`about`: the persons)."""
    if power not in actor.powers:
        raise Refused("not_yours")
    if actor.person in about:
        raise Refused("about_yourself")


def power_over(request: Request) -> Power:
    """The power by which the office has the next word on a request, or had it."""
    return WAITS_FOR.get(request.state, "approve_requests")


def asker(actor: Actor, request: Request) -> None:
    """Only the mentee whose request it is."""
    if actor.person != request.mentee:
        raise Refused("not_yours")


def invited(actor: Actor, request: Request, invitation_id: str) -> None:
    """Only whoever is asked by this very invitation."""
    if actor.person != asked_person(request, request.invitation(invitation_id)):
        raise Refused("not_yours")


def reads_request(actor: Actor, request: Request) -> None:
    """The mentee whose request it is, and whoever decides about requests or matches."""
    if actor.person != request.mentee:
        office(actor, "match" if "match" in actor.powers else "approve_requests")


def decides(actor: Actor) -> None:
    """Only somebody who has a part in what waits for the office."""
    if not actor.powers & DECIDING:
        raise Refused("not_yours")


def reads_person(actor: Actor, person: str) -> None:
    """Only whoever has something to do with members, and never their own card."""
    reads_list(actor, "members")
    if actor.person == person:
        raise Refused("about_yourself")


def reads_list(actor: Actor, listed: Listed) -> None:
    """Only whoever has something to do with what is listed."""
    if not actor.powers & LISTED_FOR[listed]:
        raise Refused("not_yours")


def party(actor: Actor, pair: Pair) -> None:
    """Only the two of the pair."""
    pair.other(actor.person)


def ends_pair(actor: Actor, pair: Pair) -> None:
    """Only whoever looks after members, and never a pair they belong to: they end it, and read why it was removed."""
    office(actor, "manage_members", pair.mentee, pair.mentor)


def may_have_concerns(powers: frozenset[Power]) -> None:
    """Only whoever takes concerns up, or gives offices: which concern reaches them is asked of each (`concerns`)."""
    if not powers & {"handle_concerns", "manage_roles"}:
        raise Refused("not_yours")


def readable(reader: Reader) -> frozenset[SeenBy]:
    """Which answers of a form this reader gets to see: whoever gave them, the office, or the other party."""
    seen: dict[Reader, frozenset[SeenBy]] = {
        "oneself": frozenset({"both", "office", "self"}),
        "office": frozenset({"both", "office"}),
        "party": frozenset({"both"}),
    }
    return seen[reader]


def reads_messages(reader: Reader) -> bool:
    """Whether this reader gets to see what two people write to each other: never the office."""
    return reader != "office"


def reads_reasons(reader: Reader) -> bool:
    """Whether this reader gets to see why a mentor declined: that was written for the office alone."""
    return reader == "office"
