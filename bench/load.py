"""Sends requests to a bot as Slack would, and takes the time until each is acked. A client as light as can be, so that
what is measured is the bot."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

_SECONDS = 30
_CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Acks:
    """How long each ack took, and all of them together, in seconds."""

    each: tuple[float, ...]
    seconds: float

    @property
    def a_second(self) -> float:
        """Acks a second."""
        return len(self.each) / self.seconds


class _Wire:
    """One connection that is kept open."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def ack(self, request: bytes) -> None:
        """Send it and read the answer. Raises RuntimeError for any answer but 200."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        body = await self._reader.readexactly(length)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"not acked: {head[:40]!r} {body[:200]!r}")

    @property
    def lost(self) -> bool:
        """Whether the server has hung up, as it does where nothing comes for some seconds."""
        return self._reader.at_eof()

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def _wire(url: str) -> _Wire:
    where = urlsplit(url)
    return _Wire(*await asyncio.open_connection(where.hostname, where.port))


async def in_flight(url: str, requests: Sequence[bytes], at_once: int) -> Acks:
    """Send all, always so many at once, each as soon as another is acked."""
    wires = [await _wire(url) for _ in range(at_once)]
    waiting, each = iter(requests), list[float]()

    async def serve(wire: _Wire) -> None:
        for request in waiting:
            began = time.perf_counter()
            await wire.ack(request)
            each.append(time.perf_counter() - began)

    began = time.perf_counter()
    async with asyncio.timeout(_SECONDS + len(requests) / 20), asyncio.TaskGroup() as group:
        for wire in wires:
            group.create_task(serve(wire))
    seconds = time.perf_counter() - began
    for wire in wires:
        wire.close()
    return Acks(tuple(each), seconds)


async def at_rate(url: str, requests: Sequence[bytes], a_second: float) -> Acks:
    """Send all, each at its time, whether those before are acked or not; an ack's time counts from when it was due."""
    free: asyncio.LifoQueue[_Wire] = asyncio.LifoQueue()
    for _ in range(_CONNECTIONS):
        free.put_nowait(await _wire(url))
    began = time.perf_counter() + 0.1

    async def one(number: int, request: bytes) -> float:
        due = began + number / a_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        wire = await free.get()
        if wire.lost:
            wire.close()
            wire = await _wire(url)
        await wire.ack(request)
        free.put_nowait(wire)
        return time.perf_counter() - due

    async with asyncio.timeout(_SECONDS + len(requests) / a_second), asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(number, request)) for number, request in enumerate(requests)]
    seconds = time.perf_counter() - began
    while not free.empty():
        free.get_nowait().close()
    return Acks(tuple(task.result() for task in tasks), seconds)
