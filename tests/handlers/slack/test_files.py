"""Files that are chosen in a form: fetched from the workspace, and from nowhere else."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.handlers.slack.files import SECONDS, Files
from bot.handlers.slack.views import FileRef
from bot.lifecycle.files import LARGEST, GivenFile, NotGiven
from slack_workspace import Workspace

PDF = b"%PDF-1.7 this is to certify"
LOST = NotGiven("not_fetched")


class Desk:
    """A workspace, somebody in it, and what fetches their files."""

    def __init__(self, workspace: Workspace, session: aiohttp.ClientSession, seconds: float = SECONDS) -> None:
        self.workspace = workspace
        self.user = workspace.add_person("Ben")
        client = AsyncWebClient(workspace.bot_token, base_url=workspace.api_url, session=session, retry_handlers=[])
        client.proxy = None
        self.files = Files(client, session, seconds)

    def choose(self, content: bytes = PDF) -> str:
        """Ben chooses a file; gives its id."""
        return str(self.workspace.test_user(self.user).file("certificate.pdf", content)["id"])

    async def fetched(self, id_: str, user: str = "") -> object:
        """What comes of it in a form."""
        values = await self.files.given({"certificate": FileRef(id_), "day": "2026"}, user or self.user)
        assert values is not None
        assert values["day"] == "2026"
        return values["certificate"]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    workspace = Workspace(rate_limits=False)
    async with aiohttp.ClientSession() as session:
        await workspace.start()
        made = Desk(workspace, session)
        yield made
        await workspace.stop()


async def test_what_was_chosen_comes_with_its_name(desk: Desk) -> None:
    assert await desk.fetched(desk.choose()) == GivenFile("certificate.pdf", PDF)
    assert await desk.files.given(None, desk.user) is None


async def test_a_file_of_somebody_else_is_not_fetched(desk: Desk) -> None:
    other = desk.workspace.add_person("Mary")
    assert await desk.fetched(desk.choose(), other) == LOST
    assert await desk.fetched("F0NOWHERE") == LOST


async def test_a_file_is_never_more_than_the_most(desk: Desk) -> None:
    most = b"%PDF-" + b"x" * (LARGEST - 5)
    assert await desk.fetched(desk.choose(most)) == GivenFile("certificate.pdf", most)
    assert await desk.fetched(desk.choose(most + b"x")) == NotGiven("too_large")
    small = desk.choose()
    state = desk.workspace.state
    state.put_file(replace(state.files[small], content=most + b"x"))
    assert await desk.fetched(small) == NotGiven("too_large"), "whatever was said of its size"


@dataclass
class Odd:
    """Something that answers as Slack does, with an odd address for the file; `asked`: who asked for what."""

    address: str = ""
    status: int = 200
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    async def info(self, _: web.Request) -> web.Response:
        file = {"id": "F1", "name": "a.pdf", "user": "U1", "size": len(PDF), "url_private_download": self.address}
        return web.json_response({"ok": True, "file": file})

    async def file(self, request: web.Request) -> web.Response:
        self.asked.append((request.path, request.headers.get("authorization")))
        elsewhere = {"Location": "/login"} if self.status == 302 else {}
        return web.Response(status=self.status, body=PDF, headers=elsewhere)


@pytest.mark.parametrize(
    ("place", "status", "asked"),
    [
        ("http://127.0.0.1", 200, ["/file"]),
        ("http://127.0.0.1", 302, ["/file"]),
        ("http://127.0.0.1", 404, ["/file"]),
        ("http://localhost", 200, []),
        ("https://127.0.0.1", 200, []),
        ("file:///etc/passwd?", 200, []),
    ],
)
async def test_the_token_is_shown_to_slacks_host_alone(place: str, status: int, asked: list[str]) -> None:
    odd, made = Odd(status=status), web.Application()
    made.router.add_route("*", "/api/files.info", odd.info)
    made.router.add_get("/{path:.*}", odd.file)
    runner = web.AppRunner(made)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    odd.address = f"{place}:{port}/file"
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient("xoxb-1", base_url=f"http://127.0.0.1:{port}/api/", session=session, retry_handlers=[])
        client.proxy = None
        values = await Files(client, session).given({"file": FileRef("F1")}, "U1")
    await runner.cleanup()
    assert values == {"file": GivenFile("a.pdf", PDF) if asked and status == 200 else LOST}
    assert odd.asked == [(path, "Bearer xoxb-1") for path in asked]


@pytest.mark.parametrize("fault", ["server_error", "rate_limited", "refused"])
async def test_trouble_on_the_way_is_said_at_the_field_and_the_next_try_goes_through(desk: Desk, fault: str) -> None:
    id_ = desk.choose()
    desk.workspace.faults.add("files.info", fault)  # type: ignore[arg-type]
    assert await desk.fetched(id_) == LOST
    assert isinstance(await desk.fetched(id_), GivenFile)


async def test_nobody_waits_longer_than_slack_does() -> None:
    workspace = Workspace(rate_limits=False)
    async with aiohttp.ClientSession() as session:
        await workspace.start()
        desk = Desk(workspace, session, seconds=0.05)
        workspace.faults.add("files.info", "slow", seconds=0.5)
        assert await desk.fetched(desk.choose()) == LOST
        await workspace.stop()
