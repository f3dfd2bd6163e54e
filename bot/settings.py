"""The environment as typed settings. What is missing or malformed is said with its mend, and never with its value."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from os import environ
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit
from uuid import UUID

from dotenv import dotenv_values
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import servers
from bot.entries import Entry, entry

SLACK_API: Final = "https://slack.com/api/"
_TEAMS_CHANNEL: Final = re.compile(r"19:[A-Za-z0-9_\-.]+@thread\.(?:tacv2|skype)")

MENDS: Final[Mapping[str, str]] = {
    "SLACK_BOT_TOKEN": "copy the Bot User OAuth Token (xoxb-…) from “OAuth & Permissions” of your Slack app",
    "SLACK_SIGNING_SECRET": "copy the Signing Secret from “Basic Information” of your Slack app",
    "SLACK_APP_TOKEN": "make an app-level token (xapp-…) with connections:write under “Basic Information”",
    "SLACK_API_URL": "leave it out, unless Slack is reached through a gateway of your own (https://…/api/)",
    "DATABASE_URL": "give sqlite:///mentorbot.db or postgresql://user:password@host/name",
    "MENTORBOT_SCHEME": "give the names of schemes that come with the bot, or the paths of files, parted by commas",
    "TEAMS_APP_ID": "copy the Microsoft App ID of your Azure Bot, or leave out all that begins with TEAMS_",
    "TEAMS_TENANT_ID": "copy the Directory (tenant) ID of your organisation, from Microsoft Entra",
    "TEAMS_APP_PASSWORD": "copy the value of a client secret of the bot's app registration, or give "
    "TEAMS_APP_CERTIFICATE_PATH or TEAMS_MANAGED_IDENTITY",
    "TEAMS_APP_CERTIFICATE_PATH": "give a PEM file with certificate and private key, and no password beside it",
    "TEAMS_MANAGED_IDENTITY": "give the client id of the managed identity, or the word system, and no password beside "
    "it",
    "TEAMS_OFFICE_CHANNEL": "give the id of the channel (19:…@thread.tacv2, from “Get link to channel”), and write "
    "office:19:… for the channel of one office",
    "TEAMS_DIALOGS": "give true for forms as dialogs, or leave it out for forms in the chat",
    "MENTORBOT_ADMINISTRATORS": "give e-mail addresses, Slack member ids or Microsoft Entra object ids, with commas "
    "between them, and write office:address for an office that is not the scheme's first",
    "MENTORBOT_ADMIN_CHANNEL": "give the private channel's id (C…) or its #name, and write office:#name for "
    "the channel of one office",
    "MENTORBOT_KEYS": "put the output of “mentorbot key” there; older keys follow after a comma",
    "MENTORBOT_HOST": "give the address to listen at; 127.0.0.1 behind a proxy, 0.0.0.0 for everybody",
    "MENTORBOT_PORT": "give a number from 0 to 65535; 0 takes a free one",
    "PUBLIC_URL": "give the https address at which the bot's web server is reached from outside, or leave it out",
    "MENTORBOT_LOG_LEVEL": "give debug, info, warning or error",
    "MENTORBOT_LOG_JSON": "give true for one JSON object a line, or leave it out",
    "AZURE_TENANT_ID": "copy the Directory (tenant) ID of your application in Microsoft Entra, or leave out all that "
    "begins with AZURE_",
    "AZURE_CLIENT_ID": "copy the Application (client) ID of your application in Microsoft Entra",
    "AZURE_CLIENT_SECRET": "copy the value of a client secret from “Certificates & secrets”, or give a certificate",
    "AZURE_CLIENT_CERTIFICATE_PATH": "give a PEM file with certificate and private key, and no secret beside it",
    "GRAPH_API_URL": "leave it out, unless your tenant is in a national cloud (https://…/v1.0)",
    "SMTP_URL": "give smtp://user:password@host:587?from=mentoring@example.org (or smtps://…:465)",
}
"""What to do about each setting."""


class SettingsError(Exception):
    """A setting that is missing or malformed; `problems` has one sentence each, `str` is the first of them."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        more = len(problems) - 1
        also = f" (And {more} more: “mentorbot check” lists them.)" if more else ""
        super().__init__(problems[0] + also)


