"""Words about an invitation: the mentor's card, its View, declining, and what the mentee hears on the way."""

from bot.dialogs import forms
from bot.dialogs.parts import (
    Bold,
    Button,
    Facts,
    Form,
    Mention,
    Message,
    Note,
    Notice,
    Part,
    Run,
    Shown,
    TextInput,
    When,
)
from bot.dialogs.pictures import InvitationPicture
from bot.dialogs.wording import buttons as of
from bot.dialogs.wording.requests import title
from bot.dialogs.wording.said import message, notice, press, say, small
from bot.lifecycle.reminders import days_left
from bot.lifecycle.requests import Invitation

_ENDED = "Nothing more is needed from you."


def card(picture: InvitationPicture) -> Message:
    """The mentor's card: who asks, what for, how long there is, and three buttons; or how it ended."""
    called = title(picture.request.answers, picture.scheme)
    head = say(Bold(picture.mentee.name), " asks you to be their mentor: ", Bold(called), ".")
    if not waits(picture):
        return message(picture.mentor, head, small(_ended(picture)))
    return message(picture.mentor, head, *_window(picture), *_load(picture), press(*buttons(picture)))


def waits(picture: InvitationPicture) -> bool:
    """Whether the mentor can still answer."""
    due_at = picture.invitation.due_at
    return picture.invitation.state == "open" and (due_at is None or due_at > picture.now)


def _load(picture: InvitationPicture) -> tuple[Note, ...]:
    recommended, load = picture.scheme.capacity.recommended, picture.load
    if recommended is None or load < recommended:
        return ()
    mentees = "1 mentee" if load == 1 else f"{load} mentees"
    return (small(f"You have {mentees} now; the scheme suggests {recommended} at most. It is up to you."),)


def buttons(picture: InvitationPicture) -> tuple[Button, ...]:
    """What the mentor can press while the invitation is open."""
    id_, name = picture.invitation.id, picture.mentee.name
    return (of.view_invitation(id_, name), of.accept(id_, name), of.decline(id_, name))


def _window(picture: InvitationPicture) -> tuple[Note, ...]:
    left = time_left(picture)
    return (small(*left),) if left else ()


def time_left(picture: InvitationPicture) -> tuple[Run, ...]:
    """The countdown with its moment; nothing where the scheme sets no window."""
    due_at = picture.invitation.due_at
    if due_at is None:
        return ()
    days = days_left(due_at, picture.now)
    left = "1 day" if days == 1 else f"{days} days"
    return (f"{left} left before this request expires. Answer by ", When(due_at), ".")


def _ended(picture: InvitationPicture) -> str:
    first = picture.mentee.first
    match picture.invitation.state:
        case "accepted":
            return f"You accepted. {first} is under your connections on Home."
        case "declined":
            return "You declined. Thank you for answering."
        case "withdrawn":
            return f"{first} has withdrawn the request. {_ENDED}"
        case "expired" | "open":
            return f"The time to answer has passed. {_ENDED}"
        case _:
            return _ENDED


def view_form(picture: InvitationPicture) -> Form:
    """The whole request as its mentor reads it, with Accept and Decline under it."""
    facts = forms.facts(picture.scheme.forms.request, picture.request.answers, {"both"})
    pairs: tuple[tuple[str, tuple[Run, ...]], ...] = (("Mentee", (picture.mentee.name,)),)
    parts: list[Part] = [Facts((*pairs, *(facts.pairs if facts else ())))]
    if waits(picture):
        parts += [*_window(picture), *_load(picture), press(*buttons(picture)[1:])]
    else:
        parts.append(small(_ended(picture)))
    return Form("open_invitation", "Mentoring request", tuple(parts), subject=picture.invitation.id)


def decline_form(picture: InvitationPicture) -> Form:
    """Declining: fine, with a reason if there is one; a first conversation may be the better answer."""
    first, office = picture.mentee.first, picture.scheme.words.office
    waiting = any(each.state == "queued" for each in picture.request.invitations)
    then = "the next mentor on the list is asked" if waiting else "can choose others to ask"
    parts: list[Part] = [
        say(f"That is fine. {first} hears that you cannot take it on this time, and {then}."),
        *(_conversation(picture) if picture.scheme.requests.first_conversation else ()),
        TextInput(
            "reason", "Reason", required=False, long=True, longest=600,
            hint=f"Leave it empty if you like. The {office} alone can read it.",
        ),
    ]  # fmt: skip
    return Form("decline", "Decline request", tuple(parts), picture.invitation.id, "Decline")


