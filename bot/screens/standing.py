"""How a mentor stands, with whatever is open: requests to them, and their mentees."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.standing import StandingView
from bot.lifecycle.member import Member
from bot.lifecycle.request import asked_person
from bot.schemes.scheme import Scheme
from bot.screens.pairs import view_of
from bot.screens.requests import invitation_of
from bot.storage import pairs, people, requests


def standing(db: Db, scheme: Scheme, member: Member, now: datetime) -> StandingView:
    """That mentor's."""
    me = member.person
    asked = requests.asked_of(db, scheme.key, me)
    open_ = [(each, one) for each in asked for one in each.open_invitations if asked_person(each, one) == me]
    held = [each for each in pairs.of(db, scheme.key, me) if each.mentor == me]
    return StandingView(
        scheme, member, people.get(db, me), now,
        tuple(invitation_of(db, scheme, each, one.id, now) for each, one in open_),
        tuple(view_of(db, scheme, each, me, now) for each in held),
    )  # fmt: skip
