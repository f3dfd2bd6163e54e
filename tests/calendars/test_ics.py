"""Invitations as files: read back, they say what was meant, and carry what RFC 5546 asks of them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.calendars.calendar import Attendee
from bot.calendars.ics import Invitation, cancel, request

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
OFFICE = Attendee("BCS Academy", "academy@example.org")
ADA, BEA = Attendee("Ada Lovelace", "ada@example.org"), Attendee("Bea; “the” Second, MD", "bea@example.org")
AT = datetime(2027, 3, 28, 17, 30, tzinfo=ZoneInfo("Europe/London"))
ASKED = Invitation(
    "s1@mentorbot", 2, AT, 60, "Session 1: Ada and Bea", OFFICE, (ADA, BEA), "Room 4", "Bring your goals."
)


def event_of(written: bytes) -> tuple[Any, Any]:
    """The file and its one event."""
    read = Calendar.from_ical(written)
    (event,) = read.walk("VEVENT")
    return read, event


@pytest.mark.covers("A22")
def test_an_invitation_says_when_where_and_who() -> None:
    read, event = event_of(request(ASKED, NOW))
    assert (str(read["METHOD"]), str(read["VERSION"]), bool(read["PRODID"])) == ("REQUEST", "2.0", True)
    assert (str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"])) == ("s1@mentorbot", 2, "CONFIRMED")
    assert event.decoded("DTSTART") == AT, "summer time has begun that morning"
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=1)
    assert event.decoded("DTSTAMP") == NOW
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Session 1: Ada and Bea", "Room 4")
    assert str(event["ORGANIZER"]) == "mailto:academy@example.org"
    attendees = [(str(each), str(each.params["CN"]), str(each.params["RSVP"])) for each in event["ATTENDEE"]]
    assert attendees == [
        ("mailto:ada@example.org", "Ada Lovelace", "FALSE"),
        ("mailto:bea@example.org", "Bea; “the” Second, MD", "FALSE"),
    ]


def test_what_calls_it_off_names_the_same_event_later() -> None:
    off = Invitation(**{name: getattr(ASKED, name) for name in ASKED.__slots__} | {"sequence": 3})
    read, event = event_of(cancel(off, NOW))
    assert (str(read["METHOD"]), str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCEL", "CANCELLED", 3)
    assert str(event["UID"]) == ASKED.uid
    assert {"ORGANIZER", "ATTENDEE", "DTSTAMP"} <= set(event)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_whatever_people_write_is_text_and_no_line_is_too_long(title: str, text: str) -> None:
    """RFC 5545, 3.1: lines of at most 75 octets; nothing that is written begins a property of its own."""
    lines = f"{text}\nATTENDEE:mailto:eve@example.org\r\n{text}"
    written = request(Invitation("s1", 0, AT, 60, f"Session {title}", OFFICE, (ADA,), text=lines), NOW)
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    _, event = event_of(written)
    assert str(event["ATTENDEE"]) == "mailto:ada@example.org"
    assert str(event["SUMMARY"]) == f"Session {title}"
