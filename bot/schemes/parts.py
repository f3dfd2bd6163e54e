"""Reading as much of a scheme as can be read, so that one look at a broken file finds all its mistakes."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from bot.schemes.fields import Frozen

T = TypeVar("T", bound=Frozen)


def readable(model: type[T], data: dict[str, Any]) -> T:
    """The table with those of its keys that are right, and what is left out by default; to ask for any other raises
    AttributeError. What does not belong there is passed over."""
    values: dict[str, Any] = {}
    for name, key, _ in _fields(model):
        info = model.model_fields[name]
        if key in data:
            for value in _value(model, name, data[key]):
                values[name] = value
        elif not info.is_required():
            values[name] = info.get_default(call_default_factory=True, validated_data={})
    part = model.model_construct()
    vars(part).clear()
    vars(part).update(values)
    return cast("T", part)


def model_in(annotation: Any) -> type[Frozen] | None:
    """The table that a key holds, or of which it holds several."""
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return annotation
    return next((found for inner in get_args(annotation) if (found := model_in(inner))), None)


def model_at(model: type[Frozen], path: tuple[int | str, ...]) -> type[Frozen] | None:
    """The table at that path below a table; entries of lists and keys of one's own choice are passed through."""
    found: type[Frozen] | None = model
    for step in path:
        if found is None:
            return None
        inner = {key: annotation for _, key, annotation in _fields(found)}
        if step in inner:
            found = model_in(inner[str(step)])
    return found


def keys_of(model: type[Frozen]) -> tuple[str, ...]:
    """The keys of a table as its file writes them."""
    return tuple(key for _, key, _ in _fields(model))


def _fields(model: type[Frozen]) -> Iterator[tuple[str, str, Any]]:
    for name, info in model.model_fields.items():
        yield name, info.alias or name, info.annotation


@cache
def _reader(model: type[Frozen], name: str) -> TypeAdapter[Any]:
    """What reads the value of a key by itself. To make one takes far longer than to read with it."""
    info = model.model_fields[name]
    value: Any = Annotated[info.annotation, *info.metadata, None]
    return TypeAdapter(value)


def _value(model: type[Frozen], name: str, value: Any) -> Iterator[Any]:
    """The value of a key, or what can be read of it: once, or not at all."""
    try:
        yield _reader(model, name).validate_python(value)
        return
    except ValidationError:
        pass
    annotation = model.model_fields[name].annotation
    inner, origin = model_in(annotation), get_origin(annotation)
    if inner is None:
        return
    if isinstance(value, list) and origin is tuple:
        yield tuple(readable(inner, each) for each in value if isinstance(each, dict))
    elif isinstance(value, dict) and origin is dict:
        yield {key: readable(inner, each) for key, each in value.items() if isinstance(each, dict)}
    elif isinstance(value, dict) and origin is not tuple:
        yield readable(inner, value)
