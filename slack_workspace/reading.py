"""What a person can read on a message or a view, and where on it the thing with a given label is."""

from collections.abc import Iterator
from dataclasses import dataclass

from slack_workspace import elements
from slack_workspace.blocks import texts
from slack_workspace.model import Json, Message, Values, View


@dataclass(frozen=True, slots=True)
class Pressable:
    """Something that can be pressed: a button, or one choice of an overflow menu (`value`)."""

    block: Json
    element: Json
    label: str
    value: Json | None = None

    def answers_to(self, name: str) -> bool:
        return name in (self.label, self.element["action_id"], self.element.get("accessibility_label"))


def pressables(blocks: list[Json]) -> Iterator[Pressable]:
    """Everything that can be pressed, from top to bottom."""
    for block, element in elements.elements(blocks):
        if element["type"] == "button":
            yield Pressable(block, element, element["text"]["text"])
        elif element["type"] == "overflow":
            for option in element["options"]:
                value = {"type": "overflow", "selected_option": option}
                yield Pressable(block, element, option["text"]["text"], value)


def field(blocks: list[Json], name: str) -> tuple[Json, Json] | None:
    """The field with this label, action id or block id, and its block."""
    for block, element in elements.elements(blocks):
        if elements.state_key(element["type"]) and name in _names(block, element):
            return block, element
    return None


def fields(blocks: list[Json]) -> list[str]:
    """The labels of all fields, for a helpful refusal."""
    return [_names(b, e)[0] for b, e in elements.elements(blocks) if elements.state_key(e["type"])]


def _names(block: Json, element: Json) -> tuple[str, ...]:
    names = [block["label"]["text"]] if "label" in block else []
    names += [block["text"]["text"]] if block["type"] == "section" and block.get("text") else []
    names += [element["placeholder"]["text"]] if "placeholder" in element else []
    return (*names, element["action_id"], block["block_id"])


def text(shown: View | Message) -> str:
    """Everything readable, one text a line: words, labels, choices, what was typed, errors."""
    if isinstance(shown, Message):
        words = "\n".join(texts(shown.blocks)) if shown.blocks else shown.text
        return "\n".join([words, *attached(shown)]) if shown.attachments else words
    lines = [shown.title, *texts(shown.blocks), *_typed(shown.values), *shown.errors.values()]
    return "\n".join(line for line in [*lines, shown.submit, shown.close] if line)


def pictures(shown: View | Message) -> list[str]:
    """What those who cannot see the pictures beside its texts are told of them, top to bottom."""
    beside = (block.get("accessory") or {} for block in shown.blocks)
    return [str(part["alt_text"]) for part in beside if part.get("type") == "image"]


def attached(said: Message) -> Iterator[str]:
    """What can be read in the attachments of a message."""
    for attachment in said.attachments:
        named = (attachment.get(key) for key in ("pretext", "author_name", "title", "text", "footer"))
        yield from (words for words in named if words)
        for row in attachment.get("fields", ()):
            yield f"{row.get('title', '')} {row.get('value', '')}".strip()
        yield from texts(attachment.get("blocks", ()))


def _typed(values: Values) -> Iterator[str]:
    for states in values.values():
        for state in states.values():
            for key in ("value", "selected_date", "selected_time"):
                if state.get(key):
                    yield str(state[key])


def labelled(view: View, errors: dict[str, str]) -> dict[str, str]:
    """Errors by the label of their field, as the person sees them; by block id where there is no label."""
    labels = {
        block["block_id"]: block["label"]["text"] for block in elements.all_blocks(view.blocks) if "label" in block
    }
    return {labels.get(block_id, block_id): words for block_id, words in errors.items()}
