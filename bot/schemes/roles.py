"""The two roles of a scheme, and what stands between asking and taking part in each: its gates, forms and trainings."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from bot.schemes.fields import Frozen, Key, Line, Misfit, SchemeForm, Short, repeated
from bot.schemes.period import Duration, period

Role = Literal["mentee", "mentor"]
ROLES: Final[tuple[Role, ...]] = ("mentee", "mentor")
OTHER: Final[Mapping[Role, Role]] = {"mentee": "mentor", "mentor": "mentee"}
"""The role that is not this one."""
Gate = Literal["application", "profile", "preferences", "review", "training", "code", "first_request"]
"""application: they ask by a form, and the office lets them in · profile, preferences: they fill in a form · review:
the office looks at what they filled in · training: every required training is on record · code: they have accepted
every document of their role that blocks matching · first_request: the office's approval of it enrols them."""


class CourseDate(Frozen):
    """When a course takes place. `from`, `to`: days."""

    from_: date = Field(alias="from")
    to: date | None = None
    link: Annotated[str, Field(pattern=r"^https://\S+$")] | None = None

    def misfits(self) -> Iterator[Misfit]:
        """It ends after it has begun."""
        if self.to is not None and self.to < self.from_:
            yield Misfit(("to",), "is before from")


class Training(Frozen):
    """What somebody of a role must have learnt."""

    key: Key
    name: Short
    kind: Literal["course", "course_or_equivalent", "qualification"] = "course"
    """course: the scheme's own; course_or_equivalent: or what the office takes for it; qualification: a certificate."""
    required: bool = True
    renewed_every: Duration | None = None
    link: Annotated[str, Field(pattern=r"^https://\S+$")] | None = None
    dates: tuple[CourseDate, ...] = ()
    """When it takes place: the next ones are shown to whoever has still to do it."""


class RoleRules(Frozen):
    """Who may come in, in one role, and by which gates. `criteria` are shown while the intake is open."""

    open: bool = True
    places: int | None = Field(default=None, ge=1)
    """The most people who may hold the role; None: no limit."""
    place_held: Duration = period("P7D")
    """How long a place that comes free is held for whoever waits for one longest."""
    criteria: tuple[Line, ...] = ()
    gates: tuple[Gate, ...] = ()
    """In the order in which they are passed."""
    application: SchemeForm | None = None
    """What is asked of somebody who wishes to join in this role."""
    profile: SchemeForm | None = None
    """What the other side reads about somebody. Where it is no gate, it can be filled in and left out."""
    preferences: SchemeForm | None = None
    """What suits somebody: matching reads it, and mentees see it of a mentor. Where no gate, it can be left out."""
    trainings: tuple[Training, ...] = ()
    completeness: bool = False
    """Whether Home says how much of the profile is filled in, and what is still open."""

    def misfits(self) -> Iterator[Misfit]:
        """Gates in an order in which they can be passed, each with what it asks for."""
        yield from self._of_order()
        yield from self._of_forms()
        for number, key in repeated(training.key for training in self.trainings):
            yield Misfit(("trainings", number, "key"), f"another training has the key {key!r} too")

    def _of_order(self) -> Iterator[Misfit]:
        for number, gate in enumerate(self.gates):
            before = self.gates[:number]
            if gate in before:
                yield Misfit(("gates", number), "stands twice")
            elif gate == "application" and before:
                yield Misfit(("gates", number), "comes first: nobody fills anything in before they are let in")
            elif gate in {"profile", "preferences"} and "review" in before:
                yield Misfit(("gates", number), "comes before review: the office looks at what has been filled in")
            elif "first_request" in before:
                yield Misfit(("gates", number), "comes before first_request, which is the last gate")
            elif gate == "first_request" and "review" in before:
                yield Misfit(("gates", number), "or review: the first request is what the office looks at")

    def _of_forms(self) -> Iterator[Misfit]:
        """A gate that is a form has one. Somebody who joins by a form waits for the office to read it."""
        forms = {"application": self.application, "profile": self.profile, "preferences": self.preferences}
        for number, gate in enumerate(self.gates):
            if gate in forms and forms[gate] is None:
                yield Misfit(("gates", number), f"needs the form {gate}")
        if self.application is not None and "application" not in self.gates:
            yield Misfit(("application",), "needs the gate application: otherwise nobody reads it")
        if self.completeness and self.profile is None:
            yield Misfit(("completeness",), "needs a profile, of which it could be said")
        required = any(training.required for training in self.trainings)
        if required != ("training" in self.gates):
            said = "needs the gate training" if required else "no training is required"
            yield Misfit(("trainings",) if required else ("gates", self.gates.index("training")), said)

    def training(self, key: str) -> Training | None:
        """The training of that key, or None where the scheme has dropped it."""
        return next((training for training in self.trainings if training.key == key), None)
