"""Draws the app's two icons: two people talking, as two speech bubbles. Nothing but arithmetic, so that it is ours.

    python -m manifest.teams.icons

Sizes and colours: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons
"""

import struct
import sys
import zlib
from collections.abc import Callable
from math import hypot
from typing import Final

from manifest.teams.package import FOLDER

Pixel = tuple[int, int, int, int]
_NAVY: Final = (0x1D, 0x35, 0x57)
_WHITE: Final = (0xFF, 0xFF, 0xFF)
_SAND: Final = (0xF4, 0xA2, 0x61)
_FINE: Final = 4
"""Looks a pixel, each way, so that edges are smooth."""

# All of it on a square of side 1: middle, half of the width and height, and the roundness of the corners.
_BACK: Final = (0.58, 0.37, 0.27, 0.19, 0.12)
_FRONT: Final = (0.42, 0.59, 0.27, 0.19, 0.12)
_TAIL: Final = 0.11


def _to_box(x: float, y: float, box: tuple[float, float, float, float, float]) -> float:
    """How far a point is outside a box with round corners; below zero inside."""
    middle_x, middle_y, half_x, half_y, round_ = box
    over_x, over_y = abs(x - middle_x) - half_x + round_, abs(y - middle_y) - half_y + round_
    return hypot(max(over_x, 0), max(over_y, 0)) + min(max(over_x, over_y), 0) - round_


def _to_tail(x: float, y: float) -> float:
    """The same for the tail of the bubble in front, at its left below."""
    left, top = 0.27, 0.70
    return max(left - x, (top - y), (x - left) + (y - top) * 1.3 - 1.5 * _TAIL)


def _front(x: float, y: float) -> float:
    return min(_to_box(x, y, _FRONT), _to_tail(x, y))


def _back(x: float, y: float) -> float:
    """The bubble behind; its tail is the other's, turned by half."""
    return min(_to_box(x, y, _BACK), _to_tail(1 - x, 0.96 - y))


def _coloured(x: float, y: float) -> Pixel:
    if _front(x, y) <= 0:
        return *_WHITE, 255
    if _front(x, y) > 0.035 and _back(x, y) <= 0:
        return *_SAND, 255
    return *_NAVY, 255


def _outlined(x: float, y: float) -> Pixel:
    line = 0.032
    front, back = _front(x, y), _back(x, y)
    drawn = abs(front) <= line or (front > line and abs(back) <= line)
    return *_WHITE, 255 if drawn else 0


def png(size: int, colour: Callable[[float, float], Pixel]) -> bytes:
    """A picture of that many pixels each way, with an alpha channel."""
    steps = [(n + 0.5) / _FINE for n in range(_FINE)]
    rows = b"".join(
        b"\0" + b"".join(bytes(_mixed([colour((x + dx) / size, (y + dy) / size) for dy in steps for dx in steps]))
                         for x in range(size))
        for y in range(size)
    )  # fmt: skip
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _mixed(looks: list[Pixel]) -> Pixel:
    """The mean of what was seen; what is not drawn has no part in the colour."""
    seen = sum(alpha for *_, alpha in looks)
    red, green, blue = (round(sum(look[n] * look[3] for look in looks) / seen) if seen else 255 for n in range(3))
    return red, green, blue, round(seen / len(looks))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def drawn() -> dict[str, bytes]:
    """Both, by the names that the manifest gives them."""
    return {"color.png": png(192, _coloured), "outline.png": png(32, _outlined)}


def main() -> int:
    """Draw them anew."""
    for name, content in drawn().items():
        (FOLDER / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
