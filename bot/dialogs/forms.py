"""A scheme's forms as inputs, what was typed as an answers document, and the document as facts for a reader.

The document is JSON: str for text and choice, list[str] for choices and topics, {topic: rating} for ratings, bool, int,
an ISO date as str, a list of such documents by column for rows, {"user": …, "name": …} for a person, {"file": its id,
"name": …, "size": bytes} for a file. A field without an answer is not in it. An option's text is its value, so that an
answer stays readable when the scheme drops the option.
"""

from collections.abc import Collection, Mapping, Set
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, assert_never

from bot.dialogs import field_words as say
from bot.dialogs import file_fields
from bot.dialogs.parts import Choice, Choices, DateInput, Facts, Input, NumberInput, PersonInput, TextInput
from bot.dialogs.plain import day
from bot.schemes.fields import Column, FormField, SchemeForm


class _WrongError(Exception):
    """An answer that cannot be taken, with the words for it."""


def inputs(form: SchemeForm, topics: tuple[str, ...], initial: Mapping[str, Any]) -> tuple[Input, ...]:
    """The form's fields as inputs, filled in from stored answers as far as those still fit."""
    return tuple(drawn for field in form.fields for drawn in _inputs(field, topics, initial.get(field.key)))


def _inputs(field: FormField, topics: tuple[str, ...], stored: Any) -> tuple[Input, ...]:
    key, label, required, hint = field.key, field.label, field.required, field.hint
    match field.kind:
        case "text" | "long_text":
            text = stored if isinstance(stored, str) else ""
            long = field.kind == "long_text"
            return (TextInput(key, label, required, hint, long=long, longest=field.longest, initial=text),)
        case "choice":
            one = stored if stored in field.options else None
            return (Choice(key, label, field.options, required, hint, initial=one),)
        case "choices" | "topics":
            options = _options(field, topics)
            # A scheme without topics has nothing to choose from, and no platform draws an empty choice.
            return (Choices(key, label, options, required, hint, initial=_kept(stored, options)),) if options else ()
        case "ratings":
            return _rating_inputs(field, topics, stored)
        case "yes_no":
            said = {True: say.YES, False: say.NO}.get(stored) if isinstance(stored, bool) else None
            return (Choice(key, label, (say.YES, say.NO), required, hint, initial=said),)
        case "number":
            number = stored if _whole(stored) else None
            return (NumberInput(key, label, field.lowest, field.highest, required, hint, initial=number),)
        case "date":
            return (DateInput(key, label, required, hint, initial=_day(stored)),)
        case "rows":
            return _row_inputs(field, stored)
        case "person":
            known = stored.get("user") if isinstance(stored, dict) else None
            return (PersonInput(key, label, required, hint, initial=known if isinstance(known, str) else ""),)
        case "file":
            return file_fields.inputs(field, stored)
        case _:
            assert_never(field.kind)


def _rating_inputs(field: FormField, topics: tuple[str, ...], stored: Any) -> tuple[Input, ...]:
    """One choice a topic, at 0 until rated: only what a person can offer has to be touched."""
    ratings = stored if isinstance(stored, dict) else {}

    def rating(index: int, topic: str) -> Choice:
        given = ratings.get(topic, 0)
        at = given if _whole(given) and 0 <= given < len(say.RATINGS) else 0
        return Choice(
            rating_key(field, topic),
            say.rating_label(field.label, topic),
            say.RATINGS,
            field.required,
            field.hint if index == 0 else "",
            initial=say.RATINGS[at],
        )

    return tuple(rating(index, topic) for index, topic in enumerate(topics))


_SPARE_ROWS = 2
"""Empty lines under those that are filled in; whoever needs more opens the form again."""


def _row_inputs(field: FormField, stored: Any) -> tuple[Input, ...]:
    rows = [row for row in stored if isinstance(row, dict)] if isinstance(stored, list) else []
    shown = min(field.most_rows, len(rows) + _SPARE_ROWS)
    kept = [*rows, *({} for _ in range(shown))][:shown]
    return tuple(
        drawn
        for number, row in enumerate(kept)
        for column in field.columns
        for drawn in _inputs(_cell(field, number, column), (), row.get(column.key))
    )


def _cell(field: FormField, row: int, column: Column) -> FormField:
    """One cell of rows as a field of its own; the hint stands at the first."""
    first = row == 0 and column == field.columns[0]
    return FormField.model_construct(
        key=f"{field.key}:{row}:{column.key}", label=say.cell_label(field.heading, row + 1, column.label),
        kind=column.kind, options=column.options, required=False, hint=field.hint if first else "", highest=1_000_000,
    )  # fmt: skip


def rating_key(field: FormField, topic: str) -> str:
    """The key of one topic's rating. A key has no colon and both are short, so it is unique and can be taken apart."""
    return f"{field.key}:{topic}"


