"""What a process remembers of rows it has read, so that ten thousand profiles are not parsed at every ranking."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

MOST = 50_000
"""So many mentors' answers are kept in memory; past it, it starts anew."""


class Remembered:
    """Mentors' answers by (member id, version). A version's content never changes once it is committed."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, int], Mapping[str, Any]] = {}

    def known(self, wanted: Iterable[tuple[str, int]]) -> dict[str, Mapping[str, Any]]:
        """What those of these versions answer that have been read before, by member id."""
        read = self._answers.get  # other threads put and let go meanwhile
        return {version[0]: answers for version in wanted if (answers := read(version)) is not None}

    def put(self, member: str, version: int, answers: Mapping[str, Any]) -> None:
        """Keep it, and let go of the version before."""
        if len(self._answers) >= MOST:
            self._answers = {}
        self._answers.pop((member, version - 1), None)
        self._answers[member, version] = answers


def remembered(db: Connection) -> Remembered | None:
    """The memory of the database that is read from; None inside a writing transaction, which may be rolled back."""
    memory: Remembered | None = db.get_execution_options().get("remembered")
    return memory
