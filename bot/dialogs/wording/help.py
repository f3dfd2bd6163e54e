"""What the bot says when somebody types to it."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Final

from bot.dialogs.parts import Bold, Bullets, Button, Notice, Shown
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import HOME, command, notice, press, say, small
from bot.schemes.roles import ROLES, Role
from bot.schemes.scheme import Scheme

TITLE: Final = "Mentoring"


def member_help(scheme: Scheme, open_to: Collection[Role] = ROLES) -> Notice:
    """/mentoring and /mentoring help. `open_to`: the roles in which the reader has no part yet."""
    return _help(scheme, "", open_to)


def _help(scheme: Scheme, before: str, open_to: Collection[Role]) -> Notice:
    joining = [("join", f"ask to join, as {' or '.join(open_to)}")] if open_to else []
    commands = _commands(
        *joining,
        ("preferences", "say what suits you"),
        ("request", "ask for a mentor"),
        ("profile", "what others read about you"),
        *([("hours", "your hours of mentoring, for yourself")] if scheme.evidence.hours else []),
        *([("portfolio", "what you two keep, as a PDF to sign")] if scheme.evidence.portfolio else []),
        ("concern", "raise a concern, in private"),
        ("help", "this page"),
    )
    return notice(
        TITLE,
        before,
        say(Bold(scheme.name)),
        say(scheme.about),
        say("Everything is on Home: ", HOME, ". You can also type:"),
        commands,
        *((press(*join_buttons(open_to)),) if open_to else ()),
        small(f"Questions? The {scheme.words.office} is at {scheme.contact}."),
    )


def _commands(*commands: tuple[str, str], admin: bool = False) -> Bullets:
    return Bullets(tuple((command(words, admin=admin, bold=True), f" – {does}") for words, does in commands))


def ways_in(scheme: Scheme, open_to: Collection[Role] = ROLES) -> Notice:
    """/mentoring join."""
    if not open_to:
        return notice("Join", f"You are in the {scheme.name} as mentee and as mentor. Home shows what you can do.")
    if len(open_to) == 1:
        (role,) = open_to
        other = "mentee" if role == "mentor" else "mentor"
        text = f"You are in the {scheme.name} as {other}. You can join as {role} too."
        return notice("Join", text, press(*join_buttons(open_to)))
    text = f"Join the {scheme.name} as a mentee or as a mentor; you can be both."
    return notice("Join", text, press(*join_buttons(open_to)))


def join_buttons(open_to: Collection[Role] = ROLES) -> tuple[Button, ...]:
    """The ways in that are open."""
    return tuple(buttons.join(role) for role in open_to)


def unknown_command(scheme: Scheme, words: str, open_to: Collection[Role] = ROLES) -> Notice:
    """A command nobody knows: it is said back, and the help follows."""
    return _help(scheme, f"I do not know “{words[:60]}”. This is what I understand:", open_to)


OF_OFFICE: Final[Mapping[str, str]] = {
    "queue": "what waits for the office, with its buttons",
    "members": "everybody in the scheme; with words, those who are found by them",
    "requests": "who asks for a mentor, and how it stands",
    "connections": "who is connected with whom, and ending a connection",
    "round": "a mentor for many mentees at once, where the office picks",
    "concerns": "those that you take up",
    "waiting": "who waits for a place, in order",
    "import": "members and running connections from a spreadsheet",
    "report": "the scheme in figures, with pictures, and as a PDF",
    "export": "members, connections, hours and days as tables for a spreadsheet",
    "intake": "who can join: open or closed, places and criteria",
    "scheme": "the scheme’s rules in plain sentences",
    "roles": "who holds which office, appointing and removing",
    "audit": "who did what; with words, what is found by them",
    "help": "this page",
}
"""What the office can type, and what it is for."""


def office_help(scheme: Scheme) -> Notice:
    """/mentoring-admin and its help."""
    return _office_help(scheme, "")


def unknown_office_command(scheme: Scheme, words: str) -> Notice:
    """Words of the office that nobody knows: they are said back with the nearest one that is known, and the help."""
    near = get_close_matches(words.split()[0].casefold(), OF_OFFICE, n=1)
    meant = f" Did you mean “{near[0]}”?" if near else ""
    return _office_help(scheme, f"I do not know “{words[:60]}”.{meant} This is what I understand:")


def _office_help(scheme: Scheme, before: str) -> Notice:
    commands = _commands(*OF_OFFICE.items(), admin=True)
    narrowed = small(
        "Lists can be narrowed by what is typed after them, such as ", command("members silent", admin=True), " or ",
        command("members paused mentor", admin=True), "."
    )  # fmt: skip
    also = small("New cases also come as cards, and Home shows the longest-waiting.")
    return notice("Mentoring office", before, say(Bold(f"{scheme.name}, for the office")), commands, narrowed, also)


def for_office_only(scheme: Scheme) -> Notice:
    """/mentoring-admin typed by somebody outside the office."""
    whose = f" is for the {scheme.words.office}. Type "
    return notice(TITLE, "", say(command(admin=True), whose, command(), " to see what you can do."))


def people(schemes: Collection[Scheme]) -> tuple[Shown, ...]:
    """Whom to write to who wants to reach a person."""
    if len(schemes) == 1:
        (scheme,) = schemes
        return (small(f"To reach a person, write to the {scheme.words.office}: {scheme.contact}."),)
    offices = tuple(((f"{scheme.name}: {scheme.words.office}, {scheme.contact}"),) for scheme in schemes)
    return (small("To reach a person, write to"), Bullets(offices))


def concern(schemes: Collection[Scheme]) -> tuple[Shown, ...]:
    """Where a concern is raised, and what it is not for."""
    danger = "Where somebody is in danger, call the emergency services first."
    private = "You can raise a concern in private: never through the other party, and never with whom it is about."
    return (say(f"{private} {danger}"), *people(schemes))


def which_scheme(schemes: Collection[Scheme], words: str, *, admin: bool) -> Notice:
    """A command that could be meant for several schemes: what to type for each."""
    typed = tuple((f"{scheme.key} {words}".strip(), scheme.name) for scheme in schemes)
    text = "There is more than one scheme here. Say which one you mean; the beginning of its name is enough:"
    return notice(TITLE, text, _commands(*typed, admin=admin))


def of_several(schemes: Collection[Scheme]) -> Notice:
    """The help of a bot of several schemes."""
    names = " and ".join(scheme.name for scheme in schemes)
    said = say(f"I am the assistant of {names}. Home has everything you can do, and ", command(), " helps.")
    return notice(TITLE, "", said, *people(schemes))
