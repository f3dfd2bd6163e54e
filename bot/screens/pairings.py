"""What is said of two people, for whoever may know of it."""

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.person import TwoPeople
from bot.lifecycle.pairings import readable
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import Actor
from bot.schemes.scheme import Scheme
from bot.storage import members, pairings, people


def said_of(db: Db, scheme: Scheme, person: Person, viewer: Actor) -> tuple[TwoPeople, ...]:
    """From whom they are kept apart, who is pinned, of whom whoever matches is warned: never what is about the viewer
    themselves."""
    found = readable(pairings.of(db, scheme.key, person.id), viewer)
    seen = people.many(db, {each.about(person.id) for each in found})
    return tuple(TwoPeople(scheme, each, person, seen[each.about(person.id)]) for each in found)


def of_mentors(db: Db, scheme: Scheme, mentee: Person, viewer: Actor) -> tuple[TwoPeople, ...]:
    """The same of a mentee and the mentors of the scheme alone."""
    said = said_of(db, scheme, mentee, viewer)
    mentors = members.many(db, scheme.key, [each.other.id for each in said], "mentor") if said else {}
    return tuple(each for each in said if each.other.id in mentors)
