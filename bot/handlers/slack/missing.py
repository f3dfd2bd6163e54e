"""What Slack has taken from the bot, as its events tell: who watches over it sees that before a letter waits."""

import logging
from collections.abc import Collection, Mapping
from typing import Final, Literal

from bot.handlers.slack.errors import MENDABLE

log = logging.getLogger(__name__)

_SAYS: Final[Mapping[str, tuple[str, str]]] = {
    "app": ("app uninstalled", MENDABLE["token_revoked"]),
    "token": ("token revoked", MENDABLE["token_revoked"]),
    "channel": ("out of the office's channel", MENDABLE["not_in_channel"]),
}


class Missing:
    """What is missing, until a letter goes through again. `channels`: the office's, by Slack's ids."""

    def __init__(self, channels: Collection[str]) -> None:
        self._channels = frozenset(channels)
        self._missing = dict[str, None]()

    def taken_away(self, what: Literal["", "app", "token", "channel"], channel: object = None) -> None:
        """Slack says so. Channels that are none of the office's do not matter."""
        if what not in _SAYS or (what == "channel" and channel not in self._channels):
            return
        state, mend = _SAYS[what]
        self._missing[what] = None
        log.error("Slack: %s; to mend it, %s", state, mend)

    def sent(self, channel: str = "") -> None:
        """A message has got through: the app is there, and where it was sent to a channel, in that."""
        if not self._missing:
            return
        for what in ("app", "token", *(("channel",) if channel in self._channels else ())):
            self._missing.pop(what, None)

    @property
    def well(self) -> bool:
        """Whether people can be written to."""
        return not {"app", "token"} & self._missing.keys()

    @property
    def states(self) -> Mapping[str, str]:
        """What is missing and how it is mended, in a few words."""
        said = [": ".join(_SAYS[each]) for each in self._missing]
        return {"slack": "; ".join(said)} if said else {}
