"""What people get as evidence of their mentoring, for themselves alone."""

from bot.schemes.fields import Frozen


class Evidence(Frozen):
    """Papers that the bot makes for whoever they are about, and gives to nobody else."""

    hours: bool = False
    """Whether everybody finds a statement of their own hours, and can have it as a PDF."""
