"""SIGTERM: nobody new is let in, who is in gets an answer, and the exit status is 0."""

import json
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from tests.load.process import Running, started

# A core that answers once a file is there, and says when it was asked.
SERVER = """
import sys, time
from pathlib import Path
from api import __main__ as door
from api.app import create_app
from ui import frame
from tests.api.fake_core import FakeAsk, FakeReader, make_index
go = Path(sys.argv[1])
class Patient(FakeAsk):
    def __call__(self, question, index):
        print("asked", file=sys.stderr, flush=True)
        while not go.exists():
            time.sleep(0.05)
        return super().__call__(question, index)
frame.mount = lambda *parts: None  # Gradio takes seconds to start, and is not asked here
create = door.create_app
door.create_app = lambda settings: create(settings, FakeReader(make_index()), Patient())
door.DRAIN = float(sys.argv[2])
sys.exit(door.main(["--port", "0"]))
"""
BEGUN = (
    b"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"Expect: 100-continue\r\nContent-Length: 20\r\n\r\n"
)
ASKED = {"question": "Que peut faire une commune ?"}


def until(server: Running, said: str, times: int = 1) -> None:
    """Wait until the server has said something, or is no more."""
    while server.log.read_text("utf-8").count(said) < times:
        assert server.process.poll() is None
        time.sleep(0.05)


def refused(port: int) -> bool:
    """Whether nobody listens there any more."""
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return True
    return False


def test_answers_under_way_are_given(tmp_path: Path) -> None:
    go = tmp_path / "go"
    with (
        started(["-c", SERVER, str(go), "50"], tmp_path) as server,
        ThreadPoolExecutor() as people,
    ):
        replies = [
            people.submit(httpx.post, f"{server.url}{path}", json=ASKED, timeout=120)
            for path in ("/api/ask", "/api/ask/stream")
        ]
        until(server, "asked", 2)
        server.process.send_signal(signal.SIGTERM)
        while not refused(server.port):
            time.sleep(0.05)
        assert server.process.poll() is None
        go.touch()
        whole, streamed = [reply.result() for reply in replies]
        assert server.process.wait(60) == 0
    assert whole.json()["status"] == "answered"
    final = json.loads(streamed.text.split("event: final\ndata: ")[1].split("\n")[0])
    assert final["answer"] == whole.json()["answer"]
    assert "Traceback" not in server.log.read_text("utf-8")


def test_who_never_ends_is_not_waited_for(tmp_path: Path) -> None:
    with (
        started(["-c", SERVER, str(tmp_path / "go"), "0.2"], tmp_path) as server,
        socket.create_connection(("127.0.0.1", server.port)) as client,
    ):
        client.sendall(BEGUN)
        assert client.recv(4) == b"HTTP"  # of 100 Continue: the body is being waited for
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(60) == 0
    assert "Cancel 1 running task(s)" in server.log.read_text("utf-8")
