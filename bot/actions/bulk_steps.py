"""What one click has approved many at once goes on here, a few at a time in a transaction of their own."""

from functools import partial

from bot.actions import bulk
from bot.actions.dispatcher import Dispatcher
from bot.storage import bulks
from bot.storage.database import Conflict


async def go_on(dispatcher: Dispatcher) -> None:
    """Do all that is still to be done; whoever presses something goes first."""
    keys = tuple(dispatcher.schemes)
    while (one := await dispatcher.database.read(lambda db: bulks.next_open(db, keys))) is not None:
        await dispatcher.wait_until_idle()
        try:
            await dispatcher.by_clock(one.scheme, partial(bulk.next_few, id_=one.id), tries=2)
        except Conflict:
            return  # another process goes on with it
        dispatcher.committed()
