"""What is no fresh, whole delivery of Microsoft's for this bot and its tenant is turned away, and changes nothing."""

import asyncio
import copy
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from bot.handlers.teams.platform import LARGEST
from tests.support.databases import rows
from tests.support.teams.activities import Sender
from tests.support.teams.keys import STRANGE, UNKNOWN
from tests.support.teams.model import Delivery, Json
from tests.support.teams.service import Service
from tests.support.teams_bots import TeamsBot, TeamsBots

CAREER = "Resident doctor within one year of CCT"
ELSEWHERE = "11111111-2222-4333-8444-555555555555"
MANY = 5_000
AT_ONCE = 20


def kept(bot: TeamsBot) -> dict[str, object]:
    """How much the database holds, table by table."""
    tables = ("people", "members", "requests", "outbox", "idempotency_keys", "audit")
    return {table: rows(bot.app.database, f"SELECT count(*) FROM {table}")[0][0] for table in tables}


@pytest.fixture
async def bot(teams_bots: TeamsBots) -> TeamsBot:
    """A bot that three people have, all of whose first messages have gone out."""
    made = await teams_bots.start(rate_limits=False)
    await made.quiet()
    return made


async def submission(bot: TeamsBot) -> Json:
    """A form sent off as Teams sends it, by which Mary asks to join; it was made by Katherine, who has joined by it."""
    katherine = bot.test_user("Katherine")
    await katherine.press("Join as mentee")
    await katherine.expect_modal("Join as mentee")
    await katherine.fill({"membership_number": "12345", "stage": CAREER})
    assert await katherine.submit() == {}
    await bot.quiet()
    activity = copy.deepcopy(bot.place.state.deliveries[-1].activity)
    assert activity["value"]["action"]["verb"] == "join"
    mary = bot.test_user("Mary")
    return activity | {
        "id": f"f:{uuid4()}",
        "from": {"id": mary.person.id, "name": "Mary", "aadObjectId": mary.user},
        "conversation": activity["conversation"] | {"id": mary.chat.id},
    }


TOKENS: dict[str, Callable[[Service], str]] = {
    "none": lambda _: "",
    "nonsense": lambda _: "nonsense",
    "three dots": lambda _: "a.b.c",
    "too long": lambda service: service.token(padding="x" * 9_000),
    "for another bot": lambda service: service.token(aud=ELSEWHERE),
    "for several, and not this bot": lambda service: service.token(aud=[ELSEWHERE, "api://x"]),
    "for nobody": lambda service: service.token(aud=None),
    "of another issuer": lambda service: service.token(iss="https://sts.windows.net/x/"),
    "of no issuer": lambda service: service.token(iss=None),
    "expired": lambda service: service.token(exp=1_700_000_000),
    "without an end": lambda service: service.token(exp=None),
    "not yet": lambda service: service.token(nbf=4_000_000_000),
    "with an odd end": lambda service: service.token(exp="tomorrow"),
    "by another's key": lambda service: service.token(key=STRANGE),
    "by an unknown key": lambda service: service.token(key=UNKNOWN),
    "unsigned": lambda service: service.token(header={"alg": "none"}),
    "by a shared secret": lambda service: service.token(header={"alg": "HS256"}),
    "with a key of its own": lambda service: service.token(key=STRANGE, header={"jku": "https://example.org/keys"}),
    "without a key's name": lambda service: service.token(header={"kid": None}),
    "from another service": lambda service: service.token(serviceurl="https://example.org/"),
    "from no service": lambda service: service.token(serviceurl=None),
}


async def test_who_is_not_microsoft_gets_no_further_than_the_door(bot: TeamsBot) -> None:
    activity = await submission(bot)
    before = kept(bot)
    for name, made in TOKENS.items():
        done = await bot.place.deliver(activity, made(bot.place.service))
        assert done.status == 401, name
    await bot.quiet()
    assert kept(bot) == before
    assert (await bot.place.deliver(activity)).status == 200
    assert kept(bot) != before, "with the right token, it is acted on"


