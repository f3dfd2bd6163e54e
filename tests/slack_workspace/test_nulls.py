"""Null in any place, and values of the wrong kind: a refusal in Slack's words or nothing at all, never a crash."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from slack_workspace.blocks import checked_attachments, checked_blocks, checked_view
from slack_workspace.errors import SlackError
from slack_workspace.methods.views import new_view
from slack_workspace.reading import text

from .conftest import World
from .shapes import actions, button, field, home, modal, mrkdwn, option, plain, section, select, text_input
from .test_new_blocks import IN_MESSAGES, alert, container
from .test_rich_text import GOOD, rich

Json = dict[str, Any]
Place = tuple[Any, ...]
CONFIRM = {
    "title": plain("Sure?"),
    "text": mrkdwn("a"),
    "confirm": plain("Yes"),
    "deny": plain("No"),
    "style": "danger",
}
WORDS = text_input(max_length=10, min_length=1, initial_value="a", multiline=True, placeholder=plain("a"))
CHOICE = select(initial_option=option(), placeholder=plain("a"), confirm=CONFIRM, focus_on_load=True)
GROUPS = {"type": "multi_static_select", "option_groups": [{"label": plain("a"), "options": [option()]}]}
NUMBER = {"type": "number_input", "is_decimal_allowed": True, "min_value": "1", "max_value": "2", "initial_value": "1"}
TICKS = {"type": "checkboxes", "options": [option()], "initial_options": [option()]}
OTHERS: list[Json] = [
    *({"type": kind, "initial_user": "U1"} for kind in ("users_select",)),
    {"type": "datepicker", "initial_date": "2026-12-01"},
    {"type": "timepicker", "initial_time": "10:00", "timezone": "Europe/London"},
    {"type": "external_select", "initial_option": option(), "min_query_length": 1},
    {"type": "overflow", "options": [option() | {"url": "https://example.org", "description": plain("a")}]},
]
VIEW = modal(
    *(field(block_id=str(n), hint=plain("a"), element=e) for n, e in enumerate([WORDS, CHOICE, GROUPS, NUMBER, TICKS])),
    section(accessory=button(confirm=CONFIRM, style="primary"), fields=[plain("a")], expand=True),
    actions(*[element | {"action_id": element["type"]} for element in OTHERS]),
    alert(),
    container(field(block_id="inside"), width="full"),
    callback_id="a",
    external_id="b",
    private_metadata="c",
    close=plain("Close"),
    notify_on_close=True,
)
MESSAGE = [*IN_MESSAGES.values(), rich(*GOOD.values())]
ATTACHMENTS = [
    {"color": "good", "blocks": [section(), actions()]},
    {"title": "a", "fields": [{"title": "a", "value": "b"}]},
]
STRANGE: list[Any] = [None, 0, -1, 1.5, True, "", "x", [], [None], {}, {"type": None}, {"type": ["x"]}, [[]]]


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    if here:
        yield here
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield from places(inner, (*here, key))


def changed(whole: Any, place: Place, strange: Any) -> Any:
    """A copy with something strange in one place."""
    result = copy.deepcopy(whole)
    inner = result
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = strange
    return result


def refusal(check: Callable[[], object]) -> str:
    """The code of Slack's error, "" where the value was taken; any other exception is a crash."""
    try:
        check()
    except SlackError as error:
        return error.code
    return ""


def refusals(whole: Any, check: Callable[[Any], object]) -> set[str]:
    """What came of every strange value in every place."""
    tried = (changed(whole, place, strange) for place in places(whole) for strange in STRANGE)
    return {refusal(lambda spoilt=spoilt: check(spoilt)) for spoilt in tried}  # type: ignore[misc]


@pytest.mark.parametrize("whole", [VIEW, home(section(), actions(CHOICE))], ids=["modal", "home"])
async def test_views_with_something_strange_in_one_place(world: World, whole: Json) -> None:
    def shown(view: Any) -> str:
        return text(new_view(world.workspace._core, world.katherine, checked_view(view, kind=whole["type"])))

    assert refusals(whole, shown) == {"", "invalid_arguments"}


@pytest.mark.parametrize("block", MESSAGE, ids=lambda block: str(block["type"]))
def test_messages_with_something_strange_in_one_place(block: Json) -> None:
    assert refusals([block], checked_blocks) <= {"", "invalid_blocks", "invalid_blocks_format"}


def test_attachments_with_something_strange_in_one_place() -> None:
    codes = {"", "invalid_attachments", "invalid_blocks", "invalid_blocks_format", "no_text"}
    assert refusals(ATTACHMENTS, checked_attachments) == codes


async def test_null_in_optional_places_is_nothing_at_all(world: World) -> None:
    empty = text_input(max_length=None, min_length=None, initial_value=None, placeholder=None)
    view = modal(field(element=empty, hint=None, optional=None), private_metadata=None, external_id=None, close=None)
    assert (await world.call("views.open", {"trigger_id": world.trigger(), "view": view}))["ok"]
    (shown,) = world.test_user().modals
    assert set(shown.blocks[0]["element"]) == {"type", "action_id"}
