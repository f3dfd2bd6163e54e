"""What is to be sent: put in the transaction that causes it, claimed and marked by delivery. Ids and keys, never text.

A letter waits in the lane of its recipient (one for chat, one for e-mail). A lane is served one letter at a time and
in order: what has been put first goes first, among what is due. A letter that is being tried again holds its lane,
unless it waits for what somebody must mend.

On PostgreSQL whoever relies on a letter being drawn later (it waits in the slot; it is a card not sent yet) locks it:
claimed before their commit, it would be drawn as things were, and nothing would draw it again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, Literal

from sqlalchemy import Connection, and_, bindparam, case, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage import locks
from bot.storage.optimistic import columns, names, values
from bot.storage.tables import PENDING, outbox, pending, people

By = Literal["chat", "email", "calendar"]


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing to send to one recipient: a person, or a channel ("office") of the scheme.

    `slot` lets a later letter of the same slot be left out while one waits. `edits` is the letter whose message is to
    be edited; a claimed one then carries that message's reference, whose platform need not be the one on which its
    person is written to now. `doubtful`: it may have arrived already.
    """

    id: str
    scheme: str
    key: str
    kind: str
    about: str
    person: str | None
    channel: str | None
    by: By
    made_at: datetime
    not_before: datetime
    until: datetime | None = None
    slot: str | None = None
    edits: str | None = None
    attempts: int = 0
    doubtful: bool = False
    ref_channel: str | None = None
    ref_message: str | None = None
    ref_platform: str | None = None

    @property
    def lane(self) -> str:
        """Whose turn it waits for; pacing goes by it too."""
        return f"{self.by}:{self.scheme}.{self.person or self.channel}"


_NAMES = names(Letter)
_PUT = {
    "sqlite": sqlite.insert(outbox).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(outbox).on_conflict_do_nothing(),
}
_slotted = postgresql.insert(outbox)
_PUT_IN_SLOT = _slotted.on_conflict_do_update(
    index_elements=[outbox.c.scheme, outbox.c.slot], index_where=PENDING, set_={"slot": _slotted.excluded.slot}
)
_ABOUT = (outbox.c.scheme == bindparam("of_scheme"), outbox.c.about.in_(bindparam("abouts", expanding=True)))
_CARD = and_(
    outbox.c.by == "chat",
    outbox.c.edits.is_(None),
    outbox.c.dead_at.is_(None),
    or_(outbox.c.ref_message.is_not(None), outbox.c.sent_at.is_(None)),
)
_CARDS = (
    select(outbox.c.claimed_until, *columns(outbox, _NAMES))
    .where(*_ABOUT, _CARD)
    .order_by(outbox.c.number)
    .with_for_update()
)
_BOOKED = and_(
    PENDING,
    outbox.c.edits.is_not(None),
    outbox.c.claimed_until.is_(None),
    outbox.c.not_before > bindparam("now"),
    outbox.c.about.in_(bindparam("settled", expanding=True)),
)
# Cards are only locked by it: written as they are, they come back together with what is taken back.
_CARDS_OF_SETTLED = (
    update(outbox)
    .where(*_ABOUT, or_(_CARD, _BOOKED))
    .values(sent_at=case((_BOOKED, bindparam("now", type_=outbox.c.sent_at.type)), else_=outbox.c.sent_at))
    .returning(outbox.c.number, outbox.c.claimed_until, *columns(outbox, _NAMES))
)

