"""Somebody who was here before, in another place, comes to Teams and says so."""

from bot.actions.context import Caller, Click
from bot.actions.dispatcher import Introduction
from bot.storage import people
from tests.support.teams_bots import TeamsBot, TeamsBots

BEFORE = Caller("elsewhere", "T1", "UMARY")
JOINING = {"membership_number": "1234"}


async def was_here_before(bot: TeamsBot) -> str:
    """Mary has asked to join, where the bot was before; gives the person's id."""
    mail = bot.place.state.person(bot.people["Mary"]).email
    person = await bot.app.dispatcher.meet(BEFORE, Introduction("Mary Before", mail, "Europe/London"))
    await bot.app.dispatcher.answer(Click(BEFORE, "join", "mentor", values=JOINING))
    return person.id


async def here(bot: TeamsBot) -> str:
    caller = Caller("teams", bot.place.tenant, bot.people["Mary"])
    found = await bot.app.database.read(lambda db: people.find(db, caller.platform, caller.team, caller.user))
    assert found is not None
    return found.id


async def test_whoever_says_so_finds_all_that_is_theirs_at_once(teams_bots: TeamsBots) -> None:
    bot = await teams_bots.start(rate_limits=False)
    before = await was_here_before(bot)
    mary = bot.test_user("Mary")
    await mary.open_home()
    await mary.expect_home("You are here already, as Mary Before, where you joined before. Is that you?")
    await mary.press("That is me")
    await mary.expect_message("Welcome back")
    assert await here(bot) == before
    page = await mary.expect_home("application")
    assert "Is that you?" not in mary.text(page)
    await bot.test_user("Ada").command("/mentoring-admin", "queue")
    await bot.test_user("Ada").expect_message("Mary Before would like to join")
    await bot.test_user("Ada").press("Approve Mary Before as mentor")
    await bot.test_user("Ada").expect_message("Admitted by Ada")
    await mary.expect_message("Welcome to the BCS Mentoring Scheme, Mary.")
    await mary.open_home()
    await mary.expect_home("Hello Mary")
    bot.place.assert_no_trouble()


async def test_whoever_says_no_stays_somebody_new(teams_bots: TeamsBots) -> None:
    bot = await teams_bots.start(rate_limits=False)
    before = await was_here_before(bot)
    mary = bot.test_user("Mary")
    await mary.open_home()
    await mary.expect_home("Is that you?")
    await mary.press("No, somebody else")
    await mary.expect_message("You are not asked again")
    assert await here(bot) != before
    await mary.open_home()
    assert "Is that you?" not in mary.text(await mary.expect_home("Join as mentee"))
    bot.place.assert_no_trouble()
