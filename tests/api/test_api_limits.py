"""Rates, bodies and concurrency are capped, with bounded memory and no address kept."""

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from limits import RateLimitItemPerMinute, RateLimitItemPerSecond
from starlette.types import Message, Receive, Scope, Send

from api.app import create_app
from api.body import MAX_BODY, BodyCap
from api.limits import GLOBAL_FACTOR, RateLimit, Window, network_of, parse_rate
from assistant.settings import Settings
from tests.api.fake_core import FakeAsk, FakeReader, make_index
from tests.api.server import serving
from tests.api.test_api_errors import GOOD, assert_error


class Clock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time of day, which the windows are counted by."""
    made = Clock()
    monkeypatch.setattr(time, "time", made)
    return made


@pytest.mark.parametrize(
    ("text", "amount", "seconds"),
    [
        ("60/minute", 60, 60),
        (" 1/SECOND ", 1, 1),
        ("5/hour", 5, 3600),
        ("100/day", 100, 86400),
    ],
)
def test_rates(text: str, amount: int, seconds: int) -> None:
    rate = parse_rate(text)
    assert rate is not None
    assert (rate.amount, rate.get_expiry()) == (amount, seconds)
    assert parse_rate(" OFF ") is None


@pytest.mark.parametrize("text", ["", "0/minute", "-1/minute", "60", "60/month", "on", "1.5/hour"])
def test_what_is_no_rate_stops_the_start(text: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, rate_limit=text)
    with pytest.raises(ValueError, match="60/minute"):
        create_app(settings, FakeReader(make_index()), FakeAsk())


def waits(window: Window, *addresses: str) -> list[int]:
    """What a window says to these addresses, one after the other."""

    async def run() -> list[int]:
        return [await window.wait(address) for address in addresses]

    return anyio.run(run)


def test_the_window_slides(clock: Clock) -> None:
    window = Window(RateLimitItemPerMinute(2))
    assert waits(window, "10.0.0.1", "10.0.0.1") == [0, 0]
    [seconds] = waits(window, "10.0.0.1")
    assert 1 <= seconds <= 61
    assert waits(window, "10.0.0.2") == [0]
    clock.now += seconds
    assert waits(window, "10.0.0.1") == [0]
    assert waits(window, "10.0.0.1")[0] > 0


@hypothesis_settings(max_examples=25)
@given(
    gaps=st.lists(st.floats(0, 25), min_size=20, max_size=60),
    amount=st.integers(1, 8),
)
def test_no_address_is_admitted_twice_as_often_as_the_rate(gaps: list[float], amount: int) -> None:
    """The sum of two counters is an estimate; in any minute it never lets two minutes' worth in."""
    made, admitted = Clock(), []
    window = Window(RateLimitItemPerMinute(amount))

    async def ask() -> None:
        for gap in gaps:
            made.now += gap
            if await window.wait("10.0.0.1") == 0:
                admitted.append(made.now)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(time, "time", made)
        anyio.run(ask)
    most = max(sum(at <= one < at + 60 for one in admitted) for at in admitted)
    assert most <= 2 * amount


def test_what_retry_after_says_is_true(clock: Clock) -> None:
    window = Window(RateLimitItemPerMinute(3))
    for _ in range(50):
        [seconds] = waits(window, "10.0.0.1")
        clock.now += seconds
        if seconds:
            assert waits(window, "10.0.0.1") == [0]


def test_all_together_have_a_limit_which_bounds_the_memory(clock: Clock) -> None:
    window = Window(RateLimitItemPerMinute(2))
    told = waits(window, *(f"10.0.{n // 250}.{n % 250}" for n in range(1_000)))
    assert told.count(0) == 2 * GLOBAL_FACTOR == len(window) - 1  # and the one for all
    assert told[-1] > 0


@pytest.mark.parametrize("jump", [-86_400.0, 86_400.0])
def test_a_clock_that_is_set_anew_locks_nobody_out(clock: Clock, jump: float) -> None:
    window = Window(RateLimitItemPerMinute(2))
    assert [bool(n) for n in waits(window, *["10.0.0.1"] * 3)] == [False, False, True]
    clock.now += jump
    assert [bool(n) for n in waits(window, *["10.0.0.1"] * 3)] == [False, False, True]


def test_no_address_is_kept_and_nothing_beyond_two_windows(clock: Clock) -> None:
    window = Window(RateLimitItemPerMinute(2))
    waits(window, "10.0.0.1")
    assert len(window) == 2
    assert "10.0.0.1" not in repr([vars(window), vars(window._memory)])
    clock.now += 121

    async def another_comes() -> None:
        await window.wait("10.0.0.2")
        await anyio.sleep(0)  # the library sweeps in a task of its own

    anyio.run(another_comes)
    assert len(window) == 2


def test_an_idle_server_forgets() -> None:
    window = Window(RateLimitItemPerSecond(2))

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        return None

    async def run() -> None:
        await _drive(RateLimit(answered, window), _nothing)
        assert len(window) > 0
        with anyio.fail_after(60):
            while len(window):
                await anyio.sleep(0.05)

    anyio.run(run)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("testclient", "unknown, 10.0.0.1", True),
        ("", "10.0.0.1", False),
    ],
)
def test_one_subscriber_is_one_address(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


@pytest.fixture(scope="module")
def limited_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("limited"), rate_limit="2/day")
    with TestClient(create_app(settings, FakeReader(make_index()), FakeAsk())) as opened:
        yield opened


@pytest.fixture
def limited(limited_once: TestClient) -> TestClient:
    """A server that answers an address twice a day, and to which nobody has come yet."""
    app = limited_once.app
    assert isinstance(app, FastAPI)
    for window in app.state.windows.values():
        anyio.run(window.forget)
    return limited_once


def test_429_says_how_long_to_wait(limited: TestClient) -> None:
    assert limited.post("/api/ask", json=GOOD).status_code == 200
    assert limited.post("/api/ask/stream", json=GOOD).status_code == 200
    response = limited.post("/api/ask", json=GOOD)
    seconds = response.headers["retry-after"]
    assert f" {seconds} s" in assert_error(response, 429, "rate_limited")
    assert 1 <= int(seconds) <= 86_401
    assert response.json()["error"]["retryable"] is True
    assert response.headers["content-security-policy"]
    assert limited.get("/api/sources").status_code == 200  # reading is free


def test_suggestions_and_opinions_take_nothing_from_the_questions(limited: TestClient) -> None:
    opinion = {"answer_id": "a-1", "rating": "up"}
    kinds = {"/api/suggestions": GOOD, "/api/feedback": opinion, "/api/ask": GOOD}
    for path, body in kinds.items():
        statuses = [limited.post(path, json=body).status_code for _ in range(3)]
        assert [status == 429 for status in statuses] == [False, False, True]


def test_a_forged_address_header_changes_nothing(limited: TestClient) -> None:
    headers = [{"X-Forwarded-For": f"10.0.0.{n}"} for n in range(4)]
    statuses = [limited.post("/api/ask", json=GOOD, headers=one).status_code for one in headers]
    assert statuses == [200, 200, 429, 429]


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
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        body = iter([b"x" * 65_536, b"x"])
        headers = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
        connection.request("POST", "/api/ask", body=body, headers=headers, encode_chunked=True)
        response = connection.getresponse()
        assert response.status == 413
        assert json.loads(response.read())["error"]["code"] == "body_too_large"
        connection.close()


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


async def _drive(middleware: BodyCap | RateLimit, receive: Receive) -> list[Message]:
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

    async def run() -> list[Message]:
        return await _drive(BodyCap(unreached), _nothing)

    assert anyio.run(run) == []
