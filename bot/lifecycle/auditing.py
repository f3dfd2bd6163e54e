"""What can be looked for in the record of who did what, and which of it somebody is shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.lifecycle.permissions import Actor, office
from bot.lifecycle.vocabulary import ABOUT_CONCERNS, Verb

CONCERNING: Final = ABOUT_CONCERNS | {"concern_overdue", "concern_handed_on"}
"""What is noted about a concern: shown to whoever may read that concern, and to nobody else."""

UNSEEN_BY_MENTORS: Final = frozenset(
    {
        Verb.OPEN_ANOTHER_MENTOR, Verb.ASK_ANOTHER_MENTOR, Verb.TAKE_BACK_ANOTHER, Verb.OPEN_ANSWER_ANOTHER,
        Verb.ANSWER_ANOTHER,
    }
)  # fmt: skip
"""What is noted about a pair and not shown to its mentor, whichever office they hold."""


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """What is looked for: all of it holds. `words`: each a name, or a word of what was done; `by`: names of who did it;
    `about`: names of whom; `since`, `before`: moments; `refused`: None for both; `page` counts from 0."""

    words: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    since: datetime | None = None
    before: datetime | None = None
    refused: bool | None = None
    page: int = 0


def may_see_audit(actor: Actor) -> None:
    """Only whoever gives offices: they answer for what is done in them."""
    office(actor, "manage_roles")
