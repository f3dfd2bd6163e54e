"""Sheets, which people fill in as they go (a session record, goals, a plan), and pages, which are only read."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.schemes.fields import Frozen, Key, Misfit, Paragraph, SchemeForm


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
        for number, field in enumerate(self.fields):
            if field.seen_by != "both":
                yield Misfit(("fields", number, "seen_by"), "the sheet says who sees it, as a whole")
            if field.compare is not None:
                yield Misfit(("fields", number, "compare"), "a sheet is not compared with anybody's answers")

    def _of_office(self) -> Iterator[Misfit]:
        """Of a pair the office reads what the two say once it has ended, and no files."""
        if self.about == "session" or (self.about == "pair" and self.offered != "afterwards"):
            yield Misfit(("seen_by",), "the office reads of a pair what is offered afterwards alone")
        elif self.about == "pair" and any(field.kind == "file" for field in self.fields):
            yield Misfit(("seen_by",), "not yet: the office reads no files about a pair")

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

    def misfits(self) -> Iterator[Misfit]:
        """There is something on a page."""
        if not self.text and not self.links:
            yield Misfit(("text",), "a page needs text or links")
