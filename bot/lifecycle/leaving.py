"""How a membership ends: somebody leaves the scheme in one role, or the office takes them out of it. What hung on it
goes its way: who asked them asks the next, their own request is withdrawn, their pairs end, the place is free. What
they filled in is kept, for whoever comes back."""

from dataclasses import replace

from bot.lifecycle.member import LET_IN, Member
from bot.lifecycle.membership import outside
from bot.lifecycle.notices import tell, tell_office
from bot.lifecycle.step import Refused, Step
from bot.lifecycle.vocabulary import Kind


def leave(member: Member) -> Step[Member]:
    """They leave, whenever they like; the office hears of it. Whoever has only asked takes the application back: the
    office's card says so."""
    may_leave(member)
    left = _left(member)
    if member.state == "asked":
        return Step(left)
    return Step(left, (tell_office(Kind.MEMBER_LEFT, "manage_members", left.id, left.revision, besides=left.person),))


def remove(member: Member, reply: str) -> Step[Member]:
    """The office takes them out; `reply` is what they read."""
    may_be_taken_out(member)
    out = replace(_left(member), reply=reply)
    return Step(out, (tell(Kind.MEMBER_REMOVED, out.person, out.id, out.revision),))


def out_of_role(member: Member, other: Member | None, words: str | None, *, in_use: bool) -> Step[Member]:
    """The office changes their role (see `membership.into_role`): they are out of this one, and read its words.
    `other`: what they are in the other one; `in_use`: whether a request or a connection hangs on this one."""
    may_change_role(member, other, in_use=in_use)
    out = replace(_left(member), reply=words or None)
    return Step(out, (tell(Kind.ROLE_CHANGED, out.person, out.id, out.revision),))


def may_change_role(member: Member, other: Member | None, *, in_use: bool) -> None:
    """Whether the office can change it: nothing hangs on it, and they have no part in the other one."""
    may_leave(member)
    if not outside(other):
        raise Refused("has_role_already")
    if in_use:
        raise Refused("role_in_use")


def may_leave(member: Member) -> None:
    """Whether there is a membership to end, or an application to take back."""
    if member.state != "asked":
        may_be_taken_out(member)


def may_be_taken_out(member: Member) -> None:
    """Whether there is a membership to end; an application is turned down instead."""
    if member.state not in LET_IN:
        raise Refused("not_member")


def _left(member: Member) -> Member:
    return replace(
        member, state="left", question=None, reply=None, waiting_since=None, approved_at=None,
        place_held_until=None, revision=member.revision + 1,
    )  # fmt: skip
