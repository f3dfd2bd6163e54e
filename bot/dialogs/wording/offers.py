"""Words about offers: the mentees who are looking, as a mentor sees them, and a mentor's offer, as the mentee does."""

from dataclasses import replace

from bot.dialogs import forms
from bot.dialogs.own_fields import REASON
from bot.dialogs.parts import Bold, Button, Divider, Facts, Form, Message, Notice, Part, Run, Shown, When
from bot.dialogs.view_models.choosing import Seekers
from bot.dialogs.view_models.requests import InvitationView
from bot.dialogs.wording import buttons as of
from bot.dialogs.wording import exchange
from bot.dialogs.wording.builders import mention, message, notice, one_primary, press, say, small, turning
from bot.dialogs.wording.invitations import SOON, undo, waits, window
from bot.dialogs.wording.request_states import title
from bot.dialogs.wording.shortlist import reasons
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import readable
from bot.lifecycle.request import Request, route_of
from bot.lifecycle.vocabulary import Verb
from bot.matching.ranking import Match
from bot.schemes.scheme import Scheme

_TITLE = "Mentees who are looking"
_SUITS = "How well you suit this is worked out from the request and your profile."


def looking(total: int) -> str:
    """How many seek a mentor, as a sentence on a mentor's Home."""
    return "1 mentee is looking for a mentor." if total == 1 else f"{total:,} mentees are looking for a mentor."


def seekers_form(view: Seekers) -> Form:
    """Who seeks a mentor, best match first, a page at a time."""
    if not view.found:
        nobody = "Nobody is looking for a mentor like you at the moment. Home shows it when somebody is."
        return Form(Verb.OPEN_SEEKERS, _TITLE, (say(nobody),))
    parts: list[Part] = [say(looking(view.total)), small(_SUITS)]
    for each in view.found:
        name, id_ = each.mentee.name, each.request.id
        head = say(Bold(name), f" · {each.match.percent} % match\n{title(each.request.answers, view.scheme)}")
        parts += [Divider(), head, _reasons(each.match, view.scheme)]
        parts.append(press(of.offer(id_, name), of.view_seeker(id_, name)))
    pages = turning(view.page, view.pages, of.seekers_page)
    parts += [Divider(), press(*pages)] if pages else []
    return Form(Verb.OPEN_SEEKERS, _TITLE, one_primary(parts))


def _reasons(match: Match, scheme: Scheme) -> Facts:
    topics, wishes = reasons(match, scheme, "mentor")
    return Facts((topics, wishes) if match.preferences or match.wishes else (topics,))


def seeker_form(scheme: Scheme, request: Request, mentee: Person, match: Match) -> Form:
    """The request as the mentor reads it, with the way to offer."""
    facts = forms.facts(scheme.request, request.answers, readable("party"))
    pairs: tuple[tuple[str, tuple[Run, ...]], ...] = (("Mentee", (mentee.name,)),)
    window = route_of(request, scheme).reply_within
    by = f" and has {window.words} to answer" if window else ""
    parts: tuple[Part, ...] = (
        Facts((*pairs, *(facts.pairs if facts else ()))),
        small(f"{match.percent} % match. {_SUITS}"),
        say(f"If you offer, {mentee.first} is told at once{by}. Until then your offer holds one of your places."),
        press(of.offer(request.id, mentee.name)),
    )
    return Form(Verb.OPEN_SEEKER, "Mentoring request", parts, subject=request.id)


def offered(view: InvitationView) -> Notice:
    """The answer to offering."""
    due_at = view.invitation.due_at
    until: tuple[Run, ...] = (" and has until ", When(due_at), " to answer") if due_at else ()
    return notice("Offered", "", say(f"Thank you. {view.mentee.name} has been told", *until, "."), say(_YOU_HEAR))


def taken_back() -> Notice:
    """The answer to taking an offer back."""
    return notice("Taken back", "Your offer is off and your place is free again. You can offer to somebody else.")


_YOU_HEAR = "You hear from us here as soon as there is an answer."


def card(view: InvitationView) -> Message:
    """The mentee's card: who offers, how long there is, and three buttons; or what became of it."""
    head = say(Bold(view.mentor.name), " offers to mentor you: ", Bold(title(view.request.answers, view.scheme)), ".")
    if not waits(view):
        return message(view.mentee, head, small(_ended(view)), *undo(view))
    why = small("View shows their profile. If you accept, you are connected at once, and your search ends.")
    return message(view.mentee, head, *window(view, "offer"), why, press(*buttons(view)))


