"""Words about the scheme's pairs for its office: the list of them, and ending one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Bold, Button, Form, Notice, Run, Shown, When
from bot.dialogs.view_models.pairs import ListedPair
from bot.dialogs.wording import buttons_of_office
from bot.dialogs.wording.builders import notice, press, quoted, say, small
from bot.lifecycle import endings as rules
from bot.lifecycle import more_time, permissions
from bot.lifecycle.pairs import End
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import Actor
from bot.lifecycle.sessions import held
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb
from bot.schemes.roles import Role

_HOW: dict[End, str] = {
    "removed": "removed by {who}",
    "left": "{who} left the scheme",
    "office": "ended by the office",
    "time": "its time was over",
    "completed": "completed",
}
_OWN = "You are one of the two: another member of the office looks after this one."


def lines(each: ListedPair, viewer: Actor, why: Sequence[Run] = (), about: str = "") -> tuple[Shown, ...]:
    """Who with whom, since when and how far, and why it is up there; what can be done, or why it ended. `about`: the
    one of the two on whose card it stands."""
    pair, may = each.pair, allowed(permissions.ends_pair, viewer, each.pair)
    is_ = "is" if pair.state == "active" else "was"
    head = say(Bold(each.mentor.name), f" {is_} the mentor of ", Bold(each.mentee.name), ".")
    more = (" ", *why) if why else ()
    stands = small(*(_since(each) if pair.state == "active" else _ended(each)), *more)
    if not may:
        return (head, stands, small(_OWN))
    sides: tuple[tuple[Role, Person, Person], ...] = (
        ("mentee", each.mentee, each.mentor), ("mentor", each.mentor, each.mentee)
    )  # fmt: skip
    look = [
        buttons_of_office.view_side(subjects.seen_in(one.id, pair.id), side, one.name, other.name)
        for side, one, other in sides
        if one.id != about
    ]
    if allowed(rules.may_end, pair):
        return (head, stands, press(*_acts(each, viewer), *look))
    why_ended = quoted("The reason, for the office alone:", pair.reason) if pair.reason else ()
    return (head, stands, *why_ended, press(*look))


def _acts(each: ListedPair, viewer: Actor) -> tuple[Button, ...]:
    pair, mentee, mentor = each.pair, each.mentee.name, each.mentor.name
    longer = (buttons_of_office.extend(pair.id, mentee, mentor),) if allowed(more_time.may_extend, pair) else ()
    other = (buttons_of_office.replace_mentor(pair.id, mentee, mentor),) if "match" in viewer.powers else ()
    return (*longer, *other, buttons_of_office.end_connection(pair.id, mentee, mentor))


def _since(each: ListedPair) -> tuple[Run, ...]:
    done, expected = held(each.pair), each.pair.terms.sessions
    of = f" of {expected}" if expected is not None and done < expected else ""
    sessions = "session" if not of and done == 1 else "sessions"
    return ("Since ", When(each.pair.began_at, "day"), f"; {done}{of} {sessions} completed.")


def _ended(each: ListedPair) -> tuple[Run, ...]:
    pair = each.pair
    who = each.mentee.name if pair.ended_by == each.mentee.id else each.mentor.name
    how = f": {_HOW[pair.end].format(who=who)}" if pair.end else ""
    when: tuple[Run, ...] = (" ", When(pair.ended_at, "day")) if pair.ended_at else ()
    return ("Ended", *when, f"{how}.")


def end_form(listed: ListedPair) -> Form:
    """Ending a pair asks first."""
    mentee, mentor = listed.mentee, listed.mentor
    parts = (
        say(f"{mentee.name} and {mentor.name} both hear that the office has ended their connection."),
        say(f"The place of {mentor.first} is free at once, and {mentee.first} can look for another mentor."),
        replace(own_fields.FAREWELL, hint="Leave it empty if you like. Both read it."),
    )
    return Form(Verb.END_CONNECTION, "End connection", parts, listed.pair.id, "End connection")


def ended_notice(listed: ListedPair) -> Notice:
    """The answer to ending it."""
    both = f"{listed.mentee.name} and {listed.mentor.name}"
    return notice("Done", f"The connection of {both} has ended, and both have been told.")
