"""Where people find what they can show of their mentoring."""

from bot.dialogs.parts import Button
from bot.dialogs.view_models.home import HomeView
from bot.dialogs.view_models.pairs import PairView
from bot.dialogs.wording import buttons_of_evidence as buttons
from bot.schemes.scheme import Scheme


def on_home(view: HomeView) -> tuple[Button, ...]:
    """On Home of whoever is, or was, connected with somebody."""
    return _offered(view.scheme, buttons.my_portfolio()) if view.pairs or view.earlier else ()


def of_pair(view: PairView) -> tuple[Button, ...]:
    """Where they look at a connection."""
    return _offered(view.scheme, buttons.my_portfolio(view.pair.id, view.other.name))


def _offered(scheme: Scheme, portfolio: Button) -> tuple[Button, ...]:
    hours = (buttons.my_hours(),) if scheme.evidence.hours else ()
    return (*hours, portfolio) if scheme.evidence.portfolio else hours
