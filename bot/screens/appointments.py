"""A session as a file for its reader's calendar."""

from typing import Final

from bot.calendars import ics
from bot.calendars.ics import Attendee, Invitation
from bot.dialogs.parts import Attachment
from bot.dialogs.view_models import SessionView
from bot.lifecycle.people import Person

NAME: Final = "session.ics"


def appointment(view: SessionView) -> Attachment | None:
    """What puts it into a calendar as it stands now, moves it there, or takes it out again; None: it never had a time.
    The same session is the same appointment, and its revision says which file is the later one."""
    session, pair = view.session, view.pair
    at = session.starts_at or session.was_at
    if at is None:
        return None
    scheme = pair.scheme
    invitation = Invitation(
        uid=f"{session.id}@{scheme.key}",
        sequence=session.revision,
        starts_at=at,
        minutes=session.minutes,
        title=f"Mentoring session {session.number}: {pair.mentee.name} and {pair.mentor.name}",
        organiser=Attendee(scheme.name, scheme.contact),
        attendees=tuple(filter(None, map(_attendee, (pair.mentee, pair.mentor)))),
        place=session.place or session.mode,
        text=f"{session.mode}\n{scheme.name}" if session.mode else scheme.name,
    )
    stands = session.state in {"scheduled", "completed"} and session.starts_at is not None
    return Attachment(NAME, (ics.request if stands else ics.cancel)(invitation, pair.now), ics.MEDIA_TYPE)


def _attendee(person: Person) -> Attendee | None:
    return Attendee(person.name, person.email) if person.email else None
