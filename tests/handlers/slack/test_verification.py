"""What is not a fresh, whole delivery of Slack's for this workspace is turned away, and changes nothing."""

import asyncio
import copy
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import pytest

from bot.handlers.slack.verification import LARGEST
from tests.support.bots import Bot, Bots, encoded, signed
from tests.support.databases import rows

Json = dict[str, Any]
CAREER = "Resident doctor within one year of CCT"


def kept(bot: Bot) -> dict[str, object]:
    """How much the database holds, table by table."""
    tables = ("people", "members", "requests", "outbox", "idempotency_keys", "audit")
    return {table: rows(bot.app.database, f"SELECT count(*) FROM {table}")[0][0] for table in tables}


async def submission(bot: Bot) -> Json:
    """A submission as Slack sends it, by which Mary asks to join; it has not been sent."""
    katherine = bot.test_user("Katherine")
    await katherine.open_home()
    await bot.quiet()
    await katherine.press("Join as mentee")
    await katherine.expect_modal()
    await katherine.fill({"Membership number": "12345", "Where are you in your career?": CAREER})
    assert await katherine.submit() == {}
    payload = copy.deepcopy(dict(bot.workspace.deliveries[-1].payload))
    assert payload["type"] == "view_submission"
    payload["user"]["id"], payload["trigger_id"] = bot.people["Mary"], "77.88.cafe"
    return payload


def event(bot: Bot, **more: Any) -> Json:
    return {
        "type": "event_callback",
        "team_id": bot.workspace.team_id,
        "event_id": "Ev0123456789",
        "event": {"type": "app_home_opened", "user": bot.people["Mary"], "tab": "home", "channel": "D1"},
    } | more


def press(bot: Bot, **more: Any) -> Json:
    return {
        "type": "block_actions",
        "team": {"id": bot.workspace.team_id},
        "user": {"id": bot.people["Mary"], "team_id": bot.workspace.team_id},
        "trigger_id": "1.2.abc",
        "container": {"type": "message", "channel_id": "D1", "message_ts": "1.2"},
        "channel": {"id": "D1"},
        "actions": [{"type": "button", "action_id": "accept:0", "block_id": "b", "value": "x"}],
        "response_url": "",
    } | more


def command(bot: Bot, **more: Any) -> Json:
    return {
        "command": "/mentoring", "text": "help", "team_id": bot.workspace.team_id, "user_id": bot.people["Mary"],
        "channel_id": "D1", "trigger_id": "1.2.abc", "response_url": "",
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"x-slack-signature": ""}, 401),
        ({"x-slack-signature": "v0=" + "0" * 64}, 401),
        ({"x-slack-signature": "v0=é"}, 401),
        ({"x-slack-signature": "nonsense"}, 401),
        ({"x-slack-request-timestamp": ""}, 401),
        ({"x-slack-request-timestamp": "soon"}, 401),
        ({"x-slack-request-timestamp": "-1"}, 401),
        ({"x-slack-request-timestamp": "1e9"}, 401),
        ({"x-slack-request-timestamp": "١٢٣٤"}, 401),
        ({"x-slack-request-timestamp": "9" * 400}, 401),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "multipart/form-data; boundary=x"}, 415),
        ({"content-type": ""}, 415),
    ],
)
async def test_odd_headers_are_turned_away(bots: Bots, headers: Mapping[str, str], status: int) -> None:
    bot = await bots.start()
    before = kept(bot)
    answered, _ = await bot.deliver(event(bot), headers=headers)
    assert answered == status
    assert kept(bot) == before


async def test_a_forged_or_stale_delivery_changes_nothing(bots: Bots) -> None:
    bot = await bots.start()
    before, calls = kept(bot), len(bot.workspace.calls)
    assert (await bot.deliver(event(bot), secret="another"))[0] == 401
    for late in (301, -301, 3600):
        assert (await bot.deliver(event(bot), at=int(time.time()) - late))[0] == 401
    body = encoded(event(bot), form=False)
    stamp = str(int(time.time()))
    other = body.replace(b"home", b"hume")
    signature = {"x-slack-signature": signed(bot.workspace.signing_secret, stamp, other)}
    assert (await bot.deliver(body, at=int(stamp), headers=signature))[0] == 401
    assert (kept(bot), len(bot.workspace.calls)) == (before, calls)


