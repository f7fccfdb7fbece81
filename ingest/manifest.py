"""What a folder of documents holds, and proof that it holds that.

Comes in: the folder with its ``manifest.toml``. Go out: the documents whose file is the one
announced, and one error for every file that is refused.
"""

import hashlib
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, model_validator

from assistant.errors import CorpusError
from assistant.types import Frozen, Source, SourceKind
from ingest import messages
from ingest.read import plain, read
from ingest.read.formats import EXTENSIONS, format_of, refused, zipped
from ingest.read.kept import read_once
from ingest.read.limits import LARGEST
from ingest.read.reading import Reading

NAME = "manifest.toml"
CATALOGUE = "catalogue.toml"


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
    guessed: tuple[str, ...] = Field(default=(), description="Fields that nobody gave.")
    url: str | None = Field(default=None, pattern=r"^https://\S+$")
    obtained: str = Field(min_length=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    pages: tuple[PageStart, ...] = ()

    def source(self) -> Source:
        """The same facts, without those that only serve to read the file."""
        return Source(**self.model_dump(exclude={"file", "date_note", "guessed", "pages"}))


class Remote(Frozen):
    """A public address that ``fetch`` can bring a document from; what is left out is guessed."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    url: str = Field(pattern=r"^https://\S+$")
    kind: SourceKind | None = None
    title: str | None = Field(default=None, min_length=1)
    publisher: str | None = Field(default=None, min_length=1)
    date: str | None = Field(default=None, pattern=r"^~?\d{4}(-\d{2}){0,2}$")
    note: str | None = Field(default=None, description="What to know before it is brought.")
    enabled: bool = Field(default=False, description="Brought without being named.")


class Manifest(Frozen):
    """All the documents, in the order of the file; that of the data folder may hold the rest."""

    document: tuple[Entry, ...] = ()
    withdrawn: tuple[str, ...] = Field(default=(), description="Shipped documents switched off.")
    remote: tuple[Remote, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> Self:
        documents, remotes = self.document, self.remote
        for names in (
            [e.id for e in documents],
            [e.file for e in documents],
            [r.id for r in remotes],
        ):
            twice = {name for name in names if names.count(name) > 1}
            if twice:
                raise ValueError(messages.MANIFEST_TWICE.format(file=NAME, name=min(twice)))
        return self


@dataclass(frozen=True)
class Received:
    """A document whose file is what the manifest says; ``readings`` where it was read already."""

    entry: Entry
    folder: Path
    readings: tuple[Reading, ...] = ()


def load_manifest(folder: Path, name: str = NAME) -> Manifest:
    """The manifest of a folder, or its catalogue, which has the same shape.

    Raises CorpusError ``corpus_manifest``: absent, not TOML, or a field that does not fit.
    """
    try:
        content = (folder / name).read_text("utf-8")
    except OSError as error:
        message = messages.MANIFEST_UNREADABLE.format(file=name, folder=folder.name)
        raise CorpusError("corpus_manifest", message) from error
    except ValueError as error:
        message = messages.MANIFEST_NOT_TOML.format(file=name, detail=error)
        raise CorpusError("corpus_manifest", message) from error
    return parse_manifest(content, name)


def parse_manifest(content: str, name: str = NAME) -> Manifest:
    """The manifest that a TOML text says. Raises CorpusError ``corpus_manifest``."""
    try:
        return Manifest.model_validate(tomllib.loads(content))
    except ValidationError as error:
        raise CorpusError("corpus_manifest", explained(error, name)) from error
    except ValueError as error:
        message = messages.MANIFEST_NOT_TOML.format(file=name, detail=error)
        raise CorpusError("corpus_manifest", message) from error


def read_document(folder: Path, entry: Entry, kept: Path | None = None) -> tuple[Reading, ...]:
    """What the file of an announced document holds: one reading, or one an article of law.

    ``kept`` is a folder of readings to draw from and add to. Raises what :func:`content_of`
    raises, and CorpusError ``corpus_unreadable_file`` when the file is refused by its reader.
    """
    return understand(content_of(folder, entry), entry.file, kept)


def content_of(folder: Path, entry: Entry) -> bytes:
    """The bytes of an announced document.

    Raises CorpusError: ``corpus_missing_file``, ``corpus_altered_file`` when its hash differs,
    ``corpus_unreadable_file`` when it is a link or too big.
    """
    path = folder / entry.file
    if path.is_symlink():
        raise _refused("corpus_unreadable_file", messages.LINKED_FILE, path)
    if not path.is_file():
        raise _refused("corpus_missing_file", messages.MISSING_FILE, path)
    check_size(path.name, path.stat().st_size)
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise _refused("corpus_altered_file", messages.ALTERED_FILE, path)
    return content


def check_size(name: str, size: int) -> None:
    """Raises CorpusError ``corpus_unreadable_file`` for a file of more bytes than are read."""
    if size > LARGEST:
        raise refused(messages.HUGE_FILE, name, limit=LARGEST // 1_000_000)


def understand(content: bytes, name: str, kept: Path | None = None) -> tuple[Reading, ...]:
    """What any file says, whoever gave it. Raises CorpusError ``corpus_unreadable_file``."""
    if _is_text(content, name):
        return (_text(content, name),)
    return read_once(content, name, kept) if kept else read(content, name)


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
    folder: Path, manifest: Manifest, withdrawn: Collection[str] = ()
) -> tuple[list[Received], list[CorpusError]]:
    """The documents of a folder that can be trusted, and why each other file is refused."""
    received: list[Received] = []
    wrong = _unknown(folder, manifest)
    for entry in manifest.document:
        if entry.id in withdrawn:
            continue
        try:
            content_of(folder, entry)
            received.append(Received(entry, folder))
        except CorpusError as error:
            wrong.append(error)
    return received, wrong


def _unknown(folder: Path, manifest: Manifest) -> list[CorpusError]:
    """An error for each file that the manifest does not name (hidden files apart)."""
    named = {entry.file for entry in manifest.document} | {NAME, CATALOGUE}
    return [
        _refused("corpus_unknown_file", messages.UNKNOWN_FILE, path)
        for path in sorted(folder.iterdir())
        if path.name not in named and not path.name.startswith(".")
    ]


def _refused(code: str, message: str, path: Path) -> CorpusError:
    return CorpusError(code, message.format(file=path.name))


def explained(error: ValidationError, name: str) -> str:
    """The first thing wrong, with its place: ``document.2.date``."""
    first = error.errors()[0]
    where = ".".join(str(step) for step in first["loc"])
    if not where:  # our own check, already in French
        return str(first["ctx"]["error"]) if "ctx" in first else first["msg"]
    detail = messages.FIELD_FORMS.get(str(first["loc"][-1]), messages.VALUE_FORM)
    where = messages.FIELD_NAMES.get(where, where)
    return messages.MANIFEST_INVALID.format(file=name, where=where, detail=detail)
