"""The fields of the bot's own forms, described once: drawn from here, with hints and what was given before, and read
back by the same description. The fields of a scheme's forms are in the scheme's file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any, Final

from bot.dialogs.parts import (
    Choice,
    Choices,
    DateInput,
    FileInput,
    Form,
    NumberInput,
    Part,
    PersonInput,
    TextInput,
    TimeInput,
)
from bot.lifecycle.exchange import LONGEST as MOST_CHARACTERS
from bot.lifecycle.intake import MOST_PLACES, options
from bot.lifecycle.pairs import Because
from bot.lifecycle.planning import MOST, MOST_WEEKS
from bot.lifecycle.sessions import LONGEST, SHORTEST
from bot.schemes.fields import FormField
from bot.schemes.roles import Training
from bot.schemes.rounds import MOST_PLACES as MOST_IN_ROUND

REASON: Final = TextInput("reason", "Reason", required=False, long=True, longest=600)
QUESTION: Final = TextInput("question", "Your question", long=True, longest=1000)
ANSWER: Final = TextInput("office:answer", "Your answer", long=True, longest=1000)
"""Beside the fields of a scheme's form, whose keys have no colon."""
REPLY: Final = TextInput("reply", "Your words", long=True, longest=1000)
FAREWELL: Final = TextInput("reply", "Your words to both", required=False, long=True, longest=1000)
MESSAGE: Final = TextInput("message", "Your message", long=True, longest=MOST_CHARACTERS)
WORDS: Final = TextInput("words", "Your words", long=True, longest=1000)
ANY_TOPIC: Final = "Any topic"
CAN_BE_ASKED: Final = "Those who can be asked now"
TOPIC: Final = Choice("topic", "Topic", (ANY_TOPIC,))  # and the topics of the scheme
SHOWN: Final = Choice("shown", "Mentors to show", (CAN_BE_ASKED, "All"))
TO_THEM: Final = TextInput("reply", "Your words to them", required=False, long=True, longest=1000)
FOR_OFFICE: Final = TextInput(
    "reason", "The reason, for the office alone", required=False, long=True, longest=600,
    hint="Neither of them reads it. Leave it empty if you like.",
)  # fmt: skip
FIND: Final = TextInput(
    "find", "Find", required=False, longest=100, hint="Names, e-mail addresses, posts, topics: all of the words."
)  # fmt: skip
IN_AUDIT: Final = TextInput("words", "Find", required=False, longest=100)
FILTER: Final = Choice("filter", "Show", ("All",))  # and what each list can be narrowed by
OF_ROLE: Final = Choice("role", "Role", ("Mentees and mentors",))  # and each alone
_TRAINED_ON: Final = DateInput("trained_on", "Completed on")

PERSON: Final = PersonInput("person", "Whom?")

COLLEAGUE: Final = PersonInput(
    "colleague", "Suggest a colleague", required=False, hint="Somebody who may suit them. Leave it empty if you like."
)

GENERAL: Final = "The scheme in general, or somebody else"
CONCERN_ABOUT: Final = Choice("about", "Whom or what is it about?", (GENERAL,))  # and whom the reporter has to do with
CONCERN_PERSON: Final = PersonInput(
    "person", "Or somebody else here", required=False, hint="Leave it empty if they are not here: name them below."
)
CONCERN_TEXT: Final = TextInput("text", "What happened?", long=True, longest=3000)
CONCERN_REACH: Final = TextInput(
    "reach", "How and when may we reach you?", required=False, long=True, longest=600,
    hint="A telephone number, an address, times that suit. Leave it empty if chat is fine.",
)  # fmt: skip
MORE: Final = TextInput("text", "Your words", long=True, longest=3000)
CONCERN_REPLY: Final = TextInput(
    "reply", "Words for whoever raised it", required=False, long=True, longest=1000, hint="Leave it empty if you like."
)
CONCERN_NOTE: Final = TextInput(
    "note", "A note for whoever takes it up", required=False, long=True, longest=2000,
    hint="Whoever raised it does not read it. Leave it empty if you like.",
)  # fmt: skip
CONTACT_ON: Final = DateInput("on", "When?")

DAY: Final = DateInput("day", "Date")
START: Final = TimeInput("time", "Start")
MINUTES: Final = NumberInput("minutes", "Length in minutes", SHORTEST, LONGEST)
MODE: Final = Choice("mode", "How will you meet?", ("In person",))  # its options are those of the scheme
PLACE: Final = TextInput("place", "Place", required=False, longest=300)
FIRST: Final = replace(DAY, label="First session on")
WEEKS: Final = NumberInput("weeks", "Weeks from one to the next", 1, MOST_WEEKS)
COUNT: Final = NumberInput("count", "How many sessions", 1, MOST)
NOTE: Final = TextInput("note", "A word to them", required=False, long=True, longest=600)

MEETS_ON: Final = replace(DAY, label="Introductory meeting on", required=False, hint="Leave it empty if there is none.")
MEETS_AT: Final = replace(START, label="It begins at", required=False)
MEETS_IN: Final = replace(PLACE, label="Where it is, or a link to join")
ROUND_PLACES: Final = NumberInput("places", "Mentees for them in this round", 0, MOST_IN_ROUND)

