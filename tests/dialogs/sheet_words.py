"""Every window about sheets and pages, in a scheme that has them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.dialogs.home import home
from bot.dialogs.parts import Form, Home, Notice
from bot.dialogs.view_models.home import HomeView
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.sheets import FileView, SheetView
from bot.dialogs.wording import files, members, pages, pairs, reviews, sheets
from bot.lifecycle.files import KeptFile
from bot.lifecycle.member import Member
from bot.lifecycle.sheets import SHARED, FilledSheet
from bot.lifecycle.step import Refused
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Sheet
from tests.dialogs import sample_views as some
from tests.support.schemes import FIRST_SESSION, GOALS, LOOKING_BACK, PAPERS, PLAN, RECORD, THOUGHTS, with_sheets

ACTIONS = [{"what": "Ask for a day a week", "by": "2026-12-01"}, {"what": "Read"}]
PAPER = {"file": {"file": "f1", "name": "plan.pdf", "size": 1234}, "why": "To read before we meet"}
ANSWERS = {"goal": "To lead a team", "actions": ACTIONS, "helper": {"user": "U0THIJS", "name": "Thijs de Vries"}}


def sheets_and_pages(held: Scheme = some.SCHEME) -> Iterator[tuple[str, Form | Notice | Home]]:
    """Sheets empty, written and read, pages, and where they are found."""
    scheme = with_sheets(held)
    for name, view in _views(scheme).items():
        yield f"sheet, {name}", sheets.form(view)
        yield f"saved, {name}", sheets.saved(view)
    goals = _views(scheme)["written by the other"]
    yield "written meanwhile", sheets.written_meanwhile(goals, {"goal": "To rest"})
    yield "file on its way", files.on_its_way("plan.pdf")
    yield "page", pages.page(FIRST_SESSION)
    yield "pages", pages.listed(scheme.pages)
    yield "no pages", pages.listed(())
    for name, seen in {"mentee": _pair(scheme), "mentor": some.pair(some.KATHERINE, held=scheme)}.items():
        yield f"connection, {name}", pairs.view_form(seen)
    mentee = some.member("mentee", held=scheme)
    plan = _filled(PLAN, mentee.member.id, some.AMARA.id, {"text": "A year abroad."}, scheme)
    yield "office view with a sheet", reviews.office_view(replace(mentee, sheets=(plan,)), some.OFFICER)
    yield "join form with a word on pay", members.join_form(scheme, "mentee", None)
    states: dict[str, tuple[FilledSheet, ...]] = {"to be filled in": (), "filled in": (plan,)}
    for name, written in states.items():
        roles: dict[Role, Member] = {"mentee": mentee.member}
        held_by_her = HomeView(scheme, some.AMARA, some.NOW, roles, pairs=(_pair(scheme),), sheets=written)
        yield f"home, {name}", home([held_by_her])


def file_views() -> dict[str, FileView]:
    """A file that was handed in, for whoever did and for the other."""
    kept = KeptFile("f1", some.SCHEME.key, "x1", "plan.pdf", b"%PDF-1.7", some.AMARA.id, some.NOW)
    readers = {"one's own": some.AMARA, "the other's": some.KATHERINE}
    return {name: FileView(kept, PAPERS, some.AMARA, reader) for name, reader in readers.items()}


def _pair(scheme: Scheme) -> PairView:
    return some.pair(some.AMARA, session=some.DONE, held=scheme)


def _filled(sheet: Sheet, about: str, owner: str, answers: Mapping[str, object], scheme: Scheme) -> FilledSheet:
    return FilledSheet("f1", scheme.key, sheet.key, about, owner, answers, some.AMARA.id, some.NOW)


def _views(scheme: Scheme) -> dict[str, SheetView]:
    mine, theirs = _pair(scheme), some.pair(some.KATHERINE, session=some.DONE, held=scheme)
    written = _filled(GOALS, "c1", SHARED, ANSWERS, scheme)
    record = _filled(RECORD, some.DONE.id, some.AMARA.id, {"text": "We talked."}, scheme)
    later = Refused("pair_ended")

    def view(seen: PairView, sheet: Sheet, filled: FilledSheet | None = None, **more: object) -> SheetView:
        return SheetView(scheme, sheet, "c1", seen.me, SHARED, filled, seen, **more)  # type: ignore[arg-type]

    return {
        "empty": view(mine, GOALS),
        "written by the reader": view(mine, GOALS, written),
        "written by the other": view(theirs, GOALS, written),
        "to read": view(theirs, GOALS, written, why_not=later),
        "without a word": view(theirs, GOALS, replace(written, answers={}), why_not=later),
        "of a session": view(mine, RECORD, record, session=some.DONE),
        "for its writer alone": view(mine, THOUGHTS),
        "looking back": view(mine, LOOKING_BACK),
        "with a file": view(mine, PAPERS, _filled(PAPERS, "c1", SHARED, PAPER, scheme)),
        "with a file, to read": view(mine, PAPERS, _filled(PAPERS, "c1", SHARED, PAPER, scheme), why_not=later),
        "about oneself": SheetView(scheme, PLAN, "m-mentee", some.AMARA, some.AMARA.id, None),
    }
