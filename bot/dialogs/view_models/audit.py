"""The record of who did what, as somebody looks through it."""

from dataclasses import dataclass
from datetime import datetime

from bot.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act. `who`: "" where the bot acted by itself; `whom`: by name, besides whoever acted; `of`: the office,
    training or role that it was about; `outcome`: "done", or why not."""

    at: datetime
    who: str
    verb: str
    outcome: str
    whom: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True, slots=True)
class AuditView:
    """One page of the record, the newest first. `text`: what was looked for, as it was typed; `more`: whether there is
    an older page."""

    scheme: Scheme
    text: str
    lines: tuple[AuditLine, ...]
    page: int = 0
    more: bool = False
