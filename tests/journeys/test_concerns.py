"""A concern about the director, in Slack and in Teams over signed HTTP: it reaches the chair, and the director learns
nothing of it."""

import re
from datetime import timedelta

import pytest

from tests.journeys.test_other_schemes import appointed, join, later, started
from tests.support.bots import Bots
from tests.support.databases import rows
from tests.support.teams_bots import TeamsBots

TEXT = "She read out my request to the whole committee."


@pytest.mark.covers("A31", "B11", "D16")
async def test_a_concern_about_the_director_is_taken_up_by_the_chair(everywhere: Bots | TeamsBots) -> None:
    bot, (olive, dora, cyd, ada) = await started(everywhere, "asme", "Olive", "Dora", "Cyd", "Ada")
    await appointed(olive, "Director responsible for mentoring", "Dora")
    await appointed(olive, "Chair", "Cyd")
    await join(ada, "mentee")
    await ada.home()
    await ada.form("Raise a concern", "Raise a concern", on=ada.test_user.home)
    assert "It is read by the Director responsible for mentoring (Dora) alone." in ada.window()
    assert "to the Chair (Cyd)" in ada.window()
    assert "within 7 days" in ada.window()
    assert "Not for an emergency" in ada.window()
    assert await ada.send(about="Dora, Director responsible for mentoring", text=TEXT) == {}
    await ada.told("It is with Cyd (Chair), who makes contact with you by")
    await ada.close()
    received = re.search(r"reference\s+(\w+)", await ada.read("Your concern has been received"))
    assert received
    assert TEXT not in await cyd.read("A concern is yours to take up")
    for other in (dora, olive):
        assert received[1] not in await other.home()
        assert not [each for each in other.test_user.messages() if received[1] in other.test_user.text(each)]
    await cyd.form("View", "Concern")
    assert TEXT in cyd.window()
    await cyd.close()
    await later(bot, timedelta(days=7, hours=1))
    await ada.read("takes longer: the time that was meant for it is over")
    await olive.read("A concern is yours to take up")
    await cyd.form("I have made contact", "I have made contact")
    assert await cyd.send(note="We meet on Friday.") == {}
    await cyd.close()
    await bot.quiet()
    assert "We meet on Friday." not in await ada.read("Cyd says that they have made contact")
    await cyd.form("Close concern", "Close concern")
    assert await cyd.send(reply="Thank you for trusting us.") == {}
    await cyd.close()
    await ada.read("Thank you for trusting us.")
    await bot.quiet()
    assert "Cyd closed it on" in await ada.home()
    assert received[1] not in await dora.home()
    assert not [each for each in dora.test_user.messages() if received[1] in dora.test_user.text(each)]
    assert TEXT not in repr(
        [rows(bot.app.database, f"SELECT * FROM {name}") for name in ("concerns", "outbox", "audit")]
    )
