"""The same clicks over Socket Mode, with connections that are dropped and renewed."""

from tests.support.bots import Bots
from tests.support.databases import rows


async def test_clicks_arrive_over_a_socket(bots: Bots) -> None:
    bot = await bots.start(socket_mode=True)
    mary = bot.test_user("Mary")
    await mary.open_home()
    await mary.expect_home("Join as mentee")
    await mary.press("Join as mentee")
    await mary.expect_modal("Join as mentee")
    answer = (await mary.command("/mentoring", "help")).answer
    assert "Home" in answer["text"]
    assert {delivery.transport for delivery in bot.workspace.deliveries} == {"socket"}


async def test_a_dropped_connection_is_replaced_at_once(bots: Bots) -> None:
    bot = await bots.start(socket_mode=True)
    mary = bot.test_user("Mary")
    for _ in range(3):
        bot.workspace.drop_sockets()
        await bot.workspace.settled(lambda: bot.workspace.sockets == 1, 3)
        assert (await mary.command("/mentoring", "help")).acked
    async with bot.http.get(bot.app.url + "/readyz") as answer:
        assert (await answer.json())["socket_mode"] == "connected"


async def test_a_connection_is_renewed_when_slack_asks(bots: Bots) -> None:
    bot = await bots.start(socket_mode=True)
    mary = bot.test_user("Mary")
    opened = sum(call.method == "apps.connections.open" for call in bot.workspace.calls)
    await bot.workspace.refresh_sockets()
    await bot.workspace.settled(lambda: bot.workspace.sockets == 1, 3)
    assert (await mary.command("/mentoring", "help")).acked
    assert sum(call.method == "apps.connections.open" for call in bot.workspace.calls) == opened + 1


async def test_it_dials_again_while_slack_is_in_trouble(bots: Bots) -> None:
    bot = await bots.start(socket_mode=True)
    bot.workspace.faults.add("apps.connections.open", "server_error", times=3)
    bot.workspace.drop_sockets()
    await bot.workspace.settled(lambda: bot.workspace.sockets == 1, 5)
    assert (await bot.test_user("Mary").command("/mentoring", "help")).acked


async def test_a_stopped_bot_hangs_up(bots: Bots) -> None:
    bot = await bots.start(socket_mode=True)
    await bot.test_user("Mary").open_home()
    await bot.app.stop()
    await bot.workspace.settled(lambda: bot.workspace.sockets == 0, 3)
    again = await bots.restart(bot)
    assert rows(again.app.database, "SELECT count(*) FROM people") == [(2,)], "Ada and Mary, each once"