def answers(
    form: SchemeForm,
    topics: tuple[str, ...],
    values: Mapping[str, object],
    files: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers document of submitted values, and errors by the key of the input they belong to.

    `values` are by input key, as the wings give them. Keys that the form does not have are passed over. `files`: those
    that have been handed in before, by the key of their field. In the place of one that comes anew the document holds
    the `GivenFile`, until it is kept.
    """
    document: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in form.fields:
        if field.kind in {"topics", "ratings"} and not topics:
            continue
        if field.kind == "file":
            answer, wrong = file_fields.answer(field, values, files.get(field.key))
        else:
            answer, wrong = _given(field, topics, values)
        errors |= wrong
        if answer is not None:
            document[field.key] = answer
    return document, errors


def _given(field: FormField, topics: tuple[str, ...], values: Mapping[str, object]) -> tuple[Any, dict[str, str]]:
    if field.kind == "rows":
        return _rows(field, values)
    try:
        return (_ratings if field.kind == "ratings" else _answer)(field, topics, values), {}
    except _WrongError as wrong:
        return None, {rating_key(field, topics[0]) if field.kind == "ratings" else field.key: str(wrong)}


def _answer(field: FormField, topics: tuple[str, ...], values: Mapping[str, object]) -> Any:
    """The answer as it is stored, None where an optional field was left empty. Raises _WrongError."""
    value = values.get(field.key)
    if isinstance(value, str):
        value = value.strip()
    if value is None or value == "" or value == () or value == []:
        if not field.required:
            return None
        raise _WrongError((say.nothing_chosen if field.kind in {"choices", "topics"} else say.missing)(field.label))
    match field.kind:
        case "text" | "long_text":
            return _text(field, value)
        case "choice":
            return _offered(value, field.options)
        case "choices" | "topics":
            chosen = value if isinstance(value, list | tuple) else (value,)
            return [_offered(one, _options(field, topics)) for one in dict.fromkeys(chosen)]
        case "yes_no":
            return _offered(value, (say.YES, say.NO)) == say.YES
        case "number":
            return _number(field, value)
        case "date":
            given = _day(value)
            if given is None:
                raise _WrongError(say.not_a_date(field.label))
            return given.isoformat()
        case "person":
            return {"user": str(value), "name": ""}
        case "ratings" | "rows" | "file":
            raise AssertionError(f"{field.kind} is not one input")
        case _:
            assert_never(field.kind)


def _text(field: FormField, value: object) -> str:
    text = str(value)
    if len(text) > field.longest:
        raise _WrongError(say.too_long(field.label, len(text), field.longest))
    return text


def _number(field: FormField, value: object) -> int:
    if not (isinstance(value, int) and _whole(value)):
        raise _WrongError(say.not_a_number(field.label))
    if not field.lowest <= value <= field.highest:
        raise _WrongError(say.out_of_range(field.lowest, field.highest))
    return value


def _offered(value: object, options: Collection[str]) -> str:
    if not isinstance(value, str) or value not in options:
        raise _WrongError(say.not_offered(str(value)[:75]))
    return value


def _ratings(field: FormField, topics: tuple[str, ...], values: Mapping[str, object]) -> dict[str, int] | None:
    given = {topic: values[key] for topic in topics if values.get(key := rating_key(field, topic)) is not None}
    ratings = {topic: say.RATINGS.index(_offered(value, say.RATINGS)) for topic, value in given.items()}
    if field.required and not any(ratings.values()):
        raise _WrongError(say.nothing_rated(field.label))
    return ratings or None


def _rows(field: FormField, values: Mapping[str, object]) -> tuple[list[dict[str, Any]] | None, dict[str, str]]:
    """The lines that hold something, and errors by the key of their cell."""
    rows: list[dict[str, Any]] = []
    errors: dict[str, str] = {}
    for number in range(field.most_rows):
        row: dict[str, Any] = {}
        for column in field.columns:
            cell = _cell(field, number, column)
            try:
                answer = _answer(cell, (), values)
            except _WrongError as wrong:
                errors[cell.key] = str(wrong)
                continue
            if answer is not None:
                row[column.key] = answer
        rows += [row] if row else []
    if field.required and not rows and not errors:
        errors[_cell(field, 0, field.columns[0]).key] = say.missing(field.label)
    return rows or None, errors


def facts(form: SchemeForm, answers: Mapping[str, Any], seen_by: Set[str]) -> Facts | None:
    """The answers, labelled, that a reader may see: of fields whose `seen_by` is in the set. None: there are none.

    They are read as they were given, whatever the form has become since.
    """
    pairs = [
        (field.heading, (text,))
        for field in form.fields
        if field.seen_by in seen_by and (text := readable(field, answers.get(field.key)))
    ]
    return Facts(tuple(pairs)) if pairs else None


def readable(field: FormField, answer: Any) -> str:
    """One answer in plain words: by its own kind, not the field's, which may have been another when it was given."""
    match answer:
        case bool():
            return say.YES if answer else say.NO
        case int():
            return str(answer)
        case str():
            on = _day(answer) if field.kind == "date" else None
            return day(on) if on else answer.strip()
        case list() if field.kind == "rows":
            return "\n".join(_readable_row(field, number, row) for number, row in enumerate(answer, 1))
        case list() | tuple():
            return "; ".join(str(one) for one in answer)
        case dict() if field.kind == "person":
            return str(answer.get("name") or answer.get("email") or say.NOT_HERE_YET)
        case {"file": _, "name": str(name), "size": int(size)}:
            return say.file_named(name, size)
        case dict():
            return _readable_ratings(answer)
        case _:
            return ""


def _readable_row(field: FormField, number: int, row: Any) -> str:
    """A line of rows; the first column's label is left out, since the field's own says as much."""
    if not isinstance(row, dict):
        return f"{number}. {row}"
    cells = [(column, readable(_cell(field, 0, column), row.get(column.key))) for column in field.columns]
    shown = [text if column == field.columns[0] else f"{column.label}: {text}" for column, text in cells if text]
    return f"{number}. {'; '.join(shown)}"


def _readable_ratings(ratings: Mapping[str, Any]) -> str:
    """Highest first, in the form's order among equals; what is not offered is left out."""
    offered = [(topic, rating) for topic, rating in ratings.items() if _whole(rating) and rating > 0]
    return "; ".join(say.rated(topic, rating) for topic, rating in sorted(offered, key=lambda pair: -pair[1]))


def _options(field: FormField, topics: tuple[str, ...]) -> tuple[str, ...]:
    return topics if field.kind == "topics" else field.options


def _kept(stored: Any, options: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in stored if one in options) if isinstance(stored, list | tuple) else ()


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _day(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
