"""Calls that nobody makes again later: tried a few times, while Teams' servers are away for a moment."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.handlers.rate_limit import RateLimiter
from bot.handlers.teams.errors import CallError, passes
from bot.handlers.teams.places import Address

log = logging.getLogger(__name__)

_TRIES: Final = 3
_RESTS_MOST: Final = 5.0
"""Seconds: an answer that would come later than that comes no more."""


async def tried(limiter: RateLimiter, where: Address, call: Callable[[], Awaitable[object]]) -> None:
    """Make a call, in its turn in that conversation; what does not get through is logged by its name."""
    for attempt in range(_TRIES):
        await limiter.turn(where.conversation)
        try:
            await call()
        except CallError as error:
            rest = error.seconds or 1.0
            if not passes(error) or attempt == _TRIES - 1 or rest > _RESTS_MOST:
                log.warning("an answer did not get through: %s", error.code)
                return
            await asyncio.sleep(rest)
        else:
            return
