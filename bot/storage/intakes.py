"""The intakes that the office has set in chat: loading them, keeping one where nobody was faster, forgetting one."""

from dataclasses import replace

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, delete, insert, select, update

from bot.lifecycle.intake import Intake, applied
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme
from bot.schemes.together import Schemes
from bot.storage.optimistic import AnyRow, columns, conflict_where_taken, names, one_row, values
from bot.storage.tables import intakes

_NAMES = names(Intake)
_ALL = select(*columns(intakes, _NAMES))
_THAT = (intakes.c.scheme == bindparam("of_scheme"), intakes.c.role == bindparam("of_role"))
_INSERT = insert(intakes)
_UPDATE = update(intakes).where(*_THAT, intakes.c.version == bindparam("was"))
_DELETE = delete(intakes).where(*_THAT)


def every(db: Db) -> dict[tuple[str, Role], Intake]:
    """All that have been set, by scheme and role."""
    return {(row.scheme, row.role): _loaded(row) for row in db.execute(_ALL)}


def current(db: Db, schemes: Schemes) -> Schemes:
    """The schemes as they are now: as their files say, and with what the office has set."""
    found = every(db)
    if not found:
        return schemes
    return schemes.replaced(applied(scheme, _of(found, scheme)) for scheme in schemes.values())


def of(db: Db, scheme: Scheme) -> list[Intake]:
    """Those that have been set in one scheme."""
    return _of(every(db), scheme)


def _of(found: dict[tuple[str, Role], Intake], scheme: Scheme) -> list[Intake]:
    return [each for (key, role), each in sorted(found.items()) if key == scheme.key and role in scheme.roles]


def save(db: Db, after: Intake) -> Intake:
    """Keep it and give it back with its new version. Conflict where its own version is not the last one any more."""
    saved = replace(after, version=after.version + 1)
    row = values(saved, _NAMES) | {"criteria": list(saved.criteria), "meets": {**saved.meets}}
    if after.version:
        which = {"of_scheme": after.scheme, "of_role": after.role, "was": after.version}
        one_row(db.execute(_UPDATE, which | row).rowcount)
    else:
        with conflict_where_taken():
            db.execute(_INSERT, row)
    return saved


def remove(db: Db, scheme_key: str, role: Role) -> None:
    """Forget it: the scheme's file holds again."""
    db.execute(_DELETE, {"of_scheme": scheme_key, "of_role": role})


def _loaded(row: AnyRow) -> Intake:
    meets = {key: tuple(answers) for key, answers in row.meets.items()}
    return replace(Intake(*row), criteria=tuple(row.criteria), meets=meets)
