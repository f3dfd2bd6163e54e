"""What the office can look for in its lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.lifecycle.attention import NEEDS, Listed, Need


class Filter(StrEnum):
    """What narrows a list besides what something needs. The value is what is typed for it."""

    ANY_NEED = "needs"  # what needs somebody, whatever it needs
    MENTORS = "mentors"  # members
    MENTEES = "mentees"  # members
    JOINING = "joining"  # members: on the way in
    PAUSED = "paused"  # mentors, as they wished or for their silence
    RESTING = "resting"  # mentors, after an answer; two of a pair
    LEFT = "left"  # members who have no part in it any more, or never had
    CHOOSING = "choosing"  # requests: the mentee has the next word
    ASKING = "asking"  # requests: mentors are being asked
    CLOSED = "closed"  # requests that have come to their end
    OVER = "over"  # pairs that have ended


Narrowing = Need | Filter
FILTERS: Final[Mapping[Listed, tuple[Narrowing, ...]]] = {
    "members": (
        Filter.ANY_NEED, *NEEDS["members"], Filter.MENTORS, Filter.MENTEES, Filter.JOINING, Filter.PAUSED,
        Filter.RESTING, Filter.LEFT,
    ),
    "requests": (Filter.ANY_NEED, *NEEDS["requests"], Filter.CHOOSING, Filter.ASKING, Filter.CLOSED),
    "connections": (Filter.ANY_NEED, *NEEDS["connections"], Filter.RESTING, Filter.OVER),
}  # fmt: skip
"""What each list can be narrowed by, in the order in which it is offered."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for in a list: all of the words and all of the filters hold. `words` are folded as what they are
    looked for in (`searching`); `page` counts from 0."""

    listed: Listed
    words: tuple[str, ...] = ()
    filters: tuple[Narrowing, ...] = ()
    page: int = 0
