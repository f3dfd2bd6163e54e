"""Short messages that pass inside an open invitation, between the mentee and the mentor alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.lifecycle.invitations import as_others_see, may_answer
from bot.lifecycle.notices import tell
from bot.lifecycle.request import Invitation, Request, asked_person
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme

MOST: Final = 20
"""How many messages pass inside one invitation."""
LONGEST: Final = 600
"""How many characters one has at most."""


@dataclass(frozen=True, slots=True)
class Written:
    """One message. `author` is the person who wrote it."""

    id: str
    scheme: str
    invitation: str
    author: str
    at: datetime
    text: str


def other_of(request: Request, invitation_id: str, person: str) -> str:
    """The other of the two; Refused("not_yours") for anybody else."""
    two = (request.mentee, request.invitation(invitation_id).mentor)
    if person not in two:
        raise Refused("not_yours")
    return two[1] if person == two[0] else two[0]


def may_write(
    request: Request, invitation_id: str, person: str, written: int, scheme: Scheme, now: datetime
) -> Invitation:
    """The invitation, where this person can write to the other: it is one of the two, the scheme has messages, nobody
    has decided, and not too many have passed. `written`: how many have, from either."""
    other_of(request, invitation_id, person)
    if scheme.contact_details.before_acceptance != "messages":
        raise Refused("gone")
    declined_it = person == asked_person(request, request.invitation(invitation_id))
    invitation = may_answer(request if declined_it else as_others_see(request), invitation_id, now)
    if written >= MOST:
        raise Refused("written_enough", {"most": MOST})
    return invitation


def write(
    id_: str, request: Request, invitation_id: str, person: str, text: str, written: int, scheme: Scheme, now: datetime
) -> Step[Written]:
    """One writes; the other is told."""
    may_write(request, invitation_id, person, written, scheme, now)
    other = other_of(request, invitation_id, person)
    message = Written(id_, request.scheme, invitation_id, person, now, text)
    return Step(message, (tell(Kind.WRITTEN, other, id_),))
