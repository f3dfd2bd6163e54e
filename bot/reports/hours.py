"""Somebody's own hours on paper, to be shown to whom they like."""

from typing import TYPE_CHECKING

from bot.dialogs.view_models.evidence import HoursView
from bot.dialogs.wording import hours as wording
from bot.reports import paper as kit

if TYPE_CHECKING:
    from fpdf import FPDF


def of(view: HoursView) -> bytes:
    """A PDF; ImportError where what draws it is not installed."""
    whose, scheme, span = wording.title(view)

    def draw(paper: "FPDF") -> None:
        kit.line(paper, whose, 18, bold=True)
        kit.line(paper, f"{scheme} · {span}", 10, grey=True)
        kit.heading(paper, "By month")
        if view.held:
            kit.table(paper, wording.MONTHS, wording.months(view), (3, 2, 2, 4))
            kit.heading(paper, "Sessions", 30)
            kit.table(paper, wording.SESSIONS, wording.sessions(view), (4, 2, 3, 6))
        else:
            kit.line(paper, "No session took place in this time.", 10)
        paper.ln(6)
        kit.line(paper, wording.small_print(view), 9, grey=True)

    return kit.written(whose, view.now, draw)
