"""Records come back as they were kept, and a save that comes too late is told so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, event, update
from sqlalchemy.exc import IntegrityError

from bot.lifecycle.documents import Consent, Document
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.people import Person
from bot.lifecycle.request import Invitation, InvitationState, Request
from bot.lifecycle.step import Refused
from bot.schemes.loading import load
from bot.storage import audit, idempotency_keys, members, offices, pairs, people, requests
from bot.storage.database import Conflict, Database
from bot.storage.tables import pairs as pairs_table
from tests.storage import records
from tests.storage.records import DAY, NOW, SCHEME
from tests.support.databases import rows


def test_a_person_comes_back_and_is_found(database: Database) -> None:
    ada = Person(
        "p1", "slack", "T1", "U1", "Ada Ó", None, "Pacific/Auckland", time(8, 15), time(16), (0, 2), frozenset({"a"}),
        active=False,
    )  # fmt: skip

    def keep(db: Connection) -> None:
        people.save(db, replace(ada, name="Before"), NOW)
        people.save(db, ada, NOW + DAY)

    database.write_now(keep)
    assert database.read_now(lambda db: people.get(db, "p1")) == ada
    assert database.read_now(lambda db: people.find(db, "slack", "T1", "U1")) == ada
    assert database.read_now(lambda db: people.find(db, "teams", "T1", "U1")) is None
    assert database.read_now(lambda db: people.many(db, ["p1", "p2", "p1"])) == {"p1": ada}
    assert database.read_now(lambda db: people.many(db, [])) == {}
    with pytest.raises(Conflict):
        database.write_now(lambda db: people.save(db, replace(ada, id="p2"), NOW))


@pytest.mark.parametrize(
    "get",
    [
        lambda db: people.get(db, "none"),
        lambda db: members.get(db, SCHEME, "none"),
        lambda db: requests.get(db, SCHEME, "none"),
        lambda db: requests.by_invitation(db, SCHEME, "none"),
        lambda db: pairs.get(db, SCHEME, "none"),
        lambda db: pairs.by_session(db, SCHEME, "none"),
    ],
)
def test_what_is_not_there_is_gone(database: Database, get: Callable[[Connection], object]) -> None:
    with pytest.raises(Refused, match="gone"):
        database.read_now(get)


def test_a_thing_is_gone_in_another_scheme(database: Database) -> None:
    made = database.write_now(lambda db: records.request(db, "ada", ["open"]))
    member = database.write_now(lambda db: records.member(db, "ben"))
    for get in (
        lambda db: requests.get(db, "another", made.id),
        lambda db: requests.by_invitation(db, "another", made.invitations[0].id),
        lambda db: members.get(db, "another", member.id),
    ):
        with pytest.raises(Refused, match="gone"):
            database.read_now(get)


def test_offices_give_powers(database: Database) -> None:
    scheme = load("british_cardiovascular_society")
    office = scheme.offices[0]
    power = office.powers[0]

    def appoint(db: Connection) -> None:
        for name in ("ada", "ben"):
            records.person(db, name)
            offices.appoint(db, scheme.key, name, office.key, NOW)
            offices.appoint(db, scheme.key, name, office.key, NOW)
        offices.appoint(db, scheme.key, "ben", "an_office_of_former_days", NOW)
        offices.appoint(db, "another", "ben", office.key, NOW)

    database.write_now(appoint)
    assert database.read_now(lambda db: offices.powers(db, scheme, "ada")) == frozenset(office.powers)
    assert database.read_now(lambda db: offices.powers(db, scheme, "eve")) == frozenset()
    assert database.read_now(lambda db: offices.holders(db, scheme, power)) == ("ada", "ben")
    of_ben = database.read_now(lambda db: offices.offices_of(db, scheme.key, "ben"))
    assert of_ben == {office.key, "an_office_of_former_days"}


def test_an_office_given_in_chat_outlives_the_settings(database: Database) -> None:
    def change(db: Connection) -> None:
        for name in ("ada", "ben", "eve"):
            records.person(db, name)
        offices.appoint(db, "s", "ada", "chair", NOW)
        offices.appoint(db, "s", "ben", "chair", NOW, "chat")
        offices.appoint(db, "s", "ben", "chair", NOW)
        offices.appoint(db, "s", "eve", "chair", NOW)
        offices.appoint(db, "s", "eve", "chair", NOW, "chat")
        assert offices.appointed_by_settings(db, "s") == (("ada", "chair"),)
        for name in ("ada", "ben", "eve"):
            offices.dismiss(db, "s", name, "chair")

    database.write_now(change)
    assert database.read_now(lambda db: offices.offices_of(db, "s", "ada")) == frozenset()
    assert database.read_now(lambda db: offices.offices_of(db, "s", "ben")) == {"chair"}
    assert database.read_now(lambda db: offices.offices_of(db, "s", "eve")) == {"chair"}


def test_members_come_back_and_wait_in_order(database: Database) -> None:
    def keep(db: Connection) -> None:
        first = records.member(db, "ada", "mentee")
        members.save(db, first, replace(first, state="asked", waiting_since=NOW + DAY, preferences=None))
        second = records.member(db, "ben")
        members.save(db, second, replace(second, waiting_since=NOW, own_limit=3, paused_until=NOW + DAY, revision=4))
        records.member(db, "cat")

    database.write_now(keep)
    ben = database.read_now(lambda db: members.of(db, SCHEME, "ben"))["mentor"]
    assert (ben.own_limit, ben.paused_until, ben.revision, ben.version) == (3, NOW + DAY, 4, 2)
    assert ben.trainings == {"training": date(2026, 1, 10)}
    assert database.read_now(lambda db: members.get(db, SCHEME, ben.id)) == ben
    waiting = database.read_now(lambda db: members.waiting(db, SCHEME, 10, 0))
    assert [each.person for each in waiting] == ["ben", "ada"]
    assert waiting[1].preferences is None
    assert [each.person for each in database.read_now(lambda db: members.waiting(db, SCHEME, 1, 1))] == ["ada"]
    assert database.read_now(lambda db: members.count_waiting(db, SCHEME)) == 2
    assert database.read_now(lambda db: members.places_held(db, SCHEME, "mentor")) == 2
    assert database.read_now(lambda db: members.places_held(db, SCHEME, "mentee")) == 0


def test_a_member_changed_meanwhile_is_a_conflict(database: Database) -> None:
    loaded = database.write_now(lambda db: records.member(db, "ada"))
    saved = database.write_now(lambda db: members.save(db, loaded, replace(loaded, own_limit=1)))
    assert saved.version == 2
    with pytest.raises(Conflict):
        database.write_now(lambda db: members.save(db, loaded, replace(loaded, own_limit=5)))
    with pytest.raises(Conflict):
        database.write_now(lambda db: members.save(db, None, replace(loaded, id="again")))
    assert database.read_now(lambda db: members.get(db, SCHEME, loaded.id)) == saved


def test_nothing_changed_nothing_written(database: Database) -> None:
    member = database.write_now(lambda db: records.member(db, "ada"))
    request = database.write_now(lambda db: records.request(db, "ada", ["open"]))
    pair = database.write_now(lambda db: records.pair(db, request))

    def save_again(db: Connection) -> list[str]:
        said: list[str] = []
        listen = (db, "before_cursor_execute", lambda *args: said.append(args[2]))
        event.listen(*listen)
        assert members.save(db, member, member) == member
        assert requests.save(db, request, request) == request
        assert pairs.save(db, pair, pair) == pair
        event.remove(*listen)
        return said

    assert database.write_now(save_again) == []


def test_a_request_comes_back_whole(database: Database) -> None:
    made = database.write_now(lambda db: records.request(db, "ada", ["open", "queued"]))
    assert made.version == 2
    assert database.read_now(lambda db: requests.get(db, SCHEME, made.id)) == made
    assert database.read_now(lambda db: requests.by_invitation(db, SCHEME, made.invitations[1].id)) == made
    assert database.read_now(lambda db: requests.latest_of(db, SCHEME, "ada")) == made
    assert database.read_now(lambda db: requests.open_of(db, SCHEME, "ada")) == made
    assert database.read_now(lambda db: requests.count_open(db, SCHEME, "ada")) == 1
    asked: list[tuple[str, tuple[InvitationState, ...], tuple[Request, ...]]] = [
        (made.invitations[0].mentor, ("open",), (made,)),
        (made.invitations[1].mentor, ("open",), ()),
        (made.invitations[1].mentor, ("open", "queued"), (made,)),
    ]
    for mentor, states, found in asked:
        assert database.read_now(partial(requests.asked_of, scheme_key=SCHEME, mentor=mentor, states=states)) == found


def test_the_next_is_asked_when_one_declines(database: Database) -> None:
    made = database.write_now(lambda db: records.request(db, "ada", ["queued", "open"]))
    later, asked = made.invitations
    # The one who is to be asked stands first: the saving must not open them before the other is closed.
    moved = replace(
        made,
        invitations=(
            replace(later, state="open", asked_at=NOW + DAY, due_at=NOW + 6 * DAY),
            replace(asked, state="declined", answered_at=NOW + DAY, reason="no time"),
        ),
    )
    saved = database.write_now(lambda db: requests.save(db, made, moved))
    assert saved == replace(moved, version=made.version + 1)
    assert database.read_now(lambda db: requests.get(db, SCHEME, made.id)) == saved


def test_a_request_changed_meanwhile_is_a_conflict(database: Database) -> None:
    made = database.write_now(lambda db: records.request(db, "ada", ["open"]))
    withdrawn = replace(made, state="withdrawn", invitations=(replace(made.invitations[0], state="withdrawn"),))
    accepted = replace(made, state="accepted", invitations=(replace(made.invitations[0], state="accepted"),))
    database.write_now(lambda db: requests.save(db, made, withdrawn))
    with pytest.raises(Conflict):
        database.write_now(lambda db: requests.save(db, made, accepted))
    # The invitation's own state stands guard too, were the version ever lost sight of.
    with pytest.raises(Conflict):
        database.write_now(lambda db: requests.save(db, replace(made, version=3), replace(accepted, version=3)))
    kept = database.read_now(lambda db: requests.get(db, SCHEME, made.id))
    assert (kept.state, kept.invitations[0].state) == ("withdrawn", "withdrawn")


def test_a_mentee_has_one_open_request(database: Database) -> None:
    made = database.write_now(lambda db: records.request(db, "ada", state="in_review"))
    with pytest.raises(Conflict):
        database.write_now(lambda db: records.request(db, "ada", state="choosing"))
    database.write_now(lambda db: records.request(db, "ada", state="choosing", scheme="another"))
    database.write_now(lambda db: requests.save(db, made, replace(made, state="withdrawn")))
    database.write_now(lambda db: records.request(db, "ada", state="choosing"))


@pytest.mark.parametrize("state", ["open", "accepted"])
def test_one_invitation_is_open_and_one_accepted(database: Database, state: Any) -> None:
    with pytest.raises(Conflict):
        database.write_now(lambda db: records.request(db, "ada", [state, state]))


def test_nobody_is_asked_twice_for_one_request(database: Database) -> None:
    made = database.write_now(lambda db: records.request(db, "ada", ["declined"]))
    again = Invitation("i9", made.invitations[0].mentor, 2, "queued")
    with pytest.raises(Conflict):
        database.write_now(lambda db: requests.save(db, made, replace(made, invitations=(*made.invitations, again))))


def test_a_foreign_key_that_leads_nowhere_is_an_error_and_no_race(database: Database) -> None:
    made = database.write_now(lambda db: records.request(db, "ada"))
    with pytest.raises(IntegrityError):
        database.write_now(lambda db: requests.save(db, None, replace(made, id="r-x", mentee="nobody")))


def test_requests_wait_in_order(database: Database) -> None:
    def keep(db: Connection) -> list[str]:
        made = []
        for days, name in ((2, "ada"), (1, "ben")):
            before = records.request(db, name, state="in_review")
            made.append(requests.save(db, before, replace(before, waiting_since=NOW + days * DAY)).id)
        return made

    ada, ben = database.write_now(keep)
    waiting = database.read_now(lambda db: requests.waiting(db, SCHEME, ["in_review"], 10, 0))
    assert [each.id for each in waiting] == [ben, ada]
    assert database.read_now(lambda db: requests.count_waiting(db, SCHEME, ["in_review"])) == 2


def test_a_pair_comes_back_with_its_sessions(database: Database) -> None:
    request = database.write_now(lambda db: records.request(db, "ada", ["accepted"], state="accepted"))
    made = database.write_now(lambda db: records.pair(db, request))
    first = replace(
        made.sessions[0], state="scheduled", starts_at=NOW + DAY, mode="In person", place="Library", revision=1
    )
    hers, his = (Consent("agreement", person, NOW) for person in (made.mentee, made.mentor))
    moved = replace(made, consents=(hers,), sessions=(first, Session("s9", 2, minutes=90)))
    saved = database.write_now(lambda db: pairs.save(db, made, moved))
    assert saved == replace(moved, version=2)
    for find in (
        lambda db: pairs.get(db, SCHEME, made.id),
        lambda db: pairs.by_session(db, SCHEME, "s9"),
        lambda db: pairs.of(db, SCHEME, "ada")[0],
        lambda db: pairs.of(db, SCHEME, made.mentor)[0],
    ):
        assert database.read_now(find) == saved
    assert database.read_now(lambda db: pairs.count_active(db, SCHEME, made.mentor)) == 1
    with pytest.raises(Conflict):
        database.write_now(lambda db: pairs.save(db, made, replace(made, consents=(his,))))
    over = replace(saved, state="ended", end="removed", ended_at=NOW, ended_by="ada", reason="We never met.")
    over = database.write_now(lambda db: pairs.save(db, saved, over))
    assert database.read_now(lambda db: pairs.of(db, SCHEME, "ada")) == ()
    for side in ("ada", made.mentor):
        assert database.read_now(partial(pairs.ended_of, scheme_key=SCHEME, person=side, limit=3)) == (over,)
    assert database.read_now(lambda db: pairs.count_active(db, SCHEME, made.mentor)) == 0


def test_a_request_is_connected_once(database: Database) -> None:
    request = database.write_now(lambda db: records.request(db, "ada", ["accepted"], state="accepted"))
    made = database.write_now(lambda db: records.pair(db, request))
    with pytest.raises(Conflict):
        database.write_now(lambda db: pairs.save(db, None, replace(made, id="c2", sessions=())))


def test_pairs_that_came_from_no_request_stand_beside_each_other(database: Database) -> None:
    def make(db: Connection) -> list[Pair]:
        request = records.request(db, "ada", ["accepted"], state="accepted")
        made = replace(records.pair(db, request), request=None, invitation=None, origin="assignment")
        return [pairs.save(db, None, replace(made, id=f"c{n}", sessions=())) for n in (1, 2)]

    made = database.write_now(make)
    assert [database.read_now(partial(pairs.get, scheme_key=SCHEME, id_=each.id)) for each in made] == made


def test_terms_of_an_earlier_version_are_read_with_what_was_usual_then(database: Database) -> None:
    request = database.write_now(lambda db: records.request(db, "ada", ["accepted"], state="accepted"))
    made = database.write_now(lambda db: records.pair(db, request))
    contract = {"key": "contract", "title": "Contract", "called": "contract", "text": ["We meet."], "blocks": "nothing"}
    earlier = {"documents": [contract], "sessions": None, "minutes": 45}
    for kept in (earlier, earlier | {"of a later version": True}):
        database.write_now(partial(_keep_terms, kept=kept))
        terms = database.read_now(lambda db: pairs.get(db, SCHEME, made.id)).terms
        assert terms.documents == (Document("contract", "Contract", "contract", ("We meet.",)),)
        assert (terms.sessions, terms.minutes) == (None, 45)
        assert terms.modes == ("In person", "Video call", "Telephone")
        assert (terms.minutes_at_most, terms.length_at_least) == (None, None)


def _keep_terms(db: Connection, kept: dict[str, Any]) -> None:
    db.execute(update(pairs_table).values(terms=kept))


def test_a_delivery_is_new_once(database: Database) -> None:
    assert database.write_now(lambda db: idempotency_keys.first_time(db, "Ev1", NOW)) is True
    assert database.write_now(lambda db: idempotency_keys.first_time(db, "Ev1", NOW + DAY)) is False
    assert database.write_now(lambda db: idempotency_keys.first_time(db, "Ev2", NOW + DAY)) is True
    assert database.write_now(lambda db: idempotency_keys.prune(db, NOW + DAY)) == 1
    assert rows(database, "SELECT key FROM idempotency_keys") == [("Ev2",)]


def test_what_was_done_is_noted(database: Database) -> None:
    def context(db: Connection) -> None:
        audit.note(db, "a2", SCHEME, None, "lapse", "r1", "done", NOW + DAY)
        audit.note(db, "a1", SCHEME, "ada", "accept", "r1", "already_expired", NOW + 2 * DAY)
        audit.note(db, "a0", SCHEME, "ada", "accept", "r2", "done", NOW)

    database.write_now(context)
    noted = database.read_now(lambda db: audit.of(db, SCHEME, "r1"))
    assert [(each.person, each.verb, each.outcome) for each in noted] == [
        (None, "lapse", "done"),
        ("ada", "accept", "already_expired"),
    ]
