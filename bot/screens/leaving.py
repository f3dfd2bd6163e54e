"""What the end of a membership would bring with it."""

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.standing import LeavingView
from bot.lifecycle.member import Member
from bot.schemes.scheme import Scheme
from bot.storage import pairs, people, requests


def leaving(db: Db, scheme: Scheme, member: Member) -> LeavingView:
    """A membership with what hangs on it: whom it connects, and which requests are open."""
    person, role = member.person, member.role
    if role == "mentor":
        asking = len(requests.asked_of(db, scheme.key, person))
        others = [each.mentee for each in pairs.of(db, scheme.key, person) if each.mentor == person]
    else:
        asking = requests.count_open(db, scheme.key, person)
        others = [each.mentor for each in pairs.of(db, scheme.key, person) if each.mentee == person]
    seen = people.many(db, {person, *others})
    return LeavingView(scheme, member, seen[person], tuple(seen[other] for other in others), asking)
