"""Words about a connection: who it is with, how to reach them, the agreement, and all of it at one glance."""

from bot.dialogs import forms
from bot.dialogs.parts import (
    Bold,
    Button,
    Divider,
    Facts,
    Form,
    Heading,
    Mention,
    Message,
    Note,
    Notice,
    Part,
    Run,
    When,
)
from bot.dialogs.pictures import ConnectionPicture, Face
from bot.dialogs.wording import buttons, sessions
from bot.dialogs.wording.said import cut, heading, message, notice, press, say, small
from bot.lifecycle.connections import Session


def accepted(picture: ConnectionPicture) -> Message:
    """The mentee hears the good news, how to reach the mentor, and what comes next."""
    return _connected(picture, "Good news: ", Bold(picture.mentor.name), " has accepted your mentoring request.")


def connected(picture: ConnectionPicture) -> Message:
    """The mentor's side of the same moment."""
    return _connected(picture, "You are now connected with ", Bold(picture.mentee.name), ", your mentee.")


def _connected(picture: ConnectionPicture, *news: Run) -> Message:
    reach = reach_runs(picture)
    lines = (say(*news), *((say(*reach),) if reach else ()), say(*standing(picture)), small(*_span(picture)))
    return message(picture.me, *lines, press(*todo(picture)))


def reach_runs(picture: ConnectionPicture) -> tuple[Run, ...]:
    """How to reach the other party, as far as the scheme shows it."""
    other, shown = picture.other, picture.scheme.contact_details.connected
    if shown == "none":
        return ()
    mail = f" or by e-mail: {other.email}" if shown == "email" and other.email else "."
    return ("Reach ", Mention(other.user, other.name), " here in chat", mail)


def todo(picture: ConnectionPicture) -> tuple[Button, ...]:
    """What the viewer can do now, the first thing first."""
    mine = picture.connection.agreed_at(picture.viewer)
    view = buttons.view_connection(picture.connection.id, picture.other.name)
    if picture.connection.state != "active":
        return (view,)
    if picture.connection.agreed:
        return (*sessions.session_buttons(picture, sessions.next_session(picture)), view)
    return (_agreement_button(picture, primary=mine is None), view)


def _agreement_button(picture: ConnectionPicture, *, primary: bool = False) -> Button:
    return buttons.read_agreement(picture.connection.id, picture.other.name, primary=primary)


def standing(picture: ConnectionPicture) -> tuple[Run, ...]:
    """How a connection stands and what comes next, in one line for its viewer."""
    connection, other = picture.connection, picture.other.first
    agreement = picture.scheme.words.agreement
    if connection.state != "active":
        return ("This connection has ended.",)
    if connection.agreed:
        return sessions.standing(picture)
    if connection.agreed_at(picture.viewer) is not None:
        return (f"You have accepted the {agreement}; as soon as {other} has too, either of you can set session 1.",)
    if connection.agreed_at(picture.other.person) is not None:
        return (f"{other} has accepted the {agreement}. Once you have too, either of you can set session 1.",)
    return (f"Next, read and accept the {agreement}. Once you both have, either of you can set session 1.",)


def agreement_form(picture: ConnectionPicture) -> Form:
    """The agreement to read and accept; once accepted, to read."""
    connection, accepted_already = picture.connection, picture.connection.agreed_at(picture.viewer) is not None
    parts: list[Part] = [say(f"Between {picture.mentee.name} (mentee) and {picture.mentor.name} (mentor).")]
    parts += [say(f"{n}. {text}") for n, text in enumerate(connection.terms.text, 1)]
    parts += [_signed(picture, face) for face in (picture.mentee, picture.mentor)]
    name = cut(connection.terms.title, 24)
    if accepted_already:
        return Form("open_agreement", name, tuple(parts), connection.id)
    return Form("agree", name, tuple(parts), connection.id, "Accept agreement")


def _signed(picture: ConnectionPicture, face: Face) -> Note:
    mine = face.person == picture.viewer
    at = picture.connection.agreed_at(face.person)
    if at is None:
        return small("You have not accepted yet." if mine else f"{face.name} has not accepted yet.")
    return small(f"{'You' if mine else face.name} accepted on ", When(at, "day"), ".")


