"""The command line: what it says when all is well, and when something is not."""

import json
import re
import socket
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from dataclasses import replace
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy import Connection
from typer.testing import CliRunner

from bot.__main__ import main
from bot.app import build
from bot.checkup import look
from bot.handlers.slack.app import SCOPES
from bot.handlers.slack.checks import granted
from bot.settings import MENDS, SettingsError
from bot.storage import offices, people
from bot.storage.database import Database
from slack_workspace import Workspace
from slack_workspace.test_user import TestUser
from tests.support.bots import Bot, Bots, add_person, settings_for
from tests.support.databases import KEYS
from tests.support.dispatchers import Office
from tests.support.processes import environment, run, serving

CAREER = "Resident doctor within one year of CCT"


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    made = Workspace(scopes=SCOPES, retries=(0.0,))
    for name in ("Ada", "Mary"):
        add_person(made, name)
    await made.start()
    yield made
    await made.stop()


async def test_a_missing_setting_stops_the_start_with_one_sentence(tmp_path: Path) -> None:
    code, output, errors = await run(tmp_path, environment(None), "serve")
    assert (code, output) == (1, "")
    assert errors.count("\n") == 1
    assert errors.startswith("SLACK_BOT_TOKEN is missing, and so is TEAMS_APP_ID: ")


async def test_a_refused_token_stops_the_start_without_a_traceback(workspace: Workspace, tmp_path: Path) -> None:
    code, _, errors = await run(
        tmp_path, environment(workspace, SLACK_BOT_TOKEN="xoxb-another"), "serve", "--port", "0"
    )
    assert code == 1
    assert errors.startswith("SLACK_BOT_TOKEN is refused by Slack (invalid_auth): ")
    assert "Traceback" not in errors
    assert "xoxb-another" not in errors


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"api_url": "http://127.0.0.1:9/api/"}, "Slack is not reached"),
        ({"app_token": SecretStr("xapp-another")}, "SLACK_APP_TOKEN is refused by Slack"),
        ({"admin_channel": "#nowhere"}, "MENTORBOT_ADMIN_CHANNEL names no private channel"),
        ({"admin_channel": "C0NOWHERE"}, "MENTORBOT_ADMIN_CHANNEL names no private channel"),
        ({"database_url": SecretStr("sqlite:////nowhere/at/all.db")}, "DATABASE_URL names a database"),
    ],
)
async def test_what_stops_a_start_is_said(
    workspace: Workspace, sqlite_url: str, more: dict[str, Any], said: str
) -> None:
    app = build(settings_for(workspace, sqlite_url, **more))
    with pytest.raises(SettingsError) as caught:
        await app.start(port=0)
    assert str(caught.value).startswith(said)
    assert workspace.sockets == 0


async def checked(monkeypatch: pytest.MonkeyPatch, folder: Path, env: Mapping[str, str]) -> tuple[bool, str]:
    """What `mentorbot check` would say."""
    monkeypatch.chdir(folder)
    for name in MENDS:
        monkeypatch.delenv(name, raising=False)
    for name in set(MENDS) & set(env):
        monkeypatch.setenv(name, env[name])
    findings = [finding async for finding in look(None)]
    lines = [f"{'ok' if finding.well else 'WRONG'} {finding.says}" for finding in findings]
    return all(finding.well for finding in findings), "\n".join(lines)


