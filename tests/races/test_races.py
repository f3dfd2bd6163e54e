"""A hundred rounds of each race, on both engines, between two processes that have a dispatcher each."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection as Db

from bot.lifecycle.member import Member
from bot.storage import members
from bot.storage.database import Database
from tests.support import races
from tests.support.databases import KEYS, rows
from tests.support.races import (
    ADMINISTRATOR,
    ROUNDS,
    SWEEP,
    Aftermath,
    Asked,
    Move,
    Paired,
    Round,
    Side,
    TwoWorkers,
    aftermath,
)

pytestmark = pytest.mark.xdist_group("machine")

SECOND = timedelta(seconds=1)
Replies = list[list[str]]
Wrong = list[tuple[int, object]]


@pytest.fixture(scope="module")
def two() -> Iterator[TwoWorkers]:
    """Two processes, started once: it is their meeting that counts."""
    with races.two_workers() as started:
        yield started


def staged(database: Database, stage: Callable[[Db, int], list[Asked]]) -> list[list[Asked]]:
    """The rows of every round, in one transaction."""
    return database.write_now(lambda db: [stage(db, number) for number in range(ROUNDS)])


def one_invitation(db: Db, round_: int, *, then: bool = False) -> list[Asked]:
    return [races.invited(db, round_, then=then)]


def eight_for_the_last_place(db: Db, round_: int) -> list[Asked]:
    return [races.invited(db, round_, number, limit=1) for number in range(8)]


def eight_with_offers(db: Db, round_: int) -> list[Asked]:
    """Every other one is an offer of the same mentor's, for its mentee to accept."""
    return [races.invited(db, round_, number, limit=1, offered=bool(number % 2)) for number in range(8)]


def accept_offer(asked: Asked) -> Move:
    return Move("accept", asked.mentee, asked.invitation)


def accept(asked: Asked) -> Move:
    return Move("accept", asked.mentor, asked.invitation)


def withdrawing(asked: Asked, number: int) -> Side:
    """The mentee takes the request back; in every other round after a look at the form, so that each side wins some."""
    look = Move("open_withdraw", asked.mentee, asked.request)
    return Side((Move("withdraw", asked.mentee, asked.request),), first=look if number % 2 else None)


def remove(paired: Paired, user: str) -> Move:
    return Move("remove_connection", user, paired.pair)


def active(database: Database) -> Counter[object]:
    """How many mentees each mentor has."""
    return Counter(mentor for (mentor,) in rows(database, "SELECT mentor FROM connections WHERE state = 'active'"))


def assert_right(wrong: Wrong) -> None:
    assert not wrong, f"{len(wrong)} of {ROUNDS} rounds went wrong, the first: {wrong[0]}"


def test_eight_presses_of_one_accept_make_one_pair(two: TwoWorkers, database: Database, database_url: str) -> None:
    staging = staged(database, one_invitation)
    four = [Side((accept(asked),) * 4) for (asked,) in staging]
    replies = two.race(database_url, [Round(side, side) for side in four])

    after = aftermath(database)
    wrong: Wrong = []
    for number, ((asked,), (left, right)) in enumerate(zip(staging, replies, strict=True)):
        # The card itself shows the one who was first what became of it; the others get a notice.
        polite = Counter(left + right) == {"Nothing": 1, "Notice": 7}
        noted = after.outcomes("accept", asked.invitation) == {"done": 1, "already_accepted": 7}
        if not (polite and noted and story(after, asked) == ACCEPTED):
            wrong.append((number, (left + right, after.outcomes("accept", asked.invitation), story(after, asked))))
    assert_right(wrong)


def test_eight_invitations_accepted_at_once_take_one_place(
    two: TwoWorkers, database: Database, database_url: str
) -> None:
    staging = staged(database, eight_for_the_last_place)
    sides = [[Side(tuple(map(accept, some))) for some in (asked[:4], asked[4:])] for asked in staging]
    replies = two.race(database_url, [Round(*each) for each in sides])

    after = aftermath(database)
    wrong: Wrong = []
    for number, (asked, (left, right)) in enumerate(zip(staging, replies, strict=True)):
        connected = sum(after.connected[each.request] for each in asked)
        outcomes = after.outcomes("accept", *(each.invitation for each in asked))
        states = Counter(after.requests[each.request] for each in asked)
        polite = Counter(left + right) == {"Nothing": 1, "Notice": 7}
        settled = states == {"accepted": 1, "asking": 7} and outcomes == {"done": 1, "at_limit": 7}
        if connected != 1 or not polite or not settled:
            wrong.append((number, (connected, outcomes, left + right)))
    assert_right(wrong)


