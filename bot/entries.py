"""Entries of settings that are about the offices of schemes, as an engineer writes them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """An address or channel, and which office of which scheme it is for; None: it does not say."""

    value: str
    office: str | None
    scheme: str | None


def entry(written: str) -> Entry:
    """Read "value", "office:value", "scheme/value" or "scheme/office:value"."""
    head, colon, value = written.rpartition(":")
    where = head if colon else written
    scheme, slash, rest = where.partition("/")
    if not slash:
        return Entry(value.strip(), head.strip() if colon else None, None)
    if not colon:
        return Entry(rest.strip(), None, scheme.strip())
    return Entry(value.strip(), rest.strip() or None, scheme.strip())
