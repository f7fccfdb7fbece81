"""A disk that is full or may not be written: it is said, nothing is left, the old version serves.

And the way back: ``versions`` names what is kept, ``rollback`` lets an older version serve.
"""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from assistant.errors import CorpusError
from assistant.index import current, root
from assistant.settings import Settings
from assistant.types import Document, Passage
from ingest import messages, publish
from ingest.__main__ import main, run
from ingest.commands import messages as spoken
from ingest.manifest import load_manifest
from ingest.split import split
from tests.corpus_folder import CHANGED, LIBRARY, contents, environment, fill, served
from tests.hashed_words import HashedWords

NOBODY = 65_534
EMBEDDER = HashedWords()


@contextmanager
def full(room: int) -> Iterator[None]:
    """No file may grow beyond so many bytes, as on a disk that is nearly full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@cache
def library(corpus: Path) -> tuple[list[Document], list[Passage]]:
    """The documents and passages of the library."""
    parts = [split(e.source(), LIBRARY[e.id], e.pages) for e in load_manifest(corpus).document]
    return [document for document, _ in parts], [p for _, passages in parts for p in passages]


def published(made: Settings, key: str) -> str:
    """The id of a version of the library, under a key of its own."""
    documents, passages = library(made.corpus_dir)
    rows = EMBEDDER.documents([p.text for p in passages])
    return publish.publish(made, EMBEDDER, key, documents, passages, rows)


# the database of Chroma, the rows, the lexical views, the passages and the pointer, one by one
@pytest.mark.parametrize("room", [1, 30_000, 150_000])
def test_a_full_disk_leaves_the_version_that_serves(made: Settings, room: int) -> None:
    name = published(made, "first")
    before = contents(root(made))
    with full(room), pytest.raises(CorpusError) as caught:
        published(made, "second")
    assert caught.value.code == "index_unwritable"
    assert contents(root(made)) == before
    assert [folder.name for folder in root(made).iterdir() if folder.is_dir()] == [name]
    folder = current(made)
    assert folder is not None and folder.name == name
    assert published(made, "second") != name  # once there is room


def test_a_pointer_without_room_leaves_no_orphan(
    made: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = published(made, "first")
    point = publish.point

    def pointless(base: Path, name: str) -> None:
        with full(0):
            point(base, name)

    monkeypatch.setattr(publish, "point", pointless)
    with pytest.raises(CorpusError):
        published(made, "second")
    folder = current(made)
    assert folder is not None and folder.name == name
    assert [folder.name for folder in root(made).iterdir() if folder.is_dir()] == [name]


def test_the_door_says_that_the_disk_is_full(
    made: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(made)
    fill(made.corpus_dir, CHANGED)
    environment(made, monkeypatch)
    with full(1):
        assert main([]) == 1
    assert messages.UNWRITABLE.split("(")[0] in capsys.readouterr().err
    assert "2018" in served(made).documents["lavoirs"].text
    assert main([]) == 0
    assert "2019" in served(made).documents["lavoirs"].text


def test_a_read_only_folder_is_said_and_passes(made: Settings) -> None:
    with TemporaryDirectory() as name:
        elsewhere = made.model_copy(update={"data_dir": Path(name)})
        published(elsewhere, "first")
        before = contents(root(elsewhere))
        with read_only(Path(name)), pytest.raises(CorpusError) as caught:
            published(elsewhere, "second")
        assert caught.value.code == "index_unwritable"
        assert contents(root(elsewhere)) == before
        published(elsewhere, "second")


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder that this user may read and not write; root may write anywhere, and steps down."""
    folders = [folder, *(inner for inner in folder.rglob("*") if inner.is_dir())]
    root = os.geteuid() == 0
    if root:
        for file in (folder, *folder.rglob("*")):
            os.chown(file, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    for inner in folders:
        inner.chmod(0o500)
    try:
        yield
    finally:
        for inner in folders:
            inner.chmod(0o700)
        if root:
            os.seteuid(0)


# ---------------------------------------------------------------- the way back


def test_an_older_version_serves_again(
    made: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment(made, monkeypatch)
    assert main(["versions"]) == 1
    run(made)
    old = served(made)
    assert main(["rollback"]) == 1  # there is no other
    fill(made.corpus_dir, CHANGED)
    run(made)
    new = served(made)
    capsys.readouterr()
    assert main(["versions"]) == 0
    newest, oldest = capsys.readouterr().out.splitlines()
    assert newest.split()[:2] == [new.version, spoken.VERSION_STATES["serves"]]
    assert oldest.split()[:2] == [old.version, spoken.VERSION_STATES["kept"]]
    assert main(["rollback"]) == 0
    assert served(made).version == old.version
    assert main(["rollback", new.version]) == 0
    assert served(made).version == new.version


def test_a_version_that_is_not_whole_does_not_serve_again(
    made: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment(made, monkeypatch)
    run(made)
    old = current(made)
    fill(made.corpus_dir, CHANGED)
    run(made)
    new = served(made)
    assert old is not None
    (old / "passages.json").write_text("[")
    for wrong in ("rollback", f"rollback {old.name}", "rollback ../index", "rollback nothing"):
        assert main(wrong.split()) == 1
        assert served(made).version == new.version
    (root(made) / "current").write_text("nothing")
    assert main(["rollback"]) == 0  # the newest that is whole
    assert served(made).version == new.version
