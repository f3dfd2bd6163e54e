"""A week of an office with three hundred members, over signed HTTP, in Slack and in Teams: places, import, queue,
approval of many, a concern about the administrator herself, a mentor who is gone, another in her place, and the figures
for the board."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.journeys.office_week import (
    MANY,
    connections_file,
    counting,
    imports,
    is_asked,
    members_file,
    name,
    started,
)
from tests.journeys.people import Member
from tests.journeys.test_other_schemes import later
from tests.support.bots import Bots
from tests.support.databases import rows as kept
from tests.support.teams_bots import TeamsBots

SHOUTED = "She shouted at me in the ward."


@pytest.mark.covers("A1", "A3", "A31")
async def test_a_week_of_an_office(everywhere: Bots | TeamsBots, tmp_path: Path) -> None:
    bot = await started(everywhere, tmp_path)
    counted = counting(bot)
    ada, grace = Member(bot, bot.test_user("Ada")), Member(bot, bot.test_user("Grace"))
    mentees = [Member(bot, bot.test_user(f"mentee{number}")) for number in range(6)]

    # Monday: more places than the file says
    await ada.test_user.command("/mentoring-admin", "intake")
    await ada.read("0 of 60 places")
    await ada.form("Change the intake of mentees", "Intake of mentees")
    assert await ada.send(places="200") == {}
    await ada.told("0 of 200 places")

    # The members' spreadsheet, with three lines that are wrong
    looked_at = await imports(ada, "Members", members_file())
    assert "300 members would come in." in looked_at
    assert "3 members cannot be taken." in looked_at
    assert "Line 302, “E-mail”: The same person stands in line 2 already" in looked_at
    await ada.test_user.press("Import 300 lines")
    await bot.quiet()
    await ada.read("300 members came in.")
    assert counted("members") == 300
    assert counted("outbox WHERE kind = 'brought_in' AND sent_at IS NOT NULL") == 300

    # What waits is approved at once, and shown first
    await ada.test_user.command("/mentoring-admin", "queue")
    await ada.read("110 things wait for the office")
    await ada.form("Approve all", "Approve all")
    assert "110 cases will be approved" in ada.window()
    assert name("mentor", 7) in ada.window()
    assert await ada.test_user.submit() == {}
    await bot.quiet()
    assert counted("members WHERE role = 'mentor' AND state = 'approved'") == MANY["mentor"]
    await ada.close()
    await ada.test_user.command("/mentoring-admin", "queue")
    await ada.read("Nothing waits")

    # Six connections that ran before, three with each of two mentors
    await imports(ada, "Running connections", connections_file(bot))
    await ada.test_user.press("Import 6 lines")
    await bot.quiet()
    assert counted("connections WHERE state = 'active'") == 6

    # A concern about Ada reaches Grace, and Ada learns of nothing
    said = len(ada.test_user.messages())
    await mentees[5].test_user.command("/mentoring", "concern")
    await mentees[5].test_user.expect_modal("Raise a concern")
    assert await mentees[5].send(person="Ada", text=SHOUTED) == {}
    await bot.quiet()
    await mentees[5].read("Your concern has been received")
    await grace.read("concern")
    assert len(ada.test_user.messages()) == said
    await ada.test_user.command("/mentoring-admin", "concerns")
    await bot.quiet()
    assert "shouted" not in "".join(ada.test_user.text(each) for each in ada.test_user.messages())
    await grace.form("I have made contact", "I have made contact")
    assert await grace.test_user.submit() == {}
    await bot.quiet()
    await mentees[5].read("says that they have made contact with you")

    # On Tuesday the account of a mentor of three has been switched off
    await bot.deactivate("mentor0")
    await bot.quiet()
    for mentee in mentees[:3]:
        await mentee.read("is not here at the moment")
    gone = await ada.test_user.expect_message(f"{name('mentor', 0)} is not here any more")
    assert ada.test_user.buttons(gone).count("Replace mentor") == 3

    # One of the three has another mentor from now on
    await ada.test_user.command("/mentoring-admin", "members mentee000")
    await ada.test_user.expect_modal("Member")
    await ada.form(f"Replace mentor {name('mentor', 0)} of {name('mentee', 0)}", "Replace mentor")
    await ada.form("Choose", "Replace mentor")
    assert await ada.test_user.submit() == {}
    await bot.quiet()
    assert counted("connections WHERE state = 'ended'") == 1
    heard = await mentees[0].read("has ended your mentoring connection")
    assert "Your next request is under way" in heard
    asked = Member(bot, bot.test_user(f"mentor{int(is_asked(bot)[6:9])}"))
    await asked.read(f"{name('mentee', 0)} asks you to be their mentor")

    # On Friday, the figures for the board
    await ada.close()
    await later(bot, timedelta(days=3))
    await ada.test_user.command("/mentoring-admin", "report")
    figures = await ada.read("Places and waiting")
    for figure in (
        "Mentees: 190 of 200 places; taking part: 6.", "Mentors: 110; taking part: 110.",
        "Connections begun: Oct 26 6", "Connections ended: Nov 26 not told", "Connections that run: 5.",
        "Ended by the office: not told.",
    ):  # fmt: skip
        assert figure in figures
    await ada.test_user.press("As a PDF")
    await bot.quiet()
    ((paper, content),) = (await bot.files_of("Ada")).items()
    assert paper.endswith("-report-2026-11-27.pdf")
    assert content.startswith(b"%PDF")

    # What was done stands in the record, but for the concern where she looks
    await ada.test_user.command("/mentoring-admin", "audit import")
    await ada.read("import")
    record = kept(bot.app.database, "SELECT verb, count(*) FROM audit WHERE verb LIKE 'import_%' GROUP BY verb")
    assert {str(verb): many for verb, many in record} == {
        "import_checked": 2, "import_done": 2, "import_member": 300, "import_connection": 6,
    }  # fmt: skip
