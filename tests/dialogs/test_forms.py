"""A scheme's form goes out as inputs and comes home as answers, whatever its fields are."""

import json
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogs import field_words as say
from bot.dialogs import file_fields, forms
from bot.dialogs import parts as p
from bot.dialogs.plain import moment, plain
from bot.handlers.slack import render
from bot.handlers.slack.render_text import clean
from bot.lifecycle.files import GivenFile, NotGiven
from bot.schemes.fields import Column, FormField, SchemeForm
from bot.schemes.loading import load, names
from tests.handlers.slack.judge import judge_view, sent_off, untouched

LONDON = ZoneInfo("Europe/London")
TOPICS = ("Career progression, early career", "Leadership", "Family life / work-life balance")
OPTIONS = tuple(f"Option {n}; with a mark" for n in range(12))


def _field(kind: Any, key: str = "", **more: Any) -> FormField:
    return FormField(key=key or kind, label=f"About {kind}", kind=kind, **more)


ROW = (
    Column(key="what", label="What"),
    Column(key="by_when", label="By when", kind="date"),
    Column(key="done", label="Done", kind="yes_no"),
    Column(key="with", label="With", kind="choice", options=("Alone", "Together")),
)
EVERY_KIND = SchemeForm(
    title="Every kind",
    fields=(
        _field("text", max_length=40),
        _field("long_text"),
        _field("choice", options=OPTIONS[:3]),
        _field("choice", "choice_long", options=OPTIONS),
        _field("choices", options=OPTIONS[:4]),
        _field("choices", "choices_long", options=OPTIONS),
        _field("topics"),
        _field("ratings"),
        _field("yes_no"),
        _field("number", lowest=-2, highest=12),
        _field("date"),
        _field("rows", columns=ROW, rows=4),
        _field("person"),
        _field("file"),
    ),
)
OPTIONAL = SchemeForm(
    title="All optional", fields=tuple(f.model_copy(update={"required": False}) for f in EVERY_KIND.fields)
)
FULL: dict[str, Any] = {
    "text": "Consultant",
    "long_text": "Two\nlines",
    "choice": OPTIONS[0],
    "choice_long": OPTIONS[11],
    "choices": [OPTIONS[1]],
    "choices_long": list(OPTIONS[2:5]),
    "topics": [TOPICS[0], TOPICS[2]],
    "ratings": {TOPICS[0]: 0, TOPICS[1]: 5, TOPICS[2]: 3},
    "yes_no": False,
    "number": 0,
    "date": "2026-11-24",
    "rows": [{"what": "Call the deanery", "by_when": "2026-12-01", "with": "Alone"}, {"what": "Rest", "done": False}],
    "person": {"user": "U0NINA", "name": ""},
    "file": {"file": "f1", "name": "plan.pdf", "size": 1_234_567},
}


