"""Who would like to talk first, for whoever approves members."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.members import TalkView
from bot.schemes.scheme import Scheme
from bot.storage import people, talks


def talk(db: Db, scheme: Scheme, id_: str, _: str, now: datetime) -> TalkView:
    """That one."""
    one = talks.get(db, scheme.key, id_)
    by = people.get(db, one.done_by) if one.done_by else None
    return TalkView(scheme, one, people.get(db, one.person), by, now)
