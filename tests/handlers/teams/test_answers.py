"""Answers that are messages of their own, on a bad day."""

import pytest

from tests.support.teams.faults import Kind
from tests.support.teams_bots import TeamsBots

PASSING: tuple[Kind, ...] = ("rate_limited", "precondition", "bad_gateway", "gateway_timeout", "lost_before")


@pytest.mark.parametrize("kind", PASSING)
async def test_a_form_comes_although_teams_was_away_for_a_moment(teams_bots: TeamsBots, kind: Kind) -> None:
    bot = await teams_bots.start(rate_limits=False)
    ada = bot.test_user("Ada")
    await ada.expect_home("Hello Ada")
    bot.place.service.faults.add(kind, times=2, method="POST")
    await ada.press("Join as mentee")
    await ada.expect_modal("Join as mentee")
    assert len(ada.modals) == 1
    bot.place.assert_no_trouble()


async def test_a_form_for_somebody_who_has_blocked_the_bot_is_given_up(teams_bots: TeamsBots) -> None:
    bot = await teams_bots.start(rate_limits=False)
    ada = bot.test_user("Ada")
    await ada.expect_home("Hello Ada")
    await bot.quiet()
    before = len(bot.place.state.calls)
    bot.place.service.faults.add("writes_blocked", times=5, method="POST")
    await ada.press("Join as mentee")
    await bot.settled(lambda: any(call.status == 403 for call in bot.place.state.calls[before:]))
    await bot.quiet()
    assert [call.status for call in bot.place.state.calls[before:] if call.method == "POST"] == [403]


async def test_a_list_stays_when_one_thing_on_it_is_done(teams_bots: TeamsBots) -> None:
    bot = await teams_bots.start(rate_limits=False)
    ada = bot.test_user("Ada")
    for name in ("Katherine", "Mary"):
        await bot.test_user(name).command("/mentoring", "join mentor")
        await bot.test_user(name).expect_modal("Join as mentor")
        await bot.test_user(name).fill({"membership_number": "1234"})
        assert await bot.test_user(name).submit() == {}
    await ada.command("/mentoring-admin", "queue")
    queue = await ada.expect_message("2 things wait for the office")
    await ada.press("Approve Katherine as mentor", on=queue)
    await ada.expect_message("Admitted by Ada")
    assert "Mary would like to join" in ada.text(queue)
    await ada.press("Approve Mary as mentor", on=queue)
    bot.place.assert_no_trouble()
