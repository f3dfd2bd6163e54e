"""What an app posts to a response_url: an answer where the person acted, seen by them alone or by everybody."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from slack_workspace import responses
from slack_workspace.arguments import Arguments
from slack_workspace.bodies import receive
from slack_workspace.content import add_ephemeral, app_message, read_content, read_metadata
from slack_workspace.core import Call, Core
from slack_workspace.errors import SlackError
from slack_workspace.web_api import faulty

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
            arguments = (await receive(request)).arguments
            self._use(self._core.responses.use(request.path_params["response_id"]), arguments)
        except SlackError as error:
            status = 404 if error.code in ("used_url", "expired_url") else 400
            self._core.record(Call(METHOD, arguments.values, dict(error.answer()), error.code, status))
            return JSONResponse(error.answer(), status)
        self._core.record(Call(METHOD, arguments.values, {"ok": True}, ""))
        return PlainTextResponse("ok")

    def _use(self, response: responses.Response, arguments: Arguments) -> None:
        state = self._core.state
        original = state.find_message(response.channel, response.ts) if response.ts else None
        if arguments.flag("delete_original"):
            if original:
                state.remove_message(original.channel, original.ts)
            return
        content = read_content(self._core, arguments)
        if arguments.flag("replace_original") and original:
            edited = None if original.ephemeral_to else state.timestamp()
            state.put_message(
                replace(
                    original,
                    text=content.text,
                    blocks=content.blocks,
                    attachments=content.attachments,
                    edited_ts=edited,
                    values={},
                )
            )
            return
        thread_ts = arguments.text("thread_ts") or None
        if arguments.text("response_type") == "in_channel":
            metadata = read_metadata(arguments)
            state.post(app_message(self._core, response.channel, content, metadata=metadata, thread_ts=thread_ts))
        else:
            add_ephemeral(self._core, response.channel, response.user, content, thread_ts=thread_ts)
