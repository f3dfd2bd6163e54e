"""A mentoring request from its form to a mentor's answer: what mentees and mentors do about it."""

from bot.actions import colleagues, form_input, notify
from bot.actions.context import Click, Context
from bot.actions.keeping import MEMBER, REQUEST, begun, keep, keep_if_changed
from bot.actions.membership import own
from bot.actions.pairs import within_budget
from bot.dialogs import own_fields
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.view_models.requests import InvitationView
from bot.dialogs.wording import invitations as words_of_invitations
from bot.dialogs.wording import offers as words_of_offers
from bot.dialogs.wording import requests as wording
from bot.dialogs.wording import shortlist as words_of_shortlist
from bot.lifecycle import invitations, named, permissions, standing
from bot.lifecycle import pairs as pair_rules
from bot.lifecycle import requests as rules
from bot.lifecycle.member import Member
from bot.lifecycle.reminders import countdown
from bot.lifecycle.request import Request
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Verb
from bot.matching.ranking import rank
from bot.screens import requests as screens
from bot.storage import answering, candidates, members, pairings, pairs, requests, seekers


def request(context: Context, click: Click) -> Reply:
    """File a mentoring request, or change one that waits for the office."""
    given = form_input.of_record(context, click, context.scheme.request)
    if isinstance(given, Errors):
        return given
    if click.subject:
        before = requests.get(context.db, context.scheme.key, click.subject)
        permissions.asker(context.actor, before)
        if wrong := form_input.answer(context, click, before.id, before.question):
            return wrong
        step = rules.resubmit(before, given, context.scheme, context.now)
        after = keep(context, REQUEST, Verb.REQUEST, before, step)
    else:
        members.lock(context.db, context.scheme.key, [context.person.id], "mentee")  # they may be leaving just now
        open_ = requests.count_open(context.db, context.scheme.key, context.person.id)
        mentee = own(context, "mentee")
        latest = requests.latest_of(context.db, context.scheme.key, context.person.id)
        step = rules.create(context.new_id(), mentee, open_, given, context.scheme, context.now, latest)
        after = keep(context, REQUEST, Verb.REQUEST, None, step, also=[mentee.id])  # the welcome no longer asks for it
    return wording.filed(screens.view_of(context.db, context.scheme, after, context.now))


def send(context: Context, click: Click) -> Reply:
    """Send the list of mentors as it was seen: the first is asked at once."""
    before = requests.get(context.db, context.scheme.key, click.subject)
    permissions.asker(context.actor, before)
    order = form_input.carried(click, "order")
    members.lock(context.db, context.scheme.key, order)
    mentors = candidates.for_people(context.db, context.scheme, order, context.now)
    ranking = rank(seekers.of(context.db, context.scheme, before), mentors, context.scheme)
    may_be_asked = frozenset(match.person for match in ranking.matches)
    chosen = [(context.new_id(), person) for person in order]
    step = rules.send(before, chosen, may_be_asked, context.scheme, context.now)
    after = keep(context, REQUEST, Verb.SEND, before, step)
    return words_of_shortlist.sent(screens.view_of(context.db, context.scheme, after, context.now))


def accept(context: Context, click: Click) -> Reply:
    """Whoever is asked says yes. The mentor's room is counted in this transaction, with their row locked."""
    found = answering.load(context.db, context.scheme.key, click.subject)
    before = found.request
    permissions.invited(context.actor, before, click.subject)
    _unless_apart(context, before, click.subject)
    step = invitations.accept(before, click.subject, found.mentor, found.mentees, context.scheme, context.now)
    within_budget(context)
    began = pair_rules.begin(context.new_id(), context.new_id(), step.state, context.scheme, context.now)
    pairs.save(context.db, None, began.state)
    if found.mentor is not None:
        members.save(context.db, found.mentor, standing.answered(found.mentor))
    both = step.joined_by(begun(context, began))
    after = keep(context, REQUEST, Verb.ACCEPT, before, both, about=click.subject)
    offered = after.invitation(click.subject).asker == "mentor"
    words = (words_of_offers if offered else words_of_invitations).accepted_notice
    return form_input.unless_shown(click, lambda: words(_seen(context, after, click.subject)))


def _unless_apart(context: Context, held: Request, invitation_id: str) -> None:
    """Where records keep people apart, one may have come to do so since the two were put to each other: then it is
    open no more, which is all that whoever presses learns."""
    scheme = context.scheme
    if not named.anywhere(scheme) or held.invitation(invitation_id).state != "open":
        return
    if held.invitation(invitation_id).mentor in pairings.around_of(context.db, scheme.key, held.mentee).apart:
        raise Refused("gone")


def decline(context: Context, click: Click) -> Reply:
    """Whoever is asked says no, with a reason or without. What follows waits until they can take it back no more."""
    reason = form_input.text(click, own_fields.REASON)
    if isinstance(reason, Errors):
        return reason
    before = requests.by_invitation(context.db, context.scheme.key, click.subject)
    permissions.invited(context.actor, before, click.subject)
    offered = before.invitation(click.subject).asker == "mentor"
    thought_of = colleagues.picked(context, click, own_fields.COLLEAGUE) if context.scheme.route.suggestions else None
    if isinstance(thought_of, Errors):
        return thought_of
    step = invitations.decline(before, click.subject, reason, context.now)
    after = keep(context, REQUEST, Verb.DECLINE, before, step, about=click.subject)
    if thought_of is not None and not offered:
        colleagues.note(context, after, click.subject, thought_of.id)
    words = (words_of_offers if offered else words_of_invitations).declined_notice
    return form_input.unless_shown(click, lambda: words(_seen(context, after, click.subject)))


