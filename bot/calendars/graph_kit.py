"""Microsoft's kit for Graph, and all that is imported of it: requests as its builders make them, sent by its adapter.

Importing this takes a good part of a second, so that it is imported when the first call is made, by `graph.py` and in a
thread. What the kit would do by itself and does not: it tries nothing again, because whoever asks (an outbox) knows
better when, and a click must not wait through a Retry-After; and it follows no redirect.
"""

from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import httpx
from azure.core.credentials_async import AsyncTokenCredential
from azure.core.exceptions import AzureError, ClientAuthenticationError
from azure.identity.aio import CertificateCredential, ClientSecretCredential
from kiota_abstractions.api_error import APIError
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.headers_collection import HeadersCollection
from kiota_abstractions.request_information import RequestInformation
from kiota_authentication_azure.azure_identity_authentication_provider import AzureIdentityAuthenticationProvider
from kiota_http.middleware.options import RedirectHandlerOption, RetryHandlerOption
from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory
from msgraph.generated.models.attendee import Attendee
from msgraph.generated.models.attendee_type import AttendeeType
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.event import Event
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.location import Location
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.online_meeting_provider_type import OnlineMeetingProviderType
from msgraph.generated.models.subscription import Subscription
from msgraph.generated.users.item.calendar.get_schedule.get_schedule_post_request_body import GetSchedulePostRequestBody
from msgraph.generated.users.item.calendar_view.calendar_view_request_builder import CalendarViewRequestBuilder
from msgraph.generated.users.item.calendar_view.delta.delta_request_builder import DeltaRequestBuilder
from msgraph.generated.users.item.events.item.cancel.cancel_post_request_body import CancelPostRequestBody
from msgraph.generated.users.item.events.item.event_item_request_builder import EventItemRequestBuilder
from msgraph.generated.users.item.manager.manager_request_builder import ManagerRequestBuilder
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_request_adapter import options as _OPTIONS  # noqa: N812 – a constant of theirs
from msgraph.graph_service_client import GraphServiceClient
from msgraph_core import GraphClientFactory
from pydantic import ValidationError

from bot.calendars.calendar import Appointment, Forbidden, Gone, Impossible, Unreached
from bot.calendars.graph_access import (
    ALLOW,
    RENEW,
    Broken,
    Conflicting,
    Expired,
)
from bot.calendars.graph_models import Answered
from bot.servers import LOOPBACK, MicrosoftApplication

_SECONDS: Final = httpx.Timeout(30, connect=10)
_READ: Final = ["id", "start", "end", "attendees", "onlineMeeting", "isCancelled"]
_NAMES: Final = ["id", "transactionId"]
_ADDRESS: Final = ["mail", "userPrincipalName"]
_PREFER: Final = ('outlook.timezone="UTC"', 'IdType="ImmutableId"')
"""Times in UTC; ids that an event keeps when somebody files it elsewhere."""
_INTERVAL: Final = 30
"""Minutes of a column of a view that nobody reads. Left empty, it is answered with 500."""
_PAGE: Final = 100
_NO_MAILBOX: Final = frozenset(
    {
        "ErrorInvalidUser", "ErrorNonExistentMailbox", "MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI",
        "Request_ResourceNotFound", "ResourceNotFound",
    }
)  # fmt: skip
_EXPIRED: Final = frozenset(
    {"resyncRequired", "syncStateInvalid", "syncStateNotFound", "SyncStateInvalid", "SyncStateNotFound"}
)
_FAILED: Final = {"XXX": ODataError}


def credential(who: MicrosoftApplication) -> AsyncTokenCredential:
    """What gets tokens for the application. Raises Unreached where its certificate cannot be read."""
    more: dict[str, Any] = {"retry_total": 1, "connection_timeout": 10, "read_timeout": 10}
    if who.secret is not None:
        return ClientSecretCredential(who.tenant, who.client, who.secret.get_secret_value(), **more)
    try:
        return CertificateCredential(who.tenant, who.client, str(who.certificate), **more)
    except (OSError, ValueError) as error:
        raise Unreached(f"certificate: {type(error).__name__}", mend=RENEW) from error


