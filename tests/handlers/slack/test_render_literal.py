"""Text from people stays text, and nothing that can be said is too long to be sent."""

import json
import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogs import parts as p
from bot.dialogs.wording import drawing
from bot.handlers.slack import render
from bot.handlers.slack.render_text import clean, escaped, pieces
from bot.handlers.slack.users import introduction
from tests.handlers.slack.judge import judge_message, judge_view, literal_text, objects, sent_off

LONDON = ZoneInfo("Europe/London")
MARK = "Qz7"
"""Stands in every text from people, so that it can be found again wherever it went."""
NASTY = (
    "<!channel> <!here> <@U1> <#C1> <!subteam^S1> <!date^0^{date}^x>",
    "*bold* _italic_ ~gone~ `code` ```block``` > quoted\n• list",
    "<https://example.org|click> https://example.org mailto:a@example.org",
    "&lt;!channel&gt; &amp; & < > &&amp;",
    ":tada: :wave::skin-tone-3: 👩🏽‍🔬 🇬🇧",
    "\u202eright to left\u202c \u200f\u2067שלום\u2069 \u200b\ufeff",
    "\x00\x1b[31m\r\n\ud800 half a pair",
    "long " * 900,
    "unbroken" * 500,
    "&" * 3400,
)
people = (st.sampled_from(NASTY) | st.text(max_size=400)).map(lambda text: f"{MARK}{text}{MARK}")
quick = settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def _shown(text: str) -> tuple[p.Shown, ...]:
    """The text in every place that may hold a person's words."""
    runs: tuple[p.Run, ...] = (text, p.Bold(text), p.Mention("U1", text), p.Mention("a@example.org", text))
    button = p.Button(text[:75], "verb", clean(text[:200]), spoken=text[:75])
    facts = p.Facts(((text[:150], runs),))
    return (p.Heading(text[:150]), p.Paragraph(runs), p.Note(runs), p.Bullets((runs,)), facts, p.Buttons((button,)))


def _inputs(text: str) -> tuple[p.Input, ...]:
    label, option = text[:150], text[:75]
    return (
        p.TextInput("a", label, hint=label, long=True, longest=3000, initial=text),
        p.Choice("b", label, (option,), initial=option),
        p.Choices("c", label, (option,), hint=label, initial=(option,)),
    )


def _elsewhere(drawn: Any) -> Iterator[str]:
    """Every string in a place where Slack might read more than letters in it."""
    kept = {"value", "initial_value", "accessibility_label", "private_metadata"}
    for each in objects(drawn):
        for key, value in each.items():
            literal = key in kept or (key == "text" and each.get("type") in {"text", "plain_text"})
            if isinstance(value, str) and not literal:
                yield value


@quick
@given(people)
def test_text_from_people_never_becomes_markup(text: str) -> None:
    form = render.form(p.Form("verb", "Title", (*_shown(text), *_inputs(text)), text[:200], "Send"), LONDON)
    home = render.home(p.Home(_shown(text)), LONDON)
    notice = render.notice(p.Notice(text, _shown(text), text), LONDON)
    for view in (form, home, notice):
        judge_view(view)
        assert not [string for string in _elsewhere(view) if MARK in string]
        assert clean(text) in literal_text(view), "nothing is lost"
    for zone in (LONDON, None):
        blocks = [render.message(p.Message("Hello", (part,)), zone)["blocks"] for part in _shown(text[:2500])]
        assert not [string for string in _elsewhere(blocks) if MARK in string]


@quick
@given(people)
def test_the_fallback_text_is_escaped_and_short_enough(text: str) -> None:
    for message in (
        render.message(p.Message(text[:3500], _shown(text)), LONDON),
        render.message(p.Message(text[:3500], ()), None),
        render.ephemeral(p.Notice(text), LONDON),
        render.ephemeral(p.Notice("", _shown(text)), LONDON),
    ):
        judge_message(message)
        assert "<" not in message["text"]
        assert ">" not in message["text"]
        assert not re.search(r"&(?!(amp|lt|gt);)", message["text"])
        json.dumps(message).encode()


