"""What stands on a portfolio: what the two of a pair keep together, and nothing that one of them keeps alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.lifecycle.endings import may_look_at
from bot.lifecycle.member import Answers
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.sheets import FilledSheet, found, owner_of
from bot.lifecycle.step import Refused
from bot.schemes.fields import FormField
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet that the two share, and what stands in it. `session`: the one that it is about, if it is about one."""

    sheet: Sheet
    answers: Answers
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """A line of what the two said they would do, as it was last written down, and whether it is done."""

    field: FormField
    line: Mapping[str, Any]
    done: bool


def may_have_portfolios(scheme: Scheme) -> None:
    """Whether the scheme makes them at all."""
    if not scheme.evidence.portfolio:
        raise Refused("not_offered")


def may_have_portfolio(scheme: Scheme, pair: Pair, person: str, now: datetime) -> None:
    """Whether this is one of the two, and what they keep is still there for them."""
    may_look_at(pair, person, scheme, now)
    may_have_portfolios(scheme)


def kept(scheme: Scheme, pair: Pair, filled: Iterable[FilledSheet]) -> tuple[Kept, ...]:
    """The sheets about the pair that both read, in the scheme's order."""
    given = tuple(filled)
    wanted = (each for each in _shared(scheme) if each.about == "pair")
    one = ((each, found(given, each, pair.id, owner_of(each, pair, pair.mentee))) for each in wanted)
    return tuple(Kept(sheet, dict(each.answers)) for sheet, each in one if each and each.answers)


def records(scheme: Scheme, pair: Pair, filled: Iterable[FilledSheet]) -> tuple[Kept, ...]:
    """The sheets about sessions that both read, session by session; what is to be done stands by itself."""
    given = tuple(filled)
    written = (
        (sheet, session, each)
        for session in _in_order(pair)
        for sheet in _shared(scheme)
        if sheet.about == "session" and (each := found(given, sheet, session.id, owner_of(sheet, pair, pair.mentee)))
    )
    told = ((sheet, session, _but_actions(sheet, each.answers)) for sheet, session, each in written)
    return tuple(Kept(sheet, answers, session) for sheet, session, answers in told if answers)


def actions(scheme: Scheme, pair: Pair, filled: Iterable[FilledSheet]) -> tuple[Action, ...]:
    """What the two said they would do from session to session, once each: what is carried over from one sheet to the
    next is the same line, and stands as it was last written down."""
    given, latest = tuple(filled), dict[tuple[Any, ...], Action]()
    for sheet in (each for each in _shared(scheme) if each.about == "session"):
        for session in _in_order(pair):
            one = found(given, sheet, session.id, owner_of(sheet, pair, pair.mentee))
            for action in _lines(sheet, one.answers) if one else ():
                said = sorted((key, str(value)) for key, value in action.line.items())
                latest[sheet.key, action.field.key, *said] = action
    return tuple(latest.values())


def _shared(scheme: Scheme) -> tuple[Sheet, ...]:
    return tuple(each for each in scheme.sheets if each.seen_by == "both")


def _in_order(pair: Pair) -> list[Session]:
    return sorted(pair.sessions, key=lambda each: each.number)


def _but_actions(sheet: Sheet, answers: Mapping[str, Any]) -> Answers:
    doing = {each.key for each in sheet.fields if each.done}
    return {key: answer for key, answer in answers.items() if key not in doing}


def _lines(sheet: Sheet, answers: Mapping[str, Any]) -> Iterator[Action]:
    for field in sheet.fields:
        written = answers.get(field.key) if field.done else None
        for line in written if isinstance(written, list) else ():
            if isinstance(line, dict) and (said := {key: line[key] for key in line if key != field.done}):
                yield Action(field, said, bool(line.get(field.done or "")))
