"""Microsoft Graph's calendars on this computer: keeps events, judges every request, and fails as it is told.

What it does to an event is what Graph does: the same transaction makes one event; a meeting whose body is written anew
loses its link; an event that was cancelled is no longer there. Sources: learn.microsoft.com/graph/api/resources/event,
/event-update, /event-cancel, /calendar-getschedule, /event-delta, /subscription-post-subscriptions.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import ClientSession, web
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest

from tests.calendars.tokens import TOKEN

Json = dict[str, Any]
SPECIFICATION: Final = Path(__file__).parents[3] / "shared" / "specs" / "graph-calendar.openapi.json"
"""Microsoft's own description of these calls, where it is at hand beside the checkout."""
_PAGE: Final = 2
"""Small, so that every longer answer comes in pages."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one request instead of its answer. `status` None: the connection is closed without an answer.
    `done`: the work is done all the same, before."""

    status: int | None
    code: str = "ErrorInternalServerError"
    done: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class RefusalError(Exception):
    """An error as Graph answers it."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


class GraphStandIn:
    """The service. Tests read and set its attributes; `url` is what the bot is told."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.events: dict[str, Json] = {}
        self.cancelled: list[str] = []
        """Comments of what was called off."""
        self.meetings: dict[str, list[tuple[datetime, datetime, str]]] = {}
        """By mailbox: what else somebody's calendar holds, and as what it is shown."""
        self.unresolved: set[str] = set()
        """Of whom nothing is known: an error of their own inside of the answer."""
        self.broken: set[str] = set()
        """Who breaks the whole answer."""
        self.forbidden: set[str] = set()
        self.missing: set[str] = set()
        self.faults: deque[Fault | None] = deque()
        """For the next requests, in their order; None: nothing happens to it."""
        self.conflicts = False
        """Whether a repeated transaction is refused, instead of answered with its event."""
        self.tokens_hold = True
        self.pages_at: str | None = None
        """Another address that next-links lead to."""
        self.managers: dict[str, str] = {}
        """Whom the directory has as somebody's manager, by address."""
        self.seen: list[str] = []
        self.authorised: list[str | None] = []
        self.misread: list[str] = []
        """What was wrong with requests, by the specification or by what Graph would misunderstand."""
        self.sent: list[Json] = []
        self.at_once = self.most_at_once = 0
        self.together: asyncio.Barrier | None = None
        """Where set, so many requests are answered at the same time or not at all."""
        self.subscriptions: dict[str, Json] = {}
        """By their ids: as they were asked for."""
        self._changes: list[str] = []

    def at(self, event: str) -> tuple[datetime, datetime]:
        """When an event begins and ends."""
        return _moment(self.events[event]["start"]), _moment(self.events[event]["end"])

    def answer(self, event: str, email: str, response: str) -> None:
        """Somebody answers an invitation in Outlook."""
        for each in self.events[event]["attendees"]:
            if each["emailAddress"]["address"] == email:
                each["status"] = {"response": response, "time": "2026-11-23T10:00:00Z"}
        self._changes.append(event)

    def drag(self, event: str, starts_at: datetime) -> None:
        """The organiser moves it in Outlook."""
        begins, ends = self.at(event)
        self._change(self.events[event], {"start": _utc(starts_at), "end": _utc(starts_at + (ends - begins))})

    def stretch(self, event: str, minutes: int) -> None:
        """The organiser makes it longer or shorter in Outlook."""
        self._change(self.events[event], {"end": _utc(self.at(event)[0] + timedelta(minutes=minutes))})

    def delete(self, event: str) -> None:
        """The organiser deletes it in Outlook."""
        del self.events[event]
        self._changes.append(event)

    async def notify(self, lifecycle: str | None = None, **instead: str) -> list[int]:
        """Report a change of every calendar that is subscribed to, or what becomes of the subscription; how each was
        answered. `instead`: what is said that is not so."""
        return [await self._notify(each, lifecycle, instead) for each in tuple(self.subscriptions.values())]

    async def _notify(self, subscription: Json, lifecycle: str | None, instead: Json) -> int:
        said = {"subscriptionId": subscription["id"], "clientState": subscription["clientState"], "tenantId": "t"}
        resource: Json = {"resource": subscription["resource"], "changeType": "updated"}
        about = resource if lifecycle is None else {"lifecycleEvent": lifecycle}
        body = {"value": [said | about | instead]}
        if lifecycle == "subscriptionRemoved":
            del self.subscriptions[subscription["id"]]
        to = subscription["notificationUrl" if lifecycle is None else "lifecycleNotificationUrl"]
        async with ClientSession() as http, http.post(to, json=body) as answer:
            return answer.status

    async def _listens(self, url: str) -> bool:
        token = "Validation: Testing client application reachability for subscription Request-Id: 1a2b+3c/4d="
        async with ClientSession() as http, http.post(url, params={"validationToken": token}) as answer:
            plain = answer.content_type == "text/plain"
            return answer.status == 200 and plain and await answer.text() == token

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Any request: judged, failed, or done."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if self.together is not None:
                await self.together.wait()
            return await self._handle(request, await request.read())
        except RefusalError as refusal:
            return _error(refusal.status, refusal.code)
        finally:
            self.at_once -= 1

    async def _handle(self, request: web.Request, body: bytes) -> web.StreamResponse:
        self.seen.append(f"{request.method} {request.path.removeprefix('/v1.0')}")
        self.authorised.append(request.headers.get("Authorization"))
        if self.authorised[-1] != f"Bearer {TOKEN}":
            return _error(401, "InvalidAuthenticationToken")
        if not request.path.endswith("/manager"):  # which the description of calendars does not hold
            self._judge(request, body)
        said: Json = await request.json() if body else {}
        self.sent.append(said)
        if request.path.endswith("/subscriptions"):
            for name in ("notificationUrl", "lifecycleNotificationUrl"):
                if not await self._listens(said[name]):
                    raise RefusalError(400, "ValidationError")
        fault = self.faults.popleft() if self.faults else None
        if fault is None or fault.done:
            answer = self._answer(request, said)
        if fault is None:
            return answer
        if fault.status is None:
            assert request.transport is not None
            request.transport.abort()
        return _error(fault.status or 500, fault.code, fault.headers)

    def _judge(self, request: web.Request, body: bytes) -> None:
        description = specification()
        if description is None:
            return
        asked = MockRequest(
            "https://graph.microsoft.com", request.method, request.path, args=dict(request.query),
            headers=dict(request.headers), data=body, content_type=request.content_type,
        )  # fmt: skip
        try:
            description.validate_request(asked)
        except OpenAPIError as error:
            self.misread.append(f"{self.seen[-1]}: {error.__cause__ or error}")
            raise RefusalError(400, "RequestBroker--ParseUri") from error

    def _answer(self, request: web.Request, body: Json) -> web.Response:
        if request.path.startswith("/v1.0/subscriptions"):
            return self._subscription(request, body)
        _, _, _, mailbox, *rest = request.path.split("/")
        if mailbox in self.missing:
            raise RefusalError(404, "ErrorInvalidUser")
        if mailbox in self.forbidden:
            raise RefusalError(403, "ErrorAccessDenied")
        match request.method, *rest:
            case "POST", "events":
                return web.json_response(self._make(mailbox, body), status=201)
            case "GET", "events", event:
                return web.json_response(self._of(mailbox, event))
            case "PATCH", "events", event:
                return web.json_response(self._change(self._of(mailbox, event), body))
            case "POST", "events", event, "cancel":
                self._of(mailbox, event)
                self.delete(event)
                self.cancelled.append(body["Comment"])
                return web.Response(status=202)
            case "POST", "calendar", "getSchedule":
                return web.json_response({"value": self._schedule(body)})
            case "GET", "manager":
                if mailbox not in self.managers:
                    raise RefusalError(404, "Request_ResourceNotFound")
                return web.json_response({"mail": self.managers[mailbox], "userPrincipalName": "x"})
            case "GET", "calendarView":
                return web.json_response(self._view(request, mailbox))
            case "GET", "calendarView", "delta()":
                return web.json_response(self._delta(request, mailbox))
        raise RefusalError(404, "UnknownError")

    def _subscription(self, request: web.Request, body: Json) -> web.Response:
        subscription = request.path.removeprefix("/v1.0/subscriptions").strip("/")
        if subscription and subscription not in self.subscriptions:
            raise RefusalError(404, "ResourceNotFound")
        if request.method == "DELETE":
            del self.subscriptions[subscription]
            return web.Response(status=204)
        if request.method == "POST":
            mailbox = body["resource"].split("/")[2]
            if mailbox in self.forbidden:
                raise RefusalError(403, "ErrorAccessDenied")
            if len(body["clientState"]) > 128 or set(body["changeType"].split(",")) != {"updated", "deleted"}:
                raise RefusalError(400, "InvalidRequest")
            subscription = f"5d1a2b3c-{len(self.seen)}"
            self.subscriptions[subscription] = {}
        self.subscriptions[subscription] |= body | {"id": subscription}
        return web.json_response(self.subscriptions[subscription], status=201 if request.method == "POST" else 200)

    def _of(self, mailbox: str, event: str) -> Json:
        found = self.events.get(event)
        if found is None or found["organizer"]["emailAddress"]["address"] != mailbox:
            raise RefusalError(404, "ErrorItemNotFound")
        return found

    def _make(self, mailbox: str, body: Json) -> Json:
        same = (each for each in self.events.values() if each["transactionId"] == body["transactionId"])
        if (made := next(same, None)) is not None:
            if self.conflicts:
                raise RefusalError(409, "ErrorDuplicateTransaction")
            return made
        event = f"AAMk-{len(self._changes)}"
        self.events[event] = self._change({"id": event, "isCancelled": False}, body) | {
            "organizer": {"emailAddress": {"address": mailbox}},
            "attendees": [{**each, "status": {"response": "none"}} for each in body["attendees"]],
        }
        if body.get("isOnlineMeeting"):
            self.events[event]["onlineMeeting"] = {"joinUrl": f"https://teams.microsoft.com/l/meetup-join/{event}"}
        return self.events[event]

    def _change(self, event: Json, body: Json) -> Json:
        if "body" in body and event.get("onlineMeeting"):
            event["onlineMeeting"] = None  # the link stood in the body that is no more
        times = {name: _utc(self._read(body[name])) for name in ("start", "end") if name in body}
        if any(event.get(name) != each for name, each in times.items()):
            # Everybody who was invited is asked anew for a new time.
            event["attendees"] = [{**each, "status": {"response": "none"}} for each in event.get("attendees", ())]
        event |= body | times
        self._changes.append(event["id"])
        return event

    def _read(self, moment: Json) -> datetime:
        if datetime.fromisoformat(moment["dateTime"]).tzinfo is not None:
            self.misread.append("an offset in a dateTime, which Graph leaves out of account")
        return _moment(moment)

    def _schedule(self, body: Json) -> list[Json]:
        since, until = self._read(body["StartTime"]), self._read(body["EndTime"])
        if body.get("AvailabilityViewInterval") is None:
            raise RefusalError(500, "ErrorInternalServerError")
        if until - since > timedelta(days=62):
            raise RefusalError(400, "ErrorTimeIntervalTooBig")
        if len(body["Schedules"]) > 100:
            raise RefusalError(400, "ErrorTooManySchedules")
        if self.broken.intersection(body["Schedules"]):
            raise RefusalError(500, "ErrorInternalServerError")
        return [self._schedule_of(each, since, until) for each in body["Schedules"]]

    def _schedule_of(self, mailbox: str, since: datetime, until: datetime) -> Json:
        if mailbox in self.unresolved:
            return {"scheduleId": mailbox, "error": {"message": f"Unable to resolve {mailbox}", "responseCode": "5009"}}
        items = [
            {"status": shown, "start": _utc(begins), "end": _utc(ends)}
            for begins, ends, shown in (*self.meetings.get(mailbox, ()), *self._booked(mailbox))
            if begins < until and ends > since
        ]
        return {"scheduleId": mailbox, "availabilityView": "", "scheduleItems": items}

    def _booked(self, mailbox: str) -> list[tuple[datetime, datetime, str]]:
        """By the events that are kept here: whose they are, and who was invited and has not declined."""
        return [(*self.at(name), "busy") for name, each in self.events.items() if mailbox in _whom(each)]

    def _between(self, mailbox: str, query: Mapping[str, str]) -> list[Json]:
        since, until = (datetime.fromisoformat(query[name]) for name in ("startDateTime", "endDateTime"))
        return [
            each
            for name, each in self.events.items()
            if each["organizer"]["emailAddress"]["address"] == mailbox
            and self.at(name)[0] < until
            and self.at(name)[1] > since
        ]

    def _view(self, request: web.Request, mailbox: str) -> Json:
        found, skip = self._between(mailbox, request.query), int(request.query.get("$skip", "0"))
        page: Json = {"value": found[skip : skip + _PAGE]}
        if skip + _PAGE < len(found):
            page["@odata.nextLink"] = self._link(request, {**request.query, "$skip": str(skip + _PAGE)})
        return page

    def _delta(self, request: web.Request, mailbox: str) -> Json:
        query = request.query
        if "$deltatoken" in query and not self.tokens_hold:
            raise RefusalError(410, "SyncStateNotFound")
        first, since, upto, watched = (query.get("$deltatoken") or query.get("$skiptoken") or "0,0,0,").split(",", 3)
        window = dict(pair.split("=") for pair in watched.split(";")) if watched else dict(query)
        upto = upto if "$skiptoken" in query else str(len(self._changes))
        there = {each["id"]: each for each in self._between(mailbox, window)}
        touched = list(dict.fromkeys(self._changes[int(since) : int(upto)]))
        found: list[Json] = [
            there.get(each) or {"id": each, "@removed": {"reason": "deleted"}}
            for each in touched
            if each in there or since != "0"
        ]
        kept = ";".join(f"{name}={window[name]}" for name in ("startDateTime", "endDateTime"))
        at = int(first) if "$skiptoken" in query else 0
        page: Json = {"value": found[at : at + _PAGE]}
        if at + _PAGE < len(found):
            page["@odata.nextLink"] = self._link(request, {"$skiptoken": f"{at + _PAGE},{since},{upto},{kept}"})
        else:
            page["@odata.deltaLink"] = self._link(request, {"$deltatoken": f"0,{upto},0,{kept}"})
        return page

    def _link(self, request: web.Request, query: Mapping[str, str]) -> str:
        url = request.url.with_query(query)
        return str(url) if self.pages_at is None else self.pages_at + url.path_qs


