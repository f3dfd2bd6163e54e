"""The workspace itself: where it refuses to start, its clock, its scopes, people who change."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from slack_workspace import Refusal, Workspace
from slack_workspace.scopes import BY_KIND, SCOPES
from slack_workspace.web_api import known_methods
from slack_workspace.workspace import refuse_real_tokens

from .conftest import World
from .shapes import section


@pytest.mark.parametrize(
    "environment",
    [{"SLACK_BOT_TOKEN": "xoxb-1234-abcd"}, {"SLACK_APP_TOKEN": "xapp-1-A1-abcd"}],
    ids=["bot", "app"],
)
def test_it_does_not_start_beside_real_tokens(environment: dict[str, str]) -> None:
    with pytest.raises(RuntimeError, match="does not start beside it: unset"):
        refuse_real_tokens(environment)


def test_its_own_tokens_do_not_disturb_it() -> None:
    refuse_real_tokens({"SLACK_BOT_TOKEN": "xoxb-local-1", "SLACK_APP_TOKEN": "xapp-local-1"})
    refuse_real_tokens({})
    assert "SLACK_BOT_TOKEN" not in os.environ or os.environ["SLACK_BOT_TOKEN"].startswith("xoxb-local")


async def test_it_listens_on_this_machine_only() -> None:
    with pytest.raises(RuntimeError, match=r"127\.0\.0\.1 only"):
        await Workspace().start("0.0.0.0")


async def test_only_this_machines_names_reach_it(world: World) -> None:
    async with world.session.get(world.workspace.url + "/page/people", headers={"Host": "evil.example.org"}) as answer:
        assert answer.status == 400


async def test_it_starts_and_stops_again() -> None:
    workspace = Workspace()
    for _ in range(2):
        await workspace.start()
        assert workspace.url.startswith("http://127.0.0.1:")
        await workspace.stop()


def test_every_method_says_its_scope() -> None:
    assert known_methods() == set(SCOPES)
    assert set(BY_KIND) <= set(SCOPES)


async def test_messages_go_by_the_workspaces_clock_and_never_backwards(world: World) -> None:
    moments = iter([datetime(2031, 5, 1, 12, tzinfo=UTC), datetime(2031, 5, 1, 11, tzinfo=UTC)])
    world.workspace.state.now = lambda: next(moments, datetime(2031, 5, 1, 12, tzinfo=UTC))
    first = world.workspace.state.timestamp()
    second = world.workspace.state.timestamp()
    assert datetime.fromtimestamp(float(first), UTC) == datetime(2031, 5, 1, 12, tzinfo=UTC)
    assert float(second) - float(first) < timedelta(seconds=1).total_seconds()
    assert second > first


async def test_people_change_and_leave(world: World) -> None:
    world.workspace.change_person(world.katherine, name="Katherine Stone", email="stone@example.org")
    user = (await world.client.users_lookupByEmail(email="STONE@example.org"))["user"]
    assert user["real_name"] == "Katherine Stone"
    world.workspace.change_person(world.katherine, deactivated=True)
    assert (await world.client.users_info(user=world.katherine))["user"]["deleted"] is True
    with pytest.raises(Refusal, match="cannot sign in"):
        world.workspace.test_user(world.katherine)
    answer = await world.client.chat_postMessage(channel=world.dm, text="Slack lets apps write to leavers")
    assert answer["ok"]


async def test_history_comes_newest_first_in_pages(world: World) -> None:
    for number in range(5):
        await world.client.chat_postMessage(channel=world.dm, text=str(number))
    first = await world.client.conversations_history(channel=world.dm, limit=3)
    assert ([m["text"] for m in first["messages"]], first["has_more"]) == (["4", "3", "2"], True)
    cursor = first["response_metadata"]["next_cursor"]
    second = await world.client.conversations_history(channel=world.dm, limit=3, cursor=cursor)
    assert ([m["text"] for m in second["messages"]], second["has_more"]) == (["1", "0"], False)
    since = first["messages"][1]["ts"]
    later = await world.client.conversations_history(channel=world.dm, oldest=since)
    assert [m["text"] for m in later["messages"]] == ["4"]


async def test_threads(world: World) -> None:
    top = await world.client.chat_postMessage(channel=world.dm, text="top")
    await world.client.chat_postMessage(channel=world.dm, text="below", thread_ts=top["ts"])
    history = await world.client.conversations_history(channel=world.dm)
    replies = await world.client.conversations_replies(channel=world.dm, ts=top["ts"])
    assert [m["text"] for m in history["messages"]] == ["top"]
    assert [m["text"] for m in replies["messages"]] == ["top", "below"]


async def test_long_text_is_cut_as_slack_cuts_it(world: World) -> None:
    answer = await world.client.chat_postMessage(channel=world.dm, text="x" * 40_010)
    assert len(answer["message"]["text"]) == 40_000


async def test_settled_says_what_there_was(world: World) -> None:
    await world.client.chat_postMessage(channel=world.dm, text="A word", blocks=[section("A word")])
    with pytest.raises(TimeoutError, match=r"(?s)chat\.postMessage ok.*Katherine Bell.*A word"):
        await world.workspace.settled(lambda: False, seconds=0.01)


async def test_channels(world: World) -> None:
    office = world.workspace.add_channel("mentoring-office", members=[world.mary])
    await world.client.chat_postMessage(channel=office, text="A new request")
    assert [m.text for m in world.workspace.test_user(world.mary).messages("mentoring-office")] == ["A new request"]
    with pytest.raises(Refusal, match="no conversation"):
        world.test_user().messages(office)
    listed = await world.client.conversations_list(types="private_channel,im")
    assert {c["id"] for c in listed["channels"]} >= {office, world.dm}
    members = await world.client.conversations_members(channel=office)
    assert set(members["members"]) == {world.mary, world.workspace.bot_user}
