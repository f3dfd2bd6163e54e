"""Where people find what they can show of their mentoring."""

from bot.dialogs.parts import Button
from bot.dialogs.view_models.home import HomeView
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.wording import buttons_of_evidence as buttons
from bot.schemes.scheme import Scheme


def on_home(view: HomeView) -> tuple[Button, ...]:
    """On Home of whoever is, or was, connected with somebody."""
    return _hours(view.scheme) if view.pairs or view.earlier else ()


def of_pair(view: PairView) -> tuple[Button, ...]:
    """Where they look at a connection."""
    return _hours(view.scheme)


def _hours(scheme: Scheme) -> tuple[Button, ...]:
    return (buttons.my_hours(),) if scheme.evidence.hours else ()
