"""Sessions around the last one, in a scheme whose members agree on it."""

from dataclasses import replace

from bot.dialogs.view_models.home import HomeView
from bot.dialogs.view_models.sessions import SessionView
from bot.lifecycle.pairs import Session
from bot.schemes.scheme import Scheme
from bot.schemes.sheets import Page
from tests.dialogs.sample_views import AMARA, DAY, DONE, KATHERINE, NOW, SCHEME, home, member, pair, planned
from tests.support.schemes import sheet

PAGE = Page.model_validate(
    {"key": "parting", "title": "Saying goodbye", "for": "both", "text": ["Look back on what you set out to do."]}
)
AIMS = sheet("aims", "pair")


def agreed(held: Scheme = SCHEME) -> Scheme:
    """The scheme with what comes with a last session."""
    pairs = held.pairs.model_copy(update={"last_agreed": True, "ending_page": PAGE.key, "looked_back_on": AIMS.key})
    return held.model_copy(update={"pairs": pairs, "pages": (*held.pages, PAGE), "sheets": (*held.sheets, AIMS)})


def sessions(held: Scheme = SCHEME) -> dict[str, SessionView]:
    """A last session in every state and what is around it: Amara has made it the last, and Katherine reads it."""
    scheme, one = agreed(held), replace(DONE, marked_by=AMARA.id, marked_at=NOW - DAY)
    then = replace(planned(30), id="s2", number=2, set_by=KATHERINE.id, confirmed_at=NOW)
    later = replace(planned(200), id="s3", number=3, set_by=KATHERINE.id)
    last = replace(later, last_by=AMARA.id)
    over = replace(last, state="completed", starts_at=NOW - DAY, marked_by=AMARA.id, marked_at=NOW)
    begun, further = replace(last, starts_at=NOW), replace(planned(400), id="s4", number=4)
    every: dict[str, tuple[Session, tuple[Session, ...]]] = {
        "can be the last": (later, (one, then, later)),
        "before the last": (then, (one, then, last)),
        "the last": (last, (one, then, last)),
        "the last, and nothing between": (last, (one, last)),
        "the last, and one after it": (last, (one, last, further)),
        "the last, begun": (begun, (one, begun)),
        "the last, held": (over, (one, over)),
    }
    seen = {name: SessionView(pair(KATHERINE, held=scheme, sessions=of), each) for name, (each, of) in every.items()}
    return {**seen, "the last, seen by who said so": SessionView(pair(held=scheme, sessions=(one, last)), last)}


def homes(held: Scheme = SCHEME) -> dict[str, HomeView]:
    """The home of one of them, as their last session comes and goes."""
    seen, mentor = sessions(held), member("mentor", "approved", held)
    return {
        f"connection, {name}": home(KATHERINE, seen[name].pair.scheme, mentor, pairs=(seen[name].pair,))
        for name in ("the last, and nothing between", "the last, held")
    }
