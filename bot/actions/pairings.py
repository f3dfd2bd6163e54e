"""Who is kept apart, and who is pinned to whom: said by the office, from a person's card."""

from collections.abc import Iterator
from dataclasses import replace

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.actions.keeping import REQUEST, Kept, publish, save
from bot.actions.leaving import lock_with_next
from bot.actions.requests import who_can_be_asked
from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Errors, Notice, Reply
from bot.dialogs.view_models.person import TwoPeople
from bot.dialogs.wording import pairings as wording
from bot.dialogs.wording import round_forms
from bot.dialogs.wording.pairings import OTHER
from bot.lifecycle import invitations, offers
from bot.lifecycle import pairings as rules
from bot.lifecycle import rounds as of_rounds
from bot.lifecycle.people import Person
from bot.lifecycle.request import Request
from bot.lifecycle.step import Refused, allowed
from bot.lifecycle.vocabulary import Verb
from bot.storage import members, pairings, pairs, people, requests, rounds


def open_keep_apart(context: Context, click: Click) -> Reply:
    """From whom, and why."""
    person, other = _both(context, click)
    return wording.keep_apart_form(person, other)


def keep_apart(context: Context, click: Click) -> Reply:
    """The two are not matched any more; whoever of them is being asked for the other is asked no more, and told kindly
    what anybody is told whose answer is not needed."""
    person, other = _person(context, click.subject), _picked(context, click)
    reason = form_input.text(click, own_fields.REASON)
    if isinstance(reason, Errors):
        return reason
    both = (person.id, other.id)
    lock_with_next(context, *both)  # nobody accepts or asks at the same moment
    theirs = tuple(members.of(context.db, context.scheme.key, other.id).values())
    pairing = rules.keep_apart(context.scheme.key, *both, theirs, reason, context.officer, context.now)
    pairings.save(context.db, pairing)
    context.note(Verb.KEEP_APART, person.id)
    off = [_off(context, asked, mentor) for asked, mentor in _asked(context, both)]
    publish(context, *off)
    connected = any(each.other(person.id) == other.id for each in pairs.of(context.db, context.scheme.key, person.id))
    two = TwoPeople(context.scheme, pairing, person, other)
    return _with_round(context, wording.kept_apart(two, connected=connected, asked=bool(off)))


def named_apart(context: Context, person: str) -> bool:
    """Somebody's record has come to keep them apart from others: whoever of them is being asked for one another is
    asked no more. Whether anybody was."""
    others = sorted(pairings.around_of(context.db, context.scheme.key, person).apart)
    lock_with_next(context, person, *others)
    off = [_off(context, asked, mentor) for each in others for asked, mentor in _asked(context, (person, each))]
    publish(context, *off)
    return bool(off)


def open_pin(context: Context, click: Click) -> Reply:
    """Which mentor stands first."""
    mentee, other = _both(context, click)
    return wording.pin_form(context.scheme, _mentee(context, mentee.id), other)


def pin(context: Context, click: Click) -> Reply:
    """The mentor stands first for this mentee from now on."""
    mentee, mentor = _mentee(context, click.subject), _picked(context, click)
    members.lock(context.db, context.scheme.key, [mentee.id, mentor.id])
    theirs = tuple(members.of(context.db, context.scheme.key, mentor.id).values())
    said = pairings.around_of(context.db, context.scheme.key, mentee.id)
    pairing = rules.pin(context.scheme.key, mentee.id, mentor.id, theirs, said, context.officer, context.now)
    pairings.save(context.db, pairing)
    context.note(Verb.PIN, mentee.id)
    return _with_round(context, wording.pinned(TwoPeople(context.scheme, pairing, mentee, mentor)))


def lift_pairing(context: Context, click: Click) -> Reply:
    """What was said of two people is said no more."""
    rules.may_say(context.officer)
    both = subjects.two_of(click.subject)
    found = pairings.of(context.db, context.scheme.key, both[0])
    pairing = next((each for each in found if {each.one, each.other} == set(both)), None)
    if pairing is None:
        raise Refused("gone")
    rules.may_say(context.officer, *both)
    pairings.remove(context.db, context.scheme.key, *both)
    context.note(Verb.LIFT_PAIRING, both[0])
    one, other = (people.get(context.db, each) for each in both)
    return wording.lifted(TwoPeople(context.scheme, pairing, one, other))


def _both(context: Context, click: Click) -> tuple[Person, Person | None]:
    """Somebody, and whom a round would have them with, where it is pressed there."""
    whose, other = subjects.two_of(click.subject)
    return _person(context, whose), _person(context, other) if other else None


def _with_round(context: Context, said: Notice) -> Notice:
    """The answer, with the way back to the round that is being looked at: what was said counts once it is run again."""
    one = rounds.open_of(context.db, context.scheme.key)
    if one is None or not allowed(of_rounds.may_change, one, context.officer):
        return said
    return replace(said, parts=(*said.parts, *round_forms.counts_again(one)))


def _person(context: Context, id_: str) -> Person:
    """Somebody of the scheme, for whoever may say with whom they are matched."""
    rules.may_say(context.officer)
    if not members.of(context.db, context.scheme.key, id_):
        raise Refused("gone")
    rules.may_say(context.officer, id_)
    return people.get(context.db, id_)


def _mentee(context: Context, id_: str) -> Person:
    person = _person(context, id_)
    if "mentee" not in members.of(context.db, context.scheme.key, id_):
        raise Refused("gone")
    return person


def _picked(context: Context, click: Click) -> Person:
    """Whom the form names, or else carries; Refused at its field where they are nobody the bot knows."""
    found, carried = form_input.person(context, click, own_fields.PERSON), form_input.carried(click, OTHER)
    if found is None and carried and not (click.values or {}).get(own_fields.PERSON.key):
        return people.get(context.db, carried[0])
    if found is None:
        raise Refused("not_here", field=own_fields.PERSON.key)
    return found


def _asked(context: Context, both: tuple[str, str]) -> Iterator[tuple[Request, str]]:
    """The requests of either for which the other is being asked, or offers; and who that is."""
    for mentee, mentor in (both, both[::-1]):
        request = requests.open_of(context.db, context.scheme.key, mentee)
        if request and any(one.mentor == mentor for one in request.open_invitations):
            yield request, mentor


def _off(context: Context, request: Request, mentor: str) -> Kept[Request]:
    """It is asked, or offered, no more."""
    one = next(each for each in request.open_invitations if each.mentor == mentor)
    if one.asker == "mentor":
        step = offers.take_back(request, one.id, mentor, context.now)
        return save(context, REQUEST, Verb.TAKE_BACK_OFFER, request, step)
    available = who_can_be_asked(context, request)
    step = invitations.pass_on(request, one.id, None, available, context.scheme, context.now)
    return save(context, REQUEST, Verb.PASS_ON_REQUEST, request, step)
