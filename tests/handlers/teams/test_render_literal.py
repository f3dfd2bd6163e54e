"""Text from people stays text, and nothing that can be said is too long to be sent."""

import json
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogs import parts as p
from bot.dialogs.wording import chat, drawing
from bot.handlers.teams import render
from bot.handlers.teams.render_text import clean
from tests.handlers.teams.judge import action, inputs, judge, literal_text, objects, of_type, press

LONDON = ZoneInfo("Europe/London")
MARK = "Qz7"
"""Stands in every text from people, so that it can be found again wherever it went."""
NASTY = (
    "*bold* _italic_ ~gone~ `code` ```block``` > quoted\n- list\n1. one\n# heading",
    "[click](https://example.org) ![](https://example.org/a.png) <https://example.org> https://example.org",
    "<b>bold</b> <img src=x onerror=alert(1)> &lt;b&gt; <at>Everybody</at>",
    "{{DATE(2026-11-24T14:30:00Z, SHORT)}} {{TIME(2026-11-24T14:30:00Z)}} ${when}",
    "<speak><break time='10s'/></speak>",
    "\u202eright to left\u202c \u200f\u2067שלום\u2069 \u200b\ufeff 👩🏽‍🔬 🇬🇧",
    "\x00\x1b[31m\r\n\ud800 half a pair",
    "a, comma and 100 % of it, %2C",
    "line\n" * 8,
    "unbroken" * 100,
)
people = (st.sampled_from(NASTY) | st.text(max_size=300)).map(lambda text: f"{MARK}{text}{MARK}")
quick = settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
MARKDOWN = set("*_[]()~`#>\\<&")


def _shown(text: str) -> tuple[p.Shown, ...]:
    """The text in every place that may hold a person's words."""
    runs: tuple[p.Run, ...] = (text, p.Bold(text), p.Mention("U1", text, "a&b c@example.org"), p.Mention("", text))
    button = p.Button(text[:75], "verb", clean(text[:200]), spoken=text[:75])
    facts = p.Facts(((text[:150], runs),))
    return (p.Heading(text[:150]), p.Paragraph(runs), p.Note(runs), p.Bullets((runs,)), facts, p.Buttons((button,)))


def _inputs(text: str) -> tuple[p.Input, ...]:
    label, option = text[:150], text[:75]
    return (
        p.TextInput("a", label, hint=label, long=True, longest=3000, initial=text),
        p.Choice("b", label, (option,), initial=option),
        p.Choices("c", label, (option,), hint=label, initial=(option,)),
        p.FileInput("d", label, ("pdf",), hint=label),
    )


def _read_as_markdown(card: dict[str, Any]) -> Iterator[str]:
    """Every string in a place where a client might read more than letters in it."""
    for each in objects(card):
        match each.get("type"):
            case "TextBlock":
                yield each["text"]
            case "Input.ChoiceSet":
                if each.get("style") == "expanded" or each.get("isMultiSelect"):
                    yield from (choice["title"] for choice in each["choices"])
            case "TextRun" | "AdaptiveCard" | "Action.Execute":
                continue
        yield each.get("errorMessage", "")


def _no_function(card: dict[str, Any]) -> bool:
    """Whether no client puts a moment in the place of what was typed; in a field it stands as it is."""
    texts = (value for each in objects(card) for key, value in each.items() if key != "value")
    return not any("{{DATE(" in text or "{{TIME(" in text for text in texts if isinstance(text, str))


@quick
@given(people)
def test_text_from_people_never_becomes_markup(text: str) -> None:
    form = render.form(
        p.Form("verb", "Title", (*_shown(text), *_inputs(text)), clean(text)[:200], "Send"),
        LONDON, errors={"b": text},
    )  # fmt: skip
    home = render.home(p.Home(_shown(text)), LONDON)
    notice = render.notice(p.Notice(text, _shown(text), text), LONDON)
    message = render.message(p.Message(text[:3000], _shown(text)), LONDON)
    for card in (form, home, notice, message):
        judge(card)
        for read in _read_as_markdown(card):
            assert not MARKDOWN & set(read)
        carried = [each.pop("data") for each in of_type(card, "Action.Execute")]
        assert carried
        assert _no_function(card)


