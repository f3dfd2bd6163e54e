"""E-mail copies, to the demo's mail server on this computer."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from bot.delivery.sender import Later, Never, NotNeeded
from bot.dialogs.parts import Message
from bot.handlers.email.sender import EmailSender
from bot.screens.render import Rendered
from bot.storage.outbox import Letter
from demo.mail import MailServer

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@dataclass
class Mail:
    """A mail server and what it has taken."""

    server: MailServer
    mails: list[EmailMessage]

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server.port

    def refuse(self, refuse: dict[str, str]) -> None:
        """Answer these commands so."""
        self.server.refuse = refuse


@pytest.fixture
async def mail() -> AsyncIterator[Mail]:
    mails: list[EmailMessage] = []
    server = MailServer(mails.append)
    await server.start()
    yield Mail(server, mails)
    await server.stop()


def letter(key: str = "invitation:I1:P1:0:email") -> Letter:
    return Letter("L1", "bcs", key, "invitation", "I1", "P1", None, "email", NOW, NOW)


def drawn(text: str = "You have a new request. It waits in Slack.", email: str | None = "mary@example.org") -> Rendered:
    return Rendered(Message(text, ()), "slack", "T1", "U1", email, None)


def sender(mail: Mail) -> EmailSender:
    return EmailSender("127.0.0.1", mail.port, "mentoring@example.org", False)


async def test_a_copy_is_plain_and_knows_itself_again(mail: Mail) -> None:
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


async def test_it_leads_to_where_it_is_answered(mail: Mail) -> None:
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
    mail: Mail, refuse: dict[str, str], outcome: type[Later] | type[Never], doubtful: bool
) -> None:
    mail.refuse(refuse)
    with pytest.raises(outcome) as caught:
        await sender(mail).send(letter(), drawn())
    assert getattr(caught.value, "doubtful", False) is doubtful


async def test_without_a_server_it_waits(mail: Mail) -> None:
    with pytest.raises(Later) as caught:
        await EmailSender("127.0.0.1", 9, "mentoring@example.org", False).send(letter(), drawn())
    assert not caught.value.doubtful


async def test_a_copy_for_somebody_without_an_address_is_not_needed(mail: Mail) -> None:
    with pytest.raises(NotNeeded):
        await sender(mail).send(letter(), drawn(email=None))
    assert mail.mails == []


@pytest.mark.parametrize("address", ["mary@example.org\r\nBcc: all@example.org", "\n"])
async def test_no_address_is_never(mail: Mail, address: str) -> None:
    with pytest.raises(Never):
        await sender(mail).send(letter(), drawn(email=address))
    assert mail.mails == []
