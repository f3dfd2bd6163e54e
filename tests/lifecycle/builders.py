"""Members, requests and pairs in every state, as short to write as to read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, TypeVar

from bot.lifecycle import requests
from bot.lifecycle.documents import Consent, Document
from bot.lifecycle.member import Member, MemberState
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.request import Invitation, InvitationState, Request, RequestState
from bot.lifecycle.sessions import Meeting
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.terms import Terms
from bot.schemes.loading import load
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme
from tests.support.schemes import with_role, with_route

SCHEME = load("british_cardiovascular_society")
NOW = datetime(2025, 10, 6, 9, 0, tzinfo=UTC)
"""A Monday morning."""
DAY = timedelta(days=1)
DUE = NOW + 5 * DAY
MENTORS = frozenset({"bea", "cyd", "dan"})
AGREEMENT = Document("agreement", "Agreement", "mentoring agreement", ("Text",), "sessions")
MEETING = Meeting(NOW + DAY, 60, "Video call", "https://meet.example.org/1")

Result = TypeVar("Result")


def with_requests(**update: Any) -> Scheme:
    """The reference scheme with other settings for its requests."""
    return with_route(SCHEME, **update)


def silence(setting: Literal["end", "ask_next"]) -> Scheme:
    """The reference scheme with that answer to silence."""
    return with_requests(on_silence=setting)


def with_intake(role: Role, **update: Any) -> Scheme:
    """The reference scheme with another intake in one role."""
    return with_role(SCHEME, role, **update)


def member(role: Role = "mentor", state: MemberState = "approved", **more: Any) -> Member:
    """A member with everything filled in."""
    filled = Member(
        "m1", SCHEME.key, "bea" if role == "mentor" else "ada", role, state, NOW, {"membership_number": "1"},
        preferences={"ways": ["Video call"]}, profile={"mentees_at_most": 2} if role == "mentor" else None,
        trainings={"training": date(2025, 9, 1)} if role == "mentor" else {}, revision=3,
    )  # fmt: skip
    return replace(filled, **more)


def request(state: RequestState, invitations: tuple[InvitationState, ...] | None = None, **more: Any) -> Request:
    """A request in that state with a list that fits it; the mentors are bea, cyd and dan, due in five days."""
    fitting: dict[RequestState, tuple[InvitationState, ...]] = {
        "asking": ("open", "queued", "queued"),
        "accepted": ("declined", "accepted", "not_needed"),
        "expired": ("expired", "not_needed", "not_needed"),
    }
    states = fitting.get(state, ()) if invitations is None else invitations
    listed = tuple(
        Invitation(f"i{n}", mentor, n, each, NOW, DUE, seat=1)
        if each == "open"
        else Invitation(f"i{n}", mentor, n, each)
        for n, (each, mentor) in enumerate(zip(states, sorted(MENTORS), strict=False), start=1)
    )
    return replace(Request("r1", SCHEME.key, "ada", state, {"topics": ["Leadership"]}, NOW, invitations=listed), **more)


def pair(agreed: int = 2, session: Session | None = None, **more: Any) -> Pair:
    """A pair of ada and bea. agreed: 0 nobody yet, 1 the mentee, 2 both."""
    made = Pair(
        "c1", SCHEME.key, "r1", "i1", "ada", "bea", "active", Terms((AGREEMENT,), 4, 60), NOW,
        NOW + 365 * DAY, tuple(Consent("agreement", person, NOW) for person in ("ada", "bea")[:agreed]),
        (session or Session("s1", 1),),
    )  # fmt: skip
    return replace(made, **more)


def sent(scheme: Scheme = SCHEME, mentors: tuple[str, ...] = ("bea", "cyd", "dan")) -> Request:
    """A request just sent to these mentors."""
    chosen = [(f"i{n}", mentor) for n, mentor in enumerate(mentors, start=1)]
    return requests.send(request("choosing"), chosen, MENTORS, scheme, NOW).state


def asked_now(one: Request) -> Invitation | None:
    """The one mentor who is being asked, where one at a time is."""
    assert len(one.open_invitations) < 2
    return next(iter(one.open_invitations), None)


def refusal(move: Callable[[], object]) -> str:
    """The reason a move is refused; fails where it is allowed."""
    try:
        allowed = move()
    except Refused as refused:
        return refused.reason
    raise AssertionError(f"allowed: {allowed}")


def attempt(move: Callable[[], Result]) -> Result | str:
    """What a move gives, or the reason it is refused."""
    try:
        return move()
    except Refused as refused:
        return refused.reason


def told(step: Step[Any]) -> list[tuple[str, str]]:
    """Who hears of a step and of what, in order."""
    return [
        (
            notice.to.person or " and ".join(notice.to.together) or f"office: {notice.to.power}",
            notice.kind.value + (" by e-mail alone" if notice.copy_alone else ""),
        )
        for notice in step.notices
    ]