@pytest.mark.parametrize("text", ["a < b & c > d", "<!channel>"])
def test_escaping_can_be_undone(text: str) -> None:
    assert escaped(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@quick
@given(people, st.integers(20, 3000))
def test_pieces_fit_and_lose_nothing(text: str, longest: int) -> None:
    assert "".join(pieces(text, longest)) == text
    assert all(0 < len(piece) <= longest for piece in pieces(text, longest))


long_text = st.integers(1, 9000).map(lambda n: ("wörter & <words> " * (n // 17 + 1))[:n])
lines = long_text.map(lambda text: (f"x{text}",))
big: st.SearchStrategy[p.Shown] = st.one_of(
    lines.map(p.Paragraph),
    lines.map(p.Note),
    st.lists(lines, max_size=30).map(lambda items: p.Bullets(tuple(items))),
    st.lists(lines, max_size=30).map(lambda values: p.Facts(tuple((f"Label {n}", v) for n, v in enumerate(values)))),
    st.just(p.Divider()),
    st.integers(1, 5).map(lambda n: p.Buttons(tuple(p.Button(f"B{i}", "verb", "s" * 200) for i in range(n)))),
)


@quick
@given(st.lists(big, max_size=160))
def test_whatever_its_size_it_can_be_sent(parts: list[p.Shown]) -> None:
    judge_message(render.message(p.Message("Hello", tuple(parts)), LONDON))
    judge_view(render.home(p.Home(tuple(parts)), None))
    judge_view(render.form(p.Form("verb", "Title", (*parts, p.TextInput("a", "Label")), submit="Send"), LONDON))


def test_a_message_that_is_too_long_says_where_the_rest_is_and_keeps_its_buttons() -> None:
    filler = tuple(p.Paragraph((f"Line {n}",)) for n in range(70))
    drawn = render.message(p.Message("Hello", (*filler, p.Buttons((p.Button("Accept", "accept", "i1"),)))), LONDON)
    *kept, note, buttons = drawn["blocks"]
    assert len(kept) == 48
    assert note["elements"][0]["text"] == drawing.REST_OF_MESSAGE
    assert buttons["elements"][0]["value"] == "i1"


def test_a_home_page_that_is_too_long_says_so_at_its_end() -> None:
    drawn = render.home(p.Home(tuple(p.Paragraph((f"Line {n}",)) for n in range(140))), LONDON)
    assert len(drawn["blocks"]) == 100
    assert drawn["blocks"][-1]["elements"][0]["text"] == drawing.REST_OF_HOME


def test_a_form_keeps_its_fields_whatever_has_to_go() -> None:
    shown = tuple(p.Paragraph((f"Line {n}",)) for n in range(120))
    fields = tuple(p.TextInput(f"k{n}", "Label") for n in range(40))
    drawn = render.form(p.Form("verb", "Title", (*fields[:20], *shown, *fields[20:]), submit="Send"), LONDON)
    judge_view(drawn)
    assert sent_off(drawn).input_keys == tuple(field.key for field in fields)
    assert drawing.REST_OF_FORM in literal_text(drawn)


def test_a_form_of_more_fields_than_slack_shows_is_refused_when_it_is_drawn() -> None:
    fields = tuple(p.TextInput(f"k{n}", "Label") for n in range(101))
    with pytest.raises(p.PartError, match="more fields"):
        render.form(p.Form("verb", "Title", fields, submit="Send"), LONDON)


@pytest.mark.parametrize(
    "form",
    [
        p.Form("verb", "Title", (p.Divider(),), carried={"k": "x" * 3000}),
        p.Form("v" * 256, "Title", (p.Divider(),)),
        p.Form("verb", "Title", (p.Buttons((p.Button("Press", "v" * 254),)),)),
    ],
)
def test_what_slack_would_refuse_is_refused_here(form: p.Form) -> None:
    with pytest.raises(p.PartError):
        render.form(form, LONDON)


def test_a_title_that_is_too_long_is_cut() -> None:
    assert render.notice(p.Notice("Hello", title="t" * 40), LONDON)["title"]["text"] == "t" * 23 + "…"


def test_somebody_of_another_platform_is_named_with_how_they_are_reached() -> None:
    drawn = render.message(p.Message("x", (p.Paragraph((p.Mention("8f3b-there", "Ada", "ada@example.org"),)),)), LONDON)
    assert "Ada (ada@example.org)" in json.dumps(drawn["blocks"])


@pytest.mark.parametrize("kind", ["is_restricted", "is_ultra_restricted"])
def test_slack_says_who_is_a_guest(kind: str) -> None:
    assert introduction({"id": "U1", kind: True}).guest
    assert not introduction({"id": "U1", kind: False}).guest
