"""Somebody who has gone or is back, as the tests of the words look at them."""

from dataclasses import replace
from datetime import timedelta

from bot.dialogs.view_models.going import BackView, GoneView, NewcomersView
from bot.dialogs.view_models.pairs import ListedPair, PairView
from bot.lifecycle.people import Gone, Person
from bot.lifecycle.permissions import Actor
from bot.schemes.scheme import Scheme
from tests.dialogs import sample_views as some


def _away(person: Person, why: Gone = "deactivated") -> Person:
    return replace(person, active=False, gone=why, gone_at=some.NOW - timedelta(days=3))


def gone(held: Scheme = some.SCHEME) -> dict[str, GoneView]:
    """A mentor with mentees, one out of reach, an officer, and both once they are back."""
    mentor = some.members(held)["mentor approved"]
    pair = some.pair(some.AMARA, held=held).pair
    met = [
        ListedPair(replace(pair, id=f"c{n}"), replace(some.AMARA, name=f"Amara {n}"), some.KATHERINE) for n in range(10)
    ]
    one, many = tuple(met[:1]), tuple(met)
    away = _away(some.KATHERINE)
    whole = GoneView(held, away, (mentor,), one, (), (), Actor("o1"))
    office = held.offices[0]
    return {
        "a mentor": whole,
        "a mentor, for somebody who may match": replace(whole, viewer=Actor("o1", frozenset({"match"}))),
        "out of reach, with many": replace(whole, person=_away(some.KATHERINE, "unreached"), pairs=many),
        "with an office": replace(whole, members=(), pairs=(), offices=(office,)),
        "with an office that nobody else holds": replace(whole, offices=(office,), unheld=office.powers[:2]),
        "back": replace(whole, person=replace(away, active=True)),
    }


def newcomers(held: Scheme = some.SCHEME) -> dict[str, NewcomersView]:
    """One, several, more than a card names, and none any more."""
    away = [replace(_away(some.AMARA, "unreached"), id=f"n{n}", name=f"Amara {n}") for n in range(300)]
    few = {"one": 1, "three": 3, "three hundred": 300, "none any more": 0}
    return {name: NewcomersView(held, tuple(away[:many])) for name, many in few.items()}


def back(held: Scheme = some.SCHEME) -> dict[str, BackView]:
    """Nothing has changed; everything has; something comes first."""
    mentee, mentor = (some.members(held)[f"{role} approved"] for role in ("mentee", "mentor"))
    first = some.members(held)["mentor approved, training to come"]
    met: tuple[PairView, ...] = (some.pair(some.KATHERINE, held=held),)
    request = next(iter(some.requests(held).values())).request
    me = replace(_away(some.AMARA), active=True)
    still = BackView(held, me, (mentee,), None, 0, (), (), ())
    return {
        "nothing has changed": still,
        "a request was taken back": replace(still, withdrawn=request),
        "a mentor with a mentee": replace(still, members=(mentor,), passed_on=1, pairs=met, ended=met),
        "an officer whose training is to come": replace(
            still, members=(first,), passed_on=3, offices=(held.offices[0],)
        ),
    }


def partners(held: Scheme = some.SCHEME) -> dict[str, PairView]:
    """Pairs whose other party is away, back, or away for good."""
    found = dict[str, PairView]()
    for who, viewer in (("mentee", some.AMARA), ("mentor", some.KATHERINE)):
        seen = some.pair(viewer, held=held)
        for why in ("deactivated", "unreached"):
            found[f"{who}: {why}"] = _without(seen, why)
        found[f"{who}: back"] = seen
        ended = replace(seen, pair=replace(seen.pair, state="ended", end="removed", ended_at=some.NOW))
        found[f"{who}: ended"] = _without(ended, "deactivated")
    return found


def _without(seen: PairView, why: Gone) -> PairView:
    away = _away(seen.other, why)
    return replace(seen, mentor=away) if seen.viewer == seen.mentee.id else replace(seen, mentee=away)