def _conversation(picture: InvitationPicture) -> tuple[Shown, ...]:
    first = picture.mentee.first
    return (
        say(
            f"Not sure? You can talk once before you decide: {first} is told to get in touch. The time to answer stays."
        ),
        press(of.offer_conversation(picture.invitation.id, picture.mentee.name)),
    )


def accepted_notice(picture: InvitationPicture) -> Notice:
    """The answer to Accept pressed inside the View."""
    agreement = picture.scheme.words.agreement
    text = f"Thank you. {picture.mentee.name} has been told."
    return notice(
        "Accepted", f"{text} Next, you both accept the {agreement}; then either of you sets the first session."
    )


def declined_notice(picture: InvitationPicture) -> Notice:
    """The answer to Decline."""
    text = f"Thank you for answering. {picture.mentee.first} hears that you cannot take it on this time."
    return notice("Declined", f"{text} {_ENDED}")


def conversation_notice(picture: InvitationPicture) -> Notice:
    """The answer to offering a first conversation."""
    due_at = picture.invitation.due_at
    by: tuple[Run, ...] = (" by ", When(due_at)) if due_at else ()
    told = f"{picture.mentee.first} knows that you would like to talk first, and will get in touch."
    return notice("Offered", told, say("After that, please accept or decline on the card", *by, "."))


def reminder(picture: InvitationPicture) -> Message | None:
    """The one reminder inside the window; None once it is answered."""
    if not waits(picture):
        return None
    called = title(picture.request.answers, picture.scheme)
    head = say(Bold(picture.mentee.name), " is still hoping for your answer on ", Bold(called), ".")
    why = small("A no is fine too: it lets the search go on.")
    return message(picture.mentor, head, *_window(picture), why, press(*buttons(picture)))


def lapsed(picture: InvitationPicture) -> Message:
    """The mentor hears that the time has passed."""
    first = picture.mentee.first
    text = f"The time to answer {picture.mentee.name}’s request has passed, and {first} has been told. {_ENDED}"
    full = "Is this a busy time? On Home you can change how many mentees you take."
    own = picture.scheme.capacity.own_limit_field is not None
    return message(picture.mentor, say(text), *((small(full), press(of.change_profile())) if own else ()))


def withdrawn(picture: InvitationPicture) -> Message:
    """The mentor hears that the mentee no longer needs an answer."""
    return message(picture.mentor, say(f"{picture.mentee.name} has withdrawn the mentoring request. {_ENDED}"))


def now_asking(picture: InvitationPicture) -> Message:
    """The mentee hears that the next one has been asked, and why."""
    before = _before(picture)
    why = "did not answer in time" if before and before.state == "expired" else "could not take it on this time"
    text = f"We have now asked {picture.mentor.name}, the next on your list; the mentor before {why}."
    due_at = picture.invitation.due_at
    if due_at is None or picture.invitation.state != "open":
        return message(picture.mentee, say(text))
    return message(picture.mentee, say(text), say("You hear from us by ", When(due_at), " at the latest."))


def _before(picture: InvitationPicture) -> Invitation | None:
    """The mentor who was asked before this one."""
    place = picture.invitation.place
    asked = [
        each for each in picture.request.invitations if each.place < place and each.state in {"declined", "expired"}
    ]
    return max(asked, key=lambda each: each.place, default=None)


def first_conversation(picture: InvitationPicture) -> Message:
    """The mentee hears that the mentor would like to talk first."""
    mentor, due_at = picture.mentor, picture.invitation.due_at
    head = say(
        Mention(mentor.user, mentor.name), " would like to talk with you once before answering. "
        f"Send {mentor.first} a message to find a time.",
    )  # fmt: skip
    if not waits(picture):
        return message(picture.mentee, head)
    until: tuple[Run, ...] = (" until ", When(due_at)) if due_at else ()
    return message(picture.mentee, head, small("Your request stays open meanwhile", *until, "."))
