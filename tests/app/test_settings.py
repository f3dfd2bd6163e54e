"""Settings: what is missing or malformed is one clear sentence with its mend, and never shows a value."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.settings import MENDS, Settings, SettingsError, from_environment, unknown

KEY = Fernet.generate_key().decode()
GOOD = {"SLACK_BOT_TOKEN": "xoxb-1-2-abc", "SLACK_SIGNING_SECRET": "5ec2e7", "MENTORBOT_KEYS": KEY}


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in MENDS:
        monkeypatch.delenv(name, raising=False)


def read(environment: Mapping[str, str], file: Path | None = None) -> Settings:
    os.environ.update(environment)
    try:
        return from_environment(file)
    finally:
        for name in environment:
            os.environ.pop(name, None)


def test_what_is_given_is_read() -> None:
    found = read(
        GOOD
        | {
            "MENTORBOT_ADMINISTRATORS": " ada@example.org, U0ADMIN ,",
            "MENTORBOT_KEYS": f"{KEY} , {Fernet.generate_key().decode()}",
            "SMTP_URL": "smtp://us%40er:pa%2Fss@mail.example.org:2525?from=mentoring@example.org",
            "SLACK_API_URL": "http://127.0.0.1:99/api",
        }
    )
    assert found.administrators == ("ada@example.org", "U0ADMIN")
    assert found.secrets[0] == KEY
    assert len(found.secrets) == 2
    assert found.api_url == "http://127.0.0.1:99/api/"
    assert found.database_url.get_secret_value() == "sqlite:///mentorbot.db"
    assert found.schemes == ("british_cardiovascular_society",)
    mail = found.mail
    assert mail is not None
    assert (mail.host, mail.port, mail.sender, mail.tls) == ("mail.example.org", 2525, "mentoring@example.org", False)
    assert mail.user == "us@er"
    assert mail.password is not None
    assert mail.password.get_secret_value() == "pa/ss"


def test_a_file_fills_in_what_the_environment_leaves_out(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("SLACK_BOT_TOKEN=xoxb-file\nSLACK_SIGNING_SECRET=abc\n# a word\nOTHER=1\n")
    found = read({"MENTORBOT_KEYS": KEY, "SLACK_BOT_TOKEN": "xoxb-environment"}, file)
    assert found.in_slack.bot_token.get_secret_value() == "xoxb-environment"
    assert found.signing_secret is not None
    assert found.signing_secret.get_secret_value() == "abc"


def test_an_empty_value_is_none() -> None:
    found = read(GOOD | {"SLACK_APP_TOKEN": "", "SMTP_URL": "", "MENTORBOT_ADMIN_CHANNEL": ""})
    assert (found.app_token, found.mail, found.admin_channel) == (None, None, None)


SECRET = "s3cr3t-value"
WRONG = [
    ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is missing"),
    ({"SLACK_BOT_TOKEN": SECRET}, "SLACK_BOT_TOKEN does not look like a token that begins with xoxb-"),
    ({"SLACK_BOT_TOKEN": f"xoxb-{SECRET} x"}, "SLACK_BOT_TOKEN does not look like a token"),
    ({"SLACK_APP_TOKEN": SECRET}, "SLACK_APP_TOKEN does not look like a token that begins with xapp-"),
    ({"SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET is missing, and so is SLACK_APP_TOKEN"),
    ({"SLACK_API_URL": SECRET}, "SLACK_API_URL is not an address"),
    ({"SLACK_API_URL": f"http://{SECRET}.example.org/api/"}, "SLACK_API_URL would send the token in the clear"),
    ({"DATABASE_URL": f"mysql://u:{SECRET}@h/d"}, "DATABASE_URL is neither SQLite nor PostgreSQL"),
    ({"MENTORBOT_KEYS": ""}, "MENTORBOT_KEYS is missing"),
    ({"MENTORBOT_KEYS": " , "}, "MENTORBOT_KEYS holds no key"),
    ({"MENTORBOT_KEYS": f"{KEY},{SECRET}"}, "MENTORBOT_KEYS is malformed at key 2"),
    ({"MENTORBOT_ADMIN_CHANNEL": "chair:#a,chair:#b"}, "MENTORBOT_ADMIN_CHANNEL names two channels for one office"),
    ({"MENTORBOT_PORT": SECRET}, "MENTORBOT_PORT is malformed"),
    ({"PUBLIC_URL": SECRET}, "PUBLIC_URL is not an address"),
    ({"PUBLIC_URL": f"ftp://{SECRET}"}, "PUBLIC_URL is not an address"),
    ({"PUBLIC_URL": f"https://{SECRET}:port"}, "PUBLIC_URL is not an address"),
    ({"PUBLIC_URL": f"https://bot.example.org/?{SECRET}"}, "PUBLIC_URL holds more than an address and a path"),
    ({"PUBLIC_URL": f"https://ada:{SECRET}@bot.example.org"}, "PUBLIC_URL holds more than an address and a path"),
    ({"PUBLIC_URL": f"http://{SECRET}.example.org"}, "PUBLIC_URL would send calendars in the clear"),
    ({"MENTORBOT_LOG_LEVEL": SECRET}, "MENTORBOT_LOG_LEVEL is malformed"),
    ({"SMTP_URL": f"http://{SECRET}"}, "SMTP_URL is not an smtp:// or smtps:// address"),
    ({"SMTP_URL": f"smtp://u:{SECRET}@h:587"}, "SMTP_URL names no sender"),
    ({"SMTP_URL": f"smtp://u:{SECRET}@h:port?from=a@example.org"}, "SMTP_URL is not an address"),
]


TEAMS = {
    "TEAMS_APP_ID": "6f0e1d8e-0000-4a57-9f5e-2f5f3f2c1a11",
    "TEAMS_TENANT_ID": "0d9b2c6e-6f0e-4a57-9f5e-2f5f3f2c1a11",
    "TEAMS_APP_PASSWORD": SECRET,
}
CHANNEL = "19:a_b-c.d1@thread.tacv2"
WRONG += [
    (TEAMS | {"TEAMS_APP_ID": ""}, "TEAMS_APP_ID is missing, where TEAMS_TENANT_ID is given"),
    (TEAMS | {"TEAMS_APP_ID": SECRET}, "TEAMS_APP_ID is malformed"),
    (TEAMS | {"TEAMS_TENANT_ID": ""}, "TEAMS_TENANT_ID is missing, where TEAMS_APP_ID is given"),
    (TEAMS | {"TEAMS_TENANT_ID": "contoso.example.org"}, "TEAMS_TENANT_ID is malformed"),
    (TEAMS | {"TEAMS_APP_PASSWORD": ""}, "TEAMS_APP_PASSWORD is missing, where TEAMS_APP_ID is given"),
    (TEAMS | {"TEAMS_MANAGED_IDENTITY": "system"}, "TEAMS_MANAGED_IDENTITY is given beside TEAMS_APP_PASSWORD"),
    (TEAMS | {"TEAMS_MANAGED_IDENTITY": SECRET}, "TEAMS_MANAGED_IDENTITY is neither a client id nor the word system"),
    (TEAMS | {"TEAMS_OFFICE_CHANNEL": SECRET}, "TEAMS_OFFICE_CHANNEL is no id of a channel"),
    (TEAMS | {"TEAMS_OFFICE_CHANNEL": f"{CHANNEL},{CHANNEL}"}, "TEAMS_OFFICE_CHANNEL names two channels"),
    (
        TEAMS | {"TEAMS_OFFICE_CHANNEL": CHANNEL, "MENTORBOT_ADMIN_CHANNEL": "#office"},
        "TEAMS_OFFICE_CHANNEL names a channel of office, as MENTORBOT_ADMIN_CHANNEL does",
    ),
    ({"TEAMS_OFFICE_CHANNEL": CHANNEL}, "TEAMS_APP_ID is missing, where TEAMS_OFFICE_CHANNEL is given"),
]


def test_teams_beside_slack_and_instead_of_it() -> None:
    both = read(GOOD | TEAMS | {"TEAMS_OFFICE_CHANNEL": f"chair:{CHANNEL}", "MENTORBOT_ADMIN_CHANNEL": "#office"})
    assert both.slack is not None
    assert both.teams is not None
    assert both.teams.admin_channels == {"office:chair": CHANNEL}
    assert both.admin_channels == {"office": "#office", "office:chair": CHANNEL}
    alone = read({"MENTORBOT_KEYS": KEY} | TEAMS)
    assert alone.slack is None
    assert alone.is_delivered_to
    several = read({"MENTORBOT_KEYS": KEY} | TEAMS | {"TEAMS_OFFICE_CHANNEL": f"one/{CHANNEL}, two/chair:{CHANNEL}"})
    assert several.admin_channels == {"one/office": CHANNEL, "two/office:chair": CHANNEL}


AZURE = {
    "AZURE_TENANT_ID": "contoso.example.org",
    "AZURE_CLIENT_ID": "0d9b2c6e-6f0e-4a57-9f5e-2f5f3f2c1a11",
    "AZURE_CLIENT_SECRET": SECRET,
}
WRONG += [
    ({"AZURE_CLIENT_SECRET": SECRET}, "AZURE_TENANT_ID is missing, where AZURE_CLIENT_SECRET is given"),
    (AZURE | {"AZURE_CLIENT_ID": ""}, "AZURE_CLIENT_ID is missing, where AZURE_TENANT_ID is given"),
    (
        AZURE | {"AZURE_CLIENT_SECRET": ""},
        "AZURE_CLIENT_SECRET is missing, and so is AZURE_CLIENT_CERTIFICATE_PATH, where AZURE_TENANT_ID is given",
    ),
    (
        AZURE | {"AZURE_CLIENT_CERTIFICATE_PATH": __file__},
        "AZURE_CLIENT_CERTIFICATE_PATH is given beside AZURE_CLIENT_SECRET",
    ),
    ({"GRAPH_API_URL": "https://graph.example.org/v1.0"}, "AZURE_TENANT_ID is missing, where GRAPH_API_URL is given"),
    (AZURE | {"AZURE_TENANT_ID": f"{SECRET}/x"}, "AZURE_TENANT_ID is neither a tenant’s id nor its domain"),
    (AZURE | {"AZURE_CLIENT_ID": SECRET}, "AZURE_CLIENT_ID is malformed"),
    (
        AZURE | {"AZURE_CLIENT_SECRET": "", "AZURE_CLIENT_CERTIFICATE_PATH": f"/{SECRET}.pem"},
        "AZURE_CLIENT_CERTIFICATE_PATH names no file that can be read",
    ),
    (AZURE | {"GRAPH_API_URL": f"http://{SECRET}/v1.0"}, "GRAPH_API_URL would send the token in the clear"),
    (AZURE | {"GRAPH_API_URL": SECRET}, "GRAPH_API_URL is not an address"),
]


@pytest.mark.parametrize(("environment", "wrong"), WRONG, ids=[wrong for _, wrong in WRONG])
def test_a_wrong_setting_is_said_with_its_mend(environment: Mapping[str, str], wrong: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read({**GOOD, **environment})
    said = str(caught.value)
    assert said.startswith(wrong)
    assert said.count("\n") == 0
    name = wrong.partition(" ")[0]
    assert MENDS[name] in said
    for value in (SECRET, *GOOD.values()):
        assert value not in said
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None, "a traceback would show the value"


def test_microsoft_s_calendars_are_asked_where_an_application_is_named(tmp_path: Path) -> None:
    assert read(GOOD).graph is None
    graph = read(GOOD | AZURE).graph
    assert graph is not None
    assert (graph.tenant, graph.client) == (AZURE["AZURE_TENANT_ID"], AZURE["AZURE_CLIENT_ID"])
    assert graph.secret is not None
    assert graph.secret.get_secret_value() == SECRET
    assert SECRET not in repr(graph)
    assert (graph.certificate, graph.url) == (None, "https://graph.microsoft.com/v1.0")
    file = tmp_path / "mentorbot.pem"
    file.touch()
    by_file = {"AZURE_CLIENT_SECRET": "", "AZURE_CLIENT_CERTIFICATE_PATH": str(file)}
    graph = read(GOOD | AZURE | by_file | {"GRAPH_API_URL": "http://127.0.0.1:99/v1.0/"}).graph
    assert graph is not None
    assert (graph.secret, graph.certificate, graph.url) == (None, file, "http://127.0.0.1:99/v1.0")


def test_how_it_listens_and_logs_is_a_setting_too() -> None:
    found = read(GOOD)
    assert (found.host, found.port, found.log_level, found.log_json) == ("127.0.0.1", None, "info", False)
    found = read(
        GOOD
        | {
            "MENTORBOT_HOST": "0.0.0.0",
            "MENTORBOT_PORT": "8080",
            "MENTORBOT_LOG_LEVEL": "Debug",
            "MENTORBOT_LOG_JSON": "true",
        }
    )
    assert (found.host, found.port, found.log_level, found.log_json) == ("0.0.0.0", 8080, "debug", True)


@pytest.mark.parametrize("given", ["https://bot.example.org", "https://example.org/bot", "http://127.0.0.1:3000"])
def test_where_it_is_reached_from_outside_is_a_setting(given: str) -> None:
    assert read(GOOD).public_url is None
    assert read(GOOD | {"PUBLIC_URL": f"{given}/"}).public_url == given


def test_each_office_may_have_its_channel() -> None:
    assert read(GOOD).admin_channels == {}
    assert read(GOOD | {"MENTORBOT_ADMIN_CHANNEL": "#office"}).admin_channels == {"office": "#office"}
    several = read(GOOD | {"MENTORBOT_ADMIN_CHANNEL": "#office, chair: C012AB3CD ,"})
    assert several.admin_channels == {"office": "#office", "office:chair": "C012AB3CD"}


UNKNOWN = [
    ("MENTORBOT_ADMINISTATORS", "MENTORBOT_ADMINISTATORS is not a setting; did you mean MENTORBOT_ADMINISTRATORS?"),
    ("SLACK_BOT_TOKN", "SLACK_BOT_TOKN is not a setting; did you mean SLACK_BOT_TOKEN?"),
    ("MENTORBOT_COLOUR", "MENTORBOT_COLOUR is not a setting: leave it out."),
]


@pytest.mark.parametrize(("name", "said"), UNKNOWN)
def test_a_setting_that_nobody_knows_is_told(
    name: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text(f"{name}={SECRET}\nOTHER=1\nMENTORBOT_KEYS={KEY}\n")
    assert unknown(file) == (said,)
    file.write_text("")
    assert unknown(file) == ()
    monkeypatch.setenv(name, SECRET)
    assert unknown(None) == (said,)
    with pytest.raises(SettingsError) as caught:
        read({})
    assert said in caught.value.problems, "the missing one may stand there under a misspelt name"


def test_several_are_counted() -> None:
    with pytest.raises(SettingsError) as caught:
        read({})
    assert str(caught.value).endswith("(And 1 more: “mentorbot check” lists them.)")
    assert len(caught.value.problems) == 2


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    shown = repr(read(GOOD | {"SLACK_APP_TOKEN": "xapp-1-abc", "SMTP_URL": "smtp://u:pw9@h?from=a@example.org"}))
    for secret in ("xoxb-1-2-abc", "5ec2e7", KEY, "xapp-1-abc", "pw9"):
        assert secret not in shown
