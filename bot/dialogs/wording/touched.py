"""Words for whoever changes a scheme's file: whom that touches, and what becomes of them."""

from collections.abc import Mapping
from typing import Final

from bot.dialogs.view_models.office import Touched

_NAMES = 5
"""How many people a sentence names."""

_SAYS: Final[Mapping[str, tuple[str, str]]] = {
    "gate": ("Took part as {role} and now stand before the gate {gate}", "{then}"),
    "no gate": ("On the way in as {role}, with no gate left", "They go on at the next start."),
    "places": ("More {role}s than the {places} places", "Nobody loses theirs; nobody joins until there are fewer."),
    "limit": ("More mentees than the file allows", "Their connections stay; no new request comes to them."),
    "budget": ("{pairs} connections with a budget of {budget}", "They stay; none begins until there are fewer."),
    "route": ("Requests under way by another route", "They keep the one that they began with."),
    "terms": ("Connections with other terms", "They keep what was agreed when they began."),
    "office": ("Holders of the office {office}, which the file has no more", "They can do nothing by it."),
    "sheet": ("{number} sheets {sheet} filled in, which the file has no more", "They are kept, and not shown."),
    "intake": ("The intake of {role}s is set in chat", "It holds in place of the file’s until it is given back there."),
}
"""What it is about the people who are named between, and what becomes of them."""

_THEN: Final[Mapping[object, str]] = {
    "training": "The office records the training; until then nobody asks them, and they ask nobody.",
    "code": "They accept what the scheme asks of them, on Home; until then nobody asks them, and they ask nobody.",
}


def sentence(touched: Touched) -> str:
    """What the file means for some people, in one line."""
    facts = {**touched.facts, "then": _THEN.get(touched.facts.get("gate"), "They pass it on Home.")}
    head, then = (part.format_map(facts) for part in _SAYS[touched.what])
    more = f" and {len(touched.names) - _NAMES} more" if len(touched.names) > _NAMES else ""
    named = f": {', '.join(touched.names[:_NAMES])}{more}" if touched.names else ""
    return f"{head}{named}. {then}"
