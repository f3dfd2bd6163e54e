"""Whom an office's week is about: three hundred people, and the files in which the office brings them in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.dialogs import forms
from bot.lifecycle.member import Member as Membership
from bot.lifecycle.member import MemberState
from bot.lifecycle.people import Person
from bot.reports.columns import headings, rows
from bot.reports.csv_files import written
from bot.reports.pair_lines import COLUMNS
from bot.schemes.loading import load
from bot.schemes.roles import Role
from tests.journeys.people import Member
from tests.journeys.stage import Stage
from tests.support.bots import MONDAY, Bots
from tests.support.databases import rows as kept
from tests.support.dispatchers import PREFERENCES, PROFILE
from tests.support.teams_bots import TeamsBots

SCHEME = load("british_cardiovascular_society")
MANY: Mapping[Role, int] = {"mentee": 190, "mentor": 110}
NAMES = ("Zoë", "Chinonso", "Søren", "Siân", "José", "Иван", "Mei", "عبد", "Ngaio", "Þóra")


def name(role: Role, number: int) -> str:
    """What somebody is called; there are not two of a name."""
    return f"{role.title()}{number:03} {NAMES[number % len(NAMES)]}"


def address(role: Role, number: int) -> str:
    """Where their e-mail goes."""
    return f"{role}{number:03}@example.org"


async def started(everywhere: Bots | TeamsBots, folder: Path) -> Stage:
    """The reference scheme, whose administrators may also match; all three hundred are there, and not in it."""
    file, shipped = folder / "scheme.toml", files("bot.schemes") / f"{SCHEME.key}.toml"
    file.write_text(shipped.read_text("utf-8").replace('"approve_requests",', '"approve_requests", "match",'), "utf-8")
    given: Any = {"rate_limits": False, "schemes": (str(file),)}
    bot: Stage = await everywhere.start(("Ada", "Grace"), ("Ada", "Grace"), **given)
    everybody = [(role, number) for role, many in MANY.items() for number in range(many)]
    await bot.bring({f"{role}{n}": (name(role, n), address(role, n)) for role, n in everybody})
    return bot


def members_file() -> bytes:
    """The members' spreadsheet, with three lines at its end that are wrong."""
    table = [line for role, many in MANY.items() for line in _lines(role, range(many))]
    wrong = [*_lines("mentee", [0]), ("Ghost", "ghost@example.org", "mentee"), ("Amy", address("mentee", 3), "boss")]
    return written(headings(SCHEME), [*table, *wrong])


def _lines(role: Role, numbers: Iterable[int]) -> Iterable[Sequence[str]]:
    """Mentors with everything that they have to say, six mentees taking part."""
    rules = SCHEME.roles[role]
    for number in numbers:
        person = Person("p", "slack", "T", "U", name(role, number), address(role, number), "Europe/London")
        wishes = PREFERENCES if role == "mentee" else {"ways": ("Video call",), "times": ("Mornings",)}
        assert rules.preferences is not None
        given, wrong = forms.answers(rules.preferences, SCHEME.topics, wishes)
        assert not wrong
        profile = None
        if role == "mentor" and rules.profile is not None:
            profile, wrong = forms.answers(rules.profile, SCHEME.topics, {**PROFILE, "mentees_at_most": 4})
            assert not wrong
        done = {"training": MONDAY.date() - timedelta(days=90)} if role == "mentor" else {}
        state: MemberState = "approved" if role == "mentee" and number < 6 else "admitted"
        member = Membership("m", SCHEME.key, "p", role, state, MONDAY, {}, given, profile, trainings=done)
        yield from rows(SCHEME, [(person, member)])


def connections_file(bot: Stage) -> bytes:
    """Six connections that have run for forty days, three with each of two mentors."""
    began = (bot.clock.now - timedelta(days=40)).date().isoformat()
    return written(COLUMNS, [(address("mentee", n), address("mentor", n // 3), began, began) for n in range(6)])


async def imports(ada: Member, what: str, content: bytes) -> str:
    """A file is handed in and looked at; gives what it would do."""
    await ada.test_user.command("/mentoring-admin", "import")
    await ada.test_user.expect_modal("Import")
    file = ada.test_user.file("members.csv", content)
    assert await ada.send(what=what, file=file) == {}
    await ada.close()
    await ada.bot.quiet()
    return await ada.read("has been looked at")


Counted = Callable[[str], int]


def counting(bot: Stage) -> Counted:
    """How many there are of what a query finds."""

    def counted(query: str) -> int:
        ((number,),) = kept(bot.app.database, f"SELECT count(*) FROM {query}")
        assert isinstance(number, int)
        return number

    return counted


def is_asked(bot: Stage) -> str:
    """Whom the one open invitation goes to."""
    ((found,),) = kept(
        bot.app.database,
        "SELECT people.name FROM invitations JOIN people ON people.id = mentor WHERE invitations.state = 'open'",
    )
    return str(found)
