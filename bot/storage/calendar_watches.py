"""The calendars in which sessions stand, and how far each has been read: claiming one, and keeping what came of it.

Of several processes one reads a calendar at a time: whoever claims it has it until a lease is over. Its next turn is
set as it is claimed, so that a report of a change that comes meanwhile brings one more turn. Leases and turns go by
real time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection as Db
from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.keyring import digest
from bot.storage.optimistic import columns, names
from bot.storage.tables import calendar_watches as watches
from bot.storage.tables import sessions


@dataclass(frozen=True, slots=True)
class Watch:
    """One calendar. `token`: how far it has been read, in a watch that began at `began_at` and covers events until
    `covered_until`. `subscription`: by what changes are reported to the address `reported_to`; to be renewed, or tried
    for, at `renew_at`."""

    mailbox: str
    token: str | None
    began_at: datetime | None
    covered_until: datetime | None
    failures: int
    subscription: str | None
    renew_at: datetime | None
    reported_to: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A session that stands in a calendar: in which scheme, at which revision, as which event, from when on."""

    scheme: str
    id: str
    revision: int
    event: str
    starts_at: datetime


_WATCH = names(Watch)
_STANDING = names(Standing)
# Joined with nothing, the scheme cannot be looked up in an index: SQLite would go through all of its sessions, where
# the index of mailboxes leads to the few that stand in one.
_STANDS = (
    sessions.c.scheme.concat("").in_(bindparam("schemes", expanding=True)),
    sessions.c.mailbox > "",
    sessions.c.event.is_not(None),
    sessions.c.state == "scheduled",
    sessions.c.starts_at > bindparam("since"),
)
_FREE = or_(watches.c.claimed_until.is_(None), watches.c.claimed_until <= bindparam("real_now"))
_TURN = (watches.c.due_at <= bindparam("real_now"), _FREE)
_DUE = (
    select(sessions.c.mailbox)
    .select_from(sessions.outerjoin(watches, watches.c.mailbox == sessions.c.mailbox))
    .where(*_STANDS, or_(watches.c.mailbox.is_(None), and_(*_TURN)))
    .distinct()
)
_IN = (
    select(*columns(sessions, _STANDING))
    .where(*_STANDS, sessions.c.mailbox == bindparam("mailbox"))
    .order_by(sessions.c.starts_at)
)
_BEGIN = {
    "sqlite": sqlite.insert(watches).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(watches).on_conflict_do_nothing(),
}
_THIS = update(watches).where(watches.c.mailbox == bindparam("this"))
_CLAIM = (
    _THIS.where(*_TURN)
    .values(claimed_until=bindparam("until"), claimed_by=bindparam("by"), due_at=bindparam("next"))
    .returning(*columns(watches, _WATCH))
)
_MINE = _THIS.where(watches.c.claimed_by == bindparam("by"))
_FREED: dict[str, Any] = {"claimed_until": None, "claimed_by": None}
_READ = _MINE.values(
    failures=0, token=bindparam("so_far"), began_at=bindparam("began"), covered_until=bindparam("covered"), **_FREED
)
_FAILED = _MINE.values(failures=watches.c.failures + 1, due_at=bindparam("again_at"), **_FREED)
_AGAIN = _MINE.values(due_at=bindparam("again_at"), **_FREED)
_SUBSCRIBED = _MINE.values(
    subscription=bindparam("known"), secret_hash=bindparam("digest"), renew_at=bindparam("at"),
    reported_to=bindparam("url"),
)  # fmt: skip
_RENEW = _MINE.values(renew_at=bindparam("at"))
_SECRETS = select(watches.c.subscription, watches.c.secret_hash).where(
    watches.c.subscription.in_(bindparam("subscriptions", expanding=True))
)
_OF_SUBSCRIPTION = update(watches).where(watches.c.subscription == bindparam("known"))
_SOON = _OF_SUBSCRIPTION.where(watches.c.due_at > bindparam("now")).values(due_at=bindparam("now"))
_RENEW_SOON = _OF_SUBSCRIPTION.values(renew_at=bindparam("now"))
_REMOVED = _OF_SUBSCRIPTION.values(subscription=None, secret_hash=None, renew_at=None, reported_to=None)


