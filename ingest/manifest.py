"""What the corpus holds, and proof that it holds that.

Comes in: the folder of the documents with its ``manifest.toml``. Go out: the documents whose
file is the one announced, read, and one error for every file that is refused.
"""

import hashlib
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, model_validator

from assistant.errors import CorpusError
from assistant.types import Frozen, Source, SourceKind
from ingest import messages
from ingest.read import plain, read
from ingest.read.formats import EXTENSIONS, format_of, zipped
from ingest.read.kept import read_once
from ingest.read.limits import LARGEST
from ingest.read.reading import Reading
from ingest.sources import replaced, sources_of

NAME = "manifest.toml"


class PageStart(Frozen):
    """The first line of a page, as received; pages are declared in reading order."""

    number: int = Field(ge=1)
    first: str = Field(min_length=1)


class Entry(Frozen):
    """One document as the manifest announces it."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    file: str = Field(pattern=r"^[\w][\w.-]*$", description="A name in the corpus, not a path.")
    kind: SourceKind
    title: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    date: str = Field(pattern=r"^~?\d{4}(-\d{2}){0,2}$")
    date_note: str | None = Field(default=None, description="Where the date comes from.")
    url: str | None = Field(default=None, pattern=r"^https://\S+$")
    obtained: str = Field(min_length=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    pages: tuple[PageStart, ...] = ()

    def source(self) -> Source:
        """The same facts, without those that only serve to read the file."""
        return Source(**self.model_dump(exclude={"file", "date_note", "pages"}))


class Manifest(Frozen):
    """All the documents, in the order of the file."""

    document: tuple[Entry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Self:
        for names in ([e.id for e in self.document], [e.file for e in self.document]):
            twice = {name for name in names if names.count(name) > 1}
            if twice:
                raise ValueError(messages.MANIFEST_TWICE.format(file=NAME, name=min(twice)))
        return self


@dataclass(frozen=True)
class Received:
    """A document that is what the manifest says, and its text as its file gave it."""

    entry: Entry
    source: Source
    raw: str


def load_manifest(folder: Path) -> Manifest:
    """The manifest of a corpus folder.

    Raises CorpusError ``corpus_manifest``: absent, not TOML, or a field that does not fit.
    """
    try:
        content = (folder / NAME).read_text("utf-8")
        return Manifest.model_validate(tomllib.loads(content))
    except OSError as error:
        message = messages.MANIFEST_UNREADABLE.format(file=NAME, folder=folder.name)
        raise CorpusError("corpus_manifest", message) from error
    except ValidationError as error:
        raise CorpusError("corpus_manifest", _explained(error)) from error
    except ValueError as error:  # bad UTF-8 or bad TOML
        message = messages.MANIFEST_NOT_TOML.format(file=NAME, detail=error)
        raise CorpusError("corpus_manifest", message) from error


def read_document(folder: Path, entry: Entry, kept: Path | None = None) -> tuple[Reading, ...]:
    """What the file of an announced document holds: one reading, or one an article of law.

    ``kept`` is a folder of readings to draw from and add to. Raises CorpusError:
    ``corpus_missing_file``, ``corpus_altered_file`` when its hash differs,
    ``corpus_unreadable_file`` when it is a link, too big, or refused by its reader.
    """
    path = folder / entry.file
    if path.is_symlink():
        raise _refused("corpus_unreadable_file", messages.LINKED_FILE, path)
    if not path.is_file():
        raise _refused("corpus_missing_file", messages.MISSING_FILE, path)
    if path.stat().st_size > LARGEST:
        message = messages.HUGE_FILE.format(file=path.name, limit=LARGEST // 1_000_000)
        raise CorpusError("corpus_unreadable_file", message)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise _refused("corpus_altered_file", messages.ALTERED_FILE, path)
    if _is_text(content, path.name):
        return (_text(content, path.name),)
    return read_once(content, path.name, kept) if kept else read(content, path.name)


def _is_text(content: bytes, name: str) -> bool:
    """Whether a file needs no parser, and so no process of its own."""
    plain_name = name.rpartition(".")[2].lower() in EXTENSIONS["plain"]
    return plain_name and not zipped(content) and format_of(content, name) == "plain"


def _text(content: bytes, name: str) -> Reading:
    try:
        return plain.read(content)
    except CorpusError as error:
        raise CorpusError(error.code, name + error.message.removeprefix("{file}")) from error


def read_corpus(
    folder: Path, kept: Path | None = None
) -> tuple[tuple[Received, ...], tuple[CorpusError, ...]]:
    """The documents that can be trusted, and why each other file is refused.

    ``kept`` is as in :func:`read_document`. Raises CorpusError ``corpus_manifest`` when the
    manifest itself cannot be used.
    """
    manifest = load_manifest(folder)
    received: list[Received] = []
    refused = _unknown(folder, manifest)
    for entry in manifest.document:
        try:
            readings = read_document(folder, entry, kept)
        except CorpusError as error:
            refused.append(error)
            continue
        sources = sources_of(entry.source(), readings)
        received += [
            Received(entry, source, reading.text)
            for source, reading in zip(sources, readings, strict=True)
        ]
    sources = replaced([r.source for r in received])
    return tuple(
        replace(r, source=source) for r, source in zip(received, sources, strict=True)
    ), tuple(refused)


def _unknown(folder: Path, manifest: Manifest) -> list[CorpusError]:
    """An error for each file that the manifest does not name (hidden files apart)."""
    named = {entry.file for entry in manifest.document} | {NAME}
    return [
        _refused("corpus_unknown_file", messages.UNKNOWN_FILE, path)
        for path in sorted(folder.iterdir())
        if path.name not in named and not path.name.startswith(".")
    ]


def _refused(code: str, message: str, path: Path) -> CorpusError:
    return CorpusError(code, message.format(file=path.name))


def _explained(error: ValidationError) -> str:
    """The first thing wrong, with its place: ``document.2.date``."""
    first = error.errors()[0]
    where = ".".join(str(step) for step in first["loc"])
    if not where:  # our own check, already in French
        return str(first["ctx"]["error"]) if "ctx" in first else first["msg"]
    return messages.MANIFEST_INVALID.format(file=NAME, where=where, detail=first["msg"])
