"""Runs in processes of their own, two at once or killed at any moment, leave a whole index."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.errors import IndexUnavailable
from assistant.index import Index, Reader, current, root
from assistant.settings import Settings
from ingest import messages
from ingest.__main__ import main, run
from tests.corpus_folder import CHANGED, LIBRARY, environment, fill, given, served

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


def _killed(made: Settings, come: Callable[[], bool]) -> None:
    """A real run, killed as soon as the moment has come, or ended if it never comes."""
    process = _started(made)
    while process.poll() is None and not come():
        time.sleep(0.0005)
    process.send_signal(signal.SIGKILL)
    process.wait()


def _still_whole(made: Settings, old: str) -> None:
    """The index is the old one or the new one, and the next run clears the rest."""
    index = served(made)
    year = "2018" if index.version == old else "2019"
    assert year in index.documents["lavoirs"].text
    assert len(index.rows) == len(index.order)
    run(made)
    assert "2019" in served(made).documents["lavoirs"].text
    assert not list(root(made).glob(".building-*"))


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(name, marks=[] if name in ("vectors", "named") else pytest.mark.full)
        for name in MOMENTS
    ],
)
def test_a_killed_run_leaves_a_whole_index(made: Settings, moment: str) -> None:
    run(made)
    old = served(made).version
    fill(made.corpus_dir, CHANGED)
    _killed(made, lambda: MOMENTS[moment](root(made), old))
    _still_whole(made, old)


@pytest.mark.full
def test_a_run_killed_at_random_leaves_a_whole_index(made: Settings) -> None:
    begun = time.monotonic()
    assert _started(made).wait() == 0
    whole = time.monotonic() - begun
    chance = random.Random(5)
    for _ in range(15):
        fill(made.corpus_dir, LIBRARY)
        run(made)
        old = served(made).version
        fill(made.corpus_dir, CHANGED)
        due = time.monotonic() + chance.uniform(0, whole)
        _killed(made, lambda due=due: time.monotonic() > due)  # type: ignore[misc]
        _still_whole(made, old)


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
        last = reader.current().version
        over.set()
        assert all(found.result() for found in answers)
    assert last == served(made).version
    assert _is(reader.current(), 2020)


@pytest.mark.full
def test_a_first_run_killed_leaves_no_index_and_no_obstacle(made: Settings) -> None:
    _killed(made, lambda: _aside(root(made), "chroma"))
    if current(made) is None:
        with pytest.raises(IndexUnavailable) as caught:
            served(made)
        assert caught.value.code == "index_missing"
    run(made)
    assert set(served(made).documents) == set(LIBRARY)
    assert not list(root(made).glob(".building-*"))
