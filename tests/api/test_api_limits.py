"""Rates, bodies and concurrency are capped, with bounded memory and no address kept."""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api.app import create_app
from api.body import MAX_BODY, BodyCap
from api.limits import GLOBAL_FACTOR, InFlight, Rate, SlidingWindow, network_of, parse_rate
from assistant.settings import Settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index
from tests.api.server import serving
from tests.api.test_api_errors import GOOD, assert_error


class Clock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("off", None),
        (" OFF ", None),
        ("60/minute", Rate(60, 60)),
        ("1/second", Rate(1, 1)),
        ("5/hour", Rate(5, 3600)),
        ("100/day", Rate(100, 86400)),
    ],
)
def test_rates(text: str, rate: Rate | None) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["", "0/minute", "-1/minute", "60", "60/month", "on", "1.5/hour"])
def test_what_is_no_rate_stops_the_start(text: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, rate_limit=text)
    with pytest.raises(ValueError, match="60/minute"):
        create_app(settings, FakeReader(make_index()), FakeAsk())


def test_the_window_slides() -> None:
    clock = Clock()
    window = SlidingWindow(Rate(2, 60), clock)
    assert window.wait("10.0.0.1") == 0
    clock.now += 30
    assert window.wait("10.0.0.1") == 0
    assert window.wait("10.0.0.1") == 30
    assert window.wait("10.0.0.2") == 0
    clock.now += 29.5
    assert window.wait("10.0.0.1") == 1
    clock.now += 0.5
    assert window.wait("10.0.0.1") == 0
    assert window.wait("10.0.0.1") == 30


def test_all_together_have_a_limit_which_bounds_the_memory() -> None:
    clock = Clock()
    window = SlidingWindow(Rate(2, 60), clock)
    waits = [window.wait(f"10.0.{n // 250}.{n % 250}") for n in range(1_000)]
    assert waits.count(0) == 2 * GLOBAL_FACTOR == len(window)
    assert waits[-1] == 60


def test_nothing_is_remembered_beyond_the_window() -> None:
    clock = Clock()
    window = SlidingWindow(Rate(2, 60), clock)
    window.wait("10.0.0.1")
    assert "10.0.0.1" not in repr(vars(window))
    clock.now += 60
    window.forget()
    assert len(window) == 0
    assert not window._all


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("testclient", "testclient", True),
    ],
)
def test_one_subscriber_is_one_address(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_429_says_how_long_to_wait(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, rate_limit="2/minute")
    app = create_app(settings, FakeReader(make_index()), FakeAsk())
    with TestClient(app) as client:
        assert client.post("/api/ask", json=GOOD).status_code == 200
        assert client.post("/api/ask/stream", json=GOOD).status_code == 200
        response = client.post("/api/ask", json=GOOD)
        assert "60 s" in assert_error(response, 429, "rate_limited")
        assert response.headers["retry-after"] == "60"
        assert response.json()["error"]["retryable"] is True
        assert response.headers["content-security-policy"]
        assert client.get("/api/sources").status_code == 200  # reading is free


def test_a_forged_address_header_changes_nothing(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, rate_limit="1/minute")
    app = create_app(settings, FakeReader(make_index()), FakeAsk())
    with TestClient(app) as client:
        statuses = [
            client.post(
                "/api/ask", json=GOOD, headers={"X-Forwarded-For": f"10.0.0.{n}"}
            ).status_code
            for n in range(3)
        ]
    assert statuses == [200, 429, 429]


def test_off_means_off(client: TestClient) -> None:
    statuses = {client.post("/api/ask", json=GOOD).status_code for _ in range(80)}
    assert statuses == {200}


def test_a_declared_large_body_is_refused(client: TestClient) -> None:
    payload = {"question": "x" * MAX_BODY}
    response = client.post("/api/ask", json=payload)
    assert "64 Kio" in assert_error(response, 413, "body_too_large")


def test_a_chunked_large_body_is_refused(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(70):
            yield b"x" * 1024

    response = client.post(
        "/api/ask", content=chunks(), headers={"Content-Type": "application/json"}
    )
    assert_error(response, 413, "body_too_large")


def test_a_chunked_body_within_the_cap_is_read(client: TestClient) -> None:
    parts = json.dumps(GOOD).encode()
    response = client.post(
        "/api/ask",
        content=(parts[n : n + 1] for n in range(len(parts))),
        headers={"Content-Type": "application/json"},
    )
    assert response.status_code == 200


def test_chunked_over_a_real_connection(app: FastAPI) -> None:
    with serving(app) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        body = iter([b"x" * 65_536, b"x"])
        headers = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
        connection.request("POST", "/api/ask", body=body, headers=headers, encode_chunked=True)
        response = connection.getresponse()
        assert response.status == 413
        assert json.loads(response.read())["error"]["code"] == "body_too_large"
        connection.close()


async def _drive(middleware: BodyCap | InFlight, receive: Receive) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "POST", "path": "/api/ask", "headers": []}
    await middleware(scope, receive, send)
    return sent


def test_a_body_that_never_ends_is_given_up() -> None:

    async def unreached(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("the body never came")

    async def silent() -> Message:
        await anyio.sleep(60)
        raise AssertionError

    async def run() -> list[Message]:
        return await _drive(BodyCap(unreached, seconds=0.05), silent)

    sent = anyio.run(run)
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"])["error"]["code"] == "body_too_slow"


def test_a_client_that_leaves_costs_nothing() -> None:

    async def unreached(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("nobody waits for it")

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def run() -> list[Message]:
        return await _drive(BodyCap(unreached), gone)

    assert anyio.run(run) == []


def test_too_many_at_once_are_told_to_come_back() -> None:

    async def run() -> list[Message]:
        started, ended = anyio.Event(), anyio.Event()

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            started.set()
            await ended.wait()

        async def never() -> Message:
            return {"type": "http.disconnect"}

        middleware = InFlight(slow, limit=1)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_drive, middleware, never)
            await started.wait()
            refused = await _drive(middleware, never)
            ended.set()
        assert await _drive(middleware, never) == []
        return refused

    sent = anyio.run(run)
    assert sent[0]["status"] == 503
    assert json.loads(sent[1]["body"])["error"] == {
        "code": "server_busy",
        "message": "Le service est très sollicité : réessayez dans quelques secondes.",
        "retryable": True,
    }
