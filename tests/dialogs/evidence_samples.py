"""What people can show of their mentoring: hours of somebody in both roles, and of somebody who has none."""

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogs.parts import Attachment, Form, Notice
from bot.dialogs.view_models.evidence import HoursView, OnPaper
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.wording import hours, portfolio
from bot.lifecycle.hours import Held
from bot.schemes.evidence import Evidence
from bot.schemes.scheme import Scheme
from tests.dialogs import sample_views as some

PDF = Attachment("hours.pdf", b"%PDF-1.7", "application/pdf")
_HELD = (
    Held("mentee", some.NOW - some.DAY, 60, some.NOW + 6 * some.DAY),
    *(Held("mentor", some.NOW - n * 9 * some.DAY, 45, some.NOW - some.DAY) for n in range(1, 25)),
    Held("mentee", None, 90, None),
)


def hours_views(held: Scheme) -> dict[str, HoursView]:
    """Over each span, with sessions and without."""
    full = HoursView(held, some.AMARA, some.NOW, "all", _HELD)
    return {
        "all": full,
        "this year": replace(full, span="year", held=_HELD[:3]),
        "none": replace(full, span="twelve", held=()),
    }


def hours_on_paper(held: Scheme) -> dict[str, OnPaper[HoursView]]:
    """The same with a file."""
    return {name: OnPaper(view, PDF) for name, view in hours_views(held).items()}


def portfolio_on_paper(held: Scheme) -> dict[str, OnPaper[PairView]]:
    """One's portfolio with a file."""
    return {"mentee": OnPaper(some.pair(some.AMARA, session=some.DONE, held=held), PDF)}


def forms_and_notices(held: Scheme) -> Iterator[tuple[str, Form | Notice]]:
    """Every window and answer about them."""
    for name, view in hours_views(held).items():
        yield f"my hours, {name}", hours.form(view)
    one, other = some.pair(some.AMARA, held=held), some.pair(some.KATHERINE, held=held, id="c2")
    noted = held.model_copy(update={"evidence": Evidence(portfolio=True, note="Cases of patients have no place here.")})
    yield "my portfolio", portfolio.form(held, (one,))
    yield "my portfolio, of several", portfolio.form(noted, (one, other))
    yield "my portfolio, none yet", portfolio.form(held, ())
    yield "my portfolio on its way", portfolio.on_its_way(one)
    yield "my hours on their way", hours.on_its_way()
