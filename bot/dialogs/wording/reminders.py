"""What people are reminded of: each a line or two with what can be done, and all of one day in one message."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.dialogs import own_fields, stamping, subjects
from bot.dialogs.parts import Bold, Button, Divider, Form, Message, Notice, Part, Run, Shown, When
from bot.dialogs.plain import day
from bot.dialogs.view_models.lists import Pressing
from bot.dialogs.view_models.members import MemberView
from bot.dialogs.view_models.office import WaitingList
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.requests import InvitationView
from bot.dialogs.view_models.sessions import SessionView
from bot.dialogs.wording import (
    buttons,
    buttons_of_office,
    endings,
    invitations,
    last_session,
    lists,
    members,
    offers,
    pairs,
    sessions,
    sheets,
)
from bot.dialogs.wording.builders import message, notice, rows, say, small
from bot.dialogs.wording.session_forms import place_of
from bot.lifecycle import consents, refreshing, reminding
from bot.lifecycle import sessions as session_rules
from bot.lifecycle import sheets as sheet_rules
from bot.lifecycle.deadlines import DeadlineKind
from bot.lifecycle.gates import lapses_next
from bot.lifecycle.people import Person
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Moment

MOST: Final = 6
"""How many things one message names; the others stand on Home."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """One thing to be reminded of. `called` names it where buttons are read aloud: "session 2 with Bea"."""

    called: str
    parts: tuple[Shown, ...]
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """The same with its kind, and with what it is about and in which scheme."""

    scheme: Scheme
    kind: DeadlineKind
    about: str
    reminded: Reminded


def unanswered(view: InvitationView) -> Reminded | None:
    """Somebody who is asked, or whom a mentor offers, has not answered."""
    if not invitations.waits(view):
        return None
    if view.invitation.asker == "mentor":
        return Reminded(f"the offer of {view.mentor.name}", offers.reminder(view), offers.buttons(view))
    return Reminded(f"the request of {view.mentee.name}", invitations.reminder(view), invitations.buttons(view))


def waiting(listed: WaitingList) -> Reminded | None:
    """Somebody waits for the office."""
    if not listed.waiting:
        return None
    since: tuple[Run, ...] = (When(listed.waiting[0].since, "day"),)
    if listed.total == 1:
        head = say("One case waits for your decision, since ", *since, ".")
    else:
        head = say(f"{listed.total} cases wait for your decision, the oldest since ", *since, ".")
    return Reminded("what waits for the office", (head,), (buttons_of_office.waiting_list(),))


def morning(view: Pressing) -> Reminded | None:
    """What needs the office: the most pressing few, and the way to the others."""
    if not view.rows:
        return None
    number = "One thing needs" if view.total == 1 else f"{view.total:,} things need"
    most = " These are the most pressing:" if view.total > len(view.rows) else ""
    parts: list[Shown] = [say(Bold("Good morning."), f" {number} the {view.scheme.words.office}.{most}")]
    for row, listed in view.rows:
        parts += lists.row_of(row, listed)
    more = view.total > len(view.rows)
    every = {listed.query.listed: listed for _, listed in view.rows} if more else {}
    pressed = tuple(lists.list_button(name, lists.TITLES[name], listed.query) for name, listed in every.items())
    return Reminded("what needs the office", tuple(parts), pressed)


def unaccepted(view: PairView) -> Reminded | None:
    """One of the two has not accepted what comes before their sessions."""
    mine = consents.to_accept(view.pair, view.viewer)
    if mine is None or not allowed(consents.may_agree, view.pair, mine.key, view.viewer):
        return None
    head = say(f"The {mine.called} with ", Bold(view.other.name), " waits for you: two minutes, and you can meet.")
    return Reminded(f"the {mine.called} with {view.other.name}", (head,), pairs.todo(view))


def no_session(view: PairView) -> Reminded | None:
    """The two have no time to meet."""
    following = session_rules.next_session(view.pair)
    set_already = following is not None and following.starts_at is not None
    if set_already or not _meets(view) or session_rules.enough(view.pair):
        return None
    number = following.number if following else session_rules.next_number(view.pair)
    head = say(
        f"Session {number} with ",
        Bold(view.other.name),
        " has no time yet. Set one, and they are asked whether it suits.",
    )
    return Reminded(f"a time for session {number} with {view.other.name}", (head,), sessions.steps(view))


def ahead(view: SessionView) -> Reminded | None:
    """A session is near."""
    session, seen = view.session, view.pair
    if not _meets(seen) or session.state != "scheduled" or session.starts_at is None or session.starts_at <= seen.now:
        return None
    head = say(f"Session {session.number} with ", Bold(seen.other.name), " is coming up.")
    following = session == session_rules.next_session(seen.pair)
    actions = sheets.open_actions(seen) if following else ()
    opens = sheets.last_open(seen, primary=False) if following else ()
    parting = last_session.ahead(view)
    brought = last_session.brought(seen) if parting else ()
    pressed = (*sessions.session_buttons(seen, session), *opens, *brought)
    return Reminded(_session(view), (head, sessions.session_facts(view), *parting, *actions), pressed)


def to_mark(view: SessionView) -> Reminded | None:
    """A session is over, and nobody has said how it was."""
    session, seen = view.session, view.pair
    if not _meets(seen) or session.state != "scheduled" or not session_rules.over(session, seen.now):
        return None
    on: tuple[Run, ...] = (When(session.starts_at),) if session.starts_at else ()
    head = say(f"Did session {session.number} with ", Bold(seen.other.name), " take place on ", *on, "?")
    return Reminded(f"how {_session(view)} was", (head,), sessions.session_buttons(seen, session))


def behind_pace(view: PairView) -> Reminded | None:
    """Fewer sessions than were meant for this time of the year."""
    if not _meets(view) or not reminding.behind(view.pair, view.now):
        return None
    held = sessions.completed(view)
    until: tuple[Run, ...] = (When(view.pair.ends_at, "day"),) if view.pair.ends_at else ()
    head = say("With ", Bold(view.other.name), f": {held} There is time until ", *until, " for the others.")
    pressed = tuple({each.label: each for each in (*sessions.plan_button(view), *sessions.steps(view))}.values())
    return Reminded(f"your pace with {view.other.name}", (head,), pressed)


def actions_due(view: SessionView) -> Reminded | None:
    """Something that one of the two said they would do is still open before they meet."""
    seen, session = view.pair, view.session
    left = sheet_rules.due_before_next(seen.scheme, seen.pair, seen.sheets, seen.viewer)
    if not left or not _meets(seen) or session.starts_at is None or session.starts_at <= seen.now:
        return None
    what = "1 action is" if left == 1 else f"{left} actions are"
    with_ = f"session {session.number} with "
    head = say(f"{what} still open before {with_}", Bold(seen.other.name), " on ", When(session.starts_at), ".")
    pressed = (*sheets.last_open(seen), buttons.view_pair(seen.pair.id, seen.other.name))
    return Reminded(f"actions before {with_}{seen.other.name}", (head,), pressed)


def year_ending(view: PairView) -> Reminded | None:
    """The time that the two were promised is nearly over."""
    if not _meets(view) or view.pair.ends_at is None:
        return None
    called = f"the end of your mentoring with {view.other.name}"
    return Reminded(called, endings.announced(view), endings.before_end(view))


def feedback_wanted(view: PairView) -> Reminded | None:
    """It has ended, and how it was is still to be said."""
    asked = sheets.afterwards(view)
    if not asked:
        return None
    ask = " has ended. Two minutes on how it was would help those who come after you."
    head = say("Your mentoring with ", Bold(view.other.name), ask)
    return Reminded(f"feedback on your mentoring with {view.other.name}", (head,), asked)


def record_wanted(view: SessionView) -> Reminded | None:
    """A session took place, and what the scheme requires to be written about it is still to be."""
    seen, session = view.pair, view.session
    wanted = sheet_rules.wanted_of_pair(seen.scheme, seen.pair, seen.viewer, seen.sheets)
    mine = [each for each, of in wanted if of is not None and of.id == session.id]
    if not mine:
        return None
    of = f"session {session.number} with {seen.other.name}"
    head = say(f"Session {session.number} with ", Bold(seen.other.name), " is still to be written down.")
    return Reminded(f"writing down {of}", (head,), tuple(sheets.button(each, session.id, of) for each in mine))


def survey(view: PairView, moment: Moment) -> Reminded | None:
    """A few questions at one of a survey's moments."""
    asked = sheets.asked_now(view, moment)
    if not asked:
        return None
    when = sheets.MOMENT[moment]
    head = say(f"A few questions {when} of your mentoring with ", Bold(view.other.name), ". Two minutes are enough.")
    return Reminded(f"the questions {when} with {view.other.name}", (head,), asked)


