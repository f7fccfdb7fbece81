"""Runs in processes of their own, two at once or killed at any moment, leave a whole index."""

import json
import os
import random
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from assistant.errors import IndexUnavailable
from assistant.index import Index, Reader, current, root
from assistant.settings import Settings
from ingest import messages
from ingest.__main__ import main, run
from tests.corpus_folder import LIBRARY, environment, fill, given, served

HOUSE = Path(__file__).parents[2]
Moment = Callable[[Path, str], bool]


def test_a_second_run_at_the_same_time_is_turned_away(
    made: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment(made, monkeypatch)
    made.data_dir.mkdir()
    hold = (
        "import sys; from filelock import FileLock\n"
        "with FileLock(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, str(made.data_dir / "ingest.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        assert main([]) == 3
        holder.communicate()
    assert messages.BUSY in capsys.readouterr().err
    assert not root(made).exists()
    assert main([]) == 0


@pytest.mark.full
def test_two_runs_at_once_publish_one_version(made: Settings) -> None:
    runs = [_started(made) for _ in range(2)]
    statuses = {process.wait() for process in runs}
    assert 0 in statuses and statuses <= {0, 3}
    assert set(served(made).documents) == set(LIBRARY)


def _aside(base: Path, part: str) -> bool:
    return any((folder / part).exists() for folder in base.glob(".building-*"))


MOMENTS: dict[str, Moment] = {
    "begun": lambda base, _: _aside(base, "."),
    "vectors": lambda base, _: _aside(base, "chroma/chroma.sqlite3"),
    "words": lambda base, _: _aside(base, "lexical/words"),
    "passages": lambda base, _: _aside(base, "passages.json"),
    "named": lambda base, old: any(p.is_dir() and p.name != old for p in base.glob("2*")),
    "pointed": lambda base, old: (base / "current").read_text() != old,
}


def _started(made: Settings) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "ingest"],
        cwd=HOUSE,
        env={**os.environ, **given(made)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class Starter:
    """Real runs of ingest, in children of a process that has imported all that they need."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None and process.stdout is not None
        self._ask, self._told = process.stdin, process.stdout
        assert self._told.readline() == "1\n", "a fork needs a process of one thread"

    def run(self, made: Settings) -> float:
        """The seconds of a whole run."""
        self._begin(made)
        begun = time.monotonic()
        assert int(self._told.readline()) == 0
        return time.monotonic() - begun

    def kill(self, made: Settings, come: Callable[[], bool]) -> bool:
        """A run killed as soon as the moment has come; False when it ended before."""
        child = self._begin(made)
        while not come() and not self._over():
            time.sleep(0.0005)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        return int(self._told.readline()) == -signal.SIGKILL

    def _begin(self, made: Settings) -> int:
        self._ask.write(json.dumps(given(made)) + "\n")
        self._ask.flush()
        return int(self._told.readline())

    def _over(self) -> bool:
        return bool(select.select([self._told], [], [], 0)[0])


@pytest.fixture(scope="module")
def starter(tiny_model: str) -> Iterator[Starter]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ingest.starter", tiny_model],
        cwd=HOUSE,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        yield Starter(process)
        process.communicate()


def _still_whole(made: Settings, starter: Starter, old: str, year: int) -> float:
    """The index is the old one or the new one, and the next run clears the rest; its seconds."""
    index = served(made)
    assert _is(index, year - 1 if index.version == old else year)
    assert index.documents.keys() == {p.source_id for p in index.order} == LIBRARY.keys()
    assert len(index.rows) == len(index.order)
    assert all(index.documents[p.source_id].text[p.start : p.end] == p.text for p in index.order)
    spent = starter.run(made)
    assert _is(served(made), year)
    assert not list(root(made).glob(".building-*"))
    return spent


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_run_leaves_a_whole_index(made: Settings, starter: Starter, moment: str) -> None:
    starter.run(made)
    for year in range(2019, 2039):  # a run on a busy machine may be over before it is caught
        old = served(made).version
        fill(made.corpus_dir, _of(year))
        killed = starter.kill(made, partial(MOMENTS[moment], root(made), old))
        _still_whole(made, starter, old, year)
        if killed:
            return
    pytest.fail("no run was killed at that moment")


@pytest.mark.parametrize("kills", [6, pytest.param(100, marks=pytest.mark.full)])
def test_a_run_killed_at_random_leaves_a_whole_index(
    made: Settings, starter: Starter, kills: int
) -> None:
    """Uniformly over the time of a run; one that ended before is tried again."""
    starter.run(made)
    chance = random.Random(5)
    killed, year, whole = 0, 2018, 0.0
    while killed < kills:
        year += 1
        fill(made.corpus_dir, _of(year))
        old = served(made).version
        due = time.monotonic() + chance.uniform(0, whole)
        killed += starter.kill(made, lambda due=due: time.monotonic() > due)  # type: ignore[misc]
        whole = _still_whole(made, starter, old, year)


def _of(year: int) -> dict[str, str]:
    return LIBRARY | {"lavoirs": LIBRARY["lavoirs"].replace("2018", str(year))}


def _is(index: Index, year: int) -> bool:
    return str(year) in index.documents["lavoirs"].text


def test_a_server_that_answers_meanwhile_never_fails(made: Settings) -> None:
    """Readers in threads meet each version whole, and the last one without a restart."""
    run(made)
    reader, over = Reader(made), threading.Event()

    def answer() -> set[str]:
        met = set()
        while not over.is_set():
            index = reader.current()
            assert len(index.rows) == len(index.order)
            assert {p.source_id for p in index.order} == set(index.documents)
            met.add(index.version)
        return met

    with ThreadPoolExecutor(3) as threads:
        answers = [threads.submit(answer) for _ in range(3)]
        for year in (2019, 2020):
            fill(made.corpus_dir, _of(year))
            run(made)
        newest, due = served(made).version, time.monotonic() + 30
        while reader.current().version != newest and time.monotonic() < due:
            time.sleep(0.05)  # who finds the new version opens it; the others go on meanwhile
        over.set()
        assert all(found.result() for found in answers)
    assert reader.current().version == newest
    assert _is(reader.current(), 2020)


def test_a_first_run_killed_leaves_no_index_and_no_obstacle(
    made: Settings, starter: Starter
) -> None:
    assert starter.kill(made, lambda: _aside(root(made), "chroma"))
    assert current(made) is None
    with pytest.raises(IndexUnavailable) as caught:
        served(made)
    assert caught.value.code == "index_missing"
    starter.run(made)
    assert set(served(made).documents) == set(LIBRARY)
    assert not list(root(made).glob(".building-*"))
