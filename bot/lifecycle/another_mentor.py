"""A mentee asks for another mentor: at any time, in private, and without having to say why. Whoever matches replaces
the mentor, talks with the mentee, or leaves it as it is; the mentor learns of nothing but an end, if there is one."""

from dataclasses import replace
from datetime import datetime

from bot.lifecycle.notices import tell, tell_office
from bot.lifecycle.pairs import Pair, may_act
from bot.lifecycle.permissions import Actor, office
from bot.lifecycle.reminders import overdue_at
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme


def ask(pair: Pair, by: str, reason: str | None, scheme: Scheme, now: datetime) -> Step[Pair]:
    """The mentee would like another mentor; whoever matches gets a card, and nobody else."""
    may_ask(pair, by, scheme)
    asked = replace(pair, another_asked_at=now, another_reason=reason)
    told = tell_office(
        Kind.ANOTHER_MENTOR_ASKED, "match", pair.id, pair.version, besides=pair.mentor, private=True,
        redrawn_at=overdue_at(scheme, now),
    )  # fmt: skip
    return Step(asked, (told,))


def may_ask(pair: Pair, by: str, scheme: Scheme) -> None:
    """Whether this is the mentee of a pair that goes on, who has not asked yet, in a scheme whose office sees to it."""
    may_act(pair, by)
    if by != pair.mentee or scheme.pairs.another_mentor != "office":
        raise Refused("not_yours")
    if pair.another_asked_at is not None:
        raise Refused("another_asked")


def take_back(pair: Pair, by: str) -> Step[Pair]:
    """The mentee thinks better of it; nobody is told, and the card says so."""
    may_take_back(pair, by)
    return Step(replace(pair, another_asked_at=None, another_reason=None))


def may_take_back(pair: Pair, by: str) -> None:
    """Whether there is anything to take back."""
    may_act(pair, by)
    if by != pair.mentee:
        raise Refused("not_yours")
    if pair.another_asked_at is None:
        raise Refused("another_not_asked")


def answer(pair: Pair, words: str, *, stays: bool) -> Step[Pair]:
    """Whoever matches writes to the mentee; where it `stays` as it is, that is the answer, and they may ask again."""
    may_answer(pair)
    at = None if stays else pair.another_asked_at
    answered = replace(pair, another_asked_at=at, another_reply=words)
    told = tell(Kind.ANOTHER_MENTOR_ANSWERED, pair.mentee, pair.id, pair.version)
    return Step(answered, (told,))


def may_answer(pair: Pair) -> None:
    """Whether somebody waits for an answer."""
    if pair.state != "active" or pair.another_asked_at is None:
        raise Refused("another_not_asked")


def may_read(pair: Pair, reader: Actor) -> None:
    """Only whoever matches, and never one of the two: what is written there is about the mentor."""
    office(reader, "match", pair.mentee, pair.mentor)
