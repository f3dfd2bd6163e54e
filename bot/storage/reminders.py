"""Who is reminded of what on which day: one row for each person and thing, however often it comes up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.optimistic import columns, names, values
from bot.storage.tables import reminders


@dataclass(frozen=True, slots=True)
class Reminder:
    """`day`: whose message it is in, in the person's own zone; `until`: never in one at that moment or later;
    `not_before`: as the person who snoozed it wished; `stopped_at`: they do not want to be reminded of it again."""

    scheme: str
    person: str
    kind: str
    about: str
    day: date | None = None
    until: datetime | None = None
    not_before: datetime | None = None
    stopped_at: datetime | None = None


_NAMES = names(Reminder)
_KEY = ("scheme", "person", "kind", "about")
_REST = [name for name in _NAMES if name not in _KEY]
_lite, _post = sqlite.insert(reminders), postgresql.insert(reminders)
_SAVE = {
    "sqlite": _lite.on_conflict_do_update(
        index_elements=[*_KEY], set_={name: _lite.excluded[name] for name in _REST}
    ),
    "postgresql": _post.on_conflict_do_update(
        index_elements=[*_KEY], set_={name: _post.excluded[name] for name in _REST}
    ),
}  # fmt: skip
_REMINDER = select(*columns(reminders, _NAMES))
_OF = _REMINDER.where(*(reminders.c[name] == bindparam(name) for name in _KEY))
_OF_PERSON = reminders.c.person == bindparam("person")
_OF_DAY = _REMINDER.where(
    _OF_PERSON, reminders.c.day == bindparam("day"), reminders.c.stopped_at.is_(None)
).order_by(reminders.c.until.is_(None), reminders.c.until, reminders.c.kind, reminders.c.about)  # fmt: skip
_DAYS = (
    select(reminders.c.person, reminders.c.day)
    .where(
        reminders.c.scheme == bindparam("scheme"),
        reminders.c.about.in_(bindparam("abouts", expanding=True)),
        reminders.c.day.is_not(None),
    )
    .distinct()
)
_STOPPED = select(func.count()).select_from(reminders).where(_OF_PERSON, reminders.c.stopped_at.is_not(None))
_START = reminders.update().where(reminders.c.person == bindparam("whose")).values(stopped_at=None)


def get(db: Db, scheme_key: str, person: str, kind: str, about: str) -> Reminder:
    """That reminder as it is kept; a new one where it has never come up."""
    key = {"scheme": scheme_key, "person": person, "kind": kind, "about": about}
    row = db.execute(_OF, key).one_or_none()
    return Reminder(*row) if row is not None else Reminder(scheme_key, person, kind, about)


def save(db: Db, reminder: Reminder) -> None:
    """Keep it, new or changed."""
    db.execute(_SAVE[db.dialect.name], values(reminder, _NAMES))


def of_day(db: Db, person: str, day: date) -> tuple[Reminder, ...]:
    """What is in that person's message of that day, what is due first."""
    return tuple(Reminder(*row) for row in db.execute(_OF_DAY, {"person": person, "day": day}))


def days_about(db: Db, scheme_key: str, abouts: Collection[str]) -> list[tuple[str, date]]:
    """Whose messages of which days hold something about these things."""
    if not abouts:
        return []
    return [(row[0], row[1]) for row in db.execute(_DAYS, {"scheme": scheme_key, "abouts": list(abouts)})]


def count_stopped(db: Db, person: str) -> int:
    """How many things that person does not want to be reminded of."""
    return db.execute(_STOPPED, {"person": person}).scalar_one()


def start_again(db: Db, person: str) -> None:
    """They want to be reminded again of all of them."""
    db.execute(_START, {"whose": person})
