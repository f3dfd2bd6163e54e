"""Files that somebody has chosen in a form, fetched from Slack while the form waits for its answer.

What a form sends of a file is only its id: where it lies, how large it is and whose it is are asked of Slack.
Source: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession
from pydantic import Field, ValidationError
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.slack.errors import error_of
from bot.handlers.slack.views import FileRef, Model
from bot.lifecycle.files import LARGEST, GivenFile, NotGiven

log = logging.getLogger(__name__)

SECONDS: Final = 2.0
"""Slack waits three seconds for the answer to a form; what is left is for keeping it."""
HOST: Final = "files.slack.com"
_PIECE: Final = 65_536


class _NotOursError(Exception):
    """A file that must not be fetched, or did not come as what it was said to be."""


class _Info(Model):
    name: Annotated[str, Field(max_length=1000)]
    user: str
    size: int
    url_private_download: str


class Files:
    """Fetches files with the bot's own token, which no other host than Slack's is ever shown."""

    def __init__(self, client: AsyncWebClient, session: ClientSession, seconds: float = SECONDS) -> None:
        self._client = client
        self._session = session
        self._seconds = seconds
        api = urlsplit(client.base_url)
        self._places = frozenset({("https", HOST), (api.scheme, api.hostname)})

    async def given(self, values: Mapping[str, Any] | None, user: str) -> Mapping[str, Any] | None:
        """The values of a form that `user` sent, with each file in the place of its reference."""
        refs = {key: value for key, value in (values or {}).items() if isinstance(value, FileRef)}
        if values is None or not refs:
            return values
        fetched = await asyncio.gather(*(self._fetched(ref, user) for ref in refs.values()))
        return {**values, **dict(zip(refs, fetched, strict=True))}

    async def _fetched(self, ref: FileRef, user: str) -> GivenFile | NotGiven:
        try:
            async with asyncio.timeout(self._seconds):
                return await self._fetch(ref, user)
        except (_NotOursError, ValidationError) as error:
            log.warning("a file is not taken: %s", error if isinstance(error, _NotOursError) else "of an odd shape")
        except (SlackClientError, ClientError, TimeoutError, OSError) as error:
            log.warning("a file could not be fetched: %s", error_of(error))
        return NotGiven("not_fetched")

    async def _fetch(self, ref: FileRef, user: str) -> GivenFile | NotGiven:
        answer = await self._client.files_info(file=ref.id)
        info = _Info.model_validate(answer.get("file"))
        if info.user != user:
            raise _NotOursError("it is somebody else’s")
        if info.size > LARGEST:
            return NotGiven("too_large")
        content = await self._content(info.url_private_download)
        return GivenFile(info.name, content) if len(content) <= LARGEST else NotGiven("too_large")

    async def _content(self, url: str) -> bytes:
        place = urlsplit(url)
        if (place.scheme, place.hostname) not in self._places:
            raise _NotOursError("it lies at another host")
        headers = {"Authorization": f"Bearer {self._client.token}"}
        # Slack leads whoever may not read a file to a page to sign in: a redirect is no file.
        async with self._session.get(url, headers=headers, allow_redirects=False, proxy=self._client.proxy) as response:
            if response.status != 200:
                raise _NotOursError(f"its host answers {response.status}")
            content = bytearray()
            async for piece in response.content.iter_chunked(_PIECE):
                content += piece
                if len(content) > LARGEST:
                    break
            return bytes(content)
