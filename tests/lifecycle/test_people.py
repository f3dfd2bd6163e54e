"""By which part of their name people are greeted: never by half of one. And who may be one person in two places."""

from dataclasses import replace

import pytest

from bot.lifecycle.people import Person, other_self

NEW = Person("n", "there", "T2", "U2", "Ada", "Ada@example.org", "UTC")
OLD = Person("o", "here", "T1", "U1", "Ada L.", "ada@example.org", "UTC")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ada Lovelace", "Ada"),
        ("Dr Amara Okafor", "Amara"),
        ("Prof. Katherine Bell", "Katherine"),
        ("Zoë O’Brien", "Zoë"),
        ("Mary-Jane Watson", "Mary-Jane"),
        ("D’Arcy Bell", "D’Arcy"),
        ("Ruth", "Ruth"),
        ("عبد الرحمن", "عبد الرحمن"),
        ("王小明", "王小明"),
        ("Abd al-Rahman Saleh", "Abd al-Rahman Saleh"),
        ("Van Morrison", "Van Morrison"),
        ("J. K. Rowling", "J. K. Rowling"),
        ("Lovelace, Ada", "Lovelace, Ada"),
        ("Dr", "Dr"),
        ("ada99", "ada99"),
    ],
)
def test_the_name_to_greet_by(name: str, first: str) -> None:
    assert Person("p", "slack", "T1", "U1", name, None, "Europe/London").first == first


def test_a_newcomer_of_the_same_address_may_be_who_they_were() -> None:
    assert other_self(NEW, [OLD], has_part=False) == OLD


@pytest.mark.parametrize(
    ("me", "having", "has_part"),
    [
        (NEW, [], False),
        (NEW, [OLD, replace(OLD, id="p")], False),
        (NEW, [OLD], True),
        (NEW, [replace(OLD, guest=True)], False),
        (NEW, [replace(OLD, active=False)], False),
        (NEW, [replace(OLD, platform="there")], False),
        (NEW, [replace(OLD, email="eve@example.org")], False),
        (NEW, [replace(OLD, email=None)], False),
        (replace(NEW, email=None), [replace(OLD, email=None)], False),
        (replace(NEW, email=""), [replace(OLD, email="")], False),
        (replace(NEW, guest=True), [OLD], False),
        (replace(NEW, separate=True), [OLD], False),
        (replace(NEW, elsewhere=True), [OLD], False),
        (replace(NEW, active=False), [OLD], False),
    ],
)
def test_where_that_is_not_sure_nobody_is_asked(me: Person, having: list[Person], has_part: bool) -> None:
    assert other_self(me, having, has_part) is None
