"""Joining the scheme and saying what suits one: what a member does about their own membership."""

from bot.actions import answers
from bot.actions.act import Act, Click
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.wording import members as wording
from bot.lifecycle import membership
from bot.lifecycle.membership import Member
from bot.lifecycle.step import Refused, Step
from bot.schemes.scheme import Role
from bot.screens import members as screens
from bot.storage import members


def role_of(named: str) -> Role:
    """The role a button names; Refused("gone") for anything else."""
    if named == "mentee":
        return "mentee"
    if named == "mentor":
        return "mentor"
    raise Refused("gone")


def join(act: Act, click: Click) -> Reply:
    """Ask to come in, in one role."""
    role = role_of(click.subject)
    given = answers.of_form(click, act.scheme.intake[role].form, act.scheme)
    if isinstance(given, Errors):
        return given
    before = members.of(act.db, act.scheme.key, act.person.id).get(role)
    taken = members.places_held(act.db, act.scheme.key, role)
    step = membership.ask_to_join(act.scheme, act.new_id(), act.person.id, role, before, taken, given, act.now)
    keep(act, "join", before, step)
    return wording.joined(act.scheme)


def preferences(act: Act, click: Click) -> Reply:
    """Say what suits one, in one role."""
    role = role_of(click.subject)
    given = answers.of_form(click, act.scheme.preferences(role), act.scheme)
    if isinstance(given, Errors):
        return given
    before = own(act, role)
    member = keep(act, "preferences", before, membership.give_preferences(before, given, act.now))
    return wording.saved(screens.picture_of(act.db, act.scheme, member, act.now))


def profile(act: Act, click: Click) -> Reply:
    """Write one's profile as a mentor."""
    given = answers.of_form(click, act.scheme.forms.mentor_profile, act.scheme)
    if isinstance(given, Errors):
        return given
    before = own(act, "mentor")
    member = keep(act, "profile", before, membership.give_profile(before, act.scheme, given, act.now))
    return wording.saved(screens.picture_of(act.db, act.scheme, member, act.now))


def own(act: Act, role: Role) -> Member:
    """The presser's own membership in that role; Refused("not_admitted") where there is none."""
    member = members.of(act.db, act.scheme.key, act.person.id).get(role)
    if member is None:
        raise Refused("not_admitted")
    return member


def keep(act: Act, verb: str, before: Member | None, step: Step[Member]) -> Member:
    """Save a step of a membership and let everybody know whom it touches."""
    member = members.save(act.db, before, step.state)
    act.tell(step.notices)
    act.redraw([member.id], [member.person])
    act.redraw_office()
    act.note(verb, member.id)
    return member
