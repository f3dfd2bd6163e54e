"""A visitor turns the clock and sees what follows, in its order."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import Connection, text

from demo.demo import FURTHEST, Demo
from demo.mail import MAILBOX
from slack_workspace import Refusal


def user_of(demo: Demo, stage: str) -> str:
    return next(demo.users[mentee.email] for mentee in demo.people.mentees if mentee.stage == stage)


@pytest.mark.covers("A17")
async def test_five_days_of_silence_come_to_the_mentee() -> None:
    async with Demo() as demo:
        mentee = demo.workspace.test_user(user_of(demo, "asking"))
        known, calls, began = len(mentee.messages()), len(demo.workspace.calls), demo.clock.offset
        async with httpx.AsyncClient(base_url=demo.url, trust_env=False, timeout=30) as page:
            answer = (await page.post("/page/turn", json={"as": mentee.user, "by": "P5D"})).json()
        assert answer == {"ok": True}
        assert demo.clock.offset - began == timedelta(days=5)

        news = mentee.messages()[known:]
        assert len(news) == 1
        assert "did not answer within 5 days" in mentee.text(news[0])
        # It came when it was due, not at the end of the turning.
        assert timedelta(hours=12) < demo.clock() - news[0].time < timedelta(days=2)

        (box,) = [room for room in demo.workspace.state.conversations_of(mentee.user) if room.name == MAILBOX]
        copy = mentee.messages(box.id)[-1].text
        assert "did not answer within 5 days" in copy, "it went by e-mail too"
        assert "https://slack.com/app_redirect?app=" in copy

        posts = [call for call in demo.workspace.calls[calls:] if call.method == "chat.postMessage"]
        said = [str(post.arguments["text"]) for post in posts]
        for words in ("is still hoping for your answer", "The time to answer", "did not answer within 5 days"):
            assert sum(words in text for text in said) == 1, words


async def test_an_open_home_is_drawn_anew_when_what_it_shows_is_due() -> None:
    async with Demo() as demo:
        mentee = demo.workspace.test_user(user_of(demo, "meeting"))
        shown = mentee.text(await mentee.expect_home("Session 3 is on"))
        assert "Did session 3" not in shown
        starts_at = await demo.app.database.read(session_ahead)
        await demo.turn(starts_at - demo.clock() + timedelta(minutes=61))
        await demo.app.drain()
        assert "Did session 3" in mentee.text(await mentee.expect_home("To do now")), "though nobody has opened it"


def session_ahead(db: Connection) -> datetime:
    (at,) = db.execute(text("SELECT starts_at FROM sessions WHERE number = 3")).one()
    return datetime.fromisoformat(str(at)).replace(tzinfo=UTC)


async def test_a_press_turns_it_by_a_month_at_most() -> None:
    demo = Demo()
    began = demo.clock.offset
    with pytest.raises(Refusal, match="at most"):
        await demo.turn(FURTHEST + timedelta(minutes=1))
    assert demo.clock.offset == began


@pytest.mark.parametrize("http", [False, True], ids=["socket mode", "http"])
async def test_somebody_new_joins_whichever_way_the_bot_is_reached(http: bool) -> None:
    async with Demo(http=http) as demo:
        newcomer = demo.workspace.test_user(user_of(demo, "outside"))
        await newcomer.open_home()
        await newcomer.expect_home("Hello Lucía")
        await newcomer.press("Join as mentee", on=newcomer.home)
        await newcomer.expect_modal("Join as mentee")
        assert {delivery.transport for delivery in demo.workspace.deliveries} == {"http" if http else "socket"}
