"""Faults on request: what the network and Microsoft do to a bot on a bad day."""

from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

Kind = Literal[
    "rate_limited",
    "precondition",
    "bad_gateway",
    "gateway_timeout",
    "lost_before",
    "lost_after",
    "not_in_roster",
    "writes_blocked",
    "disabled",
    "slow",
]
KINDS: Final[tuple[str, ...]] = get_args(Kind)
REFUSED: Final = {
    "rate_limited": (429, "TooManyRequests"),
    "precondition": (412, "PreconditionFailed"),
    "bad_gateway": (502, "BadGateway"),
    "gateway_timeout": (504, "GatewayTimeout"),
    "not_in_roster": (403, "BotNotInConversationRoster"),
    "writes_blocked": (403, "MessageWritesBlocked"),
    "disabled": (403, "BotDisabledByAdmin"),
}
"""The status and code of each refusal."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The next `times` calls of `method` ("*": any) in `conversation` ("": any) go wrong in this way.

    `seconds` is the delay or Retry-After; None: a 429 without that header.
    """

    kind: Kind
    times: int = 1
    method: str = "*"
    conversation: str = ""
    seconds: float | None = 1.0


class Faults:
    """The faults still to come, first asked first served.

    lost_before: the connection breaks off and nothing is done · lost_after: done, then it breaks off · slow: done, and
    answered after `seconds` · all others: refused, nothing done.
    """

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(
        self,
        kind: Kind,
        times: int = 1,
        method: str = "*",
        conversation: str = "",
        seconds: float | None = 1.0,
    ) -> None:
        """Let the next calls fail. Raises ValueError for an unknown kind or a senseless number."""
        if kind not in KINDS:
            raise ValueError(f"unknown fault {kind!r}; known: {', '.join(KINDS)}")
        if times < 1:
            raise ValueError("a fault happens at least once")
        self.waiting.append(Fault(kind, times, method, conversation, seconds))

    def clear(self) -> None:
        """No more faults."""
        self.waiting.clear()

    def take(self, method: str, conversation: str) -> Fault | None:
        """The fault that this call meets, if any."""
        for index, fault in enumerate(self.waiting):
            if fault.method in (method, "*") and fault.conversation in (conversation, ""):
                if fault.times > 1:
                    self.waiting[index] = replace(fault, times=fault.times - 1)
                else:
                    del self.waiting[index]
                return fault
        return None
