"""What a button or form binds: one id, or two things that belong together, as one text and back."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final, Literal, get_args

from bot.lifecycle.attention import NEEDS, Listed

Kind = Literal["member", "request", "invitation", "pair"]
"""What the office decides about, and what whoever is asked does."""


_KINDS: Final[Mapping[str, Kind]] = {"member": "member", "invitation": "invitation", "pair": "pair"}

RoundShown = Literal["best", "weakest", "unplaced"]
ROUND_SHOWN: Final[tuple[RoundShown, ...]] = get_args(RoundShown)
"""What a round shows a page at a time."""

_TYPED: Final = "typed"


def number(written: str) -> int:
    """The number that a button or form binds, such as that of a page; 0 for anything else."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0


def _apart(subject: str) -> tuple[str, str]:
    """The two that belong together; the second is empty where there is one only."""
    first, _, second = subject.partition(":")
    return first, second


def case(kind: Kind, id_: str) -> str:
    """Something that is decided about."""
    return f"{kind}:{id_}"


def case_of(subject: str) -> tuple[Kind, str]:
    """The kind and id of a case; what is of no known kind is looked for among the requests."""
    kind, id_ = _apart(subject)
    return _KINDS.get(kind, "request"), id_


def training(member: str, key: str) -> str:
    """A training on a member's record."""
    return f"{member}:{key}"


def training_of(subject: str) -> tuple[str, str]:
    """The membership and the key of a training."""
    return _apart(subject)


def holding(office: str, person: str) -> str:
    """An office and its holder."""
    return f"{office}:{person}"


def holding_of(subject: str) -> tuple[str, str]:
    """The key of an office and its holder."""
    return _apart(subject)


def document(about: str, key: str) -> str:
    """A document that is put to somebody. `about`: their role, or the id of the pair."""
    return f"{about}:{key}"


def document_of(subject: str) -> tuple[str, str]:
    """What a document is put to, a role or a pair, and its key."""
    return _apart(subject)


def sheet(key: str, about: str, moment: str = "") -> str:
    """A sheet and the id of the membership, pair or session that it is about; of a survey, the moment too."""
    return f"{key}:{about}:{moment}" if moment else f"{key}:{about}"


def sheet_of(subject: str) -> tuple[str, str, str]:
    """The key of a sheet, what it is about, and the moment; empty where it is none of a survey."""
    key, rest = _apart(subject)
    return (key, *_apart(rest))


def list_page(page: int, text: str) -> str:
    """A page of what was looked for in one of the office's lists, counted from 0."""
    return f"{page}:{text}"


def list_page_of(subject: str) -> tuple[int, str]:
    """The page, and what was looked for."""
    page, text = _apart(subject)
    return number(page), text


def listed_of(subject: str) -> Listed:
    """What is listed; the members for anything else."""
    return next((listed for listed in NEEDS if listed == subject), "members")


def concerns_page(shown: str, page: int) -> str:
    """A page of the open or the closed concerns, counted from 0."""
    return f"{shown}:{page}"


def concerns_page_of(subject: str) -> tuple[Literal["open", "closed"], int]:
    """Which of them, and the page; the first page of the open ones for anything else."""
    shown, page = _apart(subject)
    return ("closed" if shown == "closed" else "open"), number(page)


def seen_in(person: str, thing: str) -> str:
    """A person, as they stand in something."""
    return f"{person}:{thing}"


def person_of(subject: str) -> str:
    """The person, in whatever they stand."""
    return _apart(subject)[0]


def two(one: str, other: str) -> str:
    """Two people of whom something is said."""
    return f"{one}:{other}"


def two_of(subject: str) -> tuple[str, str]:
    """Both of them."""
    return _apart(subject)


def pair_page(pair: str, page: int) -> str:
    """A page of a pair's sessions, counted from 0."""
    return f"{pair}:{page}"


def pair_page_of(subject: str) -> tuple[str, int | None]:
    """The pair and the page; None: it says none."""
    pair, page = _apart(subject)
    return pair, number(page) if page else None


def plan(pair: str, marker: int) -> str:
    """The sessions of a pair, as they stood when somebody looked at them."""
    return f"{pair}:{marker}"


def plan_of(subject: str) -> tuple[str, int]:
    """The pair, and how its sessions stood."""
    pair, marker = _apart(subject)
    return pair, number(marker)


def times(about: str, after: int) -> str:
    """The times proposed for a session, or for one more session of a pair, after so many that are passed over."""
    return f"{about}:{after}"


def offered_time(session: str, at: datetime) -> str:
    """A time that is offered for a session: to the minute."""
    return f"{session}:{int(at.timestamp()) // 60}"


def offered_time_of(subject: str) -> tuple[str, datetime]:
    """The session and the time; the epoch for anything that is none."""
    session, minutes = _apart(subject)
    known = minutes.isascii() and minutes.isdigit() and len(minutes) < 10
    return session, datetime.fromtimestamp(60 * int(minutes) if known else 0, UTC)


def another_time(about: str) -> str:
    """A time that somebody types for it."""
    return f"{about}:{_TYPED}"


def times_of(subject: str) -> tuple[str, int | None]:
    """The session or pair, and how many of the times are passed over; None: the time is typed."""
    about, after = _apart(subject)
    return about, None if after == _TYPED else number(after)


def reminder(kind: str, about: str) -> str:
    """A thing that somebody is reminded of: its kind, and what it is about."""
    return f"{kind}:{about}"


def reminder_of(subject: str) -> tuple[str, str]:
    """The kind of a reminder and what it is about."""
    return _apart(subject)


def day_of(person: str, day: date) -> str:
    """A person's day, of which one message tells what there is to do."""
    return f"{person}:{day.isoformat()}"


def day_from(subject: str) -> tuple[str, date]:
    """The person and the day."""
    person, day = _apart(subject)
    return person, date.fromisoformat(day)


def round_page(id_: str, shown: str, page: int) -> str:
    """A page of a round, counted from 0: of the pairs in one order or the other, or of those without a mentor."""
    return f"{id_}:{shown}:{page}"


def round_page_of(subject: str) -> tuple[str, RoundShown, int]:
    """The round, what is shown of it, and the page; the best first for anything else."""
    id_, rest = _apart(subject)
    shown, page = _apart(rest)
    return id_, next((each for each in ROUND_SHOWN if each == shown), "best"), number(page)


def round_run(id_: str, run: int) -> str:
    """A round, as it was worked out when somebody read it."""
    return f"{id_}:{run}"


def round_run_of(subject: str) -> tuple[str, int]:
    """The round, and how often it had been worked out."""
    id_, run = _apart(subject)
    return id_, number(run)


def choice(request: str, mentor: str) -> str:
    """A mentor on the list of a request."""
    return f"{request}:{mentor}"


def choice_of(subject: str) -> tuple[str, str]:
    """The request and the mentor of a choice."""
    return _apart(subject)


def directory_page(request: str, page: int) -> str:
    """A page of the directory for a request, counted from 0."""
    return f"{request}:{page}"


def directory_page_of(subject: str) -> tuple[str, int]:
    """The request and the page; the first page for anything that is none."""
    request, page = _apart(subject)
    return request, number(page)