def survey_of_member(view: MemberView, moment: Moment) -> Reminded | None:
    """The same of a member's time in their role."""
    asked = sheets.asked_of_member(view, moment)
    if not asked:
        return None
    when = f"{sheets.MOMENT[moment]} of your time as {view.member.role}"
    head = say(f"A few questions {when}. Two minutes are enough.")
    return Reminded(f"the questions {when}", (head,), asked)


def training_renewal(view: MemberView) -> Reminded | None:
    """A training on record lapses before long."""
    lapses = lapses_next(view.member, view.scheme)
    if lapses is None or lapses[1] < view.now.date():
        return None
    training, last = lapses
    head = (f"“{training.name}” is to be renewed: yours counts until {day(last)}.", *members.training_link(training))
    mentor = view.member.role == "mentor"
    new = "Nobody new asks you after that; your mentees stay." if mentor else "It counts no more after that."
    return Reminded(f"renewing “{training.name}”", (say(*head), small(new)), _with_files(view))


def entry_unconfirmed(view: MemberView) -> Reminded | None:
    """A mentor has still to say whether their entry is right, once a year."""
    if not refreshing.wanted(view.member, view.scheme, view.now):
        return None
    head = say("A new year: is your entry in the directory of mentors still right?")
    how = small("One press confirms it as it stands. Has something changed? A change of your profile confirms it, too.")
    pressed = (buttons.confirm_entry(), buttons.change_profile("mentor"))
    return Reminded("your entry in the directory", (head, how), pressed)


