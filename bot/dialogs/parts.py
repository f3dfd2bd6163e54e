"""The few things a message, a form or a home page is made of, described once and drawn per platform.

Text from people goes in as plain `str` runs and is drawn as plain text: it never becomes markup. Constructors refuse
what a platform would refuse, so that a mistake shows in a test and not in somebody's chat.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal, TypeAlias


class PartError(ValueError):
    """A part that no platform could draw."""


def _at_most(what: str, text: str, longest: int) -> None:
    if not text.strip():
        raise PartError(f"{what} is empty")
    if len(text) > longest:
        raise PartError(f"{what} is longer than {longest} characters: {text[:40]!r}…")


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that carry the weight of a line. The meaning stands without it."""

    text: str


@dataclass(frozen=True, slots=True)
class When:
    """A moment, shown in the reader's own zone. `at` is aware."""

    at: datetime
    style: Literal["day", "moment"] = "moment"

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise PartError("a moment needs its zone")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, so that a reader can open a chat with them. `user` is the platform's own id; `name` the plain text;
    `email` opens the chat where an id does not; "": it is not known."""

    user: str
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link out, to an https address; one that a person typed is its own text, so that it shows where it leads."""

    text: str
    url: str

    def __post_init__(self) -> None:
        _at_most("a link's text", self.text, 200)
        if not self.url.startswith("https://"):
            raise PartError("a link goes to an https address")


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody types or does to get somewhere: `slashed` where a platform has slash commands and a place for Home,
    `bare` where all is said in its chat. `bold`: it carries the weight of its line."""

    slashed: str
    bare: str
    bold: bool = False


Run: TypeAlias = str | Bold | When | Mention | Link | Typed


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; at most 150 characters."""

    text: str

    def __post_init__(self) -> None:
        _at_most("a heading", self.text, 150)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of runs, about 2 900 characters at most; what is longer is split by `paragraphs`."""

    runs: tuple[Run, ...]

    def __post_init__(self) -> None:
        if not self.runs:
            raise PartError("a paragraph is empty")


@dataclass(frozen=True, slots=True)
class Portrait:
    """A paragraph with somebody's picture beside it, which says nothing that the paragraph does not. `url`: where the
    picture is; "": not known, or the platform finds it by itself."""

    runs: tuple[Run, ...]
    of: Mention
    url: str = ""

    def __post_init__(self) -> None:
        if not self.runs:
            raise PartError("a paragraph is empty")


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: less than a paragraph, still read aloud."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of lines."""

    items: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labelled values, one a line: what a form held, who somebody is."""

    pairs: tuple[tuple[str, tuple[Run, ...]], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars for each of up to 20 categories, of up to six series. Its numbers stand below it as words, whatever a client
    draws; None: it is not told, and no bar is drawn. `untold`: what is said for it."""

    title: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[int | None, ...]], ...]
    untold: str = "not told"
    between: str = " "
    """What stands between a category and its number in words."""

    def __post_init__(self) -> None:
        _at_most("a chart's title", self.title, 50)
        if not 1 <= len(self.categories) <= 20 or not 1 <= len(self.series) <= 6:
            raise PartError("a chart has 1 to 20 categories and 1 to 6 series")
        for name in (*self.categories, *(name for name, _ in self.series)):
            _at_most("a chart's label", name, 20)
        if any(len(values) != len(self.categories) for _, values in self.series):
            raise PartError("a series of a chart has one value for each category")

    @property
    def lines(self) -> tuple[str, ...]:
        """Its numbers as words, a line a series: those that are not 0."""
        return tuple(f"{name}: {', '.join(self._words(values)) or 'none'}" for name, values in self.series)

    @property
    def is_empty(self) -> bool:
        """Whether there is no bar to be drawn."""
        return not any(value for _, values in self.series for value in values)

    @property
    def bars(self) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
        """What is drawn of each series: how high each category stands."""
        drawn = ((name, tuple(value or 0 for value in values)) for name, values in self.series)
        return tuple((name, tuple(zip(self.categories, values, strict=True))) for name, values in drawn)

    def _words(self, values: tuple[int | None, ...]) -> list[str]:
        said = ((category, value) for category, value in zip(self.categories, values, strict=True) if value != 0)
        return [f"{category}{self.between}{self.untold if value is None else f'{value:,}'}" for category, value in said]


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between two things."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. `spoken` names its object for a screen reader ("Move up Katherine Bell").

    It binds its subject: the id of what the presser has seen. `opens_form` says when it is drawn whether pressing it
    shows a form: a platform may have to know beforehand.
    """

    label: str
    verb: str
    subject: str = ""
    opens_form: bool = False
    style: Literal["plain", "primary", "danger"] = "plain"
    spoken: str = ""
    scheme: str = ""
    """The key of the scheme it belongs to, where there are several."""

    def __post_init__(self) -> None:
        _at_most("a button", self.label, 75)
        if len(self.spoken) > 75:
            object.__setattr__(self, "spoken", self.spoken[:74] + "…")
        if len(self.subject) > 200 or not self.verb:
            raise PartError("a button needs a verb and a subject of at most 200 characters")


@dataclass(frozen=True, slots=True)
class Buttons:
    """Up to five buttons side by side."""

    buttons: tuple[Button, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.buttons) <= 5:
            raise PartError("one to five buttons stand side by side")


def _input(key: str, label: str, hint: str) -> None:
    _at_most("a field's key", key, 200)
    _at_most("a field's label", label, 150)
    if len(hint) > 150:
        raise PartError("a hint has at most 150 characters")


@dataclass(frozen=True, slots=True)
class TextInput:
    """A line or a box to type in; `longest` at most 3 000 characters."""

    key: str
    label: str
    required: bool = True
    hint: str = ""
    long: bool = False
    longest: int = 150
    initial: str = ""

    def __post_init__(self) -> None:
        _input(self.key, self.label, self.hint)
        if not 1 <= self.longest <= 3000:
            raise PartError("a text has 1 to 3000 characters")


@dataclass(frozen=True, slots=True)
class NumberInput:
    """A whole number between two others."""

    key: str
    label: str
    lowest: int
    highest: int
    required: bool = True
    hint: str = ""
    initial: int | None = None

    def __post_init__(self) -> None:
        _input(self.key, self.label, self.hint)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of up to 100 options. An option's text is its value: an answer stays readable when options change."""

    key: str
    label: str
    options: tuple[str, ...]
    required: bool = True
    hint: str = ""
    initial: str | None = None

    def __post_init__(self) -> None:
        _input(self.key, self.label, self.hint)
        _options(self.options)


