"""The e-mails that people of the demo get, as they read them."""

from email.message import EmailMessage

import pytest

from demo.mail import MAILBOX, Mailboxes
from slack_workspace import Workspace


@pytest.mark.parametrize("asks", [False, True])
def test_each_mail_is_read_by_whom_it_is_for_alone(asks: bool) -> None:
    workspace = Workspace()
    users = {f"{name}@example.org": workspace.add_person(name, email=f"{name}@example.org") for name in ("ada", "bea")}
    boxes = Mailboxes(workspace, users)
    mail = EmailMessage()
    mail["To"], mail["Subject"] = "ada@example.org", "A <b>session</b> & more"
    mail.set_content("It is set.")
    if asks:
        mail.add_alternative("BEGIN:VCALENDAR", subtype="calendar", params={"method": "REQUEST"})
    boxes.take(mail)
    del mail["To"]
    mail["To"] = "nobody@example.org"
    boxes.take(mail)
    rooms = {name: _mailbox(workspace, users[f"{name}@example.org"]) for name in ("ada", "bea")}
    assert rooms["bea"] == []
    (text,) = rooms["ada"]
    assert text.startswith("A &lt;b&gt;session&lt;/b&gt; &amp; more")
    assert "It is set." in text
    assert ("For the calendar: REQUEST" in text) is asks


def _mailbox(workspace: Workspace, user: str) -> list[str]:
    rooms = [room for room in workspace.state.conversations_of(user) if room.name == MAILBOX]
    return [message.text for room in rooms for message in workspace.state.visible(room.id, user)]
