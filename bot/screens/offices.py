"""A scheme's offices with their holders."""

from datetime import datetime

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.offices import Holder, OfficeList, OfficeView
from bot.lifecycle.offices import may_dismiss
from bot.lifecycle.permissions import Actor
from bot.lifecycle.step import Refused, refusal
from bot.schemes.scheme import Scheme
from bot.storage import offices, people


def office_list(db: Db, scheme: Scheme, viewer: Actor) -> OfficeList:
    """Every office of the scheme with whoever holds it, in the order in which they came to it."""
    held = offices.all_held(db, scheme.key)
    seen = people.many(db, {each.person for each in held})
    return OfficeList(
        scheme,
        {
            office.key: tuple(
                Holder(each, seen[each.person], refusal(may_dismiss, viewer, each, held, scheme))
                for each in held
                if each.office == office.key
            )
            for office in scheme.offices
        },
    )


def office(db: Db, scheme: Scheme, about: str, reader: str, now: datetime) -> OfficeView:
    """One office, for somebody to whom it was given, or who holds it no longer."""
    found = next((each for each in scheme.offices if each.key == about), None)
    if found is None:
        raise Refused("gone")
    return OfficeView(scheme, found, people.get(db, reader))
