"""What a person is reminded of on one day, as things are now: what has been seen to is left out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection as Db

from bot.dialogs.wording import reminders as wording
from bot.dialogs.wording.reminders import Item, Reminded
from bot.lifecycle.deadlines import DeadlineKind
from bot.lifecycle.step import Refused
from bot.lifecycle.surveys import WHEN
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Moment
from bot.schemes.together import Schemes
from bot.screens import members, mornings, pairs, requests
from bot.screens.waiting_list import waiting_list
from bot.storage import offices, reminders
from bot.storage import pairs as stored_pairs
from bot.storage.reminders import Reminder

Drawn = Callable[[Db, Scheme, Reminder, datetime], Reminded | None]
OFFICE: Final = "office"
"""What a reminder of all that waits for the office is about."""


def _of_invitation(db: Db, scheme: Scheme, one: Reminder, now: datetime) -> Reminded | None:
    return wording.unanswered(requests.invitation(db, scheme, one.about, now))


def _of_office(db: Db, scheme: Scheme, one: Reminder, now: datetime) -> Reminded | None:
    viewer = offices.actor(db, scheme, one.person)
    return wording.waiting(waiting_list(db, scheme, viewer, now, size=1))


def _of_morning(db: Db, scheme: Scheme, one: Reminder, now: datetime) -> Reminded | None:
    viewer = offices.actor(db, scheme, one.person)
    return wording.morning(mornings.pressing(db, scheme, viewer, now))


def _of_pair(words: Callable[[Any], Reminded | None]) -> Drawn:
    return lambda db, scheme, one, now: words(pairs.pair(db, scheme, one.about, one.person, now))


def _of_member(words: Callable[[Any], Reminded | None]) -> Drawn:
    return lambda db, scheme, one, now: words(members.member(db, scheme, one.about, now))


def _of_session(words: Callable[[Any], Reminded | None]) -> Drawn:
    return lambda db, scheme, one, now: words(pairs.session(db, scheme, one.about, one.person, now))


def _of_survey(moment: Moment) -> Drawn:
    def drawn(db: Db, scheme: Scheme, one: Reminder, now: datetime) -> Reminded | None:
        if stored_pairs.those(db, scheme.key, [one.about]):
            return wording.survey(pairs.pair(db, scheme, one.about, one.person, now), moment)
        return wording.survey_of_member(members.member(db, scheme, one.about, now), moment)

    return drawn


DRAWN: Final[Mapping[DeadlineKind, Drawn]] = {
    DeadlineKind.MORNING: _of_morning,
    DeadlineKind.INVITATION_UNANSWERED: _of_invitation,
    DeadlineKind.APPROVAL_WAITING: _of_office,
    DeadlineKind.AGREEMENT_UNACCEPTED: _of_pair(wording.unaccepted),
    DeadlineKind.NO_SESSION: _of_pair(wording.no_session),
    DeadlineKind.SESSION_AHEAD: _of_session(wording.ahead),
    DeadlineKind.SESSION_TO_MARK: _of_session(wording.to_mark),
    DeadlineKind.BEHIND_PACE: _of_pair(wording.behind_pace),
    DeadlineKind.ACTIONS_DUE: _of_session(wording.actions_due),
    DeadlineKind.YEAR_ENDING: _of_pair(wording.year_ending),
    DeadlineKind.FEEDBACK_WANTED: _of_pair(wording.feedback_wanted),
    DeadlineKind.RECORD_WANTED: _of_session(wording.record_wanted),
    **{DeadlineKind(kind): _of_survey(moment) for moment, kind in WHEN.items()},
    DeadlineKind.TRAINING_RENEWAL: _of_member(wording.training_renewal),
    DeadlineKind.TRAINING_LAPSED: _of_member(wording.training_lapsed),
    DeadlineKind.ENTRY_UNCONFIRMED: _of_member(wording.entry_unconfirmed),
}
"""How each kind of reminder is looked at and said; `session_over` is asked by a message of its own."""


def of_day(db: Db, schemes: Schemes, person: str, day: date, now: datetime) -> tuple[Item, ...]:
    """What is in that person's message of that day, what is due first."""
    found = [item for one in reminders.of_day(db, person, day) if (item := _item(db, schemes, one, now))]
    # The morning says what waits for the office, too.
    told = {each.scheme.key for each in found if each.kind is DeadlineKind.MORNING}
    found.sort(key=lambda each: each.kind is not DeadlineKind.MORNING)
    return tuple(
        each for each in found if each.kind is not DeadlineKind.APPROVAL_WAITING or each.scheme.key not in told
    )


def _item(db: Db, schemes: Schemes, one: Reminder, now: datetime) -> Item | None:
    if one.scheme not in schemes or (one.until is not None and one.until <= now):
        return None
    kind, scheme = DeadlineKind(one.kind), schemes[one.scheme]
    try:
        reminded = DRAWN[kind](db, scheme, one, now)
    except Refused:
        return None  # it is gone, or not theirs any more
    return Item(scheme, kind, one.about, reminded) if reminded else None
