"""How whoever matches finds mentors for many mentees at once, as data."""

from typing import Final

from bot.schemes.fields import Frozen

MOST_PLACES: Final = 20
"""So many mentees one mentor is given in a round at most, where nobody counts them."""


class Rounds(Frozen):
    """What goes with a round; there are rounds wherever the office picks the mentors."""

    introduction: bool = False
    """Whether an introductory meeting can be given when a round is published: day, time and place, which both read."""
    tell_unplaced: bool = True
    """Whether mentees for whom nobody was found hear, once, that they are in the next round."""
