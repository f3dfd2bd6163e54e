"""kill -9 between commit and send, and between send and mark: nothing lost, the act done once, nothing said twice."""

import contextlib
from collections import Counter

import pytest
from sqlalchemy import Connection as Db

from bot.lifecycle.notices import tell
from bot.lifecycle.vocabulary import Kind
from bot.storage import outbox
from bot.storage.outbox import Letter
from slack_workspace import Refusal
from tests.crash.harness import Harness
from tests.crash.killing_workspace import Moment
from tests.crash.parent import AT_COMMIT
from tests.support import races
from tests.support.races import MONDAY, SCHEME, Asked, aftermath

pytestmark = pytest.mark.xdist_group("machine")

ROUNDS = 12


def invite(harness: Harness, number: int) -> Asked:
    """A mentor and a mentee who are in the workspace too, and the mentor's card waiting to be sent."""
    asked = harness.database.write_now(lambda db: _invited(db, number))
    harness.join(asked.mentor, asked.mentee)
    return asked


async def accept(harness: Harness, asked: Asked) -> None:
    """The mentor presses Accept; whether it is acknowledged is up to the bot's last moments."""
    with contextlib.suppress(Refusal):
        await harness.workspace.test_user(asked.mentor).press("Accept")


def _invited(db: Db, number: int) -> Asked:
    asked = races.invited(db, number)
    card = tell(Kind.INVITATION, asked.mentor, asked.invitation)
    letter = Letter(
        f"card{number}", SCHEME, card.key, card.kind, card.about, asked.mentor, None, "chat", MONDAY, MONDAY
    )  # fmt: skip
    outbox.put(db, [letter])
    return asked


async def rounds(harness: Harness, *moments: Moment | None) -> list[tuple[int, object]]:
    """Accept and be killed at each of the moments in turn (None: at the commit); gives the rounds that went wrong.

    The bot of each round first has to see to what the one before it has left.
    """
    everybody: list[Asked] = []
    for number in range(ROUNDS):
        everybody.append(invite(harness, number))
        moment = moments[number % len(moments)]
        pid = await harness.start_bot(dies="" if moment else AT_COMMIT)
        if moment is not None:
            harness.workspace.hand.raise_against(pid, moment)
        await accept(harness, everybody[-1])
        await harness.wait_for_death()
        reached = sum((harness.heard(each) for each in (everybody[-1].mentor, everybody[-1].mentee)), Counter())
        # The card, and whatever had gone out when it was killed.
        assert len(reached) == 1 if moment != "before the answer" else len(reached) >= 2, (number, reached)
    await harness.start_bot()
    return [(number, what) for number, asked in enumerate(everybody) if (what := _wrong(harness, asked))]


def _wrong(harness: Harness, asked: Asked) -> object:
    """What is lost, done twice or said twice; nothing where all is as it must be."""
    after = aftermath(harness.database)
    done = (after.requests[asked.request], after.connected[asked.request], after.outcomes("accept", asked.invitation))
    if done != ("accepted", 1, {"done": 1}):
        return done
    mentee, mentor = harness.heard(asked.mentee), harness.heard(asked.mentor)
    kinds = [sorted(key.partition(":")[0] for key in heard.elements()) for heard in (mentee, mentor)]
    if kinds != [["accepted"], ["connected", "invitation"]]:
        return kinds
    test_user = harness.workspace.test_user(asked.mentor)
    card = test_user.messages()[0]
    return test_user.buttons(card) if "Accept" in test_user.buttons(card) else None


async def test_killed_between_commit_and_send(harness: Harness) -> None:
    assert await rounds(harness, None, "at arrival") == []
    await harness.assert_nothing_waits()


async def test_killed_between_send_and_mark(harness: Harness) -> None:
    assert await rounds(harness, "before the answer") == []
    await harness.assert_nothing_waits()
    asked_for = Counter(call.method for call in harness.workspace.calls)
    assert asked_for["conversations.history"] >= ROUNDS, "what was in doubt was looked for"
