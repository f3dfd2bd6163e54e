"""Sheets, which people fill in as they go (a session record, goals, a plan) or are asked once (a survey), and pages,
which are only read."""

from collections.abc import Iterator
from typing import Annotated, Final, Literal, get_args

from pydantic import Field, StringConstraints

from bot.schemes.fields import Frozen, Key, Misfit, Paragraph, SchemeForm, repeated
from bot.schemes.period import Duration

Moment = Literal["start", "middle", "end"]
"""When a survey is put to the two of a pair."""
MOMENTS: Final[tuple[Moment, ...]] = get_args(Moment)
COUNTED: Final = frozenset({"choice", "choices", "topics", "yes_no", "number"})
"""The kinds of questions whose answers can be counted; words of anybody's are in no report."""
STEPS: Final = 11
"""The most numbers that a scale of a survey has."""


class Sheet(SchemeForm):
    """A form that stays open: whoever fills it in can go on with it later."""

    key: Key
    button: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)] = ""
    """What its button says; left out: its title."""
    about: Literal["member", "pair", "session"]
    """One for each membership, for each pair, or for each of their sessions."""
    by: Literal["mentee", "mentor", "either"] = "either"
    """Who fills it in. Where either does and both see it, the two share one; otherwise each has their own."""
    seen_by: Literal["both", "writer", "office"]
    """both: the two of the pair; writer: whoever fills it in, alone; office: they and whoever approves members."""
    offered: Literal["at_once", "afterwards"] = "at_once"
    """afterwards: once the session is completed, or the pair has ended."""
    required: bool = False
    """Whether it stands among what is to be done on Home until it is filled in."""
    asked: tuple[Moment, ...] = ()
    """Of a survey: when it is put to them, once each time. Its answers are counted, and told of groups alone."""
    middle_after: Duration | None = None
    """How long after the two were connected, or the member took part, the middle is; left out: when half of their time
    is over."""
    end_after: Duration | None = None
    """How long after they were connected the end is; left out, or where they part before: when it has ended."""

    @property
    def is_survey(self) -> bool:
        """Whether it is asked at its moments, and counted."""
        return bool(self.asked)

    def misfits(self) -> Iterator[Misfit]:
        """What it is about says who there is to see it; its fields leave that to the sheet, and nothing matches."""
        yield from super().misfits()
        if not self.fields:
            yield Misfit(("fields",), "a sheet needs at least one field")
        if self.about == "member" and self.seen_by == "both":
            yield Misfit(("seen_by",), "a member alone is not two: write 'writer' or 'office'")
        if self.seen_by == "office":
            yield from self._of_office()
        if self.about == "member" and self.offered == "afterwards":
            yield Misfit(("offered",), "belongs to a sheet about a pair or a session")
        yield from self._of_survey()
        for number, field in enumerate(self.fields):
            if field.seen_by != "both":
                yield Misfit(("fields", number, "seen_by"), "the sheet says who sees it, as a whole")
            if field.compare is not None:
                yield Misfit(("fields", number, "compare"), "a sheet is not compared with anybody's answers")

    def _of_office(self) -> Iterator[Misfit]:
        """Of a pair the office reads what the two say once it has ended, and no files."""
        if self.about == "session" or (self.about == "pair" and self.offered != "afterwards" and not self.asked):
            yield Misfit(("seen_by",), "the office reads of a pair what is offered afterwards alone")
        elif self.about == "pair" and any(field.kind == "file" for field in self.fields):
            yield Misfit(("seen_by",), "not yet: the office reads no files about a pair")

    def _of_survey(self) -> Iterator[Misfit]:
        """What is asked at moments is about a pair, for whoever answers alone, and holds something to count."""
        for key, moment in (("middle_after", "middle"), ("end_after", "end")):
            if getattr(self, key) is not None and moment not in self.asked:
                yield Misfit((key,), f"needs {moment!r} in asked")
        if not self.asked:
            return
        for number, moment in repeated(self.asked):
            yield Misfit(("asked", number), f"{moment!r} stands twice")
        if self.about == "session":
            yield Misfit(("asked",), "not yet: a survey is about a pair or a member")
        if self.about == "member":
            yield from self._of_role()
        if self.offered == "afterwards":
            yield Misfit(("offered",), "a survey says by asked when it comes")
        if self.seen_by == "both":
            yield Misfit(("seen_by",), "each answers a survey for themselves: write 'writer' or 'office'")
        if self.middle_after and self.end_after and self.middle_after.at_least >= self.end_after.at_least:
            yield Misfit(("middle_after",), "is not before end_after")
        if not any(field.kind in COUNTED for field in self.fields):
            yield Misfit(("fields",), "a survey needs a question that is counted: choice, choices, yes_no or number")
        for number, field in enumerate(self.fields):
            if field.kind not in COUNTED | {"text", "long_text"}:
                yield Misfit(("fields", number, "kind"), f"not yet: no survey asks for {field.kind}")
            elif field.kind not in COUNTED and self.seen_by == "writer":
                yield Misfit(("fields", number, "kind"), "nobody reads it: leave it out, or write seen_by = 'office'")
            elif field.kind == "number" and field.highest - field.lowest >= STEPS:
                yield Misfit(
                    ("fields", number, "highest"),
                    f"a scale has {STEPS} steps at most: write lowest and highest, such as 1 and 5",
                )

    def _of_role(self) -> Iterator[Misfit]:
        """Nobody says beforehand for how long somebody takes part."""
        if "end" in self.asked and self.end_after is None:
            yield Misfit(("asked",), "'end' needs end_after, where it is about a member")
        if "middle" in self.asked and self.middle_after is None and self.end_after is None:
            yield Misfit(("asked",), "'middle' needs middle_after, where it is about a member")

    @property
    def pressed(self) -> str:
        """What is on its button."""
        return self.button or self.title


class PageLink(Frozen):
    """A link out of a page."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=150)]
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=2000)]


class Page(Frozen):
    """Something to read: an agenda, prompts, advice, a library of links."""

    key: Key
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    for_: Literal["mentee", "mentor", "both"] = Field(default="both", alias="for")
    text: tuple[Paragraph, ...] = ()
    links: tuple[PageLink, ...] = ()
    at_acceptance: bool = False
    """Whether it comes with the message that says that two are connected, to whoever it is for."""

    def misfits(self) -> Iterator[Misfit]:
        """There is something on a page."""
        if not self.text and not self.links:
            yield Misfit(("text",), "a page needs text or links")
