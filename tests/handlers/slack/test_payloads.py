"""Buttons and forms come back as they went out, and nothing malformed gets past the reading."""

from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogs import parts as p
from bot.handlers.slack import payloads, render, views
from tests.handlers.slack.judge import objects, sent_off, untouched

LONDON = ZoneInfo("Europe/London")
ids = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)


def _pressed(action: dict[str, Any]) -> payloads.Press:
    payload = {"type": "block_actions", "user": {"id": "U1"}, "trigger_id": "1.2"}
    delivery = payloads.read(payload | {"actions": [{"type": "button", **action}]})
    assert isinstance(delivery, payloads.Press)
    return delivery


def _state(**state: Any) -> dict[str, Any]:
    return {"callback_id": "verb", "state": {"values": {"block": {"key": state}}}}


@settings(deadline=None, database=None, max_examples=50)
@given(st.from_regex(r"[a-z_.:]{1,60}", fullmatch=True), ids)
def test_a_button_comes_back_as_verb_and_subject(verb: str, subject: str) -> None:
    drawn = render.message(p.Message("m", (p.Buttons((p.Button("Press", verb, subject),) * 5),)), LONDON)
    actions = [each for each in objects(drawn) if each.get("type") == "button"]
    assert len({action["action_id"] for action in actions}) == 5
    assert {_pressed(action).button for action in actions} == {(verb, subject, "")}


@pytest.mark.parametrize(
    "action",
    [
        {},
        {"action_id": ""},
        {"action_id": "accept"},
        {"action_id": ":1"},
        {"action_id": "accept:x"},
        {"action_id": 7},
        {"action_id": "a:1", "value": 7},
    ],
)
def test_a_button_that_is_none_of_ours_is_refused(action: dict[str, Any]) -> None:
    with pytest.raises(payloads.Unreadable):
        _pressed(action)


@settings(deadline=None, database=None, max_examples=50)
@given(ids, st.dictionaries(ids.map(lambda text: text[:40]), ids.map(lambda text: text[:40]), max_size=3))
def test_subject_and_carried_come_back(subject: str, carried: dict[str, str]) -> None:
    form = p.Form("requests.view", "Title", (p.Divider(),), subject, carried=carried)
    view = render.form(form, LONDON)
    back = sent_off(untouched(view))
    assert (back.callback_id, back.metadata.subject, back.metadata.carried) == ("requests.view", subject, carried)
    assert back.answers == {}


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        ({"type": "plain_text_input", "value": "  two words \n"}, "two words"),
        ({"type": "plain_text_input", "value": "   "}, None),
        ({"type": "plain_text_input", "value": "a\r\nb\x00\ud800 c"}, "a\nb c"),
        ({"type": "plain_text_input", "value": None}, None),
        ({"type": "number_input", "value": "12"}, 12),
        ({"type": "number_input", "value": "-3"}, -3),
        ({"type": "number_input", "value": "1.5"}, "1.5"),
        ({"type": "number_input", "value": "9" * 5000}, "9" * 5000),
        ({"type": "number_input", "value": "١٢"}, "١٢"),
        ({"type": "number_input"}, None),
        ({"type": "static_select", "selected_option": {"value": "A"}}, "A"),
        ({"type": "radio_buttons", "selected_option": None}, None),
        ({"type": "checkboxes", "selected_options": [{"value": "A"}, {"value": "B"}]}, ("A", "B")),
        ({"type": "multi_static_select", "selected_options": []}, ()),
        ({"type": "datepicker", "selected_date": "2026-11-24"}, date(2026, 11, 24)),
        ({"type": "datepicker", "selected_date": None}, None),
        ({"type": "timepicker", "selected_time": "09:05"}, time(9, 5)),
        ({"type": "timepicker", "selected_time": None}, None),
        ({"type": "users_select", "selected_user": "U1"}, "U1"),
        ({"type": "users_select", "selected_user": None}, None),
    ],
)
def test_each_element_is_read(state: dict[str, Any], answer: views.Answer) -> None:
    assert sent_off(_state(**state)).answers == {"key": answer}


def test_an_element_that_no_part_draws_is_passed_over() -> None:
    assert sent_off(_state(type="channels_select", selected_channel="C1")).answers == {}


@pytest.mark.parametrize(
    "view",
    [
        {},
        {"callback_id": None},
        {"callback_id": "v", "private_metadata": "{"},
        {"callback_id": "v", "private_metadata": "[]"},
        {"callback_id": "v", "private_metadata": "[" * 3000},
        {"callback_id": "v", "private_metadata": 7},
        {"callback_id": "v", "private_metadata": '{"subject": 7}'},
        {"callback_id": "v", "private_metadata": '{"carried": []}'},
        {"callback_id": "v", "private_metadata": '{"carried": {"a": 7}}'},
        {"callback_id": "v", "state": ["x"]},
        {"callback_id": "v", "state": {"values": {"a": 1}}},
        {"callback_id": "v", "state": {"values": {"a": {"a": 1}}}},
        _state(type="plain_text_input", value=["x"]),
        {"callback_id": "v", "private_metadata": '{"subject": "\\u0000"}'},
        {"callback_id": "v", "private_metadata": '{"carried": {"a": "\\ud800"}}'},
        _state(type=["plain_text_input"]),
        _state(type="number_input", value=7),
        _state(type="datepicker", selected_date=7),
        _state(type="timepicker", selected_time={}),
        _state(type="static_select", selected_option="A"),
        _state(type="checkboxes", selected_options="A"),
        _state(type="checkboxes", selected_options=["A"]),
        _state(type="datepicker", selected_date="yesterday"),
        _state(type="timepicker", selected_time="25:00"),
    ],
)
def test_a_malformed_form_is_refused(view: dict[str, Any]) -> None:
    with pytest.raises(payloads.Unreadable):
        sent_off(view)


def test_errors_stand_at_their_fields_and_strays_at_the_first() -> None:
    fields = (p.TextInput("a", "A"), p.TextInput("b", "B"))
    view = render.form(p.Form("verb", "Title", (p.Divider(), *fields), submit="Send"), LONDON)
    keys = sent_off(view).input_keys
    assert keys == ("a", "b")
    drawn = render.errors(p.Errors({"b": "Too long.", "a": "Missing.", "gone": "It changed.", "too": "Again."}), keys)
    assert drawn == {"response_action": "errors", "errors": {"b": "Too long.", "a": "Missing. It changed. Again."}}


def test_errors_need_a_field() -> None:
    with pytest.raises(p.PartError):
        render.errors(p.Errors({"a": "Missing."}), ())
