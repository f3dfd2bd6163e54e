"""What is in the database before a measurement, put there by the storage modules: mentors asked, mentors to rank,
deadlines pending."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import insert

from bot.lifecycle import searching
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.people import Person
from bot.lifecycle.request import Invitation, Request
from bot.lifecycle.terms import Terms
from bot.schemes.loading import load
from bot.schemes.roles import Role
from bot.storage import deadlines, members, outbox, pairs, people, requests, tables
from bot.storage.database import Database
from bot.storage.outbox import Letter

SCHEME = "british_cardiovascular_society"
TEAM = "T0LOCAL0001"
WINDOW = timedelta(days=5)
_CHUNK = 250
_ANSWERS = {"topics": ["Leadership", "Wellbeing"], "foremost": ["Leadership"], "sought": "Somebody to talk to. " * 10}


@dataclass(frozen=True, slots=True)
class Case:
    """A request whose first mentor is being asked, and a second waits. All of its ids hold its mark; a person's id is
    the same here and on the platform."""

    number: int

    @property
    def mark(self) -> str:
        """Of the same length for every case."""
        return f"CASE{self.number:07d}"

    @property
    def mentee(self) -> str:
        """Who asks."""
        return f"U1{self.mark}"

    @property
    def mentor(self) -> str:
        """Who is being asked."""
        return f"U2{self.mark}"

    @property
    def next(self) -> str:
        """Who would be asked then."""
        return f"U3{self.mark}"

    @property
    def request(self) -> str:
        """The request's id."""
        return f"R{self.mark}"

    @property
    def invitation(self) -> str:
        """The open invitation's id."""
        return f"I1{self.mark}"


def asked(database: Database, cards: Sequence[tuple[str, str]], due: Sequence[timedelta] = ()) -> None:
    """Keep a case for each card (channel and ts of the mentor's message), and then one for each of the times in `due`,
    whose deadline passes that long from now."""
    now = datetime.now(UTC)
    kept: list[tuple[Case, tuple[str, str] | None, datetime]] = [
        (Case(number), card, now + WINDOW) for number, card in enumerate(cards)
    ]
    kept += [(Case(number), None, now + late) for number, late in enumerate(due, start=len(cards))]
    for at in range(0, len(kept), _CHUNK):

        def put(db: Db, chunk: list[tuple[Case, tuple[str, str] | None, datetime]] = kept[at : at + _CHUNK]) -> None:
            for case, card, due_at in chunk:
                _case(db, case, card, due_at, now)

        database.write_now(put)


def _case(db: Db, case: Case, card: tuple[str, str] | None, due_at: datetime, now: datetime) -> None:
    for user, role in ((case.mentee, "mentee"), (case.mentor, "mentor"), (case.next, "mentor")):
        people.save(db, person(user), now)
        members.save(db, None, member(user, "mentee" if role == "mentee" else "mentor", now))
    first = Invitation(case.invitation, case.mentor, 1, "open", now - timedelta(days=1), due_at)
    second = Invitation(f"I2{case.mark}", case.next, 2, "queued")
    before = now - timedelta(days=3)
    requests.save(
        db, None, Request(case.request, SCHEME, case.mentee, "asking", _ANSWERS, before, invitations=(first, second))
    )
    deadlines.put(db, SCHEME, [Deadline(DeadlineKind.INVITATION_LAPSES, first.id, due_at)])
    if card is not None:
        letter = Letter(
            f"L{case.mark}", SCHEME, f"invitation:{case.invitation}", "invitation", case.invitation, case.mentor, None,
            "chat", now, now,
        )  # fmt: skip
        outbox.put(db, [letter])
        outbox.sent(db, letter.id, *card, now)


def person(user: str) -> Person:
    """Somebody whose id is the same here and on the platform."""
    return Person(user, "slack", TEAM, user, user.title(), f"{user.lower()}@example.org", "Europe/London")


