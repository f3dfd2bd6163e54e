"""A field in which a file is handed in: its inputs, and the answer that names the file.

The answer is {"file": its id, "name": …, "size": bytes}; in its place stands the `GivenFile`, until that is kept.
"""

from collections.abc import Mapping
from typing import Any

from bot.dialogs import field_words as say
from bot.dialogs.parts import Choices, FileInput, Input
from bot.lifecycle.files import GivenFile, NotGiven, kind_of
from bot.schemes.fields import FormField, SchemeForm


def inputs(field: FormField, stored: Any) -> tuple[Input, ...]:
    """No form shows a file as already chosen: what was handed in stays until another comes, or it is taken out."""
    label, hint = field.label, field.hint or say.WHICH_FILES
    if not _is_file(stored):
        return (FileInput(field.key, label, say.FILE_ENDINGS, field.required, hint),)
    another = FileInput(field.key, label, say.FILE_ENDINGS, False, say.stays(stored["name"]))
    leave_out = Choices(leave_out_key(field), say.keep_it(stored["name"]), (say.LEAVE_OUT,), required=False)
    return (another,) if field.required else (another, leave_out)


def named(id_: str, name: str, size: int) -> dict[str, Any]:
    """The answer that names a kept file; `size` in bytes."""
    return {"file": id_, "name": name, "size": size}


def _is_file(stored: Any) -> bool:
    return isinstance(stored, dict) and {"file", "name", "size"} <= stored.keys()


def leave_out_key(field: FormField) -> str:
    """The key of what is ticked so that a file that was handed in goes."""
    return f"{field.key}:leave_out"


def of(form: SchemeForm, document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The files that an answers document names, by the key of their field."""
    kept = {field.key: document.get(field.key) for field in form.fields if field.kind == "file"}
    return {key: answer for key, answer in kept.items() if isinstance(answer, dict) and _is_file(answer)}


def answer(field: FormField, values: Mapping[str, object], before: Any) -> tuple[Any, dict[str, str]]:
    """The answer to it, and errors by field; `before`: the answer that there was."""
    given = values.get(field.key)
    match given:
        case NotGiven(why="too_large"):
            return None, {field.key: say.too_large(field.label)}
        case NotGiven():
            return None, {field.key: say.not_fetched(field.label)}
        case GivenFile(content=content):
            taken = kind_of(content) is not None
            return (given, {}) if taken else (None, {field.key: say.not_such_a_file(field.label)})
    kept = None if values.get(leave_out_key(field)) else before
    return kept, {field.key: say.missing(field.label)} if field.required and kept is None else {}
