"""The morning message of those who hold an office: put down day by day, for as long as they hold it."""

from bot.actions import reminding
from bot.actions.context import Context
from bot.lifecycle import mornings as rules
from bot.lifecycle.deadlines import DeadlineKind
from bot.screens.lists import needs
from bot.screens.reminders import OFFICE
from bot.storage import deadlines, listing, offices, people


def morning(context: Context, person_id: str) -> bool:
    """It is an hour before somebody's day begins. Whether there is anything for them to hear of."""
    me = people.get(context.db, person_id)
    actor = offices.actor(context.db, context.scheme, me.id)
    if not rules.hears(actor):
        return False
    deadlines.put(context.db, context.scheme.key, [rules.following(me, context.now)])
    if not me.active:
        return False
    newest = listing.newest_case(context.db, context.scheme.key)
    now, before = (needs(context.db, context.scheme, actor, at) for at in (context.now, context.now - rules.NEW))
    if not any(now.values()) or not rules.has_news(me, context.now, newest, now, before):
        return False
    return reminding.book(context, me.id, DeadlineKind.MORNING, OFFICE, context.now + rules.EARLIER, None)


def begin(context: Context) -> None:
    """Everybody of the office has a next morning; those who have come to it since have none yet."""
    holders = {each.person for each in offices.all_held(context.db, context.scheme.key)}
    found = people.many(context.db, holders).values()
    deadlines.put_missing(context.db, context.scheme.key, [rules.following(each, context.now) for each in found])
