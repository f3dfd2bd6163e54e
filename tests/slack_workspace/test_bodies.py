"""How a call may be made: query, form, multipart, plain text and JSON, and where the token may stand."""

import json
from typing import Any

import aiohttp
import pytest

from slack_workspace.arguments import Arguments
from slack_workspace.errors import SlackError
from slack_workspace.multipart import parts
from slack_workspace.reference import REFERENCE

from .conftest import World

Json = dict[str, Any]


async def post(world: World, method: str, data: Any, **headers: str) -> Json:
    url, bearer = world.workspace.api_url + method, {"Authorization": f"Bearer {world.workspace.bot_token}"}
    async with world.session.post(url, data=data, headers=bearer | headers) as answer:
        return dict(await answer.json())


def multipart(**fields: str) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in fields.items():
        form.add_field(name, value, content_type="text/plain")
    return form


async def test_multipart_and_plain_text_are_taken(world: World) -> None:
    """invalid_post_type names the valid types: JSON, form, multipart/form-data and text/plain."""
    by_multipart = await post(world, "chat.postMessage", multipart(channel=world.dm, text="naïve\r\n–"))
    plain = f"channel={world.dm}&text=plain".encode()
    by_text = await post(world, "chat.postMessage", plain, **{"Content-Type": "text/plain"})
    assert (by_multipart["ok"], by_text["ok"]) == (True, True)
    assert [m.text for m in world.test_user().messages()] == ["naïve\r\n–", "plain"]


@pytest.mark.parametrize(
    ("content_type", "body", "error"),
    [
        ("multipart/form-data", b"--x\r\n", "invalid_form_data"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data", "invalid_form_data"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\nnameless\r\n--x--\r\n", "invalid_form_data"),
        ("application/xml", b"<channel/>", "invalid_post_type"),
        ("application/json", b"{", "invalid_json"),
        ("application/json", b"[]", "json_not_object"),
        ("application/json", b"\xff", "invalid_charset"),
        ("application/json; charset=utf-7", b"{}", "invalid_charset"),
        ("application/json; charset=utf-8", b'{"a b": 1}', "invalid_arg_name"),
        ("application/x-www-form-urlencoded", b"blocks[0]=a", "invalid_array_arg"),
        ("application/x-www-form-urlencoded", b"x" * 256 + b"=a", "invalid_arg_name"),
        ("application/json", b'{"text": NaN}', "invalid_json"),
        ("application/json", b'{"text": 1e999}', "invalid_json"),
        ("application/json", b'{"text": "\\ud83d"}', "invalid_json"),
        ("application/json", b'{"blocks": ' + b"[" * 5000 + b"]" * 5000 + b"}", "invalid_json"),
        ("application/json", b'{"blocks": ' + b"[" * 200 + b"]" * 200 + b"}", "invalid_json"),
    ],
)
async def test_a_body_that_cannot_be_read(world: World, content_type: str, body: bytes, error: str) -> None:
    answer = await post(world, "chat.postMessage", body, **{"Content-Type": content_type})
    assert answer["error"] == error


async def test_latin_letters_may_come_in_their_old_code(world: World) -> None:
    """invalid_charset names the valid ones: utf-8 and iso-8859-1."""
    body = '{"foo": "naïve"}'.encode("iso-8859-1")
    answer = await post(world, "api.test", body, **{"Content-Type": "application/json; charset=iso-8859-1"})
    assert answer["args"] == {"foo": "naïve"}


@pytest.mark.parametrize("method", [name for name, known in REFERENCE.items() if not known.json])
async def test_methods_that_read_take_no_json(world: World, method: str) -> None:
    """https://docs.slack.dev/apis/web-api: most write methods take JSON; the others name forms alone."""
    answer = await post(world, method, json.dumps({"user": world.katherine}), **{"Content-Type": "application/json"})
    assert answer["error"] == "invalid_post_type"


@pytest.mark.parametrize(
    ("content_type", "body", "warning"),
    [
        ("application/json", b"{}", "missing_charset"),
        ("application/json; charset=utf-8", b"{}", None),
        ("application/x-www-form-urlencoded", b"foo=bar", None),
        ("application/x-www-form-urlencoded; charset=utf-8", b"foo=bar", "superfluous_charset"),
        ("text/plain", b"foo=bar", "missing_charset"),
        ('text/plain; charset="ISO-8859-1"', b"foo=bar", None),
    ],
)
async def test_slack_warns_of_the_charset(world: World, content_type: str, body: bytes, warning: str | None) -> None:
    answer = await post(world, "api.test", body, **{"Content-Type": content_type})
    assert (answer["ok"], answer.get("warning")) == (True, warning)
    assert answer.get("response_metadata", {}).get("warnings") == ([warning] if warning else None)


async def test_where_a_token_may_stand(world: World) -> None:
    token, url = world.workspace.bot_token, world.workspace.api_url + "auth.test"
    async with world.session.post(url, data={"token": token}) as in_form:
        assert (await in_form.json())["ok"]
    async with world.session.post(url, data=multipart(token=token)) as in_multipart:
        assert (await in_multipart.json())["ok"]
    async with world.session.post(url, json={"token": token}) as in_json:
        assert (await in_json.json())["error"] == "not_authed"
    async with world.session.post(url, params={"token": token}) as in_query:
        assert (await in_query.json())["error"] == "not_authed"
    assert not any("token" in call.arguments for call in world.workspace.calls), "tokens are not kept in the record"


async def test_the_scopes_come_with_refusals_too(world: World) -> None:
    url, bearer = world.workspace.api_url + "users.info", {"Authorization": f"Bearer {world.workspace.bot_token}"}
    async with world.session.get(url, params={"user": "U0NOBODY"}, headers=bearer) as refused:
        assert (await refused.json())["error"] == "user_not_found"
        assert "users:read" in refused.headers["X-OAuth-Scopes"].split(",")
        assert refused.headers["X-Accepted-OAuth-Scopes"] == "users:read"
    async with world.session.get(url, headers={"Authorization": "Bearer xoxb-local-wrong"}) as unknown:
        assert "X-OAuth-Scopes" not in unknown.headers


def test_a_part_keeps_every_byte() -> None:
    content = bytes(range(256)) + b"\r\n\n\r--x\r\n--\r\n"
    body = (
        b'--y-1\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n' + content + b"\r\n--y-1--\r\n"
    )
    (part,) = parts(body, "multipart/form-data; boundary=y-1")
    assert (part.name, part.filename, part.content) == ("file", "a.bin", content)


@pytest.mark.parametrize("value", [["a"], {"a": 1}])
def test_no_object_stands_for_a_text(value: Any) -> None:
    with pytest.raises(SlackError, match="invalid_arguments"):
        Arguments({"text": value}).text("text")


@pytest.mark.parametrize(
    ("value", "meant"), [(True, True), ("1", True), ("true", True), (0, False), ("false", False), (None, False)]
)
def test_booleans_come_in_many_forms(value: Any, meant: bool) -> None:
    assert Arguments({"flag": value}).flag("flag") is meant


@pytest.mark.parametrize("value", ["perhaps", 2, [], {}, 1.0])
def test_anything_else_is_no_boolean(value: Any) -> None:
    with pytest.raises(SlackError, match="invalid_arguments"):
        Arguments({"flag": value}).flag("flag")


@pytest.mark.parametrize("value", ["ten", "1.5", True, [1], 1001, -1, "9" * 5000])
def test_a_number_is_whole_and_within_its_limits(value: Any) -> None:
    with pytest.raises(SlackError, match="invalid_limit"):
        Arguments({"limit": value}).number("limit", 100, 1, 1000, "invalid_limit")
