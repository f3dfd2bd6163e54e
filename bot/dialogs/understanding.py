"""What people mean who type to the bot: the dozen things that are typed, by the words that count in them.

Nothing is guessed from a whole sentence: where any word is left over that is not known, nothing is understood, and a
person's address is given instead. Pure, and nothing typed is kept.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Meaning(StrEnum):
    """One thing that people type."""

    GREETING = "greeting"
    HELP = "help"
    HOME = "home"
    JOIN = "join"
    CONNECTIONS = "connections"
    SESSIONS = "sessions"
    HOURS = "hours"
    PORTFOLIO = "portfolio"
    PREFERENCES = "preferences"
    PROFILE = "profile"
    REMINDERS = "reminders"
    PAUSE = "pause"
    LEAVE = "leave"
    DATA = "data"
    CONCERN = "concern"
    THANKS = "thanks"
    SOMEBODY = "somebody"


_TYPED: Final[Mapping[Meaning, str]] = {
    Meaning.GREETING: "hello; hi; hey; good morning; good afternoon; good evening",
    Meaning.HELP: "help; help me; start; commands; what can you do; how does this work; what do i do; what now",
    Meaning.HOME: "menu; main menu; home; home page; show home; show menu; open home; open menu; go home; overview",
    Meaning.JOIN: "join; join the scheme; join as mentee; join as mentor; sign up; register; apply; take part; "
    "become a mentor; become a mentee; be a mentor; be a mentee",
    Meaning.CONNECTIONS: "mentor; find a mentor; request a mentor; get a mentor; new mentor; another mentor; request; "
    "my request; who is my mentor; whos my mentor; who are my mentees; mentee; mentees; connection; connections",
    Meaning.SESSIONS: "session; sessions; meeting; meetings; schedule; next session; when is my next session; "
    "when is my session; book a session; plan a session; change the session; move the session; reschedule; "
    "cancel the session; next meeting; when is my next meeting; book a meeting",
    Meaning.HOURS: "hours; my hours; statement of hours; attendance; evidence of attendance; how many hours; "
    "certificate of attendance",
    Meaning.PORTFOLIO: "portfolio; my portfolio; print my portfolio; evidence; proof of mentoring; paper to sign",
    Meaning.PREFERENCES: "preferences; change preferences; update preferences; settings",
    Meaning.PROFILE: "profile; change profile; update profile; edit profile",
    Meaning.REMINDERS: "reminders; stop; stop reminders; stop reminding me; stop messages; too many messages; "
    "too many reminders; notifications; stop notifications; unsubscribe; mute; working hours",
    Meaning.PAUSE: "pause; break; take a break; holiday; on holiday; away; on leave; resume; back; im back",
    Meaning.LEAVE: "leave; leave the scheme; quit; opt out; remove me; withdraw; cancel my membership",
    Meaning.DATA: "delete my data; delete me; delete my account; erase my data; forget me; my data; privacy; gdpr; "
    "what do you know about me; what do you keep about me",
    Meaning.CONCERN: "concern; concerns; complaint; complaints; complain; raise a concern; report a concern; "
    "report something; report a person; report somebody; report my mentor; report my mentee; make a complaint; "
    "file a complaint; i have a concern; i have a complaint; harassment; bullying; abuse; safeguarding; "
    "something is wrong; something went wrong; i do not feel safe; i dont feel safe; whistleblowing; speak up; "
    "misconduct",
    Meaning.THANKS: "thank you; thanks; thanks a lot; many thanks; thank you very much; cheers; great; perfect; ok",
    Meaning.SOMEBODY: "human; person; a real person; talk to a human; talk to a person; talk to somebody; "
    "talk to someone; speak to somebody; speak to someone; contact; contact the office; office; administrator",
}
_OF_NO_WEIGHT: Final = frozenset(
    re.findall(
        r"\w+",
        "a an the i im id ive me my you your to is am are do does can could would will like want need please now just "
        "and for as of it there",
    )
)
_GREETED: Final = frozenset({"hello", "hi", "hey"})
_LONGEST: Final = 200
"""Characters of what was typed that are looked at: the dozen are short."""


def words_of(text: str) -> frozenset[str]:
    """The words that count; all of them where none would be left."""
    every = re.findall(r"\w+", re.sub(r"['’]", "", text[:_LONGEST].casefold()))
    counting = frozenset(every) - _OF_NO_WEIGHT
    return (counting - _GREETED or counting) or frozenset(every)


_MEANINGS: Final = {words_of(phrase): meaning for meaning, typed in _TYPED.items() for phrase in typed.split(";")}


def meaning_of(text: str) -> Meaning | None:
    """What was meant; None: not understood."""
    return _MEANINGS.get(words_of(text)) if len(text) <= _LONGEST else None


def names(text: str, label: str) -> bool:
    """Whether a button's label, or its spoken name, was typed."""
    return words_of(text) == words_of(label)
