"""Words about a pair: who it is with, how to reach them, the agreement, and all of it at one glance."""

from bot.dialogs import forms
from bot.dialogs.parts import (
    Bold,
    Button,
    Divider,
    Facts,
    Form,
    Heading,
    Mention,
    Message,
    Note,
    Notice,
    Part,
    Run,
    When,
)
from bot.dialogs.view_models import PairView
from bot.dialogs.wording import buttons, endings, sessions
from bot.dialogs.wording.builders import cut, heading, message, notice, press, say, small
from bot.lifecycle import pairs as rules
from bot.lifecycle.pairs import Session
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import readable
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb


def accepted(view: PairView) -> Message:
    """The mentee hears the good news, how to reach the mentor, and what comes next."""
    if view.pair.origin == "offer":
        return _connected(view, "You are now connected with ", Bold(view.mentor.name), ", your mentor.")
    return _connected(view, "Good news: ", Bold(view.mentor.name), " has accepted your mentoring request.")


def connected(view: PairView) -> Message:
    """The mentor's side of the same moment."""
    if view.pair.origin == "offer":
        return _connected(view, "Good news: ", Bold(view.mentee.name), " has accepted your offer.")
    return _connected(view, "You are now connected with ", Bold(view.mentee.name), ", your mentee.")


def _connected(view: PairView, *news: Run) -> Message:
    reach = reach_runs(view)
    lines = (say(*news), *((say(*reach),) if reach else ()), say(*status_line(view)), small(*_span(view)))
    return message(view.me, *lines, press(*todo(view)))


def reach_runs(view: PairView) -> tuple[Run, ...]:
    """How to reach the other party, as far as the scheme shows it."""
    other, shown = view.other, view.scheme.contact_details.connected
    if shown == "none" or view.pair.state != "active":
        return ()
    mail = f" or by e-mail: {other.email}" if shown == "email" and other.email else "."
    return ("Reach ", Mention(other.user, other.name), " here in chat", mail)


def todo(view: PairView) -> tuple[Button, ...]:
    """What the viewer can do now, the first thing first."""
    if allowed(rules.may_have_sessions, view.pair, view.viewer):
        return sessions.steps(view)
    look = buttons.view_pair(view.pair.id, view.other.name)
    return (_agreement_button(view), look) if allowed(rules.may_act, view.pair, view.viewer) else (look,)


def _agreement_button(view: PairView) -> Button:
    primary = allowed(rules.may_agree, view.pair, view.viewer)
    return buttons.read_agreement(view.pair.id, view.other.name, primary=primary)


def status_line(view: PairView) -> tuple[Run, ...]:
    """How a pair stands and what comes next, in one line for its viewer."""
    pair, other = view.pair, view.other.first
    agreement = view.scheme.words.agreement
    if pair.state != "active":
        return endings.status_line(view)
    if pair.agreed:
        return sessions.status_line(view)
    if pair.agreed_at(view.viewer) is not None:
        return (f"You have accepted the {agreement}; as soon as {other} has too, either of you can set session 1.",)
    if pair.agreed_at(view.other.id) is not None:
        return (f"{other} has accepted the {agreement}. Once you have too, either of you can set session 1.",)
    return (f"Next, read and accept the {agreement}. Once you both have, either of you can set session 1.",)


def agreement_form(view: PairView) -> Form:
    """The agreement to read and accept; once accepted, to read."""
    pair = view.pair
    parts: list[Part] = [say(f"Between {view.mentee.name} (mentee) and {view.mentor.name} (mentor).")]
    parts += [say(f"{n}. {text}") for n, text in enumerate(pair.terms.text, 1)]
    parts += [_signed(view, person) for person in (view.mentee, view.mentor)]
    name = cut(pair.terms.title, 24)
    if not allowed(rules.may_agree, pair, view.viewer):
        return Form(Verb.OPEN_AGREEMENT, name, tuple(parts), pair.id)
    return Form(Verb.AGREE, name, tuple(parts), pair.id, "Accept agreement")


def _signed(view: PairView, person: Person) -> Note:
    mine = person.id == view.viewer
    at = view.pair.agreed_at(person.id)
    if at is None:
        return small("You have not accepted yet." if mine else f"{person.name} has not accepted yet.")
    return small(f"{'You' if mine else person.name} accepted on ", When(at, "day"), ".")


