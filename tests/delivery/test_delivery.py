"""Letters under faults: everything arrives, once, and in order."""

import asyncio
from datetime import timedelta

import pytest

from bot.actions.context import Caller, Click
from bot.handlers.slack.app import SCOPES
from bot.storage import outbox
from bot.storage.outbox import Letter
from tests.support.bots import OFFICE, Bot, Bots
from tests.support.databases import rows

CAREER = "Resident doctor within one year of CCT"


async def ask_to_join(bot: Bot, name: str) -> None:
    """Somebody asks to join; the office hears of it by a message."""
    test_user = bot.test_user(name)
    await test_user.open_home()
    await test_user.expect_home("Join as mentee")
    await test_user.press("Join as mentee")
    await test_user.expect_modal("Join as mentee")
    await test_user.fill({"Membership number": "12345", "Where are you in your career?": CAREER})
    assert await test_user.submit() == {}


def waiting(bot: Bot) -> int:
    """How much is to go out within a day: what a card says once it is overdue is none of that."""
    return bot.app.database.read_now(lambda db: outbox.due_count(db, bot.clock.now + timedelta(days=1)))


async def test_a_message_goes_out_right_after_the_ack(bots: Bots) -> None:
    bot = await bots.start()
    await ask_to_join(bot, "Mary")
    await bot.test_user("Ada").expect_message("Mary")
    await bot.quiet()
    assert len(bot.posted("Mary")) == 1
    assert waiting(bot) == 0
    refs = rows(
        bot.app.database, "SELECT ref_channel, ref_message FROM outbox WHERE kind = 'join_asked' AND edits IS NULL"
    )
    message = bot.test_user("Ada").messages()[-1]
    assert refs == [(message.channel, message.ts)]


@pytest.mark.parametrize("fault", ["rate_limited", "server_error", "lost_answer"])
async def test_a_message_arrives_once_through_a_fault(bots: Bots, fault: str) -> None:
    bot = await bots.start()
    bot.workspace.faults.add("chat.postMessage", fault, seconds=1.0)  # type: ignore[arg-type]
    await ask_to_join(bot, "Mary")
    await bot.quiet()
    messages = [message for message in bot.test_user("Ada").messages() if message.bot]
    assert len(messages) == 1
    assert waiting(bot) == 0
    looked = [call for call in bot.workspace.calls if call.method == "conversations.history"]
    assert bool(looked) == (fault != "rate_limited"), "what may have arrived is looked for first"


async def test_a_fault_at_one_recipient_holds_up_no_other(bots: Bots) -> None:
    bot = await bots.start(administrators=("Ada", "Katherine"))
    bot.workspace.faults.add("chat.postMessage", "rate_limited", seconds=3.0)
    await ask_to_join(bot, "Mary")

    def one_has_it() -> bool:
        return any(any(m.bot for m in bot.test_user(name).messages()) for name in ("Ada", "Katherine"))

    await bot.workspace.settled(one_has_it, 2)
    await bot.quiet()
    for name in ("Ada", "Katherine"):
        assert len([m for m in bot.test_user(name).messages() if m.bot]) == 1


async def test_a_card_is_edited_when_what_it_shows_has_changed(bots: Bots) -> None:
    bot = await bots.start()
    await ask_to_join(bot, "Mary")
    ada = bot.test_user("Ada")
    card = await ada.expect_message("Mary")
    assert ada.buttons(card)
    bot.workspace.faults.add("chat.update", "lost_answer")
    await ada.press(ada.buttons(card)[0], on=card)
    await bot.quiet()
    again = next(message for message in ada.messages() if message.ts == card.ts)
    assert ada.buttons(again) == ["Undo", "View"]
    assert waiting(bot) == 1, "it is drawn once more when that can no longer be taken back"
    await bot.turn(timedelta(minutes=2))
    again = next(message for message in ada.messages() if message.ts == card.ts)
    assert ada.buttons(again) == ["View"]
    assert waiting(bot) == 0
    assert len([m for m in ada.messages() if m.bot and m.ephemeral_to is None]) == 1
    assert again.ts == card.ts


async def test_somebody_who_has_left_is_given_up_and_the_office_is_told_once(bots: Bots) -> None:
    bot = await bots.start(administrators=("Ada", "Katherine"))
    bot.workspace.change_person(bot.people["Katherine"], deactivated=True)
    await ask_to_join(bot, "Mary")
    for _ in range(2):  # that she is gone is found as she is written to
        await bot.quiet()
    _, told = [m for m in bot.test_user("Ada").messages() if m.bot]
    assert "Katherine is not here any more" in told.text
    assert waiting(bot) == 0
    async with bot.http.get(bot.app.url + "/readyz") as answer:
        body = await answer.json()
    assert (body["ready"], body["letters_given_up"]) == (True, 1), "the card; the news is about herself"


