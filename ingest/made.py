"""What each announced file became, kept from run to run.

Comes in: files that the manifests announce, and the published version. Go out: their documents
and passages, taken from that version where neither the entry nor the code has changed: a scan is
not read twice.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter
from tqdm import tqdm

from assistant.errors import CorpusError
from assistant.index import load_documents
from assistant.types import Document, Frozen, Passage, Source
from assistant.whole import version
from ingest import messages
from ingest.manifest import Entry, Received, read_document
from ingest.publish import code
from ingest.read.reading import Reading
from ingest.sources import replaced, sources_of
from ingest.split import split

MADE = "made.json"


class Record(Frozen):
    """What made the documents of one entry: a hash of entry and code; and their sources.

    The sources are as the entry has them alone, before other entries end a version of a law.
    """

    digest: str
    sources: tuple[Source, ...]


_Records = TypeAdapter(dict[str, Record])


@dataclass(frozen=True)
class Part:
    """What one entry became; ``kept`` when it was taken from the published version."""

    entry: Entry
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    sources: tuple[Source, ...]  # as in Record
    kept: bool = False


class Published:
    """The published version as an ingest sees it: empty where there is none, or none readable."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    @cached_property
    def key(self) -> str | None:
        """What made it."""
        try:
            return version(self.folder).key if self.folder else None
        except (OSError, ValueError):
            return None

    @cached_property
    def records(self) -> dict[str, Record]:
        """The entries it was made of; a version without them tells its documents alone."""
        try:
            content = (self.folder / MADE).read_bytes() if self.folder else b"{}"
            return _Records.validate_json(content)
        except (OSError, ValueError):
            return {
                id: Record(digest="", sources=(document.source,))
                for id, document in self.documents.items()
            }

    @cached_property
    def documents(self) -> dict[str, Document]:
        """By id."""
        return {d.source.id: d for d in self._loaded[0]}

    @cached_property
    def passages(self) -> dict[str, list[Passage]]:
        """By the id of their document, in order."""
        found: dict[str, list[Passage]] = {id: [] for id in self.documents}
        for passage in self._loaded[1]:
            found[passage.source_id].append(passage)
        return found

    def passages_of(self, entry_id: str) -> list[Passage]:
        """The passages of all the documents of an entry."""
        record = self.records.get(entry_id)
        return [p for s in record.sources for p in self.passages.get(s.id, ())] if record else []

    def sources_of(self, entry_id: str) -> list[Source]:
        """The sources of an entry as they are served: one, or one a version of an article."""
        record = self.records.get(entry_id)
        told = [self.documents.get(s.id) for s in record.sources] if record else []
        return [document.source for document in told if document]

    def tells(self, entry: Entry) -> bool:
        """Whether what is published says what the entry says, whatever the code that made it."""
        record, said = self.records.get(entry.id), entry.source()
        return record is not None and all(
            (s.sha256, s.publisher) == (said.sha256, said.publisher) if s.article else s == said
            for s in record.sources
        )

    def part(self, entry: Entry) -> Part | None:
        """What the entry became, if it would become the same today."""
        record = self.records.get(entry.id)
        if record is None or record.digest != digest(entry):
            return None
        sources = record.sources
        if not self.documents.keys() >= {source.id for source in sources}:
            return None
        documents = tuple(self.documents[source.id] for source in sources)
        return Part(entry, documents, tuple(self.passages_of(entry.id)), sources, kept=True)

    @cached_property
    def _loaded(self) -> tuple[list[Document], list[Passage]]:
        try:
            return load_documents(self.folder) if self.folder else ([], [])
        except (OSError, ValueError):
            return [], []


def parts(
    received: Iterable[Received], before: Published, kept: Path | None = None
) -> tuple[list[Part], tuple[CorpusError, ...]]:
    """What each file became, and why each that cannot be understood is refused.

    ``kept`` is a folder of readings, as in :func:`ingest.manifest.read_document`.
    """
    found: list[Part] = []
    refused: list[CorpusError] = []
    for one in tqdm(received, desc=messages.READING, unit="document"):
        try:
            found.append(before.part(one.entry) or part(one.entry, read(one, kept)))
        except CorpusError as error:
            refused.append(error)
    return _replaced(found), tuple(refused)


def part(entry: Entry, readings: Sequence[Reading]) -> Part:
    """The documents and passages of an entry whose file was read: a document a reading."""
    sources = tuple(sources_of(entry.source(), readings))
    pairs = zip(sources, readings, strict=True)
    made = [split(source, reading.text, entry.pages) for source, reading in pairs]
    passages = tuple(p for _, of_document in made for p in of_document)
    return Part(entry, tuple(d for d, _ in made), passages, sources)


def _replaced(found: Sequence[Part]) -> list[Part]:
    """With each version of an article of law ended where another entry has the next one."""
    sources = iter(replaced([source for part in found for source in part.sources]))
    return [
        replace(p, documents=tuple(_told(d, next(sources)) for d in p.documents)) for p in found
    ]


def _told(document: Document, source: Source) -> Document:
    same = document.source == source
    return document if same else document.model_copy(update={"source": source})


def read(one: Received, kept: Path | None = None) -> tuple[Reading, ...]:
    """What a file says. Raises CorpusError: altered, or refused by its reader."""
    return one.readings or read_document(one.folder, one.entry, kept)


def record(found: Iterable[Part]) -> bytes:
    """What a version keeps beside its documents, for :attr:`Published.records`."""
    records = {p.entry.id: Record(digest=digest(p.entry), sources=p.sources) for p in found}
    return _Records.dump_json(records, indent=1)


def digest(entry: Entry) -> str:
    """Hash of all that decides what an entry becomes: its fields, its file and the code."""
    return sha256(json.dumps([code(), entry.model_dump(mode="json")]).encode()).hexdigest()
