"""A mentee asks for another mentor, and whoever matches answers."""

from bot.actions import form_input
from bot.actions.context import Click, Context
from bot.actions.keeping import PAIR, keep
from bot.dialogs import own_fields
from bot.dialogs.parts import Errors, Nothing, Reply
from bot.dialogs.view_models.pairs import AnotherView, PairView
from bot.dialogs.wording import another_mentor as wording
from bot.lifecycle import another_mentor as rules
from bot.lifecycle import pairs as pair_rules
from bot.lifecycle import permissions
from bot.lifecycle.pairs import Pair
from bot.lifecycle.step import Refused
from bot.lifecycle.vocabulary import Verb
from bot.screens import another_mentor as screens
from bot.screens import pairs as pair_screens
from bot.storage import pairs


def open_another_mentor(context: Context, click: Click) -> Reply:
    """Why, if they like; where members choose, it ends the connection."""
    view = _mine(context, pairs.get(context.db, context.scheme.key, click.subject))
    if context.scheme.pairs.another_mentor == "choose" and context.person.id == view.pair.mentee:
        pair_rules.may_act(view.pair, context.person.id)
    else:
        rules.may_ask(view.pair, context.person.id, context.scheme)
    return wording.ask_form(view)


def ask_another_mentor(context: Context, click: Click) -> Reply:
    """The mentee asks."""
    reason = form_input.text(click, own_fields.REASON)
    if isinstance(reason, Errors):
        return reason
    before = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    step = rules.ask(before, context.person.id, reason, context.scheme, context.now)
    return wording.asked_notice(_mine(context, keep(context, PAIR, Verb.ASK_ANOTHER_MENTOR, before, step)))


def take_back_another(context: Context, click: Click) -> Reply:
    """The mentee thinks better of it."""
    before = pairs.get(context.db, context.scheme.key, click.subject)
    permissions.party(context.actor, before)
    step = rules.take_back(before, context.person.id)
    return wording.taken_back_notice(_mine(context, keep(context, PAIR, Verb.TAKE_BACK_ANOTHER, before, step)))


def open_answer_another(context: Context, click: Click) -> Reply:
    """Words to the mentee."""
    return wording.answer_form(_theirs(context, click.subject))


def answer_another(context: Context, click: Click) -> Reply:
    """Whoever matches writes to the mentee, and leaves it open or as it is."""
    words = form_input.text(click, own_fields.WORDS)
    if not isinstance(words, str):
        return words if isinstance(words, Errors) else Nothing()
    before = _theirs(context, click.subject).pair
    stays = (click.values or {}).get(own_fields.HOW_IT_GOES_ON.key) == own_fields.LEFT_AS_IT_IS
    after = keep(context, PAIR, Verb.ANSWER_ANOTHER, before, rules.answer(before, words, stays=stays))
    return wording.answered_notice(screens.asked(context.db, context.scheme, after.id, context.person.id, context.now))


def _mine(context: Context, held: Pair) -> PairView:
    return pair_screens.view_of(context.db, context.scheme, held, context.person.id, context.now)


def _theirs(context: Context, id_: str) -> AnotherView:
    """A pair whose mentee waits for an answer, for whoever may give it."""
    if "match" not in context.officer.powers:
        raise Refused("not_yours")
    view = screens.asked(context.db, context.scheme, id_, context.person.id, context.now)
    rules.may_answer(view.pair)
    return view
