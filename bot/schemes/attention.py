"""From when on the office is shown that something stands still: each a length of time, or how often."""

from pydantic import Field

from bot.schemes.fields import Frozen
from bot.schemes.period import Duration, period


class Attention(Frozen):
    """What needs somebody of the office, besides what waits for its decision and what `approvals` calls overdue."""

    silences: int = Field(default=1, ge=1)
    """After how many requests in a row without an answer a mentor is shown as silent."""
    invitation_unanswered: Duration = period("P4D")
    """For how long somebody has been asked without an answer."""
    question_unanswered: Duration = period("P7D")
    """For how long the office has waited for the answer to a question of its own."""
    ended_lately: Duration = period("P28D")
    """For how long a request that silence has ended is shown, while its mentee has nobody."""
    untrained: Duration = period("P14D")
    """For how long somebody has been approved without a training that is required."""
    training_lapsing: Duration = period("P56D")
    """How long before a training on record lapses."""
    no_session: Duration = period("P42D")
    """For how long two have not met, and have nothing set."""
    ending: Duration = period("P28D")
    """How long before a connection's time is over."""
