"""The scheme in figures on paper. What draws it is loaded when it is first asked for, and need not be installed."""

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from bot.dialogs.parts import Chart
from bot.dialogs.plain import day
from bot.dialogs.view_models.report import ReportView
from bot.dialogs.wording.reports import PRIVACY, sections

if TYPE_CHECKING:
    from fpdf import FPDF

_FAMILY: Final = "FiraGO"
"""Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Thai and Georgian. Licence: SIL OFL."""
_GREY: Final = 110
_BARS: Final = ((38, 84, 124), (120, 160, 190), (205, 150, 70), (110, 110, 110), (70, 130, 90), (150, 90, 130))
"""Told apart by their lightness too; the numbers stand below."""
_HIGH: Final = 42.0
"""Millimetres of the highest bar."""


def available() -> bool:
    """Whether what draws it is installed."""
    return all(find_spec(name) is not None for name in ("fpdf", "uharfbuzz", "pymupdf_fonts"))


def of(view: ReportView) -> bytes:
    """The report as a PDF of a few A4 pages; ImportError where what draws it is not installed."""
    with TemporaryDirectory(prefix="mentorbot-") as folder:  # fonts are read from files alone
        paper = _paper(view, Path(folder))
        return _written(paper, view)


def _written(paper: "FPDF", view: ReportView) -> bytes:
    paper.add_page()
    _line(paper, view.scheme.name, 20, bold=True)
    _line(paper, f"{view.scheme.organisation} · as of {day(view.at)}; a year back", 10, grey=True)
    for title, lines, chart in sections(view):
        if lines or chart:
            _section(paper, title, lines, chart)
    paper.ln(6)
    _line(paper, PRIVACY, 9, grey=True)
    return bytes(paper.output())


def _paper(view: ReportView, folder: Path) -> "FPDF":
    from fpdf import FPDF
    from pymupdf_fonts import fontbuffers

    class Paper(FPDF):
        """Pages that say where they are."""

        def footer(self) -> None:
            """Page by page."""
            self.set_y(-14)
            self.set_font(_FAMILY, size=8)
            self.set_text_color(_GREY)
            self.cell(0, 6, f"{self.page_no()} / {{nb}}", align="R")

    paper = Paper(format="A4")
    for style, font in (("", "figo"), ("B", "figbo")):
        file = folder / f"{font}.ttf"
        file.write_bytes(fontbuffers[font]())
        paper.add_font(_FAMILY, style, file)
    paper.set_margins(20, 18)
    paper.set_auto_page_break(True, 20)
    paper.set_text_shaping(True)
    paper.set_title(f"{view.scheme.name}: report")
    paper.set_creation_date(view.at)
    paper.set_lang("en-GB")
    return paper


def _line(paper: "FPDF", text: str, size: int, *, bold: bool = False, grey: bool = False, high: float = 0) -> None:
    paper.set_font(_FAMILY, "B" if bold else "", size)
    paper.set_text_color(_GREY if grey else 20)
    paper.multi_cell(0, high or size * 0.5, text, new_x="LMARGIN", new_y="NEXT", align="L")


def _section(paper: "FPDF", title: str, lines: tuple[str, ...], chart: Chart | None) -> None:
    """A heading does not stand alone at the foot of a page, nor a picture in two halves."""
    needed = 20 + (_HIGH + 30 if chart and not chart.is_empty else 0)
    if paper.will_page_break(needed):
        paper.add_page()
    paper.ln(5)
    _line(paper, title, 13, bold=True)
    paper.ln(1)
    if chart and not chart.is_empty:
        _drawn(paper, chart)
    for line in chart.lines if chart else ():
        _line(paper, line, 8, grey=True, high=4)
    for line in lines:
        _line(paper, f"•  {line}", 10, high=5.5)


def _drawn(paper: "FPDF", chart: Chart) -> None:
    """Bars side by side above their categories, and a legend."""
    most = max((high for _, bars in chart.bars for _, high in bars), default=0) or 1
    wide, left, top = paper.epw / len(chart.categories), paper.l_margin, paper.get_y() + 6
    each = wide * 0.8 / len(chart.series)
    paper.set_font(_FAMILY, size=7)
    paper.set_draw_color(190)
    paper.line(left, top + _HIGH, left + paper.epw, top + _HIGH)
    for number, (_, bars) in enumerate(chart.bars):
        paper.set_fill_color(*_BARS[number])
        for at, (_, high) in enumerate(bars):
            if high:
                tall, x = _HIGH * high / most, left + at * wide + wide * 0.1 + number * each
                paper.rect(x, top + _HIGH - tall, each * 0.9, tall, style="F")
                paper.set_text_color(60)
                paper.set_xy(x - 4, top + _HIGH - tall - 3.5)
                paper.cell(each * 0.9 + 8, 3.5, f"{high:,}", align="C")
    paper.set_text_color(_GREY)
    for at, category in enumerate(chart.categories):
        paper.set_xy(left + at * wide, top + _HIGH + 1)
        paper.cell(wide, 4, category, align="C")
    paper.set_xy(left, top + _HIGH + 7)
    for number, (name, _) in enumerate(chart.series):
        paper.set_fill_color(*_BARS[number])
        paper.rect(paper.get_x(), paper.get_y() + 0.7, 3, 3, style="F")
        paper.set_x(paper.get_x() + 4)
        paper.cell(paper.get_string_width(name) + 8, 4.5, name)
    paper.set_xy(left, paper.get_y() + 6)
