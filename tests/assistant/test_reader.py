"""A reader opens the next version aside: nobody waits for it, and a bad one changes nothing."""

import multiprocessing
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from assistant.errors import IndexUnavailable
from assistant.index import Index, Reader, current
from assistant.settings import Settings
from ingest.__main__ import run
from tests.corpus_folder import LIBRARY, fill, settings_of

MORE = LIBRARY | {"puits": "Les puits\n\nLe puits du village est profond.\n"}


@pytest.fixture
def made(tmp_path: Path, tiny_model: str) -> Settings:
    made = settings_of(tmp_path, tiny_model)
    fill(made.corpus_dir, LIBRARY)
    run(made)
    return made


def publish_more(made: Settings) -> Path:
    fill(made.corpus_dir, MORE)
    run(made)
    folder = current(made)
    assert folder is not None
    return folder


def test_others_are_answered_while_one_opens_the_next_version(made: Settings) -> None:
    opening, opened = threading.Event(), threading.Event()

    def prepare(index: Index) -> None:
        if "puits" in index.documents:
            opening.set()
            assert opened.wait(60)

    reader = Reader(made, prepare)
    first = reader.current()
    publish_more(made)
    turned: list[Index] = []
    one = threading.Thread(target=lambda: turned.append(reader.current()))
    one.start()
    assert opening.wait(60)
    assert reader.current() is first  # while the other thread is still at it
    opened.set()
    one.join(60)
    assert turned == [reader.current()] and "puits" in turned[0].documents


def test_first_questions_share_one_opening(made: Settings) -> None:
    opened: list[Index] = []
    reader = Reader(made, opened.append)
    found: list[Index] = []
    threads = [threading.Thread(target=lambda: found.append(reader.current())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(opened) == 1 and all(index is opened[0] for index in found) and len(found) == 4


def test_a_damaged_successor_leaves_the_version_before(
    made: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(made)
    first = reader.current()
    folder = publish_more(made)
    whole = (folder / "passages.json").read_bytes()
    (folder / "passages.json").write_bytes(whole[:100])
    assert reader.current() is first
    assert isinstance(reader.trouble, IndexUnavailable) and reader.trouble.code == "index_damaged"
    (folder / "passages.json").write_bytes(whole)
    monkeypatch.setattr("assistant.index.PAUSE", 0.0)
    assert "puits" in reader.current().documents and reader.trouble is None


def test_a_pointer_that_goes_leaves_the_version_that_is_open(made: Settings) -> None:
    reader = Reader(made)
    first = reader.current()
    folder = current(made)
    assert folder is not None
    (folder.parent / "current").unlink()
    assert reader.current() is first
    assert isinstance(reader.trouble, IndexUnavailable) and reader.trouble.code == "index_missing"
    (folder.parent / "current").write_text(first.version, "utf-8")
    assert reader.current() is first and reader.trouble is None


def serve(made: Settings, pipe: Connection) -> None:
    """A worker: tells the version that it serves each time it is asked."""
    reader = Reader(made)
    while pipe.recv():
        pipe.send(reader.current().version)


def test_the_workers_of_a_machine_change_version_together(made: Settings) -> None:
    context = multiprocessing.get_context("spawn")
    pipes = [context.Pipe() for _ in range(2)]
    workers = [context.Process(target=serve, args=(made, theirs)) for _, theirs in pipes]
    for worker in workers:
        worker.start()

    def versions() -> set[str]:
        for ours, _ in pipes:
            ours.send(True)
        return {ours.recv() for ours, _ in pipes}

    before = current(made)
    assert before is not None
    assert versions() == {before.name}
    after = publish_more(made)
    assert versions() == {after.name} and after != before  # at the very next question of each
    for ours, _ in pipes:
        ours.send(False)
    for worker in workers:
        worker.join(30)
        assert worker.exitcode == 0


def test_a_version_is_looked_for_without_being_read(made: Settings) -> None:
    """What each question pays to follow the pointer is one small file."""
    reader = Reader(made)
    first = reader.current()
    started = time.process_time()
    assert all(reader.current() is first for _ in range(1_000))
    followed = time.process_time() - started
    started = time.process_time()
    Reader(made).current()
    assert followed < 100 * (time.process_time() - started)
