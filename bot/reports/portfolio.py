"""What two people keep together on paper, with places to sign."""

from typing import TYPE_CHECKING

from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.wording import portfolio as wording
from bot.reports import paper as kit

if TYPE_CHECKING:
    from fpdf import FPDF


def of(view: PairView) -> bytes:
    """A PDF for whoever looks; ImportError where what draws it is not installed."""
    title, *under = wording.head(view)

    def draw(paper: "FPDF") -> None:
        kit.line(paper, title, 20, bold=True)
        for each in under:
            kit.line(paper, each, 10, grey=True)
        for each in wording.note(view):
            paper.ln(3)
            kit.line(paper, each, 10, bold=True)
        _documents(paper, view)
        _sheets(paper, wording.kept(view))
        _sessions(paper, view)
        _sheets(paper, wording.records(view))
        if doing := wording.actions(view):
            kit.heading(paper, "Actions", 30)
            kit.table(paper, wording.ACTIONS, doing, (8, 1))
        kit.to_sign(paper, [f"{each.name}" for each in (view.mentee, view.mentor)], wording.TO_SIGN)
        paper.ln(8)
        kit.line(paper, wording.small_print(view), 9, grey=True)

    return kit.written(f"{title}: {view.mentee.name}, {view.mentor.name}", view.now, draw)


def _documents(paper: "FPDF", view: PairView) -> None:
    """Each as the two were promised it, and who accepted it when."""
    for document in view.pair.terms.documents:
        kit.heading(paper, document.title, 40)
        for text in document.text:
            kit.line(paper, text, 10, high=5.5)
            paper.ln(1)
        kit.bullets(paper, wording.accepted(view, document))


def _sheets(paper: "FPDF", sheets: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]) -> None:
    for title, facts in sheets:
        kit.heading(paper, title, 30)
        for label, text in facts:
            kit.line(paper, label, 9, grey=True, high=5)
            kit.line(paper, text, 10, high=5.5)
            paper.ln(1)


def _sessions(paper: "FPDF", view: PairView) -> None:
    kit.heading(paper, "Sessions", 30)
    if held := wording.sessions(view):
        kit.table(paper, wording.SESSIONS, held, (2, 5, 2, 7))
    else:
        kit.line(paper, "No session has been set yet.", 10)
