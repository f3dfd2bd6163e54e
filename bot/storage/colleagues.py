"""Colleagues whom somebody thinks of for a mentee."""

from dataclasses import replace as changed

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, delete, insert, or_, select, update

from bot.lifecycle.colleagues import Colleague
from bot.lifecycle.step import Refused
from bot.storage.optimistic import columns, conflict_where_taken, names, one_row, values
from bot.storage.tables import colleagues

_NAMES = names(Colleague)
_SCHEME = colleagues.c.scheme == bindparam("of_scheme")
_COLLEAGUE = select(*columns(colleagues, _NAMES)).where(_SCHEME)
_GET = _COLLEAGUE.where(colleagues.c.id == bindparam("which"))
_OF_TWO = _COLLEAGUE.where(colleagues.c.mentee == bindparam("of"), colleagues.c.named == bindparam("whom"))
_LATELY = _COLLEAGUE.where(or_(colleagues.c.by == bindparam("who"), colleagues.c.named == bindparam("whom"))).order_by(
    colleagues.c.at, colleagues.c.id
)
_ASKED = _COLLEAGUE.where(colleagues.c.named == bindparam("whom"), colleagues.c.state == "asked").order_by(
    colleagues.c.at, colleagues.c.id
)
_NOTED = _COLLEAGUE.where(colleagues.c.invitation == bindparam("which"), colleagues.c.state == "noted")
_REMOVE = delete(colleagues).where(_SCHEME, colleagues.c.id == bindparam("which"))
_UPDATE = update(colleagues).where(
    _SCHEME, colleagues.c.id == bindparam("which"), colleagues.c.state == bindparam("was")
)


def get(db: Db, scheme_key: str, id_: str) -> Colleague:
    """That one; Refused("gone") where there is none."""
    row = db.execute(_GET, {"of_scheme": scheme_key, "which": id_}).one_or_none()
    if row is None:
        raise Refused("gone")
    return Colleague(*row)


def of_two(db: Db, scheme_key: str, mentee: str, named: str) -> Colleague | None:
    """What there has been of the two."""
    row = db.execute(_OF_TWO, {"of_scheme": scheme_key, "of": mentee, "whom": named}).one_or_none()
    return Colleague(*row) if row is not None else None


def lately(db: Db, scheme_key: str, by: str, named: str) -> tuple[Colleague, ...]:
    """Whom somebody has thought of, and who else has thought of the same person; the oldest first."""
    return tuple(Colleague(*row) for row in db.execute(_LATELY, {"of_scheme": scheme_key, "who": by, "whom": named}))


def asked(db: Db, scheme_key: str, named: str) -> tuple[Colleague, ...]:
    """For whom somebody has been asked to join, and has not answered."""
    return tuple(Colleague(*row) for row in db.execute(_ASKED, {"of_scheme": scheme_key, "whom": named}))


def noted(db: Db, scheme_key: str, invitation: str) -> Colleague | None:
    """Whom a mentor has thought of as they declined, while they can take it back."""
    row = db.execute(_NOTED, {"of_scheme": scheme_key, "which": invitation}).first()
    return Colleague(*row) if row is not None else None


def save(db: Db, before: Colleague | None, after: Colleague) -> Colleague:
    """Insert, or change it where it still stands as it was; Conflict where somebody was faster."""
    if before is None:
        with conflict_where_taken():
            db.execute(insert(colleagues), values(after, _NAMES))
        return after
    new = values(changed(after, id=before.id), [name for name in _NAMES if name not in {"id", "scheme"}])
    keys = {"of_scheme": before.scheme, "which": before.id, "was": before.state}
    one_row(db.execute(_UPDATE.values(new), keys).rowcount)
    return after


def remove(db: Db, scheme_key: str, id_: str) -> None:
    """As if nobody had thought of them."""
    db.execute(_REMOVE, {"of_scheme": scheme_key, "which": id_})
