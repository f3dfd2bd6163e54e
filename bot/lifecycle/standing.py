"""How a mentor stands: paused until a day, resting after an answer, silent too often; and two of a pair who rest."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.member import Member
from bot.lifecycle.notices import tell, tell_office
from bot.lifecycle.pairs import Pair, may_act
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme

FURTHEST: Final = timedelta(days=366)
"""How long a pause can be: whoever wants a longer one leaves, and comes back."""


def pause(member: Member, until: datetime, now: datetime) -> Step[Member]:
    """The mentor is asked by nobody until then."""
    may_pause(member)
    may_pause_until(until, now)
    return _paused(member, until)


def _paused(member: Member, until: datetime) -> Step[Member]:
    return Step(replace(member, paused_until=until), (), (Deadline(DeadlineKind.PAUSE_OVER, member.id, until),))


def pause_for(member: Member, until: datetime, words: str | None, now: datetime) -> Step[Member]:
    """The office pauses the mentor on their behalf; they are told, with its words."""
    may_pause(member)
    may_pause_until(until, now)
    step = _paused(replace(member, reply=words), until)
    return step.preceded_by(tell(Kind.PAUSED_BY_OFFICE, member.person, member.id, int(now.timestamp())))


def resume_for(member: Member, now: datetime) -> Step[Member]:
    """The office ends a pause or a rest; the mentor is told."""
    told = tell(Kind.RESUMED_BY_OFFICE, member.person, member.id, int(now.timestamp()))
    return resume(member, now).preceded_by(told)


def may_pause(member: Member) -> None:
    """Whether this member can be asked for anything, and so pause."""
    if member.role != "mentor" or member.state != "approved":
        raise Refused("not_approved")


def may_pause_until(until: datetime, now: datetime) -> None:
    """Whether a pause can last until then."""
    if until <= now:
        raise Refused("pause_past", field="until")
    if until > now + FURTHEST:
        raise Refused("pause_too_long", field="until")


def resume(member: Member, now: datetime) -> Step[Member]:
    """The mentor can be asked again, also after a rest, and whatever they left unanswered."""
    may_resume(member, now)
    return Step(replace(member, paused_until=None, rests_until=None, silences=0))


def may_resume(member: Member, now: datetime) -> None:
    """Whether there is a pause or a rest to end."""
    may_pause(member)
    if not paused(member, now) and not rests(member, now):
        raise Refused("not_paused")


def paused(member: Member, now: datetime) -> bool:
    """Whether nobody asks this mentor for now, as they wished or for their silence."""
    return member.paused_until is not None and member.paused_until > now


def rests(member: Member, now: datetime) -> bool:
    """Whether nobody asks this mentor for now, so soon after they have declined or said nothing."""
    return member.rests_until is not None and member.rests_until > now


def pause_over(member: Member, now: datetime) -> Step[Member]:
    """The pause is over by itself; the mentor hears so. Nothing where they have resumed, or pause for longer."""
    if member.paused_until is None or member.paused_until > now or member.state != "approved":
        return Step(member)
    back = replace(member, paused_until=None, silences=0)
    return Step(back, (tell(Kind.PAUSE_OVER, member.person, member.id, int(member.paused_until.timestamp())),))


def answered(member: Member) -> Member:
    """The mentor has answered: what they left unanswered before counts no more."""
    return replace(member, silences=0) if member.silences else member


def declined(member: Member, scheme: Scheme, now: datetime) -> Member:
    """The mentor has declined: for as long as the scheme says nobody else asks them."""
    rest = scheme.capacity.rest
    return replace(answered(member), rests_until=rest.after(now) if rest else member.rests_until)


def silent(member: Member, scheme: Scheme, now: datetime) -> Step[Member]:
    """The mentor has let an invitation lapse. After so many in a row as the scheme says they are paused, kindly, and
    the office sees it."""
    capacity, rest = scheme.capacity, scheme.capacity.rest
    after = replace(
        member, silences=member.silences + 1, rests_until=rest.after(now) if rest else member.rests_until
    )  # fmt: skip
    if capacity.silences is None or after.silences < capacity.silences or paused(after, now):
        return Step(after)
    step = _paused(after, capacity.silent_pause.after(now))
    at = int(now.timestamp())
    told = tell(Kind.MENTOR_PAUSED, member.person, member.id, at)
    office = tell_office(Kind.MENTOR_SILENT, "manage_members", member.id, at, besides=member.person)
    return step.preceded_by(told, office)


def rest(pair: Pair, by: str, until: datetime, now: datetime) -> Step[Pair]:
    """The two rest until then: nobody reminds them of anything. The other is told, and either can go on before."""
    may_act(pair, by)
    may_pause_until(until, now)
    resting = replace(pair, rests_until=until)
    told = (tell(Kind.PAIR_RESTS, pair.other(by), pair.id, int(until.timestamp())),)
    return Step(resting, told, (Deadline(DeadlineKind.REST_OVER, pair.id, until),))


def go_on(pair: Pair, by: str, now: datetime) -> Step[Pair]:
    """One of the two ends the rest; the other is told."""
    until = may_go_on(pair, by, now)
    told = (tell(Kind.PAIR_GOES_ON, pair.other(by), pair.id, int(until.timestamp())),)
    return Step(replace(pair, rests_until=None), told)


def may_go_on(pair: Pair, by: str, now: datetime) -> datetime:
    """Until when the two rest, where they do."""
    may_act(pair, by)
    if pair.rests_until is None or pair.rests_until <= now:
        raise Refused("not_paused")
    return pair.rests_until


def rest_over(pair: Pair, now: datetime) -> Step[Pair]:
    """The rest is over by itself; both hear so."""
    if pair.state != "active" or pair.rests_until is None or pair.rests_until > now:
        return Step(pair)
    at = int(pair.rests_until.timestamp())
    told = tuple(tell(Kind.PAIR_GOES_ON, each, pair.id, at) for each in (pair.mentee, pair.mentor))
    return Step(replace(pair, rests_until=None), told)