def test_eight_acceptances_with_offers_among_them_take_one_place(
    two: TwoWorkers, database: Database, database_url: str
) -> None:
    staging = staged(database, eight_with_offers)
    presses = [[(accept_offer if n % 2 else accept)(each) for n, each in enumerate(asked)] for asked in staging]
    replies = two.race(database_url, [Round(Side(tuple(some[:4])), Side(tuple(some[4:]))) for some in presses])

    after = aftermath(database)
    wrong: Wrong = []
    for number, (asked, (left, right)) in enumerate(zip(staging, replies, strict=True)):
        connected = sum(after.connected[each.request] for each in asked)
        outcomes = after.outcomes("accept", *(each.invitation for each in asked))
        polite = Counter(left + right) == {"Nothing": 1, "Notice": 7}
        refused = outcomes["at_limit"] + outcomes["mentor_not_free"]
        if connected != 1 or not polite or (outcomes["done"], refused) != (1, 7):
            wrong.append((number, (connected, outcomes, left + right)))
    assert_right(wrong)


@dataclass(frozen=True, slots=True)
class Story:
    """How a request and its invitations stand, how many pairs it has, and what the three hear."""

    request: str
    invitations: tuple[str, ...]
    pairs: int
    mentee: tuple[str, ...]
    mentor: tuple[str, ...]
    next_mentor: tuple[str, ...] = ()


ACCEPTED = Story("accepted", ("accepted",), 1, ("accepted",), ("connected",))
ACCEPTED_OF_TWO = Story("accepted", ("accepted", "not_needed"), 1, ("accepted",), ("connected",))
EXPIRED = Story("expired", ("expired",), 0, ("request_expired",), ("invitation_lapsed",))
NEXT_ASKED = Story("asking", ("expired", "open"), 0, ("now_asking",), ("invitation_lapsed",), ("invitation",))
WITHDRAWN = Story("withdrawn", ("withdrawn",), 0, (), ("invitation_withdrawn",))


def story(after: Aftermath, asked: Asked) -> Story:
    listed = (f"{asked.request}.first", f"{asked.request}.second")
    following = asked.mentor.replace("MENTOR", "NEXT")
    return Story(
        after.requests[asked.request],
        tuple(after.invitations[each] for each in listed if each in after.invitations),
        after.connected[asked.request],
        *(after.told.get(reader, ()) for reader in (asked.mentee, asked.mentor, following)),
    )


def one_story(after: Aftermath, staging: list[list[Asked]], replies: list[Replies], *allowed: Story) -> Wrong:
    """The rounds whose kept rows and letters tell none of the allowed stories whole, or the presser another one."""
    wrong: Wrong = []
    for number, ((asked,), ((reply,), (other,))) in enumerate(zip(staging, replies, strict=True)):
        told = story(after, asked)
        was_first = told.request == "accepted"
        presser_knows = reply == ("Nothing" if was_first else "Notice")
        if told not in allowed or not presser_knows or "raised" in other:
            wrong.append((number, (told, reply, other)))
    return wrong


@pytest.mark.parametrize(
    ("on_silence", "allowed"),
    [("end", (ACCEPTED, EXPIRED)), ("ask_next", (ACCEPTED_OF_TWO, NEXT_ASKED))],
    ids=["silence-ends", "silence-asks-the-next"],
)
def test_accept_against_expiry(
    two: TwoWorkers, database: Database, database_url: str, on_silence: str, allowed: tuple[Story, ...]
) -> None:
    staging = staged(database, partial(one_invitation, then=on_silence == "ask_next"))
    # One clock is just before the deadline and the other just after it: each move alone would be right.
    rounds = [
        Round(Side((accept(asked),), asked.due_at - SECOND), Side((SWEEP,), asked.due_at + SECOND))
        for (asked,) in staging
    ]
    replies = two.race(database_url, rounds, on_silence)
    assert_right(one_story(aftermath(database), staging, replies, *allowed))


def test_two_sweeps_do_each_deadline_once(two: TwoWorkers, database: Database, database_url: str) -> None:
    staging = staged(database, partial(one_invitation, then=True))
    sides = [Side((SWEEP,), asked.due_at + SECOND) for (asked,) in staging]
    replies = two.race(database_url, [Round(side, side) for side in sides], "ask_next")

    after = aftermath(database)
    wrong: Wrong = []
    for number, ((asked,), (left, right)) in enumerate(zip(staging, replies, strict=True)):
        lapsed = after.outcomes("lapse", asked.request)
        if left + right != ["swept"] * 2 or lapsed != {"done": 1} or story(after, asked) != NEXT_ASKED:
            wrong.append((number, (left + right, lapsed, story(after, asked))))
    assert_right(wrong)


