"""Every kind of field: what goes in, what does not, and what Slack's own form says before it sends anything."""

import json
from datetime import UTC, date, datetime

import pytest

from slack_workspace import Refusal

from .conftest import World
from .listener import Listener
from .shapes import actions, button, field, home, modal, option, section, select

ELEMENTS: dict[str, tuple[dict[str, object], object, object]] = {
    "datepicker": ({}, date(2031, 12, 1), "2031-12-01"),
    "timepicker": ({}, "14:30", "14:30"),
    "number_input": ({"is_decimal_allowed": False}, 3, "3"),
    "email_text_input": ({}, "a@example.org", "a@example.org"),
    "url_text_input": ({}, "https://example.org/", "https://example.org/"),
    "users_select": ({}, "Mary Osei", "MARY"),
    "multi_users_select": ({}, ["Mary Osei"], ["MARY"]),
    "radio_buttons": ({"options": [option()]}, "Leadership", option()),
    "checkboxes": ({"options": [option()]}, ["Leadership"], [option()]),
    "multi_static_select": ({"options": [option()]}, ["Leadership"], [option()]),
    "datetimepicker": ({}, datetime(2031, 5, 1, tzinfo=UTC), 1935360000),
}


@pytest.mark.parametrize("kind", ELEMENTS)
async def test_every_kind_of_field(world: World, app: Listener, kind: str) -> None:
    more, meant, expected = ELEMENTS[kind]
    element = {"type": kind, "action_id": "it"} | more
    await world.client.views_open(trigger_id=world.trigger(), view=modal(field(element=element)))
    await world.test_user().fill({"Why": meant})
    assert await world.test_user().submit() == {}
    state = app.last["view"]["state"]["values"]["why"]["it"]
    (value,) = [state[key] for key in state if key != "type"]
    words = json.dumps(value).replace(world.mary, "MARY").replace(', "emoji": true', "")
    assert json.loads(words) == expected


WRONG_ENTRIES: dict[str, tuple[dict[str, object], object]] = {
    "datepicker": ({}, "2031-02-30"),
    "timepicker": ({}, "25:00"),
    "users_select": ({}, "Nobody"),
    "static_select": ({"options": [option()]}, "Other"),
}


@pytest.mark.parametrize("kind", WRONG_ENTRIES)
async def test_what_slacks_own_field_would_not_take(world: World, kind: str) -> None:
    more, meant = WRONG_ENTRIES[kind]
    element = {"type": kind, "action_id": "it"} | more
    await world.client.views_open(trigger_id=world.trigger(), view=modal(field(element=element)))
    with pytest.raises(Refusal):
        await world.test_user().fill({"Why": meant})


COMPLAINTS: dict[str, tuple[dict[str, object], object, str]] = {
    "email_text_input": ({}, "at home", "valid email"),
    "url_text_input": ({}, "example", "valid URL"),
    "number_input": ({"is_decimal_allowed": False, "max_value": "5"}, 6, "at most 5"),
    "plain_text_input": ({"max_length": 3}, "long", "3 characters or fewer"),
}


@pytest.mark.parametrize("kind", COMPLAINTS)
async def test_what_the_form_says_before_it_sends(world: World, app: Listener, kind: str) -> None:
    more, meant, words = COMPLAINTS[kind]
    element = {"type": kind, "action_id": "it"} | more
    await world.client.views_open(trigger_id=world.trigger(), view=modal(field(element=element)))
    await world.test_user().fill({"Why": meant})
    assert words in (await world.test_user().submit())["Why"]
    assert app.heard == []


async def test_a_choice_in_a_message_tells_the_app_at_once_and_stays(world: World, app: Listener) -> None:
    menu = {"type": "overflow", "action_id": "more", "options": [option("Leave", "leave")]}
    blocks = [section(block_id="about", accessory=select()), actions(menu, button("Send", "send"))]
    await world.client.chat_postMessage(channel=world.dm, text="?", blocks=blocks)
    await world.test_user().choose("topic", "Leadership")
    assert app.last["actions"][0]["selected_option"]["value"] == "leadership"
    await world.test_user().press("Leave")
    assert app.last["actions"][0]["selected_option"]["value"] == "leave"
    await world.test_user().press("Send")
    assert app.last["state"]["values"]["about"]["topic"]["selected_option"]["value"] == "leadership"
    with pytest.raises(Refusal, match="no field 'Colour'"):
        await world.test_user().choose("Colour", "Red")


async def test_a_new_home_shows_what_the_app_now_proposes(world: World, app: Listener) -> None:
    async def publish(**more: object) -> None:
        view = home(section(block_id="about", accessory=select(option(), option("Network", "network"), **more)))
        await world.client.views_publish(user_id=world.katherine, view=view)

    def chosen() -> object:
        view = world.test_user().home
        assert view
        return (view.values["about"]["topic"]["selected_option"] or {}).get("value")

    await publish()
    await world.test_user().choose("topic", "Leadership")
    await publish()
    assert chosen() == "leadership", "unchanged: what was chosen stays"
    await publish(initial_option=option("Network", "network"))
    assert chosen() == "network"


async def test_buttons_are_found_by_label_id_or_accessibility_label(world: World, app: Listener) -> None:
    up = [button("Move up", f"up.{name}", accessibility_label=f"Move up {name}") for name in ("Ada", "Bo")]
    await world.client.chat_postMessage(channel=world.dm, text="?", blocks=[actions(*up)])
    test_user = world.test_user()
    await test_user.press("Move up", nth=1)
    await test_user.press("up.Bo")
    await test_user.press("Move up Bo")
    assert [heard["actions"][0]["action_id"] for heard in app.heard] == ["up.Bo"] * 3
    assert test_user.buttons() == ["Move up", "Move up"]