def shapes(activity: Json) -> dict[str, tuple[Json | bytes, dict[str, str], int]]:
    """Bodies that Teams does not send: what they are, with which headers, and what answers them."""
    body = json.dumps(activity).encode()
    other = {"tenant": {"id": ELSEWHERE}}
    return {
        "nothing": (b"", {}, 400),
        "no JSON": (b"{", {}, 400),
        "no object": (b"[]", {}, 400),
        "too deep": (b"[" * 50_000, {}, 400),
        "half a character": (body.replace(b'"Mary"', b'"\\ud800"'), {}, 400),
        "the zero character": (body.replace(b'"12345"', b'"1\\u00002"'), {}, 400),
        "no UTF-8": (body.replace(b'"Mary"', b'"\xff"'), {}, 400),
        "too large": (body + b" " * LARGEST, {}, 413),
        "a form": (body, {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        "of another tenant": (activity | {"channelData": other}, {}, 403),
        "of two tenants": (activity | {"conversation": activity["conversation"] | {"tenantId": ELSEWHERE}}, {}, 403),
        "of no tenant": (
            activity | {"channelData": {}, "conversation": {"id": "a:1", "conversationType": "personal"}}, {}, 403
        ),
        "from elsewhere": (activity | {"serviceUrl": "https://example.org/"}, {}, 401),
        "from nowhere": (activity | {"serviceUrl": None}, {}, 401),
        "of nobody": (activity | {"from": None}, {}, 400),
        "of a number": (activity | {"from": {"id": 5}}, {}, 400),
        "without an id": (activity | {"id": ""}, {}, 400),
        "without a kind": ({k: v for k, v in activity.items() if k != "type"}, {}, 400),
        "without a value": (activity | {"value": None}, {}, 400),
        "with a list for a value": (activity | {"value": [1]}, {}, 400),
        "with a button that is none of ours": (activity | {"value": {"action": {"type": "Action.Execute"}}}, {}, 400),
    }  # fmt: skip


async def test_what_teams_never_sends_changes_nothing(bot: TeamsBot) -> None:
    activity = await submission(bot)
    before = kept(bot)
    for name, (body, headers, status) in shapes(activity).items():
        done = await bot.place.deliver(body, bot.place.service.usual_token, **headers)
        assert done.status == status, name
    await bot.quiet()
    assert kept(bot) == before


async def test_what_is_none_of_the_bots_business_is_answered_and_changes_nothing(bot: TeamsBot) -> None:
    mary = bot.test_user("Mary")
    sender: Sender = bot.place.sender(mary.person, mary.chat)
    before = kept(bot)
    for name in ("task/fetch", "task/submit", "composeExtension/query", "signin/verifyState", "nothing/known", ""):
        done = await bot.place.deliver(sender.invoke(name, {"data": {}}))
        assert (done.status, done.body["statusCode"]) == (200, 200), name
    for kind in ("messageReaction", "typing", "event", "endOfConversation", "messageUpdate"):
        assert (await bot.place.deliver(sender.message("Hello") | {"type": kind})).status == 200, kind
    await bot.quiet()
    assert kept(bot) == before


async def test_a_delivery_that_comes_again_is_answered_alike_and_acted_on_once(bot: TeamsBot) -> None:
    activity = await submission(bot)
    first, *others = await asyncio.gather(*(bot.place.deliver(activity) for _ in range(5)))
    assert first.status == 200
    assert [each.body for each in others] == [first.body] * 4
    joined = "SELECT count(*) FROM members"
    assert rows(bot.app.database, joined) == [(2,)]
    await bot.place.deliver(activity | {"id": f"f:{uuid4()}"})
    assert rows(bot.app.database, joined) == [(2,)], "and likewise once where a second click sends it"


def hostile(bot: TeamsBot, activity: Json) -> Iterator[tuple[Json | bytes, str, dict[str, str]]]:
    """Deliveries without end, each wrong in at least one way: body, token, headers."""
    chance = random.Random(14)
    service = bot.place.service
    tokens = [make(service) for make in TOKENS.values()]
    right = service.token()
    wrong = [(body, headers) for body, headers, _ in shapes(activity).values()]
    while True:
        if chance.random() < 0.6:
            body: Json | bytes = activity | {"id": f"f:{chance.random()}"}
            yield body, chance.choice(tokens), {}
        elif chance.random() < 0.5:
            odd, headers = chance.choice(wrong)
            yield odd, right, headers
        else:
            raw = bytearray(json.dumps(activity).encode())
            for _ in range(chance.randint(1, 8)):
                raw[chance.randrange(len(raw))] = chance.randrange(256)
            yield bytes(raw), chance.choice(tokens), {}


async def test_thousands_of_hostile_deliveries_change_nothing(bot: TeamsBot) -> None:
    activity = await submission(bot)
    before, fetched = kept(bot), bot.place.service.key_fetches
    endless = hostile(bot, activity)
    answers = Counter[int]()

    async def some(number: int) -> None:
        for _ in range(number):
            body, token, headers = next(endless)
            done: Delivery = await bot.place.deliver(body, token, **headers)
            answers[done.status] += 1

    await asyncio.gather(*(some(MANY // AT_ONCE) for _ in range(AT_ONCE)))
    assert sum(answers.values()) == MANY
    assert set(answers) <= {400, 401, 403, 413, 415}, answers
    assert bot.place.service.key_fetches - fetched <= 2, "strangers do not make the bot ask for keys"
    await bot.quiet()
    assert kept(bot) == before
    bot.place.assert_no_trouble()


async def test_a_mangled_delivery_of_microsofts_own_is_never_a_fault(bot: TeamsBot) -> None:
    """Rightly signed, with any part of it in another shape: it may be acted on or not, and is always answered."""
    activity = await submission(bot)
    answers = Counter[int]()
    for mangled in _mangled(activity):
        done = await bot.place.deliver(mangled)
        answers[done.status] += 1
    assert set(answers) <= {200, 400, 401, 403}, answers
    assert answers[400] > 20


def _mangled(activity: Json) -> Iterator[Json]:
    odd: tuple[Any, ...] = (None, 5, "", "x" * 5_000, [], {}, [None], {"id": 5}, True)
    for path in list(_paths(activity)):
        for value in odd:
            changed = copy.deepcopy(activity) | {"id": f"f:{uuid4()}"}
            place = changed
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = value
            yield changed


def _paths(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from _paths(value, (*path, key))
