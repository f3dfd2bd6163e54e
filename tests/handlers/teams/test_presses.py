"""Buttons and forms come back as they went out, and nothing malformed gets past the reading."""

from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogs import parts as p
from bot.dialogs.wording import chat
from bot.handlers.teams import presses, render
from tests.dialogs.every_word import everything
from tests.handlers.sample_parts import FORM, INPUTS, LONDON
from tests.handlers.teams.judge import action, inputs, literal_text, of_type, press
from tests.handlers.teams.test_render_golden import drawn

PARIS = ZoneInfo("Europe/Paris")
kept = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)
few = settings(deadline=None, database=None, max_examples=50)


def _read(data: Any, **more: Any) -> presses.Pressed:
    return presses.read({"type": "Action.Execute", "verb": "v", "data": data, **more})


def _sent(**typed: Any) -> presses.Pressed:
    """A form with these fields, sent off; `t_a` is the field `t:a`."""
    held = {key.replace("_", ":", 1): value for key, value in typed.items()}
    return _read({"do": "v", "in": "form", "fields": list(held), **held})


@few
@given(st.from_regex(r"[a-z_.:]{1,60}", fullmatch=True), kept, st.dictionaries(kept, kept, max_size=3))
def test_a_button_comes_back_as_it_went_out(verb: str, subject: str, carried: dict[str, str]) -> None:
    parts = (p.Buttons((p.Button("Press", verb, subject, scheme="one"),)),)
    form = p.Form("look", "Title", parts, carried=carried)
    cards = {
        "message": render.message(p.Message("m", parts), PARIS), "home": render.home(p.Home(parts), PARIS),
        "notice": render.notice(p.Notice("n", parts), PARIS), "form": render.form(form, PARIS),
    }  # fmt: skip
    for surface, card in cards.items():
        back = press(card, "Press")
        assert (back.verb, back.subject, back.scheme, back.surface) == (verb, subject, "one", surface)
        assert back.carried == (carried if surface == "form" else {})


@few
@given(kept, st.dictionaries(kept, kept, max_size=3), st.dictionaries(kept, kept, max_size=3))
def test_a_form_says_how_it_was_opened(subject: str, carried: dict[str, str], before: dict[str, str]) -> None:
    opening = presses.read({"verb": "open", "data": {"in": "home", "about": subject, "carried": before}}).opening
    form = p.Form("save", "Title", (p.TextInput("a", "A"),), subject, "Send", carried, scheme="one")
    back = press(render.form(form, PARIS, opening), "Send", a="typed")
    assert (back.verb, back.subject, back.scheme, back.carried) == ("save", subject, "one", carried)
    assert back.opened is not None
    assert (back.opened.verb, back.opened.subject, back.opened.carried) == ("open", subject, before)
    assert back.opened.data == {**opening, "of": "save"}
    assert back.answers == {"a": "typed"}


def test_what_was_typed_where_a_form_was_opened_travels_with_it() -> None:
    shown = (p.TextInput("a", "A"), p.Choices("b", "B", ("one, two", "three")), p.Buttons((p.Button("More", "more"),)))
    form = render.form(p.Form("save", "Title", shown, submit="Send"), PARIS)
    by_button = press(form, "More", a=" x ", b="one%2C two,three")
    assert by_button.entered == {"a": "x", "b": ("one, two", "three")}
    assert by_button.answers == {}
    again = press(render.form(p.Form("next", "Next", (), submit="Go"), PARIS, by_button.opening), "Go").opened
    assert again is not None
    assert (again.answers, again.answers_entered) == (None, by_button.entered)
    by_submit = press(form, "Send", a="x")
    then = press(render.form(p.Form("next", "Next", (), submit="Go"), PARIS, by_submit.opening), "Go").opened
    assert then is not None
    assert then.answers == {"a": "x", "b": ()}
    assert then.answers_entered == {}


def test_a_form_as_it_stands_comes_back_as_what_it_began_with() -> None:
    back = press(render.form(FORM, LONDON), "Send")
    assert back.answers == {
        "role": "Consultant <b>", "about": None, "places": 2, "when": "Evenings", "topic": None,
        "times": ("Mornings", "Evenings"), "topics": ("Topic 4, and more", "Topic 5, and more"),
        "on": date(2026, 11, 24), "whom": None, "at": time(9, 5),
    }  # fmt: skip
    assert back.input_keys == tuple(each.key for each in INPUTS.values())
    assert back.file_keys == ("proof",)


