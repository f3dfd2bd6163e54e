"""Who is in the demo altogether, whichever schemes it shows: one of them, or several in one bot."""

from collections.abc import Sequence
from typing import Final

from bot.schemes.loading import load, names
from bot.schemes.scheme import Scheme
from demo.cast import Cast, cast_of
from demo.people import People, Somebody, Welcome

REFERENCE: Final = "british_cardiovascular_society"
"""The scheme of which the demo tells a whole story, in `people.toml`; of the others there is a cast."""


def schemes_of(said: str) -> tuple[str, ...]:
    """The schemes that somebody asks for: nothing said is the first, "all" is all that come along."""
    if said == "all":
        return (REFERENCE, *(each for each in names() if each != REFERENCE))
    return tuple(each.strip() for each in said.split(",") if each.strip()) or (REFERENCE,)


class Players:
    """Everybody of these schemes. Raises SchemeError for one that is broken."""

    def __init__(self, schemes: Sequence[str], people: People) -> None:
        self.schemes = tuple(sorted(schemes, key=lambda each: each != REFERENCE))
        self.reference = REFERENCE in schemes
        self.casts: tuple[tuple[Scheme, Cast], ...] = tuple(
            (scheme, cast_of(scheme.key)) for scheme in map(load, schemes) if scheme.key != REFERENCE
        )
        self._people = people
        self._several = len(self.schemes) > 1

    @property
    def everybody(self) -> tuple[Somebody, ...]:
        """Each person once, scheme by scheme."""
        first = self._people.everybody if self.reference else ()
        others = [cast.as_people(scheme.name if self._several else "") for scheme, cast in self.casts]
        return (*first, *(one for some in others for one in some))

    @property
    def administrators(self) -> tuple[str, ...]:
        """Who holds which office, as MENTORBOT_ADMINISTRATORS has it."""
        first = tuple(one.email for one in self._people.administrators) if self.reference else ()
        held = [
            f"{scheme.key}/{office}:{one.email}"
            for scheme, cast in self.casts
            for one in cast.officers
            for office in (one.offices or [each.key for each in scheme.offices])
        ]
        return (*first, *held)

    @property
    def in_channel(self) -> tuple[str, ...]:
        """Who is in the office's channel: the office of the first scheme."""
        if self.reference:
            return tuple(one.email for one in self._people.administrators)
        return tuple(one.email for one in self.casts[0][1].officers)

    @property
    def channel(self) -> str:
        """What that channel is called."""
        return self._people.office_channel

    @property
    def team(self) -> str:
        """What the workspace is called."""
        if self._several:
            return "Mentoring schemes (demo)"
        return self._people.team if self.reference else f"{self.casts[0][0].name} (demo)"

    @property
    def welcome(self) -> Welcome:
        """What the page says before a visitor has picked anybody."""
        if not self._several:
            return self._people.welcome if self.reference else self.casts[0][1].welcome
        steps = tuple(f"{scheme.name}. {cast.title}. {cast.steps[0]}" for scheme, cast in self.casts)
        text = (
            f"{len(self.schemes)} schemes run in one bot; what sets them apart is their files. Everybody here is "
            "invented, and you can be any of them: they stand below, scheme by scheme."
        )
        return Welcome(title="Several mentoring schemes, on this computer alone", text=text, steps=steps)
