"""`python -m demo`: one address, Ctrl-C, and a clear word where it cannot start."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx

ADDRESS = re.compile(r"http://[^\s]+")
REAL_TOKEN = "xoxb-" + "1234567890-abcdefghijkl"
"""It has the shape of a real workspace's token, and opens nothing."""


def start(folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """The command in a folder of its own, with that folder's `tmp` for temporary files."""
    (folder / "tmp").mkdir()
    own = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "MENTORBOT_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "demo", *arguments],
        cwd=folder,
        env={**own, "TMPDIR": str(folder / "tmp"), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_one_address_then_ctrl_c(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"SLACK_BOT_TOKEN={REAL_TOKEN}\nDATABASE_URL=sqlite:///real.db\n")
    running = start(tmp_path, "--port", "0", HTTP_PROXY="http://127.0.0.1:9", HTTPS_PROXY="http://127.0.0.1:9")
    assert running.stdout is not None
    first = running.stdout.readline()
    addresses = ADDRESS.findall(first)
    assert len(addresses) == 1, first
    assert httpx.get(addresses[0], trust_env=False).status_code == 200
    assert list((tmp_path / "tmp").iterdir())

    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=20)
    assert running.returncode == 0
    assert not ADDRESS.findall(out)
    assert err == ""
    assert not list((tmp_path / "tmp").iterdir()), "the demo's data go with it"
    assert sorted(each.name for each in tmp_path.iterdir()) == [".env", "tmp"]


def test_it_does_not_start_beside_real_tokens(tmp_path: Path) -> None:
    running = start(tmp_path, "--port", "0", SLACK_BOT_TOKEN=REAL_TOKEN)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 1
    assert out == ""
    assert "SLACK_BOT_TOKEN" in err
    assert "Traceback" not in err
    assert REAL_TOKEN not in err


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        running = start(tmp_path, "--port", str(taken.getsockname()[1]))
        out, err = running.communicate(timeout=60)
    assert running.returncode == 1
    assert out == ""
    assert re.fullmatch(r"Port \d+ cannot be used \(.+\)\. Try another: --port 0\.\n", err)
