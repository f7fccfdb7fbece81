"""The two shelves of documents: the corpus that is shipped, and what was added on this machine.

Comes in: the settings. Go out: the documents of both that can be trusted, and every change to the
second, whose folder has a ``manifest.toml`` of the same shape. The shipped one is never written.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import tomlkit
from tomlkit import TOMLDocument

from assistant.errors import CorpusError
from assistant.settings import Settings
from ingest import messages
from ingest.manifest import (
    CATALOGUE,
    NAME,
    Entry,
    Manifest,
    Received,
    Remote,
    load_manifest,
    parse_manifest,
    read_corpus,
)

_OURS = re.compile(r"[a-z0-9-]+\.([0-9a-f]{8})\.\w+")


@dataclass(frozen=True)
class Holdings:
    """What both shelves hold; ``gone`` are the documents that are left out on purpose."""

    folder: Path  # of the documents added
    received: tuple[Received, ...]
    refused: tuple[CorpusError, ...] = ()
    gone: frozenset[str] = frozenset()

    def find(self, id: str) -> Received | None:
        """The document of this id."""
        return next((one for one in self.received if one.entry.id == id), None)

    def plus(self, added: Received) -> "Holdings":
        """With a document, in place of the one that has its id."""
        others = [one for one in self.received if one.entry.id != added.entry.id]
        return replace(self, received=(*others, added))

    def minus(self, id: str) -> "Holdings":
        """Without a document."""
        others = tuple(one for one in self.received if one.entry.id != id)
        return replace(self, received=others, gone=self.gone | {id})


def folder(settings: Settings) -> Path:
    """Where the documents added on this machine are, with their manifest."""
    return settings.data_dir / "documents"


def added(settings: Settings) -> Manifest:
    """The manifest of the documents added; an empty one before the first."""
    here = folder(settings)
    return load_manifest(here) if (here / NAME).exists() else Manifest()


def shipped(settings: Settings) -> dict[str, Entry]:
    """The documents of the corpus, by id, those that are switched off too."""
    return {entry.id: entry for entry in load_manifest(settings.corpus_dir).document}


def announced(settings: Settings, id: str) -> Entry | None:
    """The entry of this id on either shelf, whatever the state of its file."""
    here = {entry.id: entry for entry in added(settings).document}
    return here.get(id) or shipped(settings).get(id)


def remotes(settings: Settings) -> list[Remote]:
    """The addresses of the catalogue, those of the data folder in place of the same id."""
    listed: dict[str, Remote] = {}
    if (settings.corpus_dir / CATALOGUE).exists():
        listed = {r.id: r for r in load_manifest(settings.corpus_dir, CATALOGUE).remote}
    return list((listed | {r.id: r for r in added(settings).remote}).values())


def holdings(settings: Settings) -> Holdings:
    """The documents of both shelves, those that are switched off apart.

    Raises CorpusError ``corpus_manifest`` when a manifest cannot be used, or both have one id.
    """
    corpus, more = load_manifest(settings.corpus_dir), added(settings)
    _apart(corpus, more)
    received, refused = read_corpus(settings.corpus_dir, corpus, more.withdrawn)
    if folder(settings).is_dir():
        others, wrong = read_corpus(folder(settings), more)
        received, refused = received + others, refused + wrong
    gone = frozenset(more.withdrawn)
    return Holdings(folder(settings), tuple(received), tuple(refused), gone)


def keep(settings: Settings, entry: Entry, content: bytes) -> None:
    """Put a document on the shelf, in place of the one with its id: the file first, whole."""
    here = folder(settings)
    here.mkdir(parents=True, exist_ok=True)
    write(here / entry.file, content)
    table = tomlkit.table()
    table.update(entry.model_dump(mode="json", exclude_none=True, exclude_defaults=True))

    def change(manifest: TOMLDocument) -> None:
        documents = manifest.setdefault("document", tomlkit.aot())
        ids = [str(one["id"]) for one in documents]
        if entry.id in ids:
            documents[ids.index(entry.id)] = table
        else:
            documents.append(table)

    _change(settings, change)


def drop(settings: Settings, id: str) -> None:
    """Take a document added off its shelf, or switch a shipped one off."""

    def change(manifest: TOMLDocument) -> None:
        documents = manifest.get("document", [])
        ids = [str(one["id"]) for one in documents]
        if id in ids:
            del documents[ids.index(id)]
        else:
            _withdrawn(manifest).append(id)

    _change(settings, change)


def restore(settings: Settings, id: str) -> None:
    """Switch a shipped document on again."""
    _change(settings, lambda manifest: _withdrawn(manifest).remove(id))


@contextmanager
def undone(settings: Settings) -> Iterator[None]:
    """Puts the manifest of the shelf back as it was when what stands inside fails."""
    path = folder(settings) / NAME
    before = path.read_bytes() if path.exists() else None
    try:
        yield
    except BaseException:
        if before is not None:
            write(path, before)
        else:
            path.unlink(missing_ok=True)
        tidy(settings)
        raise


def tidy(settings: Settings) -> None:
    """Remove what a killed run or a removed document left: files that bear their own hash.

    Only those: a file that somebody else put there is not touched, and is refused by name.
    """
    here = folder(settings)
    if not here.is_dir():
        return
    named = {entry.file for entry in added(settings).document}
    for file in here.iterdir():
        ours = _OURS.fullmatch(file.name)
        left = ours and file.name not in named and _hash(file).startswith(ours[1])
        if file.is_file() and (left or file.name.startswith(".aside-")):
            file.unlink()


def file_name(id: str, content: bytes, suffix: str) -> str:
    """A name that no other content has: the file of the version before is never overwritten."""
    return f"{id}.{hashlib.sha256(content).hexdigest()[:8]}{suffix}"


def write(path: Path, content: bytes) -> None:
    """A file replaced in one atomic step, on the disk before anything refers to it."""
    aside = path.with_name(f".aside-{path.name}")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    here = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(here)
    finally:
        os.close(here)


def _change(settings: Settings, change: Callable[[TOMLDocument], None]) -> None:
    """The manifest of the shelf changed, its comments kept, and proven before it is written."""
    path = folder(settings) / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text("utf-8") if path.exists() else messages.MANIFEST_HEAD
    manifest = tomlkit.parse(text)
    change(manifest)
    written = tomlkit.dumps(manifest)
    parse_manifest(written)
    write(path, written.encode())


def _withdrawn(manifest: TOMLDocument) -> list[str]:
    """The list of the shipped documents switched off, which must stand before any table."""
    if "withdrawn" not in manifest:
        tables = {key: manifest.pop(key) for key in ("document", "remote") if key in manifest}
        manifest["withdrawn"] = tomlkit.array()
        manifest.update(tables)
    listed: list[str] = manifest["withdrawn"]  # type: ignore[assignment]
    return listed


def _apart(corpus: Manifest, more: Manifest) -> None:
    twice = {e.id for e in corpus.document} & {e.id for e in more.document}
    if twice:
        message = messages.MANIFEST_TWICE.format(file=NAME, name=min(twice))
        raise CorpusError("corpus_manifest", message)


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
