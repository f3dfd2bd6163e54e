"""Answers that are messages of their own, on a bad day."""

import dataclasses

from tests.support.bots import OFFICE
from tests.support.databases import rows
from tests.support.teams.faults import Kind
from tests.support.teams_bots import TeamsBots

PASSING: tuple[Kind, ...] = ("rate_limited", "precondition", "bad_gateway", "gateway_timeout", "lost_before")


async def test_a_form_comes_although_teams_was_away_for_a_moment(teams_bots: TeamsBots) -> None:
    bot = await teams_bots.start([kind.title() for kind in PASSING], (), rate_limits=False)
    users = [bot.test_user(kind.title()) for kind in PASSING]
    for kind, user in zip(PASSING, users, strict=True):
        await user.expect_home(f"Hello {user.person.name}")
        bot.place.service.faults.add(kind, times=2, method="POST", conversation=user.chat.id)
    for user in users:
        await user.press("Join as mentee")
    for user in users:
        await user.expect_modal("Join as mentee")
        assert len(user.modals) == 1, user.person.name
    assert bot.place.service.faults.waiting == []
    bot.place.assert_no_trouble()


async def test_a_form_for_somebody_who_has_blocked_the_bot_is_given_up(teams_bots: TeamsBots) -> None:
    bot = await teams_bots.start(rate_limits=False)
    mary = bot.test_user("Mary")
    await mary.expect_home("Hello Mary")
    await bot.quiet()
    before = len(bot.place.state.calls)
    bot.place.service.faults.add("writes_blocked", times=5, method="POST")
    await mary.press("Join as mentee")
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


async def test_what_a_form_says_of_how_it_was_opened_does_nothing_but_look(teams_bots: TeamsBots) -> None:
    """A form that comes back with errors is opened once more by what it carries: a client cannot have that act."""
    bot = await teams_bots.start(rate_limits=False)
    person = bot.place.state.person(bot.people["Mary"])
    sender = bot.place.sender(person, bot.place.state.personal(person))
    data = {
        "do": "join", "about": "mentee", "in": "form", "fields": ["t:membership_number"],
        "from": {"do": "join", "about": "mentor", "values": {"t:membership_number": "1234", "t:why": ""}},
    }  # fmt: skip
    press = sender.press("1", {"type": "Action.Execute", "verb": "join", "data": data})
    done = await bot.place.deliver(press)
    assert done.body["type"] == "application/vnd.microsoft.activity.message"
    await bot.quiet()
    assert rows(bot.app.database, "SELECT count(*) FROM members") == [(0,)]


async def test_an_administrator_who_has_come_once_is_found_after_a_restart(teams_bots: TeamsBots) -> None:
    bot = await teams_bots.start(administrators=(), install=False)
    named = dataclasses.replace(bot, settings=bot.settings.model_copy(update={"administrators": ("ada@example.org",)}))
    await bot.app.stop()
    again = await teams_bots.restart(named)
    assert "0 of 1 administrators found" in again.app.described, "no bot may look through the directory"
    await again.place.install(again.people["Ada"])
    await again.quiet()
    await again.app.stop()
    once_more = await teams_bots.restart(again)
    assert "1 of 1 administrators found" in once_more.app.described


async def test_what_is_opened_in_a_form_leads_back_to_it(teams_bots: TeamsBots) -> None:
    bot = await teams_bots.start(rate_limits=False)
    ada, katherine = bot.test_user("Ada"), bot.test_user("Katherine")
    await katherine.command("/mentoring", "join mentor")
    await katherine.expect_modal("Join as mentor")
    await katherine.fill({"membership_number": "1234"})
    assert await katherine.submit() == {}
    await ada.expect_message("Katherine would like to join")
    await ada.press("View")
    await ada.expect_modal()
    viewed = ada.text(ada.modals[-1])
    await ada.press("Ask for clarification", on=ada.modal)
    await ada.expect_modal("Ask for clarification")
    assert await ada.submit() == {"Your question to Katherine": "Please fill this in."}
    await ada.press("Cancel", on=ada.modal)
    assert ada.text(ada.modals[-1]) == viewed
    assert len(ada.modals) == 1
    await ada.press("Close", on=ada.modal)
    assert not ada.modals
    bot.place.assert_no_trouble()


async def test_somebody_met_in_a_channel_alone_is_told_how_to_see_a_form(teams_bots: TeamsBots) -> None:
    bot = await teams_bots.start(office_channel=True, install=False, rate_limits=False)
    mary = bot.test_user("Mary")
    await bot.place.install(bot.people["Mary"])
    await mary.command("/mentoring", "join mentor")
    await mary.expect_modal("Join as mentor")
    await mary.fill({"membership_number": "1234"})
    assert await mary.submit() == {}
    ada = bot.test_user("Ada")
    asked = await ada.expect_message("Mary would like to join", OFFICE)
    await ada.press("View", on=asked)
    assert "add me as your own app" in str(bot.place.state.deliveries[-1].body)
    await bot.place.install(bot.people["Ada"])
    await ada.press("View", on=asked)
    await ada.expect_modal()
    bot.place.assert_no_trouble()
