"""Words about the record of who did what."""

from dataclasses import replace

from bot.dialogs import subjects
from bot.dialogs.own_fields import IN_AUDIT
from bot.dialogs.parts import Bold, Button, Form, Notice, Part, Run, Shown, When
from bot.dialogs.view_models.audit import AuditLine, AuditView
from bot.dialogs.wording import audit_words
from bot.dialogs.wording.builders import notice, press, say, small
from bot.dialogs.wording.buttons import button
from bot.lifecycle.vocabulary import Verb

TITLE = "Audit"
_HOW = "Names, what was done, days and “refused”, in any order: “approved last week”, “by ruth 2026-11-03”, “refused”."


def form(view: AuditView) -> Form:
    """A page of it, with what can be looked for."""
    parts: tuple[Part, ...] = (replace(IN_AUDIT, initial=view.text), small(_HOW), *_found(view))
    return Form(Verb.FIND_IN_AUDIT, TITLE, parts, submit="Search")


def answer(view: AuditView) -> Notice:
    """The same as the answer to a command."""
    again = open_button("Search", 0, view.text)
    return notice(TITLE, "", *_found(view, again))


def open_button(label: str = TITLE, page: int = 0, text: str = "") -> Button:
    """The way to it, or to a page of it."""
    spoken = f"{label}: who did what" if label == TITLE else f"{label} of the record of who did what"
    return button(label, Verb.OPEN_AUDIT, subjects.list_page(page, text), spoken)


def _found(view: AuditView, *also: Button) -> tuple[Shown, ...]:
    """Its lines; `also` is pressed beside the ways to other pages."""
    pressed = (*_turning(view), *also)
    ways = (press(*pressed),) if pressed else ()
    asked = f" for “{view.text}”" if view.text else ""
    if not view.lines:
        return (say(f"Nothing is noted{asked}." if not view.page else "There is nothing older."), *ways)
    head = say(f"Who did what{asked}, the newest first. What people wrote is never noted.")
    return (head, *(say(*_line(each)) for each in view.lines), *ways)


def _line(line: AuditLine) -> tuple[Run, ...]:
    who: tuple[Run, ...] = (Bold(line.who),) if line.who else ("The bot, by itself,",)
    refused = line.outcome != "done"
    did = audit_words.refused(line.verb, line.outcome) if refused else audit_words.done(line.verb)
    mark: tuple[Run, ...] = (Bold("Refused"), " – ") if refused else ()
    whom = " and ".join(line.whom)
    of = f" ({line.of})" if whom and line.of else line.of
    about = f" – {whom}{of}" if whom or of else ""
    return (When(line.at), ": ", *mark, *who, f" {did}{about}")


def _turning(view: AuditView) -> tuple[Button, ...]:
    newer = (open_button("Newer", view.page - 1, view.text),) if view.page else ()
    older = (open_button("Older", view.page + 1, view.text),) if view.more else ()
    return (*newer, *older)
