"""The dense side of an index version: the only module that knows Chroma.

Each version has a Chroma folder of its own, written once by one process and then only read.
Chroma keeps the vectors; they are scored exactly with numpy, because its approximate search
loses recall (0.91 at 100,000 vectors) and gains no time at this scale.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.embedding import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

COLLECTION = "passages"
BATCH = 2000
# Approximate search is not used here; other programs that open the collection get sound defaults.
HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 100}

Metadata = Mapping[str, str | int]


def write(
    folder: Path,
    ids: Sequence[str],
    vectors: Vectors,
    texts: Sequence[str],
    about: Sequence[Metadata],
) -> None:
    """A new collection in an empty folder: one row a passage, vectors of shape (n, dimension)."""
    collection = _client(folder).create_collection(
        COLLECTION,
        embedding_function=None,
        configuration={"hnsw": HNSW},  # type: ignore[arg-type]
    )
    for i in range(0, len(ids), BATCH):
        part = slice(i, i + BATCH)
        metadatas: list[Any] = [dict(m) for m in about[part]]
        collection.upsert(
            list(ids[part]), vectors[part], metadatas=metadatas, documents=list(texts[part])
        )
    _release()


def read(folder: Path) -> dict[str, Vectors]:
    """Every passage id with its vector, as :func:`write` left them."""
    if not (folder / "chroma.sqlite3").is_file():
        raise FileNotFoundError(folder / "chroma.sqlite3")
    rows = (
        _client(folder)
        .get_collection(COLLECTION, embedding_function=None)
        .get(include=["embeddings"])
    )
    _release()
    vectors = np.asarray(rows["embeddings"], dtype=np.float32)
    return dict(zip(rows["ids"], vectors, strict=True))


def _client(folder: Path) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))


def _release() -> None:
    """Forget the client, so that a folder replaced on disk is opened afresh."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()
