"""Whether somebody new has been here all along, in another place."""

from sqlalchemy import Connection as Db

from bot.lifecycle import people as rules
from bot.lifecycle.people import Person
from bot.storage import identities


def other_self(db: Db, me: Person) -> Person | None:
    """Who this person may be where they joined before, so that they are asked; None: nobody, or it is not sure."""
    having = identities.of_address(db, me)
    return rules.other_self(me, having, identities.has_part(db, me.id)) if having else None
