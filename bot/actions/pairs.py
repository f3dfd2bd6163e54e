"""What is looked at before two people are connected, whichever way they came together."""

from bot.actions.context import Context
from bot.lifecycle import pairs as rules
from bot.storage import pairs


def within_budget(context: Context) -> None:
    """Refuse where the scheme cannot pay for one more pair, counted in this transaction."""
    if context.scheme.capacity.budget is not None:
        rules.may_begin(pairs.count_all_active(context.db, context.scheme.key), context.scheme)
