"""The scheme in figures on paper."""

from typing import TYPE_CHECKING

from bot.dialogs.plain import day
from bot.dialogs.view_models.report import ReportView
from bot.dialogs.wording.reports import PRIVACY, sections
from bot.reports import paper as kit

if TYPE_CHECKING:
    from fpdf import FPDF


def of(view: ReportView) -> bytes:
    """The report as a PDF of a few A4 pages; ImportError where what draws it is not installed."""

    def draw(paper: "FPDF") -> None:
        kit.line(paper, view.scheme.name, 20, bold=True)
        kit.line(paper, f"{view.scheme.organisation} · as of {day(view.at)}; a year back", 10, grey=True)
        for title, lines, chart in sections(view, on_paper=True):
            if lines or chart:
                kit.heading(paper, title, kit.height(chart))
                if chart:
                    kit.chart(paper, chart)
                kit.bullets(paper, lines)
        paper.ln(6)
        kit.line(paper, PRIVACY, 9, grey=True)

    return kit.written(f"{view.scheme.name}: report", view.at, draw)
