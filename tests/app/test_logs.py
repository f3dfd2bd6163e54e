"""Logs: ids and verbs, and nothing that opens a door or quotes a person."""

import io
import json
import logging

import pytest

from bot.logs import Json, Lines, redacted

SECRETS = [
    "xoxb-123456789012-abcDEF", "xoxp-1-2", "xoxe.xoxp-1-Mi0yLTc", "xapp-1-A012-3456-abcdef", "xoxa-2-99",
    "https://hooks.slack.com/actions/T1/2/abc", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    "mary.osei@example.org",
]  # fmt: skip


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("formatter", [Lines(), Json()])
def test_secrets_never_reach_a_log(secret: str, formatter: logging.Formatter) -> None:
    stream = io.StringIO()
    logger = logging.Logger("slack_sdk.web")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logger.addHandler(handler)
    logger.error("failed (%s) with %s", secret, {"Authorization": f"Bearer {secret}"})
    try:
        raise ValueError(f"invalid: {secret} said Mary")
    except ValueError:
        logger.exception("a click failed with %s", secret)
    said = stream.getvalue()
    assert secret not in said
    assert "Mary" not in said, "what an exception says may quote a person"
    assert "ValueError at test_secrets_never_reach_a_log" in said
    assert len(said.splitlines()) == 2


def test_passwords_in_addresses_are_hidden() -> None:
    assert "pw" not in redacted("postgresql+psycopg://user:pw@host/name and wss://x.example.org/?ticket=pw-1&app_id=2")


def test_json_lines_can_be_read() -> None:
    record = logging.LogRecord("bot.app", logging.INFO, __file__, 1, "letter %s is sent", ("01ABC",), None)
    read = json.loads(Json().format(record))
    assert (read["level"], read["logger"], read["message"]) == ("info", "bot.app", "letter 01ABC is sent")
