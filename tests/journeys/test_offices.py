"""An office given in the chat, over signed HTTP: somebody picks a colleague whom the bot has never met."""

from tests.support.bots import Bots
from tests.support.databases import rows


async def test_a_colleague_who_has_never_been_here_is_appointed_and_removed(bots: Bots) -> None:
    bot = await bots.start(("Ruth", "Amara"), ("Ruth",))
    ruth, amara = bot.test_user("Ruth"), bot.test_user("Amara")
    await ruth.command("/mentoring-admin", "roles")
    await ruth.expect_message("May approve members")
    await ruth.press("Appoint: Administrator")
    await ruth.expect_modal("Appoint")
    await ruth.fill({"Whom?": "Amara"})
    assert await ruth.submit() == {}
    await amara.expect_message("You are Administrator")
    held = "SELECT source FROM office_holders ORDER BY source"
    assert rows(bot.app.database, held) == [("chat",), ("settings",)]
    await ruth.close_modal()
    await ruth.command("/mentoring-admin", "roles")
    await ruth.expect_message("Amara – since")
    await ruth.press("Remove Amara as Administrator")
    await ruth.expect_modal("Remove from office")
    assert await ruth.submit() == {}
    await amara.expect_message("no longer")
    assert rows(bot.app.database, held) == [("settings",)]