def training_lapsed(view: MemberView) -> Reminded | None:
    """A training that was on record has lapsed."""
    lapses = lapses_next(view.member, view.scheme)
    if lapses is None or lapses[1] >= view.now.date():
        return None
    training, last = lapses
    head = (f"“{training.name}” has lapsed: yours counted until {day(last)}.", *members.training_link(training))
    new = "Nobody new asks you for now; your mentees stay. Once it is renewed, requests come again."
    then = new if view.member.role == "mentor" else f"Once it is renewed, tell the {view.scheme.words.office}."
    return Reminded(f"“{training.name}”", (say(*head), small(then)), _with_files(view))


def _with_files(view: MemberView) -> tuple[Button, ...]:
    """The sheets in which a certificate can be handed in."""
    own = sheet_rules.of_role(view.scheme, view.member)
    given = (each for each in own if any(field.kind == "file" for field in each.fields))
    return tuple(sheets.button(each, view.member.id, f"as {view.member.role}", primary=True) for each in given)


def _meets(view: PairView) -> bool:
    return allowed(session_rules.may_have_sessions, view.pair, view.viewer)


def _session(view: SessionView) -> str:
    return f"session {view.session.number} with {view.pair.other.name}"


def of_day(person: Person, items: Sequence[Item], *, several: bool) -> Message | None:
    """All that somebody is reminded of on one day, in one message; None: nothing. `several`: whether there are several
    schemes, so that each thing says which one it belongs to."""
    shown, more = items[:MOST], len(items) - MOST
    if not shown:
        return None
    parts: list[Shown] = [say(f"{len(items)} things wait for you.")] if len(items) > 1 else []
    there = set[tuple[str, str, str]]()
    for item in shown:
        pressed = {(item.scheme.key, each.verb, each.subject): each for each in _pressed(item)}
        fresh = tuple(each for key, each in pressed.items() if key not in there)
        there |= pressed.keys()
        drawn = (*((small(item.scheme.name),) if several else ()), *item.reminded.parts, *rows(fresh))
        parts += [*((Divider(),) if parts else ()), *(stamping.parts_of(drawn, item.scheme) if several else drawn)]
    parts += [Divider(), small(f"Home shows {more} more.")] if more > 0 else []
    return message(person, *parts)


def _pressed(item: Item) -> tuple[Button, ...]:
    subject, called = subjects.reminder(item.kind, item.about), item.reminded.called
    return (*item.reminded.buttons, buttons.snooze(subject, called), buttons.stop_reminding(subject, called))


def seen_to(person: Person) -> Message:
    """What is left of it once nothing waits any more."""
    return message(person, say("All that stood here has been seen to. Thank you."))


def soon(view: SessionView) -> Message | None:
    """A session is about to begin."""
    near = ahead(view)
    if near is None:
        return None
    stop = buttons.stop_reminding(subjects.reminder(DeadlineKind.SESSION_AHEAD, view.session.id), near.called)
    return message(view.pair.me, *near.parts, *rows((*near.buttons, stop)))


def no_longer_soon(view: SessionView) -> Message:
    """What is left of it once the session has begun, or has moved."""
    head = say(f"Session {view.session.number} with ", Bold(view.pair.other.name), " was coming up.")
    return message(view.pair.me, head, small("Home shows how it stands now."))


def snoozed(at: datetime | None) -> Notice:
    """The answer to Snooze."""
    if at is None:
        return notice("Snoozed", "It is due before we would remind you again, so you do not hear of it here any more.")
    return notice("Snoozed", "", say("We remind you again on ", When(at), "."))


def stopped() -> Notice:
    """The answer to Stop reminding me."""
    return notice("Stopped", "You are not reminded of this again. Home still shows what there is to do.")


def hours_form(person: Person, stopped: int) -> Form:
    """When somebody wants to be reminded."""
    days = tuple(own_fields.DAYS.options[each] for each in person.works_days)
    zone = f"Reminders come in these hours only, {place_of(person.zone)} time, and at most one message a day."
    parts: list[Part] = [
        say(zone),
        replace(own_fields.WORKS_FROM, initial=person.works_from),
        replace(own_fields.WORKS_TO, initial=person.works_to),
        replace(own_fields.DAYS, initial=days),
    ]
    if stopped:
        things = "one thing" if stopped == 1 else f"{stopped} things"
        parts += [replace(own_fields.AGAIN, hint=f"You have stopped the reminders of {things}.")]
    answers = small("Answers, and what happens to your sessions, reach you when they happen.")
    return Form(Verb.SET_REMINDERS, "Reminders", (*parts, answers), "", "Save")


def hours_saved(person: Person) -> Notice:
    """The answer to saving them."""
    hours = f"{person.works_from:%H:%M} to {person.works_to:%H:%M}, {place_of(person.zone)} time"
    return notice("Saved", f"Reminders come from {hours}.")
