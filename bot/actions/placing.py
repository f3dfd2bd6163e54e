"""What comes of sessions in people's calendars: asked for with the session, and kept as the calendar answers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.actions.context import Context
from bot.actions.keeping import PAIR, keep_if_changed
from bot.calendars.calendar import Answer, Busy, Placed
from bot.lifecycle import heard
from bot.lifecycle import placing as rules
from bot.lifecycle.heard import Shown
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.step import Step
from bot.screens import pairs as screens
from bot.screens import times
from bot.storage import pairs, people

OFFERED: Final = 3
"""How many times are offered at once, each with a button."""
VERB: Final = "calendar"
"""What is noted where a calendar has done something."""


def with_calendar(context: Context, before: Pair | None, step: Step[Pair]) -> Step[Pair]:
    """The same step, with what it asks of a calendar, if anybody keeps one for this pair."""
    return rules.ask(before, step, organiser(context, step.state))


def organiser(context: Context, pair: Pair) -> str | None:
    """Whose calendar its sessions are made in; None: nobody's."""
    if not context.channels.calendar:
        return None
    return context.scheme.calendar.mailbox or people.get(context.db, pair.mentor).email


def placed(context: Context, session: str, revision: int, event: Placed) -> None:
    """The calendar shows the session as it was at that revision."""
    before = _pair(context, session)
    step = rules.placed(before, session, revision, event.event, event.starts_at, event.join_url)
    keep_if_changed(context, PAIR, VERB, before, step, session)


def taken_out(context: Context, session: str, event: str) -> None:
    """The event was called off, or is there no more."""
    before = _pair(context, session)
    keep_if_changed(context, PAIR, VERB, before, rules.taken_out(before, session, event), session)


def never_made(context: Context, session: str) -> None:
    """Of an event that may have been made nothing is left."""
    before = _pair(context, session)
    keep_if_changed(context, PAIR, VERB, before, rules.never_made(before, session), session)


def shown(
    context: Context,
    session: str,
    revision: int,
    event: str,
    found: Placed | None,
    busy: Mapping[str, Busy] | None = None,
) -> bool:
    """What the calendar shows of an event now; None: it is there no more. `busy`: as for `time_taken`. Whether that is
    dealt with: what was seen while a change of ours was on its way has to be looked at once more."""
    before = _pair(context, session)
    offers = other_times(context, before, session, busy)
    step = heard.heard(before, session, revision, _as_shown(context, before, event, found), context.now, offers)
    keep_if_changed(context, PAIR, VERB, before, step, session)
    return heard.settled(before.session(session), revision)


def _as_shown(context: Context, pair: Pair, event: str, found: Placed | None) -> Shown:
    if found is None or found.cancelled:
        return Shown(event, None)
    both = people.many(context.db, {pair.mentee, pair.mentor}).values()
    said = {each.id: found.answers.get(each.email.lower()) for each in both if each.email}
    accepted = frozenset(person for person, answer in said.items() if answer is Answer.ACCEPTED)
    declined = frozenset(person for person, answer in said.items() if answer is Answer.DECLINED)
    return Shown(event, found.starts_at, found.minutes, found.join_url, accepted, declined)


def time_taken(context: Context, session: str, revision: int, busy: Mapping[str, Busy] | None) -> None:
    """One of the two is busy then. `busy`: when they are in the weeks to come, by address, where that is known."""
    before = _pair(context, session)
    offers = other_times(context, before, session, busy)
    step = rules.time_taken(before, session, revision, offers, context.now)
    keep_if_changed(context, PAIR, VERB, before, step, session)


def other_times(context: Context, pair: Pair, session: str, busy: Mapping[str, Busy] | None) -> tuple[datetime, ...]:
    """A few times at which both are free, other than the one that it had; none where that is not known of one of
    them."""
    if busy is None or any(each.why is not None for each in busy.values()):
        return ()
    view = screens.of_both(context.db, context.scheme, pair, context.now)
    known: times.Known = lambda addresses: {each: busy.get(each, Busy()) for each in addresses}  # noqa: E731
    held = pair.session(session)
    found = times.proposals(context.db, view, held, context.running, known)
    return tuple(each for each in found.starts if not _meets(held, each))[:OFFERED]


def _meets(held: Session, starts_at: datetime) -> bool:
    return held.starts_at is not None and abs(starts_at - held.starts_at) < timedelta(minutes=held.minutes)


def not_placed(context: Context, session: str) -> None:
    """Nobody tries any more."""
    before = _pair(context, session)
    keep_if_changed(context, PAIR, VERB, before, rules.not_placed(before, session), session)


def _pair(context: Context, session: str) -> Pair:
    return pairs.by_session(context.db, context.scheme.key, session)
