"""What all parts of the workspace share: who it is, what it holds, and the counters of protocol time."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from slack_workspace.bounded import trim
from slack_workspace.changes import Changes
from slack_workspace.errors import SlackError
from slack_workspace.faults import Faults
from slack_workspace.limits import Limits
from slack_workspace.model import Channel, Json, Message, Person
from slack_workspace.responses import Responses
from slack_workspace.scopes import EVERYTHING
from slack_workspace.state import State, channel_kind, new_id
from slack_workspace.triggers import Triggers


@dataclass(frozen=True, slots=True)
class Call:
    """A Web API call as it was made and answered; `error` is Slack's name for the refusal, or "" if it went well."""

    method: str
    arguments: Json
    answer: Json
    error: str
    status: int = 200


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the workspace and the app are, and the secrets the app is given."""

    team_id: str
    team_name: str
    signing_secret: str
    bot_token: str
    app_token: str
    app_id: str = field(default_factory=lambda: new_id("A"))
    bot_id: str = field(default_factory=lambda: new_id("B"))
    bot_user: str = field(default_factory=lambda: new_id("U"))
    bot_name: str = "Mentoring"
    verification_token: str = field(default_factory=lambda: secrets.token_hex(12))

    @property
    def domain(self) -> str:
        return "".join(letter for letter in self.team_name.lower() if letter.isascii() and letter.isalnum()) or "team"


class Core:
    """Shared by the Web API, the interactions, the deliveries and the page."""

    def __init__(
        self,
        identity: Identity,
        *,
        now: Callable[[], datetime] | None = None,
        scopes: Iterable[str] | None = None,
        rate_limits: bool = True,
    ) -> None:
        self.identity = identity
        self.changes = Changes()
        self.state = State(now or (lambda: datetime.now(UTC)), self.changes)
        self.scopes = EVERYTHING if scopes is None else frozenset(scopes)
        self.installed = True
        """Whether the app is in the workspace; its token is worth nothing where it is not."""
        self.limits = Limits(enabled=rate_limits)
        self.faults = Faults()
        self.triggers = Triggers()
        self.responses = Responses()
        self.calls: list[Call] = []
        self.url = ""
        self.open_socket: Callable[[], str] = lambda: ""
        self.posted: Callable[[Message], None] = lambda said: None
        """Told of every message that the app posts with chat.postMessage."""
        self.state.put_person(
            Person(identity.bot_user, identity.bot_name, identity.bot_name.lower(), None, "Etc/UTC", bot=True)
        )

    def record(self, call: Call) -> None:
        self.calls.append(call)
        trim(self.calls)
        self.changes.touch()

    # --- finding, with Slack's refusals -----------------------------------------------------------------------
    def person(self, user: str, error: str = "user_not_found") -> Person:
        """Raises SlackError(error) for somebody who is not here."""
        found = self.state.people.get(user)
        if found is None:
            raise SlackError(error)
        return found

    def is_member(self, channel: Channel) -> bool:
        return self.identity.bot_user in channel.members

    def channel(self, channel_id: str) -> Channel:
        """The conversation, if the app may know of it: a private channel without the bot does not exist for it."""
        found = self.state.channels.get(channel_id)
        if found is None or (found.private and not self.is_member(found)):
            raise SlackError("channel_not_found")
        return found

    def postable(self, name: str) -> Channel:
        """Where the bot may post: a conversation it is in by id or name, or a person's id, for their DM with the app.

        Raises SlackError: channel_not_found, not_in_channel, is_archived, cannot_dm_bot.
        """
        if name.startswith(("U", "W")) and name in self.state.people:
            return self.dm(name)
        named = self.state.channel_named(name.removeprefix("#"))
        channel = self.channel(named.id if named else name)
        if channel.archived:
            raise SlackError("is_archived")
        if not self.is_member(channel) and "chat:write.public" not in self.scopes:
            raise SlackError("not_in_channel")
        return channel

    def dm(self, user: str) -> Channel:
        """The DM between the app and this person, made if it is not there yet. Raises SlackError(cannot_dm_bot)."""
        person = self.person(user, "channel_not_found")
        if person.bot:
            raise SlackError("cannot_dm_bot")
        found = self.state.dm_of(user)
        if found is None:
            members = (self.identity.bot_user, user)
            found = Channel(new_id("D"), person.name, "dm", members, self.state.seconds(), user=user)
            self.state.put_channel(found)
        return found

    def group(self, users: Sequence[str], *, create: bool = True) -> Channel:
        """The direct messages of these people and the app, made if they are not there yet and `create` says so."""
        members = (self.identity.bot_user, *users)
        found = self.state.group_of(members)
        if found is None:
            if not create:
                raise SlackError("channel_not_found")
            handles = "--".join(self.person(each).name.split()[0].lower() for each in users)
            name = f"mpdm-{self.identity.bot_name.lower().replace(' ', '')}--{handles}-1"
            found = Channel(new_id("G"), name, "group", members, self.state.seconds())
            self.state.put_channel(found)
        return found

    def need_scope(self, scope: str | None) -> None:
        """Raises SlackError(missing_scope) with what was needed and what the app has."""
        if scope and scope not in self.scopes:
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))

    def own_team(self, team_id: str) -> None:
        """Raises SlackError(team_access_not_granted) for another team than the one the app is installed in."""
        if team_id not in ("", self.identity.team_id):
            raise SlackError("team_access_not_granted")

    def need_scope_for(self, channel: Channel, scopes: dict[str, str]) -> None:
        self.need_scope(scopes[channel_kind(channel)])

    # --- what several objects carry - ----------------------------------------------------------------------------
    def picture(self, who: Person) -> str:
        """Where somebody's picture is."""
        return f"{self.url}/pictures/{who.id}.svg"

    def bot_profile(self) -> dict[str, Any]:
        identity = self.identity
        icon = self.picture(self.state.people[identity.bot_user])
        return {
            "id": identity.bot_id,
            "app_id": identity.app_id,
            "name": identity.bot_name,
            "icons": {"image_36": icon, "image_48": icon, "image_72": icon},
            "deleted": False,
            "updated": self.state.people[identity.bot_user].updated,
            "team_id": identity.team_id,
        }
