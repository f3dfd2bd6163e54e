"""What a line of a file of members would bring about: pure, so that the look beforehand and the doing say the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from bot.lifecycle import importing
from bot.lifecycle.importing import Finding, Outcome, WantedMember
from bot.lifecycle.member import LET_IN, Member
from bot.lifecycle.people import Person
from bot.lifecycle.step import Refused
from bot.reports import columns
from bot.reports.cells import Wrong, is_address
from bot.reports.columns import EMAIL, LET_IN_WORD, ROLE, STATUS, STATUSES, TAKING_PART, Trained, key
from bot.schemes.roles import ROLES, Role
from bot.schemes.scheme import Scheme

NEEDED: Final = (EMAIL, ROLE)


@dataclass(frozen=True, slots=True)
class Planned:
    """What one line comes to. `after`: the membership as it would be, where it is new or changed."""

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    after: Member | None = None


class _Skip(Exception):  # noqa: N818 – it is an answer
    """Nothing can be made of the line."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__()
        self.findings = findings


@dataclass(slots=True)
class Planner:
    """Looks at one line after the other. `taken`: how many hold a place in each role by now; those whom a line brings
    in count from then on. `named`: whom cells name, by their address in small letters."""

    scheme: Scheme
    by: str
    now: datetime
    taken: dict[Role, int]
    named: Mapping[str, Person] = field(default_factory=dict)
    own: dict[Role, dict[str, columns.Target]] = field(init=False)

    def __post_init__(self) -> None:
        """The columns of each role, once for all lines."""
        self.own = {role: columns.targets(self.scheme, role) for role in ROLES}

    def line(
        self,
        number: int,
        cells: Mapping[str, str],
        twice: int | None,
        person: Person | None,
        before: Member | None,
        id_: str,
    ) -> Planned:
        """What it would bring about. `twice`: the line that said it first, if one did; `person`, `before`: who has that
        address, and what they are in that role; `id_`: of a new membership."""
        try:
            role = _role(number, cells)
            _person(number, cells, twice, person, self.by)
            assert person is not None
            wanted = self._wanted(number, cells, role, before)
            held = before is not None and before.state in LET_IN
            after = importing.member(self.scheme, id_, person.id, before, wanted, self.taken[role], self.now)
            if wanted.taking_part and (form := importing.missing_form(self.scheme, after)):
                raise _Skip(Finding(number, STATUS, "form_missing", {"form": form}))
        except _Skip as skip:
            return Planned("problem", skip.findings)
        except Refused as refused:
            return Planned("problem", (Finding(number, ROLE, refused.reason, refused.facts),))
        if after == before:
            return Planned("same")
        self.taken[role] += 0 if held else 1
        return Planned("changed" if held else "new", tuple(self._changes(number, before, after)) if held else (), after)

    def _wanted(self, number: int, cells: Mapping[str, str], role: Role, before: Member | None) -> WantedMember:
        said, wrong, today = dict[str, Any](), list[Finding](), self.now.date()
        for heading, target in self.own[role].items():
            value = columns.taken(target, cells.get(key(heading), ""), self.scheme.topics, today)
            if isinstance(value, Wrong):
                wrong.append(Finding(number, heading, value.why, value.facts))
            elif value is not None:
                said[heading] = self._known(target, value, before)
        forms, missing = columns.merged(self.own[role], before, said)
        wrong += [Finding(number, heading, "needed") for heading in missing if heading not in {f.column for f in wrong}]
        taking_part = _status(number, cells, before)
        if wrong:
            raise _Skip(*wrong)
        trained = {t.training.key: said[h] for h, t in self.own[role].items() if h in said and isinstance(t, Trained)}
        return WantedMember(role, taking_part, trainings=trained, **forms)

    def _known(self, target: columns.Target, value: Any, before: Member | None) -> Any:
        """The answer as it is kept: of a person as the bot knows them; one who is named already stays as they were."""
        if not isinstance(target, columns.Answer) or target.field.kind != "person":
            return value
        was = ((getattr(before, target.form) if before else None) or {}).get(target.field.key)
        if isinstance(was, dict) and str(was.get("email", "")).casefold() == value["email"].casefold():
            return was
        found = self.named.get(value["email"].casefold())
        if found is None:
            return value
        place = {"platform": found.platform, "team": found.team, "user": found.user}
        return place | {"name": found.name, "email": found.email or ""}

    def _changes(self, number: int, before: Member | None, after: Member) -> Iterator[Finding]:
        """A difference each, by its column."""
        if before is None:
            return
        if before.state != after.state:
            facts = {"was": STATUSES[before.state], "is": STATUSES[after.state]}
            yield Finding(number, STATUS, "change", facts, "change")
        for heading, target in self.own[after.role].items():
            was, now = (columns.cell(target, each) for each in (before, after))
            if was != now:
                yield Finding(number, heading, "change", {"was": was, "is": now}, "change")


def _role(number: int, cells: Mapping[str, str]) -> Role:
    role = columns.role_of(cells.get(key(ROLE), ""))
    if role is None:
        raise _Skip(Finding(number, ROLE, "no_role", {"said": cells.get(key(ROLE), "")}))
    return role


def _person(number: int, cells: Mapping[str, str], twice: int | None, person: Person | None, by: str) -> None:
    said = cells.get(key(EMAIL), "")
    if not said:
        raise _Skip(Finding(number, EMAIL, "no_address"))
    if not is_address(said):
        raise _Skip(Finding(number, EMAIL, "not_an_address", {"said": said[:80]}))
    if twice is not None:
        raise _Skip(Finding(number, EMAIL, "line_twice", {"line": twice}))
    if person is None:
        raise _Skip(Finding(number, EMAIL, "nobody", {"said": said}))
    if person.id == by:
        raise _Skip(Finding(number, EMAIL, "about_yourself"))


def _status(number: int, cells: Mapping[str, str], before: Member | None) -> bool:
    """Whether they are to take part. A file brings nobody out of the scheme, and nobody a step back."""
    said = cells.get(key(STATUS), "").casefold()
    stands = before is not None and said == STATUSES[before.state]
    if said in ("", LET_IN_WORD) or (stands and before is not None and before.state in LET_IN):
        return said == TAKING_PART
    if said == TAKING_PART:
        return True
    raise _Skip(Finding(number, STATUS, "no_such_status", {"said": said[:80]}))