@quick
@given(people)
def test_nothing_of_it_is_lost(text: str) -> None:
    card = render.message(p.Message("Hello", (p.Paragraph((text,)),)), LONDON)
    assert "".join(literal_text(card).split()) == "".join(clean(text).split())
    held = render.form(p.Form("v", "Title", _inputs(text), submit="Send"), LONDON)
    assert inputs(held)[0]["value"] == clean(text)[:3000]
    back = press(held, "Send")
    assert back.answers["a"] == (clean(text)[:3000].strip() or None)
    assert (back.answers["b"], back.answers["c"]) == (clean(text[:75]), (clean(text[:75]),))


@quick
@given(people)
def test_what_stands_for_a_card_is_plain_as_well(text: str) -> None:
    card = render.notice(p.Notice(text), LONDON)
    assert not {"<", ">"} & set(card["speak"])
    assert "{{" not in card["fallbackText"]
    said = render.activity(card, text)
    assert (said["type"], len(said["attachments"]), "text" in said) == ("message", 1, False)
    assert 0 < len(said["summary"]) <= 3500
    json.dumps(said, ensure_ascii=False).encode()


long_text = st.integers(1, 9000).map(lambda n: ("wörter & <words> " * (n // 17 + 1))[:n])
runs = long_text.map(lambda text: (f"x{text}",))
big: st.SearchStrategy[p.Shown] = st.one_of(
    runs.map(p.Paragraph),
    runs.map(p.Note),
    st.lists(runs, max_size=30).map(lambda items: p.Bullets(tuple(items))),
    st.lists(runs, max_size=30).map(lambda values: p.Facts(tuple((f"Label {n}", v) for n, v in enumerate(values)))),
    st.just(p.Divider()),
    st.integers(1, 5).map(lambda n: p.Buttons(tuple(p.Button(f"B{i}", "verb", "s" * 200) for i in range(n)))),
)


@quick
@given(st.lists(big, max_size=120))
def test_whatever_its_size_it_can_be_sent(parts: list[p.Shown]) -> None:
    judge(render.message(p.Message("Hello", tuple(parts)), LONDON))
    judge(render.home(p.Home(tuple(parts)), None))
    judge(render.notice(p.Notice("n" * 9000, tuple(parts)), None))
    judge(render.form(p.Form("verb", "Title", (*parts, p.TextInput("a", "Label")), submit="Send"), LONDON))


def test_a_message_that_is_too_long_says_where_the_rest_is_and_keeps_its_buttons() -> None:
    filler = tuple(p.Paragraph((f"Line {n} " + "w" * 500,)) for n in range(70))
    card = render.message(p.Message("Hello", (*filler, p.Buttons((p.Button("Accept", "accept", "i1"),)))), LONDON)
    judge(card)
    *kept, note, buttons = card["body"]
    assert kept[0]["inlines"][0]["text"].startswith("Line 0 ")
    assert 40 < len(kept) < 70
    assert note["inlines"][0]["text"] == drawing.REST_OF_MESSAGE
    assert buttons["actions"][0]["data"]["about"] == "i1"


@quick
@given(st.integers(26_000, 27_000))
def test_whether_it_fits_is_counted_to_the_byte(length: int) -> None:
    parts = (p.Divider(), p.Paragraph(("w" * length,)), p.Divider())
    card = render.form(p.Form("look", "Look", (*parts, p.Note(("n",)))), LONDON)
    judge(card)
    assert (drawing.REST_OF_FORM in literal_text(card)) == ("n" not in [e["text"] for e in of_type(card, "TextRun")])


def test_a_home_page_that_is_too_long_says_so_at_its_end() -> None:
    card = render.home(p.Home(tuple(p.Paragraph((f"Line {n} " + "w" * 500,)) for n in range(70))), LONDON)
    assert card["body"][-1]["inlines"][0]["text"] == drawing.REST_OF_HOME


def test_a_form_keeps_its_fields_whatever_has_to_go() -> None:
    shown = tuple(p.Paragraph((f"Line {n} " + "w" * 500,)) for n in range(70))
    fields = tuple(p.TextInput(f"k{n}", "Label") for n in range(40))
    card = render.form(p.Form("verb", "Title", (*fields[:20], *shown, *fields[20:]), submit="Send"), LONDON)
    judge(card)
    assert press(card, "Send").input_keys == tuple(field.key for field in fields)
    assert drawing.REST_OF_FORM in literal_text(card)


def test_a_form_of_more_fields_than_a_card_holds_is_refused_when_it_is_drawn() -> None:
    fields = tuple(p.TextInput(f"k{n}", "Label", longest=3000, initial="ü" * 3000) for n in range(6))
    with pytest.raises(p.PartError, match="more fields"):
        render.form(p.Form("verb", "Title", fields, submit="Send"), LONDON)


def test_what_was_typed_beyond_all_measure_is_cut_where_its_field_ends() -> None:
    fields = (p.TextInput("a", "A", longest=3000), p.TextInput("b", "B", longest=100))
    typed = {"t:a": "kept", "t:b": "w" * 40_000}
    card = render.form(p.Form("verb", "Title", fields, submit="Send"), LONDON, typed=typed)
    assert [each["value"] for each in inputs(card)] == ["kept", "w" * 100]


def test_a_divider_is_a_line_above_what_follows() -> None:
    parts = (
        p.Divider(),
        p.Paragraph(("a",)),
        p.Divider(),
        p.Divider(),
        p.Paragraph((" ",)),
        p.Note(("b",)),
        p.Divider(),
    )
    card = render.message(p.Message("m", parts), LONDON)
    assert [each.get("separator", False) for each in card["body"]] == [False, True]


def test_a_blank_line_is_a_little_room() -> None:
    card = render.message(p.Message("m", (p.Paragraph(("\none\ntwo\n\n\nthree\n",)),)), LONDON)
    assert [each.get("spacing") for each in card["body"]] == [None, "None", "Small"]


@pytest.mark.parametrize(
    ("options", "style"), [(("a", "b"), "expanded"), (("*a*", "b"), "compact"), (tuple("abcdef"), "compact")]
)
def test_a_title_that_could_be_markup_stands_in_a_list(options: tuple[str, ...], style: str) -> None:
    fields = (p.Choice("one", "One", options), p.Choices("some", "Some", options))
    card = render.form(p.Form("v", "Title", fields, submit="Send"), LONDON)
    assert {each["style"] for each in inputs(card)} == {style}


def test_a_form_in_which_more_can_be_pressed_lets_empty_fields_through() -> None:
    fields = (p.TextInput("a", "A"), p.NumberInput("n", "N", 1, 5), p.TextInput("o", "O", required=False))
    alone = inputs(render.form(p.Form("v", "Title", fields, submit="Send"), LONDON))
    assert [each.get("isRequired", False) for each in alone] == [True, True, False]
    assert (alone[1]["min"], alone[1]["max"]) == (1, 5)
    more = p.Buttons((p.Button("More times", "more"),))
    card = render.form(p.Form("v", "Title", (*fields, more), submit="Send"), LONDON)
    assert not any({"isRequired", "min", "max", "errorMessage"} & set(each) for each in inputs(card))
    assert action(card, "More times")["associatedInputs"] == "auto"
    assert action(card, "Cancel")["associatedInputs"] == "none"
    assert [each["label"] for each in inputs(card)] == ["A", "N", chat.optional("O")]


def test_commands_have_no_slash_in_the_plain_words_either() -> None:
    typed = p.Typed("/mentoring-admin", "admin help")
    drawn = p.Message("Type /mentoring-admin.", (p.Paragraph(("Type ", typed, ".")),))
    assert render.said(drawn) == "Type admin help."
    assert "/mentoring" not in str(render.message(drawn, None))
