"""A scheme's members as the lines of a table: what stands in which column, and how an answer is written in a cell and
read from one. What is exported can be imported again, and changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final, Literal

from bot.lifecycle.member import Member, MemberState
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import readable
from bot.reports.cells import Wrong, past_day, said, written
from bot.schemes.fields import FormField, SchemeForm
from bot.schemes.roles import ROLES, Role, RoleRules, Training
from bot.schemes.scheme import Scheme

FormName = Literal["joining", "preferences", "profile"]
NAME: Final = "Name"
EMAIL: Final = "E-mail"
ROLE: Final = "Role"
STATUS: Final = "Status"
FIRST: Final = (NAME, EMAIL, ROLE, STATUS)
"""The columns of every scheme's members."""
TAKING_PART: Final = "taking part"
LET_IN_WORD: Final = "let in"
STATUSES: Final[Mapping[MemberState, str]] = {
    "approved": TAKING_PART, "admitted": LET_IN_WORD, "in_review": "waiting for approval", "asked": "asked to join",
    "waiting": "waiting for a place", "turned_down": "turned down", "left": "left",
}  # fmt: skip
"""How somebody's membership stands, in a cell."""
_AS_WELL: Final[Mapping[str, str]] = {
    "email": EMAIL, "e mail": EMAIL, "mail": EMAIL, "email address": EMAIL, "e-mail address": EMAIL,
    "full name": NAME, "state": STATUS,
}  # fmt: skip
"""What people call these columns besides."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A column with the answers to one question of one of a role's forms."""

    form: FormName
    field: FormField


@dataclass(frozen=True, slots=True)
class Trained:
    """A column with the day on which a training was completed."""

    training: Training


Target = Answer | Trained


def targets(scheme: Scheme, role: Role) -> dict[str, Target]:
    """The columns that are the role's own, by heading, in the order of its forms. A heading that another form has
    already has its form's title before it."""
    rules, found = scheme.roles[role], dict[str, Target]()
    for name, form in _forms(rules):
        for field in form.fields:
            if field.seen_by != "self":
                twice = key(field.heading) in map(key, (*FIRST, *found))
                found[f"{form.title}: {field.heading}" if twice else field.heading] = Answer(name, field)
    for training in rules.trainings:
        found[f"{training.name} completed on"] = Trained(training)
    return found


def _forms(rules: RoleRules) -> Iterator[tuple[FormName, SchemeForm]]:
    named: tuple[tuple[FormName, SchemeForm | None], ...] = (
        ("joining", rules.application), ("profile", rules.profile), ("preferences", rules.preferences),
    )  # fmt: skip
    return ((name, form) for name, form in named if form is not None)


def headings(scheme: Scheme) -> tuple[str, ...]:
    """Every column of the scheme's members, once each."""
    own = {key(heading): heading for role in ROLES for heading in targets(scheme, role)}
    return (*FIRST, *own.values())


def naming(scheme: Scheme) -> tuple[str, ...]:
    """The columns in which somebody is named by their e-mail address, as headings are compared."""
    every = (each for role in ROLES for each in targets(scheme, role).items())
    return tuple(dict.fromkeys(key(h) for h, t in every if isinstance(t, Answer) and t.field.kind == "person"))


@lru_cache(1024)
def key(heading: str) -> str:
    """A heading as it is compared: whatever case, spaces and punctuation at its end."""
    words = " ".join(heading.casefold().replace("_", " ").split()).strip(" *:.?")
    return _AS_WELL.get(words, words).casefold()


def meant(heading: str, scheme: Scheme) -> str | None:
    """The column that a heading nobody knows is nearest to."""
    near = get_close_matches(key(heading), known := {key(each): each for each in headings(scheme)}, 1)
    return known[near[0]] if near else None


def rows(scheme: Scheme, members: Iterable[tuple[Person, Member]]) -> Iterator[tuple[str, ...]]:
    """Members as lines below `headings`, with what the office may read."""
    own = {role: {key(heading): target for heading, target in targets(scheme, role).items()} for role in ROLES}
    order = [key(heading) for heading in headings(scheme)[len(FIRST) :]]
    for person, member in members:
        first = (person.name, person.email or "", member.role, STATUSES[member.state])
        yield (
            *first,
            *((cell(target, member) if (target := own[member.role].get(column)) else "") for column in order),
        )


def cell(target: Target, member: Member) -> str:
    """What stands in that column of a member."""
    if isinstance(target, Trained):
        done = member.trainings.get(target.training.key)
        return done.isoformat() if done else ""
    if target.field.seen_by not in readable("office"):
        return ""
    return written(target.field, (getattr(member, target.form) or {}).get(target.field.key))


def taken(target: Target, text: str, topics: tuple[str, ...], today: date) -> Any | Wrong | None:
    """What a cell of that column says: an answer as it is kept, or a day; None where it says nothing."""
    return past_day(text, today) if isinstance(target, Trained) else said(target.field, text, topics)


def role_of(text: str) -> Role | None:
    """The role that a cell means: "Mentee", "mentors"."""
    return next((role for role in ROLES if text.casefold().strip() in (role, f"{role}s")), None)


def merged(
    own: Mapping[str, Target], before: Member | None, line: Mapping[str, Any]
) -> tuple[dict[FormName, Any], list[str]]:
    """The forms of a member with what a line says of them put over what they hold, by form; and the headings of the
    questions that are still without an answer they need, in the forms of which it says anything. `own`: the columns of
    their role, as `targets` has them; `line`: its answers by heading."""
    after, missing = dict[FormName, Any](), list[str]()
    for name in dict.fromkeys(target.form for heading in line if isinstance(target := own.get(heading), Answer)):
        kept = dict((getattr(before, name) if before else None) or {})
        fresh = {t.field.key: line[h] for h, t in own.items() if h in line and isinstance(t, Answer) and t.form == name}
        after[name] = kept | fresh
        missing += [h for h, t in _needed(own, name) if t.field.key not in after[name]]
    return after, missing


def _needed(own: Mapping[str, Target], form: FormName) -> Iterator[tuple[str, Answer]]:
    return ((h, t) for h, t in own.items() if isinstance(t, Answer) and t.form == form and t.field.required)
