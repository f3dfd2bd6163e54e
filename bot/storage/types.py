"""Column types: moments that are always UTC and aware, and text and files that are only kept encrypted."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import DateTime, Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from bot.lifecycle.documents import Consent
from bot.schemes.parts import readable
from bot.schemes.route import Route
from bot.storage import keyring


class UtcTime(TypeDecorator[datetime]):
    """A moment. A naive datetime is refused (ValueError); what comes back is aware and in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC; SQLite keeps no offset, so it is taken off there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be kept")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Moments(TypeDecorator[tuple[datetime, ...]]):
    """Moments in their order, as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[datetime, ...] | None, dialect: Dialect) -> str | None:
        """Write as JSON, in UTC."""
        return None if value is None else json.dumps([each.astimezone(UTC).isoformat() for each in value])

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[datetime, ...]:
        """Read; a row that is not there has none."""
        return () if value is None or value == "[]" else tuple(map(datetime.fromisoformat, json.loads(value)))


class Days(TypeDecorator[Mapping[str, date]]):
    """Days by key, as a JSON document."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, date] | None, dialect: Dialect) -> str | None:
        """Write as JSON, the same days always as the same text."""
        return None if value is None else json.dumps({key: value[key].isoformat() for key in sorted(value)})

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, date]:
        """Read; a row that is not there has none."""
        return (
            {}
            if value is None or value == "{}"
            else {key: date.fromisoformat(day) for key, day in json.loads(value).items()}
        )


class Consents(TypeDecorator[tuple[Consent, ...]]):
    """Who accepted which document when, as a JSON list in the order in which it was accepted."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Consent, ...] | None, dialect: Dialect) -> str | None:
        """Write as JSON."""
        return None if value is None else json.dumps([(x.document, x.person, x.at.isoformat()) for x in value])

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Consent, ...]:
        """Read; a row that is not there has none."""
        if value is None or value == "[]":
            return ()
        return tuple(Consent(key, person, datetime.fromisoformat(at)) for key, person, at in json.loads(value))


class KeptRoute(TypeDecorator[Route]):
    """The route of a request as it was when the request was made. Keys that came later have their defaults."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Route | None, dialect: Dialect) -> str | None:
        """Write as JSON; nothing stays nothing."""
        return None if value is None else _written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Route | None:
        """Read; many requests have the same one."""
        return None if value is None else _read(value)


@lru_cache(maxsize=64)
def _written(route: Route) -> str:
    return route.model_dump_json()


@lru_cache(maxsize=256)
def _read(written: str) -> Route:
    # Not validated as a whole: a later version may be stricter with new files than with what has been agreed.
    return readable(Route, json.loads(written))


class Private(TypeDecorator[str]):
    """Text that is encrypted before it reaches the database. `column` (table.column) names it in errors."""

    impl = Text
    cache_ok = True

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypt; nothing stays nothing."""
        return None if value is None else keyring.seal(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Decrypt; KeyringError where no key fits."""
        return None if value is None else keyring.unseal(value, self.column)


class PrivateBytes(TypeDecorator[bytes]):
    """A file that is encrypted before it reaches the database. `column` (table.column) names it in errors."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Encrypt; nothing stays nothing."""
        return None if value is None else keyring.seal_bytes(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        """Decrypt; KeyringError where no key fits."""
        return None if value is None else keyring.unseal_bytes(value, self.column)


class PrivateJson(TypeDecorator[Any]):
    """A JSON document that is encrypted whole. `column` (table.column) names it in errors."""

    impl = Text
    cache_ok = True

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write as JSON and encrypt; nothing stays nothing."""
        return None if value is None else keyring.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Decrypt and read; KeyringError where no key fits."""
        return None if value is None else json.loads(keyring.unseal(value, self.column))
