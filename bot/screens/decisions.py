"""What the office last decided about somebody or something, for its own cards."""

from typing import Final

from sqlalchemy import Connection as Db

from bot.dialogs.view_models import Decision
from bot.lifecycle.vocabulary import Verb
from bot.schemes.scheme import Scheme
from bot.storage import audit, people

_VERBS: Final = (
    Verb.APPROVE_JOINING, Verb.APPROVE_MEMBER, Verb.APPROVE_REQUEST, Verb.TURN_DOWN, Verb.ASSIGN, Verb.GIVE_BACK,
)  # fmt: skip


def last(db: Db, scheme: Scheme, about: str) -> Decision | None:
    """Who decided what about it last, and when; None: nobody has yet."""
    was = audit.last_done(db, scheme.key, about, _VERBS)
    return Decision(people.get(db, was.person).name, was.verb, was.at) if was and was.person else None
