"""What a keeper of calendars reports of itself: the subscriptions by which it does so, and the address at which reports
arrive. A report only has its calendar read at the next look, so that nothing is lost where none comes."""

import hmac
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection as Db
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.calendars.calendar import Impossible, Report, Reporter, Unreached, What
from bot.storage import calendar_watches as watches
from bot.storage import keyring
from bot.storage.calendar_watches import Watch
from bot.storage.database import Database

log = logging.getLogger(__name__)

PATH: Final = "/calendar/changes"
LASTS: Final = timedelta(days=6)
"""How long a subscription is asked for; Microsoft allows a little less than seven days."""
BEFORE: Final = timedelta(days=3)
"""How long before its end it is renewed: an outage of days costs nothing."""
TRIED_AGAIN: Final = timedelta(hours=1)
LARGEST: Final = 256 * 1024
"""Bytes of a report; one takes less than a thousand, and several come together."""
LONGEST: Final = 2048
"""Characters of what is said back to whoever asks whether somebody listens."""
_HEADERS: Final = {"x-content-type-options": "nosniff", "cache-control": "no-store"}


class Reports:
    """The subscriptions of all the calendars that are read. `url`: where the bot is reached from outside now; "":
    nowhere, and nothing is reported. `real_clock` in UTC."""

    def __init__(
        self, reporter: Reporter, database: Database, url: Callable[[], str], real_clock: Callable[[], datetime]
    ) -> None:
        self.read = reporter.reports
        self._reporter = reporter
        self._database = database
        self._url = url
        self._real_clock = real_clock

    async def see_to(self, watch: Watch, by: str) -> None:
        """Have changes of that calendar reported, by whoever has claimed it. Never raises for what cannot be had:
        calendars are read without it too."""
        now, url = self._real_clock(), self._url()
        wanted = f"{url}{PATH}" if url else None
        try:
            if watch.subscription is not None and watch.reported_to != wanted:
                await self._end(watch, watch.subscription, by)
                await self._begin(watch, by, wanted, now)
            elif watch.renew_at is None or watch.renew_at <= now:
                await self._renew(watch, by, wanted, now)
        except (Unreached, Impossible) as error:
            log.warning("changes of a calendar are not reported, it is read all the same: %s", error.reason)
            again_at = now + TRIED_AGAIN
            await self._database.write(partial(watches.renew, mailbox=watch.mailbox, by=by, at=again_at))

    async def _end(self, watch: Watch, subscription: str, by: str) -> None:
        await self._reporter.unwatch(subscription)
        await self._database.write(partial(watches.unsubscribed, mailbox=watch.mailbox, by=by))

    async def _renew(self, watch: Watch, by: str, url: str | None, now: datetime) -> None:
        if watch.subscription is not None:
            try:
                renewed = await self._reporter.renew(watch.subscription, now + LASTS)
            except Impossible:
                log.info("a subscription is no more, and is made anew")
            else:
                at = renewed.until - BEFORE
                await self._database.write(partial(watches.renew, mailbox=watch.mailbox, by=by, at=at))
                return
        await self._begin(watch, by, url, now)

    async def _begin(self, watch: Watch, by: str, url: str | None, now: datetime) -> None:
        if url is None:
            return
        secret = secrets.token_urlsafe(32)
        made = await self._reporter.watch(watch.mailbox, url, secret, now + LASTS)
        at = made.until - BEFORE
        await self._database.write(lambda db: watches.subscribed(db, watch.mailbox, by, made.id, secret, at, url))

    async def heard(self, reports: Sequence[Report]) -> None:
        """Take what can be believed of what has arrived; all else is left out without a word."""
        found = await self._database.read(lambda db: watches.secret_hashes(db, {each.subscription for each in reports}))
        believed = {(each.subscription, each.what) for each in reports if _known(found, each)}
        if len(believed) < len({(each.subscription, each.what) for each in reports}):
            log.info("reports of changes in a calendar came from nobody who is known")
        if believed:
            now = self._real_clock()
            await self._database.write(lambda db: _keep(db, believed, now))


def _keep(db: Db, believed: Iterable[tuple[str, What]], now: datetime) -> None:
    for subscription, what in sorted(believed):
        watches.reported(db, subscription, now, what)


def _known(secret_hashes: dict[str, str], report: Report) -> bool:
    """Compared in a time that says nothing of how much of it was right."""
    kept = secret_hashes.get(report.subscription, "")
    return hmac.compare_digest(kept, keyring.digest(report.secret))


def route(read: Callable[[bytes], Sequence[Report]], heard: Callable[[Sequence[Report]], Awaitable[None]]) -> Route:
    """`POST /calendar/changes`: reports, answered before anything is done about them; with `validationToken`, the
    question whether somebody listens there, which is said back as plain text."""

    async def changes(request: Request) -> Response:
        if "validationToken" in request.query_params:
            return _listened(request.query_params.getlist("validationToken"))
        try:
            body = await _body(request)
            reports = () if body is None else read(body)
        except ClientDisconnect:
            return _said(400, "Bad Request")
        except ValueError:
            return _said(400, "Bad Request")
        if body is None:
            return _said(413, "Too Large")
        await heard(reports)
        return _said(202, "")

    return Route(PATH, changes, methods=["POST"])


def _listened(tokens: list[str]) -> Response:
    """Whatever it is, it is no markup, and is read as none."""
    token = tokens[0]
    if len(tokens) > 1 or not 0 < len(token) <= LONGEST or not token.isprintable() or {"<", ">"} & set(token):
        return _said(400, "Bad Request")
    return _said(200, token)


async def _body(request: Request) -> bytes | None:
    """The body; None: it is too large, and is not read to its end."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _said(status: int, text: str) -> Response:
    return PlainTextResponse(text, status, headers=_HEADERS)
