"""What only time brings about: deadlines that have passed and reminders that are due, a few at a time."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Connection as Db

from bot.actions import requests as acts
from bot.actions.act import Act
from bot.actions.desk import Desk
from bot.storage import deliveries, requests
from bot.storage.database import Overtaken

BATCH = 50
REMEMBERED = timedelta(days=2)
"""How long a delivery is remembered, so that the same one is not acted on twice. Slack tries for minutes."""


async def sweep(desk: Desk) -> bool:
    """Look once at what is due and do it; True while there may be more. Each case is a transaction of its own, so
    that one that fails holds up no other; a click that was quicker is a success of somebody else's."""
    now, scheme = desk.clock(), desk.scheme.key

    def look(db: Db) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return requests.due(db, scheme, now, BATCH), requests.to_remind(db, scheme, now, BATCH)

    due, to_remind = await desk.database.read(look)
    await asyncio.gather(*(_one(desk, acts.lapse, id_) for id_ in due))
    await asyncio.gather(*(_one(desk, acts.remind, id_) for id_ in to_remind if id_ not in due))
    if due or to_remind:
        desk.posted()
    return bool(due or to_remind)


async def _one(desk: Desk, what: Callable[[Act, str], None], request_id: str) -> None:
    try:
        await desk.by_clock(lambda act: what(act, request_id))
    except Overtaken:
        return  # still due, if at all, at the next look


async def tidy(desk: Desk) -> None:
    """Forget deliveries that can no longer come again."""

    def forget(act: Act) -> None:
        deliveries.prune(act.db, act.now - REMEMBERED)

    await desk.by_clock(forget)