@dataclass(frozen=True, slots=True)
class Choices:
    """Any of up to 100 options."""

    key: str
    label: str
    options: tuple[str, ...]
    required: bool = True
    hint: str = ""
    initial: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _input(self.key, self.label, self.hint)
        _options(self.options)


def _options(options: tuple[str, ...]) -> None:
    if not 1 <= len(options) <= 100:
        raise PartError("a choice has 1 to 100 options")
    for option in options:
        _at_most("an option", option, 75)


@dataclass(frozen=True, slots=True)
class DateInput:
    """A day."""

    key: str
    label: str
    required: bool = True
    hint: str = ""
    initial: date | None = None

    def __post_init__(self) -> None:
        _input(self.key, self.label, self.hint)


@dataclass(frozen=True, slots=True)
class TimeInput:
    """A time of day on the wall."""

    key: str
    label: str
    required: bool = True
    hint: str = ""
    initial: time | None = None

    def __post_init__(self) -> None:
        _input(self.key, self.label, self.hint)


@dataclass(frozen=True, slots=True)
class PersonInput:
    """Somebody of the workspace; the answer is the platform's own id of them, as `initial` is. The wing makes them
    known first."""

    key: str
    label: str
    required: bool = True
    hint: str = ""
    initial: str = ""

    def __post_init__(self) -> None:
        _input(self.key, self.label, self.hint)


@dataclass(frozen=True, slots=True)
class FileInput:
    """A file to hand in, whose name ends in one of `endings`; the answer is a `GivenFile`, or why there is none."""

    key: str
    label: str
    endings: tuple[str, ...]
    required: bool = True
    hint: str = ""

    def __post_init__(self) -> None:
        _input(self.key, self.label, self.hint)


Shown: TypeAlias = Heading | Paragraph | Portrait | Note | Bullets | Facts | Chart | Divider | Buttons
Input: TypeAlias = TextInput | NumberInput | Choice | Choices | DateInput | TimeInput | PersonInput | FileInput
Part: TypeAlias = Shown | Input


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a message brings. `media_type`: "" where it does not matter."""

    name: str
    content: bytes = field(repr=False)
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message. `text` says the whole of it in plain words, for notifications and screen readers."""

    text: str
    parts: tuple[Shown, ...]
    attachment: Attachment | None = None

    def __post_init__(self) -> None:
        _at_most("a message's text", self.text, 3500)


@dataclass(frozen=True, slots=True)
class Home:
    """A person's home page in the bot."""

    parts: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form in a window of its own. Without `submit` it is only read and closed.

    `verb` and `subject` say what submitting it does; `carried` comes back with every press and submit in it.
    """

    verb: str
    title: str
    parts: tuple[Part, ...]
    subject: str = ""
    submit: str | None = None
    carried: Mapping[str, str] = field(default_factory=dict)
    scheme: str = ""
    """The key of the scheme it belongs to, where there are several."""
    waits_for: tuple[str, ...] = ()
    """Whose calendars are still to be looked at, by address: it is shown at once, and drawn anew when they were."""
    waits_until: datetime | None = None
    """How far ahead; None: as far as times are proposed."""

    def __post_init__(self) -> None:
        _at_most("a form's title", self.title, 24)
        if self.submit is not None:
            _at_most("a form's submit", self.submit, 24)
        elif any(isinstance(part, Input) for part in self.parts):
            raise PartError("a form with fields needs a submit")
        keys = [part.key for part in self.parts if isinstance(part, Input)]
        if len(set(keys)) != len(keys):
            raise PartError("two fields of a form have the same key")


@dataclass(frozen=True, slots=True)
class Nothing:
    """The click is done and needs no answer of its own."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A few words to the presser alone."""

    text: str
    parts: tuple[Shown, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Errors:
    """What is wrong with a submitted form, by field key; what was typed is kept."""

    fields: Mapping[str, str]


Reply: TypeAlias = Nothing | Notice | Form | Errors
"""What an action answers to a click. Everything else that follows is a row of the outbox."""


def paragraphs(text: str, longest: int = 2900) -> tuple[Paragraph, ...]:
    """Text from a person as paragraphs that fit, with nothing lost."""
    pieces = [text[at : at + longest] for at in range(0, len(text), longest)]
    return tuple(Paragraph((piece,)) for piece in pieces if piece.strip())
