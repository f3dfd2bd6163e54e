"""Words about people who go and come back: to the office, to whoever meets them, and to themselves."""

from bot.dialogs.parts import Bold, Button, Buttons, Message, Note, Run, Shown, When
from bot.dialogs.view_models.going import BackView, GoneView, NewcomersView
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.wording import buttons, buttons_of_office
from bot.dialogs.wording.builders import HOME, message, office_message, press, rows, say, small
from bot.dialogs.wording.offices import may_do
from bot.lifecycle import pairs as pair_rules
from bot.lifecycle import permissions
from bot.lifecycle.gates import next_gate
from bot.lifecycle.leaving import may_be_taken_out
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.lifecycle.request import Request
from bot.lifecycle.requests import may_create
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb

_PAIRS = 8
"""So many connections one message names."""


def person_gone(view: GoneView) -> Message:
    """The office hears that somebody is not here any more, and what it can do; once they are back, that they are."""
    person = view.person
    if person.active:
        return office_message(say(Bold(person.name), " is back. Their Home shows them how things stand."))
    then = "Requests to them have gone on to others, a request of theirs waits for nobody, and sessions ahead are off."
    parts: list[Shown] = [say(Bold(person.name), f" {_why(person)}")]
    if view.members:
        parts.append(say(f"{then} Whoever they meet has been told."))
    parts += _of_pairs(view)
    parts += _of_offices(view)
    kept = "Everything of theirs is kept: should they come back, they go on from there."
    out = [buttons_of_office.remove_member(one.id, f"{person.name} as {one.role}") for one in _let_in(view)]
    return office_message(*parts, small(kept), press(buttons_of_office.view_person(person.id, person.name), *out))


def _let_in(view: GoneView) -> list[Member]:
    """The memberships that can be ended."""
    return [each.member for each in view.members if allowed(may_be_taken_out, each.member)]


def not_here_yet(view: NewcomersView) -> Message:
    """The office hears together of all who were brought in before they had the app."""
    names = [each.name for each in view.people]
    if not names:
        return office_message(say("Everybody who was brought in has this app by now."))
    shown, more = names[:_PAIRS], len(names) - _PAIRS
    listed = ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")
    who = "1 person who was brought in does" if len(names) == 1 else f"{len(names):,} people who were brought in do"
    how = "Ask them to add it, or have an administrator do it for them: they hear at once what they were brought into."
    look = buttons_of_office.list_page("Members", Verb.OPEN_MEMBERS, "", "members")
    return office_message(say(Bold(f"{who} not have this app yet: "), f"{listed}."), small(how), press(look))


def not_here(person: Person) -> tuple[Note, ...]:
    """That somebody is not here, for whoever looks at them; nothing of whoever is."""
    if person.active:
        return ()
    away: tuple[Run, ...] = (" Since ", When(person.gone_at, "day"), ".") if person.gone_at else ()
    return (small(f"{person.first} {_why(person)}", *away),)


def _why(person: Person) -> str:
    if person.gone == "unreached":
        has_not = "they do not have this app, or they or an administrator have removed or blocked it"
        return f"cannot be reached here: {has_not}."
    return "is not here any more: their account is deactivated, or was taken away."


def _of_pairs(view: GoneView) -> list[Shown]:
    """Each connection with what the office can do about it: somebody else for a mentee comes before no one."""
    parts = list[Shown]()
    for each in view.pairs[:_PAIRS]:
        other, is_ = (each.mentor, "mentor") if each.mentee.id == view.person.id else (each.mentee, "mentee")
        about = each.pair.id, each.mentee.name, each.mentor.name
        may = is_ == "mentee" and allowed(permissions.office, view.viewer, "match", each.mentee.id, each.mentor.id)
        instead = (buttons_of_office.replace_mentor(*about),) if may else ()
        end = buttons_of_office.end_connection(*about)
        parts += [say("Connected with ", Bold(other.name), f", their {is_}."), press(*instead, end)]
    if len(view.pairs) > _PAIRS:
        parts.append(small(f"And with {len(view.pairs) - _PAIRS} more."))
    return parts


def _of_offices(view: GoneView) -> list[Shown]:
    """What they hold, and what nobody may do meanwhile."""
    if not view.offices:
        return []
    parts: list[Shown] = [say("They hold ", Bold(", ".join(each.title for each in view.offices)), ".")]
    if view.unheld:
        parts.append(say(f"Nobody else can {may_do(view.unheld)} now: please appoint somebody."))
        parts.append(press(*(buttons_of_office.appoint(each.key, each.title) for each in view.offices[:5])))
    return parts