def sentence(name: str, wrong: str) -> str:
    """One sentence about one setting, with its mend."""
    return f"{name} {wrong}: {MENDS[name]}."


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
        names = [name for name, _ in _channels(value)]
        if len(set(names)) < len(names):
            raise ValueError("names two channels for one office")
        return value

    @field_validator("teams_channel")
    @classmethod
    def _channel_of_teams(cls, value: str | None) -> str | None:
        if not all(_TEAMS_CHANNEL.fullmatch(channel) for _, channel in _channels(value)):
            raise ValueError("is no id of a channel")
        return value

    @property
    def admin_channels(self) -> Mapping[str, str]:
        """The offices' channels, on whichever platform they are: "office" for all that have none of their own,
        "office:key" for one that has; headed by "scheme/" where the entry says for which."""
        return dict([*_channels(self.admin_channel), *_channels(self.teams_channel)])

    def setting_of(self, channel: str) -> str:
        """Which setting gives an office that channel, by its name in `admin_channels`."""
        return "MENTORBOT_ADMIN_CHANNEL" if channel in dict(_channels(self.admin_channel)) else "TEAMS_OFFICE_CHANNEL"

    @property
    def addresses(self) -> tuple[str, ...]:
        """The administrators' addresses and ids, without their offices."""
        return tuple(entry(one).value for one in self.administrators)

    @property
    def slack(self) -> SlackSettings | None:
        """What concerns Slack, if the bot is there."""
        if self.bot_token is None:
            return None
        channels = dict(_channels(self.admin_channel))
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
        channels = dict(_channels(self.teams_channel))
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


class _FromEnvironment(BaseSettings, Settings):
    model_config = SettingsConfigDict(
        frozen=True, populate_by_name=False, hide_input_in_errors=True, extra="ignore", env_ignore_empty=True,
        env_file_encoding="utf-8",
    )  # fmt: skip


def from_environment(env_file: Path | None = Path(".env")) -> Settings:
    """The settings of this process's environment; `env_file` fills in what the environment leaves out.

    Raises SettingsError, which says what is wrong and how to mend it.
    """
    try:
        found = _FromEnvironment(_env_file=env_file)
    except ValidationError as error:
        nowhere = () if _given(env_file) & {"SLACK_BOT_TOKEN", "TEAMS_APP_ID"} else (_NOWHERE,)
        wrong = (_problem(dict(one)) for one in error.errors())
        raise SettingsError((*nowhere, *wrong, *unknown(env_file))) from None
    except (OSError, UnicodeDecodeError):
        raise SettingsError((f"{env_file} cannot be read: make it a readable UTF-8 text file.",)) from None
    if problems := tuple(_together(found)):
        raise SettingsError(problems)
    return found


def _together(found: Settings) -> Iterator[str]:
    """One sentence for each setting that is wanting beside another."""
    yield from _of_slack(found)
    yield from _of_teams(found)
    yield from _of_azure(found)
    if both := set(dict(_channels(found.admin_channel))) & set(dict(_channels(found.teams_channel))):
        yield sentence("TEAMS_OFFICE_CHANNEL", f"names a channel of {sorted(both)[0]}, as MENTORBOT_ADMIN_CHANNEL does")


_NOWHERE: Final = (
    "SLACK_BOT_TOKEN is missing, and so is TEAMS_APP_ID: "
    f"for Slack {MENDS['SLACK_BOT_TOKEN']}; for Microsoft Teams {MENDS['TEAMS_APP_ID']}."
)


