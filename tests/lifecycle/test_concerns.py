"""Whoever holds which office, and whomever a concern is about: it reaches somebody else, or its reporter is told whom
to write to; and never the one concerned, whatever they come to later."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lifecycle import concerns as rules
from bot.lifecycle.concerns import Concern, Hands, Move
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Kind
from bot.schemes.loading import load

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
DAY = timedelta(days=1)
SCHEME = load("asme")
LINE = tuple(office.key for office in SCHEME.takes_concerns)
PEOPLE = ("ada", "ben", "cy", "dot", "eve")
REPORTER_KINDS = {
    Kind.CONCERN_RECEIVED, Kind.CONCERN_DELAYED, Kind.CONCERN_HANDED_ON, Kind.CONCERN_CONTACTED, Kind.CONCERN_CLOSED,
    Kind.CONCERN_TAKEN_BACK,
}  # fmt: skip

holders = st.fixed_dictionaries({key: st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3) for key in LINE})
moves = st.lists(
    st.tuples(st.sampled_from(("over", "away", "contact", "deny", "add", "close", "undo", "change")), holders,
              st.integers(1, 20)), max_size=12,
)  # fmt: skip


def raised(about: str | None, reporter: str = "ada") -> Concern:
    return Concern("c1", SCHEME.key, reporter, about, "What happened.", None, NOW, NOW + 7 * DAY)


def heard(move: Move, concern: Concern, hands: Hands) -> None:
    """Only its reporter hears what is for the reporter, and nobody who is barred hears what is for the others."""
    for notice in move.step.notices:
        assert notice.to.person is not None, "never to a channel, nor to an office"
        if notice.kind in REPORTER_KINDS:
            assert notice.to.person == concern.reporter
        else:
            assert notice.to.person not in hands.barred
            assert notice.to.person in {*hands.keepers(concern), *hands.keepers(move.step.state)}


def in_safe_hands(concern: Concern, hands: Hands) -> None:
    """Whoever has it may; whoever may not, sees that there is none."""
    keepers = hands.keepers(concern)
    assert not set(keepers) & hands.barred
    for person in PEOPLE:
        if person != concern.reporter and person not in keepers:
            with pytest.raises(Refused, match="gone"):
                rules.reads(concern, person, hands)


@given(holders, st.sampled_from((None, *PEOPLE)), moves)
def test_it_never_reaches_the_one_concerned_and_always_somebody_else(
    held: dict[str, list[str]], about: str | None, following: list[tuple[str, dict[str, list[str]], int]]
) -> None:
    barred = frozenset(filter(None, ("ada", about)))
    hands, concern, now = Hands(LINE, held, barred), raised(about), NOW
    others = {person for some in held.values() for person in some} - barred
    if not others:
        with pytest.raises(Refused, match="concern_nowhere"):
            rules.begin(concern, hands, SCHEME, now)
        return
    move = rules.begin(concern, hands, SCHEME, now)
    story = list(move.story)
    heard(move, concern, hands)
    concern = move.step.state
    assert set(hands.keepers(concern)) <= others
    assert hands.keepers(concern)
    for what, changed, days in following:
        now += days * DAY
        by = next(iter(hands.keepers(concern)), "nobody")
        last = story[-1]
        try:
            match what:
                case "change":
                    hands = replace(hands, holders=changed)
                    move = rules.looked_after(concern, hands, SCHEME, now)
                case "over":
                    move = rules.over(concern, hands, SCHEME, now)
                case "away":
                    move = rules.away(concern, by, now + days * DAY, hands, SCHEME, now)
                case "contact":
                    move = rules.contact(concern, by, now, None, hands, now)
                case "deny":
                    move = rules.deny(concern, hands, now)
                case "add":
                    move = rules.add(concern, "More.", hands, SCHEME, now)
                case "close":
                    move = rules.close(concern, by, None, None, hands, now)
                case _:
                    move = rules.undo(concern, by, hands, last, last.at)
        except Refused:
            continue
        heard(move, concern, hands)
        before, concern = concern, move.step.state
        story += move.story
        in_safe_hands(concern, hands)
        if what == "change" and concern.state != "closed":
            left = {person for some in hands.holders.values() for person in some} - barred
            assert bool(hands.keepers(concern)) == bool(left & {p for k in LINE for p in hands.of(k)})
        if concern.state == "waiting" and move.step.state != before:
            assert {each.about for each in move.step.deadlines} == {"c1"}


@given(holders, st.sampled_from(PEOPLE))
def test_the_first_office_in_line_that_can_has_it(held: dict[str, list[str]], about: str) -> None:
    hands = Hands(LINE, held, frozenset({"ada", about}))
    able = [key for key in LINE if set(held[key]) - {"ada", about}]
    assert hands.following(raised(about)) == (able[0] if able else None)


def test_after_the_last_in_line_nobody_is_told_again() -> None:
    hands = Hands(LINE, {"director": ["ben"]}, frozenset({"ada"}))
    concern = rules.begin(raised(None), hands, SCHEME, NOW).step.state
    move = rules.over(concern, hands, SCHEME, NOW + 7 * DAY)
    assert [notice.kind for notice in move.step.notices] == [Kind.CONCERN_DELAYED, Kind.CONCERN_OVERDUE]
    assert not move.step.deadlines
    assert move.step.state == concern


@pytest.mark.parametrize(("days", "first"), [(7, 5), (2, 1)])
def test_whoever_has_it_is_reminded_before_the_time_is_over(days: int, first: int) -> None:
    hands = Hands(LINE, {"director": ["ben"]}, frozenset({"ada"}))
    concern = replace(raised(None), offices=("director",), contact_by=NOW + days * DAY)
    move = rules.deny(replace(concern, state="in_contact", contact_by=NOW + days * DAY), hands, NOW)
    assert [each.due_at for each in move.step.deadlines] == [NOW + first * DAY, NOW + days * DAY]