async def test_long_trouble_is_waited_out_by_the_clock(bots: Bots) -> None:
    """The first rests are short and real; after them it is the bot's clock that must come round."""
    bot = await bots.start()
    await ask_to_join(bot, "Mary")
    await bot.quiet()
    letter = Letter(
        id="L1", scheme=bot.app.schemes.first.key, key="again", kind="join_asked",
        about=str(rows(bot.app.database, "SELECT id FROM members")[0][0]),
        person=str(rows(bot.app.database, "SELECT person FROM outbox WHERE kind = 'join_asked'")[0][0]),
        channel=None, by="chat", made_at=bot.clock.now, not_before=bot.clock.now, attempts=3,
    )  # fmt: skip
    before = len(bot.posted())
    bot.workspace.faults.add("chat.postMessage", "server_error")
    await bot.app.database.write(lambda db: outbox.put(db, [letter]))
    await bot.quiet()
    assert (len(bot.posted()), waiting(bot)) == (before, 1)
    await bot.turn(timedelta(hours=1))
    assert (len(bot.posted()), waiting(bot)) == (before + 1, 0)


async def test_the_office_has_its_channel(bots: Bots) -> None:
    bot = await bots.start(office_channel=True)
    bot.workspace.faults.add("chat.postMessage", "server_error")
    await ask_to_join(bot, "Mary")
    await bot.quiet()
    assert bot.channel is not None
    assert len([m for m in bot.test_user("Ada").messages(bot.channel) if m.bot]) == 1


async def test_one_office_has_a_channel_of_its_own(bots: Bots) -> None:
    bot = await bots.start(office_channel=True, admin_channel=f"administrator:#{OFFICE}")
    await ask_to_join(bot, "Mary")
    await bot.quiet()
    assert bot.channel is not None
    assert len([m for m in bot.test_user("Ada").messages(bot.channel) if m.bot]) == 1


async def test_what_waited_goes_out_after_a_start(bots: Bots) -> None:
    bot = await bots.start()
    bot.workspace.faults.add("chat.postMessage", "server_error")
    await ask_to_join(bot, "Mary")
    await bot.app.stop()
    again = await bots.restart(bot)
    await again.quiet()
    assert len([m for m in bot.test_user("Ada").messages() if m.bot]) == 1


async def test_many_letters_keep_to_the_pace_of_slack(bots: Bots) -> None:
    """Eight people write to one administrator's conversation: the local Slack's limits are on, and all arrive once."""
    names = [f"Member {word}" for word in ("One", "Two", "Three", "Four", "Five", "Six")]
    bot = await bots.start(people=("Ada", *names))
    await asyncio.gather(*(ask_to_join(bot, name) for name in names))
    await bot.quiet()
    messages = [m for m in bot.test_user("Ada").messages() if m.bot]
    assert len(messages) == len(names)
    assert [call.error for call in bot.workspace.calls if call.method == "chat.postMessage"].count("ratelimited") <= 1


async def test_what_an_administrator_can_mend_is_waited_for_and_the_office_told_how(bots: Bots) -> None:
    """Without the scope for direct messages nobody is reached: the office's channel hears once, and how to mend it."""
    bot = await bots.start(office_channel=True, rate_limits=False, scopes=set(SCOPES) - {"im:write"})
    await ask_to_join(bot, "Mary")
    id_ = rows(bot.app.database, "SELECT id FROM members")[0][0]
    await bot.app.dispatcher.answer(
        Click(Caller("slack", bot.workspace.team_id, bot.people["Ada"]), "approve_joining", str(id_))
    )
    await bot.turn(timedelta(hours=12))
    assert bot.channel is not None
    told = [m.text for m in bot.test_user("Ada").messages(bot.channel) if "are waiting" in m.text]
    assert len(told) == 1
    assert "compare the app's scopes with manifest/slack.yaml" in told[0]
    left = rows(bot.app.database, "SELECT kind, dead_at FROM outbox WHERE sent_at IS NULL")
    assert left == [("admitted", None)], "not given up past the last of the usual tries, and nothing waits behind it"
    async with bot.http.get(bot.app.url + "/readyz") as answer:
        assert list((await answer.json())["letters_held"].values()) == [1]
    bot.workspace.grant(SCOPES)
    await bot.turn(timedelta(hours=2))
    assert waiting(bot) == 0
    assert [m for m in bot.test_user("Mary").messages() if m.bot], "it went out by itself"
