"""People and the app change in Teams: what it says of that is heard, what it does not say is found, nothing is lost."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.actions.context import Caller
from tests.journeys.waiting_story import PEOPLE, WaitingStory
from tests.support.bots import OFFICE
from tests.support.databases import rows
from tests.support.teams_bots import TeamsBot, TeamsBots


class Story(WaitingStory):
    """The same in Teams, with its administrators."""

    def __init__(self, bot: TeamsBot) -> None:
        super().__init__(bot)
        self.bot = bot

    def off(self, name: str) -> None:
        """Somebody's account is switched off: they are on no roster any more."""
        chat = self.bot.test_user(name).chat
        chat.members.clear()

    async def called(self) -> None:
        """Everybody's turn to be asked for comes."""
        self.bot.clock.now += timedelta(days=1, minutes=1)
        await self.bot.app.roll_call.look()
        for _ in range(2):
            await self.bot.quiet()


@pytest.fixture(params=["sqlite", "postgresql"])
async def story(request: pytest.FixtureRequest) -> AsyncIterator[Story]:
    bots = TeamsBots(request.getfixturevalue(f"{request.param}_url"))
    made = Story(await bots.start(PEOPLE, ("Ruth",), office_channel=True, rate_limits=False))
    await made.begin()
    yield made
    await bots.close()


@pytest.mark.covers("L2")
async def test_a_mentor_removes_the_app_the_next_is_asked_and_back_they_are_welcome(story: Story) -> None:
    await story.bot.place.uninstall("Katherine")
    await story.bot.quiet()
    await story.next.read("Amara asks you to be their mentor")
    assert "removed or blocked it" in await story.office.read("Katherine cannot be reached here", OFFICE)
    await story.bot.place.install("Katherine")
    await story.bot.quiet()
    assert "went on to others" in await story.first.read("Welcome back, Katherine.")
    await story.office.read("Katherine is back", OFFICE)


async def test_whoever_was_found_gone_elsewhere_is_back_with_the_next_press(story: Story) -> None:
    """By another process, or when a letter did not reach them: what this one remembers of them is older."""
    bot = story.bot
    await story.first.home()
    await bot.app.dispatcher.lost(Caller("teams", bot.place.tenant, bot.people["Katherine"]), "unreached")
    await bot.quiet()
    await story.first.home()
    await story.first.read("Welcome back, Katherine.")


@pytest.mark.covers("L2")
async def test_a_partner_hears_kindly_that_the_other_cannot_be_reached(story: Story) -> None:
    await story.connected()
    await story.bot.place.uninstall("Katherine")
    await story.bot.quiet()
    heard = await story.mentee.read("Katherine cannot be reached in this app at the moment")
    assert "It says nothing about you" in heard
    await story.bot.place.install("Katherine")
    await story.bot.quiet()
    await story.mentee.read("Katherine is back, and your connection goes on")


@pytest.mark.covers("L2")
async def test_whose_account_is_off_is_found_when_asked_for(story: Story) -> None:
    story.off("Katherine")
    await story.called()
    await story.next.read("Amara asks you to be their mentor")
    await story.office.read("Katherine is not here any more", OFFICE)
    await story.called()
    assert rows(story.bot.app.database, "SELECT count(*) FROM outbox WHERE kind = 'person_gone'")[0][0] == 1


@pytest.mark.covers("L2")
async def test_a_new_name_is_found_when_asked_for_and_read_on_the_card(story: Story) -> None:
    state = story.bot.place.state
    amara = state.person(story.bot.people["Amara"])
    state.people[amara.id] = replace(amara, name="Amara Okafor")
    await story.called()
    assert [name for (name,) in rows(story.bot.app.database, "SELECT name FROM people WHERE name LIKE 'Amara%'")] == [
        "Amara Okafor"
    ]
    await story.bot.settled(lambda: any("Amara Okafor" in story.first.test_user.text(each)
                                        for each in story.first.test_user.messages()))  # fmt: skip


async def test_whoever_has_shut_the_bot_out_is_not_back_because_a_list_names_them(story: Story) -> None:
    chat = story.bot.test_user("Katherine").chat
    story.bot.place.service.faults.add("writes_blocked", times=50, method="POST", conversation=chat.id)
    await story.mentee.home()
    await story.mentee.form("Withdraw", "Withdraw request")
    assert await story.mentee.send() == {}
    for _ in range(2):
        await story.bot.quiet()
    await story.office.read("Katherine cannot be reached here", OFFICE)
    await story.called()
    assert rows(story.bot.app.database, "SELECT active FROM people WHERE name = 'Katherine'")[0][0] in (0, False)


@pytest.mark.covers("L2")
async def test_taken_out_of_the_office_s_team_it_keeps_what_it_has_to_say(story: Story) -> None:
    bot = story.bot
    channel = bot.place.state.conversation(str(bot.channel))
    channel.bot_in = False
    story.off("Katherine")
    await story.called()
    await story.office.read("Messages or calendar entries of the scheme are waiting")
    channel.bot_in = True
    await bot.turn(timedelta(hours=1))
    await story.office.read("Katherine is not here any more", OFFICE)


async def test_from_a_channel_nobody_goes_with_the_app(story: Story) -> None:
    sender = story.bot.place.sender(
        story.bot.test_user("Ruth").person, story.bot.place.state.conversation(str(story.bot.channel))
    )
    await story.bot.place.deliver(sender.installation("remove"))
    await story.bot.quiet()
    assert rows(story.bot.app.database, "SELECT count(*) FROM people WHERE gone <> ''") == [(0,)]
