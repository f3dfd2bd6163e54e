"""Triggers, stacks, hashes, what was typed, and what the acknowledgement of a submission does."""

import asyncio

import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError

from slack_workspace import Refusal
from slack_workspace.triggers import Triggers

from .conftest import World
from .listener import Listener, say
from .shapes import actions, button, field, home, modal, plain, section, select, text_input


async def opened(world: World, **more: object) -> str:
    view = modal(field(), field("Topic", select(), block_id="topic"), actions(button("More", "more")), **more)
    answer = await world.client.views_open(trigger_id=world.trigger(), view=view)
    return str(answer["view"]["id"])


async def error_of(call: object) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call  # type: ignore[misc]
    return str(caught.value.response["error"])


async def test_a_trigger_opens_once(world: World) -> None:
    trigger = world.trigger()
    await world.client.views_open(trigger_id=trigger, view=modal())
    assert await error_of(world.client.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"


async def test_a_refused_view_does_not_use_the_trigger_up(world: World) -> None:
    trigger = world.trigger()
    assert (
        await error_of(world.client.views_open(trigger_id=trigger, view=modal(title=plain("x" * 25))))
        == "invalid_arguments"
    )
    await world.client.views_open(trigger_id=trigger, view=modal())


async def test_a_trigger_lives_three_seconds(world: World) -> None:
    now = 100.0
    triggers = Triggers(clock=lambda: now)
    world.workspace._core.triggers = triggers
    trigger = triggers.issue(world.katherine)
    now += 3.01
    assert await error_of(world.client.views_open(trigger_id=trigger, view=modal())) == "expired_trigger_id"


async def test_a_stack_holds_three(world: World, app: Listener) -> None:
    await opened(world)
    for _ in range(2):
        await world.test_user().press("More")
        trigger = app.last["trigger_id"]
        view = modal(field(), actions(button("More", "more")), title=plain("Pushed"))
        answer = await world.client.views_push(trigger_id=trigger, view=view)
    stack = world.test_user().modals
    assert [view.title for view in stack] == ["A request", "Pushed", "Pushed"]
    assert answer["view"]["root_view_id"] == stack[0].id
    assert answer["view"]["previous_view_id"] == stack[1].id
    await world.test_user().press("More")
    assert (
        await error_of(world.client.views_push(trigger_id=app.last["trigger_id"], view=modal())) == "push_limit_reached"
    )
    await world.test_user().close_modal()
    assert len(world.test_user().modals) == 2


async def test_a_home_button_cannot_push(world: World, app: Listener) -> None:
    await world.client.views_publish(user_id=world.katherine, view=home(actions(button())))
    await world.test_user().press("Accept")
    assert (
        await error_of(world.client.views_push(trigger_id=app.last["trigger_id"], view=modal())) == "invalid_arguments"
    )
    await world.client.views_open(trigger_id=app.last["trigger_id"], view=modal())


async def test_a_stale_hash_conflicts(world: World) -> None:
    view_id = await opened(world)
    first = world.workspace.state.find_view(view_id)
    assert first
    await world.client.views_update(view_id=view_id, view=modal(), hash=first.hash)
    assert await error_of(world.client.views_update(view_id=view_id, view=modal(), hash=first.hash)) == "hash_conflict"
    await world.client.views_update(view_id=view_id, view=modal())


async def test_a_stale_home_conflicts_too(world: World) -> None:
    first = await world.client.views_publish(user_id=world.katherine, view=home())
    await world.client.views_publish(user_id=world.katherine, view=home(section("New")), hash=first["view"]["hash"])
    late = world.client.views_publish(user_id=world.katherine, view=home(), hash=first["view"]["hash"])
    assert await error_of(late) == "hash_conflict"
    again = await world.client.views_publish(user_id=world.katherine, view=home())
    assert again["view"]["id"] == first["view"]["id"]


async def test_what_was_typed_stays_under_the_same_ids(world: World) -> None:
    view_id = await opened(world)
    test_user = world.test_user()
    await test_user.fill({"Why": "To grow", "Topic": "Leadership"})
    kept = modal(field("Why indeed", text_input(initial_value="other")), field("Topic", select(), block_id="moved"))
    answer = await world.client.views_update(view_id=view_id, view=kept)
    values = answer["view"]["state"]["values"]
    assert values["why"]["words"]["value"] == "To grow"
    assert values["moved"]["topic"]["selected_option"] is None


async def test_an_external_id_is_one_views_only(world: World) -> None:
    await opened(world, external_id="mine")
    await world.client.views_update(external_id="mine", view=modal(external_id="mine"))
    taken = world.client.views_publish(user_id=world.mary, view=home(external_id="mine"))
    assert await error_of(taken) == "duplicate_external_id"


async def test_what_the_form_itself_says(world: World, app: Listener) -> None:
    await opened(world)
    test_user = world.test_user()
    missing = "Please complete this required field."
    assert await test_user.submit() == {"Why": missing, "Topic": missing}
    assert app.heard == [], "Slack's form asks for the fields itself; nothing reaches the app"


@pytest.mark.parametrize("empty", [web.Response(), web.json_response({}), web.Response(text="")])
async def test_an_empty_acknowledgement_closes_one(world: World, app: Listener, empty: web.Response) -> None:
    await opened(world)
    await world.test_user().press("More")
    await world.client.views_push(trigger_id=app.last["trigger_id"], view=modal(title=plain("Second")))
    app.answer = lambda _: web.Response(body=empty.body, content_type="application/json")
    await world.test_user().fill({"Why": "To grow"})
    assert await world.test_user().submit() == {}
    assert [view.title for view in world.test_user().modals] == ["A request"]


async def test_clear_closes_all(world: World, app: Listener) -> None:
    await opened(world)
    await world.test_user().press("More")
    await world.client.views_push(trigger_id=app.last["trigger_id"], view=modal())
    app.answer = say({"response_action": "clear"})
    await world.test_user().fill({"Why": "To grow"})
    await world.test_user().submit()
    assert world.test_user().modals == []


async def test_update_keeps_the_window_and_push_adds_one(world: World, app: Listener) -> None:
    view_id = await opened(world)
    test_user = world.test_user()
    await test_user.fill({"Why": "To grow", "Topic": "Leadership"})
    app.answer = say({"response_action": "update", "view": modal(title=plain("Updated"))})
    await test_user.submit()
    assert test_user.modal
    assert (test_user.modal.id, test_user.modal.title) == (view_id, "Updated")
    app.answer = say({"response_action": "push", "view": modal(title=plain("Pushed"))})
    await test_user.submit()
    assert [view.title for view in test_user.modals] == ["Updated", "Pushed"]


async def test_errors_stand_at_their_fields_and_the_text_stays(world: World, app: Listener) -> None:
    await opened(world)
    test_user = world.test_user()
    await test_user.fill({"Why": "no", "Topic": "Leadership"})
    app.answer = say({"response_action": "errors", "errors": {"why": "Please say more."}})
    assert await test_user.submit() == {"Why": "Please say more."}
    assert test_user.modal
    assert test_user.modal.values["why"]["words"]["value"] == "no"
    assert "Please say more." in test_user.text(test_user.modal)


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "Wrong."}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": modal(title=plain("x" * 25))},
        {"response_action": "update", "view": home()},
        {"response_action": "vanish"},
        {"text": "thanks"},
    ],
)
async def test_an_acknowledgement_slack_cannot_use_is_shown_as_trouble(
    world: World, app: Listener, answer: dict[str, object]
) -> None:
    await opened(world)
    await world.test_user().fill({"Why": "To grow", "Topic": "Leadership"})
    app.answer = say(answer)
    with pytest.raises(Refusal, match="trouble connecting"):
        await world.test_user().submit()
    assert len(world.test_user().modals) == 1, "the window stays, with what was typed"


