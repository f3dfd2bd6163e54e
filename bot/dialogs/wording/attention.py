"""Words for what needs somebody of the office: as the name of a filter, and of one thing why it is up there."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from bot.dialogs.parts import Run, When
from bot.dialogs.plain import day
from bot.dialogs.view_models.lists import ListedMember, ListedRequest, NeedyPair
from bot.lifecycle.attention import Listed, Need, asked_since
from bot.lifecycle.gates import lapses_next, training_wanted
from bot.lifecycle.listing import Filter, Narrowing
from bot.schemes.scheme import Scheme

TRAINING: Final = frozenset({Need.LAPSED, Need.UNTRAINED, Need.LAPSING})
"""What a training on record mends."""
WAITS: Final = frozenset({Need.OVERDUE, Need.WAITING})
"""What waits for a decision of the office."""
_LABELS: Final[Mapping[Narrowing, str]] = {
    Filter.ANY_NEED: "Needs somebody",
    Need.OVERDUE: "Overdue",
    Need.WAITING: "Waiting for the office",
    Need.ENDED: "Ended by silence",
    Need.LAPSED: "Training lapsed",
    Need.UNTRAINED: "Approved without training",
    Need.UNANSWERED: "Asked back, no answer",
    Need.UNCONFIRMED: "Entry not confirmed this year",
    Need.BEHIND: "Behind pace",
    Filter.MENTORS: "Mentors",
    Filter.MENTEES: "Mentees",
    Filter.JOINING: "On the way in",
    Filter.PAUSED: "Paused",
    Filter.RESTING: "Resting",
    Filter.LEFT: "No longer in the scheme, or turned down",
    Filter.CHOOSING: "Mentee chooses",
    Filter.ASKING: "With mentors",
    Filter.CLOSED: "Closed",
    Filter.OVER: "Ended",
}


def label(by: Narrowing, listed: Listed, scheme: Scheme) -> str:
    """What a list is narrowed by, in a few words."""
    rules = scheme.attention
    match by:
        case Need.SILENT:
            return "Mentor silent" if listed == "requests" else "Silent"
        case Need.QUIET:
            return f"No session for {rules.no_session.words}"
        case Need.ENDING:
            return f"Ending within {rules.ending.words}"
        case Need.LAPSING:
            return f"Training lapsing within {rules.training_lapsing.words}"
        case _:
            return _LABELS[by]


def why_member(row: ListedMember, scheme: Scheme) -> tuple[Run, ...]:
    """Why a membership is up there, a sentence for each reason."""
    return _trimmed(run for need in row.needs for run in _of_member(need, row, scheme))


def _of_member(need: Need, row: ListedMember, scheme: Scheme) -> Iterator[Run]:
    member, now = row.view.member, row.view.now
    match need:
        case Need.OVERDUE | Need.WAITING:
            yield from _waits(need, member.waiting_since)
        case Need.LAPSED | Need.LAPSING:
            next_ = lapses_next(member, scheme)
            verb = "lapsed after" if need == Need.LAPSED else "lapses after"
            yield f"{next_[0].name} {verb} {day(next_[1])}. " if next_ else ""
        case Need.UNTRAINED:
            wanted = training_wanted(member, scheme, now.date())
            yield f"Approved, and not on record: {wanted.name if wanted else 'the training'}. "
        case Need.SILENT if row.facts.asked_since is not None and member.silences == 0:
            yield from ("Has not answered a request since ", When(row.facts.asked_since, "day"), ". ")
        case Need.SILENT:
            last = "the last request" if member.silences == 1 else f"the last {member.silences} requests"
            yield f"Left {last} without an answer. "
        case Need.UNANSWERED:
            yield from _asked_back(row.facts.question_since)
        case Need.UNCONFIRMED:
            yield "Has not confirmed their entry in the directory this year. "


def why_request(row: ListedRequest, scheme: Scheme) -> tuple[Run, ...]:
    """Why a request is up there."""
    return _trimmed(run for need in row.needs for run in _of_request(need, row))


def _of_request(need: Need, row: ListedRequest) -> Iterator[Run]:
    match need:
        case Need.OVERDUE | Need.WAITING:
            yield from _waits(need, row.view.request.waiting_since)
        case Need.ENDED:
            yield f"{row.view.mentee.first} has no mentor, and has not asked again. "
        case Need.SILENT:
            since = asked_since(row.view.request)
            yield from ("No answer since ", When(since, "day"), ". ") if since else ()
        case Need.UNANSWERED:
            yield from _asked_back(row.facts.question_since)


def why_pair(row: NeedyPair, scheme: Scheme) -> tuple[Run, ...]:
    """Why a pair is up there."""
    return _trimmed(run for need in row.needs for run in _of_pair(need, row, scheme))


def _of_pair(need: Need, row: NeedyPair, scheme: Scheme) -> Iterator[Run]:
    pair = row.view.pair
    match need:
        case Need.QUIET:
            met = [each.starts_at for each in pair.sessions if each.starts_at is not None]
            yield from (
                ("No session since ", When(max(met), "day"), ", and none is set. ") if met else ("No session yet. ",)
            )
        case Need.BEHIND:
            yield "Behind: more sessions were due by now than took place or are set. "
        case Need.ENDING:
            yield from ("Ends on ", When(pair.ends_at, "day"), ". ") if pair.ends_at else ()


def _trimmed(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Sentences without the space after the last one."""
    *before, last = [*runs] or [""]
    return (*before, last.rstrip() if isinstance(last, str) else last) if before or last else ()


def _waits(need: Need, since: datetime | None) -> Iterator[Run]:
    yield "Overdue: waiting for the office since " if need == Need.OVERDUE else "Waiting for the office since "
    yield from (When(since, "day"), ". ") if since else ()


def _asked_back(since: datetime | None) -> Iterator[Run]:
    yield from ("Asked back on ", When(since, "day"), ", and no answer yet. ") if since else ()


_COUNTED: Final[Mapping[Need, tuple[str, str]]] = {
    Need.ENDED: ("request ended by silence", "requests ended by silence"),
    Need.LAPSED: ("training lapsed", "trainings lapsed"),
    Need.SILENT: ("mentor silent", "mentors silent"),
    Need.UNTRAINED: ("approved without training", "approved without training"),
    Need.UNANSWERED: ("question of yours unanswered", "questions of yours unanswered"),
    Need.BEHIND: ("connection behind pace", "connections behind pace"),
    Need.UNCONFIRMED: ("entry not confirmed this year", "entries not confirmed this year"),
    Need.LAPSING: ("training lapsing soon", "trainings lapsing soon"),
    Need.ENDING: ("connection ending soon", "connections ending soon"),
}


def stands_still(needs: Mapping[Listed, Mapping[Need, int]], scheme: Scheme) -> str:
    """What needs somebody besides what waits for a decision, in numbers; "" where nothing does."""
    counted = dict.fromkeys((need for need in Need if need not in (Need.OVERDUE, Need.WAITING)), 0)
    for listed, of in needs.items():
        for need, many in of.items():
            if need in counted and (need, listed) != (Need.SILENT, "requests"):  # those are the mentors' own
                counted[need] += many
    said = [_counted(need, many, scheme) for need, many in counted.items() if many]
    return f"Standing still: {' · '.join(said)}." if said else ""


def _counted(need: Need, many: int, scheme: Scheme) -> str:
    one, several = _COUNTED.get(need) or (f"connection without a session for {scheme.attention.no_session.words}",) * 2
    if need == Need.QUIET:
        several = several.replace("connection", "connections", 1)
    return f"{many:,} {one if many == 1 else several}"