def buttons(view: InvitationView) -> tuple[Button, ...]:
    """What the mentee can press while the offer is open."""
    id_, name = view.invitation.id, view.mentor.name
    answers = (of.view_offer(id_, name), of.accept_offer(id_, name), of.decline_offer(id_, name))
    return (*answers, *exchange.write(view, view.mentee))


def _ended(view: InvitationView) -> str:
    first = view.mentor.first
    match view.invitation.state:
        case "accepted":
            return f"You accepted. {first} is under your connections on Home."
        case "declined" if view.invitation.undo_until:
            return f"You declined; {first} is told in {SOON}. Your search goes on."
        case "declined":
            return f"You declined, and {first} has been told. Your search goes on."
        case "withdrawn" if view.request.state == "accepted":
            return f"You have found a mentor, and {first} has been told."
        case "withdrawn":
            return f"Your request has ended, and {first} has been told."
        case "unavailable":
            return f"{first} is no longer available, so this offer is off. Nothing else has changed."
        case _:
            return f"The time to answer has passed, and {first} has been told. Nothing else has changed."


def view_form(view: InvitationView) -> Form:
    """Who offers, with their profile, and the answers under it."""
    form = view.scheme.roles["mentor"].profile
    answers = view.profile.profile if view.profile else None
    facts = forms.facts(form, answers or {}, readable("party")) if form else None
    pairs: tuple[tuple[str, tuple[Run, ...]], ...] = (("Mentor", (view.mentor.name,)),)
    parts: list[Part] = [Facts((*pairs, *(facts.pairs if facts else ())))]
    parts += exchange.of_invitation(view)
    if waits(view):
        parts += [*window(view, "offer"), press(*buttons(view)[1:])]
    else:
        parts += (small(_ended(view)), *undo(view))
    return Form(Verb.OPEN_INVITATION, "Offer to mentor you", tuple(parts), subject=view.invitation.id)


def decline_form(view: InvitationView) -> Form:
    """Declining an offer: fine, and nothing else changes."""
    office, first = view.scheme.words.office, view.mentor.first
    parts: list[Part] = [
        say(f"That is fine. {first} hears kindly that you have decided otherwise, and your search goes on."),
        replace(REASON, hint=f"Leave it empty if you like. The {office} alone can read it."),
    ]
    return Form(Verb.DECLINE, "Decline offer", tuple(parts), view.invitation.id, "Decline")


def accepted_notice(view: InvitationView) -> Notice:
    """The answer to accepting an offer inside the View."""
    return notice("Accepted", f"You and {view.mentor.name} are connected; both of you have been told what comes next.")


def declined_notice(view: InvitationView) -> Notice:
    """The answer to declining an offer."""
    text = f"Thank you for answering. {view.mentor.first} hears in {SOON} that you have decided otherwise."
    return notice("Declined", f"{text} Your search goes on.", *undo(view))


def reminder(view: InvitationView) -> tuple[Shown, ...]:
    """What the mentee is reminded of while it waits."""
    head = say(Bold(view.mentor.name), " has offered to mentor you, and is still hoping for your answer.")
    why = small("A no is fine too: it lets them offer to somebody else.")
    return (head, *window(view, "offer"), why)


def declined(view: InvitationView) -> Message:
    """The mentor hears that the mentee has decided otherwise."""
    text = (
        f"{view.mentee.name} thanks you for your offer, and has decided otherwise this time. Your place is free again."
    )
    return message(view.mentor, say(text))


def lapsed(view: InvitationView) -> Message:
    """The mentor hears that no answer has come."""
    text = f"{view.mentee.name} has not answered your offer in time. Thank you for offering; your place is free again."
    return message(view.mentor, say(text))


def own(view: InvitationView) -> tuple[Run, ...]:
    """An open offer as its mentor sees it on Home."""
    due_at = view.invitation.due_at
    until: tuple[Run, ...] = (", who has until ", When(due_at), " to answer.") if due_at else (".",)
    return ("You have offered to mentor ", mention(view.mentee), *until)
