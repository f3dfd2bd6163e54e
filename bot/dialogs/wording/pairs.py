"""Words about a pair: who it is with, how to reach them, what they have accepted, and all of it at one glance."""

from collections.abc import Sequence
from typing import Final

from bot.dialogs import forms, subjects
from bot.dialogs.paging import pages_of
from bot.dialogs.parts import (
    Bold,
    Button,
    Divider,
    Facts,
    Form,
    Heading,
    Message,
    Note,
    Paragraph,
    Part,
    Run,
    Shown,
    When,
)
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.wording import (
    another_mentor,
    buttons,
    buttons_of_concerns,
    endings,
    evidence,
    introductory,
    last_session,
    more_time,
    pages,
    sessions,
    sheets,
    standing,
)
from bot.dialogs.wording.builders import (
    heading,
    mention,
    message,
    office_message,
    one_primary,
    press,
    rows,
    say,
    small,
    turning,
)
from bot.dialogs.wording.next_steps import called
from bot.lifecycle import consents
from bot.lifecycle import pairs as rules
from bot.lifecycle import sessions as session_rules
from bot.lifecycle.documents import Document
from bot.lifecycle.pairs import Session
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import readable
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.matching.criteria import Seeker, wishes_of

_FEW: Final = 3
"""Of what each has told, so much introduces them."""
PER_PAGE: Final = 6
"""Sessions, or connections, shown at once."""


def accepted(view: PairView) -> Message:
    """The mentee hears the good news, how to reach the mentor, and what comes next."""
    if view.pair.origin == "offer":
        return _connected(view, "You are now connected with ", Bold(view.mentor.name), ", your mentor.")
    if view.pair.origin == "import":
        return _connected(view, "Your mentoring with ", Bold(view.mentor.name), ", your mentor, goes on here.")
    if view.pair.origin == "assignment":
        found = f"Good news: the {view.scheme.words.office} has found a mentor for you, "
        return _connected(view, found, Bold(view.mentor.name), ".")
    return _connected(view, "Good news: ", Bold(view.mentor.name), " has accepted your mentoring request.")


def connected(view: PairView) -> Message:
    """The mentor's side of the same moment."""
    if view.pair.origin == "offer":
        return _connected(view, "Good news: ", Bold(view.mentee.name), " has accepted your offer.")
    if view.pair.origin == "import":
        return _connected(view, "Your mentoring with ", Bold(view.mentee.name), ", your mentee, goes on here.")
    thanks = ", your mentee. Thank you for giving your time."
    return _connected(view, "You are now connected with ", Bold(view.mentee.name), thanks)


def introduced(view: PairView) -> Message:
    """Both at once: who the other is, in a few lines each, and something to begin with. Where nobody can bring two into
    one conversation, each reads of the other."""
    if view.viewer:
        return _introduced_to(view)
    mentee, mentor = mention(view.mentee), mention(view.mentor)
    if view.pair.state != "active":
        return office_message(say(mentee, " and ", mentor, ", you were connected. You can write here as you like."))
    head = say(mentee, " and ", mentor, ", you are connected. This conversation is for the two of you.")
    told = _told(view)
    about = [part for _, name, facts in told for part in (say(Bold(name)), Facts(facts.pairs[:_FEW]))]
    return office_message(head, *about, say(_beginning(view)))


def _introduced_to(view: PairView) -> Message:
    other = mention(view.other)
    if view.pair.state != "active":
        return message(view.me, say("You and ", other, " were connected."))
    about = [Facts(facts.pairs[:_FEW]) for person, _, facts in _told(view) if person is view.other]
    return message(view.me, say("A few lines about ", other, ", to begin with."), *about, say(_beginning(view)))


def _beginning(view: PairView) -> str:
    """A question to begin with, from what one asks and the other offers."""
    asked, told = view.request, view.profile
    wishes = wishes_of(Seeker(asked.mentee, asked.answers, {}), view.scheme) if asked else None
    rated = wishes.ratings(told.profile or {}) if wishes and told else {}
    shared = [topic for topic, _ in wishes.weights if rated.get(topic)] if wishes else []
    if shared:
        return f"A way to begin, with “{shared[0]}”: what would you like to be different in a year?"
    return "A way to begin: what would you like to be different in a year?"


