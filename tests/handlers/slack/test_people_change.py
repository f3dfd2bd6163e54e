"""People and the app itself change in Slack: its events are heard, what they miss is asked for, and nothing is lost."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.actions.context import Caller
from slack_workspace import Refusal
from tests.journeys.people import Member
from tests.journeys.waiting_story import PEOPLE, WaitingStory
from tests.support.bots import OFFICE, Bot, Bots, bots
from tests.support.databases import rows

__all__ = ["bots"]


class Story(WaitingStory):
    """The same in Slack, with its administrators."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(bot)
        self.bot = bot

    async def change(self, name: str, /, **changes: Any) -> None:
        """The workspace's administrator changes somebody, and Slack says so."""
        delivered = await self.bot.workspace.change(self.bot.people[name], **changes)
        assert delivered.acked
        await self.bot.quiet()

    async def called(self) -> None:
        """Slack says nothing, and everybody's turn to be asked for comes."""
        self.bot.clock.now += timedelta(days=1, minutes=1)
        await self.bot.app.roll_call.look()
        await self.bot.quiet()


@pytest.fixture
async def story(bots: Bots) -> Story:
    made = Story(await bots.start(PEOPLE, ("Ruth",), office_channel=True, rate_limits=False))
    await made.begin()
    return made


async def test_the_picture_is_the_one_that_they_have_set(story: Story) -> None:
    for pictured in (False, True):
        await story.change("Katherine", pictured=pictured)
        ((picture,),) = rows(story.bot.app.database, "SELECT picture FROM people WHERE name LIKE '%Katherine%'")
        assert bool(picture) is pictured


@pytest.mark.covers("L2")
@pytest.mark.parametrize("heard_of", ["by an event", "when asked for"])
async def test_a_mentor_is_deactivated_and_the_next_is_asked(story: Story, heard_of: str) -> None:
    if heard_of == "by an event":
        await story.change("Katherine", deactivated=True)
    else:
        story.bot.workspace.change_person(story.bot.people["Katherine"], deactivated=True)
        await story.called()
    await story.next.read("Amara asks you to be their mentor")
    told = await story.office.read("Katherine is not here any more", OFFICE)
    assert "gone on to others" in told
    with pytest.raises(Refusal):
        story.bot.test_user("Katherine")


@pytest.mark.covers("L2")
async def test_a_partner_hears_kindly_and_both_go_on_when_they_are_back(story: Story) -> None:
    await story.connected()
    await story.change("Katherine", deactivated=True)
    heard = await story.mentee.read("Katherine is not here at the moment")
    assert "It says nothing about you" in heard
    home = await story.mentee.home()
    assert "Katherine is not here at the moment: all of this waits" in home
    assert "Read agreement" not in home
    await story.change("Katherine", deactivated=False)
    await story.mentee.read("Katherine is back, and your connection goes on")
    first = Member(story.bot, story.bot.test_user("Katherine"))
    assert "goes on" in await first.read("Welcome back, Katherine.")
    assert "Amara" in await first.home()
    await story.office.read("Katherine is back", OFFICE)


async def test_whoever_presses_something_is_back_although_slack_has_not_said_so(story: Story) -> None:
    await story.connected()
    await story.change("Katherine", deactivated=True)
    story.bot.workspace.change_person(story.bot.people["Katherine"], deactivated=False)
    first = Member(story.bot, story.bot.test_user("Katherine"))
    await first.home()
    await first.read("Welcome back, Katherine.")


async def test_whoever_was_found_gone_elsewhere_is_back_with_the_next_press(story: Story) -> None:
    """By another process, or when a letter did not reach them: what this one remembers of them is older."""
    await story.connected()
    first = Member(story.bot, story.bot.test_user("Katherine"))
    await first.home()
    katherine = Caller("slack", story.bot.workspace.team_id, story.bot.people["Katherine"])
    await story.bot.app.dispatcher.lost(katherine, "unreached")
    await story.bot.quiet()
    await first.home()
    await first.read("Welcome back, Katherine.")


@pytest.mark.covers("L2")
async def test_a_mentee_is_gone_and_the_mentor_s_card_asks_for_nothing(story: Story) -> None:
    await story.change("Amara", deactivated=True)
    await story.first.read("Amara is not here any more, so the mentoring request waits for nobody")
    assert "Accept" not in json.dumps([message.blocks for message in story.first.test_user.messages()[-2:]])


@pytest.mark.covers("L2")
async def test_a_guest_is_told_what_holds_and_the_office_hears_it(story: Story) -> None:
    await story.change("Katherine", guest=True)
    await story.first.read("You are a guest here now, Katherine.")
    await story.office.read("Katherine is a guest here now", OFFICE)
    await story.connected()
    assert rows(story.bot.app.database, "SELECT count(*) FROM connections WHERE state = 'active'") == [(1,)]


@pytest.mark.covers("L2")
async def test_a_new_name_is_read_on_the_card_and_a_new_zone_in_the_times(story: Story) -> None:
    await story.change("Amara", name="Amara Okafor", tz="America/New_York", email="amara@elsewhere.example")
    await story.bot.settled(lambda: "Amara Okafor" in story.first.test_user.sees())
    kept = rows(story.bot.app.database, "SELECT zone, email FROM people WHERE name = 'Amara Okafor'")
    assert kept == [("America/New_York", "amara@elsewhere.example")]


async def test_a_status_that_is_set_changes_nothing(story: Story) -> None:
    await story.bot.quiet()
    before = rows(story.bot.app.database, "SELECT count(*) FROM outbox")
    await story.change("Amara", title="On holiday")
    assert rows(story.bot.app.database, "SELECT count(*) FROM outbox") == before


async def test_of_whoever_has_never_been_here_nothing_is_kept(story: Story) -> None:
    story.bot.join("Stranger")
    await story.change("Stranger", name="Somebody Else")
    await story.change("Stranger", deactivated=True)
    await story.bot.workspace.announce({"type": "team_join", "user": {"id": "UNEW", "team_id": "T1"}})
    assert rows(story.bot.app.database, "SELECT count(*) FROM people WHERE name LIKE '%Else%'") == [(0,)]


@pytest.mark.covers("L2")
async def test_taken_out_of_the_office_s_channel_it_says_so_in_person_and_goes_on_once_invited(story: Story) -> None:
    bot = story.bot
    assert bot.channel is not None
    await bot.workspace.take_app_out(bot.channel)
    _, state = await bot.app.ready()
    assert "invite the bot to the office's channel" in state["slack"]
    await story.change("Katherine", deactivated=True)
    await story.office.read("Messages or calendar entries of the scheme are waiting")
    bot.workspace.invite_app(bot.channel)
    await bot.turn(timedelta(hours=1))
    await story.office.read("Katherine is not here any more", OFFICE)
    assert "slack" not in (await bot.app.ready())[1]


@pytest.mark.covers("L2")
async def test_uninstalled_it_keeps_what_it_has_to_say_and_says_it_once_it_is_installed_again(story: Story) -> None:
    bot = story.bot
    await bot.workspace.uninstall()
    well, state = await bot.app.ready()
    assert not well
    assert "install the app again" in state["slack"]
    await bot.turn(timedelta(days=6), step=timedelta(hours=6))  # each letter is tried again at each look
    assert rows(bot.app.database, "SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL") == [(0,)]
    bot.workspace.install()
    await bot.turn(timedelta(hours=1))
    await story.mentee.read("did not answer within 5 days")
    assert (await bot.app.ready())[0]
