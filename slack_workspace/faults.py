"""Faults on request: what the network and Slack do to an app on a bad day."""

from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

Kind = Literal["rate_limited", "server_error", "refused", "lost_answer", "slow"]
KINDS: Final[tuple[str, ...]] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Fault:
    """The next `times` calls of `method` ("*" for any) go wrong in this way; `seconds` is the delay or Retry-After,
    `error` what a refusal says."""

    method: str
    kind: Kind
    times: int = 1
    seconds: float = 1.0
    error: str = "restricted_action"


class Faults:
    """The faults still to come, first asked first served.

    rate_limited: 429, nothing done · server_error: 500, nothing done · refused: 200 with `error`, nothing done ·
    lost_answer: done, then the connection drops · slow: done and answered after `seconds`.
    """

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.lost_pictures: set[str] = set()
        """Addresses of pictures that cannot be fetched: whatever shows one is refused."""

    def add(
        self, method: str, kind: Kind, times: int = 1, seconds: float = 1.0, error: str = "restricted_action"
    ) -> None:
        """Lets the next `times` calls of `method` fail. Raises ValueError for an unknown kind or a senseless number."""
        if kind not in KINDS:
            raise ValueError(f"unknown fault {kind!r}; known: {', '.join(KINDS)}")
        if times < 1 or seconds < 0:
            raise ValueError("a fault happens at least once and lasts no negative time")
        self.waiting.append(Fault(method, kind, times, seconds, error))

    def clear(self) -> None:
        self.waiting.clear()
        self.lost_pictures.clear()

    def take(self, method: str) -> Fault | None:
        """The fault this call meets, if any."""
        for index, fault in enumerate(self.waiting):
            if fault.method in (method, "*"):
                if fault.times > 1:
                    self.waiting[index] = replace(fault, times=fault.times - 1)
                else:
                    del self.waiting[index]
                return fault
        return None
