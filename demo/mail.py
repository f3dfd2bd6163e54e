"""The demo's mail: a server of a few lines on this computer, and each person's mailbox as a conversation."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import message_from_string, policy
from email.message import EmailMessage
from typing import Final

from slack_workspace import Message, Workspace

MAILBOX: Final = "e-mail"
"""What the conversation is called in which a person's e-mails are shown."""


@dataclass
class MailServer:
    """Speaks as much SMTP as it takes. `refuse` is its answer to a command; "" to END hangs up after the mail has come.
    `taken` hears of each mail."""

    taken: Callable[[EmailMessage], None]
    refuse: dict[str, str] = field(default_factory=dict)
    port: int = 0
    _server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on loopback, on a port that the system gives."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).decode().strip():
            word = line.partition(" ")[0].upper()
            if word in self.refuse:
                writer.write(f"{self.refuse[word]}\r\n".encode())
            elif word == "DATA":
                writer.write(b"354 go on\r\n")
                self._take((await reader.readuntil(b"\r\n.\r\n")).decode())
                if self.refuse.get("END") == "":
                    break
                writer.write(b"250 taken\r\n")
            else:
                writer.write(b"221 bye\r\n" if word == "QUIT" else b"250 ok\r\n")
                if word == "QUIT":
                    break
            await writer.drain()
        writer.close()

    def _take(self, text: str) -> None:
        mail = message_from_string(text.removesuffix(".\r\n"), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.taken(mail)


class Mailboxes:
    """Shows e-mails in the workspace: each person's in a conversation that they alone see. `users`: by address."""

    def __init__(self, workspace: Workspace, users: Mapping[str, str]) -> None:
        self._workspace = workspace
        self._users = users
        self._rooms: dict[str, str] = {}

    def take(self, mail: EmailMessage) -> None:
        """One more has come; one for nobody here is dropped."""
        user = self._users.get(str(mail["To"]))
        if user is None:
            return
        if user not in self._rooms:
            self._rooms[user] = self._workspace.add_channel(MAILBOX, private=True, members=[user], bot=False)
        state, text = self._workspace.state, _text(mail)
        for plain, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            text = text.replace(plain, written)
        sender = self._workspace.bot_user
        state.post(Message(self._rooms[user], state.timestamp(), sender, text, bot=True, username="E-mail"))


def _text(mail: EmailMessage) -> str:
    """What its reader sees of it: subject, words, and that it asks their calendar something."""
    words = mail.get_body(("plain",))
    asks = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    below = f"\n\nFor the calendar: {asks[0].get_param('method')}" if asks else ""
    return f"{mail['Subject']}\n\n{words.get_content().strip() if words else ''}{below}"
