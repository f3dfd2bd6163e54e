"""Mentors' answers as they have been read before, so that ten thousand profiles are not parsed at every ranking."""

from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any, Final

from cachetools import FIFOCache
from sqlalchemy import Connection

MOST: Final = 50_000
"""So many mentors' answers are kept in memory; past it, those kept the longest go."""


class ProfileCache:
    """Answers by (member id, version), for several threads. A version's content never changes once it is committed."""

    def __init__(self) -> None:
        self._answers: FIFOCache[tuple[str, int], Mapping[str, Any]] = FIFOCache(MOST)
        self._lock = Lock()

    def known(self, wanted: Iterable[tuple[str, int]]) -> dict[str, Mapping[str, Any]]:
        """What those of these versions answer that have been read before, by member id."""
        with self._lock:
            read = self._answers.get
            return {version[0]: answers for version in wanted if (answers := read(version)) is not None}

    def put(self, member: str, version: int, answers: Mapping[str, Any]) -> None:
        """Keep it, and let go of the version before."""
        with self._lock:
            self._answers.pop((member, version - 1), None)
            self._answers[member, version] = answers


def profile_cache(db: Connection) -> ProfileCache | None:
    """The cache of the database that is read from; None inside a writing transaction, which may be rolled back."""
    cache: ProfileCache | None = db.get_execution_options().get("profile_cache")
    return cache
