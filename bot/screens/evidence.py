"""Evidence of somebody's mentoring, as whoever it is about gets to see it, and nobody else."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection as Db

from bot.dialogs.parts import Attachment
from bot.dialogs.view_models.evidence import HoursView, OnPaper
from bot.lifecycle import hours as rules
from bot.lifecycle.step import Refused
from bot.reports import hours as of_hours
from bot.reports import paper
from bot.schemes.scheme import Scheme
from bot.storage import evidence, people


def hours(db: Db, scheme: Scheme, span: str, person: str, now: datetime) -> HoursView:
    """That person's own hours."""
    rules.may_have_hours(scheme)
    me, wanted = people.get(db, person), rules.span_of(span)
    held = rules.within(evidence.held_by(db, scheme.key, person), wanted, now, ZoneInfo(me.zone))
    return HoursView(scheme, me, now, wanted, held)


def hours_on_paper(db: Db, scheme: Scheme, span: str, reader: str, now: datetime) -> OnPaper[HoursView]:
    """The same as a PDF, for whoever gets it."""
    view = hours(db, scheme, span, reader, now)
    may_be_on_paper()
    return OnPaper(view, _attached(scheme, "hours", of_hours.of(view), now.astimezone(view.zone)))


def _attached(scheme: Scheme, what: str, content: bytes, on: datetime) -> Attachment:
    return Attachment(f"{scheme.key}-{what}-{on:%Y-%m-%d}.pdf", content, "application/pdf")


def may_be_on_paper() -> None:
    """Refused where what draws a PDF is not installed."""
    if not paper.available():
        raise Refused("not_installed")
