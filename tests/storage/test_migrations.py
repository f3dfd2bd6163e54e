"""The schema: written-out migrations give what the tables say, once, however many processes start at the same time."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from cryptography.fernet import Fernet
from sqlalchemy import Connection, create_engine, text

from bot.lifecycle.documents import Consent, Document
from bot.lifecycle.files import KeptFile
from bot.storage import deadlines, engines, files, keyring, pairs, questions, sheets, upgrading
from bot.storage.database import Database
from bot.storage.keyring import KeyringError
from bot.storage.migrations import HEAD, KNOWN
from bot.storage.tables import metadata
from bot.storage.upgrading import NewerDatabaseError, config
from tests.support.databases import KEYS, rows

INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> "
    "'alembic_version' ORDER BY indexname",
}

HELD_BEFORE = (
    """INSERT INTO people (id, platform, team, "user", name, zone, works_from, works_to, works_days, quieted, active,
        seen_at) VALUES ('p1', 'slack', 'T1', 'U1', 'Ada', 'UTC', '09:00', '17:00', '[0]', '[]', TRUE, '2026-03-02')""",
    "INSERT INTO office_holders (scheme, person, office, since) VALUES ('s', 'p1', 'chair', '2026-03-02')",
)

MIGRATE = """
import sys
from bot.storage.database import Database
with Database(sys.argv[1], [sys.argv[2]]) as database:
    print("ready", flush=True)
    sys.stdin.readline()
    database.migrate()
    assert database.at_head()
