"""Words about approving many at once: who and what it is, what is left out and why, and what came of it."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from bot.dialogs.parts import Bold, Bullets, Button, Form, Message, Notice, Part, Shown, paragraphs
from bot.dialogs.view_models.bulk import BulkPreview, BulkView, Waits
from bot.dialogs.wording import buttons_of_office
from bot.dialogs.wording.builders import message, notice, press, say, small
from bot.lifecycle import bulk as rules
from bot.lifecycle.bulk import Because, Bulk, Case
from bot.lifecycle.permissions import Actor
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb

TITLE: Final = "Approve all"
_WHY_NOT: Final[Mapping[Because, str]] = {
    "criteria": "does not meet all that the scheme asks for",
    "own": "is you: another member of the office decides",
    "asked_back": "has a question of the office to answer first",
}
_NAMED: Final = 20
"""So many are named where each has a line."""


def form(view: BulkPreview) -> Form:
    """What is approved, and what is not."""
    if not view.approved:
        nothing = say("Nothing waits that could be approved with others.")
        return Form(Verb.OPEN_APPROVE_ALL, TITLE, (nothing, *_left_out(view)))
    number = len(view.approved)
    what = "1 case will be" if number == 1 else f"{number} cases will be"
    parts: list[Part] = [say(Bold(f"{what} approved"), ", each in its own right. All concerned are told at once.")]
    by_what = sorted(view.approved, key=lambda each: each.what.partition(":")[0])
    for head, some in groupby(by_what, key=lambda each: each.what.partition(":")[0]):
        named = [each.name for each in some]
        parts += [say(Bold(f"{head[0].upper()}{head[1:]} ({len(named)})")), *paragraphs(" · ".join(named))]
    if view.more:
        parts.append(small(f"{view.more:,} more wait, for another time: press Approve all again afterwards."))
    parts += _left_out(view)
    return Form(Verb.APPROVE_ALL, TITLE, tuple(parts), view.bulk.id, TITLE)


def _left_out(view: BulkPreview) -> list[Shown]:
    left = view.left_out
    if not left:
        return []
    lines = tuple((_line(each),) for each in left[:_NAMED])
    more = [small(f"And {len(left) - _NAMED:,} more.")] if len(left) > _NAMED else []
    return [say(Bold("Left out, to be decided one by one:")), Bullets(lines), *more]


def _line(each: Waits) -> str:
    return f"{each.name} {_WHY_NOT[each.why_not]}" if each.why_not else each.name


def begun(one: Bulk) -> Notice:
    """The answer to it, before all have had their turn."""
    number = len(one.cases)
    return notice(TITLE, f"{number} cases are being approved. You are told here in a moment what came of each.")


def came_of_it(view: BulkView) -> Notice:
    """The answer to it, where all have had their turn."""
    return notice(TITLE, "", *_said(view))


def told(view: BulkView) -> Message:
    """The same as a message, for whoever did it."""
    return message(view.reader, *_said(view))


def taken_back(view: BulkView) -> Notice:
    """The answer to Undo."""
    return notice("Undo", "", say("What can still be taken back is. You are told here what came of it."))


def _said(view: BulkView) -> tuple[Shown, ...]:
    one, parts = view.bulk, list[Shown]()
    approved, undone = one.of("approved"), one.of("undone")
    parts.append(say(Bold(_counted(len(approved), "approved")), f" of {len(one.cases)}."))
    if undone:
        parts.append(say(f"{_counted(len(undone), 'taken back')}: each is as it was before."))
    parts += _named("Changed meanwhile, and left out:", one.of("changed"), view)
    parts += _named("Could not be approved as things stand, and left out:", one.of("refused"), view)
    if one.of("changed") or one.of("refused"):
        parts.append(small("They are still in the queue, where they wait."))
    undo = _undo(view)
    return (*parts, *((press(undo),) if undo else ()))


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}"


def _named(head: str, cases: Iterable[Case], view: BulkView) -> list[Shown]:
    names = [view.names.get(each.person, "–") for each in cases]
    return [say(Bold(head)), *paragraphs(" · ".join(names))] if names else []


def _undo(view: BulkView) -> Button | None:
    one = view.bulk
    by = Actor(one.by, frozenset({"approve_members", "approve_requests"}))
    may = one.of("approved") and allowed(rules.may_undo, one, by, view.now)
    return buttons_of_office.undo_all(one.id, len(one.of("approved"))) if may else None
