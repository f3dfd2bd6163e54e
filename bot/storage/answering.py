"""What an acceptance has to know, in one statement: the request with its list, the mentor, and how many they have."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, func, select

from bot.lifecycle.member import Member
from bot.lifecycle.request import Invitation, Request
from bot.lifecycle.step import Refused
from bot.storage.members import lock_asked
from bot.storage.optimistic import columns, names
from bot.storage.tables import IS_ACTIVE, invitations, members, pairs, requests


@dataclass(frozen=True, slots=True)
class Answering:
    """An invitation's request with its mentor: their membership, if any, and their mentees now."""

    request: Request
    mentor: Member | None
    mentees: int


_INVITED = names(Invitation)
_REQUEST = names(Request, leave_out=("invitations",))
_MEMBER = names(Member)
_THIS = invitations.c.id == bindparam("invitation")
_asked = invitations.alias("asked")
_MENTEES = (
    select(func.count())
    .select_from(pairs)
    .where(pairs.c.scheme == bindparam("scheme"), pairs.c.mentor == invitations.c.mentor, IS_ACTIVE)
    .scalar_subquery()
)
# Request and mentor stand beside the invitation that is answered, and beside no other of the list: private answers are
# decrypted once.
_LOAD = (
    select(*columns(invitations, _INVITED), *columns(requests, _REQUEST), *columns(members, _MEMBER), _MENTEES)
    .select_from(
        invitations.outerjoin(requests, and_(_THIS, requests.c.id == invitations.c.request)).outerjoin(
            members,
            and_(
                _THIS,
                members.c.scheme == invitations.c.scheme,
                members.c.person == invitations.c.mentor,
                members.c.role == "mentor",
            ),
        )
    )
    .where(
        invitations.c.scheme == bindparam("scheme"),
        invitations.c.request
        == select(_asked.c.request)
        .where(_asked.c.scheme == bindparam("scheme"), _asked.c.id == bindparam("invitation"))
        .scalar_subquery(),
    )
    .order_by(invitations.c.position)
)


def load(db: Connection, scheme_key: str, invitation_id: str) -> Answering:
    """All of it, with the mentor's row locked first, since mentees are counted: a double click reads what the first one
    left. Refused("gone") where there is no such invitation."""
    lock_asked(db, scheme_key, invitation_id)
    rows = db.execute(_LOAD, {"scheme": scheme_key, "invitation": invitation_id}).all()
    first, second = len(_INVITED), len(_INVITED) + len(_REQUEST)
    listed = tuple(Invitation(*row[:first]) for row in rows)
    for row in rows:
        if row[0] == invitation_id:
            of_request, of_member = tuple(row[first:second]), tuple(row[second:-1])
            request = Request(**dict(zip(_REQUEST, of_request, strict=True)), invitations=listed)
            return Answering(request, Member(*of_member) if of_member[0] is not None else None, row[-1])
    raise Refused("gone")
