"""The kinds of person in the table of authority, and what its rules say of those without a column of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from bot.schemes.scheme import Power

COLUMNS: Final = ("outsider", "member", "mentee", "mentor", "other", "administrator", "themselves")
"""outsider: known, in no role, of an office without powers · member: has no part in the case · mentee: whose case it is
(for an application, the applicant) · mentor: who is asked · other: another mentor, later on the list · themselves: an
administrator, about their own case, or without a part where they have none of that sort."""
OFFICES: Final = get_args(Power)
"""For each power the holder of an office that has it alone: let where the row names the power, else an outsider."""
BY_RULE: Final = (
    "stranger", "former mentor", "mentor of the past", *OFFICES, "former officer", "elsewhere", "guest", "deactivated",
)  # fmt: skip
"""stranger: never met · former mentor: of a connection of the mentee's that is over, and who declined their request; of
the past: the same, about that connection or request · former officer: an administrator once · and whoever is let in the
row, but of the same id in another workspace, as a guest of this one, or deactivated."""
KINDS: Final = (*COLUMNS, *BY_RULE)
USERS: Final = {
    "stranger": "USTRANGER", "outsider": "UHELPER", "member": "UMEMBER", "mentee": "UMENTEE", "mentor": "UASKED",
    "other": "UOTHER", "administrator": "UADMIN", "themselves": "USECOND", "former mentor": "UFORMER",
    "mentor of the past": "UFORMER", "former officer": "URETIRED",
    **{power: f"U{power.replace('_', '').upper()}" for power in OFFICES},
}  # fmt: skip
STATES: Final = ("guest", "deactivated")
"""Kinds that somebody is by what everybody is made for a while."""
OFFICERS: Final = ("UADMIN", "USECOND")

OK: Final = ""
NO: Final = "not_yours"
OWN: Final = "about_yourself"
LIST: Final = "for the office only"  # not a refusal: the command says who it is for
PAST: Final = {
    "agreed": "ended", "fresh": "ended", "imported": "ended", "session": "past session", "ahead": "past session",
    "open": "declined",
}  # fmt: skip
"""Cases, and their like from when the former mentor had a part in them."""
_LET = ("mentee", "mentor", "other", "member", "administrator", "outsider", "themselves")


@dataclass(frozen=True, slots=True)
class Row:
    """A verb, the case it is pressed about (a name in `Population.ids` or words), and what each kind of person gets."""

    verb: str
    about: str
    outcomes: tuple[str, ...]
    own: str = ""
    """The case of the administrator's own, where there is one."""
    users: Mapping[str, str] = field(default_factory=dict)
    """Who stands for a kind in this case, if not the usual one."""
    values: Mapping[str, Any] | None = None
    shut: bool = False
    """Pressed while nobody can join in any role."""
    carried: tuple[str, ...] = ()
    """Names in `Population.ids` of what the form carries."""
    by: str = ""
    """The powers of which each lets, by itself."""
    past: str = ""
    """What a mentor of the past gets, if not that it is over, where a mentor gets anything about such a case."""
    retired: str = ""
    """What a former officer gets, if not the same as an outsider."""

    @property
    def let(self) -> str:
        """The first kind that is let; that gets another answer than the rest, where nobody is."""
        found = (kind for good in ((OK,), (*self.outcomes,)) for kind in _LET if self._of(kind) in good)
        return next((kind for kind in found if self._of(kind) != NO), "mentee")

    def outcome(self, kind: str) -> str:
        """What that kind of person gets."""
        match kind:
            case "stranger" | "deactivated" | "elsewhere":
                return NO
            case "guest":
                return self._of(self.let)
            case "former officer":
                return self.retired or self._of("outsider")
            case "former mentor":
                return NO if self.about in ("queued", "offered") else self._of("other")
            case "mentor of the past":
                over = "already_declined" if "declined" in self.past_case else "pair_ended"
                return {"": over, "done": OK}.get(self.past, self.past)
            case _ if kind in OFFICES and kind in self.by.split():
                return self._of("administrator")
            case _ if kind in OFFICES:
                return NO if self._of("outsider") == LIST else self._of("outsider")
            case _:
                return self._of(kind)

    def case(self, kind: str) -> str:
        """What it is about when that kind presses it."""
        if kind == "themselves" and self.own:
            return self.own
        return self.past_case if kind == "mentor of the past" else self.about

    def user(self, kind: str) -> str:
        """Who presses it."""
        as_whom = self.let if kind in ("elsewhere", *STATES) else kind
        return {**USERS, **self.users}[as_whom]

    @property
    def past_case(self) -> str:
        """The same of what is over."""
        return ":".join(PAST.get(part, part) for part in self.about.split(":"))

    @property
    def has_past(self) -> bool:
        """Whether it is about something of which there is a like that is over."""
        return self.past_case != self.about and self._of("mentor") != NO

    def _of(self, column: str) -> str:
        return self.outcomes[COLUMNS.index(column)]
