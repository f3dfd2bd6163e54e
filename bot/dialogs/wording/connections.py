"""Words about the scheme's pairs for its office: the list of them, and ending one."""

from dataclasses import replace

from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Bold, Button, Divider, Form, Notice, Run, Shown, When
from bot.dialogs.view_models.pairs import ListedPair, PairList
from bot.dialogs.wording import buttons_of_office
from bot.dialogs.wording.builders import notice, press, quoted, say, small, turning
from bot.lifecycle import endings as rules
from bot.lifecycle import permissions
from bot.lifecycle.pairs import End, PairState
from bot.lifecycle.sessions import held
from bot.lifecycle.step import allowed
from bot.lifecycle.vocabulary import Verb

_TITLES: dict[PairState, str] = {"active": "Connections", "ended": "Ended connections"}
_HOW: dict[End, str] = {
    "removed": "removed by {who}",
    "left": "{who} left the scheme",
    "office": "ended by the office",
    "time": "its time was over",
    "completed": "completed",
}
_OWN = "You are one of the two: another member of the office looks after this one."


def connections_form(listed: PairList) -> Form:
    """The pairs, a page at a time."""
    return Form(Verb.OPEN_CONNECTIONS, _TITLES[listed.state], _parts(listed), carried={"page": str(listed.page)})


def connections_notice(listed: PairList) -> Notice:
    """The pairs as the answer to a command."""
    return notice(_TITLES[listed.state], "", *_parts(listed))


def _parts(listed: PairList) -> tuple[Shown, ...]:
    parts: list[Shown] = [say(_count(listed))]
    for each in listed.listed:
        parts += [Divider(), *_lines(listed, each)]
    parts.append(Divider())
    if listed.pages > 1:
        parts.append(small(f"Page {listed.page + 1} of {listed.pages}"))
    return (*parts, press(*_page_buttons(listed)))


def _count(listed: PairList) -> str:
    what = "connection" if listed.state == "active" else "ended connection"
    order = "the oldest first" if listed.state == "active" else "the last first"
    if not listed.total:
        return f"There is no {what}."
    return f"There is 1 {what}." if listed.total == 1 else f"There are {listed.total:,} {what}s, {order}."


def _lines(listed: PairList, each: ListedPair) -> tuple[Shown, ...]:
    """Who with whom, since when and how far; what can be done, or why it ended."""
    pair, may = each.pair, allowed(permissions.ends_pair, listed.viewer, each.pair)
    is_ = "is" if pair.state == "active" else "was"
    head = say(Bold(each.mentor.name), f" {is_} the mentor of ", Bold(each.mentee.name), ".")
    stands = small(*(_since(each) if pair.state == "active" else _ended(each)))
    if not may:
        return (head, stands, small(_OWN))
    if allowed(rules.may_end, pair):
        return (head, stands, press(buttons_of_office.end_connection(pair.id, each.mentee.name, each.mentor.name)))
    return (head, stands, *(quoted("The reason, for the office alone:", pair.reason) if pair.reason else ()))


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


def _page_buttons(listed: PairList) -> tuple[Button, ...]:
    """Back and on, and over to the pairs in the other state."""
    state, here = listed.state, f"of the {listed.state} connections"

    def turned(label: str, page: int) -> Button:
        return buttons_of_office.connections_page(label, subjects.pairs_page(state, page), here)

    other: PairState = "ended" if state == "active" else "active"
    over = buttons_of_office.connections_page(f"Show {other}", subjects.pairs_page(other, 0), "connections")
    return (*turning(listed.page, listed.pages, turned), over)


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
