"""What an outbox row says when it is sent: as things are at that moment, never as it was when it was put."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection as Db

from bot.dialogs import stamping
from bot.dialogs.home import home as draw_home
from bot.dialogs.parts import Home, Message
from bot.dialogs.wording import builders
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Kind
from bot.schemes.together import Schemes
from bot.screens import home
from bot.screens.notices import FOLLOWING, NOTICES
from bot.storage import outbox, people
from bot.storage.outbox import Letter


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter ready for its sender. `user`: the platform's id of the person, None for the office's channel;
    `email`: their address; `zone`: the zone in which moments are written, None in a shared channel."""

    content: Message | Home
    platform: str
    team: str
    user: str | None
    email: str | None
    zone: ZoneInfo | None


def draw(db: Db, schemes: Schemes, letter: Letter, now: datetime) -> Rendered | None:
    """The letter as it is to be sent now; None where what it is about is gone or no longer needs saying."""
    try:
        content = _content(db, schemes, letter, now)
    except Refused:
        return None
    if content is None and letter.edits:
        content = builders.settled()  # the message stands in a chat: its buttons must not
    if content is None:
        return None
    if letter.person is None:
        return Rendered(content, "", "", None, None, None)
    person = people.get(db, letter.person)
    if not person.active:
        return None
    return Rendered(content, person.platform, person.team, person.user, person.email, ZoneInfo(person.zone))


def _content(db: Db, schemes: Schemes, letter: Letter, now: datetime) -> Message | Home | None:
    if letter.kind == "home":
        return draw_home([home.home(db, scheme, letter.about, now) for scheme in schemes.values()])
    kind, scheme = Kind(letter.kind), schemes[letter.scheme]
    said = NOTICES[kind]
    view = said.view(db, scheme, letter.about, letter.person or "", now)
    later = said.followed if FOLLOWING[kind] and outbox.followed(db, letter, FOLLOWING[kind]) else None
    if later and not letter.edits:
        return None  # nobody has seen it, and what comes after it says more
    message = later(view) if later else said.words(view)
    return stamping.message_of(message, scheme) if message and schemes.several else message
