"""How others hear of what was done: letters, edits of cards and home pages, as rows of the outbox in the transaction
that is open.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal

from bot.actions.context import Context
from bot.dialogs import subjects
from bot.lifecycle.notices import Notice, To
from bot.lifecycle.people import Person
from bot.lifecycle.permissions import DECIDING
from bot.screens.notices import DECIDED_ON, NOTICES
from bot.screens.render import ELSEWHERE, TOGETHER
from bot.storage import offices, outbox, people, reminders
from bot.storage.outbox import Letter

CALENDAR: Final = "calendar"
"""The kind of letter that brings a session's calendar up to date."""
HOME: Final = "home"
"""The kind of letter that redraws a person's home page."""


def publish(
    context: Context,
    notices: Iterable[Notice] = (),
    cards: Iterable[str] = (),
    homes: Iterable[str] = (),
    settled: Iterable[str] = (),
    calendars: Mapping[str, str] = MappingProxyType({}),
    homes_at: Iterable[Person] = (),
) -> None:
    """Put into the outbox, in this transaction and at one go: what people hear (a key already there is the same
    message), an edit of every card about these things, and these people's homes, once each however often asked.

    `settled`: those of the things that ask for nothing any more: edits booked for later are taken back. `calendars`:
    sessions that a calendar has to follow, with the person in whose order that is done. `homes_at`: people in places
    where they are not written to, and have a home all the same.
    """
    # Cards are locked before homes, everywhere.
    about = frozenset(cards)
    days = (subjects.day_of(*each) for each in reminders.days_about(context.db, context.scheme.key, about))
    found = outbox.cards(context.db, context.scheme.key, about | {*days}, frozenset(settled), context.now)
    letters = [letter for notice in notices for letter in _letters(context, notice)]
    letters += [_edit(context, card) for card in found]
    letters += [_home(context, person) for person in dict.fromkeys(homes)]
    letters += [_home_at(context, place) for place in homes_at]
    letters += [_to_calendar(context, session, person) for session, person in calendars.items()]
    if letters:
        outbox.put(context.db, letters)


def redraw_at(context: Context, about: str, *moments: datetime) -> None:
    """Draw the cards about this on which somebody decides anew at those moments, although nothing will have happened:
    they say for how long they can."""
    found = outbox.cards(context.db, context.scheme.key, frozenset({about}), frozenset(), context.now)
    asked = [card for card in found if card.kind in DECIDED_ON]
    edits = [replace(_edit(context, card), slot=None, not_before=at) for card in asked for at in moments]
    if edits:
        outbox.put(context.db, edits)


def office_homes(context: Context) -> tuple[str, ...]:
    """Everybody whose home shows a part of the office's waiting list."""
    holders = (offices.holders(context.db, context.scheme, power) for power in sorted(DECIDING))
    return tuple(sorted({person for some in holders for person in some}))


def _letters(context: Context, notice: Notice) -> Iterable[Letter]:
    for person, channel in _recipients(context, notice):
        # The channel of all offices goes without a name: there is one card in it.
        whom = person if notice.to.power or notice.to.together else None
        known = channel == "office" or notice.to.together
        key = ":".join(filter(None, (notice.key, whom or (None if known else channel))))
        if not notice.copy_alone:
            card = _letter(context, key, notice, person, channel, "chat")
            yield card
            yield from (replace(_edit(context, card), slot=None, not_before=at) for at in notice.redrawn_at)
        said = NOTICES[notice.kind]
        copied = said.chat_may_be_closed or (said.copy in context.scheme.email_copies and not notice.in_chat_alone)
        if person and copied and context.channels.email:
            yield _letter(context, f"{key}:email", notice, person, None, "email")


Recipient = tuple[str | None, str | None]
"""A person, or else a channel."""


def _recipients(context: Context, notice: Notice) -> Iterable[Recipient]:
    if notice.to.person is not None:
        return [(notice.to.person, None)]
    if notice.to.together:
        return _of_two(context, notice)
    having = [office.key for office in context.scheme.offices if notice.to.power in office.powers]
    others = [[office.key] for office in context.scheme.offices if office.key not in having]
    # Where nobody holds the power but whom it is about, or somebody who is gone, the scheme's next office hears of it.
    on = bool(notice.to.besides) or _left_behind(context, having)
    each = (_of_offices(context, notice.to, some) for some in (having, *(others if on else ())))
    return next((found for found in each if found), [])


def _left_behind(context: Context, keys: Sequence[str]) -> bool:
    """Whether these offices are held, and nobody who holds one of them is here."""
    held = any(each.office in keys for each in offices.all_held(context.db, context.scheme.key))
    return held and not offices.holders_of(context.db, context.scheme.key, keys)


def _of_two(context: Context, notice: Notice) -> list[Recipient]:
    """The two at once; each alone, where they are on a platform that does not let a bot bring them together."""
    both = notice.to.together
    places = people.many(context.db, both).values() if context.channels.apart else ()
    if any(each.platform in context.channels.apart for each in places):
        return [(each, None) for each in both]
    return [(None, f"{TOGETHER}{notice.about}")]


def _of_offices(context: Context, to: To, keys: Sequence[str]) -> list[Recipient]:
    channels = {key: None if to.private else context.channels.of(key, context.scheme.key) for key in keys}
    shared = dict.fromkeys(filter(None, channels.values()))
    without = [key for key, channel in channels.items() if channel is None]
    persons = offices.holders_of(context.db, context.scheme.key, without) if without else ()
    return [*((None, channel) for channel in shared), *((each, None) for each in persons if each != to.besides)]


def _letter(
    context: Context,
    key: str,
    notice: Notice,
    person: str | None,
    channel: str | None,
    by: Literal["chat", "email"],
) -> Letter:
    return Letter(
        id=context.new_id(), scheme=context.scheme.key, key=key, kind=notice.kind, about=notice.about, person=person,
        channel=channel, by=by, made_at=context.now, not_before=notice.not_before or context.now, until=notice.until,
    )  # fmt: skip


def _edit(context: Context, card: Letter) -> Letter:
    return Letter(
        id=context.new_id(), scheme=context.scheme.key, key=f"edit:{context.new_id()}", kind=card.kind,
        about=card.about, person=card.person, channel=card.channel, by="chat", made_at=context.now,
        not_before=context.now, slot=f"edit:{card.id}", edits=card.id,
    )  # fmt: skip


def _home(context: Context, person: str) -> Letter:
    return Letter(
        id=context.new_id(), scheme=context.scheme.key, key=f"{HOME}:{context.new_id()}", kind=HOME, about=person,
        person=person, channel=None, by="chat", made_at=context.now, not_before=context.now, slot=f"{HOME}:{person}",
    )  # fmt: skip


def _home_at(context: Context, place: Person) -> Letter:
    home = _home(context, place.id)
    return replace(home, channel=f"{ELSEWHERE}{place.platform}", slot=f"{home.slot}:{place.platform}")


def _to_calendar(context: Context, session: str, person: str) -> Letter:
    return Letter(
        id=context.new_id(), scheme=context.scheme.key, key=f"{CALENDAR}:{context.new_id()}", kind=CALENDAR,
        about=session, person=person, channel=None, by="calendar", made_at=context.now, not_before=context.now,
        slot=f"{CALENDAR}:{session}",
    )  # fmt: skip