_other = outbox.alias("other")
_edited = outbox.alias("edited")
_LANE = and_(_other.c.lane == outbox.c.lane, pending(_other), _other.c.number != outbox.c.number)
# What waits for somebody to mend something may wait for days: it lets what comes after it pass.
_TRIED = and_(_other.c.attempts > 0, _other.c.waits_for.is_(None))
_OLDER_AND_DUE = and_(_other.c.number < outbox.c.number, or_(_other.c.not_before <= bindparam("now"), _TRIED))
_CLAIMABLE = (
    select(
        outbox.c.number,
        outbox.c.claimed_until,
        _edited.c.ref_channel.label("edited_channel"),
        _edited.c.ref_message.label("edited_message"),
        _edited.c.ref_platform.label("edited_platform"),
        *columns(outbox, _NAMES),
    )
    .select_from(outbox.outerjoin(_edited, _edited.c.id == outbox.c.edits))
    .where(
        PENDING,
        outbox.c.not_before <= bindparam("now"),
        or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= bindparam("real_now")),
        ~exists().where(_LANE, or_(_OLDER_AND_DUE, _other.c.claimed_until > bindparam("real_now"))),
    )
    .order_by(outbox.c.not_before, outbox.c.number)
    .limit(bindparam("limit"))
    .with_for_update(of=outbox, skip_locked=True)
)
_CLAIMABLE_OF = _CLAIMABLE.where(outbox.c.scheme.in_(bindparam("schemes", expanding=True)))
_CLAIM = (
    update(outbox)
    .where(outbox.c.number.in_(bindparam("numbers", expanding=True)))
    .values(
        claimed_until=bindparam("claimed_until"),
        claimed_by=bindparam("claimed_by"),
        doubtful=or_(outbox.c.doubtful, outbox.c.claimed_until.is_not(None)),
        # What changes from here on may come too late to be drawn: it needs a letter of its own.
        slot=None,
    )
)
_MARK = update(outbox).where(outbox.c.id == bindparam("letter")).values(claimed_until=None, claimed_by=None)
_SENT = _MARK.values(
    sent_at=bindparam("now"), ref_channel=bindparam("channel_ref"), ref_message=bindparam("message_ref"),
    ref_platform=bindparam("platform_ref"),
)  # fmt: skip
_FAILED = _MARK.values(
    attempts=outbox.c.attempts + 1, not_before=bindparam("again_at"), doubtful=bindparam("in_doubt"),
    waits_for=bindparam("mend"),
)  # fmt: skip
_DEAD = _MARK.values(dead_at=bindparam("now"))

_later, _this = outbox.alias("later"), outbox.alias("this")
_FOLLOWED = select(
    exists().where(
        _this.c.id == bindparam("card"),
        _later.c.scheme == _this.c.scheme,
        _later.c.about == _this.c.about,
        _later.c.person == _this.c.person,
        _later.c.kind.in_(bindparam("kinds", expanding=True)),
        _later.c.by == "chat",
        _later.c.edits.is_(None),
        _later.c.dead_at.is_(None),
        _later.c.number > _this.c.number,
    )
)
_BEGUN = (
    select(outbox.c.sent_at, outbox.c.claimed_until, outbox.c.dead_at)
    .where(
        outbox.c.scheme.in_(bindparam("schemes", expanding=True)),
        outbox.c.about == bindparam("about"),
        outbox.c.kind == bindparam("kind"),
        outbox.c.edits.is_(None),
    )
    .with_for_update()
)
_LETTER = select(*columns(outbox, _NAMES)).where(outbox.c.id == bindparam("letter"))
_HOME = and_(outbox.c.kind == "home", outbox.c.about == bindparam("whose"), outbox.c.ref_message.is_not(None))
_HOME_STANDS = select(outbox.c.ref_channel, outbox.c.ref_message).where(_HOME).order_by(outbox.c.number.desc()).limit(1)
_FORGET_HOME = update(outbox).where(_HOME).values(ref_channel=None, ref_message=None)
_COUNT_PENDING = select(func.count()).select_from(outbox).where(PENDING)
_COUNT_DUE = _COUNT_PENDING.where(outbox.c.not_before <= bindparam("now"))
_HELD = (
    select(outbox.c.waits_for, func.count())
    .where(PENDING, outbox.c.waits_for.is_not(None))
    .group_by(outbox.c.waits_for)
)
_MESSAGE = (
    outbox.c.scheme == bindparam("scheme"),
    outbox.c.kind == bindparam("kind"),
    outbox.c.by == "chat",
    outbox.c.edits.is_(None),
)
_IN_VAIN = and_(func.max(outbox.c.sent_at).is_(None), func.max(outbox.c.dead_at).is_not(None))
"""Of several messages: none has arrived, and one was given up."""
_UNHEARD = (
    select(outbox.c.about)
    .where(*_MESSAGE, outbox.c.person == bindparam("reader"))
    .group_by(outbox.c.about)
    .having(_IN_VAIN)
    .order_by(outbox.c.about)
)
_NEVER_REACHED = (
    select(outbox.c.person)
    .join(people, people.c.id == outbox.c.person)
    .where(*_MESSAGE, people.c.gone == "unreached", people.c.active.is_(False))
    .group_by(outbox.c.person)
    .having(_IN_VAIN)
    .order_by(outbox.c.person)
)
_COUNT_DEAD = select(func.count()).select_from(outbox).where(outbox.c.dead_at.is_not(None))