def _some_of(options: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    """In the form's order, as a platform gives them back."""
    chosen = st.lists(st.sampled_from(options), min_size=1, unique=True)
    return chosen.map(lambda some: [option for option in options if option in some])


def _text(longest: int) -> st.SearchStrategy[str]:
    return st.text(max_size=longest).map(lambda text: clean(text).strip()).filter(bool)


_lines = st.fixed_dictionaries(
    {},
    optional={
        "what": _text(150), "by_when": st.dates(date(1900, 1, 1)).map(date.isoformat), "done": st.booleans(),
        "with": st.sampled_from(("Alone", "Together")),
    },
).filter(bool)  # fmt: skip

documents = st.fixed_dictionaries(
    {
        "text": _text(40),
        "long_text": _text(2000),
        "choice": st.sampled_from(OPTIONS[:3]),
        "choice_long": st.sampled_from(OPTIONS),
        "choices": _some_of(OPTIONS[:4]),
        "choices_long": _some_of(OPTIONS),
        "topics": _some_of(TOPICS),
        "ratings": st.tuples(*[st.integers(0, 5)] * 3)
        .filter(any)
        .map(lambda three: dict(zip(TOPICS, three, strict=True))),
        "yes_no": st.booleans(),
        "number": st.integers(-2, 12),
        "date": st.dates(date(1900, 1, 1)).map(date.isoformat),
        "rows": st.lists(_lines, min_size=1, max_size=4),
        "person": st.just({"user": "U0NINA", "name": ""}),
        "file": st.just({"file": "f1", "name": "plan.pdf", "size": 1_234_567}),
    }
)


@settings(deadline=None, database=None, max_examples=60)
@given(documents)
def test_answers_come_back_through_slack_as_they_were_stored(document: dict[str, Any]) -> None:
    form = p.Form("verb", "Every kind", forms.inputs(EVERY_KIND, TOPICS, document), submit="Send")
    view = render.form(form, LONDON)
    judge_view(view)
    values = sent_off(untouched(view)).answers
    kept = file_fields.of(EVERY_KIND, document)
    assert forms.answers(EVERY_KIND, TOPICS, values, kept) == (document, {})
    assert json.loads(json.dumps(document)) == document


@pytest.mark.parametrize("name", names())
def test_every_form_of_a_scheme_that_comes_with_the_bot_can_be_drawn(name: str) -> None:
    scheme = load(name)
    of_roles = [form for each in scheme.roles.values() for form in (each.application, each.profile, each.preferences)]
    for form in filter(None, [*of_roles, scheme.request, *scheme.sheets]):
        inputs = forms.inputs(form, scheme.topics, {})
        judge_view(render.form(p.Form("verb", form.title, inputs, submit="Send"), LONDON))


def test_an_empty_required_form_says_what_is_missing_at_fields_that_are_there() -> None:
    view = render.form(p.Form("verb", "Title", forms.inputs(EVERY_KIND, TOPICS, {}), submit="Send"), LONDON)
    document, errors = forms.answers(EVERY_KIND, TOPICS, sent_off(untouched(view)).answers)
    assert document == {}
    assert set(errors) <= set(sent_off(view).input_keys)
    assert len(errors) == len(EVERY_KIND.fields)
    assert errors["text"] == "“About text” is needed before this can go on."
    assert errors["topics"] == "Please choose at least one for “About topics”."
    assert errors[f"ratings:{TOPICS[0]}"] == "Please give at least one topic more than 0 under “About ratings”."


def test_an_empty_optional_form_is_an_empty_document() -> None:
    assert forms.answers(OPTIONAL, TOPICS, {}) == ({}, {})
    assert forms.answers(OPTIONAL, TOPICS, {"text": " ", "choices": (), "stray": "x"}) == ({}, {})


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"text": "x" * 41}, "“About text” has 41 characters; the most is 40."),
        ({"long_text": "x" * 2001}, "“About long_text” has 2,001 characters; the most is 2,000."),
        ({"choice": "Gone"}, "“Gone” is no longer offered; please choose again."),
        ({"choices": (OPTIONS[0], "Gone")}, "“Gone” is no longer offered; please choose again."),
        ({"topics": ("Gone",)}, "“Gone” is no longer offered; please choose again."),
        ({"yes_no": "Perhaps"}, "“Perhaps” is no longer offered; please choose again."),
        ({"number": "many"}, "“About number” needs a whole number."),
        ({"number": True}, "“About number” needs a whole number."),
        ({"number": 13}, "Please give a number from -2 to 12."),
        ({"date": "soon"}, "“About date” needs a day, for example 2026-11-24."),
        ({"file": NotGiven("too_large")}, "“About file” is too large. A PDF, PNG or JPEG of up to 5 MB."),
        (
            {"file": NotGiven("not_fetched")},
            "“About file” has not come through. Please give it again, and send the form once more.",
        ),
        (
            {"file": GivenFile("cv.pdf", b"MZ")},
            "“About file” is neither a PDF nor a picture that can be read. A PDF, PNG or JPEG of up to 5 MB.",
        ),
    ],
)
def test_an_answer_that_cannot_be_taken_is_said_at_its_field(values: dict[str, object], error: str) -> None:
    assert forms.answers(OPTIONAL, TOPICS, values) == ({}, {next(iter(values)): error})


