"""Concerns for whoever may read them: one of them, those that somebody takes up, and what it takes to raise one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.paging import pages_of
from bot.dialogs.view_models.concerns import ConcernList, ConcernsShown, ConcernView, InLine, RaisingView
from bot.lifecycle.concerns import SHOWN, Concern, Hands, reads
from bot.lifecycle.offices import Holding
from bot.lifecycle.pairs import Pair
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import may_have_concerns
from bot.lifecycle.step import allowed
from bot.schemes.scheme import Power, Scheme
from bot.storage import concerns, members, offices, pairs, people

A_PAGE = 12
"""How many a page holds: each takes up to five parts of a form's hundred."""
EARLIER = 20
"""Of how many connections that have ended the other party can be chosen."""
MOST = 90
"""So many persons the form lets one choose from; anybody else is picked."""
_STATES: dict[ConcernsShown, tuple[str, ...]] = {"open": ("waiting", "in_contact"), "closed": ("closed",)}


def hands_of(db: Db, scheme: Scheme, some: Sequence[Concern]) -> tuple[Hands, ...]:
    """In whose hands each of these can be at this moment."""
    line, holders = tuple(each.key for each in scheme.takes_concerns), _holders(db, scheme)
    about = [{each.reporter, each.about or each.reporter} for each in some]
    selves = people.selves(db, {person for each in about for person in each})
    return tuple(Hands(line, holders, frozenset().union(*(selves[person] for person in each))) for each in about)


