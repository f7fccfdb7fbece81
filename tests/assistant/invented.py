"""A few invented documents made an index in memory, with no model: a second of work for many."""

from collections.abc import Mapping
from pathlib import Path

from assistant import lexical
from assistant.index import Index, indexed_text
from assistant.types import Source
from ingest.split import split
from tests.hashed_words import HashedWords

EMBEDDER = HashedWords()


def indexed(folder: Path, texts: Mapping[str, str], publisher: str = "RTES") -> Index:
    """The index of texts by the id of their source; a folder holds its lexical views."""
    made = [split(_source(id, publisher), text) for id, text in texts.items()]
    documents = {document.source.id: document for document, _ in made}
    passages = [passage for _, found in made for passage in found]
    seen = [indexed_text(p, documents[p.source_id]) for p in passages]
    lexical.write(folder, seen)
    rows = EMBEDDER.documents(seen)
    views = lexical.read(folder)
    return Index("invented", list(documents.values()), passages, views, rows, EMBEDDER)


def _source(id: str, publisher: str) -> Source:
    return Source(
        id=id,
        kind="guide",
        title=f"Guide {id}",
        publisher=publisher,
        date="2020-03",
        sha256="0",
        obtained="Saisi.",
    )
