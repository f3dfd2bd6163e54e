"""Selects whose options the app gives while somebody types: asking it, and remembering what it offered.

Source: https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
"""

from typing import Final

from slack_workspace import elements, payloads
from slack_workspace.bounded import trim
from slack_workspace.checks import without_nulls
from slack_workspace.core import Core
from slack_workspace.deliveries import Deliverer
from slack_workspace.element_rules import SUGGESTED
from slack_workspace.errors import Refusal
from slack_workspace.model import Json, Message, Person, Values, View

QUERY: Final = 3
"""Characters that are typed before the app is asked, unless the element says otherwise."""
REMEMBERED: Final = 500
"""Options of one such field that stay choosable: several can be looked for one after the other."""


class Suggestions:
    """Raises Refusal wherever the person would be told that it did not work."""

    def __init__(self, core: Core, deliverer: Deliverer) -> None:
        self._core = core
        self._deliverer = deliverer
        self._offered: dict[tuple[str, str, str], list[Json]] = {}

    async def ask(self, who: Person, shown: View | Message, block_id: str, action_id: str, typed: str) -> list[Json]:
        """What the app offers when this is typed; nothing while it is too short."""
        found = elements.find(shown.surface, block_id, action_id)
        if found is None or found[1]["type"] not in elements.EXTERNAL:
            raise Refusal("That field is no longer there.")
        if len(typed) < found[1].get("min_query_length", QUERY):
            return []
        payload = payloads.block_suggestion(self._core, who, shown, block_id, action_id, typed)
        delivery = await self._deliverer.interact("interactive", payload)
        if not delivery.acked:
            raise Refusal(delivery.message)
        problems: list[str] = []
        SUGGESTED(without_nulls(delivery.answer), "", problems)
        if problems:
            raise Refusal(f"The app's options could not be shown: {'; '.join(problems)}.")
        offered = elements.options_of(delivery.answer)
        self._remember((who.id, block_id, action_id), offered)
        return offered

    def _remember(self, field: tuple[str, str, str], offered: list[Json]) -> None:
        self._offered[field] = [*self._offered.get(field, ()), *offered][-REMEMBERED:]
        trim(self._offered)

    def offering(self, user: str, block_id: str, element: Json, values: Values) -> Json:
        """The element with the options that can be chosen: those the app offered, and what is chosen already."""
        if element["type"] not in elements.EXTERNAL:
            return element
        ids = block_id, element["action_id"]
        chosen = values.get(ids[0], {}).get(ids[1], {}).get(elements.state_key(element["type"]) or "") or []
        kept = chosen if isinstance(chosen, list) else [chosen]
        return element | {"options": [*self._offered.get((user, *ids), ()), *kept]}