BODIES: list[tuple[bytes, bool]] = [
    (b"", False),
    (b"{", False),
    (b"[]", False),
    (b"null", False),
    (b'"text"', False),
    (b"{}", False),
    (b"\xff\xfe", False),
    (b"[" * 100_000, False),
    (b'{"a":' * 50_000, False),
    (b'{"type": "event_callback", "n": ' + b"9" * 5_000 + b"}", False),
    (b'{"type": ["event_callback"]}', False),
    (b'{"type": "block_actions", "text": "\\ud800"}', False),
    (b'{"type": "block_actions", "text": "\\u0000"}', False),
    (b"payload=", True),
    (b"payload=%7B", True),
    (b"payload=[]", True),
    (b"payload=" + quote("[" * 50_000).encode(), True),
    (b"text=%ff", True),
    (b"command=/mentoring&text=%00", True),
    (b"command=/mentoring", True),
    (b"&".join(b"a%d=1" % number for number in range(2_000)), True),
]


@pytest.mark.parametrize("number", range(len(BODIES)))
async def test_what_cannot_be_read_is_a_400(bots: Bots, number: int) -> None:
    body, form = BODIES[number]
    bot = await bots.start()
    before = kept(bot)
    assert (await bot.deliver(body, form=form))[0] == 400
    assert kept(bot) == before


async def test_odd_shapes_are_a_400(bots: Bots) -> None:
    """Signed by Slack, as it were, and not of a shape that it documents."""
    bot = await bots.start()
    before = kept(bot)
    odd: list[tuple[Json, bool]] = [
        (event(bot, event=None), False),
        (event(bot, event="home"), False),
        (event(bot, event_id=None), False),
        (event(bot, team_id=["T"]), False),
        (press(bot, actions=[]), True),
        (press(bot, actions="accept"), True),
        (press(bot, actions=[{"type": "button", "action_id": "no number", "value": "x"}]), True),
        (press(bot, actions=[{"type": "button", "action_id": "accept:0", "value": {"a": 1}}]), True),
        (press(bot, user=None), True),
        (press(bot, user={"id": "U1 OR 1=1"}), True),
        (press(bot, trigger_id=""), True),
        (press(bot, view={"id": "V1", "type": "modal", "private_metadata": "{"}), True),
        (press(bot, view={"id": "V1", "type": "other"}), True),
        (press(bot) | {"type": "view_submission", "view": {"id": "V1", "type": "modal"}}, True),
        (press(bot) | {"type": "view_submission", "view": {"id": "V1", "type": "modal", "callback_id": "join",
                                                           "state": {"values": [1]}}}, True),
        (press(bot) | {"type": "view_submission", "view": {"id": "V1", "type": "modal", "callback_id": "join",
            "state": {"values": {"a": {"a": {"type": "checkboxes", "selected_options": 5}}}}}}, True),
        (press(bot) | {"type": "view_submission", "view": {"id": "V1", "type": "modal", "callback_id": "join",
            "state": {"values": {"a": {"a": {"type": ["datepicker"], "selected_date": {}}}}}}}, True),
        (press(bot) | {"type": "view_submission", "view": {"id": "V1", "type": "modal", "callback_id": "join",
            "blocks": 7}}, True),
        (press(bot, channel="D1"), True),
        (command(bot, user_id=""), True),
        (command(bot, text="x" * 4001), True),
    ]  # fmt: skip
    for payload, form in odd:
        status, _ = await bot.deliver(payload, form=form)
        assert status == 400, payload
    assert kept(bot) == before
    for number, (payload, form) in enumerate([
        (press(bot, enterprise="E1"), True),
        (press(bot, response_urls=5), True),
        (press(bot, message="x"), True),
        (press(bot, view=None, response_urls=[1]), True),
        (event(bot, authorizations="x"), False),
        (event(bot, event={"type": "app_home_opened", "tab": "home", "user": bot.people["Mary"], "view": 3}), False),
        (command(bot, enterprise_id="E1", is_enterprise_install="maybe"), True),
    ]):  # fmt: skip
        own = (
            {"event_id": f"EvOdd{number}"} if payload.get("type") == "event_callback" else {"trigger_id": f"o.{number}"}
        )
        status, _ = await bot.deliver(payload | own, form=form)
        assert status in (200, 400), payload