def test_a_file_stays_until_another_comes_or_it_is_taken_out() -> None:
    before, new = {"file": FULL["file"]}, GivenFile("new.pdf", b"%PDF-1.7")
    drawn = [each for each in forms.inputs(OPTIONAL, TOPICS, FULL) if each.key.startswith("file")]
    assert [each.key for each in drawn] == ["file", "file:leave_out"]
    assert "“plan.pdf” stays" in drawn[0].hint
    tick = {"file:leave_out": (say.LEAVE_OUT,)}
    assert forms.answers(OPTIONAL, TOPICS, {}, before) == (before, {})
    assert forms.answers(OPTIONAL, TOPICS, {"file": new}, before) == ({"file": new}, {})
    assert forms.answers(OPTIONAL, TOPICS, tick, before) == ({}, {})
    assert forms.answers(OPTIONAL, TOPICS, {"file": new, **tick}, before) == ({"file": new}, {})
    required = SchemeForm(title="One", fields=(_field("file"),))
    assert [(each.key, each.required) for each in forms.inputs(required, (), before)] == [("file", False)]
    assert forms.answers(required, (), {}, before) == (before, {})


def test_a_rating_that_is_none_is_said_at_the_first_topic() -> None:
    given = {forms.rating_key(OPTIONAL.fields[7], TOPICS[1]): "6 – a genius"}
    document, errors = forms.answers(OPTIONAL, TOPICS, given)
    assert document == {}
    assert errors == {f"ratings:{TOPICS[0]}": "“6 – a genius” is no longer offered; please choose again."}


def test_stored_answers_that_no_longer_fit_are_left_out_of_the_inputs() -> None:
    stored = {"choice": "Gone", "choices": ["Gone", OPTIONS[1]], "number": "x", "date": 7, "ratings": {TOPICS[0]: 9}}
    drawn = {each.key: each for each in forms.inputs(EVERY_KIND, TOPICS, stored)}
    assert drawn["choice"] == p.Choice("choice", "About choice", OPTIONS[:3])
    assert drawn["choices"] == p.Choices("choices", "About choices", OPTIONS[:4], initial=(OPTIONS[1],))
    assert drawn["number"] == p.NumberInput("number", "About number", -2, 12)
    assert drawn["date"] == p.DateInput("date", "About date")
    rating = drawn[f"ratings:{TOPICS[0]}"]
    assert isinstance(rating, p.Choice)
    assert rating.initial == say.RATINGS[0]


def test_a_scheme_without_topics_asks_nothing_about_them() -> None:
    form = SchemeForm(title="Topics", fields=(_field("topics"), _field("ratings")))
    assert forms.inputs(form, (), {}) == ()
    assert forms.answers(form, (), {}) == ({}, {})


def test_rating_labels_name_the_topic_and_fit() -> None:
    assert say.rating_label("How much can you offer on", "Leadership") == "How much can you offer on: Leadership"
    assert say.rating_label("What do you know?", "Leadership") == "What do you know? Leadership"
    assert say.rating_label("x" * 140, "Leadership of teams") == "Leadership of teams"


def test_answers_are_readable_with_lists_dates_and_ratings_in_words() -> None:
    drawn = forms.facts(EVERY_KIND, FULL, {"both"})
    assert drawn is not None
    assert dict(drawn.pairs) | {"": ()} == {
        "": (),
        "About text": ("Consultant",),
        "About long_text": ("Two\nlines",),
        "About choice": (OPTIONS[11],),
        "About choices": ("Option 2; with a mark; Option 3; with a mark; Option 4; with a mark",),
        "About topics": ("Career progression, early career; Family life / work-life balance",),
        "About ratings": ("Leadership (5); Family life / work-life balance (3)",),
        "About yes_no": ("No",),
        "About number": ("0",),
        "About date": ("Tue 24 Nov 2026",),
        "About file": ("plan.pdf (1.2 MB)",),
        "About person": ("Somebody who has not been here yet",),
        "About rows": ("1. Call the deanery; By when: Tue 1 Dec 2026; With: Alone\n2. Rest; Done: No",),
    }
    named = forms.facts(EVERY_KIND, {"person": {"user": "U0NINA", "name": "Nina Park"}}, {"both"})
    assert named == p.Facts((("About person", ("Nina Park",)),))


