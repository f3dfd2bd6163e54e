"""Letters to Teams on a bad day: what passes is waited for, what does not is given up and told to the office."""

from datetime import timedelta

import pytest

from tests.support.teams import TeamsUser
from tests.support.teams.faults import Kind
from tests.support.teams_bots import TeamsBot, TeamsBots


async def join(bot: TeamsBot, name: str) -> TeamsUser:
    """Somebody asks to join as mentor."""
    user = bot.test_user(name)
    await user.command("/mentoring", "join mentor")
    await user.expect_modal("Join as mentor")
    await user.fill({"membership_number": "1234"})
    assert await user.submit() == {}
    return user


def told(user: TeamsUser, words: str) -> int:
    """How many messages with these words somebody has."""
    return sum(words in each.text for each in user.messages())


NOT_DONE: tuple[Kind, ...] = ("rate_limited", "precondition", "lost_before")
IN_DOUBT: tuple[Kind, ...] = ("bad_gateway", "gateway_timeout")


async def test_a_letter_comes_once_after_what_passes(teams_bots: TeamsBots) -> None:
    mentors = {kind: kind.title() for kind in (*NOT_DONE, *IN_DOUBT)}
    bot = await teams_bots.start(("Ada", *mentors.values()), rate_limits=False)
    for name in mentors.values():
        await join(bot, name)
    await bot.quiet()
    for kind, name in mentors.items():
        chat = bot.test_user(name).chat.id
        bot.place.service.faults.add(kind, times=2, method="POST", conversation=chat)
        await bot.test_user("Ada").press(f"Approve {name} as mentor")
    for _ in range(6):
        await bot.turn(timedelta(minutes=10))
    for kind, name in mentors.items():
        assert told(bot.test_user(name), "complete your mentor profile") == 1, kind
    assert bot.place.service.faults.waiting == []


GIVEN_UP: tuple[Kind, ...] = ("not_in_roster", "writes_blocked", "disabled")


@pytest.mark.parametrize("kind", GIVEN_UP)
async def test_somebody_who_cannot_be_written_to_is_told_to_the_office(teams_bots: TeamsBots, kind: Kind) -> None:
    bot = await teams_bots.start(rate_limits=False)
    ada, katherine = bot.test_user("Ada"), await join(bot, "Katherine")
    await bot.quiet()
    bot.place.service.faults.add(kind, times=50, conversation=katherine.chat.id)
    before = len(bot.place.state.calls)
    await ada.press("Approve Katherine as mentor")
    await bot.quiet()
    posts = [c for c in bot.place.state.calls[before:] if c.conversation == katherine.chat.id and c.method == "POST"]
    assert len(posts) == 1, "it is not tried again"
    await bot.quiet()
    await ada.expect_message("Katherine cannot be reached here")


async def test_whoever_takes_the_app_away_and_comes_back_is_written_to_again(teams_bots: TeamsBots) -> None:
    bot = await teams_bots.start(rate_limits=False)
    ada, katherine = bot.test_user("Ada"), await join(bot, "Katherine")
    await bot.quiet()
    await bot.place.uninstall("Katherine")
    await bot.place.install("Katherine")
    await bot.quiet()
    await ada.press("Approve Katherine as mentor")
    await katherine.expect_message("complete your mentor profile")
    await bot.quiet()
    assert "Complete mentor profile" in katherine.buttons(await katherine.expect_home("Hello Katherine"))
    bot.place.assert_no_trouble()


async def test_a_card_that_is_gone_does_not_keep_the_rest_from_going_on(teams_bots: TeamsBots) -> None:
    bot = await teams_bots.start(rate_limits=False)
    ada = bot.test_user("Ada")
    await join(bot, "Katherine")
    await bot.quiet()
    card = await ada.expect_message("Katherine would like to join")
    await ada.press("Approve Katherine as mentor", on=card)
    bot.place.state.delete(card)
    await bot.quiet()
    await bot.test_user("Katherine").expect_message("complete your mentor profile")
    await ada.open_home()
    await ada.expect_home("1 mentor")


async def test_many_letters_to_one_conversation_keep_within_its_limits(teams_bots: TeamsBots) -> None:
    mentors = [f"Mentor{n}" for n in range(9)]
    bot = await teams_bots.start(("Ada", *mentors), office_channel=True, rate_limits=True)
    for name in mentors:
        await join(bot, name)
    await bot.quiet()
    channel = bot.test_user("Ada").messages("mentoring-office")
    assert [each.text.split()[0] for each in channel] == mentors, "all of them, once each and in their order"
    refused = [call for call in bot.place.state.calls if call.status == 429 and call.method == "POST"]
    assert refused == []
