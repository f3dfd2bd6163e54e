"""Messages inside invitations: adding and reading them. They are never changed."""

from collections.abc import Iterable

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, insert, select

from bot.lifecycle.exchange import Written
from bot.lifecycle.step import Refused
from bot.storage.optimistic import columns, names, values
from bot.storage.tables import messages

_NAMES = names(Written)
_SCHEME = messages.c.scheme == bindparam("scheme")
_WITHIN = messages.c.invitation.in_(bindparam("invitations", expanding=True))
_MESSAGE = select(*columns(messages, _NAMES)).where(_SCHEME)
_GET = _MESSAGE.where(messages.c.id == bindparam("id"))
_OF = _MESSAGE.where(_WITHIN).order_by(messages.c.at, messages.c.id)
_IDS = select(messages.c.id).where(_SCHEME, _WITHIN)
_INSERT = insert(messages)


def add(db: Db, message: Written) -> None:
    """Keep one more."""
    db.execute(_INSERT, values(message, _NAMES))


def get(db: Db, scheme_key: str, id_: str) -> Written:
    """That message; Refused("gone") where there is none."""
    row = db.execute(_GET, {"scheme": scheme_key, "id": id_}).one_or_none()
    if row is None:
        raise Refused("gone")
    return Written(*row)


def of(db: Db, scheme_key: str, invitations: Iterable[str]) -> dict[str, tuple[Written, ...]]:
    """What has been written inside these invitations, oldest first; an invitation without messages is not in it."""
    found: dict[str, list[Written]] = {}
    for row in db.execute(_OF, {"scheme": scheme_key, "invitations": list(invitations)}):
        message = Written(*row)
        found.setdefault(message.invitation, []).append(message)
    return {invitation: tuple(some) for invitation, some in found.items()}


def ids_of(db: Db, scheme_key: str, invitations: Iterable[str]) -> tuple[str, ...]:
    """The ids of what has been written inside these invitations."""
    return tuple(db.execute(_IDS, {"scheme": scheme_key, "invitations": list(invitations)}).scalars())
