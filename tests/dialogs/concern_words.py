"""Concerns in every state, as whoever reads them sees them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from bot.dialogs.parts import Form, Notice
from bot.dialogs.view_models.concerns import ConcernList, ConcernView, InLine, RaisingView
from bot.dialogs.view_models.home import HomeView
from bot.dialogs.wording import concern_office, concerns
from bot.lifecycle.concerns import Concern, Hands, Happened, ReaderOfConcern
from bot.lifecycle.people import Person
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Office, Scheme
from tests.dialogs import sample_views as some

TEXT = "He shouted at me in front of the ward, and <asked> for my telephone number & address."
NED = Person("ned", "slack", "T0", "U0NED", "Ned Ames", "ned@example.org", "Europe/London")
CHAIR = Office(key="chair", title="Chair", powers=("handle_concerns",))
FIRST = Happened(some.NOW - some.DAY, "raised", some.AMARA.id)
HANDED = Happened(some.NOW - some.DAY, "handed_on", office="administrator")
MADE = Happened(some.NOW, "contact", some.RUTH.id, note="She would like another mentor.", until=some.NOW)
TO_HANDLERS: Final = frozenset({Kind.CONCERN_RAISED, Kind.CONCERN_REMINDER, Kind.CONCERN_OVERDUE, Kind.CONCERN_NEWS})


def concern(reader: ReaderOfConcern = "reporter", held: Scheme = some.SCHEME, **more: Any) -> ConcernView:
    """A concern of Amara's about her mentor, with the administrator; `story`, `nobody`, `chair` change the rest."""
    story = more.pop("story", (FIRST, HANDED))
    ruth, ned = ((), ()) if more.pop("nobody", False) else ((some.RUTH.id,), (NED.id,))
    hands = Hands(("administrator", "chair"), {"administrator": ruth, "chair": ned}, frozenset({some.KATHERINE.id}))
    held = held.model_copy(update={"offices": (*held.offices, CHAIR)})
    usual: dict[str, Any] = {
        "offices": ("administrator",), "contact_by": some.NOW + 6 * some.DAY, "about": some.KATHERINE.id,
        "reach": "After five, on 07700 900123",
    }  # fmt: skip
    one = Concern(
        "01JCONCERN7K3F", held.key, some.AMARA.id, text=TEXT, raised_at=some.NOW - some.DAY, **{**usual, **more}
    )
    viewer = some.AMARA if reader == "reporter" else some.RUTH
    known = {each.id: each for each in (some.AMARA, some.KATHERINE, some.RUTH, NED)}
    return ConcernView(held, one, viewer, reader, some.NOW, hands, known, story)


def views(reader: ReaderOfConcern, held: Scheme = some.SCHEME) -> dict[str, ConcernView]:
    """As that reader sees it, in every state."""
    made: dict[str, Any] = {"state": "in_contact", "contact_at": some.NOW, "contact_from": some.RUTH.id}
    over: dict[str, Any] = {**made, "state": "closed", "closed_at": some.NOW, "closed_by": some.RUTH.id}
    away = Happened(some.NOW, "away", some.RUTH.id, until=some.NOW + 10 * some.DAY)
    ended = Happened(some.NOW, "closed", some.RUTH.id, "Thank you for telling us.", "Spoken with both.")
    late, both = Happened(some.NOW, "overdue"), ("administrator", "chair")
    said = Happened(some.NOW, "added", some.AMARA.id, "It has happened again.")
    denied, back = (Happened(some.NOW, what, some.AMARA.id) for what in ("denied", "taken_back"))
    begun = (FIRST, HANDED)
    found: dict[str, dict[str, Any]] = {
        "waiting": {},
        "in general": {"about": None, "reach": None},
        "overdue": {"contact_by": some.NOW, "story": (*begun, late)},
        "with the next, too": {"offices": both, "story": (*begun, late, replace(HANDED, office="chair"))},
        "away": {"story": (*begun, away)},
        "nobody has it": {"nobody": True},
        "more is said": {"story": (*begun, said)},
        "contact denied": {"story": (*begun, MADE, denied)},
        "in contact": {**made, "story": (*begun, MADE)},
        "closed": {**over, "story": (*begun, MADE, ended)},
        "closed without words": {**over, "story": (*begun, MADE, replace(ended, text=None, note=None))},
        "taken back": {**made, "story": (*begun, MADE, ended, replace(back, person=some.RUTH.id))},
    }
    if reader == "handler":
        found.pop("nobody has it")
    return {name: concern(reader, held, **more) for name, more in found.items()}


