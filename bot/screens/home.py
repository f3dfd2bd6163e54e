"""A person's home page: what they have under way, and what the office has if they belong to it."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.home import HomeView
from bot.lifecycle import permissions, surveys
from bot.lifecycle.concerns import SHOWN
from bot.lifecycle.member import Member
from bot.lifecycle.membership import outside
from bot.lifecycle.permissions import Actor
from bot.lifecycle.reminders import countdown, overdue_at
from bot.lifecycle.request import Invitation, asked_person
from bot.lifecycle.sessions import agreed_at, ends
from bot.lifecycle.step import allowed
from bot.schemes.scheme import Scheme
from bot.screens import concerns
from bot.screens.another_mentor import all_asked
from bot.screens.identities import other_self
from bot.screens.lists import needs
from bot.screens.members import about_members
from bot.screens.offers import seekers
from bot.screens.pairs import earlier, of_person
from bot.screens.requests import invitation_of
from bot.screens.requests import view_of as request_view
from bot.screens.waiting_list import numbers, waiting_list
from bot.storage import members, offices, people, requests

ON_HOME = 4
"""How many waiting cases the office sees at once on Home; the rest is one press away."""


def home(db: Db, scheme: Scheme, person: str, now: datetime) -> HomeView:
    """Everything that person's home shows."""
    known = members.of(db, scheme.key, person)
    held = {role: each for role, each in known.items() if each.state != "left"}
    powers = offices.powers(db, scheme, person)
    request = requests.latest_of(db, scheme.key, person) if not outside(held.get("mentee")) else None
    asked = requests.asked_of(db, scheme.key, person) if "mentor" in held else ()
    listed = [*asked, *([request] if request else [])]
    open_ = [(each, one) for each in listed for one in each.open_invitations]
    mine = [invitation_of(db, scheme, each, one.id, now) for each, one in open_ if asked_person(each, one) == person]
    offers = [invitation_of(db, scheme, each, one.id, now) for each, one in open_ if _offers(one, person)]
    viewer, me = Actor(person, powers), people.get(db, person)
    return HomeView(
        scheme,
        me,
        now,
        dict(held),
        request_view(db, scheme, request, now) if request else None,
        tuple(mine),
        tuple(offers),
        _seekers(db, scheme, held.get("mentor"), now),
        of_person(db, scheme, person, now),
        earlier(db, scheme, person, now),
        powers,
        waiting_list(db, scheme, viewer, now, size=ON_HOME) if allowed(permissions.decides, viewer) else None,
        numbers(db, scheme, now) if "see_reports" in powers else None,
        needs(db, scheme, viewer, now),
        {role: members.places_held(db, scheme.key, role, person) for role in scheme.roles if outside(held.get(role))},
        about_members(db, scheme, [each.id for each in held.values()]),
        other_self(db, me) if not held else None,
        concerns.own(db, scheme, person, now),
        concerns.to_take_up(db, scheme, person, powers, now),
        bool(known or powers),
        all_asked(db, scheme, viewer, now),
    )


def _offers(invitation: Invitation, person: str) -> bool:
    return invitation.asker == "mentor" and invitation.mentor == person


def _seekers(db: Db, scheme: Scheme, mentor: Member | None, now: datetime) -> int | None:
    if not scheme.route.offers or mentor is None:
        return None
    return seekers(db, scheme, mentor, now).total


def changes_at(view: HomeView) -> datetime | None:
    """The next moment at which this page would look different although nobody has done anything: a session begins or
    is over, a day of a countdown has passed, a pause ends. None: it stays as it is."""
    late = (at for each in view.another for at in overdue_at(each.scheme, each.pair.another_asked_at or view.now))
    moments = (*_of_pairs(view), *_of_invitations(view), *_of_members(view), *_of_concerns(view), *late)
    return min((at for at in moments if at is not None and at > view.now), default=None)


def _of_pairs(view: HomeView) -> Iterator[datetime | None]:
    for seen in view.pairs:
        yield seen.pair.rests_until
        yield from surveys.changes_at(view.scheme, seen.pair)
        for session in seen.pair.sessions:
            yield from (session.starts_at, ends(session)) if session.state == "scheduled" else ()
            yield agreed_at(seen.pair, session)


def _of_invitations(view: HomeView) -> Iterator[datetime | None]:
    seen = [each.invitation for each in (*view.invitations, *view.offers)]
    for each in (*seen, *(asked.invitation for asked in (view.request.open if view.request else ()))):
        asked_at, due_at = each.asked_at, each.due_at
        yield due_at
        yield from countdown(asked_at, due_at) if asked_at and due_at else ()


def _of_concerns(view: HomeView) -> Iterator[datetime | None]:
    for each in (*view.own_concerns, *view.concerns):
        yield each.concern.contact_by if each.concern.state == "waiting" else None
        yield each.concern.closed_at + SHOWN if each.concern.closed_at else None


def _of_members(view: HomeView) -> Iterator[datetime | None]:
    for each in view.members.values():
        yield from surveys.changes_at(view.scheme, each)
        yield from (each.paused_until, each.rests_until, each.place_held_until)
