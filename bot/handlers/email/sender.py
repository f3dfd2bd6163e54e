"""E-mail copies of a few messages, for people who do not look into chat every day. Plain text."""

import asyncio
import smtplib
import ssl
from collections.abc import Mapping
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import formatdate
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from pydantic import SecretStr

from bot.calendars.ics import MEDIA_TYPE
from bot.delivery.sender import Later, Never, NotNeeded, Ref
from bot.dialogs.parts import Attachment, Heading, Message
from bot.screens.render import Rendered
from bot.storage.outbox import Letter

_TIMEOUT: Final = 20
"""Seconds for each step with the mail server."""
_SUBJECT_LONGEST: Final = 100


class EmailSender:
    """Sends through one mail server. The Message-ID comes from the letter's key, so that one sent twice is known.
    `links`: by platform, the address that leads its people to the bot, where their answer is wanted."""

    def __init__(
        self,
        host: str,
        port: int,
        sender: str,
        tls: bool,
        user: str | None = None,
        password: SecretStr | None = None,
        links: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._host = host
        self._port = port
        self._sender = sender
        self._tls = tls
        self._user = user
        self._password = password
        self._links = links

    async def send(self, letter: Letter, drawn: Rendered) -> Ref:
        """Send one e-mail. Raises Later, Never, or NotNeeded for somebody without an address: it is only a copy."""
        if drawn.email is None:
            raise NotNeeded
        if not isinstance(drawn.content, Message):
            raise Never("not a message")
        try:
            link = self._links.get(drawn.platform, "")
            email = self._written(letter, drawn.content, drawn.email, link)
        except (ValueError, MessageError):
            raise Never("not an address") from None
        await asyncio.to_thread(self._send, email)
        return Ref()

    async def probe(self) -> None:
        """Say hello to the mail server and log in, without sending anything. Raises Later for whatever is wrong."""

        def greet() -> None:
            with self._connection() as server:
                self._log_in(server)

        try:
            await asyncio.to_thread(greet)
        except (smtplib.SMTPException, OSError) as error:
            raise Later(type(error).__name__) from None

    def _log_in(self, server: smtplib.SMTP) -> None:
        if self._user and self._password:
            server.login(self._user, self._password.get_secret_value())

    def _written(self, letter: Letter, message: Message, address: str, link: str) -> EmailMessage:
        email = EmailMessage()
        email["From"] = self._sender
        email["To"] = address
        email["Subject"] = _subject(message)
        email["Date"] = formatdate(usegmt=True)
        name = sha256(f"{letter.scheme}/{letter.key}".encode()).hexdigest()[:40]
        email["Message-ID"] = f"<{name}@{self._sender.rpartition('@')[2]}>"
        email["Auto-Submitted"] = "auto-generated"
        below = f"\n\nOpen it: {link}" if link else ""
        email.set_content(f"{message.text}{below}\n", cte="quoted-printable")
        if message.attachment is not None:
            _attach(email, message.attachment)
        return email

    def _send(self, email: EmailMessage) -> None:
        handed_over = False
        try:
            with self._connection() as server:
                self._log_in(server)
                handed_over = True
                server.send_message(email)
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise (Never("recipient refused") if code >= 500 else Later("recipient refused")) from None
        except smtplib.SMTPAuthenticationError:
            raise Later("the mail server refuses the password") from None
        except smtplib.SMTPResponseException as error:
            reason = f"status {error.smtp_code}"
            raise (Never(reason) if error.smtp_code >= 500 else Later(reason)) from None
        except (smtplib.SMTPException, OSError) as error:
            raise Later(type(error).__name__, doubtful=handed_over) from None

    @cached_property
    def _context(self) -> ssl.SSLContext:
        """Whom a server is believed by: all the authorities of this machine are read for it, so once and if needed."""
        return ssl.create_default_context()

    def _connection(self) -> smtplib.SMTP:
        if self._tls:
            return smtplib.SMTP_SSL(self._host, self._port, timeout=_TIMEOUT, context=self._context)
        server = smtplib.SMTP(self._host, self._port, timeout=_TIMEOUT)
        try:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=self._context)
                server.ehlo()
            elif self._user and self._host not in ("127.0.0.1", "localhost", "::1"):
                raise smtplib.SMTPNotSupportedError("the password would go in the clear")
        except BaseException:
            server.close()
            raise
        return server


def _attach(email: EmailMessage, file: Attachment) -> None:
    """An invitation is an alternative of the text, so that a calendar offers to take it; anything else a file.
    Source: RFC 6047, iMIP"""
    if file.media_type == MEDIA_TYPE:
        method = next(line for line in file.content.decode().splitlines() if line.startswith("METHOD:"))[7:]
        email.add_alternative(file.content.decode(), subtype="calendar", params={"method": method})
    else:
        email.add_attachment(file.content, maintype="application", subtype="octet-stream", filename=file.name)


def _subject(message: Message) -> str:
    """The message's heading, or its first sentence."""
    heading = next((part.text for part in message.parts if isinstance(part, Heading)), None)
    line = " ".join((heading or message.text.partition("\n")[0].partition(". ")[0]).split())
    return line if len(line) <= _SUBJECT_LONGEST else line[: _SUBJECT_LONGEST - 1] + "…"
