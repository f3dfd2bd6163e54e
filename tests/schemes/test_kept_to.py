"""Every key of a scheme's file is kept to by something, or refused: taken in silence it would be a broken word."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from bot.schemes.fields import Frozen, Served
from bot.schemes.parts import model_in
from bot.schemes.scheme import POWERS, Scheme
from bot.screens.notices import Copy

BOT = Path(__file__).parents[2] / "bot"
SOURCES = {
    file.relative_to(BOT).as_posix(): file.read_text("utf-8")
    for file in BOT.rglob("*.py")
    if "schemes" not in file.parts
}

READ_AS = {
    "Scheme.key": r"scheme\.key", "Scheme.name": r"scheme\.name", "Scheme.organisation": r"scheme\.organisation",
    "Scheme.contact": r"scheme\.contact", "Scheme.about": r"scheme\.about", "Scheme.places_note": r"\.places_note",
    "Scheme.words": r"scheme\.words\.", "Scheme.topics": r"scheme\.topics", "Scheme.roles": r"scheme\.roles",
    "Scheme.approvals": r"scheme\.approvals\.", "Scheme.request": r"scheme\.request\b",
    "Scheme.route": r"scheme\.route\.", "Scheme.capacity": r"scheme\.capacity\.",
    "Scheme.matching": r"scheme\.matching", "Scheme.sessions": r"scheme\.sessions",
    "Scheme.documents": r"scheme\.documents", "RoleRules.trainings": r"\.trainings\b",
    "Scheme.contact_details": r"scheme\.contact_details\.", "Scheme.offices": r"scheme\.offices",
    "Scheme.reminders": r"scheme\.reminders\.", "Scheme.email_copies": r"scheme\.email_copies",
    "Scheme.attention": r"scheme\.attention",
    "Scheme.rounds": r"scheme\.rounds\.", "Rounds.introduction": r"rounds\.introduction",
    "Rounds.tell_unplaced": r"rounds\.tell_unplaced",
    "Words.office": r"words\.office",
    "RoleRules.open": r"rules\.open", "RoleRules.places": r"rules\.places",
    "RoleRules.place_held": r"\.place_held\b",
    "RoleRules.criteria": r"rules\.criteria", "RoleRules.application": r"rules\.application",
    "RoleRules.completeness": r"rules\.completeness", "RoleRules.gates": r"\.gates",
    "RoleRules.profile": r"\]\.profile",
    "RoleRules.preferences": r"\]\.preferences",
    "Approvals.within": r"approvals\.within",
    "SchemeForm.title": r"form\.title", "SchemeForm.intro": r"form\.intro", "SchemeForm.fields": r"form\.fields",
    "FormField.key": r"field\.key", "FormField.label": r"field\.label", "FormField.kind": r"field\.kind",
    "FormField.required": r"field\.required", "FormField.short": r"field\.heading", "FormField.hint": r"field\.hint",
    "FormField.options": r"field\.options", "FormField.max_length": r"field\.longest",
    "FormField.lowest": r"field\.lowest", "FormField.highest": r"field\.highest",
    "FormField.seen_by": r"field\.seen_by",
    "FormField.compare": r"\.compare is None",
    "Compare.with": r"rule\.with_", "Compare.strength": r"rule\.strength", "Compare.weight": r"rule\.weight",
    "Compare.indifferent": r"rule\.indifferent",
    "Route.mentors": r"\.mentors\b", "Route.steps": r"\.steps", "Route.at_once": r"\.at_once",
    "Route.when_all_fail": r"\.when_all_fail", "Route.approval_holds": r"\.approval_holds",
    "Route.choose_from": r"\.choose_from",
    "Approvals.talk_first": r"approvals\.talk_first",
    "Scheme.directory": r"scheme\.directory", "DirectoryRules.refreshed": r"directory\.refreshed",
    "DirectoryRules.within": r"directory\.within", "DirectoryRules.unconfirmed": r"directory\.unconfirmed",
    "Training.dates": r"training\.dates", "CourseDate.from": r"each\.from_", "CourseDate.to": r"each\.to\b",
    "CourseDate.link": r"each\.link", "Page.at_acceptance": r"each\.at_acceptance",
    "Reminders.entry_unconfirmed": r"reminders\.entry_unconfirmed",
    "Route.suggestions": r"route\.suggestions", "Route.invites": r"route\.invites",
    "Route.offers": r"route\.offers",
    "Route.reply_within": r"\.reply_within",
    "Route.on_silence": r"\.on_silence", "Route.mentors_per_mentee": r"route\.mentors_per_mentee",
    "Route.first_conversation": r"\.first_conversation",
    "Capacity.counted_by": r"capacity\.counted_by", "Capacity.flag_field": r"capacity\.flag_field",
    "Capacity.asked_at_once": r"capacity\.asked_at_once", "Capacity.rest": r"capacity\.rest\b",
    "Capacity.silences": r"capacity\.silences", "Capacity.silent_pause": r"capacity\.silent_pause",
    "Capacity.budget": r"capacity\.budget",
    "Capacity.recommended": r"capacity\.recommended", "Capacity.own_limit": r"capacity\.own_limit\b",
    "Capacity.own_limit_field": r"capacity\.own_limit_field",
    "Matching.topics_field": r"matching\.topics_field", "Matching.foremost_field": r"matching\.foremost_field",
    "Matching.ratings_field": r"matching\.ratings_field", "Matching.headline_field": r"matching\.headline_field",
    "Matching.weight": r"matching\.weight", "Matching.foremost_weight": r"matching\.foremost_weight",
    "Matching.topic_points": r"matching\.topic_points", "Matching.tie": r"matching\.tie",
    "Sessions.agreed_after": r"sessions\.agreed_after", "Sessions.every": r"sessions\.every",
    "Sessions.more_time": r"sessions\.more_time", "Sessions.notice": r"sessions\.notice",
    "Scheme.calendar": r"scheme\.calendar", "CalendarRules.organiser": r"calendar\.mailbox",
    "CalendarRules.online": r"calendar\.online", "CalendarRules.agenda": r"rules\.agenda",
    "CalendarRules.prompts": r"rules\.prompts",
    "Sessions.modes_field": r"sessions\.modes_field",
    "Sessions.hours": r"sessions\.hours", "HoursAnswer.field": r"rule\.field", "HoursAnswer.answer": r"rule\.answer",
    "HoursAnswer.rather": r"each\.rather", "HoursAnswer.also": r"each\.also", "HoursAnswer.days_off": r"each\.days_off",
    "HoursAnswer.working_hours": r"each\.working_hours",
    "Sessions.holidays": r"sessions\.holidays",
    "Sessions.length_at_least": r"sessions\.length_at_least",
    "Sessions.expected": r"sessions\.expected", "Sessions.minutes": r"sessions\.minutes\b",
    "Sessions.minutes_at_most": r"sessions\.minutes_at_most", "Sessions.modes": r"sessions\.modes",
    "Sessions.advice": r"sessions\.advice", "Sessions.length": r"sessions\.length\b",
    "Scheme.pairs": r"scheme\.pairs\.", "Pairs.kept": r"pairs\.kept",
    "Pairs.another_mentor": r"pairs\.another_mentor", "Pairs.last_agreed": r"pairs\.last_agreed",
    "Pairs.ending_page": r"pairs\.ending_page", "Pairs.looked_back_on": r"pairs\.looked_back_on",
    "Document.key": r"document\.key", "Document.title": r"document\.title", "Document.called": r"document\.called",
    "Document.for": r"each\.for_", "Document.blocks": r"document\.blocks", "Document.text": r"document\.text",
    "Training.key": r"training\.key", "Training.name": r"wanted\.name", "Training.kind": r"wanted\.kind",
    "Training.required": r"training\.required",
    "Training.renewed_every": r"\.renewed_every",
    "Training.link": r"training\.link", "Contact.connected": r"contact_details\.connected",
    "Contact.before_acceptance": r"contact_details\.before_acceptance",
    "Contact.introduced": r"contact_details\.introduced",
    "Scheme.concerns": r"scheme\.concerns\.", "Concerns.offices": r"takes_concerns",
    "Concerns.within": r"concerns\.within", "Concerns.beyond": r"scheme\.beyond",
    "Office.key": r"office\.key", "Office.title": r"office\.title", "Office.powers": r"office\.powers",
    "FormField.done": r"each\.done", "FormField.whose": r"field\.whose", "Sheet.button": r"sheet\.pressed",
    "FormField.meets": r"field\.meets", "FormField.keeps_apart": r"field\.keeps_apart",
    "FormField.warns": r"field\.warns",
    "FormField.columns": r"field\.columns", "FormField.rows": r"field\.most_rows", "Column.key": r"column\.key",
    "Column.label": r"column\.label", "Column.kind": r"column\.kind", "Column.options": r"column\.options",
    "Scheme.sheets": r"scheme\.sheets", "Scheme.pages": r"scheme\.pages", "Scheme.pay": r"scheme\.pay\b",
    "Scheme.evidence": r"scheme\.evidence\.", "Evidence.hours": r"evidence\.hours",
    "Evidence.portfolio": r"evidence\.portfolio", "Evidence.note": r"evidence\.note",
    "Sheet.key": r"sheet\.key", "Sheet.title": r"sheet\.title", "Sheet.intro": r"sheet\.intro",
    "Sheet.fields": r"sheet\.fields", "Sheet.about": r"sheet\.about", "Sheet.by": r"sheet\.by",
    "Sheet.seen_by": r"sheet\.seen_by", "Sheet.offered": r"sheet\.offered", "Sheet.required": r"sheet\.required",
    "Sheet.asked": r"sheet\.asked", "Sheet.middle_after": r"sheet\.middle_after",
    "Sheet.end_after": r"sheet\.end_after",
    "Reminders.record_wanted": r"reminders\.record_wanted", "Reminders.survey_start": r'"survey_start"',
    "Reminders.survey_middle": r'"survey_middle"', "Reminders.survey_end": r'"survey_end"',
    "Page.key": r"of\.key", "Page.title": r"page\.title", "Page.for": r"page\.for_", "Page.text": r"of\.text",
    "Page.links": r"of\.links", "PageLink.text": r"each\.text", "PageLink.url": r"each\.url",
    "Reminders.invitation_unanswered": r"reminders\.invitation_unanswered",
    "Reminders.approval_waiting": r"reminders\.approval_waiting",
    "Reminders.agreement_unaccepted": r"reminders\.agreement_unaccepted", "Reminders.no_session": r"kinds\.no_session",
    "Reminders.session_ahead": r"kinds\.session_ahead",
    "Reminders.session_over": r"kinds\.session_over", "Reminders.session_to_mark": r"kinds\.session_to_mark",
    "Reminders.behind_pace": r"reminders\.behind_pace", "Reminders.actions_due": r"kinds\.actions_due",
    "Reminders.year_ending": r"reminders\.year_ending", "Reminders.feedback_wanted": r"reminders\.feedback_wanted",
    "Reminders.training_renewal": r"kinds\.training_renewal", "Reminders.training_lapsed": r"kinds\.training_lapsed",
    "Reminders.snooze": r"reminders\.snooze",
    "Attention.silences": r"rules\.silences", "Attention.invitation_unanswered": r"rules\.invitation_unanswered",
    "Attention.question_unanswered": r"rules\.question_unanswered",
    "Attention.ended_lately": r"rules\.ended_lately", "Attention.untrained": r"rules\.untrained",
    "Attention.training_lapsing": r"attention\.training_lapsing", "Attention.no_session": r"rules\.no_session",
    "Attention.ending": r"rules\.ending",
}  # fmt: skip
"""How the code that keeps to a key asks for it."""


def keys(model: type[Frozen]) -> Iterator[tuple[str, FieldInfo]]:
    """Every key of the table and of the tables inside it."""
    for name, info in model.model_fields.items():
        inner = model_in(info.annotation)
        yield f"{model.__name__}.{info.alias or name}", info
        if inner is not None:
            yield from keys(inner)


def refused(info: FieldInfo) -> bool:
    """Whether a single value is taken, so that there is nothing to keep to; or a table of nothing but such keys."""
    inner = model_in(info.annotation)
    served = [each.func for each in info.metadata if isinstance(each, AfterValidator)]
    if any(isinstance(check, Served) and len(check.values) == 1 for check in served):
        return True
    return inner is not None and all(refused(each) for _, each in keys(inner))


TAKEN = [key for key, info in dict(keys(Scheme)).items() if not refused(info)]


@pytest.mark.parametrize("key", TAKEN)
def test_a_key_that_is_taken_is_kept_to(key: str) -> None:
    assert key in READ_AS, f"{key} is taken, and nothing here says who keeps to it: refuse it with “not yet” till then"
    readers = [name for name, text in SOURCES.items() if re.search(READ_AS[key], text)]
    assert readers, f"nobody reads {key} any more"


def test_what_is_no_longer_a_key_is_not_looked_for() -> None:
    assert set(READ_AS) == set(TAKEN)


@pytest.mark.parametrize("value", [*POWERS, *get_args(Copy), "must", "prefer", "ask_next"])
def test_a_value_that_is_taken_is_kept_to(value: str) -> None:
    assert [name for name, text in SOURCES.items() if f'"{value}"' in text]
