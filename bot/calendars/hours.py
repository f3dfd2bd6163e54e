"""When somebody meets, from what is known of them: their working hours, and what they have answered. Pure."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from bot.calendars.slots import Hours
from bot.lifecycle.member import Member
from bot.lifecycle.people import Person
from bot.schemes.fields import YES_NO
from bot.schemes.hours import HoursAnswer
from bot.schemes.scheme import Scheme


def hours(person: Person, member: Member | None, scheme: Scheme, free_of_work: Collection[date] = ()) -> Hours:
    """The hours of a person in a scheme, by their membership in the role in which they meet. Of answers that
    contradict each other the one that opens less holds: nobody is proposed an hour that they have said no to."""
    said = tuple(_said(member, scheme)) if member else ()
    at_work = ((person.works_from, person.works_to),) if all(each.working_hours for each in said) else ()
    return Hours(
        person.zone,
        windows=(*at_work, *(window for each in said for window in each.also)),
        days=person.works_days,
        other_days=tuple(window for each in said for window in each.days_off),
        preferred=tuple(window for each in said for window in each.rather),
        free_of_work=frozenset(free_of_work),
    )


def _said(member: Member, scheme: Scheme) -> Iterator[HoursAnswer]:
    """What the member's answers say, as the scheme's file reads them today."""
    answers = {**(member.profile or {}), **(member.preferences or {})}
    return (rule for rule in scheme.sessions.hours if _gave(answers.get(rule.field), rule.answer))


def _gave(answer: Any, wanted: str) -> bool:
    if isinstance(answer, bool):
        return wanted == YES_NO[0 if answer else 1]
    return wanted in answer if isinstance(answer, list | tuple) else wanted == answer
