"""Everything that differs from one installation to the next, typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from bot import servers
from bot.entries import Entry, entry
from bot.settings.mends import SettingsError, sentence

SLACK_API: Final = "https://slack.com/api/"
_TEAMS_CHANNEL: Final = re.compile(r"19:[A-Za-z0-9_\-.]+@thread\.(?:tacv2|skype)")


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What Slack's wing is told: its tokens and address, and whom and what to look for in the workspace."""

    bot_token: SecretStr
    signing_secret: SecretStr | None
    app_token: SecretStr | None
    api_url: str
    administrators: tuple[str, ...]
    admin_channels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """What Teams' wing is told: as whom the bot comes, to which tenant, and where its offices meet. `identity`: the
    client id of a managed identity, or "system"; it, the password or the certificate is there. `dialogs`: whether forms
    open as dialogs."""

    app_id: str
    tenant: str
    password: SecretStr | None = None
    certificate: Path | None = None
    identity: str | None = None
    administrators: tuple[str, ...] = ()
    admin_channels: Mapping[str, str] = field(default_factory=dict)
    dialogs: bool = False

    @property
    def way_in(self) -> str:
        """Which setting says how the bot signs in."""
        if self.certificate is not None:
            return "TEAMS_APP_CERTIFICATE_PATH"
        return "TEAMS_MANAGED_IDENTITY" if self.identity is not None else "TEAMS_APP_PASSWORD"


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _split(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _split_secret(value: Any) -> Any:
    return tuple(SecretStr(part) for part in _split(value)) if isinstance(value, str) else value


class Settings(BaseModel):
    """Everything that differs from one installation to the next. Made from the environment by `from_environment`."""

    model_config = ConfigDict(frozen=True, populate_by_name=True, hide_input_in_errors=True, extra="ignore")

    bot_token: SecretStr | None = Field(default=None, alias="SLACK_BOT_TOKEN")
    signing_secret: SecretStr | None = Field(default=None, alias="SLACK_SIGNING_SECRET")
    app_token: SecretStr | None = Field(default=None, alias="SLACK_APP_TOKEN")
    api_url: str = Field(default=SLACK_API, alias="SLACK_API_URL")
    teams_app: UUID | None = Field(default=None, alias="TEAMS_APP_ID")
    teams_tenant: UUID | None = Field(default=None, alias="TEAMS_TENANT_ID")
    teams_password: SecretStr | None = Field(default=None, alias="TEAMS_APP_PASSWORD")
    teams_certificate: Annotated[Path | None, AfterValidator(servers.readable)] = Field(
        default=None, alias="TEAMS_APP_CERTIFICATE_PATH"
    )
    teams_identity: Annotated[str | None, AfterValidator(servers.identity)] = Field(
        default=None, alias="TEAMS_MANAGED_IDENTITY"
    )
    teams_channel: str | None = Field(default=None, alias="TEAMS_OFFICE_CHANNEL")
    teams_dialogs: bool = Field(default=False, alias="TEAMS_DIALOGS")
    database_url: SecretStr = Field(default=SecretStr("sqlite:///mentorbot.db"), alias="DATABASE_URL")
    schemes: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)] = Field(
        default=("british_cardiovascular_society",), min_length=1, alias="MENTORBOT_SCHEME"
    )
    administrators: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)] = Field(
        default=(), alias="MENTORBOT_ADMINISTRATORS"
    )
    admin_channel: str | None = Field(default=None, alias="MENTORBOT_ADMIN_CHANNEL")
    keys: Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_split_secret)] = Field(alias="MENTORBOT_KEYS")
    """Fernet keys: the first one encrypts, all of them decrypt."""
    host: str = Field(default="127.0.0.1", alias="MENTORBOT_HOST")
    port: int | None = Field(default=None, ge=0, le=65535, alias="MENTORBOT_PORT")
    public_url: Annotated[str | None, AfterValidator(servers.public)] = Field(default=None, alias="PUBLIC_URL")
    """Where the web server is reached from outside, without a slash at its end."""
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = Field(
        default="info", alias="MENTORBOT_LOG_LEVEL"
    )
    log_json: bool = Field(default=False, alias="MENTORBOT_LOG_JSON")
    smtp_url: SecretStr | None = Field(default=None, alias="SMTP_URL")
    azure_tenant: Annotated[str | None, AfterValidator(servers.tenant)] = Field(default=None, alias="AZURE_TENANT_ID")
    azure_client: UUID | None = Field(default=None, alias="AZURE_CLIENT_ID")
    azure_secret: SecretStr | None = Field(default=None, alias="AZURE_CLIENT_SECRET")
    azure_certificate: Annotated[Path | None, AfterValidator(servers.readable)] = Field(
        default=None, alias="AZURE_CLIENT_CERTIFICATE_PATH"
    )
    graph_url: Annotated[str | None, AfterValidator(servers.graph)] = Field(default=None, alias="GRAPH_API_URL")
    graph_managers: bool = Field(default=False, alias="GRAPH_MANAGERS")
    """Whether members are kept apart from whom Microsoft 365's directory has as their managers."""

    @field_validator("bot_token")
    @classmethod
    def _bot_token(cls, value: SecretStr | None) -> SecretStr | None:
        return value and _begins(value, "xoxb-")

    @field_validator("app_token")
    @classmethod
    def _app_token(cls, value: SecretStr | None) -> SecretStr | None:
        return value and _begins(value, "xapp-")

    @field_validator("api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if not parts.hostname or parts.scheme not in ("http", "https"):
            raise ValueError("is not an address")
        if parts.scheme == "http" and parts.hostname not in servers.LOOPBACK:
            raise ValueError("would send the token in the clear")
        return value if value.endswith("/") else value + "/"

    @field_validator("database_url")
    @classmethod
    def _database_url(cls, value: SecretStr) -> SecretStr:
        kind = value.get_secret_value().split("://")[0].split("+")[0]
        if kind not in ("sqlite", "postgresql", "postgres"):
            raise ValueError("is neither SQLite nor PostgreSQL")
        return value

    @field_validator("keys")
    @classmethod
    def _keys(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        from cryptography.fernet import Fernet  # late: the command line's help needs none of it

        if not value:
            raise ValueError("holds no key")
        for number, key in enumerate(value, 1):
            try:
                Fernet(key.get_secret_value())
            except ValueError:
                raise ValueError(f"is malformed at key {number}") from None
        return value

    @field_validator("smtp_url")
    @classmethod
    def _smtp_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            servers.mail(value.get_secret_value())
        return value

    @field_validator("admin_channel", "teams_channel")
    @classmethod
    def _one_each(cls, value: str | None) -> str | None:
        names = [name for name, _ in channels_in(value)]
        if len(set(names)) < len(names):
            raise ValueError("names two channels for one office")
        return value

    @field_validator("teams_channel")
    @classmethod
    def _channel_of_teams(cls, value: str | None) -> str | None:
        if not all(_TEAMS_CHANNEL.fullmatch(channel) for _, channel in channels_in(value)):
            raise ValueError("is no id of a channel")
        return value

    @property
    def admin_channels(self) -> Mapping[str, str]:
        """The offices' channels, on whichever platform they are: "office" for all that have none of their own,
        "office:key" for one that has; headed by "scheme/" where the entry says for which."""
        return dict([*channels_in(self.admin_channel), *channels_in(self.teams_channel)])

    def setting_of(self, channel: str) -> str:
        """Which setting gives an office that channel, by its name in `admin_channels`."""
        return "MENTORBOT_ADMIN_CHANNEL" if channel in dict(channels_in(self.admin_channel)) else "TEAMS_OFFICE_CHANNEL"

    @property
    def addresses(self) -> tuple[str, ...]:
        """The administrators' addresses and ids, without their offices."""
        return tuple(entry(one).value for one in self.administrators)

    @property
    def slack(self) -> SlackSettings | None:
        """What concerns Slack, if the bot is there."""
        if self.bot_token is None:
            return None
        channels = dict(channels_in(self.admin_channel))
        tokens = self.bot_token, self.signing_secret, self.app_token
        return SlackSettings(*tokens, self.api_url, self.addresses, channels)

    @property
    def in_slack(self) -> SlackSettings:
        """The same, where it certainly is. Raises SettingsError."""
        if (slack := self.slack) is None:
            raise SettingsError((sentence("SLACK_BOT_TOKEN", "is missing"),))
        return slack

    @property
    def teams(self) -> TeamsSettings | None:
        """What concerns Teams, if the bot is there."""
        if self.teams_app is None or self.teams_tenant is None:
            return None
        as_whom = self.teams_password, self.teams_certificate, self.teams_identity
        channels = dict(channels_in(self.teams_channel))
        app, tenant = str(self.teams_app), str(self.teams_tenant)
        return TeamsSettings(app, tenant, *as_whom, self.addresses, channels, dialogs=self.teams_dialogs)

    @property
    def is_delivered_to(self) -> bool:
        """Whether a platform, or a calendar, has to reach the bot's web server."""
        by_http = self.bot_token is not None and self.app_token is None
        return by_http or self.teams_app is not None or self.public_url is not None

    @property
    def mail(self) -> servers.Mail | None:
        """The mail server, if e-mail copies go out at all."""
        return servers.mail(self.smtp_url.get_secret_value()) if self.smtp_url else None

    @property
    def graph(self) -> servers.MicrosoftApplication | None:
        """As whom the bot comes to Microsoft 365's calendars, if it does."""
        if self.azure_tenant is None or self.azure_client is None:
            return None
        who = str(self.azure_client), self.azure_secret, self.azure_certificate
        return servers.MicrosoftApplication(self.azure_tenant, *who, url=self.graph_url or servers.GRAPH)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The keys of the private columns, in the clear, for the database alone."""
        return tuple(key.get_secret_value() for key in self.keys)


def channels_in(value: str | None) -> list[tuple[str, str]]:
    """The offices of a setting, as `Settings.admin_channels` names them, with their channels."""
    entries = [_channel(each) for each in _split(value or "")]
    offices = ["office" if each.office is None else f"office:{each.office}" for each in entries]
    heads = ["" if each.scheme is None else f"{each.scheme}/" for each in entries]
    return [(head + office, each.value) for head, office, each in zip(heads, offices, entries, strict=True)]


def _channel(written: str) -> Entry:
    """An entry whose value is a channel: the ids of some hold a colon of their own."""
    found = _TEAMS_CHANNEL.search(written)
    if found is None:
        return entry(written)
    return replace(entry(f"{written[: found.start()]}-"), value=found.group())


def _begins(value: SecretStr, prefix: str) -> SecretStr:
    secret = value.get_secret_value()
    if not (secret.startswith(prefix) and secret.isascii() and secret.isprintable() and " " not in secret):
        raise ValueError(f"does not look like a token that begins with {prefix}")
    return value
