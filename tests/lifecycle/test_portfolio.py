"""What stands on a portfolio: what both read, and nothing else."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.lifecycle.pairs import Pair, Session
from bot.lifecycle.portfolio import actions, kept, may_have_portfolio, records
from bot.lifecycle.sheets import SHARED, FilledSheet
from bot.lifecycle.step import Refused
from bot.lifecycle.terms import Terms
from bot.schemes.evidence import Evidence
from bot.schemes.loading import load
from bot.schemes.scheme import Pairs
from bot.schemes.sheets import Sheet
from tests.support.schemes import sheet

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
DOING = {
    "key": "doing", "label": "Actions", "kind": "rows", "required": False, "done": "done",
    "columns": [{"key": "what", "label": "What"}, {"key": "done", "label": "Done?", "kind": "yes_no"}],
}  # fmt: skip
WORDS = {"key": "text", "label": "What?", "kind": "long_text", "required": False}
GOALS, ALONE = sheet("goals", "pair"), sheet("alone", "pair", seen_by="writer")
RECORD = sheet("record", "session", fields=(WORDS, DOING))
FOR_MENTOR = sheet("for_mentor", "session", by="mentor", seen_by="writer")
BACK = sheet("back", "pair", seen_by="office", offered="afterwards")
SCHEME = load("employer").model_copy(
    update={"sheets": (GOALS, ALONE, RECORD, FOR_MENTOR, BACK), "evidence": Evidence(portfolio=True)}
)
FIRST, SECOND = (Session(f"s{n}", n, "completed", NOW - timedelta(days=30 - n)) for n in (1, 2))
PAIR = Pair(
    "p1", SCHEME.key, None, None, "ada", "bea", "active", Terms.of(SCHEME), NOW - timedelta(days=60), None,
    sessions=(SECOND, FIRST),
)  # fmt: skip


def filled(of: Sheet, about: str, answers: Mapping[str, Any], owner: str = SHARED) -> FilledSheet:
    return FilledSheet(f"{of.key} {about} {owner}", SCHEME.key, of.key, about, owner, answers, "ada", NOW)


WRITTEN = (
    filled(GOALS, "p1", {"text": "To lead"}),
    filled(ALONE, "p1", {"text": "My own"}, "ada"),
    filled(RECORD, "s1", {"text": "Began", "doing": [{"what": "Read"}, {"what": "Write"}]}),
    filled(RECORD, "s2", {"doing": [{"what": "Read", "done": True}, {"what": "Rest"}]}),
    filled(FOR_MENTOR, "s1", {"text": "The mentor's"}, "bea"),
    filled(BACK, "p1", {"text": "For the office"}, "ada"),
)


def test_only_what_both_read_is_on_it() -> None:
    assert [(each.sheet.key, each.answers) for each in kept(SCHEME, PAIR, WRITTEN)] == [("goals", {"text": "To lead"})]
    (one,) = records(SCHEME, PAIR, WRITTEN)
    assert (one.session, one.answers) == (FIRST, {"text": "Began"})


def test_each_action_is_on_it_once_as_it_was_last_written_down() -> None:
    found = [(each.line["what"], each.done) for each in actions(SCHEME, PAIR, WRITTEN)]
    assert found == [("Read", True), ("Write", False), ("Rest", False)]


@pytest.mark.parametrize(
    ("person", "evidence", "kept_for", "reason"),
    [
        ("ada", True, None, None), ("bea", True, None, None), ("eve", True, None, "not_yours"),
        ("ada", False, None, "not_offered"), ("eve", False, None, "not_yours"), ("ada", True, "P30D", "gone"),
    ],
)  # fmt: skip
def test_who_can_have_one(person: str, kept_for: str | None, reason: str | None, *, evidence: bool) -> None:
    scheme = SCHEME.model_copy(
        update={"evidence": Evidence(portfolio=evidence), "pairs": Pairs.model_validate({"kept": kept_for})}
    )
    pair = Pair(
        "p2", scheme.key, None, None, "ada", "bea", "ended", PAIR.terms, NOW - timedelta(days=200), None,
        ended_at=NOW - timedelta(days=90),
    )  # fmt: skip
    if reason is None:
        may_have_portfolio(scheme, pair, person, NOW)
        return
    with pytest.raises(Refused, match=reason):
        may_have_portfolio(scheme, pair, person, NOW)
