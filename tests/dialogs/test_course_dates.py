"""When a course takes place next, for whoever has still to do it; what is over is not shown."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.dialogs.parts import Paragraph
from bot.dialogs.plain import plain
from bot.dialogs.wording import members
from bot.schemes.loading import load
from tests.dialogs import sample_views as some

ASME = load("asme")


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-11-23", "Next dates: Thu 4 Mar 2027 to Fri 5 Mar 2027; Thu 7 Oct 2027 to Fri 8 Oct 2027."),
        ("2027-03-05", "Next dates: Thu 7 Oct 2027 to Fri 8 Oct 2027."),
        ("2027-10-08", "New dates are not set yet: the link says when they are."),
    ],
)
def test_dates_are_shown_while_they_are_ahead(today: str, said: str) -> None:
    view = some.member("mentor", "approved", ASME)
    view = replace(
        view, member=replace(view.member, trainings={}), now=datetime.fromisoformat(today).replace(tzinfo=UTC)
    )
    shown = plain([Paragraph(members.training(view))])
    assert said in shown
    assert shown.count("dates") == 1
