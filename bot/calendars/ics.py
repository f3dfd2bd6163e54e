"""A session as an iCalendar file, for whatever calendar somebody uses: an invitation, its change, and its end.

Sources: RFC 5545 (the file) and RFC 5546 (what asks and what calls off). Moments are written in UTC, which needs no
rules of any zone: each calendar shows them on its owner's wall clock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from icalendar import Calendar, Event, vCalAddress, vText

from bot.calendars.calendar import Attendee

MEDIA_TYPE: Final = "text/calendar"
_PRODUCT: Final = "-//mentorbot//EN"
_REFRESHED: Final = timedelta(hours=1), "PT1H"
"""How often a calendar is asked to look again; each looks as often as it likes."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One session for a calendar. `uid` stays the same for as long as there is the session; `sequence` rises with each
    change, and says which of two files is the later one. `starts_at` is aware."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    title: str
    organiser: Attendee
    attendees: Sequence[Attendee]
    place: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """A session in a file that is fetched again and again. `changed_at`: since when it is as it is."""

    invitation: Invitation
    changed_at: datetime


def request(invitation: Invitation, now: datetime) -> bytes:
    """It is asked for, or has changed."""
    return _file("REQUEST", "CONFIRMED", invitation, now)


def cancel(invitation: Invitation, now: datetime) -> bytes:
    """It is off. Its `sequence` is later than that of every request."""
    return _file("CANCEL", "CANCELLED", invitation, now)


def published(name: str, sessions: Iterable[Published]) -> bytes:
    """All of somebody's sessions, as a calendar of that name. The same sessions make the same file, to the byte.

    Sources: RFC 5546, 3.2.1 (no attendees: nobody is asked anything), RFC 7986 (its name, and how often to look); the
    two names that begin with X are what Apple's, Google's and Microsoft's calendars read instead.
    """
    calendar = _calendar("PUBLISH")
    for each in ("name", "x-wr-calname"):
        calendar.add(each, name)
    calendar.add("refresh-interval", _REFRESHED[0], parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", _REFRESHED[1])
    for session in sessions:
        calendar.add_component(_event("CONFIRMED", session.invitation, session.changed_at))
    return bytes(calendar.to_ical())


def _file(method: str, status: Literal["CONFIRMED", "CANCELLED"], invitation: Invitation, now: datetime) -> bytes:
    calendar = _calendar(method)
    calendar.add_component(_event(status, invitation, now))
    return bytes(calendar.to_ical())


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    for name, value in (("prodid", _PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", method)):
        calendar.add(name, value)
    return calendar


def _event(status: str, invitation: Invitation, stamp: datetime) -> Event:
    event, starts_at = Event(), invitation.starts_at.astimezone(UTC)
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + timedelta(minutes=invitation.minutes))
    event.add("summary", invitation.title)
    event.add("status", status)
    event.add("organizer", _address(invitation.organiser))
    for each in invitation.attendees:
        # Nobody reads a calendar's answers: whether a time suits is said in chat.
        address = _address(each, role="REQ-PARTICIPANT", partstat="NEEDS-ACTION", rsvp="FALSE")
        event.add("attendee", address, encode=False)
    for name, text in (("location", invitation.place), ("description", invitation.text)):
        if text:
            event.add(name, text)
    return event


def _address(who: Attendee, **said: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{who.email}")
    for name, value in {"cn": who.name, **said}.items():
        address.params[name.upper()] = vText(value)
    return address