def test_accept_against_withdraw(two: TwoWorkers, database: Database, database_url: str) -> None:
    staging = staged(database, one_invitation)
    rounds = [Round(Side((accept(asked),)), withdrawing(asked, number)) for number, (asked,) in enumerate(staging)]
    replies = two.race(database_url, rounds)
    assert_right(one_story(aftermath(database), staging, replies, ACCEPTED, WITHDRAWN))


def test_withdraw_that_has_read_half_when_accept_commits(two: TwoWorkers, postgresql_url: str) -> None:
    """A request is read in two statements. Where an Accept comes between them, no invitation shows that anything is
    wrong: only the version does. (On SQLite whoever writes is alone from the first statement on.)"""
    with Database(postgresql_url, KEYS) as database:
        staging = staged(database, one_invitation)
        rounds = [
            Round(
                Side((accept(asked),), part="acts in between"),
                Side((Move("withdraw", asked.mentee, asked.request),), part="stops halfway"),
            )
            for (asked,) in staging
        ]
        replies = two.race(postgresql_url, rounds)
        assert_right(one_story(aftermath(database), staging, replies, ACCEPTED))


def test_approval_against_withdraw(two: TwoWorkers, database: Database, database_url: str) -> None:
    """Nothing but the request's own row changes here, so that only its version stands between the two."""
    database.write_now(races.administrator)
    staging = staged(database, lambda db, number: [races.in_review(db, number)])
    rounds = [
        Round(Side((Move("approve_request", ADMINISTRATOR, asked.request),)), withdrawing(asked, number))
        for number, (asked,) in enumerate(staging)
    ]
    replies = two.race(database_url, rounds)

    after = aftermath(database)
    wrong: Wrong = []
    for number, ((asked,), (left, right)) in enumerate(zip(staging, replies, strict=True)):
        approved = after.outcomes("approve_request", asked.request)
        told = (after.requests[asked.request], approved, after.told.get(asked.mentee, ()))
        # A request that has been approved may be withdrawn afterwards; one that was withdrawn is never approved.
        allowed = [
            ("withdrawn", {"decided_by": 1}, ()),
            ("withdrawn", {"done": 1}, ("request_approved",)),
        ]  # fmt: skip
        if told not in allowed or "raised" in "".join(left + right):
            wrong.append((number, (told, left, right)))
    assert_right(wrong)


def pair_of(db: Db, round_: int) -> Paired:
    races.member(db, f"UMENTOR{round_}", "mentor", 1)
    return races.paired(db, round_)


@pytest.mark.covers("A30")
def test_removed_by_both_at_once_it_ends_once(two: TwoWorkers, database: Database, database_url: str) -> None:
    staging = database.write_now(lambda db: [pair_of(db, number) for number in range(ROUNDS)])
    rounds = [Round(Side((remove(one, one.mentee),)), Side((remove(one, one.mentor),))) for one in staging]
    replies = two.race(database_url, rounds)

    after = aftermath(database)
    wrong: Wrong = []
    for number, (one, (left, right)) in enumerate(zip(staging, replies, strict=True)):
        outcomes = after.outcomes("remove_connection", one.pair)
        told = [after.told.get(side, ()) for side in (one.mentee, one.mentor)]
        once = outcomes == {"done": 1, "pair_ended": 1} and sorted(told) == [(), ("connection_removed",)]
        if not once or left + right != ["Notice", "Notice"]:
            wrong.append((number, (outcomes, told, left, right)))
    assert_right(wrong)
    assert not active(database)


def full_and_asked(db: Db, round_: int) -> tuple[Asked, Paired]:
    """A mentor of one place who has a mentee, and is asked by another."""
    return races.invited(db, round_, limit=1), races.paired(db, round_)


@pytest.mark.covers("A30")
def test_a_removal_against_the_acceptance_that_needs_the_place(
    two: TwoWorkers, database: Database, database_url: str
) -> None:
    """The acceptance comes after it, or finds no place: never is there a mentee too many, and no place is lost."""
    staging = database.write_now(lambda db: [full_and_asked(db, number) for number in range(ROUNDS)])
    rounds = [
        Round(
            Side((remove(held, held.mentee),)),
            Side((accept(asked),), first=Move("open_invitation", asked.mentor, asked.invitation) if n % 2 else None),
        )
        for n, (asked, held) in enumerate(staging)
    ]
    replies = two.race(database_url, rounds)

    after, mentees = aftermath(database), active(database)
    wrong: Wrong = []
    for number, ((asked, held), (left, right)) in enumerate(zip(staging, replies, strict=True)):
        removed, accepted = after.outcomes("remove_connection", held.pair), after.outcomes("accept", asked.invitation)
        was_accepted = accepted == {"done": 1}
        stands = (removed, mentees[asked.mentor], after.requests[asked.request])
        expected = ({"done": 1}, int(was_accepted), "accepted" if was_accepted else "asking")
        if stands != expected or not (was_accepted or accepted == {"at_limit": 1}):
            wrong.append((number, (stands, accepted, left, right)))
    assert_right(wrong)