def _connected(view: PairView, *news: Run) -> Message:
    reach = reach_runs(view)
    meets = introductory.meeting(view.introduction, view.now) if view.pair.state == "active" else ()
    lines = (say(*news), *((say(*reach),) if reach else ()), *meets, say(*status_line(view)), small(*_span(view)))
    brought = pages.at_acceptance(view) if view.pair.state == "active" else ()
    return message(view.me, *lines, *brought, press(*on_message(view)))


def reach_runs(view: PairView) -> tuple[Run, ...]:
    """How to reach the other party, as far as the scheme shows it."""
    other, shown = view.other, view.scheme.contact_details.connected
    if shown == "none" or view.pair.state != "active":
        return ()
    written = shown == "email" and other.email
    if other.platform != view.me.platform:  # no chat leads from one to the other
        scheme = view.scheme
        ask = f" is not in this app: the {scheme.words.office} brings you together, {scheme.contact}."
        return ("Reach ", Bold(other.name), f" by e-mail: {other.email}") if written else (Bold(other.name), ask)
    mail = f" or by e-mail: {other.email}" if written else "."
    return ("Reach ", mention(other), " here in chat", mail)


def todo(view: PairView) -> tuple[Button, ...]:
    """What the viewer can do now, the first thing first; with somebody who is not here, nothing."""
    if view.pair.state == "active" and not view.other.active:
        return (buttons.view_pair(view.pair.id, view.other.name),)
    if allowed(session_rules.may_have_sessions, view.pair, view.viewer):
        return sessions.steps(view)
    look = buttons.view_pair(view.pair.id, view.other.name)
    waits = consents.to_accept(view.pair, view.viewer) or view.pair.waits_for
    if waits is None or not allowed(rules.may_act, view.pair, view.viewer):
        return (look,)
    return (_document_button(view, waits), look)


def due(view: PairView) -> tuple[Paragraph, tuple[Button, ...]] | None:
    """What this pair waits for from the viewer now, as a sentence with what can be done about it; None: nothing."""
    if not view.other.active:
        return None
    mine = consents.to_accept(view.pair, view.viewer)
    if mine is not None and allowed(consents.may_agree, view.pair, mine.key, view.viewer):
        return _accept(view, mine), todo(view)[:1]
    if standing.rest_state(view):
        return None
    return sessions.due(view) if allowed(session_rules.may_have_sessions, view.pair, view.viewer) else None


def _accept(view: PairView, mine: Document) -> Paragraph:
    other = view.other.name
    if view.pair.agreed_at(mine.key, view.other.id) is None:
        return say(f"Read and accept the {mine.called} with {other}.")
    return say(f"{other} has accepted the {mine.called}: read and accept it too.")


def on_message(view: PairView) -> tuple[Button, ...]:
    """The same on a message about the pair; a session that has been set has a card of its own."""
    ready = view.other.active and allowed(session_rules.may_have_sessions, view.pair, view.viewer)
    return sessions.offered(view) if ready else todo(view)


def _document_button(view: PairView, document: Document) -> Button:
    primary = document.blocks == "sessions" and allowed(consents.may_agree, view.pair, document.key, view.viewer)
    return buttons.read_document(view.pair.id, document, f"between you and {view.other.name}", primary=primary)


def status_line(view: PairView) -> tuple[Run, ...]:
    """How a pair stands and what comes next, in one line for its viewer."""
    pair, other = view.pair, view.other.first
    if pair.state != "active":
        return endings.status_line(view)
    if not view.other.active:
        return (f"{other} is not here at the moment: all of this waits in case they come back.",)
    if pair.agreed:
        return sessions.status_line(view)
    mine, before = consents.to_accept(pair, view.viewer), pair.before_sessions
    if mine is None:
        what = called(before)
        return (f"You have accepted the {what}; as soon as {other} has too, either of you can set session 1.",)
    last = sum(not pair.both_accepted(each.key) for each in before) == 1
    then = ", either of you can set session 1." if last else ", there is one more to accept."
    if pair.agreed_at(mine.key, view.other.id) is not None:
        return (f"{other} has accepted the {mine.called}. Once you have too{then}",)
    return (f"Next, read and accept the {mine.called}. Once you both have{then}",)


