"""Words for one line of a round: who with whom and why, or why there is nobody, and what came of it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.dialogs.parts import Bold, Button, Facts, Shown
from bot.dialogs.plain import words
from bot.dialogs.view_models.rounds import RoundLine, RoundView
from bot.dialogs.wording import buttons_of_rounds, shortlist
from bot.dialogs.wording.builders import press, say, small
from bot.lifecycle import rounds
from bot.lifecycle.pairings import may_say
from bot.lifecycle.step import allowed
from bot.matching.ranking import Unmatched, WhyNot
from bot.schemes.scheme import Scheme

_WHY: Final[Mapping[Unmatched, str]] = {
    "nobody_suits": "No mentor can be put to them.",
    "no_room": "Whoever suits them has no place left in this round.",
    "no_place": "The scheme can pay for no more connections.",
}
_LEFT_OUT: Final[Mapping[WhyNot, str]] = {
    "oneself": "they themselves",
    "apart": "kept apart from them",
    "asked_before": "asked before for this request",
    "not_available": "not available",
    "full": "without room",
    "must": "not fitting what has to fit",
    "their_must": "ruled out by what they wish of mentees",
}
_NOT_HELD: Final[Mapping[str, str]] = {
    "already_decided": "the request waits no longer",
    "decided_by": "the request waits no longer",
    "being_asked": "another mentor is being asked",
    "gone": "the request is no longer there",
    "asked_before": "the mentor has been asked for it before",
    "mentor_unavailable": "the mentor cannot be asked now",
    "not_approved": "the mentor takes part no longer",
    "mentor_full": "the mentor has no room any more",
    "kept_apart": "they are kept apart now",
    "budget_spent": "the scheme can pay for no more connections",
    "about_yourself": "it is about whoever published it",
    "conflict": "somebody changed it at the same moment",
}
"""Why a pair came to nothing when it was published."""
_OTHERWISE: Final = "it could not be done as things stand"
FILE_TITLE: Final = "Round of matching"
HEAD: Final = (
    "Mentee", "E-mail of the mentee", "Mentor", "E-mail of the mentor", "Match %", "Topics", "Preferences", "Why",
    "What came of it",
)  # fmt: skip
_CAME: Final[Mapping[str, str]] = {"connected": "Connected.", "asked": "The mentor is being asked."}
_AGAIN: Final = "it counts once the round is run again."


def line(one: RoundLine, view: RoundView) -> Iterator[Shown]:
    """One mentee, with what can be done about it."""
    if one.mentor is None or one.match is None:
        yield say(Bold(one.mentee.name))
        yield small(f"{why(one)} {left_out(one)}".strip())
        return
    percent = f" · {one.match.percent} % match"
    yield say(Bold(f"{one.number}. {one.mentee.name} – {one.mentor.name}"), percent)
    yield Facts(shortlist.reasons(one.match, view.scheme, "office"))
    if noted := _noted(one):
        yield small(noted)
    if pressed := tuple(_pressed(one, view)):
        yield press(*pressed)


def _noted(one: RoundLine) -> str:
    """What is to be known of the two, and what came of it."""
    if one.came is not None:
        return _CAME.get(one.came) or f"Left out: {_because(one)}."
    if "apart" in one.said:
        return f"Kept apart by now; {_AGAIN}"
    if one.match and one.match.pinned:
        return "Pinned."
    if "pinned" in one.said:
        return f"Pinned by now; {_AGAIN}"
    return "Best avoided, by the record of one of the two." if "warned" in one.said else ""


def _pressed(one: RoundLine, view: RoundView) -> Iterator[Button]:
    if one.mentor is None or not allowed(rounds.may_change, view.one, view.viewer, one.mentor.id):
        return
    both = (one.mentee.id, one.mentee.name, one.mentor.id, one.mentor.name)
    if "apart" not in one.said and allowed(may_say, view.viewer, one.mentee.id, one.mentor.id):
        if "pinned" not in one.said:
            yield buttons_of_rounds.pin(*both)
        yield buttons_of_rounds.keep_apart(*both)
    if next(each for each in view.lines if each.mentor == one.mentor) == one:  # once on a page
        yield buttons_of_rounds.places(view.one, one.mentor.id, one.mentor.name)


def why(one: RoundLine) -> str:
    """Why there is nobody, as a sentence."""
    return _WHY[one.why] if one.why else ""


def left_out(one: RoundLine) -> str:
    """How many mentors are left out for which reason, as a sentence; empty where none is."""
    counts = [f"{number:,} {_LEFT_OUT.get(reason, reason)}" for reason, number in one.left_out.items()]
    return f"Of the mentors: {', '.join(counts)}." if counts else ""


def not_held(one: RoundLine) -> str:
    """A pair that came to nothing, and why."""
    mentor = f" and {one.mentor.name}" if one.mentor else ""
    return f"{one.mentee.name}{mentor}: {_because(one)}."


def _because(one: RoundLine) -> str:
    return _NOT_HELD.get(str(one.came), _OTHERWISE)


def came(one: RoundLine) -> str:
    """What came of it, in a few words; empty where nothing has yet."""
    if one.came is None:
        return ""
    return {"connected": "connected", "asked": "asked"}.get(one.came) or _because(one)


def rows(lines: Iterable[RoundLine], scheme: Scheme) -> Iterator[tuple[str, ...]]:
    """A round as a table, below `HEAD`."""
    for one in lines:
        mentor = (one.mentor.name, one.mentor.email or "") if one.mentor else ("", "")
        match = one.match
        points = (str(match.percent), str(match.topic_points), str(match.preference_points)) if match else ("",) * 3
        found = shortlist.reasons(match, scheme, "office") if match else ()
        reasons = "; ".join(f"{head}: {words(runs, None)}" for head, runs in found)
        why_not = f"{why(one)} {left_out(one)}".strip()
        yield (one.mentee.name, one.mentee.email or "", *mentor, *points, reasons or why_not, came(one))
