"""What a calendar is to do for a session, as the session stands now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection as Db

from bot.calendars.calendar import Appointment, Attendee
from bot.dialogs.view_models.sessions import SessionView
from bot.dialogs.wording import events as wording
from bot.lifecycle import placing
from bot.schemes.scheme import Scheme
from bot.screens import pairs as screens
from bot.storage import pairs

LOOKED_FOR: Final = timedelta(days=62)
"""How far ahead other times are looked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to do in a calendar: `appointment` is to be placed, or is how `event` is to be; without one the event
    is called off, with the comment. Where it is not `known` whether there is an event, that of the appointment is
    looked for, and called off. `looked_at`: who must not be busy then; `stands_at`: when the event begins that
    makes them busy itself."""

    session: str
    revision: int
    mailbox: str
    event: str | None
    appointment: Appointment | None
    comment: str
    looked_at: tuple[str, ...] = ()
    stands_at: datetime | None = None
    other_times: tuple[datetime, datetime] | None = None
    """Between when other times are looked for, where one of them is busy."""
    known: bool = True


def wanted(db: Db, scheme: Scheme, session_id: str, now: datetime, *, doubtful: bool = False) -> Wanted | None:
    """What is to be done for that session; None: its calendar shows it as it stands. `doubtful`: an event may have been
    made of which nobody has heard."""
    pair = pairs.by_session(db, scheme.key, session_id)
    session = pair.session(session_id)
    lost = doubtful and placing.may_be_lost(session)
    if session.mailbox is None or not (lost or placing.behind(session)):
        return None
    view = screens.session_of(screens.of_both(db, scheme, pair, now), session_id)
    start = session.starts_at if session.state == "scheduled" else None
    at = start or session.was_at or session.starts_at
    said = (session.id, session.revision, session.mailbox, session.event)
    if at is None or (start is None and not lost):
        return Wanted(*said, None, wording.called_off(view))
    attendees = _attendees(view, session.mailbox)
    organised = view.pair.mentor if view.pair.mentor.email == session.mailbox else view.pair.mentee
    appointment = Appointment(
        placing.transaction(session), wording.title(view), at, session.minutes, organised.zone, attendees,
        place=session.place, online=session.mode in scheme.calendar.online and not session.place,
        text=wording.text(view),
    )  # fmt: skip
    if start is None:
        return Wanted(*said, appointment, wording.called_off(view), known=False)
    # Not the scheme's own mailbox, in which the sessions of many stand beside each other.
    looked_at = view.pair.addresses if placing.to_be_looked_at(session) else ()
    return Wanted(*said, appointment, "", looked_at, session.event_at, (now, now + LOOKED_FOR))


def whom(db: Db, scheme: Scheme, session_id: str, now: datetime) -> tuple[str, ...]:
    """The addresses of the two who are to meet, as far as they have any."""
    return screens.of_both(db, scheme, pairs.by_session(db, scheme.key, session_id), now).addresses


def _attendees(view: SessionView, mailbox: str) -> tuple[Attendee, ...]:
    """The two of the pair who have an address, but for the one whose calendar it is."""
    both = (view.pair.mentee, view.pair.mentor)
    return tuple(Attendee(each.name, each.email) for each in both if each.email and each.email != mailbox)
