"""Keeping what is kept from growing for ever: a demo may run for weeks."""

from typing import Any, Final

MOST: Final = 20_000


def trim(kept: list[Any] | dict[Any, Any], most: int = MOST) -> None:
    """Forgets the older half once there are more than `most`."""
    if len(kept) <= most:
        return
    if isinstance(kept, list):
        del kept[: most // 2]
        return
    for key in list(kept)[: most // 2]:
        del kept[key]