def decline_stands(context: Context, invitation_id: str) -> bool:
    """A decline can be taken back no more: the next on the list is asked. Whether anything followed."""
    before = requests.by_invitation(context.db, context.scheme.key, invitation_id)
    offered = before.invitation(invitation_id).asker == "mentor"
    available = () if offered else who_can_be_asked(context, before, before.invitation(invitation_id).mentor)
    step = invitations.decline_stands(before, invitation_id, available, context.scheme, context.now)
    if not keep_if_changed(context, REQUEST, "decline_stands", before, step, about=invitation_id):
        return False
    if context.scheme.route.suggestions:
        colleagues.stands(context, before, invitation_id)
    if not offered and (mentor := _mentor(context, before, invitation_id)):
        members.save(context.db, mentor, standing.declined(mentor, context.scheme, context.now))
    return True


def _mentor(context: Context, held: Request, invitation_id: str) -> Member | None:
    """The mentor whom an invitation asked, as they stand."""
    return members.of(context.db, context.scheme.key, held.invitation(invitation_id).mentor).get("mentor")


def undo_decline(context: Context, invitation_id: str) -> InvitationView:
    """Whoever declined takes it back, and is asked as before. The mentor's room is counted with their row locked."""
    mentor = requests.by_invitation(context.db, context.scheme.key, invitation_id).invitation(invitation_id).mentor
    members.lock(context.db, context.scheme.key, [mentor])
    before = requests.by_invitation(context.db, context.scheme.key, invitation_id)
    permissions.invited(context.actor, before, invitation_id)
    apart = mentor in pairings.around_of(context.db, context.scheme.key, before.mentee).apart
    member = None if apart else members.of(context.db, context.scheme.key, mentor).get("mentor")
    load = candidates.load_of(context.db, context.scheme, mentor, context.now)
    step = invitations.undo_decline(before, invitation_id, member, load, context.scheme, context.now)
    after = keep(context, REQUEST, Verb.UNDO, before, step, about=invitation_id)
    if context.scheme.route.suggestions:
        colleagues.taken_back(context, invitation_id)
    due_at = after.invitation(invitation_id).due_at
    notify.redraw_at(context, invitation_id, *(countdown(context.now, due_at) if due_at else ()))
    return _seen(context, after, invitation_id)


def offer_conversation(context: Context, click: Click) -> Reply:
    """The mentor would like to talk once before answering."""
    before = requests.by_invitation(context.db, context.scheme.key, click.subject)
    permissions.invited(context.actor, before, click.subject)
    step = invitations.offer_conversation(before, click.subject, context.scheme, context.now)
    after = keep(context, REQUEST, Verb.OFFER_CONVERSATION, before, step, about=click.subject)
    notify.publish(context, homes=[context.person.id])
    return words_of_invitations.conversation_notice(_seen(context, after, click.subject))


def withdraw(context: Context, click: Click) -> Reply:
    """The mentee takes the request back."""
    before = requests.get(context.db, context.scheme.key, click.subject)
    permissions.asker(context.actor, before)
    keep(context, REQUEST, Verb.WITHDRAW, before, rules.withdraw(before, context.now))
    return wording.withdrawn()


def lapse(context: Context, invitation_id: str) -> bool:
    """Time is up for an invitation: what the scheme says follows, for the request and for whoever was silent. Whether
    anything did."""
    before = requests.by_invitation(context.db, context.scheme.key, invitation_id)
    asked = before.invitation(invitation_id)
    asks = invitations.asks_next(before, invitation_id, context.scheme, context.now)
    if not asks:
        members.lock(context.db, context.scheme.key, [asked.mentor])
    available = who_can_be_asked(context, before, asked.mentor) if asks else ()
    step = invitations.lapse(before, invitation_id, available, context.scheme, context.now)
    if not keep_if_changed(context, REQUEST, "lapse", before, step):
        return False
    mentor = _mentor(context, before, invitation_id) if asked.asker != "mentor" else None
    if mentor is not None:
        keep(context, MEMBER, "silent", mentor, standing.silent(mentor, context.scheme, context.now))
    return True


def who_can_be_asked(context: Context, held: Request, *besides: str) -> frozenset[str]:
    """Those queued on the list who can be asked now, counted with their rows locked. `besides`: mentors whose rows are
    to be changed as well; all are locked at once, since everybody locks them in one order."""
    queued = [each.mentor for each in held.invitations if each.state == "queued"]
    members.lock(context.db, context.scheme.key, {*queued, *besides})
    if not queued:
        return frozenset()
    found = candidates.for_people(context.db, context.scheme, queued, context.now)
    apart = pairings.around_of(context.db, context.scheme.key, held.mentee).apart
    return frozenset(each.person for each in found if each.can_be_asked and each.person not in apart)


def _seen(context: Context, held: Request, invitation: str) -> InvitationView:
    """What the mentor sees of it."""
    return screens.invitation_of(context.db, context.scheme, held, invitation, context.now)
