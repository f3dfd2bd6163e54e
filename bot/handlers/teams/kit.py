"""All that imports Microsoft's kit for bots. It is loaded beside the loop when the wing connects: some 70 MB and a
second or two that whoever is not in Teams does without."""

import asyncio
import json
import logging
import re
import warnings
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, assert_never

import httpx
import jwt
import msal  # type: ignore[import-untyped]
from opentelemetry import metrics
from pydantic import ValidationError

from bot.handlers.teams import dialogs
from bot.handlers.teams.activities import Arrived, Press, Typed
from bot.handlers.teams.errors import CallError, NoTokenError
from bot.handlers.teams.places import Address, Servers
from bot.settings import TeamsSettings

# The library of another package's preview says so whenever it is imported.
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from microsoft_teams.api import Account, ApiClient, JsonWebToken, TeamsChannelAccount
    from microsoft_teams.api.activities.message.message import MessageActivityInput
    from microsoft_teams.api.clients.conversation.client import ConversationClient
    from microsoft_teams.api.clients.conversation.params import CreateConversationParams
    from microsoft_teams.api.models.attachment.attachment import Attachment
    from microsoft_teams.apps import ActivityContext, ActivityEvent, App, AppOptions
    from microsoft_teams.apps.events import CoreActivity
    from microsoft_teams.apps.http.adapter import HttpMethod, HttpRouteHandler
    from microsoft_teams.common import ClientOptions

log = logging.getLogger(__name__)

SECONDS: Final = 10.0
"""How long a call to Teams may take; what takes longer is in doubt."""
_PAGE: Final = 500
_LOGIN: Final = "https://login.microsoftonline.com"
_CODE: Final = re.compile(r"[A-Za-z0-9_.-]{1,60}")
_AADSTS: Final = re.compile(r"AADSTS[0-9]{3,12}")
_SCOPE: Final = "https://api.botframework.com/.default"


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in a roster. `email`: "" where they have none; `guest`: of another organisation."""

    object_id: str
    name: str
    email: str
    tenant: str
    guest: bool


Listener = Callable[[Any], Awaitable[dict[str, Any] | None]]
"""Answers one delivery: the body of an invoke's answer, None where nobody waits for one."""


class NoServerAdapter:
    """The library brings a web server of its own; what it would take arrives by the wing's own door."""

    def register_route(self, method: HttpMethod, path: str, handler: HttpRouteHandler) -> None:
        """Nothing is served by it."""

    def serve_static(self, path: str, directory: str) -> None:
        """Likewise."""

    async def start(self, port: int) -> None:
        """Likewise."""

    async def stop(self) -> None:
        """Likewise."""