def test_a_form_with_errors_keeps_what_was_typed() -> None:
    typed = {
        "role": " *x*", "about": "a\nb", "places": "9", "when": "Mornings", "topic": "Topic 1%2C and more", "times": "",
        "topics": "Topic 2%2C and more", "on": "2026-12-01", "whom": "00000000-0000-0000-0000-000000000001",
        "at": "14:30",
    }  # fmt: skip
    sent = press(render.form(FORM, LONDON), "Send", **typed)
    errors = {"places": "Too many.", "gone": "It has changed."}
    card = render.form(FORM, LONDON, {"do": "open"}, sent.typed, errors)
    assert press(card, "Send").typed == {id_: value for id_, value in sent.typed.items() if value}
    assert press(card, "Send").answers == sent.answers
    said = {each["id"]: each["inlines"][0]["text"] for each in of_type(card, "RichTextBlock") if "id" in each}
    assert said == {"error:n:places": "Error: Too many.", "error:t:role": "Error: It has changed."}
    order = [each.get("id") for each in card["body"]]
    assert order[0] == "form"
    assert order.index("error:n:places") == order.index("n:places") + 1
    assert [each.get("value") for each in inputs(card) if each["id"] == "m:times"] == [None]


def test_a_file_that_has_been_sent_is_named_at_its_field() -> None:
    form = p.Form("v", "Title", (INPUTS["file"],), submit="Hand in")
    assert chat.send_file("Hand in") in literal_text(render.form(form, LONDON))
    assert chat.file_with_it("*plan*.pdf", "Hand in") in literal_text(render.form(form, LONDON, at_hand="*plan*.pdf"))


def test_an_error_of_a_form_without_fields_stands_at_its_top() -> None:
    card = render.form(p.Form("leave", "Leave", (p.Note(("n",)),), submit="Leave"), LONDON, errors={"a": "No."})
    assert [each.get("id") for each in card["body"][:2]] == ["form", "error:"]


def test_cancel_closes_and_brings_nothing_along() -> None:
    for form, title in ((FORM, "Cancel"), (p.Form("look", "Look", (p.Note(("n",)),)), "Close")):
        back = press(render.form(form, LONDON), title)
        assert (back.verb, back.surface, back.typed, back.fields) == (presses.CLOSE, "form", {}, ())


def test_all_that_can_be_pressed_comes_back() -> None:
    for name, said in everything():
        card = drawn(said)
        buttons = [each for part in said.parts if isinstance(part, p.Buttons) for each in part.buttons]
        back = [presses.read(each) for each in of_type(card, "Action.Execute")]
        back = [each for each in back if not each.fields and each.verb != presses.CLOSE]  # a form's own end
        read = [(each.verb, each.subject, each.scheme) for each in back]
        assert read[: len(buttons)] == [(each.verb, each.subject, each.scheme) for each in buttons], name
        assert isinstance(said, p.Form) or len(read) == len(buttons)


@pytest.mark.parametrize(
    ("id_", "value", "answer"),
    [
        ("t_k", "  two words \n", "two words"),
        ("t_k", "   ", None),
        ("t_k", "a\r\nb\x00\ud800 c", "a\nb c"),
        ("t_k", None, None),
        ("n_k", "12", 12),
        ("n_k", 12, 12),
        ("n_k", 1.5, "1.5"),
        ("n_k", "-3", -3),
        ("n_k", "4.0", 4),
        ("n_k", "1.5", "1.5"),
        ("n_k", "9" * 500, "9" * 500),
        ("n_k", "١٢", "١٢"),
        ("n_k", "", None),
        ("c_k", "A%2C 100 %25", "A, 100 %"),
        ("c_k", "%252C", "%2C"),
        ("c_k", "", None),
        ("m_k", "A,B%2C C", ("A", "B, C")),
        ("m_k", "", ()),
        ("d_k", "2026-11-24", date(2026, 11, 24)),
        ("d_k", "", None),
        ("w_k", "09:05", time(9, 5)),
        ("w_k", "", None),
        ("p_k", "00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000a"),
        ("p_k", "", None),
    ],
)
def test_each_field_is_read(id_: str, value: Any, answer: presses.Answer) -> None:
    assert _sent(**{id_: value}).answers == {"k": answer}


def test_a_field_that_says_nothing_is_there_with_nothing_in_it() -> None:
    back = _read({"do": "v", "in": "form", "fields": ["t:a", "m:b", "n:c", "f:d"], "t:other": "x"})
    assert back.answers == {"a": None, "b": (), "c": None}
    assert back.entered == {"other": "x"}
    assert (back.input_keys, back.file_keys) == (("a", "b", "c", "d"), ("d",))


def test_whoever_was_chosen_is_named() -> None:
    assert _sent(p_a="u1", p_b="", t_c="u3").people == ("u1",)


