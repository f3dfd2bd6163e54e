"""More time for a pair: one asks, the other agrees, once, where the scheme has it."""

from dataclasses import replace

import pytest

from bot.lifecycle import endings, more_time
from bot.lifecycle.deadlines import Deadline, DeadlineKind
from bot.lifecycle.pairs import Pair

from .builders import DAY, NOW, pair, refusal, told

TERMS = replace(pair().terms, more_time="P6M")
NEAR = pair(terms=TERMS, ends_at=NOW + 90 * DAY)


@pytest.mark.covers("A25")
def test_one_asks_the_other_agrees_and_the_end_is_later() -> None:
    asked = more_time.ask(NEAR, "ada", NOW)
    assert told(asked) == [("bea", "more_time_asked")]
    agreed = more_time.agree(asked.state, "bea", NOW)
    assert told(agreed) == [("ada", "more_time"), ("bea", "more_time")]
    later = agreed.state.ends_at
    assert later is not None
    assert later.isoformat()[:10] == "2026-07-04"
    assert agreed.deadlines == (Deadline(DeadlineKind.CONNECTION_OVER, "c1", later),)
    assert agreed.state.more_time_by is None
    assert refusal(lambda: more_time.ask(agreed.state, "ada", NOW)) == "no_more_time", "once"
    assert endings.time_over(agreed.state, later - DAY).state == agreed.state


ASKS: dict[str, tuple[Pair, str, str | None]] = {
    "in time": (NEAR, "bea", None),
    "early": (pair(terms=TERMS, ends_at=NOW + 91 * DAY), "ada", "more_time_early"),
    "no such thing in the scheme": (pair(ends_at=NOW + DAY), "ada", "no_more_time"),
    "without an end": (pair(terms=TERMS, ends_at=None), "ada", "no_more_time"),
    "asked already": (replace(NEAR, more_time_by="bea"), "ada", "more_time_asked"),
    "a stranger": (NEAR, "zoe", "not_yours"),
    "ended": (replace(NEAR, state="ended"), "ada", "pair_ended"),
}


@pytest.mark.parametrize("case", ASKS)
def test_who_can_ask_when(case: str) -> None:
    one, by, reason = ASKS[case]
    if reason is None:
        more_time.may_ask(one, by, NOW)
    else:
        assert refusal(lambda: more_time.may_ask(one, by, NOW)) == reason


def test_only_the_other_agrees() -> None:
    asked = replace(NEAR, more_time_by="ada")
    assert refusal(lambda: more_time.agree(asked, "ada", NOW)) == "more_time_not_asked"
    assert refusal(lambda: more_time.agree(NEAR, "bea", NOW)) == "more_time_not_asked"
    assert refusal(lambda: more_time.agree(asked, "zoe", NOW)) == "not_yours"
    assert refusal(lambda: more_time.agree(replace(asked, state="ended"), "bea", NOW)) == "pair_ended"
