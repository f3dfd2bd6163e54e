"""Whether Microsoft has signed a delivery for this bot. Its keys are fetched beside the loop, and never because a
stranger names one that does not exist: the library's own check does both.

Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import jwt

from bot.handlers.bodies import Rejected
from bot.handlers.teams.places import ISSUER

log = logging.getLogger(__name__)

Fetch = Callable[[], Awaitable[Mapping[str, Any]]]
"""Asks for the set of keys (a JWKS). Raises whatever goes wrong with that."""

_FRESH: Final = 24 * 3600.0
"""Seconds after which the keys are asked for again, while the old ones still do."""
_SELDOM: Final = 60.0
"""Seconds between two questions, whoever asks for whatever key."""
_CLOCKS_DIFFER: Final = 300
"""Seconds by which two clocks may differ; Microsoft's own figure."""
_LONGEST: Final = 8_192
_CHANNEL: Final = "msteams"


class Keys:
    """The keys with which Microsoft signs. `timer` gives real seconds."""

    def __init__(self, fetch: Fetch, timer: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._timer = timer
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked = -_FRESH
        self._asking: asyncio.Task[None] | None = None

    async def named(self, name: str) -> jwt.PyJWK | None:
        """The key of that name. What is known is given at once, and made sure of once a day while it is used."""
        since = self._timer() - self._asked
        found = self._keys.get(name)
        if since >= (_FRESH if found else _SELDOM):
            self._asked = self._timer()
            self._asking = asyncio.create_task(self._ask(), name="signing keys")
        if found is None and self._asking is not None:
            await asyncio.shield(self._asking)
            found = self._keys.get(name)
        return found

    async def _ask(self) -> None:
        try:
            found = await self._fetch()
            self._keys = {key.key_id: key for key in usable(found) if key.key_id}
        except Exception as error:  # whatever the network does, the keys that are known still do
            log.warning("the keys of deliveries could not be fetched: %s", type(error).__name__)

    async def stop(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)


def usable(found: Mapping[str, Any]) -> list[jwt.PyJWK]:
    """Those with which deliveries from Teams are signed: a key that is endorsed for channels is so by name. Raises what
    comes of a set of another shape."""
    keys = [key for key in found["keys"] if key.get("kty") == "RSA" and _CHANNEL in key.get("endorsements", [_CHANNEL])]
    return [jwt.PyJWK(key, algorithm="RS256") for key in keys]


class Tokens:
    """Checks the bearer tokens of deliveries to one bot."""

    def __init__(self, app_id: str, keys: Keys) -> None:
        self._app_id = app_id
        self._keys = keys

    async def claims(self, authorization: str) -> Mapping[str, Any]:
        """What the token says, once it is sure that Microsoft signed it for this bot, and not long ago. Raises Rejected
        for any other."""
        scheme, _, token = authorization.partition(" ")
        if scheme != "Bearer" or not 0 < len(token) <= _LONGEST:
            raise Rejected(401, "This is not signed by Microsoft.")
        try:
            header = jwt.get_unverified_header(token)
            key = await self._keys.named(str(header.get("kid", "")))
            if key is None or header.get("alg") != "RS256":
                raise Rejected(401, "This is not signed by Microsoft.")
            claims: Mapping[str, Any] = jwt.decode(
                token, key, ["RS256"], {"require": ["exp", "iss", "aud"]},
                audience=self._app_id, issuer=ISSUER, leeway=_CLOCKS_DIFFER,
            )  # fmt: skip
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise Rejected(401, "This is not signed by Microsoft for this bot, or was signed too long ago.") from None
        return claims


def same_service(claims: Mapping[str, Any], service: str) -> bool:
    """Whether the token is for deliveries from where this one says that it comes from: it is answered to there."""
    signed = claims.get("serviceurl")
    return isinstance(signed, str) and bool(service) and signed.rstrip("/") == service.rstrip("/")
