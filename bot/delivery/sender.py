"""What every sender does, and the three ways in which it can go wrong."""

from dataclasses import dataclass
from typing import Protocol

from bot.screens.render import Rendered
from bot.storage.outbox import Letter


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a message stands, so that it can be edited. Both None: there is nothing to edit (home, e-mail). The
    `platform` is the worker's to say."""

    channel: str | None = None
    message: str | None = None
    platform: str | None = None


class Later(Exception):  # noqa: N818 – an outcome
    """It did not go now. `doubtful`: it may have arrived all the same. `seconds`: how long the platform wants to rest;
    such a wait is no attempt in vain. `mend`: what an administrator can do about it, where somebody must."""

    def __init__(
        self, reason: str, *, doubtful: bool = False, seconds: float | None = None, mend: str | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.doubtful = doubtful
        self.seconds = seconds
        self.mend = mend


class Never(Exception):  # noqa: N818 – an outcome
    """It will never go: the person has left, the channel is gone. `reason` is the platform's own word; `nobody`: it
    says that whoever it is for is not there."""

    def __init__(self, reason: str, *, nobody: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.nobody = nobody


class NotNeeded(Exception):  # noqa: N818 – an outcome
    """There is nothing left to do: the message to be edited has been deleted."""


class Sender(Protocol):
    """One way out."""

    async def send(self, letter: Letter, drawn: Rendered) -> Ref:
        """Bring one letter to its recipient. Raises Later, Never or NotNeeded."""
        ...
