"""Several servers count in one Redis; without it, each goes on counting alone."""

import logging
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shutil import which

import anyio
import pytest
from limits import RateLimitItemPerDay
from pydantic import SecretStr, ValidationError

from api.__main__ import main
from api.limits import Window
from assistant.settings import load_settings

PASSWORD = "un-mot-de-passe-de-redis"
RATE = RateLimitItemPerDay(2)


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SecretStr, Path]]:
    """The URL of a Redis of our own, and its socket."""
    program = which("redis-server")
    if program is None:
        pytest.fail("Redis manque : make system-deps")
    folder = tmp_path_factory.mktemp("redis")
    where = folder / "redis.sock"
    options = ["--port", "0", "--unixsocket", str(where), "--save", "", "--dir", str(folder)]
    with subprocess.Popen(
        [program, *options, "--requirepass", PASSWORD], stdout=subprocess.DEVNULL
    ) as server:
        while not _listens(where):
            assert server.poll() is None
        yield SecretStr(f"redis+unix://:{PASSWORD}@{where}"), where
        server.terminate()


def _listens(where: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as tried, suppress(OSError):
        tried.connect(str(where))
        return True
    return False


def waits(*asked: tuple[Window, str]) -> list[bool]:
    """Which of these are told to wait, one after the other."""

    async def run() -> list[bool]:
        told = [bool(await window.wait(address)) for window, address in asked]
        for window, _ in asked:
            await window.close()
        return told

    return anyio.run(run)


def test_two_servers_count_together(redis: tuple[SecretStr, Path]) -> None:
    one, other = Window(RATE, redis[0]), Window(RATE, redis[0])
    mine, theirs = "10.0.0.1", "10.0.0.2"
    turns = [(one, mine), (other, mine), (one, mine), (other, mine), (other, theirs)]
    assert waits(*turns) == [False, False, True, True, False]
    assert len(one) == len(other) == 0  # nothing is counted here


def test_no_address_reaches_the_storage(redis: tuple[SecretStr, Path]) -> None:
    waits((Window(RATE, redis[0]), "198.51.100.77"))
    with socket.socket(socket.AF_UNIX) as asked:
        asked.connect(str(redis[1]))
        asked.sendall(f"AUTH {PASSWORD}\r\nKEYS *\r\nQUIT\r\n".encode())
        with asked.makefile("rb") as told:
            keys = told.read()
    assert b"LIMITS" in keys
    assert b"198.51" not in keys


@pytest.mark.parametrize("url", ["redis://:mot-secret@127.0.0.1:1/0", "redis+unix:///nowhere"])
def test_without_its_storage_a_server_counts_alone_and_says_so(
    caplog: pytest.LogCaptureFixture, url: str
) -> None:
    window = Window(RATE, SecretStr(url))
    with caplog.at_level(logging.WARNING):
        assert waits(*[(window, "10.0.0.1")] * 4) == [False, False, True, True]
    assert caplog.text.count("rate storage: ") == 1  # and it is not asked again at once
    assert "mot-secret" not in caplog.text


@pytest.mark.parametrize("given", ["mot-secret", "http://mot-secret", "memory://", "redis://"])
def test_another_storage_is_refused_without_being_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    monkeypatch.setenv("ASSISTANT_RATE_STORAGE", given)
    with pytest.raises(ValidationError):
        load_settings()
    assert main([]) == 2
    told = capsys.readouterr().err
    assert "ASSISTANT_RATE_STORAGE" in told
    assert "mot-secret" not in told