def agreed_notice(picture: ConnectionPicture) -> Notice:
    """The answer to accepting the agreement."""
    if picture.connection.agreed:
        text = "You have both accepted. Either of you can set the first session now."
        first = sessions.session_buttons(picture, sessions.next_session(picture))
        return notice("Accepted", text, press(*first))
    then = f"As soon as {picture.other.first} has accepted too, either of you can set the first session."
    return notice("Accepted", f"Thank you. {then} You hear from us here.")


def agreement_waits(picture: ConnectionPicture) -> Message | None:
    """The other has accepted the agreement; None once this one has too."""
    if picture.connection.agreed_at(picture.viewer) is not None:
        return None
    head = say(Bold(picture.other.name), f" has accepted the {picture.scheme.words.agreement}.")
    then = say("Once you have read and accepted it too, either of you can set the first session.")
    return message(picture.me, head, then, press(*todo(picture)))


def both_agreed(picture: ConnectionPicture) -> Message:
    """Both have accepted: the first session can be set."""
    agreement, advice = picture.scheme.words.agreement, picture.scheme.sessions.advice
    head = say("You and ", Bold(picture.other.name), f" have both accepted the {agreement}.")
    session = sessions.next_session(picture)
    active = picture.connection.state == "active"
    fresh = active and session is not None and session.number == 1 and session.starts_at is None
    then = say("Either of you can set the first session now.") if fresh else say(*standing(picture))
    return message(picture.me, head, then, *((small(advice),) if advice else ()), press(*todo(picture)))


def view_form(picture: ConnectionPicture) -> Form:
    """The whole of a connection: sessions, both people, the agreement."""
    connection, reach = picture.connection, reach_runs(picture)
    parts: list[Part] = [heading(f"{picture.other.name}, your {picture.role_of_other}")]
    parts += [say(*reach)] if reach else []
    parts += [small(*standing(picture)), small(*_span(picture)), Heading("Sessions")]
    for session in connection.sessions:
        parts += _session_lines(picture, session)
    going_on = connection.agreed and connection.state == "active"
    more = (buttons.add_session(connection.id, picture.other.name),) if going_on else ()
    parts.append(press(*more, _agreement_button(picture, primary=connection.agreed_at(picture.viewer) is None)))
    parts += _profiles(picture)
    return Form("open_connection", "Connection", tuple(parts), subject=connection.id)


def _span(picture: ConnectionPicture) -> tuple[Run, ...]:
    connection = picture.connection
    began: tuple[Run, ...] = ("Connected since ", When(connection.began_at, "day"))
    if connection.ends_at is None:
        return (*began, ".")
    return (*began, "; the mentoring lasts until ", When(connection.ends_at, "day"), ".")


def _session_lines(picture: ConnectionPicture, session: Session) -> list[Part]:
    """A session and what can be done about it; before the agreement Schedule says what is still to come first."""
    state = {"planned": "no time yet", "scheduled": "scheduled", "completed": "completed"}[session.state]
    runs: tuple[Run, ...] = (Bold(f"Session {session.number}"), f": {state}")
    if session.starts_at is not None:
        details = [f"{session.minutes} minutes", session.way.lower(), session.place]
        runs = (*runs, ", ", When(session.starts_at), *(f", {detail}" for detail in details if detail))
    going_on = picture.connection.state == "active" and session.state != "completed"
    pressed = sessions.session_buttons(picture, session) if going_on else ()
    return [say(*runs), *((press(*pressed),) if pressed else ())]


def _profiles(picture: ConnectionPicture) -> list[Part]:
    scheme, profile = picture.scheme, picture.profile
    asked = forms.facts(scheme.forms.request, picture.request.answers, {"both"})
    offered = (
        forms.facts(scheme.forms.mentor_profile, profile.profile, {"both"}) if profile and profile.profile else None
    )
    both: list[tuple[str, Facts | None]] = [
        (f"{picture.mentee.name}, mentee", asked), (f"{picture.mentor.name}, mentor", offered),
    ]  # fmt: skip
    shown = [part for name, facts in both if facts for part in (say(Bold(name)), facts)]
    return [Divider(), Heading("Profiles"), *shown] if shown else []
