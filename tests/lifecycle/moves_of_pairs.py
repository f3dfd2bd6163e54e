"""Every move of a pair: its beginning, sessions, plan, rest, more time, sheets and ends."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from bot.lifecycle import consents, endings, more_time, pairs, planning, reminding, sessions, sheets, standing
from bot.lifecycle.documents import Document
from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.permissions import Actor
from bot.lifecycle.request import Invitation
from bot.lifecycle.sheets import FilledSheet
from bot.lifecycle.terms import Terms
from bot.schemes.loading import load

from .builders import AGREEMENT, DAY, MEETING, NOW, SCHEME, member, pair, request
from .moves_of_members import SCHEMES
from .whole_moves import Case

PLANNED = Session("s1", 1)
AHEAD = sessions.at(PLANNED, "ada", MEETING)
CONFIRMED = replace(AHEAD, confirmed_at=NOW)
BEGUN = replace(AHEAD, starts_at=NOW - DAY)
HELD = replace(BEGUN, state="completed", marked_by="ada", marked_at=NOW)
AGREED = replace(HELD, marked_at=NOW - 7 * DAY)
WAYS = {"planned": PLANNED, "ahead": AHEAD, "confirmed": CONFIRMED, "begun": BEGUN, "held": HELD, "agreed": AGREED}
MORE = Terms((AGREEMENT,), 4, 60, more_time="P3M")


def _pair(session: Session = PLANNED, **more: Any) -> Pair:
    return pair(session=session, **more)


def cases() -> Iterator[Case]:
    """All of them."""
    yield from _beginning()
    yield from _accepting()
    yield from _sessions()
    yield from _plan()
    yield from _ends()
    yield from _time()
    yield from _reminded()
    yield from _sheets()


def _beginning() -> Iterator[Case]:
    for scheme in SCHEMES:
        yield Case(f"terms, {scheme.key}", partial(Terms.of, scheme))
        for said, invitation in (
            ("asked", Invitation("i1", "bea", 1, "accepted", NOW)),
            ("picked", Invitation("i1", "bea", 1, "accepted")),
            ("offered", Invitation("i1", "bea", 1, "accepted", NOW, asker="mentor")),
        ):
            one = replace(request("accepted", ()), invitations=(Invitation("i0", "cyd", 1, "declined"), invitation))
            yield Case(f"begin, {said}, {scheme.key}", partial(pairs.begin, "c9", "s9", one, scheme, NOW))
    old = {"documents": [], "sessions": 4, "minutes": 60, "modes": ["Phone"], "unknown": 1}
    yield Case("terms of an earlier version", partial(Terms.read, old))
    for count in (29, 30):
        yield Case(f"may begin, {count} there", partial(pairs.may_begin, count, load("bsw_hub")))


def _accepting() -> Iterator[Case]:
    second = Document("contract", "Contract", "learning contract", ("Text",), "sessions")
    both = Terms((AGREEMENT, second), 4, 60)
    for agreed in (0, 1, 2):
        for terms in (MORE, both):
            one = pair(agreed, terms=terms)
            said = f"{agreed} of {len(terms.documents)}"
            for person in ("ada", "bea", "eve"):
                yield Case(f"{person} accepts, {said}", partial(consents.agree, one, "agreement", person, NOW), one)
                yield Case(f"{person} is to accept, {said}", partial(consents.to_accept, one, person))
                yield Case(f"{person} is waited for, {said}", partial(consents.waits_for_party, one, person))
            yield Case(f"may have sessions, {said}", partial(sessions.may_have_sessions, one, "ada"))
            yield Case(f"reminders, {said}", partial(reminding.of_pair, one, SCHEME, NOW))
    yield Case("accept what was never asked", partial(consents.agree, pair(), "other", "ada", NOW))
    yield Case("accept once it has ended", partial(consents.agree, pair(0, state="ended"), "agreement", "ada", NOW))


def _sessions() -> Iterator[Case]:
    for name, session in WAYS.items():
        one = _pair(session)
        for by in ("ada", "bea", "eve"):
            said = f"{name}, by {by}"
            yield Case(f"schedule, {said}", partial(sessions.schedule, one, "s1", by, MEETING, NOW), one)
            yield Case(f"confirm, {said}", partial(sessions.confirm, one, "s1", by, NOW), one)
            yield Case(f"cancel, {said}", partial(sessions.cancel, one, "s1", by, "Ill", NOW), one)
            yield Case(f"complete, {said}", partial(sessions.complete, one, "s1", by, NOW), one)
            yield Case(f"not held, {said}", partial(sessions.not_held, one, "s1", by, "Snow", NOW), one)
            for when, at in (("back", NOW - 2 * DAY), ("ahead", NOW + 2 * DAY)):
                move = partial(sessions.moved, one, "s1", by, replace(MEETING, starts_at=at), NOW)
                yield Case(f"moved {when}, {said}", move, one)
        yield Case(f"over, {name}", partial(sessions.over, session, NOW))
        yield Case(
            f"over in its last minute, {name}",
            partial(sessions.over, session, NOW + DAY + MEETING.minutes * DAY / 1440),
        )
        yield Case(f"without a time, {name}", partial(sessions.without_time, one))
        yield Case(f"next session, {name}", partial(sessions.next_session, one))
        yield Case(f"reminders, {name}", partial(reminding.of_pair, one, SCHEME, NOW))
        yield Case(f"free since, {name}", partial(reminding.free_since, one, sessions.next_session(one)))
    for number in (1, 2):
        yield Case(
            f"add session {number}",
            partial(sessions.add_session, _pair(HELD), "s2", number, "ada", MEETING, NOW),
            _pair(HELD),
        )
    for minutes in (9, 10, 240, 241):
        for terms in (MORE, replace(MORE, minutes_at_most=90)):
            said = f"{minutes} of {terms.minutes_at_most}"
            yield Case(f"minutes, {said}", partial(sessions.may_be_so, replace(MEETING, minutes=minutes), terms))
    yield Case("by post", partial(sessions.may_be_so, replace(MEETING, mode="Post"), MORE))
    yield Case("at this minute", partial(sessions.may_meet, replace(MEETING, starts_at=NOW), MORE, NOW))
    for days in (-1, 0, 732, 733):
        yield Case(f"on a day {days} days off", partial(sessions.may_meet_on, NOW.date() + days * DAY, NOW.date()))


def _plan() -> Iterator[Case]:
    three = [replace(MEETING, starts_at=NOW + n * 28 * DAY) for n in (1, 2, 3)]
    for name, session in WAYS.items():
        one = _pair(session)
        seen = planning.marker(one)
        plan = partial(planning.plan, one, "ada", seen, ids=["n1", "n2", "n3"], now=NOW)
        yield Case(f"plan three, {name}", partial(plan, three), one)
        yield Case(f"plan one, {name}", partial(plan, three[:1]), one)
        yield Case(f"marker, {name}", lambda seen=seen: seen)  # type: ignore[misc]
        yield Case(f"confirm all, {name}, by bea", partial(planning.confirm_all, one, "bea", seen, NOW), one)
        yield Case(f"confirm all, {name}, by ada", partial(planning.confirm_all, one, "ada", seen, NOW), one)
        yield Case(f"confirm all, {name}, of an old plan", partial(planning.confirm_all, one, "bea", seen + 1, NOW))
        yield Case(f"to set, {name}", partial(planning.to_set, one))
    late = partial(planning.plan, _pair(), "ada", 0, three, ["n1", "n2", "n3"], NOW)
    yield Case("plan from an old form", late)
    both = replace(_pair(AHEAD), sessions=(AHEAD, replace(AHEAD, id="s2", number=2, starts_at=NOW + 2 * DAY)))
    yield Case("confirm both", partial(planning.confirm_all, both, "bea", planning.marker(both), NOW), both)
    for expected in (None, 0, 1, 2, 3, 40):
        one = _pair(AHEAD, terms=Terms((AGREEMENT,), expected, 60, every="P4W"))
        yield Case(f"to set of {expected}", partial(planning.to_set, one))
        yield Case(f"may plan {expected}", partial(planning.may_plan, one, "ada"))
    for every, length, expected in (
        ("P10D", None, 4),
        ("P3W", None, 4),
        (None, "P12M", 4),
        (None, "P12M", None),
        ("P30W", None, 4),
        ("P1D", None, 4),
    ):
        one = _pair(terms=Terms((AGREEMENT,), expected, 60, every=every, length=length))
        yield Case(f"weeks apart, {every}, {length}, {expected}", partial(planning.weeks_apart, one))
    for weeks, count in ((0, 4), (1, 4), (26, 4), (27, 4), (4, 0), (4, 1), (4, 12), (4, 13)):
        yield Case(f"{count} every {weeks} weeks", partial(planning.may_have_rhythm, weeks, count))
    for said, starts in (
        ("now", [NOW]), ("far", [NOW + sessions.FURTHEST]), ("too far", [NOW + sessions.FURTHEST + DAY]),
        ("after the end", [NOW + DAY, NOW + 365 * DAY]), ("not in order", [NOW + 2 * DAY, NOW + DAY]),
        ("twice the same", [NOW + DAY, NOW + DAY]),
    ):  # fmt: skip
        endless = said in {"far", "too far"}
        yield Case(f"fits, {said}", partial(planning.may_fit, _pair(ends_at=None) if endless else _pair(), starts, NOW))


def _ends() -> Iterator[Case]:
    full = replace(_pair(HELD), sessions=tuple(replace(HELD, id=f"s{n}", number=n) for n in range(1, 5)))
    for said, one in (
        ("ahead", _pair(AHEAD)),
        ("held", _pair(HELD)),
        ("full", full),
        ("ended", _pair(AHEAD, state="ended", ended_at=NOW)),
    ):
        for by in ("ada", "bea", "eve"):
            yield Case(f"remove, {said}, by {by}", partial(endings.remove, one, by, "Moved away", NOW), one)
            yield Case(f"leave, {said}, by {by}", partial(endings.leave, one, by, NOW), one)
            yield Case(f"complete it, {said}, by {by}", partial(endings.complete, one, by, NOW), one)
            for months in (0, 1, 40):
                at = NOW + months * 31 * DAY
                look = partial(endings.may_look_at, one, by, SCHEME, at)
                yield Case(f"look at, {said}, by {by}, after {months} months", look)
        yield Case(f"the office ends, {said}", partial(endings.end, one, "eve", "Sorry", NOW), one)
        for days in (364, 365):
            over = partial(endings.time_over, one, NOW + days * DAY)
            yield Case(f"time over, {said}, after {days} days", over, one)
    yield Case("held so far", partial(sessions.held, full))
    for at_least in ("P6M", "P9M"):
        one = _pair(AHEAD, terms=replace(MORE, length_at_least=at_least), began_at=NOW - 200 * DAY)
        yield Case(f"complete after 200 days of {at_least}", partial(endings.complete, one, "ada", NOW), one)
    free = _pair(AHEAD, terms=replace(MORE, sessions=None))
    yield Case("complete where nothing was promised", partial(endings.complete, free, "ada", NOW), free)


def _time() -> Iterator[Case]:
    near, far = _pair(terms=MORE, ends_at=NOW + 90 * DAY), _pair(terms=MORE, ends_at=NOW + 91 * DAY)
    asked = replace(near, more_time_by="ada")
    for said, one in (
        ("near", near),
        ("far", far),
        ("asked", asked),
        ("extended", replace(near, extended_at=NOW)),
        ("none promised", _pair(ends_at=NOW + DAY)),
        ("endless", replace(near, ends_at=None)),
        ("ended", replace(asked, state="ended")),
    ):
        for by in ("ada", "bea"):
            yield Case(f"ask for more time, {said}, by {by}", partial(more_time.ask, one, by, NOW), one)
            yield Case(f"agree to more time, {said}, by {by}", partial(more_time.agree, one, by, NOW), one)
    resting = _pair(rests_until=NOW + DAY)
    for days in (0, 1, 366, 367):
        yield Case(f"rest for {days} days", partial(standing.rest, _pair(), "ada", NOW + days * DAY, NOW), _pair())
    for said, one in (("resting", resting), ("not resting", _pair()), ("ended", replace(resting, state="ended"))):
        for at in (NOW, NOW + DAY):
            yield Case(f"go on, {said}, {'then' if at > NOW else 'now'}", partial(standing.go_on, one, "bea", at), one)
            yield Case(f"rest over, {said}, {'then' if at > NOW else 'now'}", partial(standing.rest_over, one, at), one)
        yield Case(f"reminders, {said}", partial(reminding.of_pair, one, SCHEME, NOW))


def _reminded() -> Iterator[Case]:
    for held in (0, 1, 4):
        done = tuple(replace(HELD, id=f"s{n}", number=n) for n in range(1, held + 1))
        one = replace(_pair(), sessions=done)
        yield Case(f"enough, {held} held", partial(sessions.enough, one))
        yield Case(f"reminders, {held} held", partial(reminding.of_pair, one, SCHEME, NOW))
        for days in (0, 91, 92, 274, 275, 365):
            yield Case(f"behind after {days} days, {held} held", partial(reminding.behind, one, NOW + days * DAY))
    ended = _pair(HELD, state="ended", ended_at=NOW)
    for scheme in (SCHEME, SCHEMES[1]):
        yield Case(f"reminders, ended, {scheme.key}", partial(reminding.of_pair, ended, scheme, NOW))
    asking = request("asking", waiting_since=NOW)
    yield Case("reminders of a request that asks", partial(reminding.of_request, asking, SCHEME, NOW))
    for state in ("in_review", "assigning", "choosing"):
        one_ = request(state, waiting_since=None if state == "choosing" else NOW)
        yield Case(f"reminders of a request, {state}", partial(reminding.of_request, one_, SCHEME, NOW))
    for series in reminding.of_pair(_pair(AHEAD), SCHEME, NOW):
        for days in (-3, 0, 1, 30, 400):
            at = NOW + days * DAY
            yield Case(f"{series.kind} after {days} days, next", partial(series.next, at))
            yield Case(f"{series.kind} after {days} days, latest", partial(series.latest, at))


def _sheets() -> Iterator[Case]:
    filled = [
        FilledSheet(
            "f1",
            SCHEME.key,
            sheet.key,
            about,
            owner,
            {field.key: [{field.done: False}, {field.done: True}] for field in sheet.fields if field.done},
            "ada",
            NOW,
            2,
        )
        for sheet in SCHEME.sheets
        for about, owner in (("s1", "both"), ("c1", "both"), ("c1", "ada"), ("m1", "bea"))
    ]
    ended = _pair(HELD, state="ended", ended_at=NOW)
    for said, one in (("planned", _pair()), ("held", _pair(HELD)), ("ended", ended)):
        for person in ("ada", "bea", "eve"):
            for given in ((), tuple(filled)):
                name = f"{said}, {person}, {'filled in' if given else 'empty'}"
                if person != "eve":
                    yield Case(f"goals reached, {name}", partial(sheets.goals_reached, SCHEME, one, given, person))
                    yield Case(
                        f"wanted of the pair, {name}", partial(sheets.wanted_of_pair, SCHEME, one, person, given)
                    )
                    yield Case(
                        f"due before the next, {name}", partial(sheets.due_before_next, SCHEME, one, given, person)
                    )
                yield Case(f"asked afterwards, {name}", partial(sheets.asked_afterwards, SCHEME, one, person, given))
            for sheet in SCHEME.sheets:
                if sheet.about != "member":
                    fill = partial(
                        sheets.may_fill_in, sheet, one, one.sessions[0] if sheet.about == "session" else None, person
                    )
                    yield Case(f"fill in {sheet.key}, {said}, {person}", fill)
    for sheet in SCHEME.sheets:
        one_ = FilledSheet("f1", SCHEME.key, sheet.key, "m1", "bea", {}, "bea", NOW, 2)
        yield Case(f"the office hears of {sheet.key}", partial(sheets.told_office, sheet, one_))
        for actor in (Actor("bea"), Actor("eve"), Actor("eve", frozenset({"approve_members"}))):
            said = f"{actor.person} {' '.join(actor.powers)}".strip()
            yield Case(f"{said} reads {sheet.key}", partial(sheets.may_read_of_member, sheet, one_, actor))
        for role in ("mentee", "mentor"):
            yield Case(f"{role} keeps {sheet.key}", partial(sheets.may_keep_own, sheet, member(role)))
    carried = (sheet for sheet in SCHEME.sheets if sheet.about == "session")
    two = replace(_pair(HELD), sessions=(HELD, Session("s2", 2)))
    for sheet in carried:
        yield Case(
            f"carried over, {sheet.key}", partial(sheets.carried_over, sheet, two, two.sessions[1], filled, "both")
        )