def member(user: str, role: Role, now: datetime, profile: dict[str, Any] | None = None) -> Member:
    """An approved member; a mentor is trained."""
    mentor = role == "mentor"
    return Member(
        f"M{user}", SCHEME, user, role, "approved", now - timedelta(days=60), {"membership_number": "1234"},
        {"ways": ["Video call"], "times": ["Mornings"]},
        (profile or {"current_role": "Consultant cardiologist"}) if mentor else None,
        trainings={"training": (now - timedelta(days=30)).date()} if mentor else {}, own_limit=2 if mentor else None,
    )  # fmt: skip


def mentors(database: Database, first: int, last: int) -> None:
    """Approved mentors with a full profile, of different topics, ratings and places."""
    now = datetime.now(UTC)
    for at in range(first, last, _CHUNK):

        def put(db: Db, numbers: range = range(at, min(at + _CHUNK, last))) -> None:
            for number in numbers:
                user = mentor(number)
                people.save(db, person(user), now)
                members.save(db, None, member(user, "mentor", now, profile(number)))

        database.write_now(put)


def mentor(number: int) -> str:
    """The id of one of those."""
    return f"U5MENTOR{number:06d}"


def profile(number: int) -> dict[str, Any]:
    """A mentor's full profile."""
    regions = ("London", "South of England", "Midlands and East", "North of England", "Scotland", "Wales")
    return {
        "current_role": "Consultant cardiologist",
        "about": "Glad to listen, and to share what has helped me on my way. " * 6,
        "expertise": {topic: (number * 7 + place * 3) % 6 for place, topic in enumerate(load(SCHEME).topics)},
        "gender": ("A woman", "A man")[number % 2],
        "region": regions[number % len(regions)],
        "mentees_at_most": 2,
    }


def connected(database: Database, many: int) -> None:
    """So many connections, each of two mentors, most of whom have met lately."""
    terms, now = Terms.of(load(SCHEME)), datetime.now(UTC)
    for at in range(0, many, _CHUNK):

        def put(db: Db, numbers: range = range(at, min(at + _CHUNK, many))) -> None:
            for number in numbers:
                sides, began = (mentor(number), mentor(number + 1)), now - timedelta(days=number % 300)
                met = tuple(
                    Session(f"S{number}-{n}", n, "completed", began + timedelta(days=30 * n)) for n in range(1, 3)
                )  # fmt: skip
                made = Pair(connection(number), SCHEME, None, None, *sides, "active", terms, began, now + timedelta(90))
                pairs.save(db, None, replace(made, sessions=met))

        database.write_now(put)


def connection(number: int) -> str:
    """The id of one of those."""
    return f"C{number:05d}"


def choosing(database: Database, user: str) -> None:
    """A mentee with an approved request."""
    now = datetime.now(UTC)

    def put(db: Db) -> None:
        people.save(db, person(user), now)
        members.save(db, None, member(user, "mentee", now))
        requests.save(db, None, Request(f"R{user}", SCHEME, user, "choosing", _ANSWERS, now, approved_at=now))

    database.write_now(put)


def imported(db: Db, first: int, last: int) -> None:
    """A chunk of members as an import writes them: people and memberships, each in one statement of many rows."""
    now = datetime.now(UTC)
    users = [f"U6IMPORT{number:07d}" for number in range(first, last)]
    db.execute(insert(tables.people), [_row(person(user)) | {"seen_at": now} for user in users])
    db.execute(insert(tables.members), [_row(member(user, "mentor", now)) for user in users])


def pending(database: Database, many: int) -> None:
    """So many deadlines that lie ahead, of every kind in turn."""
    ahead, kinds = datetime.now(UTC) + timedelta(days=1), tuple(DeadlineKind)
    for at in range(0, many, 5000):

        def put(db: Db, numbers: range = range(at, min(at + 5000, many))) -> None:
            made = (Deadline(kinds[n % len(kinds)], f"I{n:08d}", ahead + timedelta(seconds=n)) for n in numbers)
            deadlines.put(db, SCHEME, tuple(made))

        database.write_now(put)


def _row(record: Person | Member) -> dict[str, Any]:
    """A record as a row of its table."""
    row = {name: getattr(record, name) for name in record.__dataclass_fields__}
    if isinstance(record, Person):
        search = searching.of_person(record.name, record.email)
        row |= {"works_days": list(record.works_days), "quieted": [], "search": search}
    return row
