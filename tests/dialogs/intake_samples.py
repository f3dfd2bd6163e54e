"""The intake of each role, as the office may come upon it."""

from dataclasses import replace

from bot.dialogs.view_models.intake import IntakeView
from bot.lifecycle.intake import applied, of_file
from bot.schemes.scheme import Scheme
from tests.dialogs import sample_views as some


def intakes(held: Scheme) -> tuple[IntakeView, ...]:
    """Mentees: closed in chat, with fewer places than are held; mentors: as the file says."""
    shut = replace(
        of_file(held, "mentee"), open=False, places=12, criteria=("Within a year of CCT", "أطباء القلب"),
        set_by=some.RUTH.id, set_at=some.NOW - some.DAY, version=3,
    )  # fmt: skip
    now = applied(held, [shut])
    return IntakeView(now, shut, 14, 1, some.RUTH), IntakeView(now, of_file(held, "mentor"), 1, 0)
