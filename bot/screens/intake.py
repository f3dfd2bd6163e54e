"""The intake of each role: what is set, how many places are taken, and how many people wait for one."""

from sqlalchemy import Connection as Db

from bot.dialogs.view_models.intake import IntakeView
from bot.lifecycle.intake import of_file
from bot.schemes.roles import ROLES, Role
from bot.schemes.scheme import Scheme
from bot.storage import intakes, members, people


def every_intake(db: Db, scheme: Scheme) -> tuple[IntakeView, ...]:
    """That of each role of the scheme, which is given as it is now."""
    return tuple(of_role(db, scheme, role) for role in ROLES)


def of_role(db: Db, scheme: Scheme, role: Role) -> IntakeView:
    """That of one role."""
    kept = intakes.every(db).get((scheme.key, role))
    held, waiting = members.places_held(db, scheme.key, role), members.count_in_line(db, scheme.key, role)
    who = people.get(db, kept.set_by) if kept and kept.set_by else None
    return IntakeView(scheme, kept or of_file(scheme, role), held, waiting, who)
