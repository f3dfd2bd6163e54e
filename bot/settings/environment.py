"""The settings of this process's environment, with all that is wrong with them said at one go."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings.mends import MENDS, SettingsError, given, sentence, unknown
from bot.settings.model import Settings, channels_in


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
        nowhere = () if given(env_file) & {"SLACK_BOT_TOKEN", "TEAMS_APP_ID"} else (_NOWHERE,)
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
    if both := set(dict(channels_in(found.admin_channel))) & set(dict(channels_in(found.teams_channel))):
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
        "GRAPH_MANAGERS": found.graph_managers or None,
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


def _problem(error: Mapping[str, Any]) -> str:
    name = str(error["loc"][0])
    if error["type"] == "missing":
        return sentence(name, "is missing")
    message = str(error["msg"])
    ours = message.startswith("Value error, ")
    return sentence(name, message.removeprefix("Value error, ") if ours else "is malformed")