def _moment(said: Mapping[str, str]) -> datetime:
    return datetime.fromisoformat(said["dateTime"]).replace(tzinfo=ZoneInfo(said["timeZone"])).astimezone(UTC)


def _utc(at: datetime) -> Json:
    wall = at.astimezone(UTC).replace(tzinfo=None)
    return {"dateTime": wall.isoformat(timespec="seconds") + ".0000000", "timeZone": "UTC"}


def _error(status: int, code: str, headers: Mapping[str, str] | None = None) -> web.Response:
    # Graph's messages name people: nothing of them may come out again.
    error = {"error": {"code": code, "message": "It concerns ada@example.org."}}
    return web.json_response(error, status=status, headers=dict(headers or {}))


@cache
def specification() -> OpenAPI | None:
    """The judge, where the specification is at hand."""
    if not SPECIFICATION.is_file():
        return None
    return OpenAPI.from_file_path(str(SPECIFICATION))


def _whom(event: Json) -> set[str]:
    invited = (each for each in event["attendees"] if each.get("status", {}).get("response") != "declined")
    return {event["organizer"]["emailAddress"]["address"], *(each["emailAddress"]["address"] for each in invited)}


@asynccontextmanager
async def serving(stand_in: GraphStandIn | None = None) -> AsyncIterator[GraphStandIn]:
    """A stand-in that listens at a port of its own."""
    stand_in = stand_in or GraphStandIn("")
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", stand_in.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        stand_in.url = f"http://127.0.0.1:{runner.addresses[0][1]}/v1.0"
        yield stand_in
    finally:
        await runner.cleanup()
