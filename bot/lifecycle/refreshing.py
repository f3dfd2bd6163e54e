"""The yearly refresh of the directory: from one day of each year on every mentor confirms their entry or changes it.
Who has done neither after some time is shown to the office, and marked in the directory or left out of it."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.lifecycle.member import Member
from bot.lifecycle.step import Refused, Step
from bot.schemes.scheme import Scheme


def last_refresh(scheme: Scheme, now: datetime) -> datetime | None:
    """When the entries were last to be confirmed anew; None: they need not be."""
    return _refresh(scheme, now, 0) or _refresh(scheme, now, -1)


def next_refresh(scheme: Scheme, now: datetime) -> datetime | None:
    """When they are next."""
    last = last_refresh(scheme, now)
    return last.replace(year=last.year + 1) if last else None


def _refresh(scheme: Scheme, now: datetime, years: int) -> datetime | None:
    if scheme.directory.refreshed is None:
        return None
    month, day = (int(part) for part in scheme.directory.refreshed.split("-"))
    at = datetime(now.astimezone(UTC).year + years, month, day, tzinfo=UTC)
    return at if at <= now else None


def mark(scheme: Scheme, now: datetime) -> datetime | None:
    """The moment since which an entry must have been confirmed not to be shown as unconfirmed; None: there is none, or
    there is still time."""
    last = last_refresh(scheme, now)
    return last if last is not None and scheme.directory.within.after(last) <= now else None


def fresh_since(member: Member) -> datetime | None:
    """When a mentor's entry was last confirmed, or first came to be."""
    return member.confirmed_at or member.approved_at


def wanted(member: Member, scheme: Scheme, now: datetime) -> bool:
    """Whether this mentor has an entry that is to be confirmed, or changed, now."""
    last, since = last_refresh(scheme, now), fresh_since(member)
    is_mentor = member.role == "mentor" and member.state == "approved"
    return is_mentor and last is not None and since is not None and since < last


def may_confirm(member: Member, scheme: Scheme, now: datetime) -> None:
    """Whether there is an entry to confirm."""
    if not wanted(member, scheme, now):
        raise Refused("entry_fresh")


def confirm(member: Member, scheme: Scheme, now: datetime) -> Step[Member]:
    """The entry is right as it stands."""
    may_confirm(member, scheme, now)
    return Step(replace(member, confirmed_at=now))
