"""E-mail copies, to a mail server of a few lines on this computer."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_string, policy
from email.message import EmailMessage

import pytest

from bot.delivery.sender import Later, Never, NotNeeded
from bot.dialogs.parts import Message
from bot.handlers.email.sender import EmailSender
from bot.screens.render import Rendered
from bot.storage.outbox import Letter

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@dataclass
class MailServer:
    """Speaks as much SMTP as it takes. `refuse` is its answer to a command, "" hangs up after the mail has come."""

    port: int = 0
    refuse: dict[str, str] = field(default_factory=dict)
    mails: list[EmailMessage] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
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
        self.mails.append(mail)


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    made = MailServer()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()
    await server.wait_closed()


def letter(key: str = "invitation:I1:P1:0:email") -> Letter:
    return Letter("L1", "bcs", key, "invitation", "I1", "P1", None, "email", NOW, NOW)


def drawn(text: str = "You have a new request. It waits in Slack.", email: str | None = "mary@example.org") -> Rendered:
    return Rendered(Message(text, ()), "slack", "T1", "U1", email, None)


def sender(mail: MailServer) -> EmailSender:
    return EmailSender("127.0.0.1", mail.port, "mentoring@example.org", False)


async def test_a_copy_is_plain_and_knows_itself_again(mail: MailServer) -> None:
    for _ in range(2):
        await sender(mail).send(letter(), drawn("A new request – from Zoë. It waits in Slack."))
    await sender(mail).send(letter("another"), drawn())
    first, again, other = mail.mails
    assert (first["From"], first["To"]) == ("mentoring@example.org", "mary@example.org")
    assert first["Subject"] == "A new request – from Zoë"
    assert first.get_content().strip() == "A new request – from Zoë. It waits in Slack."
    assert first.get_content_type() == "text/plain"
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]


async def test_it_leads_to_where_it_is_answered(mail: MailServer) -> None:
    links = {"slack": "https://slack.com/app_redirect?app=A1&team=T1"}
    sends = EmailSender("127.0.0.1", mail.port, "mentoring@example.org", False, links=links)
    await sends.send(letter(), drawn())
    (first,) = mail.mails
    assert first.get_content().strip().splitlines()[-1] == f"Open it: {links['slack']}"


@pytest.mark.parametrize(
    ("refuse", "outcome", "doubtful"),
    [
        ({"RCPT": "550 nobody"}, Never, False),
        ({"RCPT": "451 later"}, Later, False),
        ({"MAIL": "550 no"}, Never, False),
        ({"DATA": "451 later"}, Later, False),
        ({"END": ""}, Later, True),
    ],
)
async def test_what_can_go_wrong(
    mail: MailServer, refuse: dict[str, str], outcome: type[Later] | type[Never], doubtful: bool
) -> None:
    mail.refuse = refuse
    with pytest.raises(outcome) as caught:
        await sender(mail).send(letter(), drawn())
    assert getattr(caught.value, "doubtful", False) is doubtful


async def test_without_a_server_it_waits(mail: MailServer) -> None:
    with pytest.raises(Later) as caught:
        await EmailSender("127.0.0.1", 9, "mentoring@example.org", False).send(letter(), drawn())
    assert not caught.value.doubtful


async def test_a_copy_for_somebody_without_an_address_is_not_needed(mail: MailServer) -> None:
    with pytest.raises(NotNeeded):
        await sender(mail).send(letter(), drawn(email=None))
    assert mail.mails == []


@pytest.mark.parametrize("address", ["mary@example.org\r\nBcc: all@example.org", "\n"])
async def test_no_address_is_never(mail: MailServer, address: str) -> None:
    with pytest.raises(Never):
        await sender(mail).send(letter(), drawn(email=address))
    assert mail.mails == []
