"""What each verb does: the function of its name, in one of these modules. One verb, one function, one transaction."""

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Final

from bot.actions import (
    another_mentor,
    assigning,
    auditing,
    bulk,
    calendars,
    colleagues,
    commands,
    concern_office,
    concerns,
    directory,
    documents,
    endings,
    evidence,
    exchange,
    exporting,
    identities,
    importing,
    intake,
    leaving,
    lists,
    membership,
    offers,
    office,
    offices,
    own_times,
    pairings,
    places,
    planning,
    queries,
    reminding,
    requests,
    rounds,
    sessions,
    sheets,
    shortlist,
    standing,
    stepping_in,
    talks,
    undoing,
)
from bot.actions.context import Click, Context
from bot.dialogs.parts import Reply
from bot.lifecycle.vocabulary import Verb

Function = Callable[[Context, Click], Reply]

_MODULES: Final[tuple[ModuleType, ...]] = (
    another_mentor,
    assigning,
    auditing,
    bulk,
    calendars,
    colleagues,
    commands,
    concern_office,
    concerns,
    directory,
    documents,
    endings,
    evidence,
    exchange,
    exporting,
    identities,
    importing,
    intake,
    leaving,
    lists,
    membership,
    office,
    offices,
    offers,
    own_times,
    pairings,
    places,
    planning,
    queries,
    reminding,
    requests,
    rounds,
    sessions,
    sheets,
    shortlist,
    standing,
    stepping_in,
    talks,
    undoing,
)


def _function(verb: Verb) -> Function:
    """LookupError at the start of the process, not at somebody's press, for a verb without a function, or with two."""
    found = [vars(module)[verb.value] for module in _MODULES if verb.value in vars(module)]
    functions: list[Function] = [each for each in found if callable(each)]
    if len(functions) != 1:
        raise LookupError(f"{len(functions)} functions are called {verb.value}")
    return functions[0]


FUNCTIONS: Final[Mapping[Verb, Function]] = {verb: _function(verb) for verb in Verb}
