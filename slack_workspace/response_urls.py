"""What an app posts to a response_url: an answer where the person acted, seen by them alone or by everybody."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from slack_workspace import responses
from slack_workspace.core import Call, Core
from slack_workspace.errors import SlackError
from slack_workspace.methods.chat import read_content, read_metadata, whisper
from slack_workspace.model import Message
from slack_workspace.web_api import Arguments, faulty, read_arguments

METHOD = "response_url"
"""The name under which uses are kept among the recorded calls, and under which faults can be asked for."""


class ResponseUrls:
    """Answers `/response/<id>`."""

    def __init__(self, core: Core, drop: Callable[[Request], None]) -> None:
        self._core = core
        self._drop = drop

    async def answer(self, request: Request) -> Response:
        fault = self._core.faults.take(METHOD)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        response = failed.response() if (failed := faulty(fault)) else await self._answer(request)
        if fault and fault.kind == "lost_answer":
            self._drop(request)
        return response

    async def _answer(self, request: Request) -> Response:
        arguments = Arguments()
        try:
            arguments = await read_arguments(request)
            self._use(self._core.responses.use(request.path_params["response_id"]), arguments)
        except SlackError as error:
            status = 404 if error.code in ("used_url", "expired_url") else 400
            self._core.record(Call(METHOD, dict(arguments), dict(error.answer()), error.code, status))
            return JSONResponse(error.answer(), status)
        self._core.record(Call(METHOD, dict(arguments), {"ok": True}, ""))
        return PlainTextResponse("ok")

    def _use(self, response: responses.Response, arguments: Arguments) -> None:
        state = self._core.state
        original = state.find_message(response.channel, response.ts) if response.ts else None
        if arguments.flag("delete_original"):
            if original:
                state.remove_message(original.channel, original.ts)
            return
        text, blocks = read_content(arguments)
        if arguments.flag("replace_original") and original:
            edited = None if original.ephemeral_to else state.timestamp()
            state.put_message(replace(original, text=text, blocks=blocks, edited_ts=edited, values={}))
        elif arguments.text("response_type") == "in_channel":
            metadata = read_metadata(arguments)
            bot_user = self._core.identity.bot_user
            said = Message(response.channel, state.timestamp(), bot_user, text, blocks, bot=True, metadata=metadata)
            state.post(said)
        else:
            whisper(self._core, response.channel, response.user, text, blocks)
