"""A session as an iCalendar file, for whatever calendar somebody uses: an invitation, its change, and its end.

Sources: RFC 5545 (the file) and RFC 5546 (what asks and what calls off). Moments are written in UTC, which needs no
rules of any zone: each calendar shows them on its owner's wall clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from icalendar import Calendar, Event, vCalAddress, vText

MEDIA_TYPE: Final = "text/calendar"
_PRODUCT: Final = "-//mentorbot//EN"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody by name and e-mail address."""

    name: str
    email: str


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


def request(invitation: Invitation, now: datetime) -> bytes:
    """It is asked for, or has changed."""
    return _file("REQUEST", "CONFIRMED", invitation, now)


def cancel(invitation: Invitation, now: datetime) -> bytes:
    """It is off. Its `sequence` is later than that of every request."""
    return _file("CANCEL", "CANCELLED", invitation, now)


def _file(method: str, status: Literal["CONFIRMED", "CANCELLED"], invitation: Invitation, now: datetime) -> bytes:
    calendar = Calendar()
    for name, value in (("prodid", _PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", method)):
        calendar.add(name, value)
    calendar.add_component(_event(status, invitation, now))
    return bytes(calendar.to_ical())


def _event(status: str, invitation: Invitation, now: datetime) -> Event:
    event, starts_at = Event(), invitation.starts_at.astimezone(UTC)
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", now.astimezone(UTC))
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
