"""What an invalid call is made of: the furnished place it is made in, the call, its error and the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_workspace import Message

from .conftest import World

Json = dict[str, Any]
DOCS = "https://docs.slack.dev/reference/"
METHODS = DOCS + "methods/"
BLOCKS = DOCS + "block-kit/blocks/"
ELEMENTS = DOCS + "block-kit/block-elements/"
OBJECTS = DOCS + "block-kit/composition-objects/"
VIEWS = DOCS + "views/"


@dataclass
class Place:
    """What the invalid calls are made with."""

    world: World
    dm: str = ""
    open_channel: str = ""
    foreign_open: str = ""
    foreign_private: str = ""
    archived: str = ""
    archived_ts: str = ""
    leaver: str = ""
    own_ts: str = ""
    her_ts: str = ""
    ephemeral_ts: str = ""

    async def furnish(self) -> None:
        workspace, world = self.world.workspace, self.world
        self.dm = world.dm
        self.open_channel = workspace.add_channel("general", private=False, members=[world.katherine])
        self.foreign_open = workspace.add_channel("random", private=False, bot=False)
        self.foreign_private = workspace.add_channel("board", bot=False)
        self.archived = workspace.add_channel("old", members=[world.katherine])
        self.leaver = workspace.add_person("Left Long-Ago", deactivated=True)
        self.own_ts = (await world.call("chat.postMessage", {"channel": self.dm, "text": "hello"}))["ts"]
        old = await world.call("chat.postMessage", {"channel": self.archived, "text": "hello"})
        self.archived_ts = old["ts"]
        workspace.change_channel(self.archived, archived=True)
        stamp = workspace.state.timestamp()
        self.her_ts = workspace.state.post(Message(self.dm, stamp, world.katherine, "mine")).ts
        whisper = {"channel": self.open_channel, "user": world.katherine, "text": "psst"}
        self.ephemeral_ts = (await world.call("chat.postEphemeral", whisper))["message_ts"]

    def post(self, **more: Any) -> Json:
        return {"channel": self.dm, "text": "hello"} | more

    def blocks(self, *blocks: Any) -> Json:
        return self.post(blocks=list(blocks))

    def open(self, view: Any) -> Json:
        return {"trigger_id": self.world.trigger(), "view": view}

    def publish(self, view: Any) -> Json:
        return {"user_id": self.world.katherine, "view": view}


Make = Callable[[Place], Json]


@dataclass(frozen=True)
class Invalid:
    """The call, the error and, where one error covers many mistakes, the words that tell which one was seen."""

    name: str
    method: str
    arguments: Make
    error: str
    page: str
    words: str = ""
    token: str | None = None


def api(name: str, method: str, error: str, arguments: Make, token: str | None = None) -> Invalid:
    return Invalid(name, method, arguments, error, METHODS + method, token=token)


def message(name: str, page: str, words: str, *blocks: Any) -> Invalid:
    return Invalid(name, "chat.postMessage", lambda p: p.blocks(*blocks), "invalid_blocks", page, words)


def view(name: str, page: str, words: str, shape: Any) -> Invalid:
    return Invalid(name, "views.open", lambda p: p.open(shape), "invalid_arguments", page, words)


def many(make: Callable[[int], Json], count: int) -> list[Json]:
    return [make(index) for index in range(count)]
