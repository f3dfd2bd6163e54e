"""One person in two places: saying so, saying otherwise, and being written to in the other one."""

from dataclasses import replace

from bot.actions import notify
from bot.actions.context import Click, Context
from bot.dialogs.parts import Reply
from bot.dialogs.wording import identities as wording
from bot.lifecycle.people import Person
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Verb
from bot.screens.identities import other_self
from bot.storage import concerns, identities, people
from bot.storage.optimistic import Conflict


def that_is_me(context: Context, click: Click) -> Reply:
    """Somebody new says that they have been here all along: what is theirs follows them, and so do messages."""
    if context.person.id == click.subject:
        return wording.one_person(context.person)  # pressed twice
    other = _asked_about(context, click)
    there = identities.take_over(context.db, people.get(context.db, context.person.id), other)
    concerns.now_about(context.db, context.person.id, other.id)
    return _written_to(replace(context, me=there), Verb.THAT_IS_ME, wording.one_person(there))


def somebody_else(context: Context, click: Click) -> Reply:
    """They say that they are not: nobody asks again."""
    if context.person.separate:
        return wording.two_persons()
    other, me = _asked_about(context, click), context.person
    people.save(context.db, replace(me, separate=True), context.now)
    notify.publish(context, homes=[me.id])
    context.note(Verb.SOMEBODY_ELSE, other.id)
    return wording.two_persons()


def write_here(context: Context, click: Click) -> Reply:
    """From now on they are written to where they have pressed this."""
    me = context.person
    identities.lock(context.db, [me.id])
    caller = click.caller
    there = people.find(context.db, caller.platform, caller.team, caller.user)
    if there is None or not there.elsewhere:
        notify.publish(context, homes=[me.id])
        return wording.written_here()
    return _written_to(replace(context, me=there), Verb.WRITE_HERE, wording.written_here())


def _asked_about(context: Context, click: Click) -> Person:
    """Who they were asked about, if all that the question rested on still holds."""
    me = context.person
    if me.id not in identities.lock(context.db, [me.id, click.subject]):
        raise Conflict("they have said so at the same moment")
    other = other_self(context.db, people.get(context.db, me.id))
    if other is None or other.id != click.subject:
        raise Refused("gone")
    return other


def _written_to(context: Context, verb: Verb, said: Reply) -> Reply:
    """The place where they act is where they are written to; Home in both says so."""
    before = people.get(context.db, context.person.id)
    identities.write_there(context.db, context.person)
    notify.publish(context, homes=[before.id], homes_at=[before])
    context.note(verb, before.id)
    return said
