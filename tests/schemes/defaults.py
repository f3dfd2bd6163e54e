"""What holds where a scheme's file says nothing, as `docs/schemes.md` shows it: a row for each of the file's tables."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.schemes.period import Period
from bot.schemes.scheme import Scheme

HEAD = "| Table | Has to be given | Left out, it is | Left out, there is none |\n|---|---|---|---|\n"
_ROLE = "roles.mentee"
"""Both roles have the same keys."""


def table() -> str:
    """All of it, in Markdown."""
    return HEAD + "".join(_row(name, model) for name, model in _tables())


def _tables() -> Iterator[tuple[str, type[BaseModel]]]:
    """Each table of a file by its name, once, in the order of the model."""
    seen = set[type[BaseModel]]()
    waiting: list[tuple[str, type[BaseModel]]] = [("", Scheme)]
    while waiting:
        name, model = waiting.pop(0)
        if model in seen:
            continue
        seen.add(model)
        yield name, model
        inner = [
            (_named(name, key, field), each) for key, field in model.model_fields.items() for each in _models(field)
        ]
        waiting = [*inner, *waiting]


def _named(outer: str, key: str, field: FieldInfo) -> str:
    key = _ROLE if key == "roles" else field.alias or key
    return f"{outer}.{key}" if outer else key


def _models(field: FieldInfo) -> list[type[BaseModel]]:
    found, waiting = list[type[BaseModel]](), [field.annotation]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, type) and issubclass(each, BaseModel):
            found.append(each)
        waiting += get_args(each)
    return found


def _row(name: str, model: type[BaseModel]) -> str:
    needed, stands, none = list[str](), list[str](), list[str]()
    for key, field in model.model_fields.items():
        key = field.alias or key
        default = field.get_default(call_default_factory=True)
        if field.is_required():
            needed.append(f"`{key}`")
        elif isinstance(default, BaseModel):
            continue  # a table of its own
        elif default in (None, "", (), frozenset()) and default is not False:
            none.append(f"`{key}`")
        else:
            stands.append(f"`{key} = {_toml(default)}`")
    cells = (f"`{name}`" if name else "the top", ", ".join(needed), ", ".join(stands), ", ".join(none))
    return f"| {' | '.join(cells)} |\n"


def _toml(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Period():
            return f'"{value.written}"'
        case str():
            return f'"{value}"'
        case tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case _:
            return str(value)