def agreed_notice(view: PairView) -> Notice:
    """The answer to accepting the agreement."""
    if view.pair.agreed:
        text = "You have both accepted. Either of you can set the first session now."
        first = sessions.session_buttons(view, rules.next_session(view.pair))
        return notice("Accepted", text, *((press(*first),) if first else ()))
    then = f"As soon as {view.other.first} has accepted too, either of you can set the first session."
    return notice("Accepted", f"Thank you. {then} You hear from us here.")


def agreement_waits(view: PairView) -> Message | None:
    """The other has accepted the agreement; None once this one has too."""
    if not allowed(rules.may_agree, view.pair, view.viewer):
        return None
    head = say(Bold(view.other.name), f" has accepted the {view.scheme.words.agreement}.")
    then = say("Once you have read and accepted it too, either of you can set the first session.")
    return message(view.me, head, then, press(*todo(view)))


def both_agreed(view: PairView) -> Message:
    """Both have accepted: the first session can be set."""
    agreement, advice = view.scheme.words.agreement, view.pair.terms.advice
    head = say("You and ", Bold(view.other.name), f" have both accepted the {agreement}.")
    session = rules.next_session(view.pair)
    active = allowed(rules.may_act, view.pair, view.viewer)
    fresh = active and session is not None and session.number == 1 and session.starts_at is None
    then = say("Either of you can set the first session now.") if fresh else say(*status_line(view))
    return message(view.me, head, then, *((small(advice),) if advice else ()), press(*todo(view)))


def view_form(view: PairView) -> Form:
    """The whole of a pair: sessions, both people, the agreement, and the ways out. Once it has ended, what there was
    of sessions and agreement: how to reach each other and what the two told of themselves belongs to them again."""
    pair, reach = view.pair, reach_runs(view)
    parts: list[Part] = [heading(f"{view.other.name}, your {view.role_of_other}")]
    parts += [say(*reach)] if reach else []
    parts += [small(*status_line(view)), small(*_span(view)), *_sessions(view)]
    parts.append(press(*sessions.session_buttons(view, None), _agreement_button(view)))
    parts += _profiles(view)
    ways_out = endings.ways_out(view)
    parts += [Divider(), press(*ways_out)] if ways_out else []
    return Form(Verb.OPEN_CONNECTION, "Connection", tuple(parts), subject=pair.id)


def _span(view: PairView) -> tuple[Run, ...]:
    pair = view.pair
    if pair.state != "active":
        return ("It began on ", When(pair.began_at, "day"), ".")
    began: tuple[Run, ...] = ("Connected since ", When(pair.began_at, "day"))
    if pair.ends_at is None:
        return (*began, ".")
    return (*began, "; the mentoring lasts until ", When(pair.ends_at, "day"), ".")


def _sessions(view: PairView) -> list[Part]:
    """The sessions; those of an ended pair that never had a time are left out."""
    ended = view.pair.state == "ended"
    shown = [each for each in view.pair.sessions if not (ended and each.state == "planned")]
    return [Heading("Sessions"), *(part for each in shown for part in _session_lines(view, each))] if shown else []


def _session_lines(view: PairView, session: Session) -> list[Part]:
    """A session and what can be done about it now."""
    state = {"planned": "no time yet", "scheduled": "scheduled", "completed": "completed", "called_off": "off"}[
        session.state
    ]
    runs: tuple[Run, ...] = (Bold(f"Session {session.number}"), f": {state}")
    if session.starts_at is not None:
        details = [f"{session.minutes} minutes", session.mode.lower(), session.place]
        runs = (*runs, ", ", When(session.starts_at), *(f", {detail}" for detail in details if detail))
    pressed = sessions.session_buttons(view, session)
    return [say(*runs), *((press(*pressed),) if pressed else ())]


def _profiles(view: PairView) -> list[Part]:
    scheme, profile, request = view.scheme, view.profile, view.request
    if view.pair.state != "active":
        return []
    asked = forms.facts(scheme.request, request.answers, readable("party")) if request else None
    told = profile.profile if profile else None
    form = scheme.roles["mentor"].profile
    offered = forms.facts(form, told, readable("party")) if form and told else None
    both: list[tuple[str, Facts | None]] = [
        (f"{view.mentee.name}, mentee", asked), (f"{view.mentor.name}, mentor", offered),
    ]  # fmt: skip
    shown = [part for name, facts in both if facts for part in (say(Bold(name)), facts)]
    return [Divider(), Heading("Profiles"), *shown] if shown else []