async def test_a_late_acknowledgement_is_shown_as_a_failure(world: World, app: Listener) -> None:
    await opened(world)
    await world.test_user().fill({"Why": "To grow", "Topic": "Leadership"})
    app.gate.clear()
    with pytest.raises(Refusal, match="did not answer within"):
        await world.test_user().submit()
    assert len(app.heard) == 1, "what a person did is not brought again"
    assert len(world.test_user().modals) == 1


async def test_closing_is_told_where_it_was_asked_for(world: World, app: Listener) -> None:
    await opened(world)
    await world.test_user().close_modal()
    assert app.heard == []
    await opened(world, notify_on_close=True, clear_on_close=True)
    await world.test_user().close_modal()
    assert (app.last["type"], app.last["is_cleared"]) == ("view_closed", True)


async def test_fields_that_tell_at_once(world: World, app: Listener) -> None:
    view = modal(field(), field("Topic", select(), block_id="topic", dispatch_action=True))
    await world.client.views_open(trigger_id=world.trigger(), view=view)
    await world.test_user().fill({"Why": "To grow", "Topic": "Leadership"})
    assert len(app.heard) == 1
    (action,) = app.last["actions"]
    assert action["selected_option"]["value"] == "leadership"
    assert app.last["view"]["state"]["values"]["why"]["words"]["value"] == "To grow"


async def test_a_double_click_is_two_deliveries_with_a_trigger_each(world: World, app: Listener) -> None:
    await world.client.chat_postMessage(channel=world.katherine, text="?", blocks=[actions(button())])
    app.gate.clear()
    both = asyncio.create_task(world.test_user().press_twice("Accept"))
    await world.workspace.settled(lambda: True)
    app.gate.set()
    assert all(delivery.acked for delivery in await both)
    assert len({heard["trigger_id"] for heard in app.heard}) == 2


async def test_what_is_not_there_cannot_be_pressed(world: World, app: Listener) -> None:
    test_user = world.test_user()
    with pytest.raises(Refusal, match="no button 'Accept'"):
        await test_user.press("Accept")
    said = await world.client.chat_postMessage(channel=world.dm, text="?", blocks=[actions(button())])
    (message,) = test_user.messages()
    await world.client.chat_update(channel=world.dm, ts=said["ts"], text="Gone", blocks=[])
    with pytest.raises(Refusal, match="no button 'Accept'"):
        await test_user.press("Accept", on=message)
    with pytest.raises(Refusal, match="no longer there"):
        await world.workspace.test_user(world.mary).press("Accept", on=message)
    await opened(world)
    with pytest.raises(Refusal, match=r"no choice 'Other'\. There are: Leadership"):
        await test_user.fill({"Topic": "Other"})
