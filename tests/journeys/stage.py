"""What a story needs of a platform: somebody's keyboard, and the bot behind it. One driver each, in `tests/support`."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Protocol

from bot.app import App
from tests.support.bots import TurnedClock


class Keyboard(Protocol):
    """Somebody at their keyboard. What they read on (messages, forms, Home) is the platform's own."""

    @property
    def user(self) -> str:
        """The platform's id of them."""

    @property
    def home(self) -> Any:
        """Their Home, None before it was drawn."""

    @property
    def modal(self) -> Any:
        """The open form in front of them, None where there is none."""

    def messages(self, channel: str | None = None) -> list[Any]:
        """What was said to them, or in a channel, newest last."""

    def text(self, on: Any) -> str:
        """Everything that can be read on it."""

    def pictures(self, on: Any) -> list[str]:
        """Whose pictures stand on it."""

    def buttons(self, on: Any = None) -> list[str]:
        """The labels of what can be pressed."""

    async def open_home(self) -> Any:
        """Ask for Home."""

    async def command(self, command: str, text: str = "") -> Any:
        """Type a command."""

    async def press(self, label: str, on: Any = None, nth: int = 0) -> Any:
        """Press what has this label."""

    async def press_twice(self, label: str, on: Any = None, nth: int = 0) -> Any:
        """A double click."""

    async def fill(self, meant: Mapping[str, Any]) -> None:
        """Type and choose in the open form."""

    async def submit(self) -> dict[str, str]:
        """Send the open form off; {} or what is wrong, by label."""

    async def close_modal(self) -> None:
        """Close the open form."""

    def file(self, name: str, content: bytes) -> Any:
        """A file to hand in."""

    async def expect_modal(self, title: str | None = None) -> Any:
        """The open form, once it is there."""

    async def expect_message(self, containing: str, channel: str | None = None) -> Any:
        """The newest message with these words, once it is there."""

    async def expect_home(self, containing: str) -> Any:
        """Home, once it shows these words."""

    def sees(self) -> str:
        """A readable picture of everything in front of them."""


class Stage(Protocol):
    """A bot on one platform, with people around it. People are named by the first word of their name."""

    app: App
    clock: TurnedClock

    def test_user(self, name: str) -> Keyboard:
        """Somebody at their keyboard."""

    async def bring(self, people: Mapping[str, tuple[str, str]]) -> None:
        """More people, who have the app: by what the story calls them, their name and their address."""

    async def deactivate(self, name: str) -> None:
        """Somebody's account is switched off; a day later the bot has heard of it, or has asked."""

    async def files_of(self, name: str) -> dict[str, bytes]:
        """The files that have been brought to somebody, once those that are offered are taken."""

    async def turn(self, by: timedelta) -> None:
        """Turn the clock in steps of at most an hour, and let everything that falls due happen each time."""

    async def quiet(self) -> None:
        """Wait until everything that is due has been done and sent."""

    async def settled(self, predicate: Callable[[], bool], seconds: float = 5) -> None:
        """Wait until the predicate holds."""

    def name_of(self, user: str) -> str:
        """The name by which others read of somebody."""

    def group_of(self, user: str) -> str:
        """Where somebody is told together with the other of their connection; its id."""

    def front(self, user: str) -> str:
        """What stands in front of somebody, and answers what they did last."""

    async def lose_connection(self) -> None:
        """Break off whatever is open between the platform and the bot."""

    def edits(self) -> int:
        """How often a message has been edited."""