def test_one_word_for_what_was_pressed_is_enough() -> None:
    assert presses.read({"data": {"do": "a", "in": "home"}}).verb == "a"
    assert presses.read({"verb": "a", "data": {"in": "home"}}).verb == "a"


BY_DATA: list[dict[str, Any]] = [
    {"in": "modal"}, {"in": None}, {"do": 7}, {"do": "\x00"}, {"do": "\ud800"},
    {"about": 7}, {"about": "\x00"}, {"about": "\ud800"}, {"about": "x" * 3001}, {"about": None},
    {"scheme": []}, {"carried": []}, {"carried": {"a": 7}}, {"carried": {"a": "\x00"}},
    {"carried": {"\x00": ""}}, {"carried": {"a": "\ud800"}}, {"carried": {str(n): "" for n in range(201)}},
    {"carried": {"a": {"b": "c"}}},
    {"fields": "t:a"}, {"fields": [7]}, {"fields": ["a"]}, {"fields": ["x:a"]}, {"fields": ["t:\x00"]},
    {"fields": ["t:" + "a" * 201]}, {"fields": ["t:a"] * 201}, {"fields": [["t:a"]]}, {"fields": {"t:a": 1}},
    {"t:a": ["x"]}, {"t:a": {"x": 1}}, {"t:a": True}, {"c:a": False}, {"t:a": "x" * 20_001},
    {f"t:{n}": "x" * 19_000 for n in range(6)}, {f"t:{n}": "" for n in range(201)},
    {"d:a": "yesterday"}, {"d:a": "2026-02-30"}, {"d:a": "20260224"}, {"d:a": "2026-W09-2"}, {"d:a": 7},
    {"w:a": "25:00"}, {"w:a": "9:05"}, {"w:a": "09:05:00"}, {"w:a": "0905"}, {"w:a": {}},
    {"p:a": "a b"}, {"p:a": "x" * 101}, {"p:a": "<at>"},
    {"from": []}, {"from": "x"}, {"from": {}}, {"from": {"do": 7}}, {"from": {"do": "a", "values": []}},
    {"from": {"do": "a", "values": {"x": "y"}}}, {"from": {"do": "a", "values": {"t:a": 7}}},
    {"from": {"do": "a", "entered": {"d:a": "soon"}}}, {"from": {"do": "a", "carried": {"a": 7}}},
    {"from": {"do": "a", "about": "\x00"}},
]  # fmt: skip
MALFORMED: list[Any] = [
    None, 7, "x", [], {}, {"data": None}, {"data": []}, {"data": "{}"}, {"data": {}},
    {"verb": 7, "data": {"in": "home"}},
    {"type": "Action.Submit", "verb": "v", "data": {"in": "home"}},
    {"verb": "v", "data": {"do": "w", "in": "home"}},
    {"verb": "", "data": {"in": "home"}},
    {"verb": "v" * 256, "data": {"in": "home"}},
    {"verb": "v", "data": {}},
    *({"verb": "v", "data": {"in": "form", **data}} for data in BY_DATA),
]  # fmt: skip


@pytest.mark.parametrize("sent", MALFORMED, ids=range(len(MALFORMED)))
def test_what_no_client_makes_of_our_buttons_is_refused(sent: Any) -> None:
    with pytest.raises(presses.Unreadable):
        presses.read(sent)


def test_nothing_however_deep_is_more_than_unreadable() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = {"from": deep, "carried": deep}
    with pytest.raises(presses.Unreadable):
        _read({"in": "form", "from": deep})
    with pytest.raises(presses.Unreadable):
        _read({"in": "form", "t:a": deep})


@settings(deadline=None, database=None, max_examples=200)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=20)
        | st.sampled_from(["do", "form"]),
        lambda some: (
            st.lists(some, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["type", "verb", "data", "do", "about", "in", "carried", "fields", "from", "t:a", "d:a", "typed"]
                ),
                some,
                max_size=6,
            )
        ),
        max_leaves=20,
    )
)
def test_anything_is_read_or_unreadable(sent: Any) -> None:
    try:
        back = presses.read(sent)
    except presses.Unreadable:
        return
    assert back.verb
    assert isinstance(back.answers | back.entered, dict)


def test_what_was_typed_is_in_no_error() -> None:
    with pytest.raises(presses.Unreadable) as raised:
        _read({"in": "form", "d:a": "a secret"})
    assert "secret" not in f"{raised.value!r} {raised.value.__cause__!r}"
    assert action(render.form(FORM, LONDON), "Send")["data"]["in"] == "form"