def leaving(user: str, role: str, look: Move | None) -> Side:
    return Side((Move("leave", user, role),), first=look)


MENTOR_LEFT = Story("accepted", ("accepted", "not_needed"), 1, ("accepted", "connection_removed"), ("connected",))
PASSED_ON = Story("asking", ("unavailable", "open"), 0, ("now_asking",), (), ("invitation",))
MENTEE_LEFT = Story("accepted", ("accepted",), 1, ("accepted",), ("connected", "connection_removed"))


def test_accept_against_the_end_of_the_mentors_membership(
    two: TwoWorkers, database: Database, database_url: str
) -> None:
    """Nobody has a mentor who has left, and nobody waits for one: the pair has ended, or the next is asked."""
    staging = staged(database, partial(one_invitation, then=True))
    rounds = []
    for number, (asked,) in enumerate(staging):
        look = Move("open_leave", asked.mentor, "mentor") if number % 2 else None
        rounds.append(Round(Side((accept(asked),)), leaving(asked.mentor, "mentor", look)))
    replies = two.race(database_url, rounds)
    assert_right(one_story(aftermath(database), staging, replies, MENTOR_LEFT, PASSED_ON))
    assert not active(database)


def test_accept_against_the_end_of_the_mentees_membership(
    two: TwoWorkers, database: Database, database_url: str
) -> None:
    staging = staged(database, one_invitation)
    rounds = []
    for number, (asked,) in enumerate(staging):
        look = Move("open_leave", asked.mentee, "mentee") if number % 2 else None
        rounds.append(Round(Side((accept(asked),)), leaving(asked.mentee, "mentee", look)))
    replies = two.race(database_url, rounds)
    assert_right(one_story(aftermath(database), staging, replies, MENTEE_LEFT, WITHDRAWN))
    assert not active(database)


KEPT_APART = Story("asking", ("unavailable", "open"), 0, ("now_asking",), ("passed_on",), ("invitation",))


def test_accept_against_the_office_that_keeps_the_two_apart(
    two: TwoWorkers, database: Database, database_url: str
) -> None:
    """Whoever was first is whole: they are connected, or the next is asked; nobody accepts from whom they are kept."""
    database.write_now(races.administrator)
    staging = staged(database, partial(one_invitation, then=True))
    rounds = []
    for number, (asked,) in enumerate(staging):
        apart = Move("keep_apart", ADMINISTRATOR, asked.mentee, {"person": asked.mentor, "reason": ""})
        look = Move("open_keep_apart", ADMINISTRATOR, asked.mentee) if number % 2 else None
        rounds.append(Round(Side((accept(asked),)), Side((apart,), first=look)))
    replies = two.race(database_url, rounds)
    assert_right(one_story(aftermath(database), staging, replies, ACCEPTED_OF_TWO, KEPT_APART))
    assert rows(database, "SELECT count(*) FROM pairings") == [(ROUNDS,)]


FULL = 60
"""How many places the scheme has for mentees."""


def full_with_a_list(db: Db) -> list[str]:
    """Every place is taken, and more than that wait, in the order of their ids; gives those who have one."""
    taken = [f"UHAS{number:03}" for number in range(FULL)]
    for each in taken:
        races.member(db, each, "mentee")
    for number in range(FULL + 10):
        waits = f"UWAITS{number:03}"
        races.person(db, waits)
        wanted = races.MONDAY + timedelta(minutes=number)
        listed = Member(waits, races.SCHEME, waits, "mentee", "waiting", wanted, {}, place_wanted_since=wanted)
        members.save(db, None, listed)
    return taken


def test_two_places_at_once_go_to_the_first_two_who_wait(
    two: TwoWorkers, database: Database, database_url: str
) -> None:
    taken = database.write_now(full_with_a_list)
    rounds = [
        Round(leaving(one, "mentee", None), leaving(other, "mentee", None))
        for one, other in zip(taken[::2], taken[1::2], strict=True)
    ]
    replies = two.race(database_url, rounds)

    after = aftermath(database)
    assert all("raised" not in reply for pair in replies for side in pair for reply in side)
    told = sorted(reader for reader, kinds in after.told.items() if reader and "place_free" in kinds)
    assert told == [f"UWAITS{number:03}" for number in range(FULL)]
    assert all(after.told[reader] == ("place_free",) for reader in told), "nobody is told twice"
