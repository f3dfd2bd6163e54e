"""Where a turned clock stops on its way: at each step at which something is due. The others change nothing."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection as Db
from sqlalchemy import func, select

from bot.app import App
from bot.storage.tables import PENDING, deadlines, outbox

HOUR: Final = timedelta(hours=1)
_FIRST: Final = (
    select(func.min(deadlines.c.due_at)),
    select(func.min(outbox.c.not_before)).where(PENDING),
)


async def next_look(app: App, now: datetime, until: datetime, step: timedelta = HOUR) -> datetime:
    """The first of the steps that lead from `now` to `until` at which there is something to do or to send."""
    due = await app.database.read(_first_due)
    steps = 1 if due is None else max(1, -((now - due) // step))
    return until if due is None else min(until, now + steps * step)


def _first_due(db: Db) -> datetime | None:
    found = [db.execute(each).scalar_one() for each in _FIRST]
    return min((each for each in found if each is not None), default=None)
