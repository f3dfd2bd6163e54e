"""Deadlines: set once a kind and thing, found when due over every scheme asked for, and gone with their thing."""

from datetime import datetime

from sqlalchemy import Connection

from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.storage import deadlines
from bot.storage.database import Database
from bot.storage.deadlines import Due
from tests.storage.records import DAY, MINUTE, NOW, SCHEME

REMINDER, LAPSES = DeadlineKind.INVITATION_UNANSWERED, DeadlineKind.INVITATION_LAPSES


def kept(database: Database, now: datetime = NOW + 30 * DAY, *schemes: str, limit: int = 50) -> list[tuple[str, str]]:
    """The kinds and things that are due by then."""
    found = database.read_now(lambda db: deadlines.due(db, schemes or (SCHEME,), now, limit))
    return [(one.kind, one.about) for one in found]


def keep(database: Database, *wanted: Deadline, scheme: str = SCHEME) -> None:
    database.write_now(lambda db: deadlines.put(db, scheme, wanted))


def test_what_is_due_comes_longest_first_and_no_more_than_asked(database: Database) -> None:
    days = {"ada": 3, "ben": 1, "cat": 2, "dan": 9}
    keep(database, *(Deadline(LAPSES, about, NOW + n * DAY) for about, n in days.items()))
    keep(database, Deadline(REMINDER, "ada", NOW + 1.5 * DAY))
    assert kept(database, NOW) == []
    due = [("invitation_lapses", "ben"), ("invitation_unanswered", "ada"), ("invitation_lapses", "cat")]
    assert kept(database, NOW + 2 * DAY) == due, "a deadline is due at its moment"
    assert kept(database, limit=2) == due[:2]


def test_schemes_are_looked_at_together_and_only_those_asked_for(database: Database) -> None:
    for scheme, n in {SCHEME: 2, "another": 1, "elsewhere": 3}.items():
        keep(database, Deadline(LAPSES, "the same", NOW + n * DAY), scheme=scheme)
    found = database.read_now(lambda db: deadlines.due(db, [SCHEME, "another"], NOW + 9 * DAY, 50))
    assert found == (Due("another", "invitation_lapses", "the same"), Due(SCHEME, "invitation_lapses", "the same"))


def test_set_again_it_is_moved(database: Database) -> None:
    keep(database, Deadline(LAPSES, "ada", NOW), Deadline(LAPSES, "ben", NOW))
    keep(database, Deadline(LAPSES, "ada", NOW + DAY), Deadline(REMINDER, "ada", NOW))
    assert set(kept(database, NOW)) == {("invitation_lapses", "ben"), ("invitation_unanswered", "ada")}
    assert len(kept(database)) == 3


def test_a_thing_loses_all_of_its_own(database: Database) -> None:
    for scheme in (SCHEME, "another"):
        keep(database, *(Deadline(kind, each, NOW) for kind in DeadlineKind for each in ("ada", "ben")), scheme=scheme)
    database.write_now(lambda db: deadlines.clear(db, SCHEME, ["ada", "nobody"]))
    database.write_now(lambda db: deadlines.clear(db, SCHEME, []))
    assert {about for _, about in kept(database)} == {"ben"}
    assert {about for _, about in kept(database, NOW, "another")} == {"ada", "ben"}


def test_one_is_taken_while_it_is_due_and_removed_or_put_off(database: Database) -> None:
    ada, ben = (Due(SCHEME, LAPSES, about) for about in ("ada", "ben"))
    keep(database, *(Deadline(LAPSES, about, NOW) for about in ("ada", "ben")))

    def do(db: Connection) -> None:
        assert not deadlines.take(db, ada, NOW - MINUTE)
        assert deadlines.take(db, ada, NOW)
        deadlines.remove(db, ada, NOW - MINUTE)
        assert deadlines.take(db, ada, NOW), "not due, so not removed"
        deadlines.remove(db, ada, NOW)
        deadlines.put_off(db, ben, NOW, 5 * MINUTE)
        for gone in (ada, ben):
            assert not deadlines.take(db, gone, NOW)
        deadlines.put_off(db, ada, NOW, 5 * MINUTE)
        deadlines.remove(db, ben, NOW)

    database.write_now(do)
    assert kept(database, NOW + 5 * MINUTE) == [("invitation_lapses", "ben")]
