"""Words about an introductory meeting, to which two are asked who were matched in a round."""

from datetime import datetime

from bot.dialogs.parts import Bold, Paragraph, When
from bot.dialogs.wording.builders import place, say
from bot.lifecycle.rounds import Introduction


def meeting(introduction: Introduction | None, now: datetime) -> tuple[Paragraph, ...]:
    """When and where it is, as long as it is ahead."""
    if introduction is None or introduction.at < now:
        return ()
    head = (Bold("Introductory meeting: "), When(introduction.at), ", ", place(introduction.place))
    return (say(*head, ". Both of you are asked."),)
