"""Who is in the demo of a scheme, read from `casts/`: one file for each that comes along, and one for anybody's own.

A name and a few answers of their own are enough: whatever else the scheme's forms ask is made up by `typing_in`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from importlib import resources
from typing import Any, Final, Literal

from demo.people import Data, Somebody, Welcome

Stage = Literal["outside", "admitted", "filed", "asking", "meeting"]
ZONE: Final = "Europe/London"


class Player(Data):
    """One invented person. `says`: what they answer, by the field's key; `topics`: what they ask for or help with."""

    name: str
    title: str
    topics: tuple[str, ...] = ()
    says: Mapping[str, Any] = {}

    @property
    def email(self) -> str:
        """Made of their name."""
        plain = unicodedata.normalize("NFKD", self.name.removeprefix("Dr ")).encode("ascii", "ignore").decode()
        return ".".join(re.findall(r"[a-z]+", plain.lower())) + "@example.org"


class Officer(Player):
    """Somebody who holds these offices; none named: all that there are."""

    offices: tuple[str, ...] = ()


class Mentor(Player):
    """A mentor; not `approved`: their application waits for the office."""

    approved: bool = True


class Mentee(Player):
    """A mentee, and how far they have come. `mentor`: by whom they are asked for, or whom they meet."""

    stage: Stage
    mentor: str = ""


class Cast(Data):
    """Everybody of one scheme's demo."""

    title: str
    text: str
    steps: tuple[str, ...]
    officers: tuple[Officer, ...]
    mentors: tuple[Mentor, ...]
    mentees: tuple[Mentee, ...]

    @property
    def everybody(self) -> tuple[Player, ...]:
        """Mentees first, then the office, then mentors."""
        return (*self.mentees, *self.officers, *self.mentors)

    def as_people(self, scheme: str = "") -> tuple[Somebody, ...]:
        """They as the page shows them: by what they are, or by the scheme, where there are several."""
        return tuple(
            Somebody(name=one.name, email=one.email, zone=ZONE, title=_title(one, scheme)) for one in self.everybody
        )

    @property
    def welcome(self) -> Welcome:
        """What the page says first."""
        return Welcome(title=self.title, text=self.text, steps=self.steps)


def _title(one: Player, scheme: str) -> str:
    """The page groups people by what stands before the dot."""
    part = "Mentee" if isinstance(one, Mentee) else "Mentor" if isinstance(one, Mentor) else "Administrator"
    return f"{scheme} · {part}: {one.title}" if scheme else f"{part} · {one.title}"


def cast_of(scheme: str) -> Cast:
    """The cast of the scheme of that key, or of anybody's own. Raises ValidationError where it is broken."""
    folder = resources.files("demo").joinpath("casts")
    file = folder.joinpath(f"{scheme}.toml")
    text = (file if file.is_file() else folder.joinpath("anybody.toml")).read_text("utf-8")
    return Cast.model_validate(tomllib.loads(text))
