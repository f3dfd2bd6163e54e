"""When a letter cannot be delivered: it waits for what somebody must mend, or is given up; the office hears of it."""

from datetime import datetime

from bot.actions import notify
from bot.actions.context import Context
from bot.actions.notify import HOME
from bot.actions.placing import not_placed
from bot.lifecycle.notices import tell_office
from bot.lifecycle.vocabulary import Kind
from bot.storage import outbox, people
from bot.storage.outbox import Letter


def hold(context: Context, letter: Letter, again_at: datetime, doubtful: bool, mend: str) -> None:
    """Put a letter off until somebody has mended that, and tell the office, once a day about one thing. That message
    tells of itself to nobody."""
    outbox.failed(context.db, letter.id, again_at, doubtful, mend)
    if letter.kind != Kind.HELD:
        today = context.now.date().toordinal()
        # What does not reach the office's channel would not be read there either.
        private = letter.person is None and letter.by == "chat"
        notify.publish(context, [tell_office(Kind.HELD, "approve_members", mend, today, private=private)])


def give_up(context: Context, letter: Letter) -> int:
    """Mark the letter as given up and tell the office, once a day about one person; gives how many are given up.

    Homes and edits are left out: nobody waits for them. So are copies by e-mail, whose message is in chat, and letters
    to the office itself, which would go round.
    """
    outbox.dead(context.db, letter.id, context.now)
    if letter.by == "calendar":
        not_placed(context, letter.about)
    waited_for = letter.by == "chat" and letter.edits is None and letter.kind not in (HOME, Kind.UNREACHED, Kind.HELD)
    gone = letter.person is not None and not people.get(context.db, letter.person).active  # that is told already
    if letter.person is not None and waited_for and not gone:
        today = context.now.date().toordinal()
        unreached = tell_office(Kind.UNREACHED, "approve_members", letter.person, today, besides=letter.person)
        notify.publish(context, [unreached])
    return outbox.dead_count(context.db)
