"""What people are reminded of, when and how often: each a list of at most two lengths of time."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.schemes.fields import Frozen, Misfit
from bot.schemes.period import Duration, period

Twice = Annotated[tuple[Duration, ...], Field(max_length=2)]
"""When; nobody is reminded of one thing more than twice. Empty: not at all."""

Once = Annotated[tuple[Duration, ...], Field(max_length=1)]
"""When; at most once."""

BEFORE = ("invitation_unanswered", "session_ahead", "actions_due", "year_ending", "training_renewal")
"""Those that count back from what they are about; the others count from when it began to wait."""


AT_ONCE = ("survey_start", "survey_middle", "survey_end", "record_wanted")
"""Those that begin to wait with what somebody does, and are put down a day before they come."""


class Reminders(Frozen):
    """What people are reminded of, in their working hours, all of one day in one message. What is reminded of less than
    a day before comes by itself, at its minute."""

    invitation_unanswered: Twice = ()
    """Before it is too late to answer: whoever is asked."""
    approval_waiting: Twice = (period("P7D"),)
    """Since it waits for the office: those who can decide."""
    agreement_unaccepted: Twice = (period("P3D"), period("P10D"))
    """Since the two were connected: whoever has still to accept."""
    no_session: Twice = (period("P7D"), period("P21D"))
    """Since they could have set one: both."""
    session_ahead: Twice = (period("P1D"), period("PT1H"))
    """Before it begins: both."""
    session_over: Once = (period("PT10M"),)
    """Since it was over: both, at that minute, whether it took place."""
    session_to_mark: Twice = (period("P1D"),)
    """The same once more: both, as long as neither has said how it was. With `session_over`, at most twice."""
    behind_pace: Twice = (period("P6M"), period("P9M"))
    """Since they were connected: both, where fewer sessions took place or are set than were due by then."""
    actions_due: Twice = (period("P3D"),)
    """Before the next session: both, while something is open of what they said they would do."""
    year_ending: Twice = (period("P30D"),)
    """Before the connection's time is over: both."""
    feedback_wanted: Twice = (period("P3D"), period("P10D"))
    """Since it ended: whoever has not filled in what is asked afterwards."""
    record_wanted: Twice = (period("P2D"), period("P7D"))
    """Since a session was marked as completed: whoever has not filled in a sheet about it that is required."""
    survey_start: Twice = (period("P2D"), period("P9D"))
    """Since the two were connected: whoever has not answered a survey that is asked at the start."""
    survey_middle: Twice = (period("P2D"), period("P9D"))
    """Since the middle of it: the same in the middle."""
    survey_end: Twice = (period("P2D"), period("P9D"))
    """Since its end, or since the end that the survey says: the same at the end."""
    training_renewal: Twice = (period("P60D"), period("P14D"))
    """Before a training on record lapses: whoever completed it."""
    training_lapsed: Twice = (period("P1D"), period("P14D"))
    """Since it has lapsed: the same."""
    entry_unconfirmed: Twice = (period("P1D"), period("P14D"))
    """Since the directory is refreshed: each mentor whose entry is still to be confirmed."""
    snooze: Duration = period("P3D")
    """How much later a reminder comes again that somebody snoozes."""

    def misfits(self) -> Iterator[Misfit]:
        """Two times of one thing come one after the other; times that are counted back are exact."""
        for key in type(self).model_fields:
            times = getattr(self, key)
            if key == "snooze":
                continue
            if len(times) == 2 and times[0].at_least == times[1].at_least:
                yield Misfit((key,), "the two are the same")
            if key in BEFORE and any(each.months for each in times):
                yield Misfit((key,), "write days or hours, not months or years")
        for key in AT_ONCE:
            if any(each.at_least <= timedelta(days=1) for each in getattr(self, key)):
                yield Misfit((key,), "write more than a day: what begins today is not in the message of today")
        if any(each.at_least >= timedelta(days=1) for each in self.session_over):
            yield Misfit(("session_over",), "write minutes or hours: it is asked on the day itself")
        if len(self.session_over) + len(self.session_to_mark) > 2:
            yield Misfit(("session_to_mark",), "with session_over, people would be asked three times")
