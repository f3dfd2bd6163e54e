"""A survey at each of its moments, answered and not, and a session that is still to be written down."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.dialogs.home import home
from bot.dialogs.parts import Form, Home, Notice
from bot.dialogs.view_models.home import HomeView
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.view_models.sessions import SessionView
from bot.dialogs.view_models.sheets import SheetView
from bot.dialogs.wording import pairs as of_pairs
from bot.dialogs.wording import sheets
from bot.lifecycle.member import Member
from bot.lifecycle.sheets import FilledSheet
from bot.lifecycle.step import Refused
from bot.schemes.roles import Role
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import MOMENTS, Moment
from tests.dialogs import sample_views as some
from tests.support.schemes import READ_SURVEY, RECORD, SURVEY

AGO: Final = {"start": timedelta(days=1), "middle": timedelta(days=100), "end": timedelta(days=200)}
"""How long ago the two were connected."""


OF_ROLE: Final = {"about": "member", "by": "mentee", "asked": ("start",), "middle_after": None, "end_after": None}


def with_survey(held: Scheme, **update: Any) -> Scheme:
    """The scheme with a survey and what is required of each session."""
    survey = SURVEY.model_copy(update=update)
    return held.model_copy(update={"sheets": (survey, RECORD)})


def pair(held: Scheme, moment: Moment, viewer: Any = some.AMARA, **update: Any) -> PairView:
    """The two, so long after they were connected."""
    scheme = with_survey(held, **update)
    began: datetime = some.NOW - AGO[moment]
    return some.pair(viewer, session=some.DONE, held=scheme, began_at=began, ends_at=began + timedelta(days=365))


def pairs(moment: Moment, held: Scheme) -> dict[str, PairView]:
    """As either sees it."""
    return {"mentee": pair(held, moment), "mentor": pair(held, moment, some.KATHERINE)}


def sessions(held: Scheme) -> dict[str, SessionView]:
    """A session that took place, and of which nothing is written."""
    return {"mentee": SessionView(pair(held, "start"), some.DONE)}


def forms_and_notices(held: Scheme = some.SCHEME) -> Iterator[tuple[str, Form | Notice | Home]]:
    """Its window, what is answered to sending it, and where it is found."""
    for moment in MOMENTS:
        seen = pair(held, moment)
        (sheet, *_) = seen.scheme.sheets
        view = SheetView(seen.scheme, sheet, "c1", some.AMARA, some.AMARA.id, None, seen, moment=moment)
        yield f"survey, {moment}", sheets.form(view)
        yield f"connection with a survey, {moment}", of_pairs.view_form(seen)
        roles: dict[Role, Member] = {"mentee": some.member("mentee", held=seen.scheme).member}
        yield f"home with a survey, {moment}", home([HomeView(seen.scheme, some.AMARA, some.NOW, roles, pairs=(seen,))])
    mentee = replace(some.member("mentee", "approved", held).member, approved_at=some.NOW - some.DAY)
    for name, required in (("required", True), ("as they like", False)):
        scheme = with_survey(held, **(OF_ROLE | {"required": required}))
        view_ = HomeView(scheme, some.AMARA, some.NOW, {"mentee": mentee})
        yield f"home with a survey of a role, {name}", home([view_])
    answers = {"confidence": 4, "stays": "Perhaps", "times": ["Mornings"], "again": True}
    filled = FilledSheet("f9", held.key, sheet.key, "c1", some.AMARA.id, answers, some.AMARA.id, some.NOW, 1, "end")
    yield "survey sent", sheets.saved(view)
    yield "survey that was sent", sheets.form(replace(view, filled=filled, why_not=Refused("survey_given")))
    yield "survey that the office reads", sheets.form(replace(view, sheet=READ_SURVEY))
