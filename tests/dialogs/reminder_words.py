"""What people are reminded of, in the states in which they are, for the tests of the words."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from bot.dialogs.parts import Form, Message, Notice
from bot.dialogs.wording import reminders
from bot.dialogs.wording.reminders import Item, Reminded
from bot.lifecycle.deadlines import DeadlineKind
from bot.lifecycle.surveys import WHEN
from bot.schemes.scheme import Scheme
from tests.dialogs import parting_samples, survey_samples
from tests.dialogs import sample_views as some
from tests.dialogs.list_views import pressing

Words = Callable[[Any], Reminded | None]
WORDS: dict[DeadlineKind, tuple[Words, Callable[[Scheme], dict[str, Any]]]] = {
    DeadlineKind.MORNING: (reminders.morning, pressing),
    DeadlineKind.INVITATION_UNANSWERED: (reminders.unanswered, some.asked_or_offered),
    DeadlineKind.APPROVAL_WAITING: (reminders.waiting, some.waiting_lists),
    DeadlineKind.AGREEMENT_UNACCEPTED: (reminders.unaccepted, some.pairs),
    DeadlineKind.NO_SESSION: (reminders.no_session, some.pairs),
    DeadlineKind.SESSION_AHEAD: (
        reminders.ahead,
        lambda held: {**some.sessions(held), **parting_samples.sessions(held), **some.with_actions(held)},
    ),
    DeadlineKind.SESSION_TO_MARK: (reminders.to_mark, some.sessions),
    DeadlineKind.BEHIND_PACE: (reminders.behind_pace, some.late_in_the_year),
    DeadlineKind.ACTIONS_DUE: (reminders.actions_due, some.with_actions),
    DeadlineKind.YEAR_ENDING: (reminders.year_ending, some.late_in_the_year),
    DeadlineKind.TRAINING_RENEWAL: (reminders.training_renewal, some.trained),
    DeadlineKind.TRAINING_LAPSED: (reminders.training_lapsed, some.trained),
    DeadlineKind.ENTRY_UNCONFIRMED: (reminders.entry_unconfirmed, some.refreshed),
    DeadlineKind.RECORD_WANTED: (reminders.record_wanted, survey_samples.sessions),
    **{
        DeadlineKind(kind): (partial(reminders.survey, moment=moment), partial(survey_samples.pairs, moment))
        for moment, kind in WHEN.items()
    },
    DeadlineKind.FEEDBACK_WANTED: (reminders.feedback_wanted, some.looking_back),
}


def items(held: Scheme) -> Iterator[tuple[str, Item]]:
    """Every kind of reminder in every state in which it says anything."""
    for kind, (words, views) in WORDS.items():
        for name, view in views(held).items():
            reminded = words(view)
            if reminded is not None:
                yield f"{kind}, {name}", Item(held, kind, "a1", reminded)


def messages(held: Scheme = some.SCHEME) -> Iterator[tuple[str, Message]]:
    """Each of them alone, and all kinds on one day."""
    every = list(items(held))
    for name, item in every:
        yield from _said(f"reminder {name}", [item])
    one_each = list({item.kind: item for _, item in every}.values())
    yield from _said("reminder of everything", one_each)
    yield from _said("reminder of several schemes", one_each[:2], several=True)
    yield "reminder seen to", reminders.seen_to(some.AMARA)


def _said(name: str, of: list[Item], *, several: bool = False) -> Iterator[tuple[str, Message]]:
    said = reminders.of_day(some.AMARA, of, several=several)
    if said is not None:
        yield name, said


def forms_and_notices() -> Iterator[tuple[str, Form | Notice]]:
    """When people may be reminded, and the answers to what they say to it."""
    for count in (0, 1, 3):
        yield f"reminders form, {count} stopped", reminders.hours_form(some.AMARA, count)
    yield "reminders saved", reminders.hours_saved(some.AMARA)
    yield "snoozed", reminders.snoozed(some.NOW + 3 * some.DAY)
    yield "snoozed, too late", reminders.snoozed(None)
    yield "stopped", reminders.stopped()
