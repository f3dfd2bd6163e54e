"""Something strange in every argument of every method, and in what the page and the control API are sent: refusals in
plain words, never a crash."""

from typing import Any

import pytest

from slack_workspace.arguments import Arguments
from slack_workspace.reference import REFERENCE
from slack_workspace.web_api import handler

from .conftest import World
from .listener import Listener
from .shapes import actions, field, modal
from .test_nulls import STRANGE, refusal
from .test_reference import CALLS, Kept, kept

Json = dict[str, Any]
__all__ = ["kept"]
MORE: list[Any] = [*STRANGE, "[", "{}", "[1]", "nan", "-1", "\x00", "é" * 300, "9" * 30, {"a": {}}, False, 10**30]


@pytest.mark.parametrize("method", REFERENCE)
async def test_no_argument_makes_a_method_crash(world: World, kept: Kept, method: str) -> None:
    core, serve = world.workspace._core, handler(method)
    base = CALLS[method](world, kept)
    for name in sorted(REFERENCE[method].arguments | set(base)):
        for strange in MORE:
            refusal(lambda name=name, strange=strange: serve(core, Arguments(base | {name: strange})))  # type: ignore[misc]
        refusal(lambda name=name: serve(core, Arguments({name: base.get(name, "x")})))  # type: ignore[misc]


PAGE: dict[str, Json] = {
    "read": {"channel": "DM"},
    "home": {},
    "press": {"where": {"channel": "DM", "ts": "TS"}, "block_id": "b", "action_id": "accept", "value": {}, "state": {}},
    "suggest": {"where": {"view": "VIEW"}, "block_id": "why", "action_id": "words", "value": "a"},
    "submit": {"view": "VIEW", "state": {"why": {"words": {"type": "plain_text_input", "value": "a"}}}},
    "close": {"view": "VIEW"},
    "command": {"channel": "DM", "text": "/mentoring"},
    "say": {"channel": "DM", "text": "hello"},
    "turn": {"by": "P1D"},
}


@pytest.mark.parametrize("action", PAGE)
async def test_nothing_makes_the_page_crash(world: World, app: Listener, action: str) -> None:
    posted = await world.call("chat.postMessage", {"channel": world.dm, "text": "?", "blocks": [actions(block_id="b")]})
    opened = await world.call("views.open", {"trigger_id": world.trigger(), "view": modal(field())})
    real = {"DM": world.dm, "TS": posted["ts"], "VIEW": opened["view"]["id"]}

    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: filled(inner) for key, inner in value.items()}
        return real.get(value, value)

    base = filled(PAGE[action]) | {"as": world.katherine}
    url = f"{world.workspace.url}/page/{action}"
    for body in [base | {name: strange} for name in base for strange in STRANGE] + [{}]:
        async with world.session.post(url, json=body) as answer:
            assert answer.status in (200, 400), (body, await answer.text())
            assert "ok" in await answer.json()


CONTROL: dict[str, Json] = {
    "faults": {"method": "*", "kind": "slow", "times": 1, "seconds": 0},
    "people": {"name": "Ada", "email": "ada@example.org", "tz": "Europe/London", "title": "", "guest": False},
    "socket": {"do": "warn"},
}


@pytest.mark.parametrize("path", CONTROL)
async def test_nothing_makes_the_control_api_crash(world: World, path: str) -> None:
    url, base = f"{world.workspace.url}/control/{path}", CONTROL[path]
    for name in base:
        for strange in STRANGE:
            async with world.session.post(url, json=base | {name: strange}) as answer:
                assert answer.status in (200, 400), (name, strange)
    for raw in (b"", b"{", b"[]", b"\xff"):
        async with world.session.post(url, data=raw) as answer:
            assert answer.status == 400
    async with world.session.get(f"{world.workspace.url}/page/state", params={"as": world.katherine}) as shown:
        assert shown.status == 200, "whatever came in, the page can still be drawn"
    assert world.test_user().messages() == []
