"""Words about more time for a pair."""

from bot.dialogs.parts import Bold, Button, Message, Notice, Run, When
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.wording import buttons
from bot.dialogs.wording.builders import message, notice, press, say, small
from bot.lifecycle import more_time as rules
from bot.lifecycle.step import allowed
from bot.schemes.period import period


def button(view: PairView) -> tuple[Button, ...]:
    """Asking for more time, or agreeing to it."""
    pair, other = view.pair, view.other.name
    if allowed(rules.may_agree, pair, view.viewer):
        return (buttons.agree_more_time(pair.id, other),)
    return (buttons.ask_more_time(pair.id, other),) if allowed(rules.may_ask, pair, view.viewer, view.now) else ()


def asked(view: PairView) -> Message:
    """The other would like to go on for longer."""
    look = buttons.view_pair(view.pair.id, view.other.name)
    if not allowed(rules.may_agree, view.pair, view.viewer):
        return message(view.me, say(Bold(view.other.name), " asked whether you go on for longer."), press(look))
    until = rules.may_agree(view.pair, view.viewer)
    head = say(Bold(view.other.name), f" would like {_longer(view)} more with you, until ", When(until, "day"), ".")
    fine = small("If you would rather not, do nothing: it ends as planned.")
    return message(view.me, head, fine, press(*button(view), look))


def _longer(view: PairView) -> str:
    return period(view.pair.terms.more_time).words if view.pair.terms.more_time else "some time"


def agreed(view: PairView) -> Message:
    """Both have more time."""
    until: tuple[Run, ...] = (" until ", When(view.pair.ends_at, "day")) if view.pair.ends_at else ()
    head = say("Your mentoring with ", Bold(view.other.name), " goes on", *until, ".")
    return message(view.me, head, press(buttons.view_pair(view.pair.id, view.other.name)))


def asked_notice(view: PairView) -> Notice:
    """The answer to asking."""
    return notice("Asked", f"{view.other.name} has been asked. As soon as they agree, you have {_longer(view)} more.")


def agreed_notice(view: PairView) -> Notice:
    """The answer to agreeing."""
    until: tuple[Run, ...] = (" until ", When(view.pair.ends_at, "day")) if view.pair.ends_at else ()
    return notice("Agreed", "", say(f"You and {view.other.name} go on", *until, "."))