def put(db: Connection, letters: Iterable[Letter]) -> None:
    """Queue letters. One whose key is there already, or whose slot is taken by one that waits, is left out."""
    rows = [
        values(letter, _NAMES) | {"lane": letter.lane, "claimed_until": None, "claimed_by": None} for letter in letters
    ]
    slotted: list[dict[str, Any]] = []
    if db.dialect.name == "postgresql":
        # Always in the same order, so that two who share slots wait for each other and not both.
        slotted = sorted((row for row in rows if row["slot"] is not None), key=itemgetter("slot"))
        rows = [row for row in rows if row["slot"] is None]
    if rows:
        db.execute(_PUT[db.dialect.name], rows)
    if slotted:
        db.execute(_PUT_IN_SLOT, slotted)


def cards(
    db: Connection, scheme_key: str, abouts: Collection[str], settled: Collection[str], now: datetime
) -> tuple[Letter, ...]:
    """The chat messages about these things that may need an edit, in the order they were put.

    Among them are those on their way at this moment, or that may have arrived, which have no reference yet: they may
    have been drawn already. Those that still wait to be claimed are not; locked, they stay so until the commit.
    `settled` are those of the things that ask for nothing any more: edits booked for later are not needed for them.
    """
    if not abouts:
        return ()
    which = {"of_scheme": scheme_key, "abouts": list(abouts)}
    if settled:
        rows = db.execute(_CARDS_OF_SETTLED, which | {"settled": list(settled), "now": now}).all()
        found = [(row[1] is not None, Letter(*row[2:])) for row in sorted(rows, key=itemgetter(0))]
    else:
        found = [(row[0] is not None, Letter(*row[1:])) for row in db.execute(_CARDS, which)]
    cards_ = ((claimed, card) for claimed, card in found if card.edits is None)
    return tuple(card for claimed, card in cards_ if card.ref_message is not None or claimed or card.doubtful)


def claim(
    db: Connection,
    now: datetime,
    by_whom: str,
    lease: timedelta,
    limit: int = 50,
    *,
    real_now: datetime,
    schemes: Collection[str] = (),
) -> tuple[Letter, ...]:
    """Take letters to send, at most one of each lane. What is due goes by `now`, the lease by `real_now`. `schemes`:
    only their letters, since nobody can draw others.

    A letter whose lease ran out unmarked is given again, as doubtful.
    """
    locks.hold(db, "outbox")  # a lane must not be opened twice by two who look at the same moment
    which = {"now": now, "real_now": real_now, "limit": limit}
    of = which | {"schemes": list(schemes)}
    rows = db.execute(_CLAIMABLE_OF, of).all() if schemes else db.execute(_CLAIMABLE, which).all()
    if not rows:
        return ()
    mark = {"numbers": [row.number for row in rows], "claimed_until": real_now + lease, "claimed_by": by_whom}
    db.execute(_CLAIM, mark)
    claimed = []
    for _, claimed_until, edited_channel, edited_message, edited_platform, *rest in rows:
        letter = Letter(*rest)
        if claimed_until is not None:
            letter = replace(letter, doubtful=True)
        if letter.edits is not None:
            stands = {"ref_channel": edited_channel, "ref_message": edited_message, "ref_platform": edited_platform}
            letter = replace(letter, **stands)
        claimed.append(letter)
    return tuple(claimed)


