"""Words about a scheme's offices: who holds them, appointing somebody, and taking an office back."""

from collections.abc import Sequence
from typing import Final

from bot.dialogs import subjects
from bot.dialogs.own_fields import PERSON
from bot.dialogs.parts import Bold, Divider, Form, Message, Notice, Part, Run, Shown, When
from bot.dialogs.view_models.offices import Holder, OfficeList, OfficeView
from bot.dialogs.wording import buttons_of_office
from bot.dialogs.wording.builders import command, heading, message, notice, press, say, small
from bot.lifecycle.offices import Holding
from bot.lifecycle.people import Person
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Office, Power, Scheme

_TITLE = "Offices"
_SHOWN = 12
"""How many holders of one office a window shows."""
_MAY: Final[dict[Power, str]] = {
    "approve_members": "approve members",
    "approve_requests": "approve mentoring requests",
    "record_training": "record trainings",
    "match": "assign mentors",
    "handle_concerns": "take up concerns",
    "see_reports": "see the scheme in numbers",
    "manage_members": "look after members and connections",
    "manage_roles": "appoint to offices",
}


def offices_form(listed: OfficeList) -> Form:
    """Every office with its holders."""
    return Form(Verb.OPEN_OFFICES, _TITLE, _parts(listed))


def offices_notice(listed: OfficeList) -> Notice:
    """The same as the answer to a command."""
    return notice(_TITLE, "", *_parts(listed))


def _parts(listed: OfficeList) -> tuple[Shown, ...]:
    parts = list[Shown]()
    for office in listed.scheme.offices:
        holders = listed.holders[office.key]
        parts += [*((Divider(),) if parts else ()), heading(office.title), small(f"May {may(office)}.")]
        for each in holders[:_SHOWN]:
            parts += _lines(office, each)
        if not holders:
            parts.append(say("Nobody holds it."))
        if len(holders) > _SHOWN:
            parts.append(small(f"And {len(holders) - _SHOWN} more."))
        parts.append(press(buttons_of_office.appoint(office.key, office.title)))
    return tuple(parts)


def may(office: Office) -> str:
    """What the office may do, as the end of a sentence."""
    return may_do(office.powers)


def may_do(powers: Sequence[Power]) -> str:
    """What somebody with these powers may do, likewise."""
    *first, last = [_MAY[power] for power in powers] or ["do nothing yet"]
    return f"{', '.join(first)} and {last}" if first else last


def _lines(office: Office, each: Holder) -> tuple[Shown, ...]:
    by_settings = each.holding.source == "settings"
    by = " by the settings (MENTORBOT_ADMINISTRATORS), where it can be changed." if by_settings else "."
    since: tuple[Run, ...] = (" – since ", When(each.holding.since, "day"), by)
    line = say(Bold(each.person.name), *since)
    if each.why_kept is None:
        return (
            line,
            press(
                buttons_of_office.dismiss(subjects.holding(office.key, each.person.id), each.person.name, office.title)
            ),
        )
    only = each.why_kept.reason == "last_holder"
    return (line, *((small("Nobody else can do all that this office does: appoint somebody first."),) if only else ()))


def appoint_form(scheme: Scheme, key: str, person: Person | None) -> Form:
    """Picking somebody, or being asked first about this person."""
    office = _office(scheme, key)
    if person is None:
        parts: tuple[Part, ...] = (say(f"As {office.title} they may {may(office)}. They are told at once."), PERSON)
        return Form(Verb.APPOINT, "Appoint", parts, key, "Appoint")
    said = say(f"As {office.title}, {person.name} may {may(office)}. They are told at once.")
    return Form(Verb.APPOINT, "Appoint", (said,), subjects.holding(key, person.id), "Appoint")


def nobody_we_know() -> str:
    """Somebody who cannot hold an office, said at the field."""
    return "Please choose somebody who belongs here: apps and people from elsewhere cannot hold an office."


def appointed_notice(scheme: Scheme, key: str, person: Person) -> Notice:
    """The answer to appointing."""
    return notice("Appointed", f"{person.name} is {_office(scheme, key).title} from now on, and has been told.")


def dismiss_form(scheme: Scheme, holding: Holding, person: Person) -> Form:
    """Taking an office back asks first."""
    office = _office(scheme, holding.office)
    subject = subjects.holding(holding.office, holding.person)
    parts = (
        say(f"{person.name} is no longer {office.title}, and is told so."),
        small("What waits for the office is still there for whoever else holds it."),
    )
    return Form(Verb.DISMISS, "Remove from office", parts, subject, "Remove")


def dismissed_notice(scheme: Scheme, key: str, person: Person) -> Notice:
    """The answer to taking an office back."""
    return notice("Removed", f"{person.name} is no longer {_office(scheme, key).title}, and has been told.")


def appointed(view: OfficeView) -> Message:
    """Somebody has been given an office."""
    head = say("You are ", Bold(view.office.title), f" of the {view.scheme.name} from now on.")
    how = small("New cases come to you here, Home shows what waits, and ", command(admin=True), " helps.")
    return message(view.reader, head, say(f"You may {may(view.office)}."), how)


def dismissed(view: OfficeView) -> Message:
    """Somebody holds an office no longer."""
    head = say("You are no longer ", Bold(view.office.title), f" of the {view.scheme.name}. Thank you for your time.")
    return message(view.reader, head, small(f"Questions? Write to {view.scheme.contact}."))


def _office(scheme: Scheme, key: str) -> Office:
    return next(each for each in scheme.offices if each.key == key)
