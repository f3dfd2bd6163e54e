"""A file of members in Teams, where the bot sees nobody in the directory: whom it finds, and whom once they come."""

import pytest

from bot.reports.csv_files import written
from tests.journeys.office_week import imports
from tests.journeys.people import Member
from tests.support.bots import OFFICE
from tests.support.teams_bots import TeamsBot, TeamsBots


@pytest.fixture
async def bot(teams_bots: TeamsBots) -> TeamsBot:
    """Ada is the office; Ben is in the tenant, and Cal and Dee in the office's team too. None of them has the app."""
    made = await teams_bots.start(("Ada",), ("Ada",), office_channel=True, rate_limits=False)
    for name in ("Ben", "Cal", "Dee"):
        made.people[name] = made.place.add_person(name)
    for name in ("Cal", "Dee"):
        made.place.state.conversation(OFFICE).members.append(made.test_user(name).person.id)
    return made


def file(*names: str) -> bytes:
    return written(("E-mail", "Role"), [(f"{name.lower()}@example.org", "mentee") for name in names])


async def test_whoever_does_not_have_the_app_is_not_found_and_the_office_reads_why(bot: TeamsBot) -> None:
    ada = Member(bot, bot.test_user("Ada"))
    looked_at = await imports(ada, "Members", file("Ben"))
    assert "Nobody here has the address ben@example.org." in looked_at
    assert "does not have this app yet" in looked_at
    await bot.place.install(bot.people["Ben"])
    assert "1 member would come in." in await imports(ada, "Members", file("Ben"))
    await ada.test_user.press("Import 1 line")
    await bot.quiet()
    await Member(bot, bot.test_user("Ben")).read("has brought you into")
    bot.place.assert_no_trouble()


async def test_whoever_is_in_the_office_s_team_comes_in_and_hears_of_it_once_they_have_the_app(bot: TeamsBot) -> None:
    ada = Member(bot, bot.test_user("Ada"))
    assert "2 members would come in." in await imports(ada, "Members", file("Cal", "Dee"))
    await ada.test_user.press("Import 2 lines")
    for _ in range(2):
        await bot.quiet()
    both = "2 people who were brought in do not have this app yet: Cal, Dee."
    assert "they hear at once what they were brought into" in await ada.read(both, OFFICE)
    await bot.place.install(bot.people["Cal"])
    await bot.quiet()
    await ada.read("1 person who was brought in does not have this app yet: Dee.", OFFICE)
    cal = Member(bot, bot.test_user("Cal"))
    await cal.read("has brought you into")
    assert not [each for each in cal.test_user.messages() if "Welcome back" in cal.test_user.text(each)]
    await bot.place.uninstall(bot.people["Cal"])
    await bot.quiet()
    await bot.place.install(bot.people["Cal"])
    await bot.quiet()
    await cal.read("Welcome back, Cal")
    bot.place.assert_no_trouble()
