"""Evidence of somebody's mentoring, as whoever it is about gets to see it, and nobody else."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection as Db

from bot.dialogs.parts import Attachment
from bot.dialogs.view_models.evidence import HoursView, OnPaper
from bot.dialogs.view_models.pairs import PairView
from bot.lifecycle import hours as rules
from bot.lifecycle.portfolio import may_have_portfolio, may_have_portfolios
from bot.lifecycle.step import Refused
from bot.reports import hours as of_hours
from bot.reports import paper
from bot.reports import portfolio as of_portfolio
from bot.schemes.scheme import Scheme
from bot.screens import pairs
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


def portfolios(db: Db, scheme: Scheme, pair: str, person: str, now: datetime) -> tuple[PairView, ...]:
    """The connections of which that person can have a portfolio: all of theirs, or the one that is named."""
    if pair:
        return (portfolio(db, scheme, pair, person, now),)
    may_have_portfolios(scheme)
    return (*pairs.of_person(db, scheme, person, now), *pairs.earlier(db, scheme, person, now))


def portfolio(db: Db, scheme: Scheme, pair: str, person: str, now: datetime) -> PairView:
    """That connection of theirs, with what the two keep together."""
    view = pairs.pair(db, scheme, pair, person, now)
    may_have_portfolio(scheme, view.pair, person, now)
    return view


def portfolio_on_paper(db: Db, scheme: Scheme, pair: str, reader: str, now: datetime) -> OnPaper[PairView]:
    """The same as a PDF, for whoever gets it."""
    view = portfolio(db, scheme, pair, reader, now)
    may_be_on_paper()
    on = now.astimezone(ZoneInfo(view.me.zone))
    return OnPaper(view, _attached(scheme, "portfolio", of_portfolio.of(view), on))


def _attached(scheme: Scheme, what: str, content: bytes, on: datetime) -> Attachment:
    return Attachment(f"{scheme.key}-{what}-{on:%Y-%m-%d}.pdf", content, "application/pdf")


def may_be_on_paper() -> None:
    """Refused where what draws a PDF is not installed."""
    if not paper.available():
        raise Refused("not_installed")
