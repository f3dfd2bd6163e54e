"""What people get as evidence of their mentoring, for themselves alone."""

from collections.abc import Iterator

from bot.schemes.fields import Frozen, Line, Misfit


class Evidence(Frozen):
    """Papers that the bot makes for whoever they are about, and gives to nobody else."""

    hours: bool = False
    """Whether everybody finds a statement of their own hours, and can have it as a PDF."""
    portfolio: bool = False
    """Whether each of a pair can have what the two keep together as a PDF, with places to sign."""
    note: Line | None = None
    """A line that stands on a portfolio, such as what has no place in it."""

    def misfits(self) -> Iterator[Misfit]:
        """A line needs the paper on which it stands."""
        if self.note is not None and not self.portfolio:
            yield Misfit(("note",), "needs portfolio = true: it stands there alone")
