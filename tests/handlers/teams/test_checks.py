"""What `mentorbot check` finds in Teams: what is well, and each thing that can be wrong, with its mend."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bot.handlers.platform import Finding
from bot.handlers.teams.places import Servers
from bot.handlers.teams.platform import TeamsPlatform
from bot.settings import SettingsError, TeamsSettings
from tests.support.bots import OFFICE
from tests.support.teams import TeamsPlace
from tests.support.teams_bots import TeamsBot, TeamsBots

NOWHERE = "http://127.0.0.1:9"
"""Where nothing listens."""


def settings_of(place: TeamsPlace, **more: Any) -> TeamsSettings:
    """What the wing is told in that place."""
    known = TeamsSettings(place.app_id, place.tenant)
    return replace(known, **more)


def servers_of(place: TeamsPlace, **more: Any) -> Servers:
    """Microsoft's servers there; a token is given."""

    async def token() -> str:
        return place.service.bot_token

    return replace(Servers(place.service.keys_url, place.service.service_url.rstrip("/"), token), **more)


async def found(settings: TeamsSettings, servers: Servers) -> list[Finding]:
    """All findings, in their order."""
    return [finding async for finding in TeamsPlatform(settings, servers).checks()]


@pytest.fixture
async def bot(teams_bots: TeamsBots) -> TeamsBot:
    """A bot, its office's channel and its people; Mary has not got the app."""
    bot = await teams_bots.start(["Ada", "Katherine"], ["Ada"], office_channel=True, rate_limits=False)
    bot.people["Mary"] = bot.place.add_person("Mary")
    return bot


async def test_all_is_well(bot: TeamsBot) -> None:
    channel = bot.channel or ""
    wanted = ("ada@example.org", bot.people["Katherine"])
    settings = settings_of(bot.place, administrators=wanted, admin_channels={"office": channel})
    findings = await found(settings, servers_of(bot.place))
    assert [(each.well, each.says) for each in findings] == [
        (True, "Microsoft gives the bot a token for Teams."),
        (True, "The keys with which Teams signs what it delivers are there."),
        (True, f"The office’s channel {channel} is found; one person reads it."),
        (True, "The administrator ada@example.org is found in Teams."),
        (True, f"The administrator {bot.people['Katherine']} is found in Teams."),
    ]


async def test_without_a_channel_the_office_hears_in_its_own_chats(bot: TeamsBot) -> None:
    *_, last = await found(settings_of(bot.place), servers_of(bot.place))
    assert last.well
    assert last.says == "No channel for the office in Teams: each of its people gets the messages themselves."


async def test_whoever_has_not_come_yet_is_no_fault(bot: TeamsBot) -> None:
    nobody = str(uuid4())
    wanted = ("katherine@example.org", "nobody@example.org", bot.people["Mary"], nobody)
    settings = settings_of(bot.place, administrators=wanted, admin_channels={"office": bot.channel or ""})
    of_people = (await found(settings, servers_of(bot.place)))[3:]
    assert [each.well for each in of_people] == [True] * 4
    for each, address in zip(of_people, wanted, strict=True):
        assert each.says.startswith(f"The administrator {address}, in Teams: ")
        assert "what they may do is theirs once they have" in each.says


async def test_a_channel_without_the_app(bot: TeamsBot) -> None:
    elsewhere = "19:elsewhere@thread.tacv2"
    settings = settings_of(bot.place, admin_channels={"office": elsewhere}, administrators=("ada@example.org",))
    channel, person = (await found(settings, servers_of(bot.place)))[2:]
    assert not channel.well
    assert channel.says.startswith(f"TEAMS_OFFICE_CHANNEL (the office’s channel {elsewhere}) names a channel of a team")
    assert "to which the app has not been added: give the id of the channel" in channel.says
    assert "could not" not in person.says


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (PermissionError("invalid_client"), "invalid_client"),
        (ValueError("Could not: AADSTS7000215: Invalid client secret provided."), "AADSTS7000215"),
        (FileNotFoundError(2, "No such file", "/etc/mentorbot/secret.pem"), "FileNotFoundError"),
    ],
)
async def test_no_token(bot: TeamsBot, error: Exception, word: str) -> None:
    async def token() -> str:
        raise error

    servers = servers_of(bot.place, token=token)
    ways: dict[str, dict[str, Any]] = {
        "TEAMS_APP_PASSWORD": {},
        "TEAMS_APP_CERTIFICATE_PATH": {"certificate": Path("secret.pem")},
        "TEAMS_MANAGED_IDENTITY": {"identity": "system"},
    }
    for name, way in ways.items():
        (only,) = await found(settings_of(bot.place, **way), servers)
        assert not only.well
        assert only.says.startswith(f"{name} is refused by Microsoft ({word}): ")
    assert "secret" not in only.says.lower()


async def test_microsoft_is_not_reached_for_a_token(bot: TeamsBot) -> None:
    async def token() -> str:
        raise ConnectionResetError

    servers = servers_of(bot.place, token=token)
    said = "Microsoft is not reached (ConnectionResetError): check the network, or the proxy if any."
    assert await found(settings_of(bot.place), servers) == [Finding(False, said)]
    platform = TeamsPlatform(settings_of(bot.place), servers)
    with pytest.raises(SettingsError, match="Microsoft is not reached") as refused:
        await platform.connect()
    assert refused.value.problems == (said,)
    await platform.close()


async def test_the_keys_are_not_reached(bot: TeamsBot) -> None:
    for keys, word in ((f"{NOWHERE}/keys", "ConnectError"), (f"{bot.place.service.url}/nothing", "404")):
        _, keys_finding, *_ = await found(settings_of(bot.place), servers_of(bot.place, keys=keys))
        assert not keys_finding.well
        assert keys_finding.says.startswith(f"Microsoft is not reached ({word})")


async def test_the_keys_are_none_with_which_teams_signs(bot: TeamsBot) -> None:
    bot.place.service.keys.clear()
    _, keys_finding, *_ = await found(settings_of(bot.place), servers_of(bot.place))
    assert not keys_finding.well
    assert keys_finding.says.startswith("The keys with which Teams signs what it delivers are not where they should be")


async def test_teams_servers_are_not_reached(bot: TeamsBot) -> None:
    settings = settings_of(
        bot.place, admin_channels={"office": bot.channel or ""}, administrators=(bot.people["Ada"], "ada@example.org")
    )
    channel, by_id, by_email = (await found(settings, servers_of(bot.place, service=NOWHERE)))[2:]
    assert not channel.well
    assert "could not be looked up (ConnectError)" in channel.says
    assert "could not be looked up (ConnectError)" in by_id.says
    assert "could not be looked up (ConnectError)" in by_email.says


async def test_nothing_is_changed_and_nobody_is_written_to(bot: TeamsBot) -> None:
    await bot.quiet()
    before = len(bot.place.state.calls)
    settings = settings_of(bot.place, administrators=("ada@example.org", bot.people["Katherine"]),
                           admin_channels={"office": bot.channel or ""})  # fmt: skip
    await found(settings, servers_of(bot.place))
    done = [(call.method, call.path.rpartition("/")[2]) for call in bot.place.state.calls[before:]]
    # A conversation that is begun with somebody shows nothing to them until something is said in it.
    assert {each for each in done if each[0] != "GET"} <= {("POST", "conversations")}
    assert OFFICE not in json.dumps([call.body for call in bot.place.state.calls[before:]])
