"""What is written on paper: A4 pages with headings, lines, tables and bars. What draws it is loaded when it is first
asked for, and need not be installed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from bot.dialogs.parts import Chart

if TYPE_CHECKING:
    from fpdf import FPDF

_FAMILY: Final = "FiraGO"
"""Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Thai and Georgian. Licence: SIL OFL."""
_GREY: Final = 110
_BLACK: Final = 20
_BARS: Final = ((38, 84, 124), (120, 160, 190), (205, 150, 70), (110, 110, 110), (70, 130, 90), (150, 90, 130))
"""Told apart by their lightness too; the numbers stand below."""
_HIGH: Final = 42.0
"""Millimetres of the highest bar."""


def available() -> bool:
    """Whether what draws it is installed."""
    return all(find_spec(name) is not None for name in ("fpdf", "uharfbuzz", "pymupdf_fonts"))


def written(title: str, at: datetime, draw: Callable[["FPDF"], None]) -> bytes:
    """A PDF of a few pages; ImportError where what draws it is not installed."""
    with TemporaryDirectory(prefix="mentorbot-") as folder:  # fonts are read from files alone
        paper = _paper(title, at, Path(folder))
        paper.add_page()
        draw(paper)
        return bytes(paper.output())


def _paper(title: str, at: datetime, folder: Path) -> "FPDF":
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
    paper.set_title(title)
    paper.set_creation_date(at)
    paper.set_lang("en-GB")
    return paper


def line(paper: "FPDF", text: str, size: int, *, bold: bool = False, grey: bool = False, high: float = 0) -> None:
    """A line, or as many as the text needs."""
    paper.set_font(_FAMILY, "B" if bold else "", size)
    paper.set_text_color(_GREY if grey else _BLACK)
    paper.multi_cell(0, high or size * 0.5, text, new_x="LMARGIN", new_y="NEXT", align="L")


def heading(paper: "FPDF", title: str, needed: float = 20) -> None:
    """A heading does not stand alone at the foot of a page. `needed`: millimetres of what belongs to it."""
    if paper.will_page_break(needed):
        paper.add_page()
    paper.ln(5)
    line(paper, title, 13, bold=True)
    paper.ln(1)


def bullets(paper: "FPDF", lines: Sequence[str]) -> None:
    """Lines, each with a dot."""
    for each in lines:
        line(paper, f"•  {each}", 10, high=5.5)


def table(paper: "FPDF", head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """A table whose head comes again on each page. `widths`: how wide its columns are to each other."""
    from fpdf.fonts import FontFace

    paper.set_font(_FAMILY, size=9)
    paper.set_text_color(_BLACK)
    paper.set_draw_color(190)
    with paper.table(
        col_widths=tuple(widths), line_height=5.5, text_align="LEFT", v_align="TOP", borders_layout="HORIZONTAL_LINES",
        headings_style=FontFace(emphasis="BOLD"), padding=(0.6, 1.5, 0.6, 0),
    ) as drawn:  # fmt: skip
        for cells in (head, *rows):
            row = drawn.row()
            for cell in cells:
                row.cell(cell)


def to_sign(paper: "FPDF", names: Sequence[str], labels: tuple[str, str]) -> None:
    """A place for each to sign with pen and ink, all on one page. `labels`: what stands under the two lines."""
    if paper.will_page_break(20 + 22 * len(names)):
        paper.add_page()
    for name in names:
        paper.ln(14)
        top, left, wide = paper.get_y(), paper.l_margin, paper.epw
        paper.set_draw_color(_BLACK)
        paper.line(left, top, left + wide * 0.62, top)
        paper.line(left + wide * 0.68, top, left + wide, top)
        paper.set_font(_FAMILY, size=9)
        paper.set_text_color(_GREY)
        paper.cell(wide * 0.68, 5, f"{labels[0]}: {name}")
        paper.cell(0, 5, labels[1], new_x="LMARGIN", new_y="NEXT")


def chart(paper: "FPDF", drawn: Chart) -> None:
    """Its bars, where there are any, and its numbers as words below them."""
    if not drawn.is_empty:
        _bars(paper, drawn)
    for each in drawn.lines:
        line(paper, each, 8, grey=True, high=4)


def height(drawn: Chart | None) -> float:
    """Millimetres that a heading and a chart need together, so that no picture comes in two halves."""
    return 20 + (_HIGH + 30 if drawn and not drawn.is_empty else 0)


def _bars(paper: "FPDF", drawn: Chart) -> None:
    """Bars side by side above their categories, and a legend."""
    most = max((high for _, bars in drawn.bars for _, high in bars), default=0) or 1
    wide, left, top = paper.epw / len(drawn.categories), paper.l_margin, paper.get_y() + 6
    each = wide * 0.8 / len(drawn.series)
    paper.set_font(_FAMILY, size=7)
    paper.set_draw_color(190)
    paper.line(left, top + _HIGH, left + paper.epw, top + _HIGH)
    for number, (_, bars) in enumerate(drawn.bars):
        paper.set_fill_color(*_BARS[number])
        for at, (_, high) in enumerate(bars):
            if high:
                tall, x = _HIGH * high / most, left + at * wide + wide * 0.1 + number * each
                paper.rect(x, top + _HIGH - tall, each * 0.9, tall, style="F")
                paper.set_text_color(60)
                paper.set_xy(x - 4, top + _HIGH - tall - 3.5)
                paper.cell(each * 0.9 + 8, 3.5, f"{high:,}", align="C")
    paper.set_text_color(_GREY)
    for at, category in enumerate(drawn.categories):
        paper.set_xy(left + at * wide, top + _HIGH + 1)
        paper.cell(wide, 4, category, align="C")
    paper.set_xy(left, top + _HIGH + 7)
    for number, (name, _) in enumerate(drawn.series):
        paper.set_fill_color(*_BARS[number])
        paper.rect(paper.get_x(), paper.get_y() + 0.7, 3, 3, style="F")
        paper.set_x(paper.get_x() + 4)
        paper.cell(paper.get_string_width(name) + 8, 4.5, name)
    paper.set_xy(left, paper.get_y() + 6)
