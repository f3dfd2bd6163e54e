"""What the office last decided about somebody or something, for its own cards."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.decisions import Decision
from bot.lifecycle.member import Member
from bot.lifecycle.request import Request
from bot.lifecycle.step import allowed
from bot.lifecycle.undoing import may_undo
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme
from bot.storage import audit, people, undoing

_VERBS: Final = (
    Verb.APPROVE_JOINING, Verb.APPROVE_MEMBER, Verb.APPROVE_REQUEST, Verb.TURN_DOWN, Verb.ASSIGN, Verb.GIVE_BACK,
)  # fmt: skip


def last(db: Db, scheme: Scheme, about: Member | Request, now: datetime) -> Decision | None:
    """Who decided what about it last, and when; None: nobody has yet."""
    was = audit.last_done(db, scheme.key, about.id, _VERBS)
    if was is None or was.person is None:
        return None
    can_be_undone = allowed(may_undo, undoing.of(db, scheme.key, about.id), about.version, now)
    return Decision(people.get(db, was.person).name, was.verb, was.at, can_be_undone)
