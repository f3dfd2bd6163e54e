"""Words about places: going on the list for one, hearing that one is free, and the list as the office sees it."""

from bot.dialogs.parts import Bold, Button, Form, Message, Notice, Run, Shown, When
from bot.dialogs.view_models.members import MemberView, PlaceList
from bot.dialogs.wording import buttons, buttons_of_office
from bot.dialogs.wording.builders import message, notice, press, say, small, turning
from bot.lifecycle.member import LET_IN
from bot.lifecycle.places import may_stop_waiting
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme

_TITLE = "Waiting for a place"


def on_the_list(scheme: Scheme, role: Role) -> Notice:
    """The answer to going on the list."""
    held = scheme.roles[role].place_held.words
    text = f"You are on the list. We send you a message as soon as a place for a {role} is free."
    return notice("On the list", text, small(f"It is then held for you for {held}. Home has the way off the list."))


def off_the_list(role: Role) -> Notice:
    """The answer to going off it."""
    return notice("Off the list", f"You no longer wait for a place as {role}. You can come back at any time, on Home.")


def place_free(view: MemberView) -> Message:
    """A place is free and held; or what became of it."""
    member, scheme = view.member, view.scheme
    head = say(Bold("A place is free"), f": you can join the {scheme.name} as a {member.role}.")
    until = member.place_held_until
    if until is None or not allowed(may_stop_waiting, member):
        return message(view.person, head, small(_became(view)))
    held = small("It is held for you until ", When(until), "; after that it goes to the next on the list.")
    return message(view.person, head, held, press(buttons.join(member.role), buttons.stop_waiting(member.role)))


def _became(view: MemberView) -> str:
    if view.member.state == "asked":
        return f"You have asked to join, and the {view.scheme.words.office} answers you here."
    if view.member.state in LET_IN:
        return "You have joined. Home shows what you can do."
    return "It is no longer held for you. Home shows how things stand."


def place_passed_on(view: MemberView) -> Message:
    """The place has gone to the next."""
    role = view.member.role
    text = (
        f"The place that was held for you as a {role} has gone to the next on the list, and you are off the list now."
    )
    again = "If you would still like one, we are glad to tell you again."
    can = (press(buttons.wait_for_place(role)),) if view.member.state == "left" else ()
    return message(view.person, say(text), say(again), *can)


def task(view: MemberView) -> tuple[tuple[Run, ...], Button] | None:
    """What somebody for whom a place is held can do now."""
    member, until = view.member, view.member.place_held_until
    if until is None or not allowed(may_stop_waiting, member):
        return None
    return (f"A place as {member.role} is free, and held for you until ", When(until), "."), buttons.join(member.role)


def way_in(view: MemberView) -> tuple[Shown, ...]:
    """Somebody on the list: since when, and the way off it."""
    member = view.member
    off = press(buttons.stop_waiting(member.role))
    if member.place_held_until is not None or member.place_wanted_since is None:
        return (small("Would you rather leave the place to somebody else?"), off)
    since = When(member.place_wanted_since, "day")
    line = say(f"You are on the list for a place as {member.role} since ", since, ". We tell you when one is free.")
    return (line, off)


def shut(role: Role, *, closed: bool) -> tuple[Shown, ...]:
    """Nobody can join in this role at the moment: what can be done instead."""
    why = " the scheme is closed at the moment." if closed else " all places are taken at the moment."
    return (say(Bold(f"For new {role}s"), why), press(buttons.wait_for_place(role)))


def list_form(listed: PlaceList) -> Form:
    """Those who wait, a page at a time."""
    return Form(Verb.OPEN_PLACE_LIST, _TITLE, _parts(listed), carried={"page": str(listed.page)})


def list_notice(listed: PlaceList) -> Notice:
    """The list as the answer to a command."""
    return notice(_TITLE, "", *_parts(listed))


def _parts(listed: PlaceList) -> tuple[Shown, ...]:
    parts: list[Shown] = [say(_count(listed.total))]
    for number, each in enumerate(listed.listed, listed.first):
        parts += [say(f"{number}. ", Bold(each.person.name), f", as a {each.member.role}"), small(*_stands(each))]
    pages = turning(listed.page, listed.pages, buttons_of_office.place_list_page)
    more = (small(f"Page {listed.page + 1} of {listed.pages}"), press(*pages)) if pages else ()
    return (*parts, *more)


def _count(total: int) -> str:
    if not total:
        return "Nobody waits for a place."
    if total == 1:
        return "1 person waits for a place."
    return f"{total:,} people wait for a place, in the order in which they asked."


def _stands(view: MemberView) -> tuple[Run, ...]:
    since, until = view.member.place_wanted_since, view.member.place_held_until
    asked: tuple[Run, ...] = ("Asked on ", When(since, "day"), ".") if since else ()
    return (*asked, " A place is held until ", When(until, "day"), ".") if until else asked
