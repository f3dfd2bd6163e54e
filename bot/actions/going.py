"""People go and come back: what the platforms say of somebody is kept at once, and what follows from it in each scheme
by the clock, in a transaction of its own."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.actions import notify
from bot.actions.concern_office import look_after
from bot.actions.context import Context
from bot.actions.keeping import PAIR, REQUEST, Kept, publish, save
from bot.actions.leaving import alone, passed_on
from bot.lifecycle import going as rules
from bot.lifecycle import requests as request_rules
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.pairs import Pair
from bot.lifecycle.people import Gone, Person
from bot.lifecycle.request import Request
from bot.lifecycle.vocabulary import Kind
from bot.storage import deadlines, identities, members, offices, outbox, pairs, people, requests

_VERB = "gone"
"""What is noted of each thing that their going has changed."""


def lost(db: Db, schemes: tuple[str, ...], known: Person, why: Gone, now: datetime) -> None:
    """Somebody is not there any more, in that place of theirs. Whoever has another one goes on there; an account that
    is off is no place of theirs any more."""
    if not known.active:
        return
    other = None if known.elsewhere else identities.any_of(db, known)
    if other is not None:
        identities.write_there(db, other)
    if (known.elsewhere or other is not None) and why == "deactivated":
        identities.forget(db, known)
    if known.elsewhere or other is not None:
        return
    people.save(db, rules.gone(known, why, now), now)
    for key in schemes:
        deadlines.put(db, key, (Deadline(DeadlineKind.PERSON_GONE, known.id, now),))


def noticed(contexts: tuple[Context, ...], before: Person, after: Person) -> bool:
    """Something about somebody is not as it was: they are back, a guest, or called and found otherwise. Whether it
    was."""
    if not before.active:
        for context in contexts:
            _is_back(context, after)
        return True
    if after.guest and not before.guest:
        for context in contexts:
            _is_guest(context, after)
    if (before.name, before.email, before.zone, before.guest) == (after.name, after.email, after.zone, after.guest):
        return False
    for context in contexts:
        _shown_anew(context, after.id)
    return True


def _is_back(context: Context, person: Person) -> None:
    """What had not been seen to yet is not to be any more, and nobody need hear of it."""
    gone = Deadline(DeadlineKind.PERSON_GONE, person.id, context.now)
    if not deadlines.take_back(context.db, context.scheme.key, gone):
        deadlines.put(context.db, context.scheme.key, (Deadline(DeadlineKind.PERSON_BACK, person.id, context.now),))


def _is_guest(context: Context, person: Person) -> None:
    if _has_part(context, person):
        notify.publish(context, rules.now_guest(person), homes=[person.id])


def _shown_anew(context: Context, person: str) -> None:
    """Their name, address or zone is another one: what is open about them is drawn anew wherever it is shown."""
    db, key = context.db, context.scheme.key
    held = members.of(db, key, person).values()
    if not held:
        return
    asking = requests.open_of(db, key, person)
    asked = [*requests.asked_of(db, key, person), *([asking] if asking else [])]
    met = pairs.of(db, key, person)
    cards = [*(each.id for each in held), *(each.id for each in asked)]
    cards += [one.id for each in asked for one in each.open_invitations]
    cards += [session.id for each in met for session in each.sessions if session.state == "scheduled"]
    homes = [person, *(each.other(person) for each in met), *(each.mentee for each in asked)]
    homes += [one.mentor for each in asked for one in each.open_invitations]
    notify.publish(context, cards=cards, homes=[*homes, *notify.office_homes(context)])


def person_gone(context: Context, person_id: str) -> bool:
    """Nobody waits for somebody who is not here: their invitations go on to the next, their request is off, their pairs
    stand still, and the office knows. Whether there was anything."""
    person = people.get(context.db, person_id)
    if person.active or not _has_part(context, person):
        return False
    held = members.of(context.db, context.scheme.key, person_id)
    for role in sorted(held):
        alone(context, held[role])
    of_requests = [*passed_on(context, person_id), *_withdrawn(context, person_id)]
    of_pairs = [*_standing_still(context, person)]
    publish(context, *of_requests, *of_pairs)
    homes = [each.after.other(person_id) for each in of_pairs]
    unheard = outbox.unheard(context.db, context.scheme.key, person_id, Kind.BROUGHT_IN)
    told = [rules.office_told(person, unheard, context.now)]
    notify.publish(context, told, cards=[rules.NEWCOMERS], homes=[*homes, *notify.office_homes(context)])
    look_after(context)
    context.note(_VERB, person_id)
    return True


def _withdrawn(context: Context, mentee: str) -> Iterator[Kept[Request]]:
    asked = requests.open_of(context.db, context.scheme.key, mentee)
    if asked is not None and rules.waits_for_others(asked, context.scheme):
        yield save(context, REQUEST, _VERB, asked, request_rules.withdraw(asked, context.now))


def _standing_still(context: Context, person: Person) -> Iterator[Kept[Pair]]:
    for each in sorted(pairs.of(context.db, context.scheme.key, person.id), key=lambda one: one.id):
        yield save(context, PAIR, _VERB, each, rules.stand_still(each, person, context.now))


def person_back(context: Context, person_id: str) -> bool:
    """They hear what has become of things, whoever they meet that they are back, and the office's card says so. Whether
    anybody does. Somebody who was brought in before they had the app hears of that instead: they were never away."""
    person = people.get(context.db, person_id)
    if not person.active or not _has_part(context, person):
        return False
    met = pairs.of(context.db, context.scheme.key, person_id)
    unheard = outbox.unheard(context.db, context.scheme.key, person_id, Kind.BROUGHT_IN)
    told = [*rules.welcomed(person, unheard), *(rules.goes_on(each, person) for each in met)]
    homes = [person_id, *(each.other(person_id) for each in met), *notify.office_homes(context)]
    notify.publish(context, told, cards=[person_id, rules.NEWCOMERS, *(each.id for each in met)], homes=homes)
    context.note("back", person_id)
    return True


def _has_part(context: Context, person: Person) -> bool:
    held = members.of(context.db, context.scheme.key, person.id).values()
    holdings = [each for each in offices.all_held(context.db, context.scheme.key) if each.person == person.id]
    return rules.has_part(held, holdings)
