"""Words for the list of mentors: who suits the request, how well and why, and in which order they are asked."""

from collections.abc import Sequence
from typing import Literal

from bot.dialogs import subjects
from bot.dialogs.parts import Bold, Button, Divider, Facts, Form, Notice, Part, Portrait, Run, When
from bot.dialogs.view_models.choosing import Ranked, Shortlist
from bot.dialogs.view_models.requests import RequestView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import notice, portrait, press, say, small
from bot.dialogs.wording.request_states import state_runs
from bot.lifecycle.vocabulary import Verb
from bot.matching.criteria import PreferenceTerm
from bot.matching.ranking import Match
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme

TITLE = "Find mentors"


def form(view: Shortlist) -> Form:
    """The mentors in the mentee's order, each with match, reasons and buttons; or why there are none.

    Both are the window of the same verb, so that skipping the last mentor draws it anew instead of
    laying another on top.
    """
    scheme, request = view.scheme, view.request
    order = ",".join(each.mentor.id for each in view.shown)
    carried = {"order": order, "skipped": ",".join(view.skipped)}
    if not view.shown:
        return Form(Verb.SEND, TITLE, _nobody(view), request.id, carried=carried)
    parts: list[Part] = [say(_intro(view))]
    for n, ranked in enumerate(view.shown):
        parts += [Divider(), *_mentor(ranked, n, len(view.shown), request.id, scheme)]
    parts += [Divider(), small(_rest(view)), *_back(view)]
    return Form(Verb.SEND, TITLE, tuple(parts), request.id, "Send request to mentors", carried)


def _intro(view: Shortlist) -> str:
    """Who is asked when, and what silence does."""
    rules = view.scheme.route
    window = rules.reply_within.words if rules.reply_within else ""
    alone = len(view.shown) == 1
    if rules.at_once > 1 and not alone:
        many = "All of them are" if rules.at_once >= len(view.shown) else f"The first {rules.at_once} are"
        text = f"{many} asked as soon as you send it" + (f" and have {window} to answer." if window else ".")
        return f"{text} The first to accept becomes your mentor."
    who = "This mentor" if alone else "The first mentor"
    text = f"{who} is asked as soon as you send it" + (f" and has {window} to answer." if window else ".")
    if not alone:
        silent = " or does not answer in time" if rules.on_silence == "ask_next" else ""
        text += f" The next is asked only if the one before declines{silent}."
    if window and rules.on_silence == "end":
        text += " Without an answer in time the request ends, and you can send a new one."
    return text


def _mentor(ranked: Ranked, n: int, count: int, request: str, scheme: Scheme) -> list[Part]:
    name, subject = ranked.mentor.name, subjects.choice(request, ranked.mentor.id)
    pressed: list[Button] = []
    if n:
        pressed.append(buttons.move_up(subject, name))
    if n < count - 1:
        pressed.append(buttons.move_down(subject, name))
    pressed += [buttons.skip(subject, name), buttons.view_mentor(subject, name)]
    facts = (*reasons(ranked.match, scheme), *room(ranked.match))
    stands = place(ranked.match, "yours", scheme, ranked.suggested)
    return [_head(ranked, n + 1), Facts(facts), *stands, press(*pressed)]


def to_office(ranked: Ranked, n: int, scheme: Scheme, choose: Button, warning: Sequence[Part] = ()) -> list[Part]:
    """A mentor as the office looks at them, the n-th, with what it presses to choose them, and is warned of."""
    facts = (*reasons(ranked.match, scheme, "office"), *room(ranked.match))
    stands = place(ranked.match, "theirs", scheme, ranked.suggested)
    return [Divider(), _head(ranked, n), Facts(facts), *stands, *warning, press(choose)]


def _head(ranked: Ranked, n: int) -> Portrait:
    fits = f" · {ranked.match.percent} % match\n{ranked.headline}".rstrip()
    return portrait(ranked.mentor, Bold(f"{n}. {ranked.mentor.name}"), fits)


def room(match: Match) -> tuple[tuple[str, tuple[Run, ...]], ...]:
    """How many of a mentor's places are taken, where they are counted."""
    if match.limit is None:
        return ()
    return (("Room", (f"{match.load} of {match.limit} places taken at the moment",)),)


def place(match: Match, whose: str, scheme: Scheme, suggested: Role | None = None) -> list[Part]:
    """Why a mentor stands where the percentage alone would not put them. `whose`: the mentee's, to the reader."""
    if match.pinned and suggested is not None:
        who = {"mentor": "A mentor who could not take it on suggests them", "mentee": "Invited for this"}[suggested]
        return [small(f"{who}, so listed first.")]
    if match.pinned:
        return [small(f"The {scheme.words.office} suggests them, so listed first.")]
    if match.earlier == "declined":
        return [small(f"Could not take an earlier request of {whose} on, so listed after the others.")]
    if match.earlier == "silent":
        return [small(f"Did not answer an earlier request of {whose} in time, so listed after the others.")]
    return [small("Listed before a closer match: has more room at the moment.")] if match.roomier else []


