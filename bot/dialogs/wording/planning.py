"""Words about planning the sessions of a year at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialogs import own_fields as own
from bot.dialogs import plain, subjects
from bot.dialogs.parts import Bold, Bullets, Button, Form, Message, Notice, Part, Run, Shown, When
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.sessions import PlanView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import message, notice, press, say, small
from bot.dialogs.wording.session_forms import place_of
from bot.lifecycle import planning as rules
from bot.lifecycle import sessions as session_rules
from bot.lifecycle.pairs import Session
from bot.lifecycle.planning import Day
from bot.lifecycle.vocabulary import Verb

TITLE: Final = "Plan the year"
MARKER: Final = "marker"
"""What the plan carries along: how the pair's sessions stood when it was drawn up."""


def rhythm_form(view: PairView, *, crowded: bool = False) -> Form:
    """How often, on what day and at what hour. `crowded`: with what was asked for, one of the two is always busy."""
    pair, zone = view.pair, view.me.zone
    least, most = session_rules.minutes_of(pair.terms)
    same = "The others fall on the same day of the week, at the same hour."
    head = f"Your sessions with {view.other.name}. You see every day before anything is set."
    if crowded:
        head = "At this hour one of you is busy on each of these days. Please choose another hour, or another day."
    parts: list[Part] = [
        say(head),
        replace(own.FIRST, hint=same),
        replace(own.START, hint=f"{place_of(zone)} time"),
        replace(own.WEEKS, initial=rules.weeks_apart(pair)),
        replace(own.COUNT, initial=rules.to_set(pair)),
        replace(own.MINUTES, lowest=least, highest=most, initial=pair.terms.minutes),
    ]
    if len(pair.terms.modes) > 1:
        parts.append(replace(own.MODE, options=pair.terms.modes))
    parts.append(replace(own.PLACE, hint="A room, a link or a telephone number. Only the two of you see it."))
    return Form(Verb.SHOW_PLAN, TITLE, tuple(parts), pair.id, "Show the plan")


def plan_form(plan: PlanView) -> Form:
    """The plan: every day can be changed before it is set. While calendars are looked at it is only read."""
    view, meeting = plan.pair, plan.meeting
    pair, zone = view.pair, ZoneInfo(view.me.zone)
    start = meeting.starts_at.astimezone(zone).time()
    how = f", {meeting.mode.lower()}" if meeting.mode else ""
    each = f"Each at {start:%H:%M}, {meeting.minutes} minutes{how}."
    numbered = tuple(zip(_numbers(view, len(plan.days)), plan.days, strict=True))
    if plan.waits_for:
        waits = small("Your calendars are being looked at; this takes a moment. Then each day can be changed.")
        listed = Bullets(tuple(_read(number, day) for number, day in numbered))
        shown = (say(each), listed, waits)
        return Form(Verb.PLAN_YEAR, TITLE, shown, pair.id, waits_for=plan.waits_for, waits_until=plan.looked_until)
    head = f"{each} Change a day where another suits you better."
    fewer = (_fewer(plan),) if len(plan.days) < plan.wanted else ()
    looked = tuple(map(small, _looked(plan)))
    fields = (_day(n, number, day) for n, (number, day) in enumerate(numbered))
    carried = {
        MARKER: str(rules.marker(pair)), own.START.key: start.isoformat(), own.MINUTES.key: str(meeting.minutes),
        own.MODE.key: meeting.mode, own.PLACE.key: meeting.place,
    }  # fmt: skip
    then = small(f"{view.other.first} is told once, with all of them, and asked whether they suit.")
    return Form(Verb.PLAN_YEAR, TITLE, (say(head), *fewer, *fields, *looked, then), pair.id, TITLE, carried)


def _read(number: int, day: Day) -> tuple[Run, ...]:
    return (f"Session {number}: {plain.day(day.on)}{_left_out(day)}",)


def _fewer(plan: PlanView) -> Shown:
    """Why there are not as many days as were asked for."""
    ends, fit = plan.pair.pair.ends_at, f"{len(plan.days)} of {plan.wanted} fit in: "
    if plan.crowded:
        left = ("before the connection ends on ", When(ends, "day"), " ") if ends else ()
        return small(fit, *left, "one of you is busy on the other days.")
    return small(fit, *(("the connection lasts until ", When(ends, "day"), ".") if ends else ()))


