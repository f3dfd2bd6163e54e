"""How people go and come back. Somebody whose account is off, who is no longer in the workspace or has removed the app
is not here: nobody waits for them any more, whoever they meet is told, and all that is theirs is kept until they are
back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.lifecycle.endings import ahead
from bot.lifecycle.member import Member
from bot.lifecycle.notices import Notice, tell, tell_office
from bot.lifecycle.offices import Holding
from bot.lifecycle.pairs import Pair
from bot.lifecycle.people import Gone, Person
from bot.lifecycle.request import SEEKING, WITH_OFFICE, Request
from bot.lifecycle.sessions import off, with_session
from bot.lifecycle.step import Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Power, Scheme
from bot.schemes.validation import needed_powers


def gone(person: Person, why: Gone, now: datetime) -> Person:
    """They are not here any more; whoever was not before stays gone since then."""
    return replace(person, active=False, gone=why, gone_at=now) if person.active else person


def back(person: Person) -> Person:
    """They are here again. Since when they were not is kept, for what they are told."""
    return replace(person, active=True)


def has_part(members: Collection[Member], holdings: Collection[Holding]) -> bool:
    """Whether their going concerns anybody in the scheme: they are in it, ask to be, or hold an office."""
    return bool(holdings) or any(each.state not in {"turned_down", "left"} for each in members)


def waits_for_others(request: Request, scheme: Scheme) -> bool:
    """Whether anybody else has something to do about it, or could offer: it is withdrawn when its mentee goes. One that
    only they can go on with is left to them."""
    offered_to = scheme.route.offers and request.state in SEEKING
    return bool(request.open_invitations) or request.state in WITH_OFFICE or offered_to


def stand_still(pair: Pair, person: Person, now: datetime) -> Step[Pair]:
    """One of the two is not here any more: what was set lies ahead no longer, and the other is told. The pair stays:
    they may come back, and whether it ends is for the other to say, or for the office."""
    after, other = pair, pair.other(person.id)
    copies = list[Notice]()
    for session in ahead(pair, now):
        free = off(session, person.id)
        after = with_session(after, free)
        copies.append(replace(tell(Kind.SESSION_CANCELLED, other, free.id, free.revision), copy_alone=True))
    told = tell(Kind.PARTNER_GONE, other, pair.id, since(person))
    return Step(after, (told, *copies))


def goes_on(pair: Pair, person: Person) -> Notice:
    """The other hears that they are back."""
    return tell(Kind.PARTNER_BACK, pair.other(person.id), pair.id, since(person))


NEWCOMERS: Final = "newcomers"
"""What one card is about: all who were brought in before they had the app."""


def office_told(person: Person, unheard: Collection[str], now: datetime) -> Notice:
    """Whoever looks after members hears of it once, and never by the one who is gone. Of all who were never here, since
    they were brought in before they had the app (`unheard`), one card a day tells together."""
    if unheard and person.gone == "unreached":
        return tell_office(Kind.NOT_HERE_YET, "manage_members", NEWCOMERS, now.date().toordinal())
    return tell_office(Kind.PERSON_GONE, "manage_members", person.id, since(person), besides=person.id)


def welcomed(person: Person, unheard: Collection[str]) -> tuple[Notice, ...]:
    """They hear what has become of things while they were away; or into what memberships they were brought, where
    that has never reached them (`unheard`)."""
    if unheard:
        return tuple(tell(Kind.BROUGHT_IN, person.id, each, since(person)) for each in unheard)
    return (tell(Kind.WELCOME_BACK, person.id, person.id, since(person)),)


def now_guest(person: Person) -> tuple[Notice, ...]:
    """They and the office hear what holds for a guest."""
    return (
        tell(Kind.GUEST_NOW, person.id, person.id),
        tell_office(Kind.PERSON_GUEST, "manage_members", person.id, besides=person.id),
    )


def since(person: Person) -> int:
    """Which of the times that they have gone it is."""
    return int(person.gone_at.timestamp()) if person.gone_at else 0


def all_here(concerned: Iterable[Person]) -> bool:
    """Whether anybody is to be reminded of what these have in common."""
    return all(each.active for each in concerned)


def unheld(scheme: Scheme, held: Sequence[Holding], here: Collection[str]) -> tuple[Power, ...]:
    """The powers that members wait for, or by which offices are given, that only holders who are gone have."""
    wanted: tuple[Power, ...] = (*needed_powers(scheme), "manage_roles")
    given = {power for each in held for power in scheme.powers_of(each.office)}
    there = {power for each in held if each.person in here for power in scheme.powers_of(each.office)}
    return tuple(power for power in wanted if power in given and power not in there)
