"""What an outbox row says when it is sent: as things are at that moment, never as it was when it was put."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection as Db

from bot.dialogs import stamping, subjects
from bot.dialogs.home import home as draw_home
from bot.dialogs.parts import Home, Message
from bot.dialogs.wording import builders
from bot.dialogs.wording import identities as of_identities
from bot.dialogs.wording import reminders as of_reminders
from bot.lifecycle.people import Person
from bot.lifecycle.reminders import working_moment_of
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Kind
from bot.schemes.together import Schemes
from bot.screens import events, home, reminders
from bot.screens.events import Wanted
from bot.screens.notices import FOLLOWING, NOTICES
from bot.storage import identities, intakes, outbox, pairs, people
from bot.storage.outbox import Letter

TOGETHER: Final = "pair:"
"""Before the id of the pair: the name of the channel in which the two of it are written to together."""
ELSEWHERE: Final = "at:"
"""Before a platform: the name of the channel in which somebody's Home is in a place where they are not written to."""
REMINDERS: Final = "reminders"
"""The kind of letter that tells a person all that they are reminded of on one day."""


class NotNow(Exception):  # noqa: N818 – it is an answer
    """A reminder whose hours are over: it goes into the next message."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter ready for its sender. `user`: the platform's id of the person, None for the office's channel and for
    people who are written to `together`; `email`: their address; `zone`: the zone in which moments are written, None in
    a shared channel; `again_at`: when it would look different although nobody has done anything; `address`: where the
    platform writes to the person, "" where it needs none; `stands`: the channel and id of the message that it takes the
    place of, where a Home is one."""

    content: Message | Home | Wanted
    platform: str
    team: str
    user: str | None
    email: str | None
    zone: ZoneInfo | None
    again_at: datetime | None = None
    together: tuple[str, ...] = ()
    address: str = ""
    stands: tuple[str, str] | None = None


def draw(db: Db, schemes: Schemes, letter: Letter, now: datetime) -> Rendered | None:
    """The letter as it is to be sent now; None where what it is about is gone or no longer needs saying."""
    again_at, person = None, None
    if letter.by == "calendar":
        return _for_calendar(db, schemes, letter, now)
    try:
        content: Message | Home | None = None
        if letter.kind == "home":
            person = _where(db, letter.about, letter)
            content, again_at = home_of(db, schemes, person, now) if person else (None, None)
        else:
            content = _content(db, intakes.current(db, schemes), letter, now)
    except Refused:
        content = builders.gone() if letter.edits else None  # it stands in a chat: its buttons must not
    if content is None:
        return None
    if letter.person is None:
        together = (letter.channel or "").startswith(TOGETHER)
        return _to_both(db, letter, content) if together else Rendered(content, "", "", None, None, None)
    person = person or _where(db, letter.person, letter)
    if person is None or not person.active:
        return None
    zone = ZoneInfo(person.zone)
    drawn = Rendered(content, person.platform, person.team, person.user, person.email, zone, again_at)
    if not person.address:
        return drawn
    stands = outbox.home_stands(db, person.id) if letter.kind == "home" else None
    return replace(drawn, address=person.address, stands=stands)


def home_of(db: Db, schemes: Schemes, person: Person, now: datetime) -> tuple[Home, datetime | None]:
    """Somebody's Home as it stands now in that place of theirs, and when it would look different although nobody has
    done anything: only where they are written to is it kept up to date."""
    views = [home.home(db, scheme, person.id, now) for scheme in intakes.current(db, schemes).values()]
    page = draw_home(views)
    if person.elsewhere:
        return of_identities.not_written_here(page), None
    return page, min((at for view in views if (at := home.changes_at(view))), default=None)


def _where(db: Db, person_id: str, letter: Letter) -> Person | None:
    """The person in the place that the letter is for: where the message stands that it edits, where somebody has looked
    at Home, otherwise where they are written to. None: that is no place of theirs any more."""
    platform = letter.ref_platform
    if letter.channel and letter.channel.startswith(ELSEWHERE):
        platform = letter.channel.removeprefix(ELSEWHERE)
    person = people.get(db, person_id)
    return person if platform in (None, person.platform) else identities.at(db, person, str(platform))


def _for_calendar(db: Db, schemes: Schemes, letter: Letter, now: datetime) -> Rendered | None:
    """What a calendar is to do; None where it shows the session as it stands, or there is none any more."""
    try:
        content = events.wanted(db, schemes[letter.scheme], letter.about, now, doubtful=letter.doubtful)
    except Refused:
        return None
    return Rendered(content, letter.by, "", None, None, None) if content else None


def _to_both(db: Db, letter: Letter, content: Message | Home) -> Rendered | None:
    """To the two of a pair together; None where one of them has gone, or is somewhere else."""
    pair = pairs.get(db, letter.scheme, letter.about)
    both = (people.get(db, pair.mentee), people.get(db, pair.mentor))
    first, second = both
    if not (first.active and second.active) or (first.platform, first.team) != (second.platform, second.team):
        return None
    users = tuple(each.user for each in both)
    return Rendered(content, first.platform, first.team, None, None, None, together=users)


def _content(db: Db, schemes: Schemes, letter: Letter, now: datetime) -> Message | None:
    if letter.kind == REMINDERS:
        return _of_day(db, schemes, letter, now)
    kind, scheme = Kind(letter.kind), schemes[letter.scheme]
    said = NOTICES[kind]
    view = said.view(db, scheme, letter.about, letter.person or "", now)
    later = said.followed if FOLLOWING[kind] and outbox.followed(db, letter, FOLLOWING[kind]) else None
    if later and not letter.edits:
        return None  # nobody has seen it, and what comes after it says more
    message = later(view) if later else said.words(view)
    if message is None and letter.edits and said.afterwards:
        message = said.afterwards(view)
    if message and letter.by == "email" and said.attached:
        message = replace(message, attachment=said.attached(view))
    return stamping.message_of(message, scheme) if message and schemes.several else message


def _of_day(db: Db, schemes: Schemes, letter: Letter, now: datetime) -> Message | None:
    """All that somebody is reminded of on one day; raises NotNow outside that day or their hours."""
    person, day = subjects.day_from(letter.about)
    me = people.get(db, person)
    if not letter.edits and not _is_time(me, day, now):
        raise NotNow
    items = reminders.of_day(db, schemes, person, day, now)
    said = of_reminders.of_day(me, items, several=schemes.several)
    return of_reminders.seen_to(me) if letter.edits and not said else said


def _is_time(person: Person, day: date, now: datetime) -> bool:
    return now.astimezone(ZoneInfo(person.zone)).date() == day and working_moment_of(person, now) == now


def as_it_stands(db: Db, schemes: Schemes, letter_id: str, person: str, channel: str, now: datetime) -> Rendered | None:
    """The message of that letter as it would be drawn now, for somebody who has just pressed something on it: theirs,
    or that of the shared `channel` in which they did. None for anybody else's, or where there is nothing to show."""
    letter = outbox.letter(db, letter_id)
    if letter is None or letter.scheme not in schemes:
        return None
    theirs = letter.person == person if letter.person else letter.ref_channel == channel
    return draw(db, schemes, replace(letter, edits=letter.id), now) if theirs else None
