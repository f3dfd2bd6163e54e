"""What stands between asking and taking part, gate by gate. The rules, Home and every word about what comes next read
the same `next_gate`."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from bot.lifecycle.documents import Document, put_to
from bot.lifecycle.member import LET_IN, Member
from bot.lifecycle.step import Refused
from bot.schemes.fields import YES_NO, FormField
from bot.schemes.period import Period
from bot.schemes.roles import Gate, Training
from bot.schemes.scheme import Scheme


def next_gate(member: Member, scheme: Scheme, now: datetime) -> Gate | None:
    """The first gate of the role that this member has not passed; None: they take part."""
    return next((gate for gate in scheme.roles[member.role].gates if not _PASSED[gate](member, scheme, now)), None)


def forms_to_fill_in(member: Member, scheme: Scheme, now: datetime) -> tuple[Gate, ...]:
    """The forms among the gates that are still to be filled in, the first thing first."""
    gates = (gate for gate in scheme.roles[member.role].gates if gate in {"profile", "preferences"})
    return tuple(gate for gate in gates if not _PASSED[gate](member, scheme, now))


def unmet(member: Member, scheme: Scheme) -> tuple[FormField, ...]:
    """The questions of the application whose answer does not meet what the scheme asks of the role. What was not
    answered is not held against anybody: the question may have come later."""
    form = scheme.roles[member.role].application
    asked = (field for field in form.fields if field.meets and field.key in member.joining) if form else ()
    return tuple(field for field in asked if _said(member.joining[field.key]) not in field.meets)


def left_open(member: Member, scheme: Scheme) -> tuple[FormField, ...]:
    """The questions of the profile that are not answered, of a role in which it is shown how much of it is."""
    rules = scheme.roles[member.role]
    if rules.profile is None or not rules.completeness or member.profile is None:
        return ()
    return tuple(each for each in rules.profile.fields if member.profile.get(each.key) in (None, "", [], {}))


def _said(answer: object) -> object:
    return YES_NO[0 if answer else 1] if isinstance(answer, bool) else answer


def training_wanted(member: Member, scheme: Scheme, on: date) -> Training | None:
    """The first required training that is not on record on that day, or has lapsed."""
    required = (training for training in scheme.roles[member.role].trainings if training.required)
    return next((training for training in required if not _holds(member, training, on)), None)


def lapses_next(member: Member, scheme: Scheme) -> tuple[Training, date] | None:
    """The required training on record that lapses first, or has lapsed, and its last day."""
    renewed = (
        (training, last)
        for training in scheme.roles[member.role].trainings
        if training.required and training.renewed_every and (done := member.trainings.get(training.key))
        for last in (last_day(done, training.renewed_every),)
    )
    return min(renewed, key=lambda each: each[1], default=None)


def code_wanted(member: Member, scheme: Scheme) -> Document | None:
    """The first document of the role that blocks matching and is not accepted yet."""
    given = {consent.document for consent in member.consents}
    blocking = (each for each in put_to(member.role, scheme) if each.blocks == "matching")
    return next((each for each in blocking if each.key not in given), None)


def may_take_part(member: Member, scheme: Scheme, now: datetime) -> None:
    """Whether this member has passed every gate."""
    if member.state != "approved" or next_gate(member, scheme, now) is not None:
        raise Refused("not_approved")


def _holds(member: Member, training: Training, on: date) -> bool:
    done = member.trainings.get(training.key)
    return done is not None and not _lapsed(done, training.renewed_every, on)


def _lapsed(done: date, renewed_every: Period | None, on: date) -> bool:
    return renewed_every is not None and on > last_day(done, renewed_every)


def last_day(done: date, renewed_every: Period) -> date:
    """The last day on which a training that was completed then is held."""
    return renewed_every.after(datetime(done.year, done.month, done.day)).date()  # noqa: DTZ001 – a day


# Who takes part already is not sent back for a form that the scheme asks for since.
_PASSED: Final[Mapping[Gate, Callable[[Member, Scheme, datetime], bool]]] = {
    "application": lambda member, _, __: member.state in LET_IN,
    "profile": lambda member, _, __: member.profile is not None or member.state == "approved",
    "preferences": lambda member, _, __: member.preferences is not None or member.state == "approved",
    "review": lambda member, _, __: member.state == "approved",
    "training": lambda member, scheme, now: training_wanted(member, scheme, now.date()) is None,
    "code": lambda member, scheme, _: code_wanted(member, scheme) is None,
    "first_request": lambda member, _, __: member.state == "approved",
}
