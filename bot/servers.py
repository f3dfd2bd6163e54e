"""Servers of others that the settings may name: where each is, and as whom the bot comes to it."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from pydantic import SecretStr

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
GRAPH: Final = "https://graph.microsoft.com/v1.0"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server, from SMTP_URL. `tls`: encrypted from the first byte; otherwise STARTTLS where it is offered."""

    host: str
    port: int
    sender: str
    tls: bool
    user: str | None = None
    password: SecretStr | None = None


@dataclass(frozen=True, slots=True)
class MicrosoftApplication:
    """An application registered with Microsoft Entra, by a `secret` or by a PEM `certificate`; `url`: Graph's."""

    tenant: str
    client: str
    secret: SecretStr | None = None
    certificate: Path | None = None
    url: str = GRAPH


def public(value: str | None) -> str | None:
    """Where the bot is reached from outside. Raises ValueError with what is wrong, as all of these."""
    return value and _address(value, "would send calendars in the clear")


def graph(value: str | None) -> str | None:
    """Where Microsoft Graph is."""
    return value and _address(value, "would send the token in the clear")


def tenant(value: str | None) -> str | None:
    """The name of a directory: an id or a domain."""
    if value is not None and not re.fullmatch(r"[A-Za-z0-9.-]+", value):
        raise ValueError("is neither a tenant’s id nor its domain")
    return value


def identity(value: str | None) -> str | None:
    """Which managed identity of Azure: the machine's own, "system", or the client id of another."""
    if value is None or value == "system":
        return value
    try:
        return str(UUID(value))
    except ValueError:
        raise ValueError("is neither a client id nor the word system") from None


def readable(value: Path | None) -> Path | None:
    """A file that is there."""
    if value is not None and not (value.is_file() and os.access(value, os.R_OK)):
        raise ValueError("names no file that can be read")
    return value


def mail(url: str) -> Mail:
    """The mail server of an address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError("is not an address") from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("is not an smtp:// or smtps:// address")
    sender = parse_qs(parts.query).get("from", [""])[0]
    if "@" not in sender or any(character.isspace() for character in sender):
        raise ValueError("names no sender (?from=…)")
    tls = parts.scheme == "smtps"
    return Mail(
        parts.hostname, port or (465 if tls else 587), sender, tls,
        unquote(parts.username) if parts.username else None,
        SecretStr(unquote(parts.password)) if parts.password else None,
    )  # fmt: skip


def _address(value: str, clear: str) -> str:
    """An https address (http on this computer alone), without a slash at its end."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise ValueError("is not an address") from None
    if not parts.hostname or parts.scheme not in ("http", "https") or any(each.isspace() for each in value):
        raise ValueError("is not an address")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError("holds more than an address and a path")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError(clear)
    return value.rstrip("/")