def due(db: Db, scheme_keys: Collection[str], since: datetime, real_now: datetime) -> tuple[str, ...]:
    """The mailboxes whose turn it is: sessions that begin after `since` stand in their calendars."""
    which = {"schemes": list(scheme_keys), "since": since, "real_now": real_now}
    return tuple(mailbox for (mailbox,) in db.execute(_DUE, which))


def claim(db: Db, mailbox: str, by: str, real_now: datetime, until: datetime, next_at: datetime) -> Watch | None:
    """Have that calendar to read until then, and again at `next_at`; None: it is not its turn, or somebody has it."""
    db.execute(_BEGIN[db.dialect.name], {"mailbox": mailbox, "due_at": real_now, "failures": 0})
    claimed = {"this": mailbox, "by": by, "real_now": real_now, "until": until, "next": next_at}
    row = db.execute(_CLAIM, claimed).one_or_none()
    return Watch(*row) if row is not None else None


def standing(db: Db, scheme_keys: Collection[str], mailbox: str, since: datetime) -> tuple[Standing, ...]:
    """The sessions that stand in that calendar and begin after that moment, the first one first."""
    which = {"schemes": list(scheme_keys), "mailbox": mailbox, "since": since}
    return tuple(Standing(*row) for row in db.execute(_IN, which))


def read(db: Db, mailbox: str, by: str, token: str, began_at: datetime, covered_until: datetime) -> None:
    """All that there was up to that token has been dealt with; nothing, where the claim is somebody else's by now."""
    so_far = {"so_far": token, "began": began_at, "covered": covered_until}
    db.execute(_READ, {"this": mailbox, "by": by, **so_far})


def again(db: Db, mailbox: str, by: str, again_at: datetime) -> None:
    """Something could not be dealt with yet: from the same token on once more, at that moment."""
    db.execute(_AGAIN, {"this": mailbox, "by": by, "again_at": again_at})


def failed(db: Db, mailbox: str, by: str, again_at: datetime) -> None:
    """It could not be read."""
    db.execute(_FAILED, {"this": mailbox, "by": by, "again_at": again_at})


def subscribed(db: Db, mailbox: str, by: str, subscription: str, secret: str, renew_at: datetime, url: str) -> None:
    """Changes of that calendar are reported to that address from now on, by whoever knows the secret."""
    known = {"known": subscription, "digest": digest(secret), "at": renew_at, "url": url}
    db.execute(_SUBSCRIBED, {"this": mailbox, "by": by, **known})


def unsubscribed(db: Db, mailbox: str, by: str) -> None:
    """Nobody reports its changes."""
    nothing = {"known": None, "digest": None, "at": None, "url": None}
    db.execute(_SUBSCRIBED, {"this": mailbox, "by": by, **nothing})


def renew(db: Db, mailbox: str, by: str, at: datetime) -> None:
    """Its subscription is to be renewed, or tried for, at that moment."""
    db.execute(_RENEW, {"this": mailbox, "by": by, "at": at})


def secret_hashes(db: Db, subscriptions: Collection[str]) -> dict[str, str]:
    """Of those of them that there are, what is kept of their secrets."""
    found = db.execute(_SECRETS, {"subscriptions": list(subscriptions)})
    return {row.subscription: row.secret_hash for row in found}


def reported(db: Db, subscription: str, now: datetime, what: Literal["changed", "renew", "removed", "missed"]) -> None:
    """It was reported: its calendar is read at the next look, and the subscription seen to, where it is about that."""
    db.execute(_SOON, {"known": subscription, "now": now})
    if what == "renew":
        db.execute(_RENEW_SOON, {"known": subscription, "now": now})
    elif what == "removed":
        db.execute(_REMOVED, {"known": subscription})
