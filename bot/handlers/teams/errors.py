"""What the errors of Teams' servers mean for a letter: one table, in their own names.

Sources: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages,
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
"""

from typing import Final

from bot.delivery.sender import Later, Never, NotNeeded
from bot.lifecycle.people import Gone

UNREACHABLE: Final = frozenset(
    {
        "BotNotInConversationRoster",  # they have removed the app
        "MessageWritesBlocked",  # they have blocked it
        "BotDisabledByAdmin",  # their administrator has
        "ConversationBlockedByUser",
        "InvalidBotApiHost",  # another cloud's people
    }
)
"""Nobody but they themselves, or their administrator, can change that: it is not tried again."""
PASSING: Final = frozenset({412})
"""Statuses of what passes by itself, and has not been done."""
IN_DOUBT: Final = frozenset({500, 502, 503, 504})
"""Something broke at Microsoft's end: the message may have arrived all the same."""
NEW_SECRET: Final = "give the bot its new secret in TEAMS_APP_PASSWORD, or mend its app registration"  # noqa: S105 – words


class CallError(Exception):
    """A call that did not go well. `status`: of the answer, None where none came; `code`: the name that the answer
    gives it, or that of what broke; `seconds`: how long the servers want to rest; `done`: it may have been done."""

    def __init__(self, status: int | None, code: str, seconds: float | None = None, done: bool = False) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.seconds = seconds
        self.done = done


class NoTokenError(CallError):
    """Microsoft gives the bot no token."""

    def __init__(self, code: str) -> None:
        super().__init__(None, code)


def passes(error: CallError) -> bool:
    """Whether the same call may go well in a moment. What is in doubt is among it: an answer that somebody waits for
    does less harm twice than not at all."""
    if isinstance(error, NoTokenError):
        return False
    return error.status is None or error.status == 429 or error.status in PASSING | IN_DOUBT


ADD_AGAIN: Final = "add the app to the team of the office’s channel again"


def outcome(error: CallError, *, doubtful: bool, edits: bool, shared: bool = False) -> Later | Never | NotNeeded:
    """What becomes of a letter after this error. `doubtful`: an earlier try may have arrived; `edits`: it edits a
    message that stands already; `shared`: it goes to an office's channel."""
    if isinstance(error, NoTokenError) or error.status == 401:
        return Later(error.code, doubtful=doubtful, mend=f"{NEW_SECRET} (Microsoft says “{error.code}”)")
    if error.status == 429:
        return Later("429", doubtful=doubtful, seconds=error.seconds or 1.0)
    if error.status in PASSING:
        return Later(error.code, doubtful=doubtful)
    if error.status is None or error.status in IN_DOUBT:
        return Later(error.code, doubtful=doubtful or error.done)
    if shared and (error.status == 403 or error.code == "ConversationNotFound"):
        return Later(error.code, doubtful=doubtful, mend=f"{ADD_AGAIN} (Teams says “{error.code}”)")
    return NotNeeded() if edits and error.status == 404 else Never(error.code, nobody=error.status in (403, 404))


def gone(error: CallError) -> Gone:
    """Why somebody is not there after this error; "": it does not say."""
    if error.status == 403 or error.code == "ConversationNotFound":
        return "unreached"
    return "deactivated" if error.status == 404 else ""
