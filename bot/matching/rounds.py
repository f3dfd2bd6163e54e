"""Who suits whom, for many mentees at once: most of them are placed, and then as well as possible, all in all.

What is pinned is kept first. Then scipy's `linear_sum_assignment` is asked, where each free place of a mentor is a
column and each point of a match weighs less than placing one more. Hard rules, and who is kept apart, leave two people
out altogether. The same people in any order come to the same result. numpy and scipy are loaded when this is, and need
not be installed (`mentorbot[rounds]`): see `screens/round_table.available`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, get_args

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from bot.matching import points
from bot.matching.criteria import Criteria, Seeker, wishes_of
from bot.matching.points import Counts, Truth
from bot.matching.ranking import Candidate, Match, Unmatched, WhyNot, explained
from bot.schemes.rounds import MOST_PLACES
from bot.schemes.scheme import Scheme

_REASONS: Final = get_args(WhyNot)
_CAN_BE: Final = len(_REASONS)
"""Stands where no reason is against it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A mentee with the mentor who was found, and why."""

    mentee: str
    match: Match


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A mentee for whom nobody was found. `left_out`: how many mentors could not be theirs, by the first reason."""

    mentee: str
    why: Unmatched
    left_out: Mapping[WhyNot, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of a round, in the order of the mentees' ids."""

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]


def match_all(
    seekers: Sequence[Seeker], candidates: Sequence[Candidate], scheme: Scheme, *, places: int | None = None
) -> Outcome:
    """Find a mentor for as many of the seekers as can be, in the best way all in all. `places`: how many pairs there
    may be at most (a budget); None: any number."""
    if not seekers:
        return Outcome((), ())
    seekers = sorted(seekers, key=lambda each: each.person)
    mentors = sorted(candidates, key=lambda each: each.person)
    criteria = [wishes_of(each, scheme) for each in seekers]
    percent, against = _tables(seekers, mentors, criteria)
    chosen = _chosen(percent, against == _CAN_BE, seekers, mentors, places)
    placed = [
        Placed(seekers[row].person, explained(mentors[column], criteria[row], seekers[row]))
        for row, column in sorted(chosen.items())
    ]
    spent = places is not None and len(chosen) >= places
    unplaced = [_unplaced(seekers[row], against[row], spent) for row in range(len(seekers)) if row not in chosen]
    return Outcome(tuple(placed), tuple(unplaced))


def _unplaced(seeker: Seeker, against: Counts, spent: bool) -> Unplaced:
    found = Counter(against.tolist())
    left_out: dict[WhyNot, int] = {why: found[n] for n, why in enumerate(_REASONS) if found[n]}
    why: Unmatched = "nobody_suits" if not found[_CAN_BE] else "no_place" if spent else "no_room"
    return Unplaced(seeker.person, why, left_out)


def _tables(
    seekers: Sequence[Seeker], mentors: Sequence[Candidate], criteria: Sequence[Criteria]
) -> tuple[Counts, Counts]:
    """The points of each two, and what is against them: the place of the first reason in `WhyNot`."""
    table = points.of(criteria, mentors)
    at = {each.person: column for column, each in enumerate(mentors)}
    no = {why: np.zeros(table.percent.shape, np.bool_) for why in _REASONS}
    for row, seeker in enumerate(seekers):
        for why, persons in (("oneself", (seeker.person,)), ("apart", seeker.apart), ("asked_before", seeker.asked)):
            no[why][row, [at[person] for person in persons if person in at]] = True
    no["not_available"][:] = [not each.available for each in mentors]
    no["full"][:] = [each.full for each in mentors]
    no["must"], no["their_must"] = ~table.fits, ~table.fits_them
    against = np.select([no[why] for why in _REASONS], range(len(_REASONS)), _CAN_BE)
    return table.percent, against


def _chosen(
    percent: Counts, fits: Truth, seekers: Sequence[Seeker], mentors: Sequence[Candidate], places: int | None
) -> dict[int, int]:
    """The column of the mentor by the row of the mentee."""
    rows, columns = fits.shape
    room = [min(rows, MOST_PLACES if each.limit is None else max(0, each.limit - each.load)) for each in mentors]
    chosen: dict[int, int] = {}
    for row, column in _pinned(percent, fits, seekers, mentors):
        if room[column] > 0 and row not in chosen and (places is None or len(chosen) < places):
            chosen[row] = column
            room[column] -= 1
    left = [row for row in range(rows) if row not in chosen]
    seats = np.repeat(np.arange(columns), room)
    at_most = None if places is None else max(0, places - len(chosen))
    chosen |= {left[n]: int(seats[seat]) for n, seat in _best(percent[left][:, seats], fits[left][:, seats], at_most)}
    return chosen


def _pinned(
    percent: Counts, fits: Truth, seekers: Sequence[Seeker], mentors: Sequence[Candidate]
) -> Iterator[tuple[int, int]]:
    """Whom the office has put together, as far as nothing hard is against it, the closest first."""
    at = {each.person: column for column, each in enumerate(mentors)}
    found = [(row, at[person]) for row, each in enumerate(seekers) for person in each.pinned if person in at]
    yield from sorted((two for two in found if fits[two]), key=lambda two: (-percent[two], two))


def _best(percent: Counts, fits: Truth, at_most: int | None) -> Iterator[tuple[int, int]]:
    """Rows and columns that fit: as many as can be (`at_most` so many), and then of the best total."""
    rows, columns = percent.shape
    one_more = 101 * min(rows, columns) + 1  # more than all the points that placing one more could cost
    worth: npt.NDArray[np.float64] = np.where(fits, percent + one_more, 0).astype(float)
    left_out = 0 if at_most is None else max(0, rows - at_most)
    if left_out:  # so many rows stay without: each of these columns is worth more than any mentor
        nobody = np.full((rows, left_out), 2.0 * one_more * (rows + 1))
        worth = np.hstack([worth, nobody])
    for row, column in zip(*linear_sum_assignment(worth, maximize=True), strict=True):
        if column < columns and fits[row, column]:
            yield int(row), int(column)