def _looked(plan: PlanView) -> Iterator[str]:
    """Of which days the two's own calendars say the same."""
    if plan.looked_until is None:
        return
    names = tuple("your own" if each.id == plan.pair.viewer else f"{each.first}’s" for each in plan.unknown)
    if names:
        several = len(names) > 1
        noun, are = ("calendars", "They are") if several else ("calendar", "It is")
        yield f"Not looked at: {' and '.join(names)} {noun}. {are} looked at again before each session is set."
    elif plan.days[-1].on >= plan.looked_until.date():
        last = plain.day(plan.looked_until - timedelta(days=1))
        yield f"Both of your calendars are free until {last}; later days are looked at before each session is set."
    else:
        yield "Both of your calendars are free then."


def _numbers(view: PairView, count: int) -> list[int]:
    """The numbers of the sessions that get the plan's days, in their order."""
    waiting = [each.number for each in view.pair.sessions if each.state == "planned"]
    after = session_rules.next_number(view.pair)
    return [*waiting, *range(after, after + count)][:count]


def _day(n: int, number: int, day: Day) -> Part:
    return replace(own.planned_day(n, number), initial=day.on, hint=f"{day.on:%A}{_left_out(day)}"[:150])


def _left_out(day: Day) -> str:
    """Which day in the rhythm made way for this one, and why."""
    why = day.kept or "one of you is busy then"
    return f". {day.instead_of:%-d %B} is left out: {why}." if day.instead_of else ""


def planned(view: PairView) -> Message:
    """Both have the plan in writing, each time as it stands, and whoever did not draw it up is asked whether it
    suits."""
    ahead = _ahead(view)
    look = buttons.view_pair(view.pair.id, view.other.name)
    if not ahead or view.pair.state != "active":
        return message(view.me, say("The sessions planned with ", Bold(view.other.name), " are over."))
    count = "1 session is" if len(ahead) == 1 else f"{len(ahead)} sessions are"
    head = say("Your plan with ", Bold(view.other.name), f": {count} ahead.")
    listed = Bullets(tuple(_line(view, each) for each in ahead))
    asked = confirm_button(view)
    if asked is None:
        return message(view.me, head, listed, small("Each can be changed under View."), press(look))
    suits = small("Do they suit you? If you do nothing, they stand; each can be changed under View.")
    return message(view.me, head, listed, suits, press(asked, look))


def _ahead(view: PairView) -> tuple[Session, ...]:
    return tuple(each for each in view.pair.sessions if each.starts_at and each.starts_at > view.now)


def _line(view: PairView, session: Session) -> tuple[Run, ...]:
    mode = f", {session.mode.lower()}" if session.mode else ""
    on: tuple[Run, ...] = (When(session.starts_at),) if session.starts_at else ()
    return (f"Session {session.number}: ", *on, f"{mode}{_stands(view, session)}")


def _stands(view: PairView, session: Session) -> str:
    if session.confirmed_at is not None:
        return ", confirmed"
    return f", {view.other.first} has still to confirm it" if session.set_by == view.viewer else ""


def confirm_button(view: PairView) -> Button | None:
    """Confirm, for every time that waits for the viewer's word; None where none does."""
    waiting = rules.unconfirmed(view.pair, view.viewer, view.now)
    if not waiting:
        return None
    subject = subjects.plan(view.pair.id, rules.marker(view.pair))
    return buttons.confirm_all(subject, len(waiting), view.other.name)


def overtaken(view: PairView) -> Message:
    """An earlier plan of the same two."""
    return message(view.me, say("There is a later plan with ", Bold(view.other.name), ": it says how things stand."))


def year_confirmed(view: PairView) -> Message:
    """Whoever drew up the plan hears that it suits."""
    head = say(Bold(view.other.name), " has confirmed the sessions that you planned.")
    starts = (each.starts_at for each in _ahead(view) if each.starts_at)
    then: tuple[Shown, ...] = tuple(say("The next one is on ", When(at), ".") for at in (*starts,)[:1])
    return message(view.me, head, *then, press(buttons.view_pair(view.pair.id, view.other.name)))


def planned_notice(view: PairView, count: int) -> Notice:
    """The answer to planning."""
    set_ = "1 session is set" if count == 1 else f"{count} sessions are set"
    then = f"{view.other.name} is asked once whether they suit. You have all of them in a message, and can change each."
    return notice("Planned", f"{set_}.", small(then))


def confirmed_notice(view: PairView) -> Notice:
    """The answer to Confirm."""
    listed = Bullets(tuple(_line(view, each) for each in _ahead(view)))
    return notice("Confirmed", f"{view.other.name} knows that these times suit you.", listed)