class Kit:
    """One bot, as the library knows it: what arrives goes to its listeners, and it calls Teams' servers."""

    def __init__(
        self,
        settings: TeamsSettings,
        servers: Servers,
        pressed: Listener,
        typed: Listener,
        arrived: Listener,
    ) -> None:
        # It counts every activity under its own id, and would keep what it has counted for good.
        metrics.set_meter_provider(metrics.NoOpMeterProvider())
        # At "debug" it logs whole activities, so its level stays at "warning" whatever ours is.
        logging.getLogger("microsoft_teams").setLevel(logging.WARNING)
        self._tenant = settings.tenant
        self._dialogs = settings.dialogs
        self._servers = servers
        self._files = httpx.AsyncClient(timeout=SECONDS, follow_redirects=False)
        self._app = App(**_options(settings, servers))
        self._apis: dict[str, ApiClient] = {}
        self._delivery: ContextVar[Press | Typed | Arrived] = ContextVar("delivery")
        self._listen(pressed, typed, arrived)

    def _listen(self, pressed: Listener, typed: Listener, arrived: Listener) -> None:
        """Everything that the bot answers, by name."""

        def on(kind: str, listener: Listener) -> None:
            async def listening(_: ActivityContext[Any]) -> Any:
                return await listener(self._delivery.get())

            self._app.router.add_handler(lambda activity: activity.type == kind, listening)

        on("invoke", pressed)
        on("message", typed)
        on("installationUpdate", arrived)

    async def start(self) -> None:
        """Make ready; nothing is asked of anybody yet."""
        await self._app.initialize()

    async def take(self, delivery: Press | Typed | Arrived, token: str) -> dict[str, Any] | None:
        """Have its listener answer this delivery, whose token has been checked. Raises whatever the listener does."""
        on_request = self._app.server.on_request
        if on_request is None:
            raise RuntimeError("the kit has not been started yet")
        self._delivery.set(delivery)
        response = await on_request(ActivityEvent(body=_shown(delivery), token=JsonWebToken(token)))
        answered: dict[str, Any] | None = response.body
        return answered

    async def post(self, address: Address, activity: Mapping[str, Any]) -> str:
        """Send a message; gives its id. Raises CallError, as all of these."""
        with _named():
            sent = await self._conversations(address).create_activity(address.conversation, self._input(activity))
            return str(sent.id)

    async def edit(self, address: Address, message: str, activity: Mapping[str, Any]) -> None:
        """Put another in the place of a message."""
        with _named():
            await self._conversations(address).update_activity(address.conversation, message, self._input(activity))

    async def member(self, address: Address, user: str) -> Listed:
        """Somebody of a conversation, by any of their ids."""
        with _named():
            return _listed(await self._conversations(address).get_member_by_id(address.conversation, user))

    async def members(self, address: Address) -> list[Listed]:
        """Everybody of a conversation."""
        found, more = list[Listed](), None
        while True:
            with _named():
                page = await self._conversations(address).get_paged_members(address.conversation, _PAGE, more)
            found += map(_listed, page.members or [])
            more = page.continuation_token
            if not more:
                return found

    async def open(self, service: str, user: str) -> Address:
        """The conversation with somebody who has the app."""
        wanted = CreateConversationParams(members=[Account(id=user)], tenant_id=self._tenant)
        with _named():
            found = await self._api(service).conversations.create(wanted)
            return Address(service, found.id)

    async def fetched(self, url: str, largest: int) -> bytes | None:
        """A file that lies there for whoever has its address; None for one that is larger. No token goes with it."""
        with _named():
            async with self._files.stream("GET", url) as response:
                response.raise_for_status()
                content = bytearray()
                async for piece in response.aiter_bytes():
                    content += piece
                    if len(content) > largest:
                        return None
                return bytes(content)

    async def put(self, url: str, content: bytes) -> None:
        """Put a file where somebody has allowed it. No token goes with it: the address is the permission."""
        whole = f"bytes 0-{len(content) - 1}/{len(content)}"
        with _named():
            response = await self._files.put(url, content=content, headers={"Content-Range": whole})
            response.raise_for_status()

    async def keys(self) -> Mapping[str, Any]:
        """The keys with which deliveries are signed."""
        with _named():
            response = await self._files.get(self._servers.keys)
            response.raise_for_status()
            found: Mapping[str, Any] = response.json()
            return found

    async def sign_in(self) -> None:
        """See whether Microsoft gives the bot a token."""
        with _named():
            await self._app.token_provider.get_app_token()

    async def close(self) -> None:
        """Hang up."""
        for client in (self._app.http_client.http, self._app.api.http.http, self._files):
            await client.aclose()

    def _input(self, activity: Mapping[str, Any]) -> MessageActivityInput:
        return _input(dialogs.outgoing(activity) if self._dialogs else activity)

    def _conversations(self, address: Address) -> ConversationClient:
        return self._api(address.service).conversations

    def _api(self, service: str) -> ApiClient:
        """The client of one of Teams' servers, of which there are a handful: making one takes a millisecond."""
        if service not in self._apis:
            self._apis[service] = self._app.api.clone(service_url=service)
        return self._apis[service]


@contextmanager
def _named() -> Iterator[None]:
    """Say what went wrong as a CallError, without what was sent."""
    try:
        yield
    except httpx.HTTPStatusError as error:
        raise CallError(error.response.status_code, _code(error.response), _seconds(error.response)) from None
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise CallError(None, type(error).__name__) from None  # no connection, so nothing can have been done
    except httpx.HTTPError as error:
        raise CallError(None, type(error).__name__, done=True) from None
    except (ValidationError, json.JSONDecodeError):
        raise CallError(None, "unreadable answer", done=True) from None
    # It asks Microsoft for its token before it calls, and says what went wrong with that in these: a file that cannot
    # be read, or a refusal; or else that Microsoft was not reached, for which nothing has to be mended.
    except (ValueError, PermissionError, FileNotFoundError, IsADirectoryError, jwt.PyJWTError) as error:
        raise NoTokenError(_word(error)) from None
    except OSError as error:
        raise CallError(None, type(error).__name__) from None


