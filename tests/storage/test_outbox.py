"""The outbox: put once, claimed by one, each recipient in order, and nothing lost with whoever claimed it."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from bot.storage import outbox, tables
from bot.storage.database import Database
from bot.storage.outbox import Letter
from tests.storage import records
from tests.storage.records import DAY, MINUTE, NOW, SCHEME, letter

REAL = NOW + 1000 * DAY
"""Real time, which has nothing to do with the scheme's turned clock."""
LEASE = timedelta(seconds=60)


def _put(database: Database, *letters: Letter) -> None:
    def work(db: Connection) -> None:
        for who in {each.person for each in letters if each.person}:
            records.person(db, who)
        outbox.put(db, letters)

    database.write_now(work)


def _claim(database: Database, now: datetime = NOW, limit: int = 50, real_now: datetime = REAL) -> tuple[Letter, ...]:
    return database.write_now(lambda db: outbox.claim(db, now, "me", LEASE, limit, real_now=real_now))


def _keys(letters: tuple[Letter, ...]) -> list[str]:
    return [each.key for each in letters]


def _sent(database: Database, letter_id: str, message: str | None = "1.2", now: datetime = NOW) -> None:
    database.write_now(lambda db: outbox.sent(db, letter_id, "D1" if message else None, message, now))


def _failed(database: Database, letter_id: str, again_at: datetime, *, doubtful: bool = False) -> None:
    database.write_now(lambda db: outbox.failed(db, letter_id, again_at, doubtful))


def test_a_letter_comes_out_as_it_was_put(database: Database) -> None:
    full = letter("ada", "k", until=NOW + DAY, by="email")
    _put(database, full)
    assert _claim(database) == (full,)


def test_a_key_is_put_once(database: Database) -> None:
    _put(database, letter("ada", "k"))
    _put(database, letter("ada", "k", id="another"), letter("ben", "k2"))
    assert sorted(_keys(_claim(database))) == ["k", "k2"]
    _sent(database, "l-k")
    _put(database, letter("ada", "k", id="a third"))
    assert database.read_now(outbox.pending_count) == 1
    _put(database, letter("ada", "k", id="elsewhere", scheme="another"))
    assert database.read_now(outbox.pending_count) == 2


def test_a_letter_to_nobody_is_an_error(database: Database) -> None:
    with pytest.raises(IntegrityError):
        database.write_now(lambda db: outbox.put(db, [letter("nobody", "k")]))


def test_a_slot_holds_one_waiting_letter(database: Database) -> None:
    _put(database, letter("ada", "a", slot="home:ada"), letter("ada", "b", slot="home:ada"))
    assert database.read_now(outbox.pending_count) == 1
    _put(database, letter("ada", "c", slot="home:ada", scheme="another"))
    assert database.read_now(outbox.pending_count) == 2


def test_a_slot_is_free_again_once_its_letter_is_on_its_way(database: Database) -> None:
    _put(database, letter("ada", "a", slot="home:ada"))
    assert _keys(_claim(database)) == ["a"]
    # What changes now may come too late for the picture that is being drawn.
    _put(database, letter("ada", "b", slot="home:ada"), letter("ada", "c", slot="home:ada"))
    assert _claim(database) == ()
    _sent(database, "l-a")
    assert _keys(_claim(database)) == ["b"]


def test_each_recipient_is_served_in_order_one_at_a_time(database: Database) -> None:
    _put(
        database,
        letter("ada", "a1"), letter("ada", "a2"), letter("ben", "b1"), letter(None, "o1"), letter(None, "o2"),
        letter("ada", "mail", by="email"), letter(None, "other office", scheme="another"),
    )  # fmt: skip
    assert _keys(_claim(database)) == ["a1", "b1", "o1", "mail", "other office"]
    assert _claim(database) == ()
    _sent(database, "l-a1")
    _sent(database, "l-b1")
    assert _keys(_claim(database)) == ["a2"]


def test_no_more_are_claimed_than_asked(database: Database) -> None:
    _put(database, *(letter(f"p{n}", f"k{n}", not_before=NOW - n * MINUTE) for n in range(5)))
    assert _keys(_claim(database, limit=2)) == ["k4", "k3"]
    assert _keys(_claim(database, limit=2)) == ["k2", "k1"]


def test_what_is_for_later_keeps_nobody_waiting(database: Database) -> None:
    _put(database, letter("ada", "tomorrow", not_before=NOW + DAY), letter("ada", "now"))
    assert _keys(_claim(database)) == ["now"]
    assert _claim(database, now=NOW + DAY) == ()
    _sent(database, "l-now")
    assert _keys(_claim(database, now=NOW + DAY)) == ["tomorrow"]


def test_what_is_tried_again_holds_its_lane(database: Database) -> None:
    _put(database, letter("ada", "a1"), letter("ada", "a2"), letter("ben", "b1", not_before=NOW + 9 * MINUTE))
    (first,) = _claim(database)
    _failed(database, first.id, NOW + 5 * MINUTE)
    assert _claim(database) == ()
    (again,) = _claim(database, now=NOW + 5 * MINUTE)
    assert (again.key, again.attempts, again.doubtful) == ("a1", 1, False)
    _failed(database, again.id, NOW + 6 * MINUTE, doubtful=True)
    (again,) = _claim(database, now=NOW + 6 * MINUTE)
    assert (again.attempts, again.doubtful) == (2, True)
    database.write_now(lambda db: outbox.dead(db, again.id, NOW))
    assert _keys(_claim(database)) == ["a2"]
    assert database.read_now(outbox.dead_count) == 1
    assert database.read_now(outbox.pending_count) == 2