def _holders(db: Db, scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """Who holds each office and is still here, in the order in which they came to it."""
    held = offices.all_held(db, scheme.key)
    there = {id_ for id_, person in people.many(db, {each.person for each in held}).items() if person.active}
    return {
        office.key: tuple(each.person for each in held if each.office == office.key and each.person in there)
        for office in scheme.offices
    }


def concern(db: Db, scheme: Scheme, id_: str, viewer: str, now: datetime) -> ConcernView:
    """That concern with all that has happened to it; Refused("gone") for whoever may not know that there is one."""
    return view_of(db, scheme, concerns.get(db, scheme.key, id_), viewer, now)


def view_of(db: Db, scheme: Scheme, held: Concern, viewer: str, now: datetime) -> ConcernView:
    """A concern already read."""
    (hands,) = hands_of(db, scheme, [held])
    reader, story = reads(held, viewer, hands), concerns.story(db, held.id)
    named = {viewer, held.reporter, held.about, *hands.keepers(held), *(each.person for each in story)}
    seen = people.many(db, filter(None, named))
    return ConcernView(scheme, held, seen[viewer], reader, now, hands, seen, story)


def own(db: Db, scheme: Scheme, person: str, now: datetime) -> tuple[ConcernView, ...]:
    """What that person has raised, as long as it stands on their Home."""
    held = concerns.of(db, scheme.key, person)
    fresh = [each for each in held if each.closed_at is None or each.closed_at + SHOWN > now]
    return tuple(view_of(db, scheme, each, person, now) for each in fresh)


def to_take_up(db: Db, scheme: Scheme, person: str, powers: frozenset[Power], now: datetime) -> tuple[ConcernView, ...]:
    """The concerns that somebody has to see to, the most pressing first."""
    if not allowed(may_have_concerns, powers):
        return ()
    return tuple(_sorted(_of(db, scheme, person, now, "open")))


def concern_list(
    db: Db, scheme: Scheme, person: str, now: datetime, shown: ConcernsShown = "open", page: int = 0
) -> ConcernList:
    """One page of the concerns that the person may take up, or of those that are closed; the last page where there is
    no such page any more. Of any others it is not even told how many there are."""
    found = list(_sorted(_of(db, scheme, person, now, shown)))
    pages = pages_of(len(found), A_PAGE)
    page = min(page, pages - 1)
    return ConcernList(scheme, shown, tuple(found[page * A_PAGE : (page + 1) * A_PAGE]), len(found), page, pages)


def _of(db: Db, scheme: Scheme, person: str, now: datetime, shown: ConcernsShown) -> Iterator[ConcernView]:
    held = concerns.in_states(db, scheme.key, *_STATES[shown])
    every = [(each, hands) for each, hands in zip(held, hands_of(db, scheme, held), strict=True)]
    mine = [(each, hands) for each, hands in every if person in hands.keepers(each)]
    named = {person, *(id_ for each, hands in mine for id_ in (each.reporter, each.about, *hands.keepers(each)) if id_)}
    seen = people.many(db, named)
    return (ConcernView(scheme, each, seen[person], "handler", now, hands, seen) for each, hands in mine)


def _sorted(views: Iterable[ConcernView]) -> list[ConcernView]:
    """Those that still want contact first, by when; then the others, the last raised first."""

    def place(view: ConcernView) -> tuple[bool, float]:
        waits = view.concern.state == "waiting"
        return not waits, view.concern.contact_by.timestamp() if waits else -view.concern.raised_at.timestamp()

    return sorted(views, key=place)


def readable(db: Db, scheme: Scheme, person: str) -> frozenset[str]:
    """The ids of all the concerns that somebody may read, as their reporter or by their office."""
    held = concerns.in_states(db, scheme.key, *(state for states in _STATES.values() for state in states))
    every = zip(held, hands_of(db, scheme, held), strict=True)
    return frozenset(each.id for each, hands in every if allowed(reads, each, person, hands))


def belongs(db: Db, scheme: Scheme, person: str) -> bool:
    """Whether somebody has, or has had, any part in the scheme."""
    return bool(members.of(db, scheme.key, person) or offices.offices_of(db, scheme.key, person))


def raising(db: Db, scheme: Scheme, me: Person, pair: str | None = None) -> RaisingView:
    """What the form to raise one says and asks. `pair`: the id of the connection from which it was opened."""
    (mine,) = people.selves(db, [me.id]).values()
    hands = Hands(tuple(each.key for each in scheme.takes_concerns), _holders(db, scheme), mine)
    holding = {each.person: each for each in offices.all_held(db, scheme.key)}
    held = (*pairs.of(db, scheme.key, me.id), *pairs.ended_of(db, scheme.key, me.id, EARLIER))
    others = {each.other(me.id): each for each in reversed(held)}
    seen = people.many(db, {*others, *holding, *(id_ for key in hands.line for id_ in hands.of(key))})
    line = ((office, [seen[id_].name for id_ in hands.of(office.key)]) for office in scheme.takes_concerns)
    whom = _called(scheme, me.id, others, holding, seen)
    chosen = next((each.other(me.id) for each in held if each.id == pair), None)
    return RaisingView(
        scheme,
        tuple(InLine(office, tuple(names)) for office, names in line if names),
        whom,
        next((called for called, id_ in whom.items() if id_ == chosen), None),
    )


def _called(
    scheme: Scheme, me: str, others: dict[str, Pair], holding: dict[str, Holding], seen: dict[str, Person]
) -> dict[str, str]:
    """What the form calls whom it can be about, each once: the other party of a connection, or somebody of the office.
    Two of one name are told apart by their addresses."""
    titles = {office.key: office.title for office in scheme.offices}
    roles = {id_: "mentor" if pair.mentee == me else "mentee" for id_, pair in others.items()}
    known = {id_: f"your {role}" for id_, role in roles.items()}
    known = {**{id_: titles.get(each.office, "office") for id_, each in holding.items() if id_ != me}, **known}
    found = dict[str, str]()
    for id_, what in sorted(known.items(), key=lambda each: (each[0] not in others, seen[each[0]].name, each[0])):
        person = seen[id_]
        called = f"{person.name}, {what}"[:70]
        if called in found:
            called = f"{person.email or person.user}, {what}"[:70]
        if called not in found and len(found) < MOST:
            found[called] = id_
    return found
