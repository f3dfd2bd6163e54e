"""Fixtures that every floor's tests may use."""

from tests.support.databases import (
    _postgresql_template,
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
    "_postgresql_template",
    "_sqlite_template",
    "database",
    "database_url",
    "empty_url",
    "engine_name",
    "postgresql",
    "postgresql_url",
    "sqlite_url",
]