def of_kind(kind: Kind, held: Scheme = some.SCHEME) -> dict[str, ConcernView]:
    """As whoever gets that kind of message sees it."""
    return views("handler" if kind in TO_HANDLERS else "reporter", held)


def raising(held: Scheme = some.SCHEME) -> dict[str, RaisingView]:
    """Raising one, where several offices could have it, one, or none."""
    whom = {"Prof. Katherine Bell, your mentor": some.KATHERINE.id, "Ruth Adeyemi, Administrator": some.RUTH.id}
    line = (InLine(held.offices[0], (some.RUTH.name, NED.name)), InLine(CHAIR, (NED.name,)))
    return {
        "two offices": RaisingView(held, line, whom),
        "from a connection": RaisingView(held, line[:1], whom, next(iter(whom))),
        "nobody": RaisingView(held, (), whom),
    }


def homes(held: Scheme = some.SCHEME) -> Iterator[tuple[str, HomeView]]:
    """The homes of whoever has raised some, and of whoever takes them up."""
    mine, theirs = views("reporter", held), views("handler", held)
    later = replace(mine["closed"], concern=replace(mine["closed"].concern, id="01JCONCERN8M2P"))
    every = tuple(
        replace(each, concern=replace(each.concern, id=f"01JCONCERNX{number:03}"))
        for number, each in enumerate(theirs.values())
    )
    yield "a concern of theirs", some.home(some.AMARA, held, can_raise=True, own_concerns=(mine["waiting"],))
    yield (
        "two concerns of theirs",
        some.home(some.AMARA, held, can_raise=True, own_concerns=(mine["in contact"], later)),
    )
    yield "a concern to take up", some.home(some.RUTH, held, can_raise=True, concerns=(theirs["waiting"],))
    yield "many concerns to take up", some.home(some.RUTH, held, can_raise=True, concerns=every)


def forms_and_notices(held: Scheme = some.SCHEME) -> Iterator[tuple[str, Form | Notice]]:
    """Every form and notice about concerns."""
    for name, one in raising(held).items():
        yield f"raise a concern, {name}", concerns.raise_form(one)
    for name, seen in views("reporter", held).items():
        yield f"own concern, {name}", concerns.own_form(seen)
    for name, seen in views("handler", held).items():
        yield f"concern, {name}", concern_office.view_form(seen)
    mine, theirs = concern(held=held), concern("handler", held)
    yield "concern received", concerns.received_notice(mine)
    yield "add to a concern", concerns.add_form(mine)
    yield "added to a concern", concerns.added_notice(mine)
    yield "no contact was made", concerns.denied_notice(mine)
    yield "contact form", concern_office.contact_form(theirs, some.NOW.date())
    yield "away form", concern_office.away_form(theirs)
    yield "close form", concern_office.close_form(theirs)
    yield "away", concern_office.away_notice(theirs)
    states = views("handler", held)
    yield "contact made", concern_office.contact_notice(states["in contact"])
    yield "concern closed", concern_office.closed_notice(states["closed"])
    yield "slip taken back", concern_office.undone_notice(states["taken back"])
    several = tuple(states[name] for name in ("overdue", "in contact"))
    several = (several[0], replace(several[1], concern=replace(several[1].concern, id="01JCONCERN8M2P")))
    yield "concerns", concern_office.concerns_form(ConcernList(held, "open", several, 2, 0, 1))
    yield "concerns, none", concern_office.concerns_notice(ConcernList(held, "open", (), 0, 0, 1))
    yield (
        "concerns, second of three pages",
        concern_office.concerns_notice(ConcernList(held, "open", several, 26, 1, 3)),
    )
    yield "concerns, closed", concern_office.concerns_form(ConcernList(held, "closed", (states["closed"],), 1, 0, 1))