def reasons(
    match: Match, scheme: Scheme, reader: Literal["mentee", "mentor", "office"] = "mentee"
) -> tuple[tuple[str, tuple[Run, ...]], ...]:
    """Where the percentage comes from, term by term. What one of the two wishes, the other does not read: how much of
    it fits, they do. The office reads both."""
    most = scheme.matching.topic_points
    topics = "; ".join(f"{term.topic} ({term.rating} of 5{_heavy(term.weight, scheme)})" for term in match.topics)
    asked = [
        *_wishes(match.preferences, "The mentee looks for", "mentee", reader),
        *_wishes(match.wishes, "The mentor looks for", "mentor", reader),
    ]
    nothing = "you asked for nothing in particular" if reader == "mentee" else "nothing in particular was asked for"
    return (
        (f"Topics: {match.topic_points} of {most} points", (topics,)),
        (f"Preferences: {match.preference_points} of {100 - most} points", ("; ".join(asked) or nothing,)),
    )


def _wishes(terms: Sequence[PreferenceTerm], said: str, whose: str, reader: str) -> list[str]:
    if terms and reader not in (whose, "office"):
        return [f"{said}: {sum(term.met for term in terms)} of {len(terms)} fit"]
    head = f"{said} · " if reader == "office" and whose == "mentor" else ""
    return [f"{head}{wish(term)}" for term in terms]


def wish(term: PreferenceTerm) -> str:
    """One of them with what was asked, and whether the other is it."""
    joint = "" if term.label.endswith(("?", ":")) else ":"
    return f"{term.label}{joint} {', '.join(term.asked)} – {'yes' if term.met else 'no'}"


def _heavy(weight: int, scheme: Scheme) -> str:
    return ", matters most" if weight > scheme.matching.weight else ""


def _rest(view: Shortlist) -> str:
    """Who else there is."""
    shown, more = len(view.shown), max(0, view.more)
    if more:
        return f"{_mentors(more)} more could be asked: press Skip to see the next."
    whole = "This is the only mentor" if shown == 1 else f"These {shown} are the only mentors"
    left = " left" if view.skipped else ""
    full = view.ranking.left_out.get("full", 0)
    waiting = f" {_mentors(full)} more may have a place again later." if full else ""
    return f"{whole}{left} who can be asked at the moment.{_ruled_out(view)}{waiting}"


def _ruled_out(view: Shortlist) -> str:
    """How many are left out by what has to fit, or must not, and what that is."""
    out, others = view.ranking.left_out.get("must", 0), view.ranking.left_out.get("their_must", 0)
    rules = [each.heading for each in view.scheme.compared if each.compare and each.compare.strength != "prefer"]
    yours = f" {_mentors(out)} more do not fit what has to: {', '.join(rules)}." if out and rules else ""
    return yours + (f" {_mentors(others)} more look for a mentee in another situation." if others else "")


def _mentors(count: int) -> str:
    return "One mentor" if count == 1 else f"{count} mentors"


def _back(view: Shortlist) -> tuple[Part, ...]:
    """The way back to whom the mentee skipped."""
    if not view.skipped:
        return ()
    return (press(buttons.bring_back(view.request.id)),)


def _nobody(view: Shortlist) -> tuple[Part, ...]:
    """Why there is nobody to ask, and what can be done."""
    scheme = view.scheme
    if view.skipped:
        return (say("You have skipped everybody who can be asked at the moment."), *_back(view))
    held = f"Your approval holds, and you can look again at any time. The {scheme.words.office} can help:"
    help_ = small(f"{held} {scheme.contact}.")
    invites = (buttons.invite_somebody(),) if scheme.route.invites else ()
    return (say(why_nobody(view)), help_, press(buttons.preferences("mentee", primary=True), *invites))


def why_nobody(view: Shortlist, whose: str = "your") -> str:
    """Why nobody can be asked at the moment. `whose`: the request, to its reader."""
    left_out = view.ranking.left_out
    if left_out.get("full"):
        return f"All mentors who suit {whose} request are full at the moment. Places come free as mentoring ends."
    if left_out.get("must"):
        return f"No mentor fits {whose} preferences as they stand. More ways to meet, for instance, may help."
    if left_out.get("their_must"):
        return "The mentors who could be asked look for a mentee in another situation. New ones join from time to time."
    if left_out.get("asked_before"):
        return "Every mentor who can be asked at the moment has been asked for this request already."
    return "No mentor can be asked at the moment; new ones join from time to time."


def sent(view: RequestView) -> Notice:
    """The answer to sending: who is asked, until when, and what then."""
    if not view.open:
        return notice("Sent", "", say(*state_runs(view)))
    due_at, first = view.open[0].invitation.due_at, " and ".join(each.mentor.name for each in view.open)
    has = "have" if len(view.open) > 1 else "has"
    by = When(due_at) if due_at else None
    others = any(each.invitation.state == "queued" for each in view.asked)
    until: tuple[Run, ...] = () if by is None else (f" and {has} until ", by, " to answer")
    next_ = "If it is a no, we ask the next on your list and tell you." if others else ""
    then = f"{next_} You hear from us here as soon as there is an answer{' or the time is up' if by else ''}."
    return notice("Request sent", "", say(f"{first} {has} been asked", *until, "."), say(then.strip()))