async def test_what_is_too_large_is_a_413(bots: Bots) -> None:
    bot = await bots.start()
    assert (await bot.deliver(b" " * (LARGEST + 1)))[0] == 413

    async def pieces() -> Any:
        for _ in range(LARGEST // 65_536 + 2):
            yield b" " * 65_536

    stamp = str(int(time.time()))
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": "v0=0", "content-type": "application/json"}
    async with bot.http.post(bot.request_url, data=pieces(), headers=headers) as answer:
        assert answer.status == 413


async def test_other_methods_and_addresses(bots: Bots) -> None:
    bot = await bots.start()
    for method, status in (("GET", 405), ("PUT", 405), ("HEAD", 405)):
        assert (await bot.deliver(event(bot), method=method))[0] == status
    async with bot.http.get(bot.app.url + "/") as answer:
        assert answer.status == 404
    async with bot.http.get(bot.app.url + "/healthz") as answer:
        assert (answer.status, await answer.text()) == (200, "ok")
    async with bot.http.get(bot.app.url + "/readyz") as answer:
        body = await answer.json()
        assert (answer.status, body["ready"], body["letters_given_up"]) == (200, True, 0)


async def test_slack_verifies_its_address(bots: Bots) -> None:
    bot = await bots.start()
    assert await bot.deliver({"type": "url_verification", "challenge": "3eZbrw1a"}) == (
        200,
        '{"challenge": "3eZbrw1a"}',
    )
    assert (await bot.deliver({"type": "url_verification", "challenge": "x"}, secret="another"))[0] == 401
    assert await bot.deliver(b"ssl_check=1&token=x", form=True) == (200, "")


async def test_another_workspace_is_turned_away(bots: Bots) -> None:
    bot = await bots.start()
    before, calls = kept(bot), len(bot.workspace.calls)
    assert (await bot.deliver(event(bot, team_id="T0OTHER")))[0] == 403
    assert (await bot.deliver(press(bot, team={"id": "T0OTHER"}), form=True))[0] == 403
    assert (await bot.deliver(press(bot, team=None, user={"id": "U1", "team_id": "T0OTHER"}), form=True))[0] == 403
    assert (await bot.deliver(command(bot, team_id="T0OTHER"), form=True))[0] == 403
    assert (kept(bot), len(bot.workspace.calls)) == (before, calls)


async def test_what_is_of_no_concern_is_acked_without_work(bots: Bots) -> None:
    bot = await bots.start()
    before, calls = kept(bot), len(bot.workspace.calls)
    mary = bot.people["Mary"]
    for happened in (
        {"type": "team_join", "user": {"id": mary}},
        {"type": "message", "user": mary, "channel_type": "channel", "text": "hello"},
        {"type": "message", "user": mary, "channel_type": "im", "subtype": "message_changed"},
        {"type": "message", "user": bot.workspace.bot_user, "channel_type": "im", "text": "hello"},
        {"type": "message", "user": mary, "bot_id": "B1", "channel_type": "im", "text": "hello"},
        {"type": "app_home_opened", "user": mary, "tab": "messages"},
    ):
        assert await bot.deliver(event(bot, event=happened)) == (200, "")
    assert await bot.deliver({"type": "app_rate_limited", "team_id": bot.workspace.team_id}) == (200, "")
    assert await bot.deliver({"type": "shortcut", "team": {"id": bot.workspace.team_id}}, form=True) == (200, "")
    assert await bot.deliver(command(bot, command="/other"), form=True) == (200, "")
    assert (kept(bot), len(bot.workspace.calls)) == (before, calls)


async def test_a_replay_is_answered_with_nothing(bots: Bots) -> None:
    bot = await bots.start()
    body, at = encoded(event(bot), form=False), int(time.time())
    assert await bot.deliver(body, at=at) == (200, "")
    await bot.quiet()
    after, calls = kept(bot), len(bot.workspace.calls)
    for _ in range(3):
        assert await bot.deliver(body, at=at) == (200, "")
    await bot.quiet()
    assert (kept(bot), len(bot.workspace.calls)) == (after, calls)


async def test_the_same_delivery_eight_times_at_once_acts_once(bots: Bots) -> None:
    """Each with a signature of its own, as a redelivery has."""
    bot = await bots.start()
    payload = await submission(bot)
    now = int(time.time())
    done = await asyncio.gather(*(bot.deliver(payload, form=True, at=now - n) for n in range(8)))
    assert len(set(done)) == 1, "the same ack each time"
    assert done[0][0] == 200
    await bot.quiet()
    assert kept(bot)["members"] == 2, "Katherine's and one of Mary's"
    restarted = await _again(bots, bot)
    status, _ = await restarted.deliver(payload, form=True, at=now - 20)
    assert (status, kept(restarted)["members"]) == (200, 2)


async def _again(bots: Bots, bot: Bot) -> Bot:
    await bot.app.stop()
    return await bots.restart(bot)


async def test_an_unknown_verb_is_a_polite_notice(bots: Bots) -> None:
    bot = await bots.start()
    actions = [{"type": "button", "action_id": "make_me_admin:0", "block_id": "b", "value": "x"}]
    status, body = await bot.deliver(press(bot, actions=actions), form=True)
    assert (status, body) == (200, "")
    status, body = await bot.deliver(command(bot, text="dance", trigger_id="3.4.def"), form=True)
    assert status == 200
    assert json.loads(body)["response_type"] == "ephemeral"


ODD: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    "",
    "x" * 5_000,
    "\u0000",
    "{",
    [],
    [[]],
    {},
    {"": {}},
    ["x", 1, None],
    {"id": 5},
]