BUSY: Final = TextInput(
    "busy", "Busy", required=False, long=True, longest=3000,
    hint="One a line: Tuesdays 14:00–16:00, 3 Dec 9–12, 10 Dec – 20 Dec, every Friday. A weekday holds each week.",
)  # fmt: skip
FREE: Final = TextInput(
    "free", "Free besides my working hours", required=False, long=True, longest=3000,
    hint="Likewise: Thursdays 18:00–20:00, Sat 5 Dec 10–12. A day without times means your working hours.",
)  # fmt: skip

HOW_IT_CAME: Final[Mapping[str, Because]] = {
    "We agreed to move it": "agreed",
    "Something came up for me": "came_up",
    "I waited, and we did not meet": "waited",
}
BECAUSE: Final = Choice("because", "How did that come about?", tuple(HOW_IT_CAME), required=False)

WORKS_FROM: Final = TimeInput("from", "From")
WORKS_TO: Final = TimeInput("to", "To")
DAYS: Final = Choices(
    "days", "On which days?", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
)
FILE: Final = FileInput("file", "File", ("csv", "txt"), hint="CSV, up to 5 MB. A workbook: save it as CSV first.")
MEMBERS: Final = "Members"
RUNNING: Final = "Running connections"
WHAT: Final = Choice("what", "What does it hold?", (MEMBERS, RUNNING), initial=MEMBERS)
TELL: Final = "Send each of them a message"
TELL_NOT: Final = "Tell nobody"
HEAR: Final = Choice("hear", "Those who are new", (TELL, TELL_NOT), initial=TELL)
OPEN: Final = "Open"
CLOSED: Final = "Closed"
INTAKE: Final = Choice("intake", "Intake", (OPEN, CLOSED))
PLACES: Final = NumberInput(
    "places",
    "Places",
    1,
    MOST_PLACES,
    required=False,
    hint="The most people at one time; empty: any number.",
)
CRITERIA: Final = TextInput(
    "criteria", "Who it is for", required=False, long=True, longest=3000,
    hint="One criterion a line. People read this before they ask to join.",
)  # fmt: skip
UNTIL: Final = DateInput("until", "Back on")
FIRST_DAY: Final = DateInput("since", "From", hint="The first day that counts.")
LAST_DAY: Final = DateInput("until", "To", hint="The last day that counts; it is over.")
ENDS_ON: Final = DateInput("until", "Ends on")
STILL_ANSWER: Final = "I still answer it"
HAND_ON: Final = "Ask somebody else"
WAITING: Final = Choice("waiting", "Requests that wait", ("They still answer", HAND_ON), initial=HAND_ON)
STILL_OPEN: Final = "It stays open: I see to it"
LEFT_AS_IT_IS: Final = "It is left as it is"
HOW_IT_GOES_ON: Final = Choice("goes_on", "And then?", (STILL_OPEN, LEFT_AS_IT_IS), initial=STILL_OPEN)
GO_ON: Final = "We go on meeting"
REST: Final = "We rest until I am back"
START_AGAIN: Final = "Start them again"
AGAIN: Final = Choice("again", "Reminders that you have stopped", ("Leave them", START_AGAIN), initial="Leave them")


def filled_in(form: Form, entered: Mapping[str, Any]) -> Form:
    """The form with what stands in its fields already, as far as that fits."""
    return replace(form, parts=tuple(_filled(part, entered) for part in form.parts))


def _filled(part: Part, entered: Mapping[str, Any]) -> Part:
    match part:
        case TextInput(key=key) if isinstance(value := entered.get(key), str):
            return replace(part, initial=value)
        case NumberInput(key=key) if isinstance(value := entered.get(key), int):
            return replace(part, initial=value)
        case DateInput(key=key) if isinstance(value := entered.get(key), date):
            return replace(part, initial=value)
        case TimeInput(key=key) if isinstance(value := entered.get(key), time):
            return replace(part, initial=value)
        case Choice(key=key, options=options) if (value := entered.get(key)) in options:
            return replace(part, initial=value)
        case _:
            return part


def planned_day(number: int, of: int) -> DateInput:
    """The day of one session of a plan; `number` counts those of the plan from 0, `of` is the session's own."""
    return replace(DAY, key=f"day:{number}", label=f"Session {of}")


def choice_about(about: str, label: str = "", options: tuple[str, ...] = (STILL_ANSWER, HAND_ON)) -> Choice:
    """What becomes of one request or mentee while somebody pauses: the first option, unless they choose another."""
    return Choice(f"about:{about}", label or about, options, initial=options[0])


def completed_on(training: Training) -> DateInput:
    """The day on which somebody completed that training."""
    return replace(_TRAINED_ON, key=f"{_TRAINED_ON.key}:{training.key}", label=f"{training.name} completed on")


def meeting(question: FormField) -> Choices:
    """Which answers to a question of the application meet the criteria."""
    label = f"Meets the criteria: {question.heading}"
    return Choices(f"meets:{question.key}", label[:150], options(question), initial=question.meets)
