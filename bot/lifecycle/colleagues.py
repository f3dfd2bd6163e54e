"""Colleagues whom somebody thinks of: a mentor who cannot take a request on suggests one, or a mentee names somebody
who is no mentor yet and is then asked, once and kindly, to join. Whoever is thought of stands first for that mentee."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.lifecycle.member import LET_IN, Member
from bot.lifecycle.membership import outside
from bot.lifecycle.notices import tell
from bot.lifecycle.pairings import Around
from bot.lifecycle.request import OPEN, Request
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind
from bot.schemes.scheme import Scheme

ColleagueState = Literal["noted", "suggested", "asked", "refused", "joined"]
"""noted: by a decline that can still be taken back · suggested: a mentor of the scheme, who stands first · asked:
invited to join · refused: said no thank you · joined: takes part since, and stands first."""

MOST: Final = 3
"""So many people one person may have invited within `WITHIN`."""
WITHIN: Final = timedelta(days=30)
LEFT_ALONE: Final = timedelta(days=90)
"""So long is somebody who was invited not invited by anybody else."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who is thought of for a mentee; one row for the two, for good. `by`: the mentee themselves, or the
    mentor who suggests them; `invitation`: that mentor's."""

    id: str
    scheme: str
    mentee: str
    named: str
    by: str
    at: datetime
    state: ColleagueState
    invitation: str | None = None
    answered_at: datetime | None = None


def may_suggest(request: Request, invitation_id: str, scheme: Scheme) -> None:
    """Whether the mentor of this invitation may think of a colleague: they have declined what they were asked."""
    invitation = request.invitation(invitation_id)
    declined = invitation.state == "declined" and invitation.asker != "mentor"
    if not scheme.route.suggestions or not declined or request.state not in OPEN:
        raise Refused("gone")


def may_invite(mentee: Member | None, scheme: Scheme) -> None:
    """Whether somebody can have others invited: a mentee of a scheme that has it."""
    if not scheme.route.invites:
        raise Refused("gone")
    if mentee is None or mentee.state not in LET_IN:
        raise Refused("not_admitted", {"role": "mentee"})


def may_be_thought_of(named: str, mentee: str, by: str, around: Around) -> bool:
    """Whether the two can be put to each other at all; whoever named them does not learn why not."""
    return named not in {mentee, by} and named not in around.apart


def invite(
    id_: str, mentee: str, named: str, by: str, before: Colleague | None, lately: Collection[Colleague],
    mentor: Member | None, scheme: Scheme, now: datetime, invitation: str | None = None,
) -> Step[Colleague]:  # fmt: skip
    """Somebody is asked, once for this mentee, whether they would like to join as a mentor. `lately`: whom `by` has had
    invited, and who else has invited them; `mentor`: what they are here."""
    may_be_invited(mentee, named, by, before, lately, mentor, now)
    asked = Colleague(before.id if before else id_, scheme.key, mentee, named, by, now, "asked", invitation)
    return Step(asked, (tell(Kind.ASKED_TO_JOIN, named, asked.id),))


def may_be_invited(
    mentee: str, named: str, by: str, before: Colleague | None, lately: Collection[Colleague], mentor: Member | None,
    now: datetime,
) -> None:  # fmt: skip
    """Whether they can be asked to join now."""
    if mentor is not None and not outside(mentor):
        raise Refused("mentor_already", field="person")
    if before is not None and before.state != "noted":
        raise Refused("invited_before", field="person")
    theirs = [each for each in lately if each.by == by and each.at > now - WITHIN and each.state != "suggested"]
    if len(theirs) >= MOST:
        raise Refused("invited_enough", {"most": MOST}, field="person")
    if any(each.named == named and each.at > now - LEFT_ALONE for each in lately):
        raise Refused("cannot_be_invited", field="person")


def suggest(
    id_: str, request: Request, named: str, by: str, invitation: str, scheme: Scheme, now: datetime
) -> Step[Colleague]:
    """A mentor of the scheme is suggested: they stand first for the mentee, who is told where they choose."""
    made = Colleague(id_, scheme.key, request.mentee, named, by, now, "suggested", invitation)
    chooses = bool({"choose", "name"} & set(scheme.route.steps))
    return Step(made, (tell(Kind.COLLEAGUE_SUGGESTED, request.mentee, id_),) if chooses else ())


def refuse(colleague: Colleague, by: str, now: datetime) -> Step[Colleague]:
    """No thank you; a mentee who has invited them is told, and nobody asks again."""
    may_answer(colleague, by)
    refused = replace(colleague, state="refused", answered_at=now)
    knows = colleague.by == colleague.mentee
    return Step(refused, (tell(Kind.COLLEAGUE_ANSWERED, colleague.mentee, colleague.id),) if knows else ())


def may_answer(colleague: Colleague, by: str) -> None:
    """Whether this is whoever was asked to join, and they have not answered."""
    if by != colleague.named:
        raise Refused("not_yours")
    if colleague.state != "asked":
        raise Refused("already_answered")


def joined(colleague: Colleague, now: datetime) -> Step[Colleague]:
    """They take part as a mentor from now on: they stand first for the mentee, who is told."""
    here = replace(colleague, state="joined", answered_at=now)
    return Step(here, (tell(Kind.COLLEAGUE_ANSWERED, colleague.mentee, colleague.id),))
