"""Somebody who is unsure about mentoring asks to talk to somebody first: whoever approves members hears of it in
private, gets in touch, and says when that is done."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.lifecycle.notices import tell_office
from bot.lifecycle.permissions import Actor, office
from bot.lifecycle.reminders import overdue_at
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Talk:
    """Somebody who would like to talk. `words`: what they wrote, for whoever approves members alone; `done_by`: who of
    these has talked with them."""

    id: str
    scheme: str
    person: str
    asked_at: datetime
    words: str | None = None
    done_at: datetime | None = None
    done_by: str | None = None


def ask(id_: str, person: str, words: str | None, before: Talk | None, scheme: Scheme, now: datetime) -> Step[Talk]:
    """They ask for it; `before`: what is still open of theirs."""
    may_ask(before, scheme)
    asked = Talk(id_, scheme.key, person, now, words)
    told = tell_office(
        Kind.TALK_ASKED, "approve_members", id_, besides=person, private=True, redrawn_at=overdue_at(scheme, now)
    )
    return Step(asked, (told,))


def may_ask(before: Talk | None, scheme: Scheme) -> None:
    """Whether the scheme has it, and nobody is to get in touch with them already."""
    if not scheme.approvals.talk_first:
        raise Refused("gone")
    if before is not None:
        raise Refused("talk_asked")


def done(talk: Talk, by: Actor, now: datetime) -> Step[Talk]:
    """Somebody of the office has talked with them."""
    may_see_to(talk, by)
    return Step(replace(talk, done_at=now, done_by=by.person))


def may_see_to(talk: Talk, by: Actor) -> None:
    """Only whoever approves members, never about themselves, and once."""
    office(by, "approve_members", talk.person)
    if talk.done_at is not None:
        raise Refused("talk_done")