def _of_slack(found: Settings) -> Iterator[str]:
    if found.bot_token is None:
        if found.signing_secret or found.app_token:
            other = "SLACK_SIGNING_SECRET" if found.signing_secret else "SLACK_APP_TOKEN"
            yield sentence("SLACK_BOT_TOKEN", f"is missing, where {other} is given")
        elif found.teams_app is None:
            yield _NOWHERE
    elif found.app_token is None and found.signing_secret is None:
        wrong = "is missing, and so is SLACK_APP_TOKEN"
        way = f"for Socket Mode {MENDS['SLACK_APP_TOKEN']}; to be reached over HTTP {MENDS['SLACK_SIGNING_SECRET']}"
        yield f"SLACK_SIGNING_SECRET {wrong}: {way}."


def _of_teams(found: Settings) -> Iterator[str]:
    as_whom = {
        "TEAMS_APP_PASSWORD": found.teams_password,
        "TEAMS_APP_CERTIFICATE_PATH": found.teams_certificate,
        "TEAMS_MANAGED_IDENTITY": found.teams_identity,
    }
    needed = {"TEAMS_APP_ID": found.teams_app, "TEAMS_TENANT_ID": found.teams_tenant}
    every = (
        needed | as_whom | {"TEAMS_OFFICE_CHANNEL": found.teams_channel, "TEAMS_DIALOGS": found.teams_dialogs or None}
    )
    first = next((name for name, value in every.items() if value is not None), None)
    if first is None:
        return
    for name in (name for name, value in needed.items() if value is None):
        yield sentence(name, f"is missing, where {first} is given")
    ways = [name for name, value in as_whom.items() if value is not None]
    if not ways:
        yield sentence("TEAMS_APP_PASSWORD", f"is missing, where {first} is given")
    for name in ways[1:]:
        yield sentence(name, f"is given beside {ways[0]}")


def _of_azure(found: Settings) -> Iterator[str]:
    given = {
        "AZURE_TENANT_ID": found.azure_tenant,
        "AZURE_CLIENT_ID": found.azure_client,
        "AZURE_CLIENT_SECRET": found.azure_secret,
        "AZURE_CLIENT_CERTIFICATE_PATH": found.azure_certificate,
        "GRAPH_API_URL": found.graph_url,
    }
    first = next((name for name, value in given.items() if value is not None), None)
    if first is None:
        return
    for name in ("AZURE_TENANT_ID", "AZURE_CLIENT_ID"):
        if given[name] is None:
            yield sentence(name, f"is missing, where {first} is given")
    if found.azure_secret is None and found.azure_certificate is None:
        yield sentence(
            "AZURE_CLIENT_SECRET", f"is missing, and so is AZURE_CLIENT_CERTIFICATE_PATH, where {first} is given"
        )
    if found.azure_secret is not None and found.azure_certificate is not None:
        yield sentence("AZURE_CLIENT_CERTIFICATE_PATH", "is given beside AZURE_CLIENT_SECRET")


def unknown(env_file: Path | None = Path(".env")) -> tuple[str, ...]:
    """One sentence for each setting that nobody reads, and that looks as if it were meant for the bot."""
    strange = (
        name for name in sorted(_given(env_file) - set(MENDS)) if name.startswith(("MENTORBOT_", "SLACK_", "TEAMS_"))
    )
    return tuple(_unknown(name) for name in strange)


def _given(env_file: Path | None) -> set[str]:
    return {name.upper() for name in (*environ, *(dotenv_values(env_file) if env_file else ()))}


def _unknown(name: str) -> str:
    head, _, tail = name.partition("_")
    known = [each.removeprefix(f"{head}_") for each in MENDS if each.startswith(head)]
    near = get_close_matches(tail, known, 1)
    return f"{name} is not a setting{f'; did you mean {head}_{near[0]}?' if near else ': leave it out.'}"


def _problem(error: Mapping[str, Any]) -> str:
    name = str(error["loc"][0])
    if error["type"] == "missing":
        return sentence(name, "is missing")
    message = str(error["msg"])
    ours = message.startswith("Value error, ")
    return sentence(name, message.removeprefix("Value error, ") if ours else "is malformed")


def _channels(value: str | None) -> list[tuple[str, str]]:
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
