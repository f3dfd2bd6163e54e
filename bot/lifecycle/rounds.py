"""A round: whoever matches has a mentor found for many mentees at once, looks at what has come of it, changes what does
not suit, and publishes it. What suits whom best is worked out in `matching/rounds`; nothing holds before it is
published, and then each pair is decided in its own right, as if it had been picked alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.lifecycle.permissions import Actor, office
from bot.lifecycle.request import Request, route_of
from bot.lifecycle.step import Reason, Refused
from bot.schemes.rounds import MOST_PLACES
from bot.schemes.scheme import Scheme

RoundState = Literal["working", "ready", "publishing", "published", "dropped"]
"""working: who suits whom is being worked out · ready: somebody can look at it, change it and publish it · publishing:
a few at a time."""
GOES_ON: Final[frozenset[RoundState]] = frozenset({"working", "ready", "publishing"})
"""The states of which a scheme has one round at most."""
AT_WORK: Final[frozenset[RoundState]] = frozenset({"working", "publishing"})
"""The states in which something is done beside the clicks."""
Came = Literal["connected", "asked"] | Reason
"""What came of a pair when it was published: the two are connected, the mentor is asked, or why neither."""

LEASE: Final = timedelta(seconds=60)
"""For so long whoever works a round out has it to themselves, in real time; longer, and they are taken for dead."""
MEETS_AHEAD: Final = timedelta(days=120)
"""An introductory meeting lies so far ahead at most."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """An introductory meeting, to which all who are matched in a round are asked. `place`: where, or a link."""

    at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class Round:
    """One round. `by`: whoever has it worked out, or publishes it; `run`: how often it has been worked out; of the
    `total` who are in it, `done` have had their turn at what goes on now; `placed` have a mentor, who suit by `percent`
    together. `budget`: how many more pairs the scheme could pay for; None: any number. `places`: mentors who are to
    have other places in this round than they have free. `claimed_until`: until when a process works on it."""

    id: str
    scheme: str
    by: str
    state: RoundState
    at: datetime
    run: int = 1
    total: int = 0
    done: int = 0
    placed: int = 0
    percent: int = 0
    budget: int | None = None
    places: Mapping[str, int] = field(default_factory=dict)
    ended_at: datetime | None = None
    meets_at: datetime | None = None
    meets_in: str | None = None
    claimed_until: datetime | None = None
    version: int = 1

    @property
    def introduction(self) -> Introduction | None:
        """The meeting to which those who were matched are asked, if there is one."""
        return Introduction(self.meets_at, self.meets_in or "") if self.meets_at else None

    @property
    def average(self) -> int:
        """By how many percent those who are placed suit, on average; halves upwards."""
        return (2 * self.percent + self.placed) // (2 * self.placed) if self.placed else 0


def in_round(request: Request, scheme: Scheme) -> bool:
    """Whether the request waits for whoever matches, by a route on which the office picks; what others have failed at
    is taken up with the mentee."""
    return request.state == "assigning" and "assign" in route_of(request, scheme).steps


def may_see(actor: Actor) -> None:
    """Whoever matches."""
    office(actor, "match")


def may_look_ahead(actor: Actor, scheme: Scheme) -> None:
    """Likewise, where the office picks the mentors."""
    may_see(actor)
    if "assign" not in scheme.route.steps:
        raise Refused("no_rounds")


def may_begin(actor: Actor, scheme: Scheme, now_open: Round | None) -> None:
    """Likewise, as long as no other goes on."""
    may_look_ahead(actor, scheme)
    if now_open is not None:
        raise Refused("round_open")


def begin(id_: str, actor: Actor, scheme: Scheme, now_open: Round | None, now: datetime) -> Round:
    """A new round, to be worked out."""
    may_begin(actor, scheme, now_open)
    return Round(id_, scheme.key, actor.person, "working", now)


def may_change(one: Round, actor: Actor, *about: str) -> None:
    """Whether whoever matches can change it now: it has been worked out, and is not published. `about`: of whom."""
    office(actor, "match", *about)
    if one.state in AT_WORK:
        raise Refused("round_at_work")
    if one.state != "ready":
        raise Refused("round_over")


def run_again(one: Round, actor: Actor, now: datetime) -> Round:
    """It is worked out anew, from how things are now, with all that was said meanwhile."""
    may_change(one, actor)
    return replace(
        one, by=actor.person, state="working", at=now, run=one.run + 1, total=0, done=0, placed=0, percent=0,
        budget=None, claimed_until=None,
    )  # fmt: skip


def most_places(load: int, limit: int | None) -> int:
    """How many mentees a mentor can be given in a round who carries so many and takes so many: that is hard."""
    return MOST_PLACES if limit is None else max(0, limit - load)


def with_places(one: Round, actor: Actor, mentor: str, places: int, load: int, limit: int | None) -> Round:
    """That mentor has so many places when the round is run again. `load`, `limit`: how many mentees they have and take
    at one time."""
    may_change(one, actor, mentor)
    if not 0 <= places <= most_places(load, limit):
        why: Reason = "round_places" if limit is None else "round_own_limit"
        raise Refused(why, {"most": most_places(load, limit), "limit": limit, "load": load}, field="places")
    return replace(one, places={**one.places, mentor: places})


def limit_in(one: Round, mentor: str, load: int, limit: int | None) -> int | None:
    """How many mentees the mentor takes at one time as far as this round goes."""
    given = one.places.get(mentor)
    if given is None:
        return limit
    return load + given if limit is None else min(limit, load + given)


def drop(one: Round, actor: Actor, now: datetime) -> Round:
    """Nothing comes of it; the requests wait on."""
    may_drop(one, actor)
    return replace(one, state="dropped", ended_at=now, claimed_until=None)


def may_drop(one: Round, actor: Actor) -> None:
    """Whether it can be given up: nobody has heard of it."""
    may_see(actor)
    if one.state == "publishing":
        raise Refused("round_at_work")
    if one.state not in GOES_ON:
        raise Refused("round_over")


def publish(
    one: Round, actor: Actor, scheme: Scheme, run: int, introduction: Introduction | None, now: datetime
) -> Round:
    """All who are in it hear of it now. `run`: as it was when they read it."""
    may_publish(one, actor)
    if one.run != run:
        raise Refused("conflict")
    if introduction is not None:
        may_introduce(introduction, scheme, now)
    return replace(
        one, by=actor.person, state="publishing", done=0, meets_at=introduction.at if introduction else None,
        meets_in=introduction.place if introduction else None,
    )  # fmt: skip


def may_publish(one: Round, actor: Actor) -> None:
    """Whether there is something that somebody could hear."""
    may_change(one, actor)
    if not one.placed:
        raise Refused("round_empty")


def may_introduce(introduction: Introduction, scheme: Scheme, now: datetime) -> None:
    """Whether the scheme has introductory meetings, and this one is ahead, at a place that people find."""
    if not scheme.rounds.introduction:
        raise Refused("gone")
    if introduction.at <= now:
        raise Refused("round_meets_past", field="day")
    if introduction.at > now + MEETS_AHEAD:
        raise Refused("round_meets_far", field="day")


def worked_out(one: Round, total: int, placed: int, percent: int, budget: int | None) -> Round:
    """Who suits whom is known, and still to be kept."""
    return replace(one, total=total, done=0, placed=placed, percent=percent, budget=budget)


def gone_on(one: Round, by: int, until: datetime | None, now: datetime) -> Round:
    """So many more have had their turn; with the last of them it is ready, or published."""
    done = min(one.done + by, one.total)
    if done < one.total:
        return replace(one, done=done, claimed_until=until)
    if one.state == "working":
        return replace(one, done=done, state="ready", claimed_until=None)
    return replace(one, done=done, state="published", ended_at=now, claimed_until=None)


def stopped(one: Round) -> Round:
    """Whoever publishes it may do so no longer: the rest waits for somebody who may."""
    return replace(one, state="ready", claimed_until=None)