def sent(
    db: Connection,
    letter_id: str,
    ref_channel: str | None,
    ref_message: str | None,
    now: datetime,
    ref_platform: str | None = None,
) -> None:
    """It is out; the reference is where its message can be edited. Without one: it was not needed any more."""
    ref = {"channel_ref": ref_channel, "message_ref": ref_message, "platform_ref": ref_platform}
    db.execute(_SENT, {"letter": letter_id, "now": now, **ref})


def failed(db: Connection, letter_id: str, again_at: datetime, doubtful: bool, waits_for: str | None = None) -> None:
    """It did not go, or nobody knows (`doubtful`); it is tried again at that moment, and its lane waits for it.
    `waits_for`: what somebody must mend first, in fixed words."""
    db.execute(_FAILED, {"letter": letter_id, "again_at": again_at, "in_doubt": doubtful, "mend": waits_for})


def dead(db: Connection, letter_id: str, now: datetime) -> None:
    """It is given up."""
    db.execute(_DEAD, {"letter": letter_id, "now": now})


def held(db: Connection) -> dict[str, int]:
    """How many letters wait for somebody to mend something, by what that is."""
    return {row[0]: row[1] for row in db.execute(_HELD)}


def followed(db: Connection, letter: Letter, kinds: Collection[str]) -> bool:
    """Whether its person has had, or is about to have, a later message of one of these kinds about the same thing."""
    return bool(db.execute(_FOLLOWED, {"card": letter.edits or letter.id, "kinds": sorted(kinds)}).scalar())


def begun(db: Connection, scheme_keys: Collection[str], kind: str, about: str) -> bool | None:
    """Whether a message of that kind about that thing is out or on its way; False: it still waits, and does so until
    the commit; None: there is none."""
    which = {"schemes": list(scheme_keys), "kind": kind, "about": about}
    rows = db.execute(_BEGUN, which).all()
    return any(sent_at or claimed or dead_at for sent_at, claimed, dead_at in rows) if rows else None


def unheard(db: Connection, scheme_key: str, person: str, kind: str) -> tuple[str, ...]:
    """What a message of that kind was about which has never reached this person and was given up."""
    which = {"scheme": scheme_key, "reader": person, "kind": kind}
    return tuple(db.execute(_UNHEARD, which).scalars())


def never_reached(db: Connection, scheme_key: str, kind: str) -> tuple[str, ...]:
    """The persons whom no message of that kind has ever reached, and nothing reaches now."""
    return tuple(db.execute(_NEVER_REACHED, {"scheme": scheme_key, "kind": kind}).scalars())


def letter(db: Connection, id_: str) -> Letter | None:
    """That letter, if there is one."""
    row = db.execute(_LETTER, {"letter": id_}).one_or_none()
    return Letter(*row) if row is not None else None


def home_stands(db: Connection, person: str) -> tuple[str, str] | None:
    """Where their Home was posted as a message, if it was: its channel and its id there."""
    row = db.execute(_HOME_STANDS, {"whose": person}).one_or_none()
    return (row.ref_channel, row.ref_message) if row is not None else None


def forget_home(db: Connection, person: str) -> None:
    """The next time their Home is sent, it is posted anew."""
    db.execute(_FORGET_HOME, {"whose": person})


def pending_count(db: Connection) -> int:
    """How many letters are neither sent nor given up, those of later days among them."""
    return db.execute(_COUNT_PENDING).scalar_one()


def due_count(db: Connection, now: datetime) -> int:
    """How many letters should be on their way by now."""
    return db.execute(_COUNT_DUE, {"now": now}).scalar_one()


def dead_count(db: Connection) -> int:
    """How many letters have been given up."""
    return db.execute(_COUNT_DEAD).scalar_one()
