"""Fixtures that every floor's tests may use, and in which order and how many at a time tests run."""

import os

import pytest
from hypothesis import settings

from tests.support.collector import spare_the_collector
from tests.support.databases import (
    _spare_postgresql_urls,
    _sqlite_template,
    database,
    database_url,
    empty_url,
    engine_name,
    postgresql,
    postgresql_url,
    sqlite_url,
)

__all__ = [
    "_spare_postgresql_urls",
    "_sqlite_template",
    "database",
    "database_url",
    "empty_url",
    "engine_name",
    "postgresql",
    "postgresql_url",
    "sqlite_url",
]

settings.register_profile("here", deadline=None)  # how long an example takes is for `make bench`
settings.load_profile("here")

_PER_CORE = 2
"""Tests at a time: many wait for a timer, a browser or another process half of their time."""
_AT_MOST = 8


def pytest_xdist_auto_num_workers() -> int:
    """How many processes run tests where nobody says."""
    return min(_AT_MOST, _PER_CORE * (os.cpu_count() or 1))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that have asked for more time begin first: nobody is left waiting for one of them at the end."""
    items.sort(key=_seconds_asked_for, reverse=True)
    if getattr(config.option, "loadgroup", False):
        for item in items:
            _say_group(item)


def _say_group(item: pytest.Item) -> None:
    """pytest-xdist 3.8 reads a test's group off its id, and writes it where pytest 9.2 does not look for one any more:
    without this every worker would take from every group, and make what its tests share once more."""
    mark = item.get_closest_marker("xdist_group")
    if mark and "@" not in item.nodeid.rpartition("]")[2]:
        item._id = type(item.id).parse(f"{item.nodeid}@{mark.args[0]}")


def _seconds_asked_for(item: pytest.Item) -> float:
    mark = item.get_closest_marker("timeout")
    return float(mark.args[0]) if mark else 0.0


def pytest_collection_finish() -> None:
    """What has been imported for the tests is there for all of them."""
    spare_the_collector()
