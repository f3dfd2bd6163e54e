"""Concerns, for whoever takes them up, and what only time brings about: reminding, handing on, and looking after those
that nobody has any more."""

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.actions import form_input, notify
from bot.actions.concerns import keep, loaded, seen
from bot.actions.context import Click, Context
from bot.dialogs import own_fields, subjects
from bot.dialogs.parts import Errors, Reply
from bot.dialogs.view_models.concerns import ConcernList, ConcernsShown
from bot.dialogs.wording import concern_office as wording
from bot.dialogs.wording import times
from bot.lifecycle import concerns as rules
from bot.lifecycle import permissions
from bot.lifecycle.reminders import working_moment_of
from bot.lifecycle.undoing import FOR
from bot.lifecycle.vocabulary import Verb
from bot.screens import concerns as screens
from bot.storage import concerns, offices, people


def open_concerns(context: Context, click: Click) -> Reply:
    """A page of those that the officer takes up."""
    return wording.concerns_form(listed(context, *subjects.concerns_page_of(click.subject)))


def listed(context: Context, shown: ConcernsShown = "open", page: int = 0) -> ConcernList:
    """That page. Of what they may not read, nothing is shown and nothing counted."""
    permissions.may_have_concerns(context.officer.powers)
    return screens.concern_list(context.db, context.scheme, context.person.id, context.now, shown, page)


def open_concern_contact(context: Context, click: Click) -> Reply:
    """Saying that contact was made asks when."""
    concern, hands = loaded(context, click.subject)
    rules.may_contact(concern, context.person.id, hands)
    return wording.contact_form(seen(context, concern), _here(context).date())


def concern_contact(context: Context, click: Click) -> Reply:
    """Contact was made."""
    concern, hands = loaded(context, click.subject)
    rules.may_contact(concern, context.person.id, hands)
    on, note = form_input.day(click, own_fields.CONTACT_ON), form_input.text(click, own_fields.CONCERN_NOTE)
    for wrong in (on, note):
        if isinstance(wrong, Errors):
            return wrong
    here = _here(context)
    day = on if not isinstance(on, Errors) and on else here.date()
    if day > here.date():
        return Errors({own_fields.CONTACT_ON.key: times.not_yet()})
    if day < concern.raised_at.astimezone(here.tzinfo).date():
        return Errors({own_fields.CONTACT_ON.key: wording.not_before()})
    at = context.now if day == here.date() else datetime.combine(day, time(12), here.tzinfo)
    move = rules.contact(concern, context.person.id, at, str(note) if note else None, hands, context.now)
    after = keep(context, Verb.CONCERN_CONTACT, concern, move, hands)
    notify.redraw_at(context, after.id, context.now + FOR)
    return wording.contact_notice(seen(context, after))


def open_concern_away(context: Context, click: Click) -> Reply:
    """Saying that one is away asks until when."""
    concern, hands = loaded(context, click.subject)
    rules.may_be_away(concern, context.person.id, hands)
    return wording.away_form(seen(context, concern))


def concern_away(context: Context, click: Click) -> Reply:
    """Whoever has it is away until a day."""
    concern, hands = loaded(context, click.subject)
    rules.may_be_away(concern, context.person.id, hands)
    day = form_input.day(click, own_fields.UNTIL)
    if day is None or isinstance(day, Errors):
        return day or Errors({own_fields.UNTIL.key: times.day_missing()})
    me = context.person
    until = datetime.combine(day, me.works_from, ZoneInfo(me.zone))
    offices.lock(context.db, context.scheme.key)
    move = rules.away(concern, me.id, until, hands, context.scheme, context.now)
    return wording.away_notice(seen(context, keep(context, Verb.CONCERN_AWAY, concern, move, hands)))


def open_close_concern(context: Context, click: Click) -> Reply:
    """Closing asks for words."""
    concern, hands = loaded(context, click.subject)
    rules.may_close(concern, context.person.id, hands)
    return wording.close_form(seen(context, concern))


def close_concern(context: Context, click: Click) -> Reply:
    """Close it, with words for its reporter or without, and with a note or without."""
    concern, hands = loaded(context, click.subject)
    rules.may_close(concern, context.person.id, hands)
    reply, note = form_input.text(click, own_fields.CONCERN_REPLY), form_input.text(click, own_fields.CONCERN_NOTE)
    for wrong in (reply, note):
        if isinstance(wrong, Errors):
            return wrong
    words, kept_note = (str(each) if each else None for each in (reply, note))
    move = rules.close(concern, context.person.id, words, kept_note, hands, context.now)
    after = keep(context, Verb.CLOSE_CONCERN, concern, move, hands)
    notify.redraw_at(context, after.id, context.now + FOR)
    return wording.closed_notice(seen(context, after))


def undo_concern(context: Context, click: Click) -> Reply:
    """What was said last was a slip."""
    concern, hands = loaded(context, click.subject)
    story = concerns.story(context.db, concern.id)
    move = rules.undo(concern, context.person.id, hands, story[-1] if story else None, context.now)
    after = keep(context, Verb.UNDO_CONCERN, concern, move, hands)
    return form_input.unless_shown(click, lambda: wording.undone_notice(seen(context, after)))


def _here(context: Context) -> datetime:
    return context.now.astimezone(ZoneInfo(context.person.zone))


def remind(context: Context, concern_id: str) -> bool:
    """The time to make contact is nearly over: whoever has it is reminded in their working hours, and in time. Whether
    anybody was."""
    concern, hands = loaded(context, concern_id)
    notices = rules.remind(concern, hands)
    seen_ = people.many(context.db, hands.keepers(concern))
    said = []
    for each in notices:
        at = working_moment_of(seen_[str(each.to.person)], context.now)
        said.append(replace(each, not_before=at if at < concern.contact_by else context.now))
    notify.publish(context, said)
    return bool(said)


def time_over(context: Context, concern_id: str) -> bool:
    """The time to make contact is over: the next in line have it, too. Whether it was."""
    offices.lock(context.db, context.scheme.key)
    concern, hands = loaded(context, concern_id)
    move = rules.over(concern, hands, context.scheme, context.now)
    if not move.story:
        return False
    keep(context, "concern_overdue", concern, move, hands)
    return True


def look_after(context: Context, *, redraw: bool = False) -> None:
    """Offices may have changed hands: whoever has come to a concern by it is told, and what is in nobody's hands any
    more goes to the next in line. `redraw`: they have, so the cards of those who have it no longer are wiped."""
    offices.lock(context.db, context.scheme.key)
    open_ = concerns.in_states(context.db, context.scheme.key, "waiting", "in_contact")
    for concern, hands in zip(open_, screens.hands_of(context.db, context.scheme, open_), strict=True):
        move = rules.looked_after(concern, hands, context.scheme, context.now)
        if move.story:
            keep(context, "concern_handed_on", concern, move, hands)
        else:
            notify.publish(context, move.step.notices, [concern.id] if redraw else ())
