"""How entries in the directory of mentors are kept fresh: once a year each mentor confirms theirs, or changes it."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bot.schemes.fields import Frozen, Misfit
from bot.schemes.period import Duration, period


class DirectoryRules(Frozen):
    """The directory of mentors."""

    refreshed: Annotated[str, Field(pattern=r"^\d\d-\d\d$")] | None = None
    """The day of each year, "01-01", from which on every mentor confirms their entry or changes it; None: nobody has
    to."""
    within: Duration = period("P28D")
    """For how long after that an entry that is not confirmed stands as any; then the office sees whose it is."""
    unconfirmed: Literal["marked", "hidden"] = "marked"
    """What becomes of it in the directory from then on: it is marked, or left out until it is confirmed."""

    def misfits(self) -> Iterator[Misfit]:
        """A day that every year has."""
        if self.refreshed is not None:
            try:
                date.fromisoformat(f"2027-{self.refreshed}")
            except ValueError:
                yield Misfit(("refreshed",), f"{self.refreshed!r} is no day of every year: write 01-31 for 31 January")
