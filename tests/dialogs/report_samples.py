"""The scheme in figures: a year that was full, and one in which there is nothing to tell."""

from datetime import UTC, datetime

from bot.dialogs.view_models.report import MonthFigures, Question, ReportView, RoleFigures
from bot.lifecycle.figures import Days
from bot.lifecycle.survey_results import Question as Counted
from bot.lifecycle.survey_results import Result
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Moment
from tests.dialogs import sample_views as some

ENDS = ("completed", "time", "removed", "left", "office")


def report_views(held: Scheme) -> dict[str, ReportView]:
    """Both."""
    full: dict[Role, RoleFigures] = {
        "mentee": RoleFigures(45, 60, 40, None, 1204), "mentor": RoleFigures(88, None, 80, 5, 0),
    }  # fmt: skip
    empty: dict[Role, RoleFigures] = {"mentee": RoleFigures(0, 60, 0, 0, 0), "mentor": RoleFigures(None, None, 0, 0, 0)}
    months = [datetime(2025 + month // 12, month % 12 + 1, 1, tzinfo=UTC) for month in range(11, 23)]
    busy = tuple(MonthFigures(first, 7 * n, n + 5, None if n % 3 else 9, 1000 + n) for n, first in enumerate(months))
    quiet = tuple(MonthFigures(first, 0, 0, 0, 0) for first in months)
    asked = (
        Question("Feedback", "Worth the time", {"Very much": 12, "Yes": 6, "Partly": 0, "No": None}, 20),
        Question("\u0645\u0644\u0627\u062d\u0638\u0627\u062a", "Would you do it again?", {"Yes": 8, "No": 0}, 8),
        Question("Feedback", "Long ago", {}, 0),
    )
    scale: dict[Moment, dict[str, int | None]] = {
        "start": {"1": 10, "2": 15, "3": 5, "4": 0, "5": 0}, "end": {"1": None, "2": None, "3": None, "4": 15, "5": 5},
    }  # fmt: skip
    words: dict[Moment, dict[str, int | None]] = {
        "start": {"Yes, and for as long as I can": 12, "Perhaps": 18, "No answer": 0},
        "end": {"Yes, and for as long as I can": 25, "Perhaps": 5, "No answer": 0},
    }
    asked_twice = (Counted("How confident are you?", scale), Counted("Do you stay?", words))
    surveys = (
        ("Before and after", Result("mentee", ("start", "end"), 30, asked_twice)),
        ("Before and after", Result("mentor", ("start", "end"), 0)),
    )
    days = {"approval": Days(2.1, 9, 34), "answer": Days(1.0, 6.04, 1056), "match": None}
    return {
        "a full year": ReportView(
            held, some.RUTH, some.NOW, full, busy, days, {"silent": None, "paused": 6, "overloaded": 5},
            {"active": 1040, "behind": 9, "quiet": 5}, {"completed": 12, "removed": None, "time": 7, "left": None},
            asked, surveys,
        ),
        "nothing yet": ReportView(
            held, some.RUTH, some.NOW, empty, quiet, dict.fromkeys(days),
            dict.fromkeys(("silent", "paused", "overloaded"), 0), dict.fromkeys(("active", "behind", "quiet"), 0), {},
        ),
    }  # fmt: skip
