"""Invented people and what belongs to them, kept as they are needed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from sqlalchemy import Connection

from bot.lifecycle.documents import Document
from bot.lifecycle.member import Member
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.people import Person
from bot.lifecycle.request import Invitation, InvitationState, Request, RequestState
from bot.lifecycle.terms import Terms
from bot.schemes.roles import Role
from bot.storage import members, pairs, people, requests
from bot.storage.outbox import Letter

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SCHEME = "invented"

AGREEMENT = Document(
    "agreement", "Agreement", "mentoring agreement", ("We meet.", "We keep it to ourselves."), "sessions"
)

_numbers = count(1)


def person(db: Connection, id_: str) -> str:
    """A person of that id."""
    people.save(db, Person(id_, "slack", "T1", f"U-{id_}", id_.title(), f"{id_}@example.org", "Europe/London"), NOW)
    return id_


def member(db: Connection, id_: str, role: Role = "mentor", **fields: object) -> Member:
    """An approved, trained member; the person is made along with the membership, both under nearly the same id."""
    person(db, id_)
    made = Member(
        f"m-{id_}-{role}", SCHEME, id_, role, "approved", NOW, {"why": "to help"}, {"ways": ["Video call"]},
        {"ratings": {"Leadership": 4}}, trainings={"training": date(2026, 1, 10)}, **fields,  # type: ignore[arg-type]
    )  # fmt: skip
    return members.save(db, None, made)


def request(
    db: Connection,
    mentee: str,
    states: Sequence[InvitationState] = (),
    state: RequestState = "asking",
    due_at: datetime | None = NOW + 5 * DAY,
    scheme: str = SCHEME,
) -> Request:
    """A request with one invitation for each state, to mentors called after the request and their position."""
    id_ = f"r{next(_numbers)}"
    person(db, mentee)
    invited = tuple(
        Invitation(
            f"{id_}-i{position}", person(db, f"{id_}-mentor{position}"), position, each,
            asked_at=NOW if each == "open" else None,
            due_at=due_at if each == "open" else None,
            seat=1 if each == "open" else None,
        )
        for position, each in enumerate(states, start=1)
    )  # fmt: skip
    made = Request(id_, scheme, mentee, state, {"topics": ["Leadership"], "note": "in confidence"}, NOW)
    kept = requests.save(db, None, made)
    return requests.save(db, kept, replace(kept, invitations=invited)) if invited else kept


def pair(db: Connection, of: Request, mentor: str | None = None) -> Pair:
    """An active pair of the request's first invitation, its first session still to be planned."""
    invitation = of.invitations[0]
    made = Pair(
        f"c-{of.id}", of.scheme, of.id, invitation.id, of.mentee, mentor or invitation.mentor, "active",
        Terms((AGREEMENT,), 4, 60), NOW, NOW + 365 * DAY,
        sessions=(Session(f"s-{of.id}", 1),),
    )  # fmt: skip
    return pairs.save(db, None, made)


def letter(to: str | None, key: str, **fields: object) -> Letter:
    """A letter to a person, or to the office where there is none; due now."""
    usual: dict[str, object] = {
        "id": f"l-{key}", "scheme": SCHEME, "key": key, "kind": "invitation", "about": "thing", "person": to,
        "channel": None if to else "office", "by": "chat", "made_at": NOW, "not_before": NOW,
    }  # fmt: skip
    return Letter(**usual | fields)  # type: ignore[arg-type]
