"""Reading what a form holds, with what is wrong said at its field; and what is said to a press."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from typing import Any

from bot.actions.context import Click, Context
from bot.dialogs import field_words, forms, own_fields, subjects
from bot.dialogs.parts import DateInput, Errors, Nothing, Notice, NumberInput, PersonInput, Reply, TextInput, TimeInput
from bot.dialogs.wording import times
from bot.lifecycle.people import Person
from bot.schemes.fields import SchemeForm
from bot.schemes.scheme import Scheme
from bot.storage import people, questions


def of_form(
    click: Click, form: SchemeForm, scheme: Scheme, files: Mapping[str, Any] | None = None
) -> dict[str, Any] | Errors:
    """The answers to one of the scheme's forms. `files`: those that have been handed in before, by field."""
    answers, errors = forms.answers(form, scheme.topics, _values(click), files or {})
    return Errors(errors) if errors else answers


def of_record(context: Context, click: Click, form: SchemeForm) -> dict[str, Any] | Errors:
    """The answers to a form about somebody, with whoever is named in it as the bot knows them; somebody who has never
    been here is kept as they were chosen."""
    given = of_form(click, form, context.scheme)
    return given if isinstance(given, Errors) else given | {key: each for key, each, _ in named(context, form, given)}


def named(
    context: Context, form: SchemeForm, answers: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, Any], Person | None]]:
    """The persons whom these answers name, by field, as they are today, and who that is: None for somebody the bot
    does not know."""
    me = context.person
    for field in form.fields:
        if field.kind == "person" and field.key in answers:
            user = str(answers[field.key]["user"])
            found = people.find(context.db, me.platform, me.team, user)
            place = {"platform": me.platform, "team": me.team, "user": user}
            known = {"name": found.name, "email": found.email or ""} if found else {"name": ""}
            yield field.key, place | known, found


def text(click: Click, field: TextInput) -> str | Errors | None:
    """One text that somebody typed; None where it may be and is empty."""
    value = _values(click).get(field.key)
    typed = value.strip() if isinstance(value, str) else ""
    if not typed:
        return Errors({field.key: field_words.missing(field.label)}) if field.required else None
    if len(typed) > field.longest:
        return Errors({field.key: field_words.too_long(field.label, len(typed), field.longest)})
    return typed


def answer(context: Context, click: Click, about: str, question: str | None) -> Errors | None:
    """Keep the answer to the office's question that the form carries besides; Errors where it is missing. Nothing where
    nothing was asked."""
    if question is None:
        return None
    given = text(click, own_fields.ANSWER)
    if not isinstance(given, str):
        return given
    questions.answer(context.db, context.scheme.key, about, given, context.now)
    return None


def person(context: Context, click: Click, field: PersonInput) -> Person | None:
    """Whom somebody chose, among those of their own workspace; None where it is nobody the bot knows."""
    user, me = str(_values(click).get(field.key) or ""), context.person
    return people.find(context.db, me.platform, me.team, user)


def day(click: Click, field: DateInput) -> date | Errors | None:
    """One day that somebody chose; None where it may be and is empty."""
    value = _values(click).get(field.key)
    if isinstance(value, date):
        return value
    return Errors({field.key: times.day_missing()}) if field.required else None


def start(click: Click, field: TimeInput) -> time | Errors:
    """A time on the wall."""
    value = _values(click).get(field.key)
    return value if isinstance(value, time) else Errors({field.key: times.time_missing()})


def whole(click: Click, field: NumberInput) -> int:
    """A whole number; 0 where it is none. What is in its bounds is for a rule to say."""
    value = _values(click).get(field.key)
    return value if isinstance(value, int) else 0


def _values(click: Click) -> Mapping[str, Any]:
    return click.values or {}


def number(click: Click, key: str) -> int:
    """The number that a form carries along under that key; 0 for anything else."""
    return subjects.number(click.carried.get(key, ""))


def carried(click: Click, key: str) -> list[str]:
    """The persons that a form carries along under that key, in their order."""
    return [person for person in click.carried.get(key, "").split(",") if person]


def unless_shown(click: Click, notice: Callable[[], Notice]) -> Reply:
    """On a card or on Home the card itself shows what became of it; in a form the presser is told."""
    return Nothing() if click.shows_itself else notice()
