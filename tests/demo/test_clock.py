"""The demo's clock runs on by itself and is turned onwards only."""

from datetime import UTC, datetime, timedelta

import pytest

from demo.clock import TurnedClock

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_it_shows_the_real_time_moved() -> None:
    clock = TurnedClock(-timedelta(days=28), real=lambda: NOON)
    clock.turn(timedelta(hours=3))
    assert clock() == NOON - timedelta(days=28) + timedelta(hours=3)
    assert clock.offset == timedelta(hours=3) - timedelta(days=28)


def test_it_is_never_turned_back() -> None:
    clock = TurnedClock(real=lambda: NOON)
    with pytest.raises(ValueError, match="onwards"):
        clock.turn(-timedelta(seconds=1))
    clock.turn_to(NOON - timedelta(days=1))
    assert clock() == NOON


def test_it_is_turned_to_a_moment() -> None:
    clock = TurnedClock(real=lambda: NOON)
    clock.turn_to(NOON + timedelta(days=2))
    assert clock() == NOON + timedelta(days=2)