def test_a_line_of_rows_that_is_left_empty_is_no_line_and_a_wrong_cell_is_named() -> None:
    form = SchemeForm(title="Rows", fields=(_field("rows", columns=ROW, required=False),))
    assert forms.answers(form, TOPICS, {"rows:0:what": " ", "rows:2:what": "Rest"}) == (
        {"rows": [{"what": "Rest"}]},
        {},
    )
    assert forms.answers(form, TOPICS, {}) == ({}, {})
    _, errors = forms.answers(form, TOPICS, {"rows:1:with": "Nobody", "rows:0:what": "Rest"})
    assert set(errors) == {"rows:1:with"}
    many = {"rows": [{"what": str(n)} for n in range(8)]}
    assert len(forms.inputs(form, TOPICS, many)) == 8 * len(ROW), "no spare lines beyond the most there may be"


def test_an_answer_stays_readable_when_its_option_or_its_kind_has_gone() -> None:
    form = SchemeForm(
        title="Now", fields=(_field("choice", options=("New",)), _field("text", "places"), _field("date"))
    )
    drawn = forms.facts(form, {"choice": "Old", "places": ["Leeds", "York"], "date": "in spring", "gone": 1}, {"both"})
    assert drawn == p.Facts(
        (("About choice", ("Old",)), ("About text", ("Leeds; York",)), ("About date", ("in spring",)))
    )


def test_a_reader_sees_only_what_is_meant_for_them() -> None:
    form = SchemeForm(
        title="Who sees",
        fields=(_field("text", "a"), _field("text", "b", seen_by="office"), _field("text", "c", seen_by="self")),
    )
    answers = {"a": "for both", "b": "for the office", "c": "for oneself"}
    both, office = forms.facts(form, answers, {"both"}), forms.facts(form, answers, {"both", "office"})
    assert both == p.Facts((("About text", ("for both",)),))
    assert office is not None
    assert [value for _, value in office.pairs] == [("for both",), ("for the office",)]
    assert forms.facts(form, {"c": "for oneself"}, {"both", "office"}) is None
    assert forms.facts(form, {"a": "  "}, {"both"}) is None


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/London", "Tue 24 Nov 2026, 14:30 GMT"),
        ("Europe/Paris", "Tue 24 Nov 2026, 15:30 CET"),
        ("America/Sao_Paulo", "Tue 24 Nov 2026, 11:30 UTC-03"),
        ("Pacific/Auckland", "Wed 25 Nov 2026, 03:30 NZDT"),
        (None, "Tue 24 Nov 2026, 14:30 UTC"),
    ],
)
def test_moments_are_said_on_the_readers_wall(zone: str | None, words: str) -> None:
    when = p.When(datetime(2026, 11, 24, 14, 30, tzinfo=UTC))
    assert moment(when, ZoneInfo(zone) if zone else None) == words


def test_parts_in_plain_words() -> None:
    at = p.When(datetime(2026, 7, 1, 12, tzinfo=UTC), "day")
    parts: tuple[p.Shown, ...] = (
        p.Heading("Heading"),
        p.Divider(),
        p.Paragraph(("By ", at, " & ", p.Bold("soon"), ", ", p.Link("read", "https://a.example.org"))),
        p.Bullets((("one",), (p.Mention("U1", "Katherine Bell"),))),
        p.Facts((("Topic", ("Leadership",)),)),
        p.Buttons((p.Button("Press", "verb"),)),
    )
    text = "Heading\nBy Wed 1 Jul 2026 & soon, read (https://a.example.org)\n• one\n• Katherine Bell\nTopic: Leadership"
    assert plain(parts, LONDON) == text
    assert plain(parts, LONDON, longest=10) == "Heading\nB…"
