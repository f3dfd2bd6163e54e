"""A mentoring request from its form to a mentor's answer: what mentees and mentors do about it."""

from collections.abc import Iterable

from bot.actions import answers
from bot.actions.act import Act, Click
from bot.actions.membership import own
from bot.dialogs.parts import Errors, Reply, When
from bot.dialogs.pictures import InvitationPicture
from bot.dialogs.wording import invitations as words_of_invitations
from bot.dialogs.wording import requests as wording
from bot.dialogs.wording import shortlist as words_of_shortlist
from bot.lifecycle import connections as pairs
from bot.lifecycle import membership, permissions
from bot.lifecycle import requests as rules
from bot.lifecycle.requests import Request
from bot.lifecycle.step import Refused, Step
from bot.screens import requests as screens
from bot.screens.faces import face
from bot.screens.shortlist import ranked
from bot.storage import candidates, connections, members, requests


def request(act: Act, click: Click) -> Reply:
    """File a mentoring request, or change one that waits for the office."""
    given = answers.of_form(click, act.scheme.forms.request, act.scheme)
    if isinstance(given, Errors):
        return given
    stray = wording.stray_topic(given, act.scheme)
    if stray:
        return stray
    if click.subject:
        before = requests.get(act.db, act.scheme.key, click.subject)
        permissions.asker(act.actor, before)
        keep(act, "request", before, rules.resubmit(before, given, act.now))
    else:
        open_ = requests.count_open(act.db, act.scheme.key, act.person.id)
        mentee = own(act, "mentee")
        step = rules.create(act.new_id(), mentee, open_, given, act.scheme, act.now)
        act.redraw([mentee.id])  # the welcome no longer asks for it; cards are locked before homes, here as in `keep`
        keep(act, "request", None, step)
    act.redraw_office()
    return wording.sent_to_office(act.scheme)


def send(act: Act, click: Click) -> Reply:
    """Send the list of mentors as it was seen: the first is asked at once."""
    before = requests.get(act.db, act.scheme.key, click.subject)
    permissions.asker(act.actor, before)
    order = answers.carried(click, "order")
    members.lock(act.db, act.scheme.key, order)
    ranking = ranked(act.db, act.scheme, before, candidates.one(act.db, act.scheme, order, act.now))
    may_be_asked = frozenset(match.person for match in ranking.matches)
    chosen = [(act.new_id(), person) for person in order]
    after = keep(act, "send", before, rules.send(before, chosen, may_be_asked, act.scheme, act.now))
    asked = after.open_invitation
    if asked is None:
        raise Refused("mentor_unavailable")
    by = When(asked.due_at) if asked.due_at else None
    return words_of_shortlist.sent(face(act.db, asked.mentor).name, by, len(order) - 1)


def accept(act: Act, click: Click) -> Reply:
    """The mentor says yes. Their room is counted in this transaction, with their row locked."""
    members.lock(act.db, act.scheme.key, [act.person.id])  # first: a double click then reads what the first one left
    before = requests.by_invitation(act.db, act.scheme.key, click.subject)
    permissions.invited(act.actor, before, click.subject)
    mentor = own(act, "mentor")
    mentees = connections.count_active(act.db, act.scheme.key, act.person.id)
    limit = membership.own_limit(mentor, act.scheme)
    may = membership.may_mentor(mentor, act.scheme, act.now)
    step = rules.accept(before, click.subject, mentees, limit, may, act.now)
    began = pairs.begin(act.new_id(), act.new_id(), step.state, act.scheme, act.now)
    connections.save(act.db, None, began.state)
    after = keep(act, "accept", before, Step(step.state, (*step.notices, *began.notices)), invitation=click.subject)
    return answers.unless_shown(click, lambda: words_of_invitations.accepted_notice(_seen(act, after, click.subject)))


