"""The head of a request is bounded in size and in time, on a real socket."""

import socket
from collections.abc import Iterator

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
    return socket.create_connection(("127.0.0.1", port), timeout=10)


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
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.3)
    with serving(app) as port, opened(port) as client, opened(port) as again:
        again.sendall(HEALTH + b"\r\n")
        while not again.recv(1_000).endswith(b"}"):
            pass  # the end of its first reply
        again.sendall(HEALTH)  # and the second request is never ended
        client.sendall(begun)
        assert client.recv(1_000) == again.recv(1_000) == b""


def test_an_answer_takes_longer_than_a_head(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "HEAD_SECONDS", 0.1)
    app.state.core.ask.seconds = 0.4
    body = b'{"question": "Et pour une commune ?"}'
    head = b"POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    with serving(app) as port, opened(port) as client:
        client.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        assert b" 200 " in client.recv(1_000)