"""


def test_the_revisions_are_written_out_as_they_are() -> None:
    scripts = ScriptDirectory.from_config(upgrading.config())
    assert scripts.get_current_head() == Database.head
    assert [script.revision for script in scripts.walk_revisions()] == list(reversed(KNOWN))


def test_a_newer_database_is_refused_and_not_touched(database_url: str) -> None:
    def newer(db: Connection) -> None:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with Database(database_url, KEYS) as database:
        database.write_now(newer)
    with Database(database_url, KEYS) as database:
        for use in (database.migrate, database.at_head):
            with pytest.raises(NewerDatabaseError, match=r"a newer version of mentorbot \(its tables are at 9999"):
                use()
        assert rows(database, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_offices_held_before_are_known_as_the_settings_own(empty_url: str, engine_name: str) -> None:
    moved_to(empty_url, engine_name, "0002", *HELD_BEFORE)
    with Database(empty_url, KEYS) as database:
        database.migrate()
        assert rows(database, "SELECT person, office, source FROM office_holders") == [("p1", "chair", "settings")]


def test_a_training_on_record_stays_there_up_and_down(empty_url: str, engine_name: str) -> None:
    keyring.use(KEYS)
    sealed = keyring.seal("{}")
    member = """INSERT INTO members (id, scheme, person, role, state, asked_at, joining, trained_on, revision, version)
        VALUES ('{0}', 's', 'p1', '{1}', 'approved', '2026-03-02', '{3}', {2}, 1, 1)"""
    held = (
        HELD_BEFORE[0],
        member.format("m1", "mentor", "'2025-09-01'", sealed),
        member.format("m2", "mentee", "NULL", sealed),
    )
    moved_to(empty_url, engine_name, "0005", *held)
    with Database(empty_url, KEYS) as database:
        database.migrate()
        kept = rows(database, "SELECT id, trainings FROM members ORDER BY id")
    assert kept == [("m1", '{"training": "2025-09-01"}'), ("m2", "{}")]
    moved_to(empty_url, engine_name, "0005")
    with Database(empty_url, KEYS) as database:
        days = rows(database, "SELECT trained_on FROM members ORDER BY id")
    assert [str(day) for (day,) in days] == ["2025-09-01", "None"]


def test_a_decline_that_may_be_a_slip_is_open_again_in_an_earlier_version(empty_url: str, engine_name: str) -> None:
    keyring.use(KEYS)
    due, soon = ("'2026-03-07 10:00Z'", "'2026-03-02 10:02Z'")
    if engine_name == "sqlite":
        due, soon = ("'2026-03-07 10:00:00.000000'", "'2026-03-02 10:02:00.000000'")
    invitation = """INSERT INTO invitations (id, scheme, request, mentor, position, state, asker, due_at, undo_until)
        VALUES ('{0}', 's', '{1}', 'p1', 1, 'declined', 'mentee', {2}, {3})"""
    moved_to(
        empty_url, engine_name, "0019", HELD_BEFORE[0],
        *(f"""INSERT INTO requests (id, scheme, mentee, state, answers, made_at, revision, version)
            VALUES ('r{n}', 's', 'p1', '{state}', '{keyring.seal("{}")}', '2026-03-02', 1, 1)"""
          for n, state in ((1, "asking"), (2, "expired"), (3, "turned_down"))),
        invitation.format("i1", "r1", due, soon),
        invitation.format("i2", "r2", "NULL", soon),
        invitation.format("i3", "r3", due, "NULL"),
        *(f"INSERT INTO deadlines (scheme, about, kind, due_at) VALUES ('s', '{each}', 'decline_stands', {soon})"
          for each in ("i1", "i2")),
    )  # fmt: skip
    moved_to(empty_url, engine_name, "0018")
    with Database(empty_url, KEYS) as database:
        states = rows(database, "SELECT id, state FROM invitations ORDER BY id")
        falls_due = rows(database, "SELECT about, kind, due_at FROM deadlines")
    assert states == [("i1", "open"), ("i2", "open"), ("i3", "declined")]
    assert [(about, kind, str(at)[:10]) for about, kind, at in falls_due] == [("i1", "invitation_lapses", "2026-03-07")]


def test_what_falls_due_stays_so_up_and_down(empty_url: str, engine_name: str) -> None:
    keyring.use(KEYS)
    request = f"""INSERT INTO requests (id, scheme, mentee, state, answers, made_at, revision, version)
        VALUES ('{{0}}', 's', 'p1', '{{1}}', '{keyring.seal("{}")}', '2026-03-02', 1, 1)"""
    invitation = """INSERT INTO invitations (id, scheme, request, mentor, position, state, due_at, remind_at)
        VALUES ('{0}', 's', '{1}', 'p1', 1, '{2}', {3}, {4})"""
    at, before = "'2026-03-07 10:00:00.000000'", "'2026-03-05 10:00:00.000000'"
    if engine_name == "postgresql":
        at, before = "'2026-03-07 10:00Z'", "'2026-03-05 10:00Z'"
    held = (
        HELD_BEFORE[0],
        *(request.format(id_, state) for id_, state in {"r1": "asking", "r2": "turned_down", "r3": "expired"}.items()),
        invitation.format("i1", "r1", "open", at, before),
        invitation.format("i2", "r2", "open", at, "NULL"),  # reminded already
        invitation.format("i3", "r3", "expired", at, "NULL"),
    )
    moved_to(empty_url, engine_name, "0006", *held)
    was = "SELECT id, due_at, remind_at FROM invitations ORDER BY id"
    with Database(empty_url, KEYS) as database:
        kept = rows(database, was)
        database.migrate()
        due = database.read_now(lambda db: deadlines.due(db, ["s"], datetime(2026, 3, 8, tzinfo=UTC), 9))
        moments = rows(database, "SELECT about, due_at FROM deadlines ORDER BY due_at, about")
    assert [(one.kind, one.about) for one in due[:1]] == [("invitation_unanswered", "i1")]
    assert {(one.kind, one.about) for one in due[1:]} == {("invitation_lapses", "i1"), ("invitation_lapses", "i2")}
    assert moments == [("i1", kept[0][2]), ("i1", kept[0][1]), ("i2", kept[1][1])]
    moved_to(empty_url, engine_name, "0006")
    with Database(empty_url, KEYS) as database:
        assert rows(database, was) == kept
        indexes = " ".join(_plain(rows(database, INDEXES[engine_name])))
    assert "ix_invitations_due:" in indexes
    assert "ix_invitations_to_remind:" in indexes


def moved_to(url: str, engine_name: str, revision: str, *statements: str) -> None:
    """Bring the schema up or down to that revision and put something into it."""
    script, address = config(), engines.address(url)
    engine = engines.sqlite_upgrader(address) if engine_name == "sqlite" else engines.postgresql(address, 1)
    try:
        with engine.connect() as db, db.begin():
            script.attributes["connection"] = db
            at = MigrationContext.configure(db).get_current_revision()
            (command.downgrade if at is not None and at > revision else command.upgrade)(script, revision)
            for statement in statements:
                db.execute(text(statement))
    finally:
        engine.dispose()


PAIRED = (
    """INSERT INTO people (id, platform, team, "user", name, zone, works_from, works_to, works_days, quieted, active,
        seen_at) VALUES ('p2', 'slack', 'T1', 'U2', 'Bea', 'UTC', '09:00', '17:00', '[0]', '[]', TRUE, '2026-03-02')""",
    """INSERT INTO requests (id, scheme, mentee, state, answers, made_at, revision, version)
        VALUES ('r1', 's', 'p1', 'accepted', 'sealed', '2026-03-02', 1, 1)""",
    """INSERT INTO invitations (id, scheme, request, mentor, position, state)
        VALUES ('i1', 's', 'r1', 'p2', 1, 'accepted')""",
    """INSERT INTO connections (id, scheme, request, invitation, mentee, mentor, state, terms, began_at, ends_at,
        version) VALUES ('c1', 's', 'r1', 'i1', 'p1', 'p2', 'active',
        '{"title": "Agreement", "text": ["We meet."], "sessions": 4, "minutes": 60}', '2026-03-02', '2027-03-02', 1)""",
)
A_SESSION = """INSERT INTO sessions (id, scheme, connection, number, state, starts_at, minutes, mode, place, revision)
    VALUES ('s1', 's', 'c1', 1, '{0}', '2026-04-02', 60, 'Telephone', 'sealed', 1)"""
OF_PAIRS = 'SELECT id, origin, request, invitation, state, "end" FROM connections'


def test_pairs_that_go_on_are_known_as_invited_up_and_down(empty_url: str, engine_name: str) -> None:
    moved_to(empty_url, engine_name, "0007", HELD_BEFORE[0], *PAIRED, A_SESSION.format("scheduled"))
    ended = """UPDATE connections SET state = 'ended', "end" = 'removed', ended_by = 'p1', ended_at = '2026-03-03'"""
    moved_to(empty_url, engine_name, "0008", ended, "UPDATE sessions SET state = 'called_off'")
    with Database(empty_url, KEYS) as database:
        assert rows(database, OF_PAIRS) == [("c1", "invitation", "r1", "i1", "ended", "removed")]
        assert rows(database, "SELECT kind, about FROM deadlines") == [("connection_over", "c1")]
    moved_to(empty_url, engine_name, "0007", "UPDATE connections SET state = 'active'")
    with Database(empty_url, KEYS) as database:
        assert rows(database, "SELECT id, request, state FROM connections") == [("c1", "r1", "active")]
        assert rows(database, "SELECT kind, about FROM deadlines") == []
        assert rows(database, "SELECT id, connection, state FROM sessions") == [("s1", "c1", "scheduled")]
    unasked = "UPDATE connections SET request = NULL, invitation = NULL, origin = 'import'"
    moved_to(empty_url, engine_name, "0008", unasked)
    with pytest.raises(RuntimeError, match="came from no request"):
        moved_to(empty_url, engine_name, "0007")
    with Database(empty_url, KEYS) as database:
        assert rows(database, OF_PAIRS) == [("c1", "import", None, None, "active", None)]


def test_messages_inside_an_invitation_come_and_go_with_their_table(empty_url: str, engine_name: str) -> None:
    message = """INSERT INTO messages (id, scheme, invitation, author, at, text)
        VALUES ('w1', 's', 'i1', 'p1', '2026-03-03', 'sealed')"""
    moved_to(empty_url, engine_name, "0008", HELD_BEFORE[0], *PAIRED[:-1])
    moved_to(empty_url, engine_name, "0011", message)
    with Database(empty_url, KEYS) as database:
        assert rows(database, "SELECT id, invitation, author FROM messages") == [("w1", "i1", "p1")]
    moved_to(empty_url, engine_name, "0010")
    moved_to(empty_url, engine_name, "0011")
    with Database(empty_url, KEYS) as database:
        assert rows(database, "SELECT id FROM messages") == []
        assert rows(database, "SELECT id, state FROM invitations") == [("i1", "accepted")]


def test_an_agreement_is_the_one_document_of_a_pair_up_and_down(empty_url: str, engine_name: str) -> None:
    """Whoever had agreed has consented, to the text as it read."""
    agreed = """UPDATE connections SET mentee_agreed_at = '2026-03-04 10:00:00', mentor_agreed_at = NULL"""
    when = "SELECT mentee_agreed_at IS NULL, mentor_agreed_at IS NULL FROM connections"
    moved_to(empty_url, engine_name, "0007", HELD_BEFORE[0], *PAIRED)
    moved_to(empty_url, engine_name, "0011", agreed)
    moved_to(empty_url, engine_name, HEAD)
    with Database(empty_url, KEYS) as database:
        held = database.read_now(lambda db: pairs.get(db, "s", "c1"))
        consents = "SELECT scheme, about, document, person, text FROM consents"
        assert rows(database, consents) == [("s", "c1", "agreement", "p1", "Agreement\n\nWe meet.")]
    assert held.terms.documents == (Document("agreement", "Agreement", "agreement", ("We meet.",), "sessions"),)
    assert (held.terms.sessions, held.terms.minutes) == (4, 60)
    assert held.consents == (Consent("agreement", "p1", datetime(2026, 3, 4, 10, tzinfo=UTC)),)
    moved_to(empty_url, engine_name, "0011")
    with Database(empty_url, KEYS) as database:
        ((terms,),) = rows(database, "SELECT terms FROM connections")
        kept = json.loads(terms) if isinstance(terms, str) else terms
        assert kept == {"title": "Agreement", "text": ["We meet."], "sessions": 4, "minutes": 60}
        assert [tuple(map(bool, row)) for row in rows(database, when)] == [(False, True)]
    moved_to(empty_url, engine_name, HEAD)
    with Database(empty_url, KEYS) as database:
        assert database.read_now(lambda db: pairs.get(db, "s", "c1")) == held


def test_a_session_that_was_set_before_stays_as_it_is(empty_url: str, engine_name: str) -> None:
    keyring.use(KEYS)
    place = keyring.seal("Ring me")
    session = f"""INSERT INTO sessions (id, scheme, connection, number, state, starts_at, minutes, mode, place,
        revision) VALUES ('x1', 's', 'c1', 1, 'scheduled', '2026-03-09 10:00:00', 60, 'Telephone', '{place}', 1)"""
    moved_to(empty_url, engine_name, "0007", HELD_BEFORE[0], *PAIRED)
    moved_to(empty_url, engine_name, "0019", session)
    moved_to(empty_url, engine_name, HEAD)
    with Database(empty_url, KEYS) as database:
        (held,) = database.read_now(lambda db: pairs.get(db, "s", "c1")).sessions
    assert (held.state, held.place, held.set_by, held.confirmed_at, held.marked_at) == (
        "scheduled", "Ring me", None, None, None,
    )  # fmt: skip
    assert held.last_by is None
    moved_to(empty_url, engine_name, HEAD, "UPDATE sessions SET last_by = 'p1'")
    moved_to(empty_url, engine_name, "0019")
    with Database(empty_url, KEYS) as database:
        assert rows(database, "SELECT id, state, revision FROM sessions") == [("x1", "scheduled", 1)]


def test_sheets_come_and_go_without_touching_anything_else(empty_url: str, engine_name: str) -> None:
    keyring.use(KEYS)
    written = f"""INSERT INTO sheets (id, scheme, sheet, about, owner, answers, written_by, written_at, version)
        VALUES ('x1', 's', 'goals', 'c1', 'both', '{keyring.seal('{"goal":"Rest"}')}', 'p1', '2026-03-04', 1)"""
    moved_to(empty_url, engine_name, "0007", HELD_BEFORE[0], *PAIRED)
    moved_to(empty_url, engine_name, "0013", written)
    moved_to(empty_url, engine_name, HEAD)
    with Database(empty_url, KEYS) as database:
        (kept,) = database.read_now(lambda db: sheets.of(db, "s", ["c1"]))
    assert (kept.owner, kept.answers, kept.version, kept.moment) == ("both", {"goal": "Rest"}, 1, "")
    moved_to(empty_url, engine_name, "0012")
    moved_to(empty_url, engine_name, "0013")
    with Database(empty_url, KEYS) as database:
        assert rows(database, "SELECT id FROM sheets") == []
        assert rows(database, "SELECT id FROM connections") == [("c1",)]


def test_questions_and_offered_talks_come_and_go_with_requests_left_alone(empty_url: str, engine_name: str) -> None:
    keyring.use(KEYS)
    asked = f"""INSERT INTO questions (id, scheme, about, asker, question, asked_at, answer, answered_at)
        VALUES ('q1', 's', 'r1', 'p1', '{keyring.seal("Which?")}', '2026-03-04', NULL, NULL)"""
    moved_to(empty_url, engine_name, "0007", HELD_BEFORE[0], *PAIRED)
    moved_to(empty_url, engine_name, "0015", asked, "UPDATE invitations SET talk_offered_at = '2026-03-05'")
    offered = "SELECT state, talk_offered_at IS NULL FROM invitations"
    with Database(empty_url, KEYS) as database:
        (kept,) = database.read_now(lambda db: questions.of(db, "s", "r1"))
        (before,) = rows(database, offered)
    assert (kept.question, kept.answer, bool(before[1])) == ("Which?", None, False)
    moved_to(empty_url, engine_name, "0013")
    moved_to(empty_url, engine_name, "0015")
    with Database(empty_url, KEYS) as database:
        assert database.read_now(lambda db: questions.of(db, "s", "r1")) == ()
        (after,) = rows(database, offered)
    assert (after[0], bool(after[1])) == (before[0], True)


def test_files_come_and_go_and_are_read_under_the_key(empty_url: str, engine_name: str) -> None:
    keyring.use(KEYS)
    moved_to(empty_url, engine_name, "0007", HELD_BEFORE[0])
    moved_to(empty_url, engine_name, "0016")
    kept = KeptFile("f1", "s", "x1", "plan.pdf", b"%PDF-1.7 \x00\xff", "p1", datetime(2026, 3, 4, tzinfo=UTC))
    with Database(empty_url, KEYS) as database:
        database.write_now(lambda db: files.add(db, kept))
        assert database.read_now(lambda db: files.whole(db, "s", "f1")) == kept
        assert database.read_now(lambda db: files.heads(db, "s", "x1")) == {"f1": ("plan.pdf", 11)}
    with (
        Database(empty_url, [Fernet.generate_key().decode()]) as database,
        pytest.raises(KeyringError, match=r"files\.name"),
    ):
        database.check_keys()
    moved_to(empty_url, engine_name, "0015")
    moved_to(empty_url, engine_name, "0016")
    with Database(empty_url, KEYS) as database:
        assert rows(database, "SELECT id FROM files") == []


def test_a_database_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    made, theirs = tmp_path / "mentorbot.db", tmp_path / "theirs.db"
    theirs.touch(0o640)
    for file in (made, theirs):
        with Database(f"sqlite:///{file}", KEYS) as database:
            database.migrate()
            assert database.at_head()
            beside = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.glob(f"{file.name}*")}
        assert set(beside.values()) == ({0o600} if file is made else {0o640}), beside
        assert len(beside) == 3, "the log of writes and its index are there too"


def test_migrations_give_the_tables(database: Database) -> None:
    def differences(db: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(db, opts={"compare_type": True}), metadata))

    assert database.at_head()
    assert database.read_now(differences) == []


def test_migrations_give_the_indexes_with_their_conditions(
    empty_url: str, engine_name: str, request: pytest.FixtureRequest
) -> None:
    engine = create_engine(engines.address(empty_url))
    metadata.create_all(engine)
    with engine.connect() as db:
        said = [tuple(row) for row in db.execute(text(INDEXES[engine_name]))]
    engine.dispose()
    with Database(request.getfixturevalue(f"{engine_name}_url"), KEYS) as database:
        assert _plain(rows(database, INDEXES[engine_name])) == _plain(said)
    assert len(said) >= 18


def _plain(indexes: list[tuple[object, ...]]) -> list[str]:
    return [re.sub(r"\s+", " ", f"{name}: {sql}") for name, sql in indexes]


def test_an_empty_database_is_not_at_head_and_migrating_twice_does_no_harm(empty_url: str) -> None:
    with Database(empty_url, KEYS) as database:
        assert not database.at_head()
        database.migrate()
        database.migrate()
        assert database.at_head()


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    start = [sys.executable, "-W", "error", "-c", MIGRATE, empty_url, KEYS[0]]
    started = [
        subprocess.Popen(start, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for each in started:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in started:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    ends = [(each.communicate(timeout=60)[1], each.returncode) for each in started]
    assert [code for _, code in ends] == [0, 0], ends
    with Database(empty_url, KEYS) as database:
        assert rows(database, "SELECT version_num FROM alembic_version") == [(Database.head,)]


def test_sqlite_is_in_wal_and_syncs_in_full(sqlite_url: str) -> None:
    with Database(sqlite_url, KEYS) as database:
        database.migrate()

        def pragmas(db: Connection) -> tuple[object, ...]:
            names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            return tuple(db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names)

        assert database.write_now(pragmas) == ("wal", 2, 1, 15000)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/x"])
def test_an_address_that_is_not_served_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"served|needs a file"):
        Database(url, KEYS)


@pytest.mark.parametrize("url", ["postgres://u:p@h/d", "postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"])
def test_every_spelling_of_postgresql_means_psycopg(url: str) -> None:
    assert engines.address(url).render_as_string(hide_password=False) == "postgresql+psycopg://u:p@h/d"


def test_who_waits_or_has_left_may_ask_again_when_it_goes_down(empty_url: str, engine_name: str) -> None:
    keyring.use(KEYS)
    sealed = keyring.seal("{}")
    member = """INSERT INTO members (id, scheme, person, role, state, asked_at, joining, trainings, revision, version)
        VALUES ('{0}', 's', 'p1', '{0}', '{1}', '2026-03-02', '{2}', '{2}', 1, 1)"""
    moved_to(empty_url, engine_name, "0007", HELD_BEFORE[0], *PAIRED)
    held = (
        member.format("mentee", "waiting", sealed),
        member.format("mentor", "left", sealed),
        "UPDATE members SET place_held_until = '2026-03-09', trainings = '{}'",
        """UPDATE connections SET state = 'ended', "end" = 'left'""",
        "INSERT INTO deadlines (scheme, about, kind, due_at) VALUES ('s', 'mentee', 'place_held', '2026-03-09')",
    )
    moved_to(empty_url, engine_name, "0010", *held)
    moved_to(empty_url, engine_name, "0009")
    with Database(empty_url, KEYS) as database:
        assert rows(database, "SELECT DISTINCT state FROM members") == [("turned_down",)]
        assert rows(database, 'SELECT "end" FROM connections') == [("removed",)]
        assert rows(database, "SELECT kind FROM deadlines WHERE about = 'mentee'") == []
    moved_to(empty_url, engine_name, "0010")
    with Database(empty_url, KEYS) as database:
        assert rows(database, "SELECT place_held_until FROM members") == [(None,), (None,)]


def test_what_lists_are_searched_and_sorted_by_is_filled_in(empty_url: str, engine_name: str) -> None:
    named = """UPDATE people SET name = 'Zoë Ångström', email = 'Z.A@Example.org' WHERE id = 'p2'"""
    meets = ', connection, number, state, starts_at, minutes, mode, place, revision, "placing", event_number, offers)'
    session = f"""INSERT INTO sessions (id, scheme{meets} VALUES ('{{0}}', 's', 'c1', {{1}}, '{{2}}', {{3}}, 60, '',
        'sealed', 1, 'none', 0, '[]')"""
    met = "'2026-04-02 00:00:00.000000'" if engine_name == "sqlite" else "'2026-04-02 00:00Z'"
    moved_to(empty_url, engine_name, "0007", HELD_BEFORE[0], *PAIRED)
    moved_to(
        empty_url, engine_name, "0033", named, session.format("s1", 1, "completed", met),
        session.format("s2", 2, "planned", "NULL"),
    )  # fmt: skip
    moved_to(empty_url, engine_name, "0034")
    with Database(empty_url, KEYS) as database:
        assert rows(database, "SELECT search FROM people ORDER BY id") == [("ada",), ("zoe angstrom z.a@example.org",)]
        stands = rows(database, "SELECT quiet_since, behind_from FROM connections")
    assert [str(at)[:10] for at in stands[0]] == ["2026-04-02", "2026-08-31"]
    moved_to(empty_url, engine_name, "0033")
