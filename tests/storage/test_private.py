"""What is private cannot be read without a key, and moments are never without a zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, select
from sqlalchemy.exc import StatementError

from bot.lifecycle.sheets import SHARED, FilledSheet
from bot.storage import idempotency_keys, members, pairs, requests, sheets
from bot.storage.database import Database
from bot.storage.keyring import KeyringError
from bot.storage.tables import idempotency_keys as table
from tests.storage import records
from tests.storage.records import NOW, SCHEME
from tests.support.databases import KEYS, rows

SECRET = "the cath lab is understaffed"


def _write_secrets(db: Connection) -> None:
    mentee = records.member(db, "ada", "mentee")
    members.save(db, mentee, replace(mentee, joining={"note": SECRET}, question=SECRET, reply=SECRET))
    made = records.request(db, "ada", ["open"])
    declined = replace(made.invitations[0], state="declined", reason=SECRET)
    made = requests.save(
        db, made, replace(made, answers={"note": SECRET}, question=SECRET, reply=SECRET, invitations=(declined,))
    )
    pair = records.pair(db, made)
    met = (replace(pair.sessions[0], place=SECRET, because="waited"),)
    pairs.save(db, pair, replace(pair, state="ended", reason=SECRET, reply=SECRET, sessions=met))
    sheets.save(db, None, FilledSheet("x1", SCHEME, "goals", pair.id, SHARED, {"note": SECRET}, "ada", NOW))


def test_private_text_comes_back(database: Database) -> None:
    database.write_now(_write_secrets)

    def look(db: Connection) -> tuple[object, ...]:
        member = members.of(db, SCHEME, "ada")["mentee"]
        request = requests.latest_of(db, SCHEME, "ada")
        assert request is not None
        pair = pairs.ended_of(db, SCHEME, "ada", 1)[0]
        return (
            member.joining, member.question, member.reply, request.answers, request.question, request.reply,
            request.invitations[0].reason, pair.sessions[0].place, pair.reason, pair.reply,
            sheets.of(db, SCHEME, [pair.id])[0].answers,
        )  # fmt: skip

    note = {"note": SECRET}
    assert database.read_now(look) == (note, SECRET, SECRET, note, *[SECRET] * 6, note)


def test_private_text_is_nowhere_in_the_file(sqlite_url: str) -> None:
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    with Database(sqlite_url, KEYS) as database:
        database.write_now(_write_secrets)
        _nowhere(folder)
    _nowhere(folder)


def _nowhere(folder: Path) -> None:
    kept = b"".join(file.read_bytes() for file in folder.iterdir())
    assert b"m-ada-mentee" in kept
    assert b"cath lab" not in kept
    assert b"understaffed" not in kept


def test_private_text_is_in_no_column_of_the_database(database: Database) -> None:
    database.write_now(_write_secrets)
    for name in ("members", "requests", "invitations", "connections", "sessions"):
        assert SECRET not in str(rows(database, f"SELECT * FROM {name}"))
    assert "waited" not in str(rows(database, "SELECT * FROM sessions"))


def test_an_older_key_still_reads(database_url: str) -> None:
    with Database(database_url, KEYS) as database:
        database.write_now(_write_secrets)
    with Database(database_url, [Fernet.generate_key().decode(), *KEYS]) as database:
        member = database.read_now(lambda db: members.of(db, SCHEME, "ada")["mentee"])
    assert member.question == SECRET


def test_a_wrong_key_names_the_column_and_not_the_text(database_url: str) -> None:
    with Database(database_url, KEYS) as database:
        database.write_now(_write_secrets)
    with (
        Database(database_url, [Fernet.generate_key().decode()]) as database,
        pytest.raises(KeyringError, match=r"^members\.joining holds text that none of the given keys can read\.$"),
    ):
        database.read_now(lambda db: members.of(db, SCHEME, "ada"))


def test_keys_that_do_not_fit_are_found_before_anything_is_written(database_url: str) -> None:
    with Database(database_url, KEYS) as database:
        assert database.check_keys() == 0
        database.write_now(_write_secrets)
        assert database.check_keys() == 12
        database.migrate()
    with Database(database_url, [Fernet.generate_key().decode()]) as database:
        for use in (database.check_keys, database.migrate):
            with pytest.raises(KeyringError, match="none of the given keys can read"):
                use()


@pytest.mark.parametrize(("keys", "said"), [([], "No key"), ([*KEYS, "short"], "Key 2 is not")])
def test_keys_that_are_none_are_refused(keys: list[str], said: str) -> None:
    with pytest.raises(KeyringError, match=said):
        Database("sqlite:///never.db", keys)


def test_a_naive_moment_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone") as caught:
        database.write_now(lambda db: idempotency_keys.first_time(db, "a", datetime(2026, 3, 2)))  # noqa: DTZ001
    assert isinstance(caught.value.orig, ValueError)


def test_a_moment_comes_back_in_utc(database: Database) -> None:
    abroad = datetime(2026, 7, 1, 9, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    database.write_now(lambda db: idempotency_keys.first_time(db, "a", abroad))
    back = database.read_now(lambda db: db.execute(select(table.c.at)).scalar_one())
    assert back == abroad
    assert back.tzinfo is UTC


def test_what_was_to_be_written_is_not_in_the_error(database: Database) -> None:
    def twice(db: Connection) -> None:
        made = records.request(db, "ada")
        requests.save(db, None, replace(made, id="other", mentee="nobody", answers={"note": SECRET}, reply=SECRET))

    with pytest.raises(Exception, match=r"(?i)foreign key") as caught:
        database.write_now(twice)
    assert SECRET not in str(caught.value)
    assert NOW.isoformat() not in str(caught.value)
