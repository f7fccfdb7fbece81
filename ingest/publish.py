"""Documents and passages in, a published version of the index out, in one atomic step.

A version is built in a folder aside, renamed to its own name, and then named by the pointer
``current``, which is replaced by one rename. Killed at any moment, the old version still serves.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from assistant import lexical, vectors
from assistant.embedding import Embedder, Vectors
from assistant.errors import CorpusError
from assistant.index import (
    CHROMA,
    DOCUMENTS,
    LEXICAL,
    PASSAGES,
    WORDS,
    chroma_server,
    current,
    indexed_text,
    root,
    words_of,
)
from assistant.settings import Settings
from assistant.types import Document, Passage
from assistant.whole import VERSION, Version, sizes_of
from ingest import messages

BUILDING = ".building-"


def publish(
    settings: Settings,
    embedder: Embedder,
    key: str,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    rows: Vectors,
    beside: Mapping[str, bytes] | None = None,
) -> str:
    """The id of the new version, which readers open from now on.

    ``rows`` holds one unit vector a passage, shape (passages, dimension); ``beside``, files that
    stand in the folder of the version and that no reader of questions opens. The caller holds the
    lock of :mod:`ingest.__main__`: there is one writer at a time. Raises CorpusError
    ``index_unwritable`` when the disk is full or may not be written; the old version then serves.
    """
    base = root(settings)
    base.mkdir(parents=True, exist_ok=True)
    sweep(base, keep=())
    name = _name(base, key)
    aside = base / f"{BUILDING}{name}"
    before = current(settings)
    server = chroma_server(settings)
    with _whole_or_nothing(aside, base / name):
        aside.mkdir()
        _build(aside, name, documents, passages, rows, server)
        for file, content in (beside or {}).items():
            (aside / file).write_bytes(content)
        made = Version(
            id=name,
            key=key,
            model=embedder.name,
            fingerprint=embedder.fingerprint,
            sizes=sizes_of(aside),
        )
        (aside / VERSION).write_text(made.model_dump_json(indent=1), encoding="utf-8")
        aside.rename(base / name)
        point(base, name)
    kept = [name, *([before.name] if before else [])]  # a reader may hold the one before open
    sweep(base, keep=kept)
    if server:
        vectors.sweep(server, kept)
    return name


def key_of(entries: Mapping[str, str], embedder: Embedder) -> str:
    """Hash of all that decides what an index holds: manifest, embedding model, code, data."""
    made = repr((sorted(entries.items()), embedder.fingerprint, code()))
    return hashlib.sha256(made.encode()).hexdigest()


@cache
def code() -> str:
    """Hash of the code and of the data files that decide what a document becomes."""
    digest = hashlib.sha256()
    house = Path(__file__).parent.parent
    for file in sorted(p for room in ("assistant", "ingest") for p in (house / room).rglob("*.*")):
        if file.suffix in {".py", ".toml"}:
            digest.update(file.relative_to(house).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def sweep(base: Path, keep: Sequence[str]) -> None:
    """Remove what killed runs left aside and, when ``keep`` is given, the versions not in it."""
    for folder in base.iterdir():
        stale = folder.name.startswith(BUILDING) or (keep and folder.name not in keep)
        if folder.is_dir() and stale:
            shutil.rmtree(folder)


@contextmanager
def _whole_or_nothing(*made: Path) -> Iterator[None]:
    """Removes what was made when a part of it fails: on a full disk its room is wanted."""
    try:
        yield
    except Exception as error:  # Chroma has errors of its own for a disk
        for folder in made:
            shutil.rmtree(folder, ignore_errors=True)
        cause = f"{type(error).__name__} : {error}".split("\n")[0][:200]
        raise CorpusError("index_unwritable", messages.UNWRITABLE.format(cause=cause)) from error


def _build(
    folder: Path,
    id: str,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    rows: Vectors,
    server: vectors.Server | None,
) -> None:
    by_id = {d.source.id: d for d in documents}
    indexed = [indexed_text(p, by_id[p.source_id]) for p in passages]
    about: list[vectors.Metadata] = [_about(p) for p in passages]
    ids, texts = [p.id for p in passages], [p.text for p in passages]
    name = id if server else vectors.COLLECTION
    vectors.write(folder / CHROMA, ids, rows, texts, about, server, name)
    lexical.write(folder / LEXICAL, indexed)
    (folder / WORDS).write_text(words_of(documents), encoding="utf-8")
    (folder / DOCUMENTS).write_bytes(TypeAdapter(list[Document]).dump_json(list(documents)))
    (folder / PASSAGES).write_bytes(TypeAdapter(list[Passage]).dump_json(list(passages)))


def _about(passage: Passage) -> dict[str, str | int]:
    return {
        "source": passage.source_id,
        "kind": passage.kind,
        "section": " > ".join(passage.section),
        "start": passage.start,
        "end": passage.end,
    }


def _name(base: Path, key: str) -> str:
    """Sorts by date; two versions of one second differ by their rank."""
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    rank = sum(1 for p in base.iterdir() if p.name.startswith(stamp))
    return f"{stamp}{rank}-{key[:12]}"


def point(base: Path, name: str) -> None:
    """Make a version the one that readers open, in one step."""
    aside = base / ".current"
    with aside.open("w", encoding="utf-8") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(base / "current")