def progress(view: PairView, *, told: bool) -> Note:
    """How a pair stands. `told`: what it waits for is said beside it already."""
    if view.pair.state == "active" and not view.other.active:
        return small(*status_line(view))
    if view.pair.state != "active" or not view.pair.agreed:
        then = "As soon as you have both accepted, either of you can set session 1."
        return small(then) if told else small(*status_line(view))
    dots = sessions.dots(view)
    return small(dots, sessions.completed(view)) if told else small(dots, *status_line(view))


def whom(view: PairView) -> Paragraph:
    """Who the other is, as the head of what is said about a pair among others."""
    return say(Bold(view.other.name), f", your {view.role_of_other}")


def listed(view: PairView, *, told: bool, pressed: frozenset[Button] = frozenset()) -> list[Shown]:
    """A pair among others: whom with, how it stands, what can be done. `pressed`: what can be pressed above."""
    left = [each for each in todo(view) if each not in pressed]
    return [whom(view), progress(view, told=told), *sheets.due(view), press(*left)]


def own_form(views: Sequence[PairView], page: int) -> Form:
    """A page of somebody's connections, counted from 0."""
    pages = pages_of(len(views), PER_PAGE)
    page = min(page, pages - 1)
    parts: list[Part] = [] if views else [say("You are not connected with anybody at the moment.")]
    for view in views[page * PER_PAGE : (page + 1) * PER_PAGE]:
        parts += [*([Divider()] if parts else []), *listed(view, told=False)]
    turn = turning(page, pages, buttons.own_connections)
    parts += [Divider(), small(f"Page {page + 1} of {pages}"), press(*turn)] if turn else []
    return Form(Verb.OPEN_OWN_CONNECTIONS, "Your connections", one_primary(parts))


def view_form(view: PairView, page: int | None = None) -> Form:
    """The whole of a pair: what to do now, sessions, both people, what they accepted, and the ways out. Once it has
    ended, what there was of sessions and documents: how to reach each other and what the two told of themselves belongs
    to them again. `page`: of the sessions, counted from 0; None: the one on which the next is."""
    pair, reach, step = view.pair, reach_runs(view), due(view)
    words, now = step or (None, ())
    parts: list[Part] = [heading(f"{view.other.name}, your {view.role_of_other}")]
    parts += [words, *rows(now)] if words else []
    parts += [say(*reach)] if reach else []
    parts += [progress(view, told=step is not None), small(*_span(view)), *standing.rest_state(view)]
    parts += introductory.meeting(view.introduction, view.now) if pair.state == "active" else ()
    parts += another_mentor.state(view)
    parts += _sessions(view, frozenset(now), page)
    parts += [_accepted(view, document) for document in pair.terms.documents]
    more = (*sessions.plan_button(view), *sessions.session_buttons(view, None))
    more = (*more, *(_document_button(view, each) for each in pair.terms.documents))
    more = (*more, buttons.connect_calendar(pair.id, view.other.name))
    parts += rows([each for each in more if each not in now])
    parts += _kept_and_read(view)
    parts += rows(evidence.of_pair(view))
    parts += _profiles(view)
    another = another_mentor.button(view)
    ways_out = (*more_time.button(view), *standing.rest_buttons(view), *another, *endings.ways_out(view))
    ways_out = tuple(each for each in ways_out if each not in now)
    parts += [Divider(), *rows((*ways_out, buttons_of_concerns.raise_concern(view.scheme.name, pair.id)))]
    return Form(Verb.OPEN_CONNECTION, "Connection", one_primary(parts), subject=pair.id)


