"""Who has asked for another mentor, for whoever matches: never for one of the two."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.pairs import AnotherView
from bot.lifecycle import another_mentor as rules
from bot.lifecycle.pairs import Pair
from bot.lifecycle.permissions import Actor
from bot.lifecycle.step import allowed
from bot.schemes.scheme import Scheme
from bot.storage import offices, pairs, people


def asked(db: Db, scheme: Scheme, id_: str, reader: str, now: datetime) -> AnotherView:
    """That pair; Refused for whoever may not read it."""
    viewer, held = offices.actor(db, scheme, reader), pairs.get(db, scheme.key, id_)
    rules.may_read(held, viewer)
    return _seen(db, scheme, [held], viewer, now)[0]


def all_asked(db: Db, scheme: Scheme, viewer: Actor, now: datetime) -> tuple[AnotherView, ...]:
    """Whoever waits for it now, the longest first; nothing is looked up for whoever does not match."""
    if "match" not in viewer.powers or scheme.pairs.another_mentor != "office":
        return ()
    held = [each for each in pairs.wanting_another(db, scheme.key) if allowed(rules.may_read, each, viewer)]
    return _seen(db, scheme, held, viewer, now)


def _seen(db: Db, scheme: Scheme, held: Sequence[Pair], viewer: Actor, now: datetime) -> tuple[AnotherView, ...]:
    seen = people.many(db, {side for each in held for side in (each.mentee, each.mentor)})
    return tuple(AnotherView(scheme, each, seen[each.mentee], seen[each.mentor], viewer, now) for each in held)
