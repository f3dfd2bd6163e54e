"""The points of many mentees and many mentors at once, in tables: the same that `ranking` gives to each two of them.

Every rule of `criteria` is a table of mentees (rows) and mentors (columns), which numpy works out in one go where a
loop would take a microsecond for each two. Nothing is explained here: that is done for the few who are placed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.criteria import BEST_RATING, Criteria, Criterion, TheirWish, values
from bot.matching.ranking import Candidate

Truth = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Points:
    """Of n mentees and m mentors, as tables of n × m: how many points of 100 each two get, and whether the hard rules
    of the mentee, and those of the mentor, leave them in."""

    percent: Counts
    fits: Truth
    fits_them: Truth


@dataclass(frozen=True, slots=True)
class _Table:
    """One wish: in which rows and columns it is asked for, and which two have an answer in common."""

    asked: Truth
    common: Truth
    weight: int
    must: bool = True


def of(criteria: Sequence[Criteria], mentors: Sequence[Candidate]) -> Points:
    """The points of the mentees who ask for this, and these mentors. There is at least one mentee."""
    met = np.zeros((len(criteria), len(mentors)), np.int64)
    whole, fits, fits_them = np.zeros_like(met), met == 0, met == 0
    for table in (*_asked([each.prefers for each in criteria], mentors),
                  *_wished([each.their_wishes for each in criteria], mentors)):  # fmt: skip
        met += table.common * table.weight
        whole += table.asked * table.weight
    for table in _asked([each.musts for each in criteria], mentors):
        fits &= table.common | ~table.asked
    for table in _asked([each.nevers for each in criteria], mentors):
        fits &= ~table.common
    for table in _wished([each.their_rules for each in criteria], mentors):
        fits_them &= (table.common | ~table.asked) if table.must else ~table.common
    percent = _topics(criteria, mentors) + _shares(criteria[0].preference_most, met, whole)
    return Points(percent, fits, fits_them)


def _topics(criteria: Sequence[Criteria], mentors: Sequence[Candidate]) -> Counts:
    topics = sorted({topic for each in criteria for topic, _ in each.weights})
    weighed = [dict(each.weights) for each in criteria]
    rated = [criteria[0].ratings(each.answers) for each in mentors]
    weights = _numbers([[each.get(topic, 0) for topic in topics] for each in weighed], len(topics))
    ratings = _numbers([[each.get(topic) or 0 for topic in topics] for each in rated], len(topics))
    together = (weights @ ratings.T).astype(np.int64)
    whole = BEST_RATING * weights.sum(axis=1).astype(np.int64)[:, None]
    return _shares(criteria[0].topic_shares[-1], together, whole)


def _numbers(rows: list[list[int]], wide: int) -> npt.NDArray[np.float64]:
    """A table of so many columns, even where it has no rows; floats multiply fastest, and are exact so far."""
    return np.array(rows, float).reshape(len(rows), wide)


def _asked(wishes: Sequence[tuple[Criterion, ...]], mentors: Sequence[Candidate]) -> Iterator[_Table]:
    """What mentees ask of mentors. Not all of them ask the same: a field is known by what it asks, how much it counts,
    and which of its like it is in one form."""
    rows: dict[tuple[str, str, int, int], dict[int, Criterion]] = defaultdict(dict)
    for row, of_one in enumerate(wishes):
        for wish in of_one:
            nth = 0
            while row in rows[key := (wish.label, wish.offered_in, wish.weight, nth)]:
                nth += 1
            rows[key][row] = wish
    for (_, offered_in, weight, _), by_row in rows.items():
        asked = [by_row[row].any_of if row in by_row else () for row in range(len(wishes))]
        offered = [values(each.answers.get(offered_in)) for each in mentors]
        anything = np.array([bool(each) for each in asked], np.bool_)[:, None]
        yield _Table(anything, _common(asked, offered), weight)


def _wished(wishes: Sequence[tuple[TheirWish, ...]], mentors: Sequence[Candidate]) -> Iterator[_Table]:
    """What mentors ask of mentees: the same questions for all, answered by each mentee."""
    for questions in zip(*wishes, strict=True):
        one = questions[0]
        asked = [one.asked(each.answers) for each in mentors]
        anything = np.array([bool(each) for each in asked], np.bool_)[None, :]
        common = _common([each.offered for each in questions], asked)
        yield _Table(anything, common, one.weight, one.strength == "must")


def _common(of_rows: Sequence[Iterable[str]], of_columns: Sequence[Iterable[str]]) -> Truth:
    """Which row and column have a value in common."""
    known = {value: at for at, value in enumerate(sorted({value for each in of_rows for value in each}))}
    return _marked(of_rows, known) @ _marked(of_columns, known).T > 0


def _marked(lists: Sequence[Iterable[str]], known: dict[str, int]) -> npt.NDArray[np.float32]:
    marked = np.zeros((len(lists), len(known)), np.float32)
    for row, each in enumerate(lists):
        for value in each:
            if value in known:
                marked[row, known[value]] = 1
    return marked


def _shares(points: int, part: Counts, whole: Counts) -> Counts:
    """The part's share of the points, halves upwards; of a whole of nothing, all of them."""
    shared: Counts = (2 * points * part + whole) // np.maximum(2 * whole, 1)
    return np.where(whole > 0, shared, points)