def _accepted(view: PairView, document: Document) -> Note:
    """Who has accepted a document, and when."""
    mine, theirs = (view.pair.agreed_at(document.key, person.id) for person in (view.me, view.other))
    you: tuple[Run, ...] = ("you accepted on ", When(mine, "day")) if mine else ("you have not accepted yet",)
    name = view.other.name
    them: tuple[Run, ...] = (f"{name} accepted on ", When(theirs, "day")) if theirs else (not_yet(view.other),)
    return small(f"{document.title}: ", *you, "; ", *them, ".")


def not_yet(person: Person) -> str:
    """That somebody has still to accept a document, without a full stop."""
    return f"{person.name} has not accepted yet"


def _span(view: PairView) -> tuple[Run, ...]:
    pair = view.pair
    if pair.state != "active":
        return ("It began on ", When(pair.began_at, "day"), ".")
    began: tuple[Run, ...] = ("Connected since ", When(pair.began_at, "day"))
    if pair.ends_at is None:
        return (*began, ".")
    return (*began, "; the mentoring lasts until ", When(pair.ends_at, "day"), ".")


def _sessions(view: PairView, pressed: frozenset[Button], page: int | None) -> list[Part]:
    """A page of the sessions; those of an ended pair that never had a time are left out."""
    ended = view.pair.state == "ended"
    every = [each for each in view.pair.sessions if not (ended and each.state == "planned")]
    if not every:
        return []
    following = session_rules.next_session(view.pair)
    at = every.index(following) if following in every else len(every) - 1
    page = min(pages_of(len(every), PER_PAGE) - 1, at // PER_PAGE if page is None else page)
    shown = every[page * PER_PAGE : (page + 1) * PER_PAGE]

    def turned(label: str, other: int) -> Button:
        return buttons.sessions_page(label, subjects.pair_page(view.pair.id, other), view.other.name)

    turn = turning(page, pages_of(len(every), PER_PAGE), turned, ("Earlier sessions", "Later sessions"))
    lines = [part for each in shown for part in _session_lines(view, each, pressed)]
    return [Heading("Sessions"), *sheets.due(view), *lines, *rows(turn)]


def _session_lines(view: PairView, session: Session, pressed: frozenset[Button]) -> list[Part]:
    """A session and what can be done about it now."""
    state = {"planned": "no time yet", "scheduled": "scheduled", "completed": "completed", "called_off": "off"}[
        session.state
    ]
    runs: tuple[Run, ...] = (Bold(f"Session {session.number}"), f"{last_session.beside(view, session)}: {state}")
    if session.starts_at is not None:
        details = [f"{session.minutes} minutes", *([session.mode.lower()] if session.mode else [])]
        runs = (*runs, ", ", When(session.starts_at), *(f", {detail}" for detail in details))
        to = sessions.where(session)
        runs = (*runs, ", ", to) if to is not None else runs
    able = (*sessions.session_buttons(view, session), *sheets.of_session(view, session))
    return [say(*runs), *rows([each for each in able if each not in pressed])]


def _kept_and_read(view: PairView) -> list[Part]:
    """The sheets about the pair, what there is to read, and what is said about pay."""
    keep, read, pay = sheets.of_pair(view), pages.of_pair(view), pages.pay(view.scheme)
    parts: list[Part] = [Heading("Your notes"), *rows(keep)] if keep else []
    parts += [Heading("To read"), *rows(read)] if read else []
    return [*parts, *([small(pay)] if pay else [])]


def _profiles(view: PairView) -> list[Part]:
    shown = [part for _, name, facts in _told(view) for part in (say(Bold(name)), facts)]
    return [Divider(), Heading("Profiles"), *shown] if shown and view.pair.state == "active" else []


def _told(view: PairView) -> list[tuple[Person, str, Facts]]:
    """What the two have told of themselves for each other, the mentee first, with their name and role."""
    scheme, profile, request = view.scheme, view.profile, view.request
    asked = forms.facts(scheme.request, request.answers, readable("party")) if request else None
    told = profile.profile if profile else None
    form = scheme.roles["mentor"].profile
    offered = forms.facts(form, told, readable("party")) if form and told else None
    both = (view.mentee, "mentee", asked), (view.mentor, "mentor", offered)
    return [(person, f"{person.name}, {role}", facts) for person, role, facts in both if facts]
