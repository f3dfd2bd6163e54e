"""Colleagues whom somebody thinks of, as whoever hears of them sees it."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.choosing import ColleagueView
from bot.schemes.scheme import Scheme
from bot.storage import colleagues, members, people


def colleague(db: Db, scheme: Scheme, id_: str, _: str, now: datetime) -> ColleagueView:
    """Somebody who is thought of, with whom it is about."""
    one = colleagues.get(db, scheme.key, id_)
    seen = people.many(db, {one.mentee, one.named, one.by})
    mentor = members.of(db, scheme.key, one.named).get("mentor")
    return ColleagueView(scheme, one, seen[one.mentee], seen[one.named], seen[one.by], mentor, now)
