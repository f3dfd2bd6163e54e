"""Races between two processes: the rows that they act on, the two processes, and what is kept afterwards."""

import contextlib
import json
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Literal

from sqlalchemy import Connection as Db
from sqlalchemy import select

from bot.actions.notify import HOME
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair
from bot.lifecycle.people import Person
from bot.lifecycle.request import Invitation, Request, RequestState
from bot.lifecycle.terms import Terms
from bot.schemes.roles import Role
from bot.storage import deadlines, members, offices, pairs, people, requests
from bot.storage.database import Database
from bot.storage.tables import audit, invitations, outbox
from bot.storage.tables import pairs as pairs_table
from bot.storage.tables import requests as requests_table
from tests.support.databases import KEYS

SCHEME = "british_cardiovascular_society"
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ROUNDS = 100
ADMINISTRATOR = "UADMINISTRATOR"
SECONDS = 60
"""How long a whole race may take before it counts as stuck."""

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request whose first mentor is being asked until `due_at`. Ids; a person's platform id is the same as theirs."""

    request: str
    invitation: str
    mentee: str
    mentor: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Paired:
    """A pair that goes on. Ids; a person's platform id is the same as theirs."""

    pair: str
    mentee: str
    mentor: str


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that one process does: a click of that person, or the sweep (verb "sweep", nobody's)."""

    verb: str
    user: str = ""
    subject: str = ""
    values: dict[str, str] | None = None


SWEEP = Move("sweep")


@dataclass(frozen=True, slots=True)
class Side:
    """What one process does in one round, all at once, and what its clock shows meanwhile. `first` comes before that:
    a look, to hold the quicker side back a little. `part`: one side stops once it has read a request's row, and goes on
    to its invitations when the other side, which acts in between, is done."""

    moves: tuple[Move, ...]
    at: datetime = MONDAY
    first: Move | None = None
    part: Literal["", "stops halfway", "acts in between"] = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One race."""

    left: Side
    right: Side


# --- the rows ---------------------------------------------------------------------------------------------------------
def invited(
    db: Db, round_: int, number: int = 0, *, limit: int = 2, then: bool = False, offered: bool = False
) -> Asked:
    """A mentee whose request is with that round's mentor, who takes `limit` mentees. Each round has a deadline of its
    own. `then`: another mentor is next on the list; `offered`: the mentor is not asked but offers."""
    mentor, mentee = f"UMENTOR{round_}", f"UMENTEE{round_}N{number}"
    if number == 0:
        member(db, mentor, "mentor", limit)
    member(db, mentee, "mentee")
    id_, due_at = f"request{round_}.{number}", MONDAY + timedelta(minutes=round_ + 1)
    first = Invitation(
        f"{id_}.first", mentor, 1, "open", MONDAY - timedelta(days=5), due_at, asker="mentor" if offered else "mentee"
    )
    listed: tuple[Invitation, ...] = (first,)
    if then:
        member(db, f"UNEXT{round_}", "mentor", limit)
        listed = (first, Invitation(f"{id_}.second", f"UNEXT{round_}", 2, "queued"))
    _request(db, id_, mentee, "choosing" if offered else "asking", listed)
    deadlines.put(db, SCHEME, [Deadline(DeadlineKind.INVITATION_LAPSES, first.id, due_at)])
    return Asked(id_, first.id, mentee, mentor, due_at)


def paired(db: Db, round_: int) -> Paired:
    """A mentee whom that round's mentor has already; the mentor must be there."""
    made = Pair(
        f"pair{round_}", SCHEME, None, None, f"UPAIRED{round_}", f"UMENTOR{round_}", "active",
        Terms((), None, 60), MONDAY, None, origin="import",
    )  # fmt: skip
    member(db, made.mentee, "mentee")
    pairs.save(db, None, made)
    return Paired(made.id, made.mentee, made.mentor)


def in_review(db: Db, round_: int) -> Asked:
    """A mentee whose request waits for the office; nobody is asked yet."""
    mentee, id_ = f"UMENTEE{round_}", f"request{round_}"
    member(db, mentee, "mentee")
    _request(db, id_, mentee, "in_review", ())
    return Asked(id_, "", mentee, "", MONDAY)


def administrator(db: Db) -> None:
    """Somebody of the office."""
    person(db, ADMINISTRATOR)
    offices.appoint(db, SCHEME, ADMINISTRATOR, "administrator", MONDAY)


def person(db: Db, id_: str) -> None:
    """A person whose id is the same here and on the platform."""
    someone = Person(id_, "slack", "T1", id_, id_.title(), f"{id_}@example.org", "Europe/London")
    people.save(db, someone, MONDAY)


def member(db: Db, id_: str, role: Role, limit: int | None = None) -> None:
    """A person who takes part; a mentor is trained."""
    person(db, id_)
    trainings = {"training": (MONDAY - timedelta(days=30)).date()} if role == "mentor" else {}
    profile = {"current_role": "Consultant cardiologist"} if role == "mentor" else None
    found = Member(
        f"{id_}.{role}", SCHEME, id_, role, "approved", MONDAY, {}, {"ways": ["Video call"]}, profile,
        trainings=trainings, own_limit=limit,
    )  # fmt: skip
    members.save(db, None, found)


def _request(db: Db, id_: str, mentee: str, state: RequestState, listed: tuple[Invitation, ...]) -> None:
    answers = {"topics": ["Leadership"], "foremost": ["Leadership"], "sought": "Somebody to talk to"}
    waiting_since = MONDAY if state == "in_review" else None
    request = Request(
        id_, SCHEME, mentee, state, answers, MONDAY, waiting_since=waiting_since, invitations=listed
    )  # fmt: skip
    requests.save(db, None, request)


# --- the two processes ------------------------------------------------------------------------------------------------
class TwoWorkers:
    """Two processes that act at the same moment; see `tests.races.worker`."""

    def __init__(self, left: "_Worker", right: "_Worker") -> None:
        self._workers = (left, right)

    def race(self, url: str, rounds: Sequence[Round], on_silence: str = "end") -> list[list[list[str]]]:
        """Run every round; gives for each round what the moves of each side came to: a reply's name, or "raised …"."""
        sides = ([each.left for each in rounds], [each.right for each in rounds])
        for worker, side in zip(self._workers, sides, strict=True):
            worker.order({"url": url, "keys": KEYS, "on_silence": on_silence, "sides": [asdict(each) for each in side]})
        left, right = (worker.report() for worker in self._workers)
        return [[mine, theirs] for mine, theirs in zip(left, right, strict=True)]


class _Worker:
    def __init__(self, process: "subprocess.Popen[bytes]", control: socket.socket) -> None:
        self._process = process
        self._control = control
        self._control.settimeout(SECONDS)
        self._lines: IO[str] = control.makefile("rw", encoding="utf-8")

    def order(self, plan: dict[str, Any]) -> None:
        self._lines.write(json.dumps(plan, default=datetime.isoformat) + "\n")
        self._lines.flush()

    def report(self) -> list[list[str]]:
        line = self._lines.readline()
        if not line:
            raise RuntimeError(f"a worker ended with {self._process.wait(SECONDS)}; its last words are above")
        done: list[list[str]] = json.loads(line)
        return done

    def end(self) -> None:
        self._lines.close()
        self._control.close()
        try:
            self._process.wait(SECONDS)
        finally:
            self._process.kill()


@contextlib.contextmanager
def two_workers() -> Iterator[TwoWorkers]:
    """Start two workers with a line between them, and end them afterwards."""
    one, other = socket.socketpair()
    with one, other:
        workers = (_worker(one), _worker(other))
    try:
        yield TwoWorkers(*workers)
    finally:
        for worker in workers:
            worker.end()


def _worker(partner: socket.socket) -> _Worker:
    ours, theirs = socket.socketpair()
    with theirs:
        fds = (theirs.fileno(), partner.fileno())
        command = [sys.executable, "-m", "tests.races.worker", *map(str, fds)]
        return _Worker(subprocess.Popen(command, cwd=_ROOT, pass_fds=fds), ours)


# --- what is kept afterwards ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a race has left. `told`: the kinds of message each person gets, edits and home pages left out; `noted`: how
    often each outcome of a verb about a thing is in the audit."""

    requests: dict[str, str]
    invitations: dict[str, str]
    connected: Counter[str]
    told: dict[str, tuple[str, ...]]
    noted: Counter[tuple[str, str, str]]

    def outcomes(self, verb: str, *about: str) -> Counter[str]:
        """How a verb about these things came out."""
        found: Counter[str] = Counter()
        for (what, thing, outcome), times in self.noted.items():
            if what == verb and thing in about:
                found[outcome] += times
        return found


def aftermath(database: Database) -> Aftermath:
    """Read everything in one snapshot."""
    return database.read_now(_aftermath)


def _aftermath(db: Db) -> Aftermath:
    letters = select(outbox.c.person, outbox.c.kind).where(outbox.c.edits.is_(None), outbox.c.kind != HOME)
    told: dict[str, tuple[str, ...]] = {}
    for reader, kind in db.execute(letters.order_by(outbox.c.kind)):
        told[reader] = (*told.get(reader, ()), kind)
    return Aftermath(
        dict(db.execute(select(requests_table.c.id, requests_table.c.state)).all()),
        dict(db.execute(select(invitations.c.id, invitations.c.state)).all()),
        Counter(db.execute(select(pairs_table.c.request)).scalars()),
        told,
        Counter(tuple(row) for row in db.execute(select(audit.c.verb, audit.c.about, audit.c.outcome))),
    )
