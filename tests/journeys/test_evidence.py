"""What a hub that is paid for shows of itself, and people of themselves: a survey at the start and after six months,
the report for whoever pays, sessions to pay for, and each one's own hours and portfolio. In Slack and in Teams.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from bot.dialogs.parts import Attachment
from bot.reports.csv_files import read, written
from bot.reports.pair_lines import COLUMNS
from tests.journeys.office_week import imports
from tests.journeys.people import Member
from tests.journeys.test_other_schemes import first_session, later, started
from tests.support.bots import Bots
from tests.support.papers import text_of
from tests.support.teams_bots import TeamsBots

MENTEES = ("Ada", "Bo", "Cy", "Di", "Ed")
MENTORS = ("Ben", "Fay")
ASKED = "A few questions at the start"


@pytest.mark.covers("C7", "C11", "C12", "C15", "C16", "E7", "E10")
@pytest.mark.timeout(240)
async def test_a_hub_shows_what_has_come_of_it_and_nobodys_own_answers(everywhere: Bots | TeamsBots) -> None:
    bot, (mia, *others) = await started(everywhere, "bsw_hub", "Mia", *MENTEES, *MENTORS)
    people = dict(zip((*MENTEES, *MENTORS), others, strict=True))
    ada, ben, ed = people["Ada"], people["Ben"], people["Ed"]
    await brought_in(mia, people)

    # At the start: in the message of the day, on Home until it is answered, twice at most, and to no mentor.
    await bot.turn(timedelta(days=3))
    for name in MENTEES[:4]:
        assert ASKED in await people[name].read(ASKED)
        await answers(people[name], confidence="2", wellbeing="3", stays="Perhaps")
    await bot.turn(timedelta(days=12))
    assert sum(ASKED in ed.test_user.text(each) for each in ed.test_user.messages()) == 2
    await answers(ed, confidence="2", wellbeing="4", stays="No")
    for mentor in MENTORS:
        assert not any(ASKED in people[mentor].test_user.text(each) for each in people[mentor].test_user.messages())
        assert "Short survey" not in await people[mentor].home()

    # One of the two meets.
    await first_session(ada)
    await later(bot, timedelta(days=12))
    await ada.home()
    await ada.test_user.press("Mark as completed")
    await ben.read("Ada has marked session 1")
    await later(bot, timedelta(days=8))

    # After six months the same questions; nothing is told before five have answered both times.
    await later(bot, timedelta(days=170))
    for name in MENTEES[:4]:
        await answers(people[name], confidence="5", wellbeing="4", stays="Yes")
    await reported(mia, "by fewer than 5 so far")
    await answers(ed, confidence="5", wellbeing="4", stays="Yes")
    told = await reported(mia, "Of 5 who answered at the start and at the end.")
    assert "Confidence in their work: at the start 2 (5); at the end 5 (5)." in told
    assert "In primary care in two years: at the start not told Yes, Perhaps, No; at the end Yes (5)." in told

    # The office's tables, and each one's own papers.
    files = await taken_out(mia, "Survey results", "Report as a PDF")
    assert "Before and after: mentees" in files["report"]
    assert "Before and after,mentees,5,Confidence in their work,At the end,5,5" in files["surveys"]
    await mia.form("Sessions to pay for", "Sessions to pay for")
    assert await mia.send(since="2026-12-01", until="2027-01-31") == {}
    await mia.told("Sessions to pay for")
    paid = read((await the_file(mia, "bsw_hub-payment"))[1])
    assert [line.cells[:5] for line in paid.lines[1:]] == [("Ben", "ben@example.org", "2026-12", "1", "60")]

    for member, role, name, other in ((ada, "mentee", "Ada", "Ben"), (ben, "mentor", "Ben", "Ada")):
        await member.home()
        await member.form("My hours", "My hours", on=member.test_user.home)
        await member.test_user.press("All")
        await in_window(member, "1 session, 1 hour")
        assert f"As {role}" in member.window()
        await member.test_user.press("As a PDF")
        await member.close()
        hours = text_of(Attachment(*await the_file(member, "bsw_hub-hours")))
        assert f"Hours of mentoring: {name}" in hours
        assert "Took place" in hours
        await member.test_user.command("/mentoring", "portfolio")
        await member.test_user.expect_modal("My portfolio")
        await member.test_user.press(f"Make the PDF with {other}")
        await member.close()
        portfolio = text_of(Attachment(*await the_file(member, "bsw_hub-portfolio")))
        for said in ("Learning contract", "Cases of particular patients have no place here.", "Signature of: Ada"):
            assert said in portfolio
    for somebody in (mia, ed, people["Fay"]):
        await bot.quiet()
        mine = await bot.files_of(bot.name_of(somebody.test_user.user))
        assert not [each for each in mine if "hours" in each or "portfolio" in each]


async def brought_in(mia: Member, people: Mapping[str, Member]) -> None:
    """Five mentees and two mentors, who were connected this morning."""
    head = (
        "Name", "E-mail", "Role", "Status", "Employer", "Profession", "Mentor’s profession", "Outside working hours",
        "In working time", "Experience", "Stays six to twelve months", "Helps with", "Mentees at most",
        "Six-month mentor training completed on", "EMCC mentoring qualification completed on",
    )  # fmt: skip
    mentee = ("mentee", "taking part", "Green Lane Surgery", "Nurse", "No preference", "Yes", "Yes", *[""] * 6)
    done = date(2026, 5, 1).isoformat()
    mentor = (
        "mentor", "taking part", "", "Nurse", "", "", "", "Twenty years", "Yes", "New to primary care", "5", done, done,
    )  # fmt: skip
    lines = [(name, f"{name.lower()}@example.org", *(mentee if name in MENTEES else mentor)) for name in people]
    assert "7 members would come in." in await imports(mia, "Members", written(head, lines))
    await mia.test_user.press("Import 7 lines")
    await mia.read("7 members came in.")
    today = mia.bot.clock.now.date().isoformat()
    pairs = [
        (f"{name.lower()}@example.org", f"{MENTORS[number % 2].lower()}@example.org", today, today)
        for number, name in enumerate(MENTEES)
    ]
    await imports(mia, "Running connections", written(COLUMNS, pairs))
    await mia.test_user.press("Import 5 lines")
    await mia.bot.quiet()


async def answers(member: Member, **given: str) -> None:
    """What is on Home is answered."""
    assert "Answer “Before and after”" in await member.home()
    await member.form("Short survey", "Before and after", on=member.test_user.home)
    assert "Nobody reads your answers" in member.window()
    assert await member.send(**given) == {}
    await member.told("“Before and after” is saved.")
    await member.bot.quiet()


async def reported(mia: Member, words: str) -> str:
    """The report as the office reads it in chat, with these words."""
    await mia.bot.quiet()
    await mia.test_user.command("/mentoring-admin", "report")
    return await mia.read(words)


async def in_window(member: Member, words: str) -> None:
    """Wait until the open form says so."""
    await member.bot.settled(lambda: words in member.window())


async def taken_out(mia: Member, *titles: str) -> dict[str, str]:
    """Tables of the office, as text, by what their names say."""
    found = {}
    for title in titles:
        await mia.test_user.command("/mentoring-admin", "export")
        await mia.read("Each comes to you as a CSV file")
        await mia.test_user.press(title)
        await mia.bot.quiet()
    for name, content in (await mia.bot.files_of("Mia")).items():
        text = text_of(Attachment(name, content)) if name.endswith(".pdf") else content.decode("utf-8-sig")
        found["report" if "report" in name else "surveys"] = text
    return found


async def the_file(member: Member, begins: str) -> tuple[str, bytes]:
    """A file that has been brought to somebody."""
    await member.bot.quiet()
    files = await member.bot.files_of(member.bot.name_of(member.test_user.user))
    return next((name, content) for name, content in files.items() if name.startswith(begins))