def places(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a payload."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, each in inside for place in ((*at, key), *places(each, (*at, key)))]


async def test_no_odd_value_in_any_place_breaks_the_bot(bots: Bots) -> None:
    """Each place of a submission and of a press holds each of a few odd values once: never a 5xx."""
    bot = await bots.start(rate_limits=False)
    view = {"id": "V1", "type": "modal", "callback_id": "join", "hash": "1.2", "private_metadata": "{}",
            "blocks": [{"type": "input", "block_id": "a"}], "submit": {"type": "plain_text", "text": "Send"},
            "state": {"values": {"a": {"a": {"type": "checkboxes", "selected_options": [{"value": "A"}]}},
                                 "b": {"b": {"type": "datepicker", "selected_date": "2026-11-24"}},
                                 "c": {"c": {"type": "static_select", "selected_option": {"value": "A"}}},
                                 "d": {"d": {"type": "plain_text_input", "value": "Grace"}}}}}  # fmt: skip
    sent = press(bot) | {"type": "view_submission", "view": view}
    statuses: set[int] = set()
    for whole in (sent, press(bot, view=view)):
        for number, place in enumerate(places(whole)):
            for odd in ODD:
                payload = copy.deepcopy(whole) | {"trigger_id": f"{number}.{ODD.index(odd)}.x"}
                holder: Any = payload
                for key in place[:-1]:
                    holder = holder[key]
                holder[place[-1]] = odd
                statuses.add((await bot.deliver(payload, form=True))[0])
    assert statuses <= {200, 400, 403}