class Kit:
    """One client, which belongs to the event loop that first sends with it."""

    def __init__(self, url: str, credential: AsyncTokenCredential) -> None:
        host = urlsplit(url).hostname or ""
        scope = f"https://{'graph.microsoft.com' if host in LOOPBACK else host}/.default"
        once = {
            RetryHandlerOption.get_key(): RetryHandlerOption(should_retry=False),
            RedirectHandlerOption.get_key(): RedirectHandlerOption(should_redirect=False),
        }
        self._url = url
        self._credential = credential
        self._http = httpx.AsyncClient(timeout=_SECONDS, http2=True)
        # The kit wraps the transports of the client that it is given, and its wrappers close nothing: it gets a copy.
        client = GraphClientFactory.create_with_default_middleware(client=copy(self._http), options=_OPTIONS | once)
        # Without its hosts the provider would give the token to whatever address an answer names.
        access = AzureIdentityAuthenticationProvider(credential, scopes=[scope], allowed_hosts=[host])
        self._adapter = GraphRequestAdapter(access, client)
        self._client = GraphServiceClient(request_adapter=self._adapter)
        self._adapter.base_url = url
        self._client.path_parameters["baseurl"] = url

    def warm(self) -> None:
        """Have imported what the kit imports as it is used: an event written, an error read."""
        at = datetime(2000, 1, 1, tzinfo=UTC)
        self.create("nobody@example.org", Appointment("", "", at, 1, "UTC", ()))
        self.schedule("nobody@example.org", (), at, at)
        self.cancel("nobody@example.org", "none", "")
        self.subscribe("nobody@example.org", "", "", at)
        read = JsonParseNodeFactory().get_root_parse_node("application/json", b'{"error": {"code": ""}}')
        read.get_object_value(ODataError)

    def create(self, mailbox: str, appointment: Appointment) -> RequestInformation:
        """Make an event."""
        event = _when_and_where(appointment)
        event.transaction_id = appointment.transaction
        event.body = ItemBody(content_type=BodyType.Text, content=appointment.text)
        event.attendees = [
            Attendee(email_address=EmailAddress(name=each.name, address=each.email), type=AttendeeType.Required)
            for each in appointment.attendees
        ]
        # A proposal of another time would reach the organiser alone: times are proposed in chat.
        event.allow_new_time_proposals = False
        if appointment.online:
            event.is_online_meeting = True
            event.online_meeting_provider = OnlineMeetingProviderType.TeamsForBusiness
        return self._user(mailbox).events.to_post_request_information(event, _asking())

    def change(self, mailbox: str, event: str, appointment: Appointment) -> RequestInformation:
        """Time, place and title of an event. Never its body: the link to join a meeting is written there."""
        return self._event(mailbox, event).to_patch_request_information(_when_and_where(appointment), _asking())

    def cancel(self, mailbox: str, event: str, comment: str) -> RequestInformation:
        """Call an event off."""
        return self._event(mailbox, event).cancel.to_post_request_information(
            CancelPostRequestBody(comment=comment), _asking()
        )

    def read(self, mailbox: str, event: str) -> RequestInformation:
        """One event."""
        wanted = EventItemRequestBuilder.EventItemRequestBuilderGetQueryParameters(select=_READ)
        return self._event(mailbox, event).to_get_request_information(_asking(wanted))

    def between(self, mailbox: str, since: datetime, until: datetime) -> RequestInformation:
        """The names of the events between two moments; further pages by `further`."""
        wanted = CalendarViewRequestBuilder.CalendarViewRequestBuilderGetQueryParameters(
            start_date_time=_utc(since), end_date_time=_utc(until), select=_NAMES, top=_PAGE
        )
        return self._user(mailbox).calendar_view.to_get_request_information(_asking(wanted))

    def delta(self, mailbox: str, since: datetime, until: datetime) -> RequestInformation:
        """What changes between two moments; further pages, and later changes, by `further`."""
        wanted = DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters(
            start_date_time=_utc(since), end_date_time=_utc(until)
        )
        return self._user(mailbox).calendar_view.delta.to_get_request_information(_asking(wanted))

    def further(self, mailbox: str, link: str) -> RequestInformation:
        """The request that an answer named. Raises Impossible where it leads to somebody else."""
        if urlsplit(link)[:2] != urlsplit(self._url)[:2]:
            raise Impossible("an answer named an address that is not Graph's")
        return self._user(mailbox).calendar_view.delta.with_url(link).to_get_request_information(_asking())

    def manager(self, mailbox: str) -> RequestInformation:
        """Whom the directory has as somebody's manager."""
        wanted = ManagerRequestBuilder.ManagerRequestBuilderGetQueryParameters(select=_ADDRESS)
        return self._user(mailbox).manager.to_get_request_information(RequestConfiguration(query_parameters=wanted))

    def schedule(self, asker: str, mailboxes: Sequence[str], since: datetime, until: datetime) -> RequestInformation:
        """When people are busy, as one of them is allowed to know it."""
        body = GetSchedulePostRequestBody(
            schedules=list(mailboxes), start_time=_wall(since, "UTC"), end_time=_wall(until, "UTC"),
            availability_view_interval=_INTERVAL,
        )  # fmt: skip
        return self._user(asker).calendar.get_schedule.to_post_request_information(body, _asking())

    def subscribe(self, mailbox: str, url: str, secret: str, until: datetime) -> RequestInformation:
        """Have changes reported, and what becomes of that. Nothing of an event is sent along."""
        wanted = Subscription(
            change_type="updated,deleted", resource=f"/users/{quote(mailbox, safe='@')}/events", notification_url=url,
            lifecycle_notification_url=url, client_state=secret, expiration_date_time=until.astimezone(UTC),
        )  # fmt: skip
        return self._client.subscriptions.to_post_request_information(wanted)

    def resubscribe(self, subscription: str, until: datetime) -> RequestInformation:
        """Have them reported for longer."""
        wanted = Subscription(expiration_date_time=until.astimezone(UTC))
        return self._client.subscriptions.by_subscription_id(subscription).to_patch_request_information(wanted)

    def unsubscribe(self, subscription: str) -> RequestInformation:
        """Have them reported no longer."""
        return self._client.subscriptions.by_subscription_id(subscription).to_delete_request_information()

    async def send(self, request: RequestInformation) -> bytes:
        """The answer's body. Raises Unreached, Gone and Impossible."""
        try:
            found: bytes | None = await self._adapter.send_primitive_async(request, "bytes", _FAILED)
        except APIError as error:
            raise _said(error) from error
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Unreached(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise Unreached(type(error).__name__, doubtful=True) from error
        except ClientAuthenticationError as error:
            raise Unreached("no token for the application", mend=RENEW) from error
        except AzureError as error:
            raise Unreached(f"no token: {type(error).__name__}") from error
        return found or b""

    async def ask(self, request: RequestInformation, kind: type[Answered]) -> Answered:
        """The answer, read. Raises Unreached, Gone and Impossible."""
        found = await self.send(request)
        try:
            return kind.model_validate_json(found)
        except ValidationError as error:
            raise Unreached("an answer that is not understood", doubtful=True) from error

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.aclose()
        await self._credential.close()

    def _user(self, mailbox: str) -> Any:
        return self._client.users.by_user_id(mailbox)

    def _event(self, mailbox: str, event: str) -> Any:
        return self._user(mailbox).events.by_event_id(event)


def _asking(wanted: Any = None) -> RequestConfiguration[Any]:
    headers = HeadersCollection()
    for each in _PREFER:
        headers.add("Prefer", each)
    return RequestConfiguration(headers=headers, query_parameters=wanted)


def _when_and_where(appointment: Appointment) -> Any:
    begins = appointment.starts_at.astimezone(UTC)  # on a wall clock, an hour later may be any time
    ends = begins + timedelta(minutes=appointment.minutes)
    # In the hour that comes twice when clocks go back, only UTC says which of the two is meant.
    zone = "UTC" if any(_comes_twice(each, appointment.zone) for each in (begins, ends)) else appointment.zone
    return Event(
        subject=appointment.title,
        start=_wall(begins, zone),
        end=_wall(ends, zone),
        # Of a meeting without a place Graph itself says that it is online.
        location=Location(display_name=appointment.place) if appointment.place or not appointment.online else None,
    )


def _comes_twice(at: datetime, zone: str) -> bool:
    local = at.astimezone(ZoneInfo(zone)).replace(fold=0)
    return local.utcoffset() != local.replace(fold=1).utcoffset()


def _wall(at: datetime, zone: str) -> Any:
    """Wall time and zone, as Graph wants it: with an offset it would be read wrongly."""
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return DateTimeTimeZone(date_time=local.isoformat(timespec="seconds"), time_zone=zone)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _said(error: APIError) -> Unreached | Impossible:
    """What an error means. Its message may name people, so its code has to do."""
    status = error.response_status_code or 0
    code = error.error.code if isinstance(error, ODataError) and error.error else None
    reason = f"{status} {code}" if code else str(status)
    if code in _EXPIRED:
        return Expired(reason)
    match status:
        case 401:
            return Unreached(reason, mend=RENEW)
        case 403:
            return Forbidden(reason, mend=ALLOW)
        case 404 if code in _NO_MAILBOX:
            return Impossible(reason)
        case 404:
            return Gone(reason)
        case 409:
            return Conflicting(reason, doubtful=True)
        case 410:
            return Expired(reason)
        case 423 | 429 | 408 | 412:
            return Unreached(reason, seconds=_rest(error))
        case 500:
            return Broken(reason, doubtful=True)
        case _ if status >= 500:
            return Unreached(reason, seconds=_rest(error), doubtful=True)
        case _:
            return Impossible(reason)


def _rest(error: APIError) -> float | None:
    """Seconds of a Retry-After: a number, or a date by the real clock."""
    said = (error.response_headers or {}).get("Retry-After") or ""
    with suppress(ValueError):
        return max(0.0, float(said))
    with suppress(ValueError):
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    return None
