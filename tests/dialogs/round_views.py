"""Rounds in every state, for whoever matches: every window, message and notice of one."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import get_args

from bot.dialogs.parts import Form, Notice
from bot.dialogs.view_models.rounds import RoundLine, RoundMessage, RoundPlaces, RoundPreview, RoundView
from bot.dialogs.wording import office, pairings, round_forms, round_lines, rounds
from bot.lifecycle.pairings import Said
from bot.lifecycle.permissions import Actor
from bot.lifecycle.rounds import Came, Round
from bot.matching.ranking import WhyNot
from bot.schemes.scheme import Power, Scheme
from tests.dialogs import list_views
from tests.dialogs import sample_views as some
from tests.dialogs.sample_views import DAY, NOW

POWERS: frozenset[Power] = frozenset({"match", "manage_members"})
MATCHER = Actor(some.RUTH.id, POWERS)
_MENTEES = (some.AMARA, list_views.LONG, list_views.ARABIC, list_views.CHINESE)


def one(held: Scheme, **more: object) -> Round:
    """A round that can be published."""
    ready = Round(
        "n1", held.key, some.RUTH.id, "ready", NOW - DAY, run=2, total=42, done=42, placed=38, percent=2980, budget=40
    )
    return replace(ready, **more)  # type: ignore[arg-type]


def lines(held: Scheme) -> tuple[RoundLine, ...]:
    """Pairs of which something is said, and some of which nothing is."""
    matches = [each.match for each in some.shortlist(held).shown]
    both = list(product(_MENTEES, zip(some.MENTORS, matches, strict=False)))
    first, second, pinned, *rest = (
        RoundLine(n, mentee, mentor, replace(match, roomier=False))
        for n, (mentee, (mentor, match)) in enumerate(both[:6], start=1)
    )
    pinned = replace(pinned, match=replace(matches[0], pinned=True), said=frozenset({"pinned"}))
    ways: tuple[Said, ...] = ("apart", "pinned", "warned")
    said = [replace(each, said=frozenset({way})) for each, way in zip(rest, ways, strict=True)]
    return (first, second, pinned, *said)


def unplaced() -> tuple[RoundLine, ...]:
    """Nobody, for each cause."""
    left_out: dict[WhyNot, int] = {why: n for n, why in enumerate(get_args(WhyNot), start=1)}
    return (
        RoundLine(39, some.AMARA, why="nobody_suits", left_out=left_out),
        RoundLine(40, list_views.LONG, why="no_room", left_out={"full": 3}),
        RoundLine(41, list_views.ARABIC, why="no_place"),
    )


def came(held: Scheme) -> tuple[RoundLine, ...]:
    """What came of pairs when they were published."""
    first, *_ = lines(held)
    reasons: tuple[Came, ...] = (
        "already_decided", "mentor_unavailable", "mentor_full", "kept_apart", "budget_spent", "about_yourself",
        "conflict", "session_past",
    )  # fmt: skip
    return tuple(replace(first, number=n, came=each) for n, each in enumerate(reasons, start=1))


def view(held: Scheme, **more: object) -> RoundView:
    """A page of a round."""
    whole = RoundView(held, one(held), MATCHER, NOW, lines(held), mentors=31, came={None: 38}, pages=7)
    return replace(whole, **more)  # type: ignore[arg-type]


def views(held: Scheme) -> dict[str, RoundView]:
    """In every state."""
    done = {"connected": 20, "asked": 15, "mentor_full": 3}
    few = replace(one(held), total=1, done=1, placed=1, percent=80, budget=None)
    none = replace(few, total=0, placed=0)
    return {
        "ready": view(held),
        "ready, weakest first, second page": view(held, shown="weakest", page=1, hidden=1),
        "ready, without a mentor": view(held, shown="unplaced", lines=unplaced(), pages=1, own=True),
        "ready, one": view(held, one=few, lines=lines(held)[:1], pages=1, mentors=1, came={None: 1}),
        "ready, nobody": view(held, one=replace(few, placed=0), lines=(), pages=1, mentors=0, came={}),
        "nobody waited": view(held, one=none, lines=(), pages=1, mentors=0, came={}, own=True),
        "being worked out": view(held, one=one(held, state="working", total=0, done=0), lines=(), pages=1),
        "being written down": view(held, one=one(held, state="working", done=20), lines=(), pages=1),
        "being published": view(held, one=one(held, state="publishing", done=15), lines=(), pages=1),
        "published": view(held, one=one(held, state="published"), lines=(*came(held), *lines(held)[:1]), came=done),
        "dropped": view(held, one=one(held, state="dropped"), lines=(), pages=1),
    }  # fmt: skip


def messages(held: Scheme = some.SCHEME) -> dict[str, RoundMessage]:
    """The messages that tell of it, to somebody and in a channel."""
    told = {name: RoundMessage(replace(each, lines=()), some.RUTH) for name, each in views(held).items()}
    over = told["published"]
    return {
        **told,
        "published, some left out": replace(over, not_held=came(held)),
        "published, in a channel": replace(over, reader=None, not_held=came(held)[:1]),
    }


def _previews(held: Scheme) -> dict[str, RoundPreview]:
    many = RoundPreview(held, 42, 55, 70, 31)
    return {
        "many": many, "one": replace(many, waiting=1, mentors=1, places=1, budget=1, own=True),
        "nobody counts": replace(many, places=None, budget=None), "nobody": replace(many, waiting=0),
    }  # fmt: skip


def _places(held: Scheme) -> dict[str, RoundPlaces]:
    own = RoundPlaces(held, one(held), some.KATHERINE, 1, 3, 2, 2, own_limit=True)
    return {
        "own limit": own, "the scheme's": replace(own, own_limit=False, placed=1, given=1, load=0),
        "nobody counts": replace(own, limit=None, given=20),
    }  # fmt: skip


def words(held: Scheme = some.SCHEME) -> Iterator[tuple[str, Form | Notice]]:
    """Every window and answer."""
    for name, preview in _previews(held).items():
        yield f"round ahead, {name}", rounds.preview_form(preview)
    yield "round ahead as an answer", rounds.preview_notice(_previews(held)["many"])
    for name, each in views(held).items():
        yield f"round, {name}", rounds.form(each)
    yield "round as an answer", rounds.answer(view(held))
    yield "round begun", rounds.begun(one(held))
    yield "round being published", rounds.publishing(one(held))
    yield "round dropped", rounds.dropped()
    for name, of in _places(held).items():
        yield f"places in a round, {name}", round_forms.places_form(of)
        yield f"places in a round changed, {name}", round_forms.places_set(of)
    for name in ("ready", "ready, one"):
        yield f"publish form, {name}", round_forms.publish_form(views(held)[name])
    yield "keep apart form, of a round", pairings.keep_apart_form(some.AMARA, some.KATHERINE)
    yield "pin form, of a round", pairings.pin_form(held, some.AMARA, some.KATHERINE)
    waits = some.waiting_list(held)
    assigning = tuple(replace(each, view=some.request("assigning", held=held)) for each in waits.waiting[-1:])
    yield "queue, some to assign", office.waiting_list_form(replace(waits, waiting=assigning, total=1))


def table(held: Scheme = some.SCHEME) -> list[tuple[str, ...]]:
    """The round as a table."""
    return list(round_lines.rows((*lines(held), *came(held), *unplaced()), held))
