"""Everybody in the demo, read from `people.toml`: who they are and what they would type into the scheme's forms."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Typed = Mapping[str, Any]
"""What somebody types into one form, by field."""


class Data(BaseModel):
    """What a file says, read once."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Somebody(Data):
    """One invented person. `title` is the line under the name on the page's first screen; `busy`, `free`: when they say
    they are, in lines, where they are meeting already."""

    name: str
    email: str
    zone: str
    title: str
    busy: str = ""
    free: str = ""


class Mentor(Somebody):
    """`ratings` are 0 to 5 by topic; `trained`: days since the training; not `approved`: waits for the office."""

    joining: Typed
    preferences: Typed
    profile: Typed
    ratings: Mapping[str, int]
    trained: int = 0
    approved: bool = True


class Mentee(Somebody):
    """`stage` is how far the mentee has come when the demo begins."""

    stage: Literal["outside", "admitted", "in_review", "asking", "meeting"]
    mentor: str = ""
    """Whom a mentee who is meeting already has had since half a year ago: an e-mail address."""
    joining: Typed = {}
    preferences: Typed = {}
    request: Typed = {}


class Welcome(Data):
    """What the page says before a visitor has picked anybody."""

    title: str
    text: str
    steps: tuple[str, ...]


class People(Data):
    """The whole demo. A person may stand in two lists; the e-mail address says so."""

    team: str
    office_channel: str
    welcome: Welcome
    administrators: tuple[Somebody, ...]
    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]

    @property
    def everybody(self) -> tuple[Somebody, ...]:
        """Each person once: mentees first, then the office, then mentors."""
        people: dict[str, Somebody] = {}
        for one in (*self.mentees, *self.administrators, *self.mentors):
            people.setdefault(one.email, one)
        return tuple(people.values())


def read_people() -> People:
    """Everybody. Raises pydantic's ValidationError where the file is broken."""
    text = resources.files("demo").joinpath("people.toml").read_text("utf-8")
    return People.model_validate(tomllib.loads(text))
