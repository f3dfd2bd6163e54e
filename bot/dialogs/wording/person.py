"""Words for the office about all of a person: as what they are here, what they ask for, whom they meet, what the office
did; and what can be done from there."""

from typing import Final

from bot.dialogs import subjects
from bot.dialogs.parts import Bold, Button, Divider, Form, Heading, Part, Run, Shown
from bot.dialogs.plain import day
from bot.dialogs.view_models.lists import ListedMember, ListedRequest
from bot.dialogs.view_models.person import PersonCard
from bot.dialogs.view_models.requests import Asked
from bot.dialogs.wording import (
    attention,
    buttons_of_office,
    connections,
    going,
    lists,
    pairings,
    request_cards,
    request_states,
    reviews,
)
from bot.dialogs.wording.builders import decided_runs, heading, one_primary, press, rows, say, small
from bot.lifecycle import invitations, permissions, standing
from bot.lifecycle.gates import lapses_next
from bot.lifecycle.leaving import may_be_taken_out, may_change_role
from bot.lifecycle.member import Member
from bot.lifecycle.request import OPEN
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import OTHER

_STATES: Final = {
    "queued": "to be asked", "open": "is being asked", "accepted": "accepted", "declined": "declined",
    "expired": "did not answer in time", "withdrawn": "asked no more", "unavailable": "passed over",
    "not_needed": "not needed any more",
}  # fmt: skip
_SHOWN: Final = 6
"""So many of what there may be many of."""


def form(card: PersonCard) -> Form:
    """All of somebody."""
    person = card.person
    parts: list[Part] = [
        heading(person.name),
        *([small(person.email)] if person.email else []),
        *going.not_here(person),
    ]
    for each in card.members:
        parts += [Divider(), *_membership(each, card)]
    for row in card.requests:
        parts += [Divider(), Heading("Request"), *_request(row, card)]
    if card.pairs or card.earlier:
        parts += [Divider(), Heading("Connections")]
    for pair in card.pairs[:_SHOWN]:
        parts += connections.lines(pair.view, card.viewer, attention.why_pair(pair, card.scheme), about=person.id)
    more = len(card.pairs) - _SHOWN
    parts += [small(f"And {more} more: Connections lists them.")] if more > 0 else []
    for over in card.earlier:
        parts += connections.lines(over, card.viewer, about=person.id)
    parts += pairings.lines(card)
    parts += _offices(card)
    if card.noted:
        parts += [Divider(), Heading("What the office did")]
        parts += [small(*decided_runs(each.decision), f" ({each.about})") for each in card.noted]
    return Form(Verb.OPEN_PERSON, "Member", one_primary(parts), person.id)


def _membership(row: ListedMember, card: PersonCard) -> list[Shown]:
    """As what, how they stand and why somebody is needed, what they have learnt, and what can be done."""
    member = row.view.member
    parts: list[Shown] = [Heading(f"As {member.role}"), small(*lists.member_runs(row, card.scheme))]
    parts += reviews.trainings(row.view)
    if lapses := lapses_next(member, card.scheme):
        parts.append(small(f"Held until {day(lapses[1])}."))
    return [*parts, *rows(_of_member(row, card))]


def _of_member(row: ListedMember, card: PersonCard) -> list[Button]:
    """By the viewer's powers."""
    member, name, powers = row.view.member, card.person.name, card.viewer.powers
    whom, found = f"{name} as {member.role}", list[Button]()
    if "approve_members" in powers:
        found += [*reviews.office_buttons(row.view)[:-1], buttons_of_office.view_answers(member.id, whom)]
    if "record_training" in powers:
        found += reviews.training_buttons(row.view)
    if "manage_members" in powers:
        if allowed(standing.may_resume, member, card.now):
            found.append(buttons_of_office.resume_member(member.id, name))
        elif allowed(standing.may_pause, member):
            found.append(buttons_of_office.pause_member(member.id, name))
        if allowed(may_change_role, member, _other_role(row, card), in_use=_in_use(row, card)):
            found.append(buttons_of_office.change_role(member.id, whom))
        if allowed(may_be_taken_out, member):
            found.append(buttons_of_office.remove_member(member.id, whom))
    return found


def _other_role(row: ListedMember, card: PersonCard) -> Member | None:
    other = OTHER[row.view.member.role]
    return next((each.view.member for each in card.members if each.view.member.role == other), None)


def _in_use(row: ListedMember, card: PersonCard) -> bool:
    """Whether a request or a connection hangs on it, as far as this viewer reads of them."""
    member = row.view.member
    if member.role == "mentor":
        return row.facts.asked_since is not None or any(one.view.pair.mentor == member.person for one in card.pairs)
    asking = any(one.view.request.state in OPEN for one in card.requests)
    return asking or any(one.view.pair.mentee == member.person for one in card.pairs)


def _request(row: ListedRequest, card: PersonCard) -> list[Shown]:
    """What they ask for, how it stands, who is on the list, and what can be done."""
    view = row.view
    why = attention.why_request(row, card.scheme)
    parts: list[Shown] = [say(Bold(request_states.title_of(view)))]
    parts.append(small(*lists.joined(request_cards.for_office(view), why)))
    for asked in view.asked[:_SHOWN]:
        parts += _asked(asked, row, card)
    *found, look = request_cards.office_buttons(view)
    may = permissions.power_over(view.request) in card.viewer.powers
    return [*parts, press(*(found if may else ()), look)]


def _asked(asked: Asked, row: ListedRequest, card: PersonCard) -> list[Shown]:
    one = asked.invitation
    runs: tuple[Run, ...] = (f"{one.position}. {asked.mentor.name}: {_STATES[one.state]}",)
    if "match" not in card.viewer.powers and "approve_requests" not in card.viewer.powers:
        return [small(*runs)]
    if not allowed(invitations.may_pass_on, row.view.request, one.id) or asked.mentor.id == card.viewer.person:
        return [small(*runs)]
    return [small(*runs), press(buttons_of_office.pass_on(one.id, asked.mentor.name))]


def _offices(card: PersonCard) -> list[Part]:
    """What they hold, taking it back, and giving them another, for whoever gives offices."""
    if "manage_roles" not in card.viewer.powers:
        return []
    parts: list[Part] = [Divider(), Heading("Offices")]
    for office in card.scheme.offices:
        subject = subjects.holding(office.key, card.person.id)
        holder = next((each for each in card.offices if each.holding.office == office.key), None)
        if holder is None:
            parts.append(press(buttons_of_office.appoint_as(subject, card.person.name, office.title)))
        else:
            parts.append(say(office.title))
            if holder.why_kept is None:
                parts.append(press(buttons_of_office.dismiss(subject, card.person.name, office.title)))
    return parts
