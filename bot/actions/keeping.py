"""Keeping a step, the same for every noun: save the state and what falls due, tell people, draw anew what shows it,
note who did it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection as Db

from bot.actions import notify
from bot.actions.context import Context
from bot.lifecycle import named as named_rules
from bot.lifecycle import placing, reminding
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.gates import may_take_part
from bot.lifecycle.member import Member
from bot.lifecycle.notices import Notice
from bot.lifecycle.pairs import Pair
from bot.lifecycle.reminding import Series
from bot.lifecycle.request import Invitation, Request
from bot.lifecycle.step import Step, allowed
from bot.schemes.scheme import Scheme
from bot.storage import deadlines, exchange, members, named, pairs, requests

Record = TypeVar("Record", bound=Member | Request | Pair)


@dataclass(frozen=True, slots=True)
class Touched:
    """What a step changes for the eye. `cards`: the things whose messages are out of date; `settled`: those of them
    that ask for nothing any more, and lose their deadlines; `decided`: those that wait for the office no longer;
    `homes`: whose home page is; `office`: whether its waiting list is; `calendars`: the sessions that a calendar has to
    follow, and in whose order."""

    cards: Iterable[str]
    homes: Iterable[str]
    settled: Iterable[str] = ()
    decided: Iterable[str] = ()
    office: bool = False
    calendars: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Noun(Generic[Record]):
    """How records of one kind are kept, and what a change of one touches."""

    save: Callable[[Db, Record | None, Record], Record]
    touched: Callable[[Record | None, Record], Touched]
    reminds: Callable[[Record, Scheme, datetime], tuple[Series, ...]]
    things: Callable[[Record], Iterable[str]]
    """What it can remind of: its own id, and those of its parts."""


@dataclass(frozen=True, slots=True)
class Kept(Generic[Record]):
    """A step that has been saved, and is still to be heard of."""

    after: Record
    notices: tuple[Notice, ...]
    seen: Touched
    things: tuple[str, ...] = ()
    reminders: tuple[Deadline, ...] = ()
    """What these things give cause to remind of from now on, and nothing else."""


def keep(
    context: Context,
    noun: Noun[Record],
    verb: str,
    before: Record | None,
    step: Step[Record],
    about: str = "",
    also: Iterable[str] = (),
) -> Record:
    """Keep the step and give back what was saved. `about`: what it is noted under, if not the record itself; `also`:
    further things whose cards are out of date."""
    kept = save(context, noun, verb, before, step, about)
    publish(context, kept, also=also)
    return kept.after


def keep_if_changed(
    context: Context, noun: Noun[Record], verb: str, before: Record, step: Step[Record], about: str = ""
) -> bool:
    """The same of what only time brings about, which may have been settled meanwhile. Whether anything changed."""
    if step.state == before:
        return False
    keep(context, noun, verb, before, step, about)
    return True


def save(
    context: Context, noun: Noun[Record], verb: str, before: Record | None, step: Step[Record], about: str = ""
) -> Kept[Record]:
    """The first half of `keep`. Of several steps that come together each is saved, and then all are published: what is
    drawn is locked after what it shows, everywhere."""
    after = noun.save(context.db, before, step.state)
    seen = noun.touched(before, after)
    _name(context, before, after)
    deadlines.clear(context.db, context.scheme.key, tuple(seen.settled))
    deadlines.put(context.db, context.scheme.key, step.deadlines)
    context.note(verb, about or after.id)
    return Kept(after, step.notices, seen, tuple(noun.things(after)), _following(context, noun, after))


def save_new(context: Context, verb: str, steps: Sequence[Step[Member]]) -> list[Kept[Member]]:
    """`save` of new memberships that come together: as many statements for all of them as for one."""
    new = [step.state for step in steps]
    members.add(context.db, new)
    for each in new:
        _name(context, None, each)
    deadlines.put(context.db, context.scheme.key, [each for step in steps for each in step.deadlines])
    context.note_all(verb, [each.id for each in new])
    return [
        Kept(each, step.notices, _of_member(None, each), (each.id,), _following(context, MEMBER, each))
        for each, step in zip(new, steps, strict=True)
    ]


def _name(context: Context, before: Member | Request | Pair | None, after: Member | Request | Pair) -> None:
    """Whom a record names is kept apart from then on, or no longer; whoever has had somebody invited hears once they
    take part."""
    if isinstance(after, Member) and _begins_as_mentor(context, before, after):
        joined = Deadline(DeadlineKind.COLLEAGUE_JOINED, after.person, context.now)
        deadlines.put(context.db, context.scheme.key, (joined,))
    if isinstance(after, Pair) or not (fields := named_rules.asked_in(after, context.scheme)):
        return
    names = named_rules.in_record(after, context.scheme)
    if before is None or names != named_rules.in_record(before, context.scheme):
        person = after.mentee if isinstance(after, Request) else after.person
        named.replace(context.db, context.scheme.key, person, fields, names, context.now)
        if any(each.said == "apart" for each in names):
            # Whoever of the two is being asked for the other is seen to in a transaction of its own, locks first.
            apart = Deadline(DeadlineKind.NAMED_APART, person, context.now)
            deadlines.put(context.db, context.scheme.key, (apart,))


def _begins_as_mentor(context: Context, before: Member | Request | Pair | None, after: Member) -> bool:
    if after.role != "mentor" or not context.scheme.route.invites:
        return False
    took_part = isinstance(before, Member) and allowed(may_take_part, before, context.scheme, context.now)
    return not took_part and allowed(may_take_part, after, context.scheme, context.now)


def begun(context: Context, step: Step[Pair]) -> Step[Pair]:
    """A pair that begins together with what led to it, with what it gives cause to remind of."""
    return replace(step, deadlines=(*step.deadlines, *_following(context, PAIR, step.state)))


def _following(context: Context, noun: Noun[Record], record: Record) -> tuple[Deadline, ...]:
    series = noun.reminds(record, context.scheme, context.now)
    return tuple(following for each in series if (following := each.next(context.now)))


def publish(context: Context, *kept: Kept[Any], also: Iterable[str] = ()) -> None:
    """The second half: people are told, and are to be reminded, and what shows these things is drawn anew."""
    things, reminders = [one for each in kept for one in each.things], [one for each in kept for one in each.reminders]
    deadlines.put_reminders(context.db, context.scheme.key, things, reminders)
    office = notify.office_homes(context) if any(each.seen.office for each in kept) else ()
    settled = [thing for each in kept for thing in each.seen.settled]
    written = _written(context, settled)
    notify.publish(
        context,
        [notice for each in kept for notice in each.notices],
        (*(card for each in kept for card in each.seen.cards), *written, *also),
        (*(home for each in kept for home in each.seen.homes), *office),
        # Neither has to be drawn anew as time passes.
        [*settled, *(thing for each in kept for thing in each.seen.decided)],
        {session: person for each in kept for session, person in each.seen.calendars.items()},
    )


def _written(context: Context, settled: list[str]) -> tuple[str, ...]:
    """The messages inside invitations that are settled: nobody can write back to them any more."""
    if context.scheme.contact_details.before_acceptance == "none" or not settled:
        return ()
    return exchange.ids_of(context.db, context.scheme.key, settled)


def _of_member(before: Member | None, after: Member) -> Touched:
    was_held = before is not None and before.state == "waiting" and before.place_held_until is not None
    settled = [after.id] if was_held and after.state != "waiting" else []
    return Touched([after.id], [after.person], settled, _decided(before, after), office=_waits(before, after))


def _of_request(before: Request | None, after: Request) -> Touched:
    """The invitations that changed (new ones have no card yet), and the mentors who are asked now, or no longer."""
    were = {each.id: each for each in before.invitations} if before else {}
    was_open = {each.id for each in were.values() if each.state == "open"}
    changed = [each for each in after.invitations if each.id in were and were[each.id] != each]
    opened = [each for each in after.invitations if each.state == "open" and each.id not in was_open]
    closed = [each for each in changed if _closed(were[each.id], each)]
    return Touched(
        cards=[after.id, *(each.id for each in changed)],
        homes=[after.mentee, *(each.mentor for each in (*closed, *opened))],
        settled=[each.id for each in closed],
        decided=_decided(before, after),
        office=_waits(before, after),
    )


def _closed(before: Invitation, after: Invitation) -> bool:
    """Whether it is asked no more, or its decline stands or is taken back: what fell due of it does so no more."""
    return (before.state == "open" and after.state != "open") or bool(before.undo_until and not after.undo_until)


def _of_pair(before: Pair | None, after: Pair) -> Touched:
    settled = [after.id] if after.state == "ended" else []
    cards = [after.id, *(session.id for session in after.sessions)]
    calendars = dict.fromkeys(placing.following(before, after), after.mentor)
    asks = _asks_for_another(before) != _asks_for_another(after)
    return Touched(cards, [after.mentee, after.mentor], settled, office=asks, calendars=calendars)


def _asks_for_another(pair: Pair | None) -> datetime | None:
    """Since when whoever matches has to see to it, if they have; once it has ended, nobody has."""
    return pair.another_asked_at if pair and pair.state == "active" else None


def _decided(before: Member | Request | None, after: Member | Request) -> list[str]:
    """Itself, where it waited for the office until now."""
    waited = before is not None and before.waiting_since is not None
    return [after.id] if waited and after.waiting_since is None else []


def _waits(before: Member | Request | None, after: Member | Request) -> bool:
    """Whether it stood in the office's waiting list, or does now."""
    return after.waiting_since is not None or (before is not None and before.waiting_since is not None)


MEMBER = Noun(members.save, _of_member, reminding.of_member, lambda one: (one.id,))
REQUEST = Noun(
    requests.save, _of_request, reminding.of_request, lambda one: (one.id, *(each.id for each in one.invitations))
)
PAIR = Noun(pairs.save, _of_pair, reminding.of_pair, lambda one: (one.id, *(each.id for each in one.sessions)))
