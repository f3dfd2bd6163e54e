"""How a concern stands, in words for its reporter and for whoever takes it up."""

from collections.abc import Iterable, Sequence

from bot.dialogs.parts import Run, Shown, When
from bot.dialogs.view_models.concerns import ConcernView
from bot.dialogs.wording.builders import quoted, small
from bot.lifecycle.concerns import Happened, What

_FEW = 3


def named(names: Sequence[str]) -> str:
    """Several names, at most three of them: "Ada, Ben and 2 more"."""
    if len(names) > _FEW:
        return f"{', '.join(names[:_FEW])} and {len(names) - _FEW} more"
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def with_whom(view: ConcernView) -> str:
    """Who has it: "Ruth Hall (Director) and Ned Ames (Chair)"; "" where nobody has."""
    return named([f"{person.name} ({office.title})" for person, office in view.keepers]) if view.keepers else ""


def stands(view: ConcernView) -> tuple[Run, ...]:
    """How it stands, for its reporter."""
    concern, whom = view.concern, with_whom(view)
    if concern.state == "closed" and concern.closed_at and concern.closed_by:
        return (f"{view.people[concern.closed_by].name} closed it on ", When(concern.closed_at, "day"), ".")
    if not whom:
        return (
            f"Nobody here can take it up at the moment. Write to {view.scheme.beyond}; once somebody can, we say so.",
        )
    if concern.state == "in_contact" and concern.contact_at and concern.contact_from:
        who = view.people[concern.contact_from].name
        return (f"It is with {whom}. {who} says that they made contact on ", When(concern.contact_at, "day"), ".")
    by = When(concern.contact_by, "day")
    if view.overdue:
        rather = f". It takes longer than it should: you can also write to {view.scheme.beyond}."
        return (f"It is with {whom}, and contact was to be made by ", by, rather)
    return (f"It is with {whom}, who {_make(view)} contact with you by ", by, ".")


def _make(view: ConcernView) -> str:
    return "makes" if len(view.keepers) == 1 else "make"


def waits(view: ConcernView) -> tuple[Run, ...]:
    """How it stands, for whoever takes it up."""
    concern = view.concern
    if concern.state == "closed" and concern.closed_at and concern.closed_by:
        return (f"Closed by {view.people[concern.closed_by].name} on ", When(concern.closed_at, "day"), ".")
    if concern.state == "in_contact" and concern.contact_at and concern.contact_from:
        who = view.people[concern.contact_from].name
        return (f"{who} made contact on ", When(concern.contact_at, "day"), ". It can be closed once it is settled.")
    by = When(concern.contact_by, "day")
    if view.overdue:
        return ("Overdue: contact with whoever has raised it was to be made by ", by, ".")
    return ("Contact with whoever has raised it is to be made by ", by, ".")


def told(view: ConcernView) -> tuple[Shown, ...]:
    """All that has happened to it, oldest first, as far as the viewer reads it."""
    return tuple(part for one in view.story for part in _one(view, one))


def _one(view: ConcernView, one: Happened) -> Iterable[Shown]:
    said = _said(view, one)
    yield small(When(one.at, "day"), ": ", *said, ".")
    if one.text:
        yield from quoted(f"{view.people[one.person].name if one.person else ''} writes:", one.text)
    if one.note and view.reader == "handler":
        yield from quoted("For whoever takes it up alone:", one.note)


def _said(view: ConcernView, one: Happened) -> tuple[Run, ...]:
    who = view.people[one.person].name if one.person else ""
    until: tuple[Run, ...] = (When(one.until, "day"),) if one.until else ()
    titles = {office.key: office.title for office in view.scheme.offices}
    words: dict[What, tuple[Run, ...]] = {
        "raised": (f"raised by {who}",),
        "handed_on": (f"handed to the {titles.get(one.office or '', 'office')}",),
        "overdue": ("the time to make contact was over",),
        "away": (f"{who} said that they are away until ", *until),
        "contact": (f"{who} said that they made contact on ", *until),
        "denied": (f"{who} said that no contact was made",),
        "added": (f"{who} added something",),
        "closed": (f"closed by {who}",),
        "taken_back": (f"{who} took back what was said last",),
    }
    return words[one.what]
