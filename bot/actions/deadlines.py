"""What only time brings about: what has fallen due, a few at a time, each by the rule for its kind."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeVar

from sqlalchemy import Connection as Db

from bot.actions import (
    colleagues,
    concern_office,
    endings,
    going,
    mornings,
    pairings,
    places,
    reminding,
    requests,
    standing,
)
from bot.actions.context import Context
from bot.actions.dispatcher import Dispatcher
from bot.lifecycle.deadlines import REMINDERS, DeadlineKind
from bot.lifecycle.step import Refused
from bot.lifecycle.undoing import FOR as UNDO_FOR
from bot.storage import bulks, deadlines, idempotency_keys, imports, rounds, undoing
from bot.storage.deadlines import Due

log = logging.getLogger(__name__)
T = TypeVar("T")

BATCH = 50
AT_ONCE = 4
PUT_OFF = timedelta(minutes=5)
"""How long what could not be done is left alone, so that the others have their turn."""
REMEMBERED = timedelta(days=2)
"""How long a delivery is remembered, so that the same one is not acted on twice. A platform tries for minutes."""
OVER_KEPT = timedelta(days=30)
"""How long what came of a file, of approving many at once, or of a round can be looked at."""

Rule = Callable[[Context, str], bool]
Rules = Mapping[DeadlineKind, Rule]


def _reminder(kind: DeadlineKind) -> Rule:
    return lambda context, about: reminding.remind(context, kind, about)


RULES: Final[Rules] = {
    DeadlineKind.INVITATION_LAPSES: requests.lapse,
    DeadlineKind.DECLINE_STANDS: requests.decline_stands,
    DeadlineKind.PLACE_HELD: places.held_no_longer,
    DeadlineKind.CONNECTION_OVER: endings.time_over,
    DeadlineKind.PAUSE_OVER: standing.pause_over,
    DeadlineKind.REST_OVER: standing.rest_over,
    DeadlineKind.CONCERN_AHEAD: concern_office.remind,
    DeadlineKind.CONCERN_OVER: concern_office.time_over,
    DeadlineKind.PERSON_GONE: going.person_gone,
    DeadlineKind.PERSON_BACK: going.person_back,
    DeadlineKind.COLLEAGUE_JOINED: colleagues.joined,
    DeadlineKind.NAMED_APART: pairings.named_apart,
    DeadlineKind.MORNING: mornings.morning,
    **{kind: _reminder(kind) for kind in REMINDERS},
}
"""What follows a deadline: given the id of what it is about, whether anything did. Its deadline is over whatever came
of it, unless the rule has set it anew. What somebody is reminded of is looked at once more when the message is
written: a reminder need not lock what it tells of."""

if missing := set(DeadlineKind) - RULES.keys():
    raise LookupError(f"nothing follows {', '.join(sorted(missing))}")


async def sweep(dispatcher: Dispatcher, rules: Rules = RULES) -> bool:
    """Look once at what is due and do it, longest first; True while there may be more."""
    now, schemes = dispatcher.clock(), tuple(dispatcher.schemes)
    due = await dispatcher.database.read(lambda db: deadlines.due(db, schemes, now, BATCH))
    went_on = False
    for at in range(0, len(due), AT_ONCE):
        # A few at a time, and clicks in between: fifty at once would all stand before the next click in the queue.
        await dispatcher.wait_until_idle()
        done = await asyncio.gather(*(_one(dispatcher, rules, each) for each in due[at : at + AT_ONCE]))
        went_on = went_on or any(done)
    if went_on:
        dispatcher.committed()
    return went_on


async def _one(dispatcher: Dispatcher, rules: Rules, due: Due) -> bool:
    """Do what follows, in a transaction of its own; whether this one stands in the way no more.

    What is refused (there is no such thing any more) is over. What fails, or has no rule in this version, is put off:
    it must not come first for ever.
    """
    try:
        happened = await _in_scheme(dispatcher, due, lambda context: _follow(context, rules, due))
    except Refused as refused:
        log.info("%s %s by the clock: %s", due.kind, due.about, refused)
        return await _make_way(dispatcher, due, deadlines.remove)
    except Exception:
        log.exception("%s %s could not be done: put off by %s", due.kind, due.about, PUT_OFF)
        return await _make_way(dispatcher, due, partial(deadlines.put_off, by=PUT_OFF))
    if happened:
        log.info("%s %s by the clock: done", due.kind, due.about)
    return True


def _follow(context: Context, rules: Rules, due: Due) -> bool:
    if not deadlines.take(context.db, due, context.now):
        return False  # somebody has been quicker: another process, or whoever settled the thing
    happened = rules[DeadlineKind(due.kind)](context, due.about)
    deadlines.remove(context.db, due, context.now)
    return happened


async def _make_way(dispatcher: Dispatcher, due: Due, how: Callable[[Db, Due, datetime], None]) -> bool:
    try:
        await _in_scheme(dispatcher, due, lambda context: how(context.db, due, context.now))
    except Exception:
        log.exception("%s %s stands in the way", due.kind, due.about)
        return False  # looked at again at the next tick, not at once
    return True


async def _in_scheme(dispatcher: Dispatcher, due: Due, work: Callable[[Context], T]) -> T:
    """In a transaction of the deadline's own scheme. Whoever loses a race looks once more: mostly it is over then."""
    return await dispatcher.by_clock(due.scheme, work, tries=2)


async def tidy(dispatcher: Dispatcher) -> None:
    """Forget deliveries that can no longer come again, and decisions that can no longer be taken back; and see that
    every concern is in somebody's hands: people come to offices, and go, in many ways."""
    now = dispatcher.clock()
    await dispatcher.database.write(lambda db: idempotency_keys.prune(db, now - REMEMBERED))
    await dispatcher.database.write(lambda db: undoing.prune(db, now - UNDO_FOR))
    for key in dispatcher.schemes:
        await dispatcher.by_clock(key, concern_office.look_after, tries=2)
        await dispatcher.by_clock(key, mornings.begin, tries=2)
    await dispatcher.database.write(lambda db: imports.prune(db, now - OVER_KEPT))
    await dispatcher.database.write(lambda db: bulks.prune(db, now - OVER_KEPT))
    await dispatcher.database.write(lambda db: rounds.prune(db, now - OVER_KEPT, now))
