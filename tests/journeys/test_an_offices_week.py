"""A week of an office with three hundred members, over signed HTTP: places, import, queue, approval of many, a concern
about the administrator herself, a mentor who is gone, another in her place, and the figures for the board."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from bot.dialogs import forms
from bot.lifecycle.member import Member, MemberState
from bot.lifecycle.people import Person
from bot.reports.columns import headings, rows
from bot.reports.csv_files import written
from bot.reports.pair_lines import COLUMNS
from bot.schemes.loading import load
from bot.schemes.roles import Role
from tests.support.bots import MONDAY, Bot, Bots
from tests.support.databases import rows as kept
from tests.support.dispatchers import PREFERENCES, PROFILE

SCHEME = load("british_cardiovascular_society")
MENTEES, MENTORS = 190, 110
NAMES = ("Zoë", "Chinonso", "Søren", "Siân", "José", "Иван", "Mei", "عبد", "Ngaio", "Þóra")


def name(role: Role, number: int) -> str:
    return f"{role.title()}{number:03} {NAMES[number % len(NAMES)]}"


def address(role: Role, number: int) -> str:
    return f"{role}{number:03}@example.org"


def lines(role: Role, numbers: Iterable[int]) -> Iterable[Sequence[str]]:
    """So many members as lines of a file: mentors with everything that they have to say, six mentees taking part."""
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
        member = Member("m", SCHEME.key, "p", role, state, MONDAY, {}, given, profile, trainings=done)
        yield from rows(SCHEME, [(person, member)])


@pytest.fixture
async def bot(bots: Bots, tmp_path: Path) -> Bot:
    """The reference scheme, whose administrators may also match."""
    file, shipped = tmp_path / "scheme.toml", files("bot.schemes") / f"{SCHEME.key}.toml"
    file.write_text(shipped.read_text("utf-8").replace('"approve_requests",', '"approve_requests", "match",'), "utf-8")
    bot = await bots.start(("Ada", "Grace"), ("Ada", "Grace"), rate_limits=False, schemes=(str(file),))
    everybody: tuple[tuple[Role, int], ...] = (("mentee", MENTEES), ("mentor", MENTORS))
    for role, many in everybody:
        for number in range(many):
            bot.people[f"{role}{number}"] = bot.workspace.add_person(name(role, number), email=address(role, number))
    return bot


@pytest.mark.covers("A1", "A3", "A31")
async def test_a_week_of_an_office(bot: Bot) -> None:
    ada, grace = bot.test_user("Ada"), bot.test_user("Grace")

    # Monday: more places than the file says
    await ada.command("/mentoring-admin", "intake")
    await ada.expect_message("0 of 60 places")
    await ada.press("Change the intake of mentees")
    await ada.expect_modal("Intake of mentees")
    await ada.fill({"Places": "200"})
    assert await ada.submit() == {}
    await ada.expect_modal("Intake of mentees")
    assert "0 of 200 places" in bot.front(ada.user)
    await ada.close_modal()

    # The members' spreadsheet, with three lines that are wrong
    table = [*lines("mentee", range(MENTEES)), *lines("mentor", range(MENTORS)), *lines("mentee", [0])]
    table += [("Ghost", "ghost@example.org", "mentee"), ("Amy", "mentee003@example.org", "boss")]
    await imports(bot, "Members", written(headings(SCHEME), table))
    assert "300 members would come in." in ada.text(ada.messages()[-1])
    assert "3 members cannot be taken." in ada.text(ada.messages()[-1])
    assert "Line 302, “E-mail”: The same person stands in line 2 already" in ada.text(ada.messages()[-1])
    await ada.press("Import 300 lines")
    await bot.quiet()
    await ada.expect_message("300 members came in.")
    assert counted(bot, "SELECT count(*) FROM members") == 300
    assert counted(bot, "SELECT count(*) FROM outbox WHERE kind = 'brought_in' AND sent_at IS NOT NULL") == 300

    # What waits is approved at once, and shown first
    await ada.command("/mentoring-admin", "queue")
    await ada.expect_message(f"{MENTORS} things wait for the office")
    await ada.press("Approve all")
    await ada.expect_modal("Approve all")
    assert f"{MENTORS} cases will be approved" in bot.front(ada.user)
    assert name("mentor", 7) in bot.front(ada.user)
    assert await ada.submit() == {}
    await bot.quiet()
    assert counted(bot, "SELECT count(*) FROM members WHERE role = 'mentor' AND state = 'approved'") == MENTORS
    await ada.close_modal()
    await ada.command("/mentoring-admin", "queue")
    await ada.expect_message("Nothing waits")

    # Six connections that ran before, three with each of two mentors
    began = (bot.clock.now - timedelta(days=40)).date().isoformat()
    pairs = [(address("mentee", n), address("mentor", n // 3), began, began) for n in range(6)]
    await imports(bot, "Running connections", written(COLUMNS, pairs))
    await ada.press("Import 6 lines")
    await bot.quiet()
    assert counted(bot, "SELECT count(*) FROM connections WHERE state = 'active'") == 6

    # A concern about Ada reaches Grace, and Ada learns of nothing
    said = len(ada.messages())
    mentee = bot.test_user("mentee5")
    await mentee.command("/mentoring", "concern")
    await mentee.expect_modal("Raise a concern")
    await mentee.fill({"Or somebody else here": "Ada", "What happened?": "She shouted at me in the ward."})
    assert await mentee.submit() == {}
    await bot.quiet()
    await mentee.expect_message("Your concern has been received")
    await grace.expect_message("concern")
    assert len(ada.messages()) == said
    await ada.command("/mentoring-admin", "concerns")
    await bot.quiet()
    assert "shouted" not in "".join(ada.text(each) for each in ada.messages())
    await grace.press("I have made contact")
    await grace.expect_modal()
    assert await grace.submit() == {}
    await bot.quiet()
    await mentee.expect_message("says that they have made contact with you")
    # A mentor of three is deactivated
    gone = bot.people["mentor0"]
    await bot.workspace.change(gone, deactivated=True)
    await bot.quiet()
    for number in range(3):
        await bot.test_user(f"mentee{number}").expect_message("is not in the workspace at the moment")
    await ada.expect_message(f"{name('mentor', 0)} is not here any more")

    # One of the three has another mentor from now on
    await ada.command("/mentoring-admin", "members mentee000")
    await ada.expect_modal("Member")
    await ada.press(f"Replace mentor {name('mentor', 0)} of {name('mentee', 0)}")
    await ada.expect_modal("Replace mentor")
    await ada.press("Choose")
    await ada.expect_modal("Replace mentor")
    assert await ada.submit() == {}
    await bot.quiet()
    assert counted(bot, "SELECT count(*) FROM connections WHERE state = 'ended'") == 1
    await bot.test_user("mentee0").expect_message("has ended your mentoring connection")
    (asked,) = {each for each in bot.people if bot.people[each] in _asked(bot)}
    await bot.test_user(asked).expect_message(f"{name('mentee', 0)} asks you to be their mentor")

    # On Friday, the figures for the board
    await ada.close_modal()
    await ada.command("/mentoring-admin", "report")
    figures = ada.text(await ada.expect_message("Places and waiting"))
    for figure in (
        "Mentees: 190 of 200 places; taking part: 6.", "Mentors: 110; taking part: 110.",
        "Connections begun: Oct 26 6", "Connections ended: Nov 26 not told", "Connections that run: 5.",
        "Ended by the office: not told.",
    ):  # fmt: skip
        assert figure in figures
    await ada.press("As a PDF")
    await bot.quiet()
    (paper,) = [call for call in bot.workspace.calls if call.method == "files.getUploadURLExternal"]
    assert dict(paper.arguments)["filename"].endswith("-report-2026-11-23.pdf")

    # What was done stands in the record, but for the concern where she looks
    await ada.command("/mentoring-admin", "audit import")
    await ada.expect_message("import")
    record = kept(bot.app.database, "SELECT verb, count(*) FROM audit WHERE verb LIKE 'import_%' GROUP BY verb")
    assert {str(verb): many for verb, many in record} == {
        "import_checked": 2, "import_done": 2, "import_member": 300, "import_connection": 6,
    }  # fmt: skip


def _asked(bot: Bot) -> set[str]:
    query = """SELECT people."user" FROM invitations JOIN people ON people.id = invitations.mentor
        WHERE invitations.state = 'open'"""
    return {str(user) for (user,) in kept(bot.app.database, query)}


async def imports(bot: Bot, what: str, content: bytes) -> None:
    """Ada sends a file, and it is looked at."""
    ada = bot.test_user("Ada")
    await ada.command("/mentoring-admin", "import")
    await ada.expect_modal("Import")
    file = ada.file("members.csv", content, "text/csv")
    await ada.fill({"What does it hold?": what, "File": file})
    assert await ada.submit() == {}
    await ada.close_modal()
    await bot.quiet()
    await ada.expect_message("has been looked at")


def counted(bot: Bot, query: str) -> int:
    ((number,),) = kept(bot.app.database, query)
    assert isinstance(number, int)
    return number
