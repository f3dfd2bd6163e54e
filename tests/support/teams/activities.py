"""The activities that Teams brings to a bot, shaped as Microsoft documents them.

Sources: https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference,
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events,
https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/universal-action-model
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from tests.support.teams.model import Conversation, Json, Person

FILE: Final = "application/vnd.microsoft.teams.file.download.info"


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose activities they are: one person's in one conversation, for one bot of a tenant."""

    app_id: str
    tenant: str
    service_url: str
    person: Person
    conversation: Conversation
    bot_name: str = "Mentoring"

    def _base(self, kind: str, **more: Any) -> Json:
        now, person = datetime.now(UTC), self.person
        where: Json = {
            "id": self.conversation.id,
            "tenantId": self.tenant,
            "conversationType": self.conversation.kind,
        }
        channel: Json = {"tenant": {"id": self.tenant}}
        if self.conversation.kind == "channel":
            where |= {"isGroup": True, "name": self.conversation.name}
            channel |= {
                "teamsChannelId": self.conversation.id,
                "teamsTeamId": self.conversation.id,
                "channel": {"id": self.conversation.id},
                "team": {"id": self.conversation.id},
            }
        return {
            "type": kind,
            "id": f"f:{uuid.uuid4()}",
            "timestamp": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "localTimestamp": now.astimezone(ZoneInfo(person.zone)).isoformat(timespec="milliseconds"),
            "localTimezone": person.zone,
            "serviceUrl": self.service_url,
            "channelId": "msteams",
            "from": {"id": person.id, "name": person.name, "aadObjectId": person.object_id},
            "conversation": where,
            "recipient": {"id": f"28:{self.app_id}", "name": self.bot_name},
            "entities": [
                {
                    "type": "clientInfo",
                    "locale": person.locale,
                    "country": person.locale[-2:],
                    "platform": "Web",
                    "timezone": person.zone,
                }
            ],
            "channelData": channel,
            "locale": person.locale,
        } | more

    def message(self, text: str, attachments: list[Json] | None = None) -> Json:
        """Something typed; in a channel it names the bot first, else the bot does not hear of it."""
        activity = self._base("message", text=text, textFormat="plain")
        activity["id"] = str(uuid.uuid4().int % 10**13)
        activity["attachments"] = [
            *(attachments or []),
            {"contentType": "text/html", "content": f"<div><div>{_escaped(text)}</div></div>"},
        ]
        if self.conversation.kind == "channel":
            mention = f"<at>{self.bot_name}</at>"
            activity["text"] = f"{mention} {text}"
            mentioned = {"id": f"28:{self.app_id}", "name": self.bot_name}
            activity["entities"].append({"type": "mention", "text": mention, "mentioned": mentioned})
            activity["conversation"]["id"] += f";messageid={activity['id']}"
        return activity

    def press(self, message_id: str, action: Json, trigger: str = "manual") -> Json:
        """An Action.Execute: `action` is {"type", "id", "title", "verb", "data"} with what stands in the fields."""
        return self.invoke("adaptiveCard/action", {"action": action, "trigger": trigger}, message_id)

    def invoke(self, name: str, value: Any, reply_to: str = "") -> Json:
        """Any invoke: "task/fetch" and "task/submit" take {"data", "context"}."""
        activity = self._base("invoke", name=name, value=value)
        if reply_to:
            activity["replyToId"] = reply_to
            if self.conversation.kind == "channel":
                activity["conversation"]["id"] += f";messageid={reply_to}"
        activity["channelData"] = activity["channelData"] | {
            "source": {"name": "message"},
            "legacy": {"replyToId": reply_to},
        }
        return activity

    def members_added(self) -> Json:
        """The bot has come into the conversation."""
        added = {"membersAdded": [{"id": f"28:{self.app_id}"}]}
        activity = self._base("conversationUpdate", **added)
        if self.conversation.kind == "channel":
            activity["channelData"]["eventType"] = "teamMemberAdded"
        return activity

    def installation(self, action: str) -> Json:
        """The app was installed or taken away: "add" or "remove" (with "-upgrade" for a new version)."""
        activity = self._base("installationUpdate", action=action)
        activity["channelData"] |= {
            "settings": {"selectedChannel": {"id": self.conversation.id}},
            "source": {"name": "message"},
        }
        return activity


def file(name: str, url: str, download_url: str) -> Json:
    """The attachment of a message with which a file was sent in a personal chat."""
    kind = name.rpartition(".")[2] if "." in name else ""
    content = {"downloadUrl": download_url, "uniqueId": uuid.uuid4().hex.upper(), "fileType": kind}
    return {"contentType": FILE, "name": name, "contentUrl": url, "content": content}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
