"""``python -m api``: what it prints, and what it refuses."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from api.__main__ import main, url_of


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("assistant.local", "http://assistant.local:8000"),
    ],
)
def test_the_address_is_one_a_browser_opens(host: str, url: str) -> None:
    assert url_of(host, 8000) == url


def test_a_refused_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_PORT", "99999")
    assert main([]) == 2
    assert "ASSISTANT_PORT" in capsys.readouterr().err


def test_nothing_heavy_is_imported_with_the_application() -> None:
    code = "import sys, api.app; print([m for m in ('torch', 'chromadb') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


SERVER = """
import sys
from unittest.mock import patch
from api import __main__ as door
from api.app import create_app
from tests.api.fake_core import FakeAsk, FakeReader, missing_index
from ui import frame
frame.mount = lambda *parts: None  # Gradio takes seconds to start, and is not asked here
with patch.object(
    door, "create_app", lambda s: create_app(s, FakeReader(None, missing_index()), FakeAsk())
):
    sys.exit(door.main(["--port", "0"]))
"""


def test_it_prints_its_address_and_that_the_index_is_missing(tmp_path: Path) -> None:
    environment = {**os.environ, "ASSISTANT_DATA_DIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stderr=subprocess.PIPE, text=True, env=environment
    ) as server:
        assert server.stderr is not None
        said = [server.stderr.readline(), server.stderr.readline()]
        url = said[1].split(" : ")[1].split(" ")[0]
        answer = httpx.get(f"{url}/ready", timeout=60)
        server.send_signal(signal.SIGINT)
        rest = server.stderr.read()
    assert "python -m ingest" in said[0]
    assert said[1].startswith("L'assistant est ouvert : http://127.0.0.1:")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "index_missing")
    assert server.returncode == 0
    assert "Traceback" not in rest