def _code(response: httpx.Response) -> str:
    """The name that an answer gives its error; its status where it gives none."""
    try:
        code = response.json()["error"]["code"]
    except (ValueError, LookupError, TypeError, httpx.ResponseNotRead):
        return str(response.status_code)
    return code if isinstance(code, str) and _CODE.fullmatch(code) else str(response.status_code)


def _word(error: Exception) -> str:
    """Microsoft's own name for it, which can be looked up; of what else is said, nothing may be a secret."""
    said = str(error)
    if found := _AADSTS.search(said):
        return found.group()
    return said if _CODE.fullmatch(said) else type(error).__name__


def _seconds(response: httpx.Response) -> float | None:
    try:
        return min(max(float(response.headers["retry-after"]), 0.1), 3600.0)
    except (KeyError, ValueError):
        return None


def _listed(account: TeamsChannelAccount) -> Listed:
    """An address is the mailbox, or else the name to sign in by, where that looks like one."""
    by_name = account.user_principal_name or ""
    email = account.email or (by_name if "@" in by_name and "#EXT#" not in by_name else "")
    guest = (account.user_role or "").casefold() in ("guest", "anonymous")
    return Listed(
        account.aad_object_id or "", account.name or email or account.id, email, account.tenant_id or "", guest
    )


def _shown(delivery: Press | Typed | Arrived) -> CoreActivity:
    """What the library is shown of a delivery: what it needs to find the listener, and nothing of an odd shape."""
    sender = delivery.sender
    body: dict[str, Any] = {
        "id": delivery.id,
        "channelId": "msteams",
        "serviceUrl": sender.address.service,
        "from": {"id": sender.account},
        "recipient": {"id": sender.bot},
        "conversation": {"id": sender.address.conversation},
    }
    match delivery:
        case Press():
            action = {"type": "Action.Execute", "verb": delivery.pressed.verb, "data": {}}
            body |= {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": action, "trigger": "manual"}}
        case Typed():
            body |= {"type": "message", "text": ""}
        case Arrived():
            body |= {"type": "installationUpdate", "action": "add"}
        case _:
            assert_never(delivery)
    return CoreActivity.model_validate(body)


def _input(activity: Mapping[str, Any]) -> MessageActivityInput:
    attachments = [
        Attachment(
            content_type=each["contentType"],
            content=each["content"],
            content_url=each.get("contentUrl"),
            name=each.get("name"),
        )
        for each in activity["attachments"]
    ]
    return MessageActivityInput(summary=activity["summary"], attachments=attachments)


def _options(settings: TeamsSettings, servers: Servers) -> AppOptions:
    options: AppOptions = {
        "client_id": settings.app_id,
        "tenant_id": settings.tenant,
        "client": ClientOptions(timeout=SECONDS),
        "http_server_adapter": NoServerAdapter(),
        "service_url": servers.service,
        "fetch_user_token": False,
        "telemetry": {"agent365": False},
        "dangerously_allow_unauthenticated_requests": False,
    }
    given = servers.token
    if given is not None:
        options["token"] = lambda _scope, _tenant: given()
    elif settings.certificate is not None:
        options["token"] = _by_certificate(settings, settings.certificate)
    elif settings.identity is not None:
        options["managed_identity_client_id"] = settings.identity
    elif settings.password is not None:
        options["client_secret"] = settings.password.get_secret_value()
    return options


def _by_certificate(settings: TeamsSettings, file: Path) -> Callable[[Any, str | None], Awaitable[str]]:
    """The bot's tokens for a certificate, which the library itself takes none of. One client, so that it remembers."""
    clients = list[msal.ConfidentialClientApplication]()

    def ask() -> str:
        if not clients:
            pem = file.read_text("ascii")
            whom = {"private_key": pem, "public_certificate": pem}
            clients.append(msal.ConfidentialClientApplication(settings.app_id, whom, f"{_LOGIN}/{settings.tenant}"))
        answer: Mapping[str, Any] = clients[0].acquire_token_for_client([_SCOPE])
        if "access_token" not in answer:
            raise PermissionError(str(answer.get("error", "no token")))
        return str(answer["access_token"])

    async def token(_scope: Any, _tenant: str | None) -> str:
        return await asyncio.to_thread(ask)

    return token
