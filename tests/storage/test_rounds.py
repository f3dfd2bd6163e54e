"""Rounds come back as they were kept, one at a time, claimed once; reasons are encrypted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.lifecycle import pairings as said
from bot.lifecycle.pairings import Around
from bot.lifecycle.rounds import Introduction, Round
from bot.lifecycle.step import Refused
from bot.matching.criteria import PreferenceTerm, TopicTerm
from bot.matching.ranking import Match
from bot.schemes.loading import load
from bot.schemes.rounds import Rounds
from bot.storage import pairings, rounds
from bot.storage.database import Conflict, Database
from bot.storage.rounds import NotPlaced, RoundRow
from tests.storage import records
from tests.storage.records import DAY, NOW, SCHEME
from tests.support.databases import rows

MEETS = load("bsw_hub").model_copy(update={"key": SCHEME, "rounds": Rounds(introduction=True)})
ONE = Round("n1", SCHEME, "ruth", "working", NOW)
MATCH = Match(
    "bea", 82, 60, 22, (TopicTerm("Leadership", 4, 2),),
    (PreferenceTerm("Ways", ("Video call",), ("Video call", "Telephone"), 2, True),), 1, 2, pinned=True,
)  # fmt: skip
NOBODY = NotPlaced("no_room", {"full": 3, "apart": 1})


def _held(db: Connection) -> tuple[RoundRow, RoundRow]:
    for name in ("ruth", "bea"):
        records.person(db, name)
    first, second = (records.request(db, name, state="assigning") for name in ("ada", "eve"))
    rounds.add(db, ONE)
    kept = (RoundRow(1, first.id, "ada", MATCH), RoundRow(2, second.id, "eve", NOBODY))
    rounds.put(db, ONE, kept)
    return kept


def test_a_round_comes_back_with_its_rows(database: Database) -> None:
    kept = database.write_now(_held)
    assert database.read_now(lambda db: rounds.get(db, SCHEME, "n1")) == ONE
    assert database.read_now(lambda db: rounds.between(db, "n1", 1, 2)) == kept
    assert database.read_now(lambda db: rounds.of_mentor(db, "n1", "bea")) == kept[:1]
    assert database.read_now(lambda db: rounds.about(db, "n1", "eve")) == kept[1:]
    database.write_now(lambda db: rounds.came(db, ONE, [(1, "mentor_full")]))
    assert database.read_now(lambda db: rounds.not_held(db, "n1", 9)) == (replace(kept[0], came="mentor_full"),)
    assert database.read_now(lambda db: rounds.counted(db, "n1")) == {"mentor_full": 1}
    database.write_now(lambda db: rounds.wipe(db, ONE))
    assert database.read_now(lambda db: rounds.between(db, "n1", 1, 2)) == ()
    with pytest.raises(Refused):
        database.read_now(lambda db: rounds.get(db, "another", "n1"))


def test_why_they_suit_is_kept_encrypted(database: Database) -> None:
    database.write_now(_held)
    assert "Leadership" not in str(rows(database, "SELECT * FROM round_rows"))


def test_one_goes_on_at_a_time_and_is_worked_on_by_one(database: Database) -> None:
    database.write_now(_held)
    with pytest.raises(Conflict):
        database.write_now(lambda db: rounds.add(db, replace(ONE, id="n2")))
    assert database.read_now(lambda db: rounds.next_open(db, [SCHEME], NOW)) == ONE
    assert database.read_now(lambda db: rounds.next_open(db, ["another"], NOW)) is None
    claimed = replace(ONE, claimed_until=NOW + timedelta(minutes=1))
    database.write_now(lambda db: rounds.save(db, ONE, claimed))
    with pytest.raises(Conflict):
        database.write_now(lambda db: rounds.save(db, ONE, claimed))
    assert database.read_now(lambda db: rounds.next_open(db, [SCHEME], NOW)) is None
    assert database.read_now(lambda db: rounds.next_open(db, [SCHEME], NOW + timedelta(minutes=2))) is not None
    over = replace(claimed, version=2, state="dropped", ended_at=NOW, places={"bea": 0})
    saved = database.write_now(lambda db: rounds.save(db, replace(claimed, version=2), over))
    assert database.read_now(lambda db: rounds.get(db, SCHEME, "n1")) == saved
    assert database.read_now(lambda db: rounds.open_of(db, SCHEME)) is None
    database.write_now(lambda db: rounds.add(db, replace(ONE, id="n2")))
    assert database.read_now(lambda db: rounds.open_of(db, SCHEME)) == replace(ONE, id="n2")


def test_an_introductory_meeting_is_found_by_the_request_until_it_is_over(database: Database) -> None:
    kept = database.write_now(_held)
    meets = NOW + 60 * DAY
    published = replace(ONE, state="published", ended_at=NOW, meets_at=meets, meets_in="Seminar room 2")
    database.write_now(lambda db: rounds.save(db, ONE, published))
    request = kept[0].request
    assert database.read_now(lambda db: rounds.introduction_of(db, MEETS, request)) is None
    database.write_now(lambda db: rounds.came(db, ONE, [(1, "connected")]))
    found = database.read_now(lambda db: rounds.introduction_of(db, MEETS, request))
    assert found == Introduction(meets, "Seminar room 2")
    assert "Seminar" not in str(rows(database, "SELECT * FROM rounds"))
    database.write_now(lambda db: rounds.prune(db, NOW + 31 * DAY, NOW + 31 * DAY))
    assert database.read_now(lambda db: rounds.introduction_of(db, MEETS, request)) == found
    database.write_now(lambda db: rounds.prune(db, NOW + 61 * DAY, NOW + 61 * DAY))
    assert rows(database, "SELECT * FROM round_rows") == rows(database, "SELECT * FROM rounds") == []


def test_what_was_said_of_everybody_is_read_at_once(database: Database) -> None:
    def keep(db: Connection) -> None:
        for name in ("ada", "bea", "cyd", "ruth"):
            records.person(db, name)
        pairings.save(db, said.Pairing(SCHEME, "ada", "bea", "apart", "ruth", NOW))
        pairings.save(db, said.Pairing(SCHEME, "ada", "cyd", "pinned", "ruth", NOW))
        pairings.save(db, said.Pairing("another", "bea", "cyd", "apart", "ruth", NOW))

    database.write_now(keep)
    every = database.read_now(lambda db: pairings.around_all(db, SCHEME))
    assert every == {
        "ada": Around(frozenset({"bea"}), frozenset({"cyd"})), "bea": Around(frozenset({"ada"})), "cyd": Around(),
    }  # fmt: skip
