"""The fields a scheme's forms are made of, and what an answer to one may be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError


@dataclass(frozen=True, slots=True)
class Misfit:
    """Values that are right each on its own and do not fit together; `path` leads to the one that is to be mended."""

    path: tuple[int | str, ...]
    says: str


def repeated(values: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Those that stand in the list already, each with its place."""
    listed = tuple(values)
    yield from ((number, value) for number, value in enumerate(listed) if value in listed[:number])


class Frozen(BaseModel):
    """What every table of a scheme's file is: unchangeable, and strict about keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    def misfits(self) -> Iterator[Misfit]:
        """What does not fit together in this table; `path` begins here. Each table says what it has to."""
        yield from ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if said := [misfit.says for misfit in self.misfits()]:
            raise PydanticCustomError("misfit", "{said}", {"said": "; ".join(said)})
        return self


@dataclass(frozen=True, slots=True)
class Served:
    """Of the values of a key, those that the code keeps to today; the others are refused."""

    values: tuple[Any, ...]

    def __call__(self, value: Any) -> Any:
        """Give the value back, or raise ValueError."""
        if value not in self.values:
            served = " or ".join(repr(each) for each in self.values)
            raise ValueError(f"not yet: {value!r} is known but not served; this version serves {served}")
        return value


def served(*values: Any) -> AfterValidator:
    """Take those values alone, for now."""
    return AfterValidator(Served(values))


Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=75)]
SeenBy = Literal["both", "office", "self"]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2900)]


Strength = Literal["must", "never", "prefer"]


class Compare(Frozen):
    """How an answer is held against one of the other's: they must, or never may, have an answer in common (hard
    rules), or would rather have, with a weight."""

    with_: Key = Field(alias="with", description="the field of one of the other's forms")
    strength: Strength
    weight: int = Field(default=1, ge=1, le=3)
    indifferent: tuple[Short, ...] = ()
    """Answers that ask for nothing ("No preference"): such an answer is neither rule nor preference."""

    def misfits(self) -> Iterator[Misfit]:
        """A rule is kept whatever it weighs."""
        if self.strength != "prefer" and self.weight != 1:
            yield Misfit(("weight",), "a weight belongs to strength = 'prefer'; a hard rule is not weighed")


class Column(Frozen):
    """What each line of a field of rows asks. It may stay empty; a line that is empty throughout is left out."""

    key: Key
    label: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    kind: Literal["text", "long_text", "choice", "yes_no", "number", "date"] = "text"
    options: tuple[Short, ...] = ()

    def misfits(self) -> Iterator[Misfit]:
        """Options are what a choice has."""
        if bool(self.options) != (self.kind == "choice"):
            yield Misfit(("options",), "a choice needs options, and nothing else has them")


FieldKind = Literal[
    "text", "long_text", "choice", "choices", "topics", "ratings", "yes_no", "number", "date", "rows", "person", "file"
]


PARTIES: Final = frozenset({"Mentee", "Mentor"})
"""What a column says of whose a line is."""
YES_NO: Final = ("Yes", "No")
"""What a yes_no is answered with."""


class FormField(Frozen):
    """One question of a form.

    kind: text (one line), long_text, choice, choices, topics (choices among the scheme's topics),
    ratings (0 to 5 for each topic), yes_no, number, date, person (somebody of the workspace); and, in sheets: rows (a
    small table, line by line), file (a PDF, PNG or JPEG of up to 5 MB).
    """

    key: Key
    label: Annotated[str, StringConstraints(min_length=1, max_length=150)]
    kind: FieldKind
    required: bool = True
    short: Annotated[str, StringConstraints(max_length=60)] = ""
    """What the answer is called where others read it: "Current post". The label speaks to whoever fills it in."""
    hint: Annotated[str, StringConstraints(max_length=150)] = ""
    options: tuple[Short, ...] = ()
    max_length: int = Field(default=0, ge=0, le=3000, description="0: 150 for text, 2000 for long_text")
    lowest: int = 0
    highest: int = 100
    columns: tuple[Column, ...] = Field(default=(), max_length=4)
    """What each line of rows asks."""
    rows: int = Field(default=0, ge=0, le=20, description="the most lines of rows; 0: 8")
    done: Key | None = None
    """Of rows: the yes_no column that says that a line is done. What is not is open: it is carried over from one
    session's sheet to the next one's, and can be reminded of."""
    whose: Key | None = None
    """Of rows with `done`: the choice column that says whose a line is. Its options `Mentee` and `Mentor` are one of
    the two; any other, or none, is both."""
    seen_by: SeenBy = "both"
    """Who sees the answer: both parties (and the office), the office alone, or only the person and the matching."""
    meets: tuple[Short, ...] = ()
    """In an application: the answers that meet the scheme's criteria. Whoever gives another can be let in all the same,
    by an office that has been told and says so twice."""
    compare: Compare | None = None
    keeps_apart: bool = False
    """Of a person: whoever is named is never put to whoever names them, such as their line manager."""
    warns: bool = False
    """Of a person: whoever matches is told before they put the two together, and decides."""

    def misfits(self) -> Iterator[Misfit]:
        """What the kind of a field has no use for, and options that contradict each other."""
        yield from self._misfits_of_persons()
        choosing = self.kind in {"choice", "choices"}
        if choosing and not self.options:
            yield Misfit(("options",), "a choice needs options")
        if self.options and not choosing:
            yield Misfit(("options",), f"options belong to choice and choices, not to {self.kind}")
        if len(set(self.options)) != len(self.options):
            yield Misfit(("options",), "an option stands twice")
        if len(self.options) > 100:
            yield Misfit(("options",), "at most 100 options are taken")
        if self.max_length and self.kind not in {"text", "long_text"}:
            yield Misfit(("max_length",), f"max_length belongs to text and long_text, not to {self.kind}")
        if (self.lowest, self.highest) != (0, 100) and self.kind != "number":
            one = "lowest" if self.lowest else "highest"
            yield Misfit((one,), f"lowest and highest belong to number, not to {self.kind}")
        if self.lowest > self.highest:
            yield Misfit(("lowest",), "lowest is above highest")
        yield from self._misfits_of_rows()
        if self.meets and self.kind not in {"choice", "yes_no"}:
            yield Misfit(("meets",), f"meets belongs to choice and yes_no, not to {self.kind}")
        elif other := [each for each in self.meets if each not in (self.options or YES_NO)]:
            yield Misfit(("meets",), f"{other[0]!r} is not one of the field's answers")
        strange = [each for each in self.compare.indifferent if each not in self.options] if self.compare else []
        if self.options and strange:
            yield Misfit(("compare", "indifferent"), f"{strange[0]!r} is not one of the field's options")

    def _misfits_of_persons(self) -> Iterator[Misfit]:
        for name in ("keeps_apart", "warns"):
            if getattr(self, name) and self.kind != "person":
                yield Misfit((name,), f"{name} belongs to person, not to {self.kind}")
            elif getattr(self, name) and self.seen_by != "office":
                yield Misfit(("seen_by",), f"{name} needs seen_by = 'office': no other party learns of it")
        if self.keeps_apart and self.warns:
            yield Misfit(("warns",), "whoever is kept apart is not put to them, and nobody has to be warned")

    def _misfits_of_rows(self) -> Iterator[Misfit]:
        if (self.kind == "rows") != bool(self.columns):
            yield Misfit(("columns",), "rows need columns, and nothing else has them")
        if self.rows and self.kind != "rows":
            yield Misfit(("rows",), f"the most lines belong to rows, not to {self.kind}")
        keys = [column.key for column in self.columns]
        if len(set(keys)) != len(keys):
            yield Misfit(("columns",), "two columns have the same key")
        if self.done and not any(each.key == self.done and each.kind == "yes_no" for each in self.columns):
            yield Misfit(("done",), f"no yes_no column has the key {self.done!r}")
        if self.whose and not any(each.key == self.whose and {*each.options} >= PARTIES for each in self.columns):
            yield Misfit(("whose",), f"no column of choices between Mentee and Mentor has the key {self.whose!r}")
        if self.whose and not self.done:
            yield Misfit(("whose",), "whose a line is matters where it can be done: write done, too")

    @property
    def most_rows(self) -> int:
        """The most lines an answer of rows may have."""
        return self.rows or 8

    @property
    def heading(self) -> str:
        """What the answer is called where it is read."""
        return self.short or self.label

    @property
    def longest(self) -> int:
        """The most characters an answer may have."""
        return self.max_length or (2000 if self.kind == "long_text" else 150)


class SchemeForm(Frozen):
    """A form: what it is called and its questions in order."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=24)]
    intro: Annotated[str, StringConstraints(max_length=600)] = ""
    fields: tuple[FormField, ...]

    def misfits(self) -> Iterator[Misfit]:
        """Answers are kept by the keys of their fields, so these must differ."""
        for number, key in repeated(field.key for field in self.fields):
            yield Misfit(("fields", number, "key"), f"another field of this form has the key {key!r} too")

    def field(self, key: str) -> FormField | None:
        """The field of that key, or None where the scheme has dropped it."""
        return next((field for field in self.fields if field.key == key), None)
