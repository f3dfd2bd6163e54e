"""A person's whole card: all of theirs in one scheme that this member of the office may read."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.decisions import Decision
from bot.dialogs.view_models.lists import ListedMember, ListedRequest, NeedyPair
from bot.dialogs.view_models.person import Noted, PersonCard
from bot.lifecycle.attention import Marks
from bot.lifecycle.permissions import LISTED_FOR, Actor
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme
from bot.screens.connections import of_office
from bot.screens.lists import rows_of_members, rows_of_pairs, rows_of_requests
from bot.screens.offices import office_list
from bot.screens.pairings import said_of
from bot.storage import audit, members, pairs, people, requests

EARLIER: Final = 3
"""How many pairs that have ended it shows."""
NOTED: Final = (
    Verb.APPROVE_JOINING, Verb.APPROVE_MEMBER, Verb.APPROVE_REQUEST, Verb.TURN_DOWN, Verb.CLARIFY, Verb.ASSIGN,
    Verb.GIVE_BACK, Verb.RECORD_TRAINING, Verb.REMOVE_MEMBER, Verb.PAUSE_MEMBER, Verb.RESUME_MEMBER,
    Verb.PASS_ON_REQUEST, Verb.END_CONNECTION, Verb.EXTEND, Verb.REPLACE_MENTOR,
)  # fmt: skip
"""What the office does about somebody, and is noted with who did it."""
_NOTES: Final = 8


def card(db: Db, scheme: Scheme, person: str, viewer: Actor, now: datetime) -> PersonCard:
    """That person's."""
    marks, may = Marks.of(scheme, now), viewer.powers
    held = members.of(db, scheme.key, person)
    roles = rows_of_members(db, scheme, tuple(held.values()), marks)
    latest = requests.latest_of(db, scheme.key, person) if may & LISTED_FOR["requests"] else None
    asking = rows_of_requests(db, scheme, (latest,) if latest else (), marks)
    looks = bool(may & LISTED_FOR["connections"])
    going = rows_of_pairs(db, pairs.of(db, scheme.key, person) if looks else (), marks)
    ended = of_office(db, pairs.ended_of(db, scheme.key, person, EARLIER) if looks else ())
    holders = office_list(db, scheme, viewer).holders.values() if "manage_roles" in may else ()
    offices = tuple(each for some in holders for each in some if each.person.id == person)
    noted = _noted(db, scheme, roles, asking, going)
    shown = people.get(db, person)
    said = said_of(db, scheme, shown, viewer)
    return PersonCard(scheme, shown, viewer, marks, roles, asking, going, ended, offices, noted, said)


def _noted(
    db: Db,
    scheme: Scheme,
    roles: tuple[ListedMember, ...],
    asking: tuple[ListedRequest, ...],
    going: tuple[NeedyPair, ...],
) -> tuple[Noted, ...]:
    """What the office did about any of it last, the latest first."""
    called = {each.view.member.id: f"as {each.view.member.role}" for each in roles}
    for row in asking:
        called |= {row.view.request.id: "their request"}
        called |= {each.id: "their request" for each in row.view.request.invitations}
    called |= {each.view.pair.id: "their connection" for each in going}
    done = audit.last_of(db, scheme.key, list(called), NOTED, _NOTES)
    seen = people.many(db, {each.person for each in done if each.person})
    return tuple(
        Noted(called[each.about], Decision(seen[each.person].name, each.verb, each.at))
        for each in done
        if each.person in seen
    )