def decline(act: Act, click: Click) -> Reply:
    """The mentor says no, with a reason or without; the next on the list is asked."""
    reason = answers.text(click, "reason", "Reason", 600, required=False)
    if isinstance(reason, Errors):
        return reason
    before = requests.by_invitation(act.db, act.scheme.key, click.subject)
    permissions.invited(act.actor, before, click.subject)
    available = who_can_be_asked(act, before)
    step = rules.decline(before, click.subject, reason, available, act.scheme, act.now)
    after = keep(act, "decline", before, step, invitation=click.subject)
    return answers.unless_shown(click, lambda: words_of_invitations.declined_notice(_seen(act, after, click.subject)))


def offer_conversation(act: Act, click: Click) -> Reply:
    """The mentor would like to talk once before answering."""
    before = requests.by_invitation(act.db, act.scheme.key, click.subject)
    permissions.invited(act.actor, before, click.subject)
    step = rules.offer_conversation(before, click.subject, act.scheme, act.now)
    act.tell(step.notices)
    act.note("offer_conversation", click.subject)
    return words_of_invitations.conversation_notice(_seen(act, before, click.subject))


def withdraw(act: Act, click: Click) -> Reply:
    """The mentee takes the request back."""
    before = requests.get(act.db, act.scheme.key, click.subject)
    permissions.asker(act.actor, before)
    keep(act, "withdraw", before, rules.withdraw(before, act.now))
    act.redraw_office()
    return wording.withdrawn()


def lapse(act: Act, request_id: str) -> bool:
    """Time is up for an invitation: what the scheme says follows. Whether anything did."""
    before = requests.get(act.db, act.scheme.key, request_id)
    available = who_can_be_asked(act, before)
    step = rules.lapse(before, available, act.scheme, act.now)
    if step.state == before:
        return False
    keep(act, "lapse", before, step)
    return True


def remind(act: Act, request_id: str) -> bool:
    """The one reminder inside the window; the card's countdown is brought up to date with it. Whether it was due."""
    before = requests.get(act.db, act.scheme.key, request_id)
    step = rules.remind(before, act.now)
    if step.state == before:
        return False
    after = requests.save(act.db, before, step.state)
    act.tell(step.notices)
    act.redraw(_touched(before, after))
    return True


def who_can_be_asked(act: Act, held: Request) -> frozenset[str]:
    """Those queued on the list who can be asked now, counted with their rows locked."""
    queued = [each.mentor for each in held.invitations if each.state == "queued"]
    if not queued:
        return frozenset()
    members.lock(act.db, act.scheme.key, queued)
    found = candidates.one(act.db, act.scheme, queued, act.now)
    return frozenset(each.person for each in found if each.available and each.load < each.limit)


def keep(act: Act, verb: str, before: Request | None, step: Step[Request], invitation: str = "") -> Request:
    """Save a step of a request and let everybody know whom it touches."""
    after = requests.save(act.db, before, step.state)
    act.tell(step.notices)
    act.redraw([after.id, *_touched(before, after)], [after.mentee, *_mentors_touched(before, after)])
    act.note(verb, invitation or after.id)
    return after


def _touched(before: Request | None, after: Request) -> Iterable[str]:
    """The invitations whose cards are out of date: new ones have none yet."""
    were = {each.id: each for each in before.invitations} if before else {}
    return [each.id for each in after.invitations if each.id in were and were[each.id] != each]


def _mentors_touched(before: Request | None, after: Request) -> Iterable[str]:
    """The mentors whose homes show another picture: asked now, or no longer."""
    were = {each.id: each.state for each in before.invitations} if before else {}
    return [
        each.mentor
        for each in after.invitations
        if "open" in (each.state, were.get(each.id)) and each.state != were.get(each.id)
    ]


def _seen(act: Act, held: Request, invitation: str) -> InvitationPicture:
    """What the mentor sees of it."""
    return screens.invitation_of(act.db, act.scheme, held, invitation, act.now)
