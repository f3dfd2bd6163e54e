"""Members as lines of a table: every scheme has its columns, and what is written is read back."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.reports import cells
from bot.reports.cells import Wrong
from bot.reports.columns import FIRST, Answer, Trained, headings, key, meant, merged, role_of, rows, taken, targets
from bot.reports.csv_files import plain, read, written
from bot.schemes.fields import FormField
from bot.schemes.loading import load
from bot.schemes.roles import ROLES, Role
from bot.schemes.scheme import Scheme

NAMES = ("british_cardiovascular_society", "bcs_it", "bsw_hub", "asme", "employer")
SCHEMES = pytest.mark.parametrize("scheme", [load(name) for name in NAMES], ids=NAMES)
TODAY = date(2026, 11, 30)
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs"], exclude_characters="\ufeff\u200b"), min_size=1, max_size=20
)


def answer(field: FormField, topics: tuple[str, ...]) -> st.SearchStrategy[Any]:
    match field.kind:
        case "choice":
            return st.sampled_from(field.options)
        case "choices" | "topics":
            options = topics if field.kind == "topics" else field.options
            return st.lists(st.sampled_from(options), min_size=1, unique=True)
        case "ratings":
            return st.dictionaries(st.sampled_from(topics), st.integers(1, 5), min_size=1)
        case "yes_no":
            return st.booleans()
        case "number":
            return st.integers(field.lowest, field.highest)
        case "person":
            addresses = st.emails().filter(lambda text: plain(text) == text and not text.startswith("="))
            return addresses.map(lambda address: {"name": "", "email": address})
        case "date":
            return st.dates(date(1950, 1, 1), date(2090, 1, 1)).map(date.isoformat)
        case _:
            return WORDS.filter(lambda text: plain(text) == text and not text.startswith("="))


@st.composite
def members(draw: st.DrawFn, scheme: Scheme, role: Role) -> Member:
    forms: dict[str, Any] = {"joining": {}, "profile": {}, "preferences": {}}
    trainings = {}
    for target in targets(scheme, role).values():
        if isinstance(target, Trained):
            trainings[target.training.key] = draw(st.dates(date(2020, 1, 1), TODAY))
        elif target.field.kind not in {"rows", "file"} and (scheme.topics or target.field.kind != "topics"):
            forms[target.form][target.field.key] = draw(answer(target.field, scheme.topics))
    return Member("m", scheme.key, "p", role, "approved", MONDAY, trainings=trainings, **forms)


@SCHEMES
@pytest.mark.parametrize("role", ROLES)
@settings(max_examples=20)
@given(data=st.data())
def test_what_is_exported_says_the_same_when_it_is_read(scheme: Scheme, role: Role, data: st.DataObject) -> None:
    member = data.draw(members(scheme, role))
    person = Person("p", "slack", "T", "U", "=Ada", "ada@example.org", "Europe/London")
    head, line = read(written(headings(scheme), rows(scheme, [(person, member)]))).lines
    found = dict(zip(map(key, head.cells), line.cells, strict=True))
    said = {
        heading: value
        for heading, target in targets(scheme, role).items()
        if (value := taken(target, found[key(heading)], scheme.topics, TODAY)) is not None
    }
    assert not [value for value in said.values() if isinstance(value, Wrong)]
    after, missing = merged(targets(scheme, role), member, said)
    assert not missing
    for form, answers in after.items():
        assert _as_sets(answers) == _as_sets(getattr(member, form))
    days = {target.training.key: said[h] for h, target in targets(scheme, role).items() if isinstance(target, Trained)}
    assert days == member.trainings


def _as_sets(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: set(value) if isinstance(value, list) else value for name, value in answers.items()}


@SCHEMES
def test_every_column_has_one_heading(scheme: Scheme) -> None:
    every = headings(scheme)
    assert every[: len(FIRST)] == FIRST
    assert len({*map(key, every)}) == len(every)
    for role in ROLES:
        assert {*map(key, targets(scheme, role))} <= {*map(key, every)}
        assert all(t.field.seen_by != "self" for t in targets(scheme, role).values() if isinstance(t, Answer))


@pytest.mark.parametrize("heading", ["email", "E-MAIL", " e-mail: ", "Email address", "e_mail", "Mail*"])
def test_headings_are_known_however_they_are_written(heading: str) -> None:
    assert key(heading) == key("E-mail")


def test_a_heading_nobody_knows_is_told_what_may_be_meant() -> None:
    scheme = load(NAMES[0])
    assert meant("Currrent role", scheme) == "Current role"
    assert meant("Shoe size", scheme) is None


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        ("number", "7", 7), ("number", "07", 7), ("number", "7.0", "not_a_number"),
        ("number", "-1", "not_a_number"), ("number", "99999", "out_of_range"), ("yes_no", "Y", True),
        ("yes_no", "FALSE", False), ("yes_no", "maybe", "not_yes_or_no"), ("date", "2026-02-29", "not_a_date"),
        ("date", "3/4/2026", "2026-04-03"), ("date", "3 Apr 2026", "2026-04-03"),
        ("date", "2026-04-03T00:00", "2026-04-03"), ("date", "46000", "not_a_date"),
        ("text", "=HYPERLINK(1)", "formula"), ("text", "'=1", "=1"), ("text", "x" * 3001, "too_long"),
        ("choice", "LONDON", "London"), ("choice", "Paris", "not_an_option"),
        ("choices", "london; A; B", ["London", "A; B"]), ("choices", "London\nParis", "not_an_option"),
        ("choices", " ; ", []), ("rows", "anything", None), ("ratings", "A; B: 3", "no_rating"),
        ("ratings", "Leadership (4)\nWellbeing=0", {"Leadership": 4, "Wellbeing": 0}),
        ("ratings", "Leadership: 6", "no_rating"), ("text", "", None),
    ],
)  # fmt: skip
def test_cells(kind: Any, cell: str, expected: object) -> None:
    field = FormField.model_construct(
        key="f", label="F", kind=kind, options=("London", "A; B", "A"), lowest=0, highest=100
    )
    found = cells.said(field, cell, ("Leadership", "Wellbeing"))
    assert (found.why if isinstance(found, Wrong) else found) == expected


@pytest.mark.parametrize(("cell", "role"), [("Mentee", "mentee"), ("MENTORS", "mentor"), ("both", None), ("", None)])
def test_roles(cell: str, role: Role | None) -> None:
    assert role_of(cell) == role


def test_a_training_lies_behind() -> None:
    assert cells.past_day("2026-12-01", TODAY) == Wrong("later", {})
    assert cells.past_day("30/11/2026", TODAY) == TODAY
