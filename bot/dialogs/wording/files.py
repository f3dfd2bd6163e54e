"""Words about files that were handed in with a sheet."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.dialogs import file_fields
from bot.dialogs.parts import Attachment, Bold, Message, Notice, Part, When
from bot.dialogs.view_models.sheets import FileView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import message, notice, press, say, small
from bot.schemes.sheets import Sheet


def to_read(sheet: Sheet, answers: Mapping[str, Any]) -> list[Part]:
    """A button for each file of a sheet."""
    found = file_fields.of(sheet, answers)
    named = [(each, field.heading) for field in sheet.fields if (each := found.get(field.key))]
    return [press(*(buttons.read_file(each["file"], each["name"], what) for each, what in named))] if named else []


def on_its_way(name: str) -> Notice:
    """The answer to asking for a file."""
    return notice("On its way", f"“{name}” comes to you as a message in a moment. Nobody else gets this copy.")


def brought(view: FileView) -> Message:
    """The file itself."""
    by = "you" if view.given_by.id == view.reader.id else view.given_by.name
    handed_in = small(f"From “{view.sheet.title}”, handed in by {by} on ", When(view.file.given_at), ".")
    said = message(view.reader, say(Bold(view.file.name)), handed_in)
    return replace(said, attachment=Attachment(view.file.name, view.file.content))
