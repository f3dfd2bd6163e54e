"""Words about somebody's own hours: in a window, and on paper to be shown to whom they like."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from bot.dialogs.parts import Bold, Bullets, Facts, Form, Heading, Message, Notice, Part, Run, When
from bot.dialogs.plain import day, month_and_year
from bot.dialogs.view_models.evidence import HoursView, OnPaper
from bot.dialogs.wording import buttons_of_evidence as buttons
from bot.dialogs.wording.builders import message, notice, press, say, small
from bot.lifecycle import hours as rules
from bot.lifecycle.hours import SPANS, Held, Span, Total
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import Role

MOST: Final = 20
"""Sessions in the window; the PDF has all."""
SPAN: Final[Mapping[Span, str]] = {"year": "This year", "twelve": "Last 12 months", "all": "All"}
_ALONE: Final = "Only you get this. It names nobody you met, and says nothing of what you talked about."


def lasting(minutes: int) -> str:
    """So long, in words: "45 minutes", "3 hours 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    words = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours else []
    words += [f"{rest} minutes"] if rest or not hours else []
    return " ".join(words)


def counted(total: Total) -> str:
    """So many sessions, and so long."""
    sessions = "1 session" if total.sessions == 1 else f"{total.sessions:,} sessions"
    return f"{sessions}, {lasting(total.minutes)}" if total.sessions else "no session"


def form(view: HoursView) -> Form:
    """One's own hours, over a span."""
    head = say(Bold(SPAN[view.span]), f": {counted(rules.total(view.held))}.")
    spans = tuple(buttons.hours(SPAN[each], each) for each in SPANS if each != view.span)
    parts: list[Part] = [head, press(*spans, buttons.bring_hours(view.span, SPAN[view.span]))]
    if view.held:
        parts += [Facts(tuple((_as(role), (counted(total),)) for role, total in rules.by_role(view.held).items()))]
        parts += [Heading("By month"), Facts(tuple(_months(view))), Heading("Sessions")]
        parts += [Bullets(tuple(_session(view, each) for each in view.held[:MOST]))]
        more = len(view.held) - MOST
        parts += [small(f"And {more:,} more, which are in the PDF.")] if more > 0 else []
    else:
        parts.append(say("A session counts once one of you has marked it as completed."))
    return Form(Verb.OPEN_HOURS, "My hours", (*parts, small(_ALONE)), view.span)


def _as(role: Role) -> str:
    return f"As {role}"


def _months(view: HoursView) -> Iterator[tuple[str, tuple[Run, ...]]]:
    for first, roles in rules.by_month(view.held, view.zone).items():
        yield _month(first), ("; ".join(f"as {role} {counted(total)}" for role, total in roles.items()),)


def _month(first: date | None) -> str:
    return month_and_year(first) if first else "No day known"


def _session(view: HoursView, held: Held) -> tuple[Run, ...]:
    at: tuple[Run, ...] = (When(held.at, "day"),) if held.at else ("No day known",)
    said: tuple[Run, ...] = (*at, f", {lasting(held.minutes)}, as {held.role}")
    if held.agreed(view.now) or held.agreed_at is None:
        return said
    return (*said, "; not confirmed yet: until ", When(held.agreed_at, "day"), " either can say that it was not so")


def on_its_way() -> Notice:
    """The answer to asking for the PDF."""
    return notice("On its way", "Your hours come to you as a PDF in a moment. Nobody else gets it.")


def brought(made: OnPaper[HoursView]) -> Message:
    """The message that brings it."""
    view = made.view
    head = f", {SPAN[view.span].lower()}: {counted(rules.total(view.held))}."
    said = message(view.me, say(Bold("Your hours"), head), small(_ALONE))
    return replace(said, attachment=made.attachment)


def title(view: HoursView) -> tuple[str, str, str]:
    """Whose they are, of which scheme, and over which time, as they stand at the head of the paper."""
    today = view.now.astimezone(view.zone).date()
    first = rules.first_day(view.span, today)
    since = f"{day(first)} to {day(today)}" if first else f"Until {day(today)}"
    return (f"Hours of mentoring: {view.me.name}", f"{view.scheme.name}, {view.scheme.organisation}", since)


MONTHS: Final = ("Month", "As", "Sessions", "Time")
SESSIONS: Final = ("Day", "As", "Time", "How it stands")


def months(view: HoursView) -> tuple[tuple[str, ...], ...]:
    """A line for each month and role, and all of it, below MONTHS."""
    lines = [
        (_month(first), role, f"{total.sessions:,}", lasting(total.minutes))
        for first, roles in rules.by_month(view.held, view.zone).items()
        for role, total in roles.items()
    ]
    for role, total in rules.by_role(view.held).items():
        lines.append(("All", role, f"{total.sessions:,}", lasting(total.minutes)))
    return tuple(lines)


def sessions(view: HoursView) -> tuple[tuple[str, ...], ...]:
    """A line for each session, below SESSIONS."""
    return tuple((_day(view, each), each.role, lasting(each.minutes), _stands(view, each)) for each in view.held)


def _day(view: HoursView, held: Held) -> str:
    return day(held.at.astimezone(view.zone)) if held.at else "Not known"


def _stands(view: HoursView, held: Held) -> str:
    if held.agreed(view.now) or held.agreed_at is None:
        return "Took place"
    return f"Not confirmed yet, until {day(held.agreed_at.astimezone(view.zone))}"


def small_print(view: HoursView) -> str:
    """What the paper is worth, and whom it is for."""
    after = view.scheme.sessions.agreed_after.words
    return (
        f"A session is here once one of the two has marked it as completed. For {after} either can say that it was not "
        "so, and then it is not here; where nobody has, it took place. Nobody else is named, and nothing is said of "
        f"what was talked about. Made on {day(view.now.astimezone(view.zone))} for {view.me.name} alone."
    )
