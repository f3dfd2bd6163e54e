"""The connector's REST API v3: which call does what to the records, and with which error it refuses.

Error codes: https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
"""

from dataclasses import dataclass
from typing import Any, Final

from tests.support.teams import card_rules, offers
from tests.support.teams.model import Conversation, Json, Message, Person, Refusal
from tests.support.teams.state import State

_PAGE: Final = 200
_STATUS: Final = {"MessageSizeTooBig": 413}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back; `status` 0: the connection breaks off."""

    status: int
    body: Any
    error: str = ""
    retry_after: int | None = None


class Failed(Exception):  # noqa: N818 – an answer
    """A call that is refused."""

    def __init__(self, status: int, code: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.answer = Answer(status, {"error": {"code": code, "message": message}}, code, retry_after)


class Connector:
    """Takes calls whose token has been looked at."""

    def __init__(self, state: State) -> None:
        self._state = state

    def take(self, method: str, parts: list[str], query: dict[str, str], body: Json) -> Answer:
        """Do what one call asks for. Raises Failed."""
        match method, parts:
            case "POST", ["conversations"]:
                return self._create(body)
            case "POST", ["conversations", conversation, "activities"]:
                return self._send(self._conversation(conversation), body)
            case "PUT", ["conversations", conversation, "activities", activity]:
                return self._edit(*self._message(conversation, activity), body)
            case "DELETE", ["conversations", conversation, "activities", activity]:
                self._state.delete(self._message(conversation, activity)[1])
                return Answer(200, {})
            case "GET", ["conversations", conversation, "members"]:
                return Answer(200, self._roster(self._conversation(conversation)))
            case "GET", ["conversations", conversation, "members", member]:
                return self._member(self._conversation(conversation), member)
            case "GET", ["conversations", conversation, "pagedMembers"]:
                return self._page(self._conversation(conversation), query)
        raise Failed(404, "NotFound", f"There is no {method} of {'/'.join(parts)}.")

    def _conversation(self, known_by: str) -> Conversation:
        try:
            found = self._state.conversation(known_by)
        except Refusal:
            raise Failed(404, "ConversationNotFound", "Conversation not found.") from None
        if not found.bot_in:
            raise Failed(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")
        return found

    def _message(self, conversation: str, activity: str) -> tuple[Conversation, Message]:
        where = self._conversation(conversation)
        found = self._state.message(where, activity)
        if found is None:
            raise Failed(404, "ActivityNotFoundInConversation", "Activity was not found in the conversation.")
        if found.by:
            raise Failed(403, "Forbidden", "Only the bot's own messages can be changed.")
        return where, found

    def _create(self, body: Json) -> Answer:
        channel = (body.get("channelData") or {}).get("channel")
        if channel:
            where = self._conversation(str(channel.get("id")))
            posted = self._send(where, body.get("activity") or {}).body["id"]
            return Answer(201, {"id": f"{where.id};messageid={posted}", "activityId": posted})
        members = body.get("members") or []
        if body.get("isGroup") or len(members) != 1 or not isinstance(members[0], dict):
            raise Failed(400, "BadArgument", "A personal chat has one member.")
        tenant = body.get("tenantId") or ((body.get("channelData") or {}).get("tenant") or {}).get("id")
        if tenant != self._state.tenant:
            raise Failed(403, "Forbidden", "The bot does not belong to this tenant.")
        person = self._by_id(str(members[0].get("id")))
        if person is None:
            raise Failed(404, "UserNotFound", "The user was not found.")
        chat = self._state.personal(person)
        if not chat.bot_in:
            raise Failed(403, "ForbiddenOperationException", "Bot is not installed in user's personal scope.")
        return Answer(201, {"id": chat.id})

    def _by_id(self, known_by: str) -> Person | None:
        people = self._state.people.values()
        return next((each for each in people if known_by in (each.id, each.object_id)), None)

    @staticmethod
    def _judged(body: Json) -> Json:
        kind = body.get("type")
        if kind not in ("message", "typing"):
            raise Failed(400, "BadSyntax", f"Activities of the type {kind!r} cannot be sent.")
        if kind == "message" and (wrong := card_rules.of_message(body)):
            code, _, why = wrong.partition(" ")
            raise Failed(_STATUS.get(code, 400), code, why)
        return body

    def _send(self, where: Conversation, body: Json) -> Answer:
        kinds = [each.get("contentType") for each in body.get("attachments") or () if isinstance(each, dict)]
        if where.kind != "personal" and {offers.CONSENT, offers.INFO} & set(kinds):
            raise Failed(400, "BadArgument", "Files are given in personal chats alone.")
        if self._judged(body)["type"] == "typing":
            return Answer(202, {})
        return Answer(201, {"id": self._state.post(where, body).id})

    def _edit(self, where: Conversation, message: Message, body: Json) -> Answer:
        if body.get("id") not in (None, message.id):
            raise Failed(400, "BadArgument", f"The id of the activity is not the one in {where.id}.")
        self._state.edit(message, self._judged(body))
        return Answer(200, {"id": message.id})

    # --- who is there -----------------------------------------------------------------------------------------
    def _roster(self, where: Conversation) -> list[Json]:
        return [self._state.people[member].entry(self._state.tenant) for member in where.members]

    def _member(self, where: Conversation, known_by: str) -> Answer:
        person = self._by_id(known_by)
        if person is None or person.id not in where.members:
            raise Failed(404, "MemberNotFoundInConversation", "The member was not found in the conversation.")
        return Answer(200, person.entry(self._state.tenant))

    def _page(self, where: Conversation, query: dict[str, str]) -> Answer:
        try:
            size = min(_PAGE, max(1, int(query.get("pageSize", _PAGE))))
            start = int(query.get("continuationToken", 0))
        except ValueError:
            raise Failed(400, "BadArgument", "pageSize and continuationToken are not understood.") from None
        everybody = self._roster(where)
        page: Json = {"members": everybody[start : start + size]}
        if start + size < len(everybody):
            page["continuationToken"] = str(start + size)
        return Answer(200, page)