def test_a_lease_that_ran_out_gives_the_letter_again_as_doubtful(database: Database) -> None:
    _put(database, letter("ada", "a1"), letter("ada", "a2"))
    (first,) = _claim(database)
    assert not first.doubtful
    # A turned clock does not end a lease; only real time does.
    assert _claim(database, now=NOW + DAY) == ()
    assert _claim(database, real_now=REAL + LEASE - timedelta(seconds=1)) == ()
    (again,) = _claim(database, real_now=REAL + LEASE)
    assert (again.key, again.doubtful, again.attempts) == ("a1", True, 0)
    assert _claim(database, real_now=REAL + LEASE) == ()
    _failed(database, again.id, NOW, doubtful=False)
    assert _claim(database)[0].doubtful is False


def test_two_claimers_never_share_a_letter(database: Database) -> None:
    people, each_gets = 12, 5
    _put(database, *(letter(f"p{n}", f"{n}-{turn}") for n in range(people) for turn in range(each_gets)))
    claimed: list[Letter] = []
    in_flight: set[str | None] = set()
    guard, start = threading.Lock(), threading.Barrier(4)
    shared: list[str] = []

    def deliver(name: str) -> None:
        start.wait(20)
        while database.read_now(outbox.pending_count):
            letters = database.write_now(lambda db: outbox.claim(db, NOW, name, LEASE, 4, real_now=REAL))
            with guard:
                shared.extend(each.key for each in letters if each.person in in_flight)
                in_flight.update(each.person for each in letters)
                claimed.extend(letters)
            for each in letters:
                with guard:
                    in_flight.discard(each.person)
                _sent(database, each.id)

    threads = [threading.Thread(target=deliver, args=(f"claimer{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert shared == []
    assert len(claimed) == people * each_gets
    for n in range(people):
        assert [each.key for each in claimed if each.person == f"p{n}"] == [f"{n}-{turn}" for turn in range(each_gets)]


def test_cards_are_what_may_need_an_edit(database: Database) -> None:
    _put(
        database,
        letter("ada", "sent"), letter("ben", "on its way"), letter("cat", "waits", not_before=NOW + DAY),
        letter("dan", "dropped"), letter("eve", "dead"), letter("fay", "mail", by="email"),
        letter("gus", "elsewhere", about="other"),
    )  # fmt: skip
    _claim(database)
    _sent(database, "l-sent")
    _sent(database, "l-mail")
    _sent(database, "l-elsewhere")
    _sent(database, "l-dropped", None)
    database.write_now(lambda db: outbox.dead(db, "l-dead", NOW))
    cards = database.write_now(lambda db: outbox.cards(db, SCHEME, ["thing", "nothing"], (), NOW))
    assert [(each.key, each.ref_channel, each.ref_message) for each in cards] == [
        ("sent", "D1", "1.2"),
        ("on its way", None, None),
    ]
    assert database.write_now(lambda db: outbox.cards(db, SCHEME, [], (), NOW)) == ()
    assert database.write_now(lambda db: outbox.cards(db, "another", ["thing"], (), NOW)) == ()


def test_an_edit_waits_for_its_message_and_knows_where_it_is(database: Database) -> None:
    _put(database, letter("ada", "card"))
    (card,) = _claim(database)
    edit = letter("ada", "edit", edits=card.id, slot=f"edit:{card.id}")
    _put(database, edit, replace(edit, id="more", key="more"))
    assert _claim(database) == ()
    _sent(database, card.id, "7.7")
    (claimed,) = _claim(database)
    assert (claimed.key, claimed.ref_channel, claimed.ref_message) == ("edit", "D1", "7.7")
    _sent(database, claimed.id)
    assert _keys(database.write_now(lambda db: outbox.cards(db, SCHEME, ["thing"], (), NOW))) == ["card"]


def test_what_was_booked_for_a_settled_thing_is_taken_back(database: Database) -> None:
    """An edit that is due already goes out: it shows how things are. A settled thing's card is found all the same."""
    _put(database, letter("ada", "card"), letter("ben", "other", about="other"))
    _claim(database)
    for card in ("l-card", "l-other"):
        _sent(database, card)
    booked = [letter("ada", f"day {n}", edits="l-card", not_before=NOW + n * DAY) for n in (0, 1, 2)]
    _put(database, *booked, letter("ben", "elsewhere", about="other", edits="l-other", not_before=NOW + DAY))
    abouts = ["thing", "other"]
    found = database.write_now(lambda db: outbox.cards(db, SCHEME, abouts, ["thing"], NOW))
    assert _keys(found) == ["card", "other"]
    assert [each.sent_at for each in _rows(database)] == [NOW, NOW, None, NOW, NOW, None]
    assert sorted(_keys(_claim(database, NOW + 3 * DAY))) == ["day 0", "elsewhere"]


def _rows(database: Database) -> list[Any]:
    return database.read_now(lambda db: list(db.execute(select(tables.outbox).order_by(tables.outbox.c.number))))
