"""`python -m demo`: shows the demo at one address until Ctrl-C."""

import argparse
import asyncio
import contextlib
import errno
import gc
import signal
import sys
from typing import Final

PORT: Final = 8321
"""Where the demo is if nobody says otherwise; where that is taken, on any free port."""


def main(arguments: list[str] | None = None) -> int:
    """The command; gives the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m demo",
        description="The mentoring bot in a Slack workspace on this computer, with invented members.",
    )
    parser.add_argument("--port", type=_port, help=f"the page's port (default: {PORT}, or a free one)")
    parser.add_argument("--http", action="store_true", help="deliver over HTTP instead of Socket Mode")
    parser.add_argument("--scheme", default="", help="a scheme that comes along, a file of your own, or “all” at once")
    options = parser.parse_args(arguments)
    try:
        return asyncio.run(_show(options.port, http=options.http, scheme=options.scheme))
    except KeyboardInterrupt:
        return 0


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return port


async def _show(port: int | None, *, http: bool, scheme: str) -> int:
    stop = asyncio.Event()
    for signalled in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: KeyboardInterrupt does it there
            asyncio.get_running_loop().add_signal_handler(signalled, stop.set)
    showing = asyncio.create_task(_run(port, http=http, scheme=scheme))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({showing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not showing.done():
        showing.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        return await showing
    return 0


async def _run(port: int | None, *, http: bool, scheme: str) -> int:
    gc.disable()  # as in `mentorbot serve`: a start makes no garbage
    # Late, so that Ctrl-C is already looked after while the bot's parts are being read in.
    from bot import logs
    from bot.schemes.loading import SchemeError
    from bot.serving import once_started
    from demo.demo import Demo
    from demo.players import schemes_of
    from demo.walk import WalkError

    logs.set_up(level="warning")
    for wanted in (PORT, 0) if port is None else (port,):
        try:
            async with Demo(wanted, http=http, schemes=schemes_of(scheme)) as demo:
                once_started()
                print(f"The demo is at {demo.url}\nCtrl-C ends it.", flush=True)
                await asyncio.Event().wait()  # until cancelled
        except (RuntimeError, SchemeError, WalkError) as problem:
            print(problem, file=sys.stderr)
            return 1
        except OSError as problem:
            if problem.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            if port is not None:
                print(f"Port {port} cannot be used ({problem.strerror}). Try another: --port 0.", file=sys.stderr)
                return 1
    return 1


if __name__ == "__main__":
    sys.exit(main())
