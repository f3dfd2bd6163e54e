"""Every argument of Slack's reference is served or refused; what those that change the answer do."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from slack_workspace.arguments import Arguments
from slack_workspace.errors import SlackError
from slack_workspace.reference import REFERENCE
from slack_workspace.web_api import handler, known_methods

from .conftest import World
from .shapes import home, modal, section

Json = dict[str, Any]
Make = Callable[[World, "Kept"], Json]


class Kept:
    """What the calls are about: a message of the app, a file that is uploaded and one that is shared, a window."""

    def __init__(self, world: World, posted: Json, opened: Json, uploaded: str, shared: str) -> None:
        self.ts = str(posted["ts"])
        self.view = str(opened["view"]["id"])
        self.uploaded, self.shared = uploaded, shared
        self.team, self.bot = world.workspace.team_id, world.workspace.identity.bot_id


async def uploaded(world: World) -> str:
    asked = await world.client.files_getUploadURLExternal(filename="a.txt", length=1)
    async with world.session.post(asked["upload_url"], data=b"a") as answer:
        assert answer.status == 200
    return str(asked["file_id"])


@pytest.fixture
async def kept(world: World) -> Kept:
    posted = await world.call("chat.postMessage", {"channel": world.dm, "text": "hello"})
    opened = await world.call("views.open", {"trigger_id": world.trigger(), "view": modal()})
    shared = await uploaded(world)
    await world.call("files.completeUploadExternal", {"files": [{"id": shared}], "channel_id": world.dm})
    return Kept(world, posted, opened, await uploaded(world), shared)


CALLS: dict[str, Make] = {
    "api.test": lambda w, k: {"foo": "bar"},
    "auth.test": lambda w, k: {},
    "apps.connections.open": lambda w, k: {},
    "bots.info": lambda w, k: {"bot": k.bot, "team_id": k.team},
    "team.info": lambda w, k: {"team": k.team, "domain": w.workspace.identity.domain},
    "users.info": lambda w, k: {"user": w.mary, "include_locale": True},
    "users.list": lambda w, k: {"include_locale": True, "team_id": k.team, "limit": 2},
    "users.lookupByEmail": lambda w, k: {"email": "mary@example.org"},
    "users.profile.get": lambda w, k: {"user": w.mary, "include_labels": True},
    "conversations.open": lambda w, k: {"users": [w.mary], "return_im": True, "prevent_creation": True},
    "conversations.info": lambda w, k: {"channel": w.dm, "include_locale": True, "include_num_members": True},
    "conversations.history": lambda w, k: {"channel": w.dm, "inclusive": True, "latest": "now", "oldest": "0"},
    "conversations.replies": lambda w, k: {"channel": w.dm, "ts": k.ts, "include_all_metadata": True},
    "conversations.members": lambda w, k: {"channel": w.dm, "limit": 1},
    "conversations.list": lambda w, k: {"types": "im", "exclude_archived": True, "team_id": k.team},
    "chat.postMessage": lambda w, k: {"channel": w.dm, "text": "hello", "thread_ts": k.ts, "unfurl_links": False},
    "chat.update": lambda w, k: {"channel": w.dm, "ts": k.ts, "text": "hello", "file_ids": [k.shared]},
    "chat.delete": lambda w, k: {"channel": w.dm, "ts": k.ts, "as_user": False},
    "chat.postEphemeral": lambda w, k: {"channel": w.dm, "user": w.katherine, "text": "psst", "thread_ts": k.ts},
    "chat.getPermalink": lambda w, k: {"channel": w.dm, "message_ts": k.ts},
    "views.open": lambda w, k: {"trigger_id": w.trigger(), "view": modal()},
    "views.push": lambda w, k: {"trigger_id": w.trigger(k.view), "view": modal()},
    "views.update": lambda w, k: {"view_id": k.view, "view": modal(), "external_id": "", "hash": ""},
    "views.publish": lambda w, k: {"user_id": w.katherine, "view": home(), "hash": "none"},
    "files.getUploadURLExternal": lambda w, k: {"filename": "a.txt", "length": 1, "alt_txt": "a"},
    "files.completeUploadExternal": lambda w, k: {"files": [{"id": k.uploaded}], "channel_id": w.dm, "thread_ts": k.ts},
    "files.info": lambda w, k: {"file": k.shared, "count": 5, "page": 1},
}
ALTERNATIVES = {
    "conversations.open": {"channel"},  # or users
    "views.update": {"external_id"},  # or view_id
    "views.publish": {"hash"},  # means nothing before there is a Home
    "chat.update": {"reply_broadcast"},  # means nothing outside a thread
}


def test_every_method_has_its_line_and_its_call() -> None:
    assert set(REFERENCE) == known_methods() == set(CALLS)


@pytest.mark.parametrize("method", REFERENCE)
async def test_no_argument_is_passed_over_in_silence(world: World, kept: Kept, method: str) -> None:
    arguments = Arguments(CALLS[method](world, kept))
    handler(method)(world.workspace._core, arguments)
    assert arguments.asked - {"alt_text"} >= REFERENCE[method].arguments - ALTERNATIVES.get(method, set())
    assert set(arguments.values) <= REFERENCE[method].arguments


@pytest.mark.parametrize("method", REFERENCE)
async def test_slacks_own_client_is_served(world: World, kept: Kept, method: str) -> None:
    arguments = CALLS[method](world, kept)
    client = world.client
    if method == "apps.connections.open":
        client = AsyncWebClient(base_url=world.workspace.api_url, session=world.session)
        arguments = {"app_token": world.workspace.app_token}
    answer = await getattr(client, method.replace(".", "_"))(**arguments)
    assert answer["ok"]


REFUSED: dict[str, tuple[str, Json, str]] = {
    "post as a user": ("chat.postMessage", {"as_user": True}, "as_user_not_supported"),
    "update as a user": ("chat.update", {"as_user": "true"}, "as_user_not_supported"),
    "another name": ("chat.postMessage", {"username": "Somebody"}, "missing_scope"),
    "another picture": ("chat.postEphemeral", {"icon_emoji": ":cat:"}, "missing_scope"),
    "parse in an unknown way": ("chat.postMessage", {"parse": "some"}, "invalid_arguments"),
    "text beside markdown": ("chat.postMessage", {"markdown_text": "**a**"}, "markdown_text_conflict"),
    "markdown too long": ("chat.postMessage", {"text": None, "markdown_text": "x" * 12_001}, "msg_too_long"),
    "a file of nobody": ("chat.update", {"file_ids": "F0NONE"}, "file_not_found"),
    "unfurl perhaps": ("chat.postMessage", {"unfurl_links": "perhaps"}, "invalid_arguments"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_not_served_is_refused(world: World, kept: Kept, name: str) -> None:
    method, more, error = REFUSED[name]
    base = {"channel": world.dm, "text": "hello", "user": world.katherine, "ts": kept.ts}
    assert (await world.call(method, base | more))["error"] == error


@pytest.mark.parametrize(
    ("method", "more", "error"),
    [
        ("users.list", {"team_id": "T0OTHER"}, "team_access_not_granted"),
        ("conversations.list", {"team_id": "T0OTHER"}, "team_access_not_granted"),
        ("team.info", {"domain": "elsewhere"}, "team_not_found"),
        ("views.open", {"interactivity_pointer": "12.34.ab", "view": modal()}, "invalid_trigger_id"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 1, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ("files.completeUploadExternal", {"files": [{"id": "F1", "name": "a"}]}, "invalid_arguments"),
    ],
)
async def test_arguments_of_other_methods_too(world: World, method: str, more: Json, error: str) -> None:
    assert (await world.call(method, more))["error"] == error


async def test_a_channel_may_be_named(world: World) -> None:
    office = world.workspace.add_channel("office", members=[world.mary])
    for name in ("#office", "office", office):
        assert (await world.client.chat_postMessage(channel=name, text="hello"))["channel"] == office
    assert (await world.call("chat.postMessage", {"channel": "#attic", "text": "a"}))["error"] == "channel_not_found"
    whispered = {"channel": "#office", "user": world.mary, "text": "psst"}
    assert (await world.call("chat.postEphemeral", whispered))["ok"]


async def test_markdown_is_a_text(world: World) -> None:
    answer = await world.client.chat_postMessage(channel=world.dm, markdown_text="**hello**")
    assert answer["message"]["text"] == "**hello**"


async def test_a_name_and_a_picture_of_its_own_with_the_scope(world: World) -> None:
    core = world.workspace._core
    core.scopes = core.scopes | {"chat:write.customize"}
    answer = await world.client.chat_postMessage(channel=world.dm, text="a", username="Owl", icon_emoji=":owl:")
    assert (answer["message"]["username"], answer["message"]["icons"]) == ("Owl", {"emoji": ":owl:"})


async def test_names_become_mentions_where_that_is_asked(world: World) -> None:
    office = world.workspace.add_channel("office", private=False)
    text = "@mary.osei, see #office, or write to a@b.c and @nobody"
    plain = await world.client.chat_postMessage(channel=world.dm, text=text)
    linked = await world.client.chat_postMessage(channel=world.dm, text=text, link_names=True)
    assert plain["message"]["text"] == text
    mentions = f"<@{world.mary}>, see <#{office}|office>"
    assert linked["message"]["text"] == f"{mentions}, or write to a@b.c and @nobody"


async def test_a_thread_is_told_of_at_its_head(world: World) -> None:
    top = await world.client.chat_postMessage(channel=world.dm, text="top")
    below = await world.client.chat_postMessage(channel=world.dm, text="below", thread_ts=top["ts"])
    loud = await world.client.chat_postMessage(channel=world.dm, text="all", thread_ts=top["ts"], reply_broadcast=True)
    history = (await world.client.conversations_history(channel=world.dm))["messages"]
    assert [m["text"] for m in history] == ["all", "top"]
    head = history[1]
    assert (head["reply_count"], head["latest_reply"], head["thread_ts"]) == (2, loud["ts"], top["ts"])
    assert head["reply_users"] == [world.workspace.bot_user]
    assert (history[0]["subtype"], history[0]["root"]["ts"]) == ("thread_broadcast", top["ts"])
    assert below["message"]["parent_user_id"] == world.workspace.bot_user
    link = await world.client.chat_getPermalink(channel=world.dm, message_ts=below["ts"])
    assert link["permalink"].endswith(f"?thread_ts={top['ts']}&cid={world.dm}")


async def test_locale_and_members_come_where_they_are_asked_for(world: World) -> None:
    plain = await world.client.conversations_info(channel=world.dm)
    full = await world.client.conversations_info(channel=world.dm, include_locale=True, include_num_members=True)
    assert not {"locale", "num_members"} & set(plain["channel"])
    assert full["channel"]["num_members"] == 2
    assert (await world.client.users_info(user=world.mary, include_locale=True))["user"]["locale"] == "en-GB"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.history", {"limit": "1000"}, "invalid_limit"),
        ("conversations.list", {"limit": "1000"}, "invalid_limit"),
        ("users.list", {"limit": "1001"}, "invalid_limit"),
        ("users.list", {"cursor": "bmV4dDotNQ=="}, "invalid_cursor"),
        ("users.list", {"cursor": "bmV4dDrCsg=="}, "invalid_cursor"),
        ("conversations.history", {"oldest": "nan"}, "invalid_ts_oldest"),
        ("conversations.history", {"latest": "inf"}, "invalid_ts_latest"),
        ("conversations.history", {"oldest": "-1"}, "invalid_ts_oldest"),
    ],
)
async def test_numbers_out_of_place(world: World, method: str, arguments: Json, error: str) -> None:
    assert (await world.call(method, {"channel": world.dm} | arguments))["error"] == error


async def test_files_of_a_message_are_replaced(world: World, kept: Kept) -> None:
    call = {"channel": world.dm, "ts": kept.ts, "text": "with a file"}
    assert (await world.call("chat.update", call | {"file_ids": [kept.shared]}))["message"]["files"][0][
        "id"
    ] == kept.shared
    await world.call("chat.update", call | {"blocks": [section()]})
    (message, _) = world.test_user().messages()
    assert message.files == (kept.shared,)
    with pytest.raises(SlackError, match="file_not_found"):
        handler("chat.update")(world.workspace._core, Arguments(call | {"file_ids": [["F1"]]}))
