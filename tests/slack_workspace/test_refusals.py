"""Invalid calls, each with the error Slack names for it and the page that says so, made over real HTTP."""

import pytest

from .conftest import World
from .invalid import DOCS, Invalid, Make, Place
from .invalid_calls import CHAT, READING, TOKENS
from .invalid_messages import MESSAGES
from .invalid_views import MODALS

INVALID = [*TOKENS, *CHAT, *READING, *MODALS, *MESSAGES]


def test_the_table_is_long_enough_and_names_its_pages() -> None:
    assert len(INVALID) >= 60
    assert len({(i.method, i.name) for i in INVALID}) == len(INVALID)
    assert all(i.page.startswith(DOCS) for i in INVALID)


@pytest.fixture
async def place(world: World) -> Place:
    furnished = Place(world)
    await furnished.furnish()
    return furnished


@pytest.mark.parametrize("invalid", INVALID, ids=lambda i: f"{i.method}: {i.name}")
async def test_an_invalid_call_gets_slacks_error(place: Place, invalid: Invalid) -> None:
    token = place.world.workspace.app_token if invalid.token == "app" else invalid.token
    answer = await place.world.call(invalid.method, invalid.arguments(place), token)
    assert (answer["ok"], answer["error"]) == (False, invalid.error), answer
    if invalid.words:
        assert any(invalid.words in line for line in answer["response_metadata"]["messages"]), answer
    call = place.world.workspace.calls[-1]
    assert (call.method, call.error) == (invalid.method, invalid.error)


async def test_nothing_invalid_leaves_a_trace(place: Place) -> None:
    """Every refused call leaves messages, views and files as they were."""
    state = place.world.workspace.state
    before = (dict(state.messages), dict(state.homes), dict(state.stacks))
    lines = {channel: list(said) for channel, said in state.messages.items()}
    for invalid in INVALID:
        token = place.world.workspace.app_token if invalid.token == "app" else invalid.token
        await place.world.call(invalid.method, invalid.arguments(place), token)
    assert {channel: list(said) for channel, said in state.messages.items()} == lines
    assert (dict(state.homes), dict(state.stacks)) == before[1:]


SCOPED: dict[str, tuple[str, Make]] = {
    "chat.postMessage": ("chat:write", lambda p: p.post()),
    "conversations.open": ("im:write", lambda p: {"users": p.world.katherine}),
    "conversations.history": ("im:history", lambda p: {"channel": p.dm}),
    "users.info": ("users:read", lambda p: {"user": p.world.katherine}),
    "users.lookupByEmail": ("users:read.email", lambda p: {"email": "katherine@example.org"}),
    "files.getUploadURLExternal": ("files:write", lambda p: {"filename": "a", "length": 1}),
    "files.info": ("files:read", lambda p: {"file": "F1"}),
}


@pytest.mark.parametrize("method", SCOPED)
async def test_a_method_without_its_scope_says_which_is_missing(place: Place, method: str) -> None:
    """https://docs.slack.dev/reference/methods: missing_scope, with `needed` and `provided`."""
    scope, arguments = SCOPED[method]
    core = place.world.workspace._core
    core.scopes = core.scopes - {scope}
    answer = await place.world.call(method, arguments(place))
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert scope not in answer["provided"].split(",")
