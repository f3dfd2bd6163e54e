"""What only time brings about: deadlines that have passed and reminders that are due, a few at a time."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import Connection as Db

from bot.actions.context import Context
from bot.actions.dispatcher import Dispatcher
from bot.actions.requests import lapse, remind
from bot.storage import idempotency_keys, requests
from bot.storage.database import Conflict

log = logging.getLogger(__name__)

BATCH = 50
AT_ONCE = 4
REMEMBERED = timedelta(days=2)
"""How long a delivery is remembered, so that the same one is not acted on twice. A platform tries for minutes."""


async def sweep(dispatcher: Dispatcher) -> bool:
    """Look once at what is due and do it; True while there may be more. Each case is a transaction of its own, so
    that one that fails holds up no other (it is looked at again at the next tick, not at once); a click that was
    quicker is a success of somebody else's."""
    now, scheme = dispatcher.clock(), dispatcher.scheme.key

    def look(db: Db) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return requests.due(db, scheme, now, BATCH), requests.to_remind(db, scheme, now, BATCH)

    due, to_remind = await dispatcher.database.read(look)
    lapsed = await _some(dispatcher, lapse, due)
    reminded = await _some(dispatcher, remind, [id_ for id_ in to_remind if id_ not in due])
    went_on = lapsed or reminded
    if went_on:
        dispatcher.committed()
    return went_on


async def _some(dispatcher: Dispatcher, what: Callable[[Context, str], bool], ids: Sequence[str]) -> bool:
    """A few at a time, and clicks in between: fifty at once would all stand before the next click in the queue."""
    went_on = False
    for at in range(0, len(ids), AT_ONCE):
        await dispatcher.wait_until_idle()
        done = await asyncio.gather(*(_one(dispatcher, what, id_) for id_ in ids[at : at + AT_ONCE]))
        went_on = went_on or any(done)
    return went_on


async def _one(dispatcher: Dispatcher, what: Callable[[Context, str], bool], request_id: str) -> bool:
    """Whether it went on with that request: by us, or by whoever was quicker."""
    try:
        went_on = await dispatcher.by_clock(lambda context: what(context, request_id))
    except Conflict:
        return True  # still due, if at all, at the next look
    except Exception:
        log.exception("what is due of request %s could not be done", request_id)
        return False
    if went_on:
        log.info("%s %s by the clock: done", what.__name__, request_id)
    return went_on


async def tidy(dispatcher: Dispatcher) -> None:
    """Forget deliveries that can no longer come again."""
    await dispatcher.by_clock(lambda context: idempotency_keys.prune(context.db, context.now - REMEMBERED))
