"""By which part of their name people are greeted: never by half of one."""

import pytest

from bot.lifecycle.people import Person


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
