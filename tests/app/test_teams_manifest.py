"""The app for Teams asks for what the wing uses, names what the bot understands, and is packed as Teams wants it."""

import ast
import json
import os
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from manifest.teams import icons, package
from tests.support.teams_bots import TeamsBots, teams_bots

__all__ = ["teams_bots"]

ROOT = Path(__file__).parents[2]
APP = "0b07c0de-0000-4000-8000-0000000000b0"
MANIFEST: dict[str, Any] = json.loads(package.manifest(APP))
SCHEMA = ROOT.parent / "shared" / "specs" / "teams" / "app-manifest.schema.json"
WING = ROOT / "bot" / "handlers" / "teams"
TOOLKIT = Path(tempfile.gettempdir()) / "mentorbot-agentstoolkit"
"""Where Microsoft's own validator is kept from one run to the next."""
ATK = TOOLKIT / "node_modules" / ".bin" / "atk"
NEEDED_FOR = {"identity": {"get_member_by_id", "get_paged_members"}, "messageTeamMembers": {"CreateConversationParams"}}
"""What of the library shows people's names and addresses, or writes to somebody who has not written first."""


def called() -> set[str]:
    """Every name of the library that the wing uses."""
    tree = ast.parse((WING / "kit.py").read_text("utf-8"))
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return attributes | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def test_it_asks_for_what_the_wing_uses_and_nothing_more() -> None:
    used = called()
    assert set(MANIFEST["permissions"]) == {one for one, names in NEEDED_FOR.items() if names & used}
    (bot,) = MANIFEST["bots"]
    assert set(bot["scopes"]) == {"personal", "team"}
    assert bot["supportsFiles"] is True
    assert bot["isNotificationOnly"] is False
    assert MANIFEST["validDomains"] == []
    unused = {"webApplicationInfo", "devicePermissions", "authorization", "staticTabs", "composeExtensions"}
    assert not unused & set(MANIFEST)
    assert set(bot) == {"botId", "scopes", "isNotificationOnly", "supportsFiles", "commandLists"}


def test_its_id_is_filled_in_wherever_it_stands() -> None:
    assert (MANIFEST["id"], MANIFEST["bots"][0]["botId"]) == (APP, APP)
    assert "${{" not in package.manifest(APP)


async def test_the_bot_understands_every_command_it_lists(teams_bots: TeamsBots) -> None:
    bot = await teams_bots.start(["Ada", "Katherine"], ["Ada"], office_channel=True, rate_limits=False)
    ada = bot.test_user("Ada")
    await ada.expect_home("Hello Ada")
    for listed in MANIFEST["bots"][0]["commandLists"]:
        assert len(listed["commands"]) <= 10
        where = bot.channel if listed["scopes"] == ["team"] else None
        for command in listed["commands"]:
            await ada.say(command["title"], channel=where)
            await bot.settled(lambda: ada.heard() != "")
            await bot.quiet()
            assert "I do not know" not in ada.heard(), command["title"]
            assert "beyond the few words I know" not in ada.heard(), command["title"]
            assert len(command["title"]) <= 32, "a phone cuts what is longer"
    bot.place.assert_no_trouble()


def test_microsoft_s_own_schema_takes_it() -> None:
    if not SCHEMA.exists():
        pytest.skip(f"Microsoft's schema of manifests is not at hand ({SCHEMA.name})")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft4Validator(schema).validate(MANIFEST)
    assert schema["properties"]["manifestVersion"]["const"] == MANIFEST["manifestVersion"]


def test_microsoft_s_own_validator_takes_it(tmp_path: Path) -> None:
    """Once it is fetched it needs no network; only for a whole package does it want somebody to sign in."""
    if not ATK.exists():
        pytest.skip("Microsoft's validator is not at hand: make teams-validate fetches it, where npm is")
    done = subprocess.run(
        [str(ATK), "validate", "--manifest-file", str(package.FOLDER / "manifest.json"), "--telemetry", "false",
         "-i", "false"], cwd=tmp_path, timeout=100, capture_output=True, text=True, check=False,
        env=dict(os.environ) | {"TEAMS_APP_ID": APP, "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("All passed.") == 2, done.stdout


def test_the_package_holds_the_manifest_and_its_icons_and_is_the_same_every_time(tmp_path: Path) -> None:
    package.pack(APP, tmp_path / "one.zip")
    package.pack(APP, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert sorted(packed.namelist()) == ["color.png", "manifest.json", "outline.png"]
        assert sorted(MANIFEST["icons"].values()) == ["color.png", "outline.png"]
        assert json.loads(packed.read("manifest.json")) == MANIFEST
        assert packed.testzip() is None


def test_its_icons_are_of_the_size_and_kind_that_teams_wants() -> None:
    for name, size in (("color.png", 192), ("outline.png", 32)):
        content = (package.FOLDER / name).read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        width, height, depth, colours = struct.unpack(">IIBB", content[16:26])
        assert (width, height, depth, colours) == (size, size, 8, 6)
    assert icons.drawn()["outline.png"] == (package.FOLDER / "outline.png").read_bytes(), "draw the icons anew"


def made(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The package made as the Makefile does it, in a folder of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TEAMS_")}
    return subprocess.run(
        [sys.executable, "-m", "manifest.teams.package", *arguments], cwd=folder, timeout=60, text=True,
        env=clean | {"PYTHONPATH": str(ROOT)} | environment, capture_output=True, check=False,
    )  # fmt: skip


def test_the_app_id_comes_from_the_command_the_environment_or_the_settings_file(tmp_path: Path) -> None:
    for n, (arguments, environment, dotenv) in enumerate((([APP], {}, ""), ([], {"TEAMS_APP_ID": APP}, ""),
                                                          ([], {}, f"TEAMS_APP_ID={APP.upper()}\n"))):  # fmt: skip
        folder = tmp_path / str(n)
        folder.mkdir()
        (folder / ".env").write_text(dotenv, "utf-8")
        done = made(folder, *arguments, **environment)
        assert done.returncode == 0, done.stderr
        with zipfile.ZipFile(folder / package.PACKAGE) as packed:
            assert json.loads(packed.read("manifest.json"))["id"] == APP


@pytest.mark.parametrize("given", ["", "mentoring", "12345", "${{TEAMS_APP_ID}}", "0" * 32])
def test_no_package_is_made_without_a_proper_id(tmp_path: Path, given: str) -> None:
    done = made(tmp_path, *([given] if given else []))
    assert done.returncode == 1
    assert done.stderr.startswith("TEAMS_APP_ID is ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / package.PACKAGE).exists()
