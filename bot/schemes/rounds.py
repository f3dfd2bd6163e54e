"""How whoever matches finds mentors for many mentees at once, as data."""

from bot.schemes.fields import Frozen


class Rounds(Frozen):
    """What goes with a round; there are rounds wherever the office picks the mentors."""

    introduction: bool = False
    """Whether an introductory meeting can be given when a round is published: day, time and place, which both read."""
    tell_unplaced: bool = True
    """Whether mentees for whom nobody was found hear, once, that they are in the next round."""
