"""What people type: the dozen that is understood, by whoever it comes from, and that nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs import typed
from bot.dialogs.home import home
from bot.dialogs.parts import Notice
from bot.dialogs.plain import plain
from bot.dialogs.understanding import Meaning, meaning_of, names
from tests.dialogs import sample_views as some
from tests.dialogs.every_word import pressed

HOMES = some.homes()
CONNECTED = HOMES["connection, mentee: session ahead"]
STRANGER = HOMES["stranger"]


def answer(text: str, name: str) -> Notice:
    answered = typed.answer([HOMES[name]], text)
    assert answered is not None, text
    return answered


def labels(said: Notice) -> list[str]:
    return [button.label for button in pressed(said.parts)]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Hello!", Meaning.GREETING), ("hi there", Meaning.GREETING), ("HELP", Meaning.HELP),
        ("Hello, can you help me please?", Meaning.HELP), ("what can you do?", Meaning.HELP),
        ("menu", Meaning.HOME), ("Home", Meaning.HOME), ("show me the menu please", Meaning.HOME),
        ("join", Meaning.JOIN), ("I would like to sign up", Meaning.JOIN), ("I want to be a mentor", Meaning.JOIN),
        ("I need a mentor", Meaning.CONNECTIONS), ("who is my mentor?", Meaning.CONNECTIONS),
        ("Who’s my mentor", Meaning.CONNECTIONS), ("when is my next session?", Meaning.SESSIONS),
        ("please cancel my session", Meaning.SESSIONS), ("stop", Meaning.REMINDERS), ("stop!!!", Meaning.REMINDERS),
        ("I’m on holiday", Meaning.PAUSE), ("leave", Meaning.LEAVE), ("delete my data", Meaning.DATA),
        ("concern", Meaning.CONCERN), ("I want to make a complaint!", Meaning.CONCERN),
        ("I would like to report a concern please", Meaning.CONCERN), ("I don’t feel safe", Meaning.CONCERN),
        ("Thank you", Meaning.THANKS), ("thanks :)", Meaning.THANKS), ("can I talk to a person", Meaning.SOMEBODY),
    ],
)  # fmt: skip
def test_what_people_type_is_understood(text: str, meaning: Meaning) -> None:
    assert meaning_of(text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "", "?", "my mentor harasses me", "I do not want to join", "my mentor did not come to our session",
        "don't leave me", "I am not well", "help " * 50, "session notes attached",
    ],
)  # fmt: skip
def test_a_sentence_that_says_more_is_not_guessed(text: str) -> None:
    assert meaning_of(text) is None
    assert typed.answer([CONNECTED], text) is None


def test_somebody_new_is_shown_the_ways_in() -> None:
    for text in ("hello", "join", "I need a mentor", "profile"):
        assert labels(answer(text, "stranger")) == ["Join as mentee", "Join as mentor"], text


def test_words_lead_to_the_buttons_of_ones_own_home() -> None:
    connected = "connection, mentee: session ahead"
    theirs = {button.spoken for button in pressed(home([CONNECTED]).parts)}
    for text in ("sessions", "who is my mentor", "preferences", "leave", "stop reminding me"):
        found = {button.spoken for button in pressed(answer(text, connected).parts)}
        assert found, text
        assert found <= theirs, text
    assert labels(answer("I need a mentor", "request choosing"))[0] == "Find mentors"
    said = answer("hello", "mentor is asked")
    assert "Accept" in labels(said)
    assert "asks you to be their mentor" in plain(said.parts, None), "nothing is to be pressed without its words"


def test_whoever_asks_for_their_mentor_reads_the_name_and_how_it_stands() -> None:
    said = plain(answer("who is my mentor?", "connection, mentee: session ahead").parts, None)
    assert "Prof. Katherine Bell, your mentor" in said
    assert "session" in said


def test_a_buttons_label_or_spoken_name_is_understood() -> None:
    for button in pressed(home([CONNECTED]).parts):
        for text in (button.label, button.label.upper(), f"{button.spoken}, please"):
            answered = typed.answer([CONNECTED], text)
            assert answered is not None, text
            assert any(each == button for each in pressed(answered.parts)), text


def test_what_looks_the_same_is_told_apart() -> None:
    both = typed.answer([HOMES["mentor is asked"], CONNECTED], "view")
    assert both is not None
    assert "View the request of Dr Amara Okafor" in plain(both.parts, None)


def test_of_several_schemes_each_button_says_its_own() -> None:
    other = some.home(held=some.SCHEME.model_copy(update={"key": "nurses", "name": "Nurses"}))
    said = typed.answer([STRANGER, other], "join")
    assert said is not None
    assert {button.scheme for button in pressed(said.parts)} == {STRANGER.scheme.key, "nurses"}


@given(st.text(max_size=300))
def test_nothing_that_is_typed_breaks_it_or_is_said_back(text: str) -> None:
    answered = typed.answer([CONNECTED], text)
    if answered is not None:
        known = any(
            names(text, button.label) or names(text, button.spoken) for button in pressed(home([CONNECTED]).parts)
        )
        assert known or meaning_of(text)
