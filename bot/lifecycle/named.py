"""Whom somebody names in their record and is kept apart from: their line manager, or whoever else the fields of the
scheme's forms ask for. It holds from the moment it is saved until the record says something else, also of somebody who
has not come here yet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.lifecycle.member import Member
from bot.lifecycle.pairings import Said
from bot.lifecycle.request import Request
from bot.schemes.fields import FormField, SchemeForm
from bot.schemes.roles import ROLES, Role
from bot.schemes.scheme import Scheme

DIRECTORY: Final = "directory"
"""Stands for the field where the platform's own directory says who somebody's manager is."""

_NAMING: Final = ("platform", "team", "user", "email")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a record names: by their place on a platform, by their e-mail address, or both. `field`: where,
    such as "mentee.application.line_manager"."""

    field: str
    said: Said
    platform: str = ""
    team: str = ""
    user: str = ""
    mailbox: str = ""


def in_record(record: object, scheme: Scheme) -> frozenset[Named]:
    """Whom this membership or request names."""
    if isinstance(record, Member):
        return frozenset(_in_member(record, scheme))
    if isinstance(record, Request):
        return frozenset(_in_form("request", scheme.request, record.answers))
    return frozenset()


def _in_member(member: Member, scheme: Scheme) -> Iterator[Named]:
    given = (member.joining, member.profile, member.preferences)
    for (name, form), answers in zip(_forms(scheme, member.role), given, strict=True):
        yield from _in_form(f"{member.role}.{name}", form, answers)


def _in_form(at: str, form: SchemeForm | None, answers: Mapping[str, Any] | None) -> Iterator[Named]:
    for field in form.fields if form and answers else ():
        said, answer = says(field), (answers or {}).get(field.key)
        if said is not None and isinstance(answer, dict):
            platform, team, user, mailbox = (str(answer.get(each) or "") for each in _NAMING)
            yield Named(f"{at}.{field.key}", said, platform, team, user, mailbox.casefold())


def asked_in(record: object, scheme: Scheme) -> frozenset[str]:
    """Where a membership or request of this kind can name anybody."""
    if isinstance(record, Member):
        role = record.role
        return frozenset(each for name, form in _forms(scheme, role) for each in _fields(f"{role}.{name}", form))
    return frozenset(_fields("request", scheme.request)) if isinstance(record, Request) else frozenset()


def anywhere(scheme: Scheme) -> bool:
    """Whether any form of the scheme has somebody named from whom they are kept apart."""
    forms = (scheme.request, *(form for role in ROLES for _, form in _forms(scheme, role)))
    return any(field.keeps_apart for form in forms if form for field in form.fields)


def _fields(at: str, form: SchemeForm | None) -> Iterator[str]:
    return (f"{at}.{field.key}" for field in (form.fields if form else ()) if says(field))


def _forms(scheme: Scheme, role: Role) -> tuple[tuple[str, SchemeForm | None], ...]:
    rules = scheme.roles[role]
    return (("application", rules.application), ("profile", rules.profile), ("preferences", rules.preferences))


def says(field: FormField) -> Said | None:
    """What follows from naming somebody in this field."""
    if field.kind != "person":
        return None
    return "apart" if field.keeps_apart else "warned" if field.warns else None


def heading(at: str, scheme: Scheme) -> str | None:
    """What the question is called by which a record says so; None where the scheme asks it no longer, or nobody was
    asked."""
    whose, _, rest = at.partition(".")
    if whose == "request":
        return _heading(scheme.request, rest)
    role: Role | None = "mentee" if whose == "mentee" else "mentor" if whose == "mentor" else None
    name, _, key = rest.partition(".")
    return _heading(getattr(scheme.roles[role], name, None), key) if role else None


def _heading(form: SchemeForm | None, key: str) -> str | None:
    field = form.field(key) if form else None
    return field.heading if field else None