async def test_check_finds_all_well(
    workspace: Workspace, tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = workspace.add_channel("mentoring-office")
    more = {
        "MENTORBOT_ADMINISTRATORS": "ada@example.org",
        "MENTORBOT_ADMIN_CHANNEL": "#mentoring-office",
        "SLACK_APP_TOKEN": workspace.app_token,
    }
    folder = tmp_path / "fresh"
    folder.mkdir()
    well, said = await checked(monkeypatch, folder, environment(workspace, **more))
    assert well, said
    assert list(folder.iterdir()) == [], "a check changes nothing"
    more["MENTORBOT_ADMIN_CHANNEL"] = channel
    well, said = await checked(monkeypatch, tmp_path, environment(workspace, sqlite_url, **more))
    assert well, said
    assert "reached and migrated" in said
    assert "PUBLIC_URL is not set: sessions come into calendars as files alone." in said
    more["PUBLIC_URL"] = "https://bot.example.org/"
    _, said = await checked(monkeypatch, tmp_path, environment(workspace, sqlite_url, **more))
    assert "ok Calendars fetch sessions at https://bot.example.org/calendar/…" in said
    assert "ok No Microsoft 365: calendars work by file and address alone." in said
    assert "The administrator ada@example.org is found." in said, "who typed an address may read it"
    for secret in (workspace.bot_token, workspace.signing_secret, workspace.app_token):
        assert secret not in said


async def test_check_says_that_no_calendar_can_be_tried_yet(
    workspace: Workspace, tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    azure = {
        "AZURE_TENANT_ID": "example.org",
        "AZURE_CLIENT_ID": "0d9b2c6e-6f0e-4a57-9f5e-2f5f3f2c1a11",
        "AZURE_CLIENT_SECRET": "not-to-be-shown",
    }
    env = environment(workspace, sqlite_url, MENTORBOT_ADMINISTRATORS="ada@example.org", **azure)
    well, said = await checked(monkeypatch, tmp_path, env)
    assert well, said
    assert "ok Microsoft 365 was not tried: nobody is a mentor yet whose calendar it would be." in said
    assert "not-to-be-shown" not in said


@pytest.mark.covers("L2")
async def test_check_says_what_nobody_who_is_here_can_do(
    workspace: Workspace, tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Database(sqlite_url, KEYS) as database:
        office = Office(database)
        await office.meet("UADMIN")
        await office.dispatcher.lost(office.caller("UADMIN"), "deactivated")
    settings = environment(workspace, sqlite_url, MENTORBOT_ADMINISTRATORS="ada@example.org")
    well, said = await checked(monkeypatch, tmp_path, settings)
    assert not well
    assert "nobody who is here can approve members" in said


async def test_check_names_whom_a_changed_file_touches(
    workspace: Workspace, tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever edits the file reads before the start what it means for those who are in."""
    with Database(sqlite_url, KEYS) as database:
        office = Office(database)
        await office.meet("UADMIN")
        await office.mentor("UBEA")
    text = resources.files("bot.schemes").joinpath("british_cardiovascular_society.toml").read_text("utf-8")
    gated = text.replace('"review", "training"]', '"review", "training", "code"]')
    code = '[[documents]]\nkey = "code"\ntitle = "Code"\ncalled = "code"\nfor = "mentor"\nblocks = "matching"\n'
    file = tmp_path / "changed.toml"
    file.write_text(gated.replace("[contact_details]", f'{code}text = ["x"]\n\n[contact_details]'), "utf-8")
    settings = environment(
        workspace, sqlite_url, MENTORBOT_SCHEME=str(file), MENTORBOT_ADMINISTRATORS="ada@example.org"
    )
    _, said = await checked(monkeypatch, tmp_path, settings)
    assert "ok BCS Mentoring Scheme: Took part as mentor and now stand before the gate code: Ubea." in said
    _, said = await checked(monkeypatch, tmp_path, settings | {"MENTORBOT_SCHEME": "asme"})
    assert "The scheme british_cardiovascular_society has members here and does not run" in said


async def test_check_says_what_is_wrong_and_the_mend(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = {
        "MENTORBOT_ADMINISTRATORS": "U0NOBODY",
        "MENTORBOT_ADMIN_CHANNEL": "C0NOWHERE",
        "SLACK_APP_TOKEN": "xapp-another",
        "MENTORBOT_SCHEME": "nowhere.toml",
        "DATABASE_URL": "sqlite:////nowhere/at/all.db",
        "SMTP_URL": "smtp://127.0.0.1:9?from=a@example.org",
    }
    well, said = await checked(monkeypatch, tmp_path, environment(workspace, **more))
    assert not well
    for start in (
        "The scheme: there is no such file",
        "DATABASE_URL names a file in a folder",
        "SLACK_APP_TOKEN is refused",
        "MENTORBOT_ADMINISTRATORS (the administrator U0NOBODY) names somebody who is not",
        "MENTORBOT_ADMIN_CHANNEL (the office’s channel C0NOWHERE) names no private channel",
        "SMTP_URL names a mail server that does not let the bot in",
    ):
        assert f"WRONG {start}" in said


async def join(mary: TestUser) -> None:
    """She asks to join, which puts private text into the database."""
    await mary.open_home()
    await mary.expect_home("Join as mentee")
    await mary.press("Join as mentee")
    await mary.expect_modal()
    await mary.fill({"Membership number": "AB-99182", "Where are you in your career?": CAREER})
    assert await mary.submit() == {}


async def test_check_tells_when_the_keys_do_not_fit(
    bots: Bots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = await bots.start()
    await join(bot.test_user("Mary"))
    url = bot.settings.database_url.get_secret_value()
    env = environment(bot.workspace, url, MENTORBOT_ADMINISTRATORS="ada@example.org")
    well, said = await checked(monkeypatch, tmp_path, env)
    assert well, said
    assert "The keys read what is kept." in said
    await bot.app.stop()
    well, said = await checked(monkeypatch, tmp_path, env | {"MENTORBOT_KEYS": Fernet.generate_key().decode()})
    assert not well
    assert "add the key that was used before" in said


async def test_a_start_with_other_keys_is_refused_before_anything_is_written(bots: Bots) -> None:
    bot = await bots.start()
    await join(bot.test_user("Mary"))
    await bot.app.stop()
    url = bot.settings.database_url.get_secret_value()
    before = kept(url)
    other = build(settings_for(bot.workspace, url, keys=(SecretStr(Fernet.generate_key().decode()),)))
    with pytest.raises(SettingsError) as caught:
        await other.start(port=0)
    assert "none of the given keys can read: add the key that was used before to MENTORBOT_KEYS" in str(caught.value)
    assert kept(url) == before


def kept(url: str) -> list[str]:
    """Everything in the database, as SQL."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as opened:
        return list(opened.iterdump())


async def test_a_newer_database_is_said_in_one_sentence_and_not_touched(
    workspace: Workspace, tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
        opened.commit()
    before = kept(sqlite_url)
    env = environment(workspace, sqlite_url, MENTORBOT_ADMINISTRATORS="ada@example.org")
    for command in (["serve", "--port", "0"], ["migrate"]):
        code, output, errors = await run(tmp_path, env, *command)
        assert (code, output) == (1, "")
        assert errors.startswith("The database belongs to a newer version of mentorbot"), errors
        assert errors.count("\n") == 1
    well, said = await checked(monkeypatch, tmp_path, env)
    assert not well
    assert "WRONG The database belongs to a newer version of mentorbot" in said
    assert kept(sqlite_url) == before


TWO_OFFICES = (
    ('powers = ["approve_members", "approve_requests", ', 'powers = ["approve_members", '),
    ("[reminders]", '[[offices]]\nkey = "chair"\ntitle = "Chair"\npowers = ["approve_requests"]\n\n[reminders]'),
)


async def test_an_office_nobody_holds_and_one_nobody_knows_are_said(
    workspace: Workspace, tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = resources.files("bot.schemes").joinpath("british_cardiovascular_society.toml").read_text("utf-8")
    for old, new in TWO_OFFICES:
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "ours.toml").write_text(text, "utf-8")
    env = environment(workspace, sqlite_url, MENTORBOT_SCHEME=str(tmp_path / "ours.toml"))
    for given, wrong in [
        ("ada@example.org", "gives nobody the power approve_requests (write chair:address)"),
        ("ada@example.org,chiar:mary@example.org", "names the office chiar, which the scheme does not have"),
    ]:
        well, said = await checked(monkeypatch, tmp_path, env | {"MENTORBOT_ADMINISTRATORS": given})
        assert not well
        assert f"WRONG MENTORBOT_ADMINISTRATORS {wrong}" in said
        env["MENTORBOT_ADMIN_CHANNEL"] = "chiar:#chair"
        assert "WRONG MENTORBOT_ADMIN_CHANNEL names the office chiar" in (await checked(monkeypatch, tmp_path, env))[1]
        env["MENTORBOT_ADMIN_CHANNEL"] = "chair:#chair"
    workspace.add_channel("chair")
    both = env | {"MENTORBOT_ADMINISTRATORS": "ada@example.org, chair:mary@example.org"}
    well, said = await checked(monkeypatch, tmp_path, both)
    assert well, said
    assert "The administrator mary@example.org is found." in said
    assert "The office’s channel #chair is found." in said
    code, _, errors = await run(tmp_path, env | {"MENTORBOT_ADMINISTRATORS": "chiar:UADA"}, "serve", "--port", "0")
    assert (code, errors.count("\n")) == (1, 1)
    assert errors.startswith("MENTORBOT_ADMINISTRATORS names the office chiar")


async def test_an_administrator_taken_out_of_the_settings_loses_the_office(bots: Bots) -> None:
    bot = await bots.start(administrators=("Ada", "Katherine"))
    assert await powers(bot, "Katherine")
    await bot.app.stop()
    left = replace(bot, settings=bot.settings.model_copy(update={"administrators": (bot.people["Ada"],)}))
    again = await bots.restart(left)
    assert await powers(again, "Ada")
    assert not await powers(again, "Katherine")


async def powers(bot: Bot, name: str) -> frozenset[str]:
    """What that person may do in the office."""

    def look(db: Connection) -> frozenset[str]:
        person = people.find(db, "slack", bot.workspace.team_id, bot.people[name])
        assert person is not None
        return frozenset(offices.powers(db, bot.app.schemes.first, person.id))

    return await bot.app.database.read(look)


def test_a_missing_scope_is_named_with_what_it_is_for() -> None:
    (wrong,) = granted(frozenset(SCOPES) - {"im:write"})
    assert not wrong.well
    assert wrong.says.startswith("The scope im:write is not granted (to begin a conversation with a member): add it")
    assert [finding.well for finding in granted(frozenset(SCOPES))] == [True]


def test_a_scheme_to_begin_with(tmp_path: Path) -> None:
    file = tmp_path / "wards.toml"
    told = CliRunner().invoke(main, ["scheme", "new", str(file), "--name", 'Ward "7"'])
    assert (told.exit_code, told.output) == (0, f"{file} is written. Change it, then: mentorbot scheme check {file}\n")
    told = CliRunner().invoke(main, ["scheme", "check", str(file)])
    assert told.output == 'Ward "7" (wards) is whole.\n'
    file.write_text("mine", "utf-8")
    told = CliRunner().invoke(main, ["scheme", "new", str(file)])
    assert (told.exit_code, file.read_text("utf-8")) == (1, "mine")
    told = CliRunner().invoke(main, ["scheme", "new", str(tmp_path / "My-wards.toml")])
    assert told.exit_code == 1
    assert "Its key is the file's name" in told.output
    assert [each.name for each in tmp_path.iterdir()] == ["wards.toml"]


def test_keys_and_schemes(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["key"])
    assert told.exit_code == 0
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}=\n", told.output)
    told = CliRunner().invoke(main, ["scheme", "show", "british_cardiovascular_society"])
    assert (told.exit_code, told.output[:3]) == (0, "BCS")
    told = CliRunner().invoke(main, ["scheme", "check", "british_cardiovascular_society"])
    assert (told.exit_code, "is whole" in told.output) == (0, True)
    broken = tmp_path / "broken.toml"
    broken.write_text('key = "x"\nunheard_of = 1\n')
    told = CliRunner().invoke(main, ["scheme", "check", str(broken)])
    assert told.exit_code == 1
    assert "unheard_of" in told.output
    assert "topics" in told.output


async def test_a_setting_that_nobody_knows_is_wrong_for_the_check_and_a_warning_for_the_start(
    workspace: Workspace, tmp_path: Path, sqlite_url: str
) -> None:
    said = "MENTORBOT_ADMINISTATORS is not a setting; did you mean MENTORBOT_ADMINISTRATORS?"
    env = environment(workspace, sqlite_url, MENTORBOT_ADMINISTRATORS="ada@example.org", MENTORBOT_ADMINISTATORS="mary")
    code, output, _ = await run(tmp_path, env, "check")
    assert code == 1
    assert f"WRONG {said}" in output
    async with serving(tmp_path, env) as bot:
        assert await bot.told() == 0
    assert any(line.endswith(f"warning bot: {said}") for line in bot.log), bot.log


async def test_the_start_says_what_runs_in_the_shape_that_the_settings_ask_for(
    workspace: Workspace, tmp_path: Path, sqlite_url: str
) -> None:
    env = environment(
        workspace, sqlite_url, MENTORBOT_LOG_JSON="true", MENTORBOT_ADMINISTRATORS="ada@example.org,U0NOBODY",
        SLACK_APP_TOKEN=workspace.app_token,
    )  # fmt: skip
    async with serving(tmp_path, env) as bot:
        async with ClientSession() as http, http.get(f"{bot.url}/readyz") as answer:
            assert (await answer.json())["socket_mode"] == "connected"
        await bot.expect(" runs: ")
        assert await bot.told() == 0
    lines = [json.loads(line)["message"] for line in bot.log]
    (said,) = [line for line in lines if " runs: " in line]
    number = version("mentorbot")
    assert said.startswith(f"mentorbot {number} runs: scheme british_cardiovascular_society, database sqlite ")
    assert said.endswith(f"mentorbot.db, by socket mode and HTTP at {bot.url}, 1 of 2 administrators found")


async def test_a_port_that_is_taken_stops_only_a_start_that_needs_it(workspace: Workspace, sqlite_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            await build(settings_for(workspace, sqlite_url)).start(port=port)
        app = build(settings_for(workspace, sqlite_url))
        await app.start(port=port, needed=False)
        assert app.url == ""
        await app.stop()


def test_the_version_is_said() -> None:
    told = CliRunner().invoke(main, ["--version"])
    assert (told.exit_code, told.output) == (0, f"mentorbot {version('mentorbot')}\n")


async def test_sigterm_finishes_what_was_acked(workspace: Workspace, tmp_path: Path) -> None:
    """The message to the office takes a second, and the signal comes right after the ack."""
    env = environment(workspace, MENTORBOT_ADMINISTRATORS="ada@example.org")
    async with serving(tmp_path, env) as bot:
        workspace.request_url = f"{bot.url}/slack/events"
        mary = workspace.test_user(next(p.id for p in workspace.state.people.values() if p.name == "Mary"))
        await mary.open_home()
        await mary.expect_home("Join as mentee")
        await mary.press("Join as mentee")
        await mary.expect_modal()
        await mary.fill({"Membership number": "AB-99182", "Where are you in your career?": CAREER})
        workspace.faults.add("chat.postMessage", "slow", seconds=1.0)
        assert await mary.submit() == {}
        assert await bot.told() == 0
    ada = workspace.test_user(next(p.id for p in workspace.state.people.values() if p.name == "Ada"))
    assert len([message for message in ada.messages() if message.bot]) == 1
    said = "\n".join(bot.log)
    assert said.rstrip().endswith("stopped")
    assert re.search(r"bot\.actions\.dispatcher: join mentee by U\w+: done", said)
    assert re.search(r"bot\.delivery\.outbox: letter \w+ \(join_asked about \w+\) is sent", said), said
    for private in ("Mary", "AB-99182", "example.org", workspace.bot_token, workspace.signing_secret):
        assert private not in said
