"""A mentoring request and one of its invitations, with everybody in it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.requests import Asked, InvitationView, RequestView, WrittenView
from bot.lifecycle import exchange as exchange_rules
from bot.lifecycle.exchange import Written
from bot.lifecycle.invitations import as_others_see
from bot.lifecycle.request import Request
from bot.schemes.scheme import Scheme
from bot.storage import exchange, pairs, people, questions, requests, rounds


def request(db: Db, scheme: Scheme, id_: str, now: datetime) -> RequestView:
    """That request; Refused("gone") where there is none."""
    return view_of(db, scheme, requests.get(db, scheme.key, id_), now)


def whole(db: Db, scheme: Scheme, id_: str, now: datetime) -> RequestView:
    """The same, with what the office asked about it."""
    return replace(request(db, scheme, id_, now), questions=questions.of(db, scheme.key, id_))


def view_of(db: Db, scheme: Scheme, held: Request, now: datetime) -> RequestView:
    """A request already read, as it is to everybody but a mentor who declined a moment ago."""
    held = as_others_see(held)
    seen = people.many(db, {held.mentee, *held.asked})
    asked = tuple(Asked(each, seen[each.mentor]) for each in held.invitations)
    held_now = pairs.of(db, scheme.key, held.mentee)
    mentors = sum(each.mentee == held.mentee for each in held_now)
    written = _written(db, scheme, [each.id for each in held.invitations])
    return RequestView(scheme, held, seen[held.mentee], asked, now, mentors, written)


def invitation(db: Db, scheme: Scheme, id_: str, now: datetime) -> InvitationView:
    """That invitation with its request; Refused("gone") where there is none."""
    return invitation_of(db, scheme, requests.by_invitation(db, scheme.key, id_), id_, now)


def invitation_of(db: Db, scheme: Scheme, held: Request, id_: str, now: datetime) -> InvitationView:
    """An invitation of a request already read."""
    asked = held.invitation(id_)
    seen = people.many(db, {held.mentee, asked.mentor})
    load = pairs.count_active(db, scheme.key, asked.mentor)
    written = _written(db, scheme, [id_]).get(id_, ())
    meets = rounds.introduction_of(db, scheme, held.id)
    return InvitationView(
        scheme, held, asked, seen[held.mentee], seen[asked.mentor], now, load, exchange=written, introduction=meets
    )


def _written(db: Db, scheme: Scheme, invitations: Sequence[str]) -> dict[str, tuple[Written, ...]]:
    """What has been written inside these invitations, where the scheme has that."""
    if scheme.contact_details.before_acceptance == "none" or not invitations:
        return {}
    return exchange.of(db, scheme.key, invitations)


def message(db: Db, scheme: Scheme, id_: str, reader: str, now: datetime) -> WrittenView:
    """A message inside an invitation, for one of the two."""
    one = exchange.get(db, scheme.key, id_)
    view = invitation(db, scheme, one.invitation, now)
    exchange_rules.other_of(view.request, view.invitation.id, reader)
    return WrittenView(view, one, view.mentee if reader == view.mentee.id else view.mentor)
