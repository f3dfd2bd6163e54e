"""Who presses is who Microsoft says it is: another's button, copied into a press of one's own, does nothing."""

from tests.support.databases import rows
from tests.support.teams import TeamsUser, reading
from tests.support.teams.model import Json
from tests.support.teams_bots import TeamsBot, TeamsBots

KEPT = ("SELECT role, state, version FROM members ORDER BY role, person", "SELECT count(*) FROM office_holders")
"""What is decided about people."""


async def waiting(bots: TeamsBots) -> TeamsBot:
    """Katherine has asked to join as mentor, and Ada's list has her."""
    bot = await bots.start(rate_limits=False)
    katherine = bot.test_user("Katherine")
    await katherine.command("/mentoring", "join mentor")
    await katherine.expect_modal("Join as mentor")
    await katherine.fill({"membership_number": "1234"})
    assert await katherine.submit() == {}
    ada = bot.test_user("Ada")
    await ada.command("/mentoring-admin", "queue")
    await ada.expect_message("One thing waits for the office")
    await ada.command("/mentoring-admin", "roles")
    await ada.expect_message("Appoint")
    await bot.quiet()
    return bot


def buttons(user: TeamsUser) -> list[Json]:
    """Everything that can be pressed in somebody's chat."""
    return [each.action for message in user.chat.messages for each in reading.pressables(user.card(message))]


def kept(bot: TeamsBot) -> list[list[tuple[object, ...]]]:
    """What stands in the database about people."""
    return [rows(bot.app.database, statement) for statement in KEPT]


async def test_the_offices_buttons_in_other_hands_do_nothing(teams_bots: TeamsBots) -> None:
    bot = await waiting(teams_bots)
    mary, katherine = bot.test_user("Mary"), bot.test_user("Katherine")
    before = kept(bot)
    theirs = [each for each in buttons(bot.test_user("Ada")) if each["verb"] not in ("open_join", "open_reminders")]
    assert {"approve_joining", "open_clarify", "open_appoint"} <= {each["verb"] for each in theirs}
    for user in (mary, katherine):
        sender = bot.place.sender(user.person, user.chat)
        for action in theirs:
            done = await bot.place.deliver(sender.press(user.chat.messages[0].id, action))
            assert (done.status, done.body["statusCode"]) == (200, 200), action["verb"]
    await bot.quiet()
    assert kept(bot) == before
    assert mary.modals == [], "not even a form opens"


async def test_somebody_elses_name_in_a_press_does_not_make_it_theirs(teams_bots: TeamsBots) -> None:
    bot = await waiting(teams_bots)
    ada, mary = bot.test_user("Ada"), bot.test_user("Mary")
    before = kept(bot)
    action = next(each for each in buttons(ada) if each["verb"] == "approve_joining")
    forged = bot.place.sender(mary.person, mary.chat).press(ada.chat.messages[-1].id, action)
    claims = action["data"] | {"from": {"do": "approve_joining"}, "user": ada.user}
    odd = (
        {"from": forged["from"] | {"id": ada.person.id}},
        {"from": forged["from"] | {"name": "Ada", "role": "admin"}},
        {"conversation": forged["conversation"] | {"id": ada.chat.id}},
        {"value": {"action": action | {"data": claims}}},
    )
    for n, changed in enumerate(odd):
        done = await bot.place.deliver(forged | {"id": f"f:{n}"} | changed)
        assert done.status in (200, 400)
    await bot.quiet()
    assert kept(bot) == before
    await ada.press("Approve Katherine as mentor")
    await bot.quiet()
    assert kept(bot) != before, "the office itself decides by it"
