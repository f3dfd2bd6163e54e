"""Files that a bot offers: what it may send, what a client says to the bot when somebody answers, and where the file
then goes.

Source: https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bots-filesv4
"""

import secrets
import uuid
from typing import TYPE_CHECKING, Any, Final

from tests.support.teams.model import Delivery, Json, Message, Person, Refusal

if TYPE_CHECKING:
    from tests.support.teams.place import TeamsPlace

CONSENT: Final = "application/vnd.microsoft.teams.card.file.consent"
INFO: Final = "application/vnd.microsoft.teams.card.file.info"


def wrong(attachment: Json) -> str:
    """Why Teams would not show this offer, or this file; "" where it would."""
    kind, content = attachment.get("contentType"), attachment.get("content")
    if kind not in (CONSENT, INFO):
        return ""
    if not isinstance(content, dict) or not attachment.get("name"):
        return "BadSyntax a file has a name and a content"
    if kind == CONSENT:
        size = content.get("sizeInBytes")
        fits = isinstance(size, int) and size > 0 and isinstance(content.get("acceptContext"), dict)
        return "" if fits else "BadSyntax an offered file has a size and a context"
    known = attachment.get("contentUrl") and content.get("uniqueId")
    return "" if known else "BadSyntax a file that is there has an address and an id"


def attachments(message: Message, kind: str) -> list[Json]:
    """Those of this kind that stand on a message."""
    return [each for each in message.activity.get("attachments") or () if each.get("contentType") == kind]


class Offers:
    """The files that were offered to one person, as their client shows them."""

    def __init__(self, place: "TeamsPlace", person: Person) -> None:
        self._place = place
        self._person = person
        self._chat = place.state.personal(person)

    @property
    def open(self) -> list[str]:
        """The names of the files that are offered and were not answered yet."""
        return [each["name"] for message in self._standing() for each in attachments(message, CONSENT)]

    @property
    def there(self) -> dict[str, bytes]:
        """What lies in their OneDrive and opens from the chat, by name."""
        found = [each for message in self._standing() for each in attachments(message, INFO)]
        return {each["name"]: self._place.service.files[_token(each["contentUrl"])][1] for each in found}

    async def answer(self, name: str, *, allow: bool = True, **changed: Any) -> Delivery:
        """Press Allow or Decline at the newest offer of that file. `changed`: other than the client would say it."""
        for message in reversed(self._standing()):
            for each in attachments(message, CONSENT):
                if each["name"] == name:
                    return await self.say(message, each, allow=allow, **changed)
        raise Refusal(f"No file {name!r} is offered. Offered: {', '.join(self.open) or 'none'}.")

    async def say(self, message: Message, offered: Json, *, allow: bool = True, **changed: Any) -> Delivery:
        """The same for an offer that has been seen, whatever has become of it since."""
        content, action = offered["content"], "accept" if allow else "decline"
        value: Json = {"type": "fileUpload", "action": action, "context": content[f"{action}Context"]}
        if allow:
            value["uploadInfo"] = self._upload(offered)
        sender = self._place.sender(self._person, self._chat)
        return await self._place.deliver(sender.invoke("fileConsent/invoke", value | changed, message.id))

    def _upload(self, offered: Json) -> Json:
        token, name = secrets.token_hex(8), offered["name"]
        self._place.service.uploads[token] = (name, offered["content"]["sizeInBytes"])
        url = f"{self._place.service.url}/files/{token}"
        kind = name.rpartition(".")[2]
        return {"name": name, "uploadUrl": url, "contentUrl": url, "uniqueId": uuid.uuid4().hex, "fileType": kind}

    def _standing(self) -> list[Message]:
        return [each for each in self._chat.messages if not each.deleted and not each.by]


def _token(url: str) -> str:
    return url.rpartition("/")[2]
