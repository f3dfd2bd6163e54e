"""Tables that somebody asks for, made when they are sent: as things are then, for whoever may still read them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.imports import TableView
from bot.dialogs.wording import exports as wording
from bot.dialogs.wording import findings, round_lines, survey_results
from bot.lifecycle import exporting as rules
from bot.lifecycle import importing, paying
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import Actor
from bot.lifecycle.rounds import may_see
from bot.lifecycle.step import Refused
from bot.reports import columns, exports, pair_lines, paper, pdf
from bot.reports.csv_files import written
from bot.schemes.scheme import Scheme
from bot.screens.imports import the_import
from bot.screens.reports import report
from bot.screens.reports import survey_results as of_surveys
from bot.screens.rounds import every_line
from bot.storage import evidence, exporting, offices, people, rounds

PAYMENT: Final = "payment"
"""What the table of sessions to pay for is called, before the time that it counts."""
TEMPLATES: Final = ("members", "connections")
_Lines = tuple[Iterable[str], Iterable[Iterable[str]]]


def the_table(db: Db, scheme: Scheme, about: str, reader: str, now: datetime) -> TableView:
    """The table that `about` names: an export, the columns of a file to import, all that was found in
    one, or a round."""
    head, rest = about.partition(":")[::2]
    me, actor = people.get(db, reader), offices.actor(db, scheme, reader)
    if head == "template" and rest in TEMPLATES:
        importing.may_import(actor)
        empty = columns.headings(scheme) if rest == "members" else pair_lines.COLUMNS
        return TableView(scheme, findings.template_title(rest), f"{rest}.csv", written(empty, ()), me)
    if head == "import":
        one = the_import(db, scheme, rest, reader, now).one
        found = written(findings.HEAD, findings.rows(one.findings))
        return TableView(scheme, findings.findings_title(one.name), "findings.csv", found, me)
    if head == PAYMENT:
        return _payment(db, scheme, paying.read(rest), me, actor, now)
    if head == "round":
        table = written(round_lines.HEAD, round_lines.rows(every_line(db, scheme, rest, actor), scheme))
        return TableView(scheme, round_lines.FILE_TITLE, f"{scheme.key}-round.csv", table, me)
    which = rules.named(about)
    if which is None:
        raise Refused("gone")
    _check(actor, which)
    zone = ZoneInfo(me.zone)
    name = f"{scheme.key}-{which}-{now.astimezone(zone):%Y-%m-%d}"
    if which == "report":
        drawn = pdf.of(report(db, scheme, reader, now))
        return TableView(scheme, wording.TITLES[which], f"{name}.pdf", drawn, me, "application/pdf")
    if which == "surveys":
        lines = written(survey_results.HEAD, survey_results.rows(of_surveys(db, scheme, now)))
    else:
        lines = written(*_EXPORTS[which](db, scheme, zone))
    return TableView(scheme, wording.TITLES[which], f"{name}.csv", lines, me)


def _payment(db: Db, scheme: Scheme, span: paying.Span, me: Person, actor: Actor, now: datetime) -> TableView:
    """The sessions to pay for."""
    paying.may_count(actor, scheme)
    paying.may_be_counted(span, now)
    found = tuple(paying.counted(evidence.held_by_mentors(db, scheme.key), span, now))
    known = people.many(db, {mentor for mentor, _, _ in found})
    content = written(exports.PAYMENT, exports.payment(found, known, span))
    return TableView(scheme, wording.payment_title(span), f"{scheme.key}-payment-{span.last}.csv", content, me)


def heading_of(db: Db, scheme: Scheme, about: str, me: Person, now: datetime) -> str:
    """What that table is called, for whoever may have it; without making it."""
    head, rest = about.partition(":")[::2]
    if head == "round":
        may_see(offices.actor(db, scheme, me.id))
        rounds.get(db, scheme.key, rest)
        return round_lines.FILE_TITLE
    which = rules.named(about)
    if which is None:
        return the_table(db, scheme, about, me.id, now).title
    _check(offices.actor(db, scheme, me.id), which)
    return wording.TITLES[which]


def _check(actor: Actor, which: rules.Export) -> None:
    """Raises Refused for whom it is not for, or where it cannot be made."""
    rules.may_export(actor, which)
    if which == "report" and not paper.available():
        raise Refused("not_installed")


def _members(db: Db, scheme: Scheme, _: ZoneInfo) -> _Lines:
    return columns.headings(scheme), columns.rows(scheme, exporting.members(db, scheme.key))


def _connections(db: Db, scheme: Scheme, zone: ZoneInfo) -> _Lines:
    return exports.CONNECTIONS, exports.connections(exporting.connections(db, scheme.key), zone)


def _hours(db: Db, scheme: Scheme, zone: ZoneInfo) -> _Lines:
    return exports.HOURS, exports.hours(exporting.held(db, scheme.key), zone)


def _days(db: Db, scheme: Scheme, zone: ZoneInfo) -> _Lines:
    return exports.DAYS, exports.days(exporting.asked(db, scheme.key), zone)


_EXPORTS: Final[Mapping[str, Callable[[Db, Scheme, ZoneInfo], _Lines]]] = {
    "members": _members, "connections": _connections, "hours": _hours, "days": _days,
}  # fmt: skip
