"""A session as a file for its reader's calendar."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.calendars import ics
from bot.calendars.calendar import Attendee
from bot.calendars.ics import Invitation
from bot.dialogs.parts import Attachment
from bot.dialogs.view_models.sessions import SessionView
from bot.lifecycle.pairs import Session
from bot.lifecycle.people import Person
from bot.schemes.scheme import Scheme

NAME: Final = "session.ics"


def appointment(view: SessionView) -> Attachment | None:
    """What puts it into a calendar as it stands now, moves it there, or takes it out again; None: it never had a time.
    The same session is the same appointment, and its revision says which file is the later one."""
    session, pair = view.session, view.pair
    at = session.starts_at or session.was_at
    if at is None:
        return None
    attendees = tuple(filter(None, map(_attendee, (pair.mentee, pair.mentor))))
    about = replace(invitation(pair.scheme, session, at, pair.mentee.name, pair.mentor.name), attendees=attendees)
    stands = session.state in {"scheduled", "completed"} and session.starts_at is not None
    return Attachment(NAME, (ics.request if stands else ics.cancel)(about, pair.now), ics.MEDIA_TYPE)


def invitation(scheme: Scheme, session: Session, at: datetime, mentee: str, mentor: str) -> Invitation:
    """A session at that moment, before it is said who is asked. `mentee`, `mentor`: their names."""
    return Invitation(
        uid=f"{session.id}@{scheme.key}",
        sequence=session.revision,
        starts_at=at,
        minutes=session.minutes,
        title=f"Mentoring session {session.number}: {mentee} and {mentor}",
        organiser=Attendee(scheme.name, scheme.contact),
        attendees=(),
        place=session.place or session.mode,
        text=f"{session.mode}\n{scheme.name}" if session.mode else scheme.name,
    )


def _attendee(person: Person) -> Attendee | None:
    return Attendee(person.name, person.email) if person.email else None
