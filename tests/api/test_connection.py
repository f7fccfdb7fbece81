"""The head of a request is bounded in size and in time, on a real socket."""

import socket
import time
from collections.abc import Iterator
from threading import Event

import pytest
from fastapi import FastAPI

from api import connection
from api.connection import MAX_HEAD
from tests.api.server import serving

HEALTH = b"GET /health HTTP/1.1\r\nHost: a\r\n"


@pytest.fixture
def port(app: FastAPI) -> Iterator[int]:
    with serving(app) as opened:
        yield opened


def opened(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=60)


def test_a_header_that_never_ends_is_refused_long_before_it_weighs(port: int) -> None:
    sent, piece = 0, b"a" * MAX_HEAD
    with opened(port) as client:
        client.sendall(HEALTH + b"X-Long: ")
        with pytest.raises(OSError):
            while sent < 512 * MAX_HEAD:
                client.sendall(piece)
                sent += len(piece)
    with opened(port) as other:
        other.sendall(HEALTH + b"\r\n")
        assert b" 200 " in other.recv(1_000)


@pytest.mark.parametrize("begun", [b"", HEALTH])
def test_who_opens_a_connection_and_asks_nothing_is_left(
    app: FastAPI, begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 1.0)
    with serving(app) as port, opened(port) as client, opened(port) as again:
        client.sendall(begun)
        again.sendall(HEALTH + b"\r\n" + HEALTH)  # the second request is never ended
        replies = b"".join(iter(lambda: again.recv(1_000), b""))
        assert replies.count(b" 200 ") == 1 and replies.endswith(b"}")
        assert client.recv(1_000) == b""


def test_an_answer_takes_longer_than_a_head(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.5)
    answered = Event()
    app.state.core.ask.held = {"Et pour une commune ?": answered}
    body = b'{"question": "Et pour une commune ?"}'
    head = b"POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    with serving(app) as port, opened(port) as client:
        client.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        time.sleep(2 * connection.HEAD_SECONDS)
        answered.set()
        assert b" 200 " in client.recv(1_000)
