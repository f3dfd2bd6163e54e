"""From parts to whole messages and notices, so that every message's plain text says all that its parts say."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from bot.dialogs.parts import (
    Bold,
    Button,
    Buttons,
    Heading,
    Link,
    Mention,
    Message,
    Note,
    Notice,
    Paragraph,
    Part,
    Portrait,
    Run,
    Shown,
    Typed,
    When,
    paragraphs,
)
from bot.dialogs.plain import plain
from bot.dialogs.view_models.decisions import Decision
from bot.lifecycle import reminders
from bot.lifecycle.people import Person
from bot.schemes.scheme import Scheme

_TEXT_LONGEST = 3300
"""Leaves room in a message's 3 500 characters for the line that names the buttons."""


def mention(person: Person) -> Mention:
    """A person as whoever reads of them can open a chat with."""
    return Mention(person.user, person.name, person.email or "")


def message(reader: Person, *parts: Shown) -> Message:
    """A message to one person; its plain text writes moments in that person's zone."""
    return Message(_text(parts, ZoneInfo(reader.zone)), one_primary(parts))


def office_message(*parts: Shown) -> Message:
    """A message to the office, whose readers may be anywhere: days only, or moments in UTC."""
    return Message(_text(parts, None), one_primary(parts))


def _text(parts: tuple[Shown, ...], zone: ZoneInfo | None) -> str:
    """All that the parts say and, since they cannot be seen there, which buttons wait in chat."""
    labels = [button.label for part in parts if isinstance(part, Buttons) for button in part.buttons]
    pressed = f"\nIn chat, press {either(dict.fromkeys(labels))}." if labels else ""
    return plain(parts, zone, _TEXT_LONGEST) + pressed


def notice(title: str, text: str, *parts: Shown) -> Notice:
    """A few words to the presser alone; what belongs to them besides stands under them."""
    return Notice(text, one_primary(parts), title)


def say(*runs: Run) -> Paragraph:
    """A paragraph."""
    return Paragraph(runs)


def portrait(person: Person, *runs: Run) -> Portrait:
    """A paragraph about somebody, with their picture beside it where there is one."""
    return Portrait(runs, mention(person), person.picture)


def small(*runs: Run) -> Note:
    """Small print."""
    return Note(runs)


_ADDRESS: Final = re.compile(r"https://[^\s<>|\"\\]{4,290}")


def place(typed: str) -> Run:
    """Where people are to go: an address on the web can be pressed, and shows where it leads; anything else stands as
    it was typed."""
    address = typed.strip()
    return Link(address[:200], address) if _ADDRESS.fullmatch(address) else typed


HOME: Final = Typed("press this app’s name, then Home", "type menu")
"""How somebody gets to their Home, as the end of a sentence."""


def command(words: str = "", *, admin: bool = False, bold: bool = False) -> Typed:
    """A command, as it is typed."""
    slashed, bare = ("/mentoring-admin", "admin") if admin else ("/mentoring", "mentoring")
    return Typed(f"{slashed} {words}".strip(), f"{bare} {words}".strip(), bold)


def press(*buttons: Button) -> Buttons:
    """Buttons side by side."""
    return Buttons(buttons)


OnePart = TypeVar("OnePart", bound=Part)


def one_primary(parts: Sequence[OnePart]) -> tuple[OnePart, ...]:
    """The parts with one primary button, the first: where several call, none does."""
    found, shown = False, list[OnePart]()
    for part in parts:
        if isinstance(part, Buttons):
            first = next((each for each in part.buttons if each.style == "primary"), None) if not found else None
            found = found or first is not None
            part = replace(part, buttons=tuple(_plain(each, first) for each in part.buttons))
        shown.append(part)
    return tuple(shown)


def _plain(button: Button, first: Button | None) -> Button:
    return button if button.style != "primary" or button is first else replace(button, style="plain")


def rows(buttons: Sequence[Button]) -> tuple[Buttons, ...]:
    """Any number of buttons, five side by side."""
    return tuple(Buttons(tuple(buttons[at : at + 5])) for at in range(0, len(buttons), 5))


def turning(
    page: int, pages: int, make: Callable[[str, int], Button], labels: tuple[str, str] = ("Previous page", "Next page")
) -> tuple[Button, ...]:
    """Back and on from a page, counted from 0; nothing where there is one only."""
    beside = zip(labels, (page - 1, page + 1), strict=True)
    return tuple(make(label, other) for label, other in beside if 0 <= other < pages)


def heading(text: str) -> Heading:
    """A heading, cut where a name or topics are longer than one may be."""
    return Heading(cut(text, 150))


def cut(text: str, longest: int) -> str:
    """Text that fits, with an ellipsis where it was longer."""
    text = text.strip() or "–"
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def either(words: Iterable[str]) -> str:
    """Several words as a choice: "View, Accept or Decline"."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def quoted(head: str, text: str) -> tuple[Shown, ...]:
    """What somebody wrote, under words that say who."""
    return (say(Bold(head)), *paragraphs(text))


_DECIDED: Final[Mapping[str, str]] = {
    "approve_joining": "Admitted by", "approve_member": "Approved by", "approve_request": "Approved by",
    "turn_down": "Turned down by", "clarify": "Asked back by", "record_training": "Training recorded by",
    "remove_member": "Taken out by", "pause_member": "Paused by", "resume_member": "Pause ended by",
    "pass_on_request": "Passed on by", "end_connection": "Ended by", "extend": "Extended by",
    "replace_mentor": "Mentor replaced by", "assign": "Mentor assigned by", "give_back": "Given back by",
}  # fmt: skip


def decided(decision: Decision | None) -> tuple[Note, ...]:
    """Who of the office decided, and when."""
    if decision is None:
        return ()
    return (small(*decided_runs(decision)),)


def decided_runs(decision: Decision) -> tuple[Run, ...]:
    """The same as a sentence."""
    return (f"{_DECIDED[decision.verb]} {decision.name} on ", When(decision.at, "day"), ".")


def by_when(scheme: Scheme) -> str:
    """How soon the office means to decide, as the end of a sentence; empty where the scheme does not say."""
    return f", usually within {scheme.approvals.within.words}" if scheme.approvals.within else ""


def waiting(whom: str, since: datetime, scheme: Scheme, now: datetime) -> tuple[Run, ...]:
    """How long the office has had something, and by when it means to have decided, or meant to."""
    meant_by = reminders.meant_by(scheme, since)
    if meant_by is None:
        return (f"Waiting for {whom} since ", When(since, "day"), ".")
    late = reminders.overdue(scheme, since, now)
    head, by = ("Overdue: waiting", "; it was to be answered by ") if late else ("Waiting", "; to be answered by ")
    return (f"{head} for {whom} since ", When(since, "day"), by, When(meant_by, "day"), ".")


def gone() -> Message:
    """What becomes of a message about something that is not kept any more: its head would keep it."""
    text = "What stood here is not kept any more. Home shows how things stand."
    return Message(text, (Paragraph((text,)),))
