"""Files that people hand in: what is taken is told by what is in them, never by what they are called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

LARGEST: Final = 5_000_000
"""The most bytes of one file."""
FileKind = Literal["pdf", "png", "jpg"]
_BEGINS: Final[Mapping[bytes, FileKind]] = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
ENDINGS: Final[Mapping[FileKind, tuple[str, ...]]] = {"pdf": ("pdf",), "png": ("png",), "jpg": ("jpg", "jpeg")}
"""How the name of a file of each kind may end."""
_UNFIT: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_NAME_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as it was handed in, by the name that it had there."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotGiven:
    """A file that was handed in and has not come through, and why."""

    why: Literal["too_large", "not_fetched"]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is kept. `about`: the id of the sheet in which it was handed in."""

    id: str
    scheme: str
    about: str
    name: str
    content: bytes = field(repr=False)
    given_by: str
    given_at: datetime


def kind_of(content: bytes) -> FileKind | None:
    """What kind of file it is; None for any that is not taken."""
    return next((kind for begins, kind in _BEGINS.items() if content.startswith(begins)), None)


def safe_name(name: str, kind: FileKind) -> str:
    """The name under which it is given back: of one line, without a path, and ending as its kind does."""
    plain = _UNFIT.sub(" ", name).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    if not dot or ending.lower() not in ENDINGS[kind]:
        stem, ending = plain, ENDINGS[kind][0]
    return f"{stem[: _NAME_LONGEST - 5].rstrip(' .')}.{ending}"