def partner_gone(view: PairView) -> Message | None:
    """Whoever meets them hears kindly that they are not here, and what can be done. Nothing once that is over."""
    if view.pair.state != "active" or view.other.active:
        return None
    head = say(Bold(view.other.name), f" {_for_partner(view.other)} It says nothing about you.")
    then = (
        "If you would rather not wait, remove the connection: then you can look for another mentor at once."
        if view.viewer == view.mentee.id
        else f"If you would rather not wait, remove the connection: {view.other.first} can search again once back."
    )
    stays = "Sessions that were set are off. Your connection stays as it is in case they come back: nobody reminds you."
    office = f"The {view.scheme.words.office} knows of it, and helps: {view.scheme.contact}."
    pressed: list[Button] = [buttons.view_pair(view.pair.id, view.other.name)]
    if allowed(pair_rules.may_act, view.pair, view.viewer):
        pressed.append(buttons.remove_connection(view.pair.id, view.other.name))
    return message(view.me, head, say(stays), say(then), small(office), press(*pressed))


def _for_partner(other: Person) -> str:
    if other.gone == "unreached":
        return "cannot be reached in this app at the moment."
    return "is not here at the moment: their account is not in use."


def no_longer_gone(view: PairView) -> Message:
    """What is left of it afterwards."""
    over = "is back." if view.other.active else "is not here; your connection has ended."
    return message(view.me, say(Bold(view.other.name), f" {over}"))


def partner_back(view: PairView) -> Message:
    """They are back."""
    if view.pair.state != "active":
        return no_longer_gone(view)
    goes_on = " is back, and your connection goes on. Sessions that were off can be set again when it suits you both."
    look = buttons.view_pair(view.pair.id, view.other.name)
    return message(view.me, say(Bold(view.other.name), goes_on), press(look))


def welcome_back(view: BackView) -> Message:
    """What has become of things meanwhile, and what comes next."""
    me = view.person
    away: tuple[Run, ...] = (" You were away since ", When(me.gone_at, "day"), ".") if me.gone_at else ()
    parts: list[Shown] = [say(Bold(f"Welcome back, {me.first}."), *away)]
    lines = [*_of_request(view.withdrawn), *_passed_on(view.passed_on), *_met(view)]
    parts += lines or [say("Everything stands as you left it.")]
    gates = [each for each in view.members if next_gate(each.member, view.scheme, each.now) is not None]
    if gates:
        parts.append(say("Home shows what comes next before you take part again."))
    if view.offices:
        parts.append(say("You still hold ", Bold(", ".join(each.title for each in view.offices)), "."))
    return message(me, *parts, small("All that is yours is on Home: ", HOME, "."), *_next(view))


def _of_request(withdrawn: Request | None) -> list[Shown]:
    if withdrawn is None:
        return []
    return [say("Your mentoring request was taken back, so that nobody waited: a new one starts with what you wrote.")]


def _passed_on(count: int) -> list[Shown]:
    if not count:
        return []
    return [say("A request to you went on to others." if count == 1 else f"{count} requests to you went on to others.")]


def _met(view: BackView) -> list[Shown]:
    ended = [say("Your connection with ", Bold(each.other.name), " has ended.") for each in view.ended]
    on = [
        say("Your connection with ", Bold(each.other.name), " goes on. They have been told that you are back.")
        for each in view.pairs
    ]
    return [*ended[:_PAIRS], *on[:_PAIRS]]


def _next(view: BackView) -> tuple[Buttons, ...]:
    mentee = next((each for each in view.members if each.member.role == "mentee"), None)
    may = mentee is not None and allowed(may_create, mentee.member, 0, view.scheme, mentee.now)
    again = view.withdrawn is not None and may
    look = [buttons.view_pair(each.pair.id, each.other.name) for each in view.pairs]
    return rows([*([buttons.create_request()] if again else []), *look[:9]])


def guest_now(person: Person) -> Message:
    """They are a guest from now on: what holds."""
    stays = "Your mentoring goes on as it is: connections, sessions, requests, and all that you have filled in."
    less = "A guest may not find everybody here: buttons and messages of this app work as before."
    return message(person, say(f"You are a guest here now, {person.first}. {stays}"), small(less))


def person_guest(person: Person) -> Message:
    """The office hears it."""
    head = " is a guest here now. Their mentoring goes on as it is, and they have been told so."
    return office_message(say(Bold(person.name), head))
