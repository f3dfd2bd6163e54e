"""Fixtures that every floor's tests may use."""

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
