"""The mentors as the matching sees them: what they answer, what they carry, whether they may be asked."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection

from bot.schemes.fields import FormField
from bot.schemes.loading import load
from bot.schemes.scheme import Scheme
from bot.storage import candidates, members, pairs, requests
from bot.storage.database import Database
from tests.storage import records
from tests.storage.records import DAY, NOW, SCHEME
from tests.support.schemes import with_role


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load("british_cardiovascular_society").model_copy(update={"key": SCHEME})


def _see(database: Database, scheme: Scheme) -> dict[str, tuple[int, int | None, bool]]:
    found = database.read_now(lambda db: candidates.candidates(db, scheme, NOW))
    return {each.person: (each.load, each.limit, each.available) for each in found}


def test_pairs_and_open_invitations_are_a_load(database: Database, scheme: Scheme) -> None:
    def keep(db: Connection) -> tuple[str, str]:
        first = records.request(db, "ada", ["open", "queued"])
        asked, queued = (each.mentor for each in first.invitations)
        for mentor in (asked, queued, "idle"):
            records.member(db, mentor)
        second = records.request(db, "ben", ["accepted"], state="accepted")
        records.pair(db, second, mentor=asked)
        third = records.request(db, "cat", ["accepted"], state="accepted")
        ended = records.pair(db, third, mentor=asked)
        pairs.save(db, ended, replace(ended, state="ended"))
        elsewhere = records.request(db, "dan", ["accepted"], state="accepted", scheme="another")
        records.pair(db, elsewhere, mentor="idle")
        return asked, queued

    asked, queued = database.write_now(keep)
    assert {person: load for person, (load, _, _) in _see(database, scheme).items()} == {asked: 2, queued: 0, "idle": 0}
    few = database.write_now(lambda db: candidates.for_people(db, scheme, [asked, "idle", "nobody"], NOW))
    assert [(each.person, each.load) for each in few] == [("idle", 0), (asked, 2)]


def test_who_may_be_asked_and_how_many_they_take(database: Database, scheme: Scheme) -> None:
    def keep(db: Connection) -> None:
        records.member(db, "able", own_limit=3)
        records.member(db, "paused", paused_until=NOW + DAY)
        records.member(db, "back", paused_until=NOW)
        late = records.member(db, "lapsed")
        members.save(db, late, replace(late, trainings={"training": date(2020, 1, 1)}))
        new = records.member(db, "new")
        members.save(db, new, replace(new, state="in_review"))
        records.member(db, "mentee", "mentee")

    database.write_now(keep)
    usual = scheme.capacity.own_limit
    assert _see(database, scheme) == {
        "able": (0, 3, True),
        "back": (0, usual, True),
        "lapsed": (0, usual, False),
        "paused": (0, usual, False),
    }
    few = database.read_now(lambda db: candidates.for_people(db, scheme, ["new", "mentee", "able"], NOW))
    assert [(each.person, each.available) for each in few] == [("able", True), ("new", False)]


def test_profile_and_preferences_come_together_and_as_they_are_now(database: Database, scheme: Scheme) -> None:
    before = database.write_now(lambda db: records.member(db, "ada"))

    def answers() -> object:
        return database.read_now(lambda db: candidates.candidates(db, scheme, NOW))[0].answers

    assert answers() == {"ratings": {"Leadership": 4}, "ways": ["Video call"]}
    after = replace(before, profile={"ratings": {"Leadership": 1}})
    database.write_now(lambda db: members.save(db, before, after))
    assert answers() == {"ratings": {"Leadership": 1}, "ways": ["Video call"]}
    few = database.write_now(lambda db: candidates.for_people(db, scheme, ["ada"], NOW))
    assert few[0].answers == answers()


def test_what_was_rolled_back_is_not_remembered(database: Database, scheme: Scheme) -> None:
    before = database.write_now(lambda db: records.member(db, "ada"))

    def change_of_mind(db: Connection) -> None:
        members.save(db, before, replace(before, profile={"draft": True}))
        assert candidates.candidates(db, scheme, NOW)[0].answers["draft"] is True
        raise LookupError

    with pytest.raises(LookupError):
        database.write_now(change_of_mind)
    database.write_now(lambda db: members.save(db, before, replace(before, profile={"final": True})))
    found = database.read_now(lambda db: candidates.candidates(db, scheme, NOW))
    assert found[0].answers == {"final": True, "ways": ["Video call"]}


def test_many_mentors_are_all_there(database: Database, scheme: Scheme) -> None:
    database.write_now(lambda db: [records.member(db, f"p{n:03}") for n in range(230)])
    for _ in range(2):  # read, then remembered
        found = database.read_now(lambda db: candidates.candidates(db, scheme, NOW))
        assert [each.person for each in found] == [f"p{n:03}" for n in range(230)]
        assert all(each.answers["ratings"] for each in found)


def test_asking_takes_and_gives_back_a_place(database: Database, scheme: Scheme) -> None:
    made = database.write_now(lambda db: records.request(db, "ada", ["open"]))
    mentor = made.invitations[0].mentor
    database.write_now(lambda db: records.member(db, mentor))
    assert _see(database, scheme)[mentor][0] == 1
    declined = replace(made, state="choosing", invitations=(replace(made.invitations[0], state="declined"),))
    database.write_now(lambda db: requests.save(db, made, declined))
    assert _see(database, scheme)[mentor][0] == 0


def test_where_a_flag_counts_nobody_is_full_and_a_no_is_heard(database: Database, scheme: Scheme) -> None:
    flag = FormField.model_validate({"key": "free", "label": "Can you be asked now?", "kind": "yes_no"})
    profile = scheme.roles["mentor"].profile
    assert profile
    flagged = with_role(scheme, "mentor", profile=profile.model_copy(update={"fields": (*profile.fields, flag)}))
    counting = scheme.capacity.model_copy(update={"counted_by": "flag", "flag_field": "free", "own_limit_field": None})
    flagged = flagged.model_copy(update={"capacity": counting})

    def keep(db: Connection) -> None:
        for name, free in (("yes", True), ("no", False), ("silent", None)):
            one = records.member(db, name)
            members.save(db, one, replace(one, profile={"free": free} if free is not None else {}))

    database.write_now(keep)
    found = database.read_now(lambda db: candidates.candidates(db, flagged, NOW))
    assert {each.person: (each.available, each.limit, each.full) for each in found} == {
        "yes": (True, None, False), "no": (False, None, False), "silent": (True, None, False),
    }  # fmt: skip
