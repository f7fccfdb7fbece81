"""The dense side of an index version: the only module that knows Chroma.

Each version has a Chroma folder of its own, written once by one process and then only read.
Chroma is the store of record; the vectors are scored exactly with numpy, because its approximate
search loses recall (0.91 at 100,000 vectors) and gains no time at this scale. To read them out of
Chroma takes minutes and gigabytes at that size: the same rows lie beside it in a file that is
mapped, and the collection holds their hash.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.embedding import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

COLLECTION, ROWS = "passages", "rows.npy"
HASH, COUNT = "rows_hash", "rows_count"  # in the metadata of the collection
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
        metadata={HASH: _hash(vectors), COUNT: len(ids)},
        configuration={"hnsw": HNSW},  # type: ignore[arg-type]
    )
    for i in range(0, len(ids), BATCH):
        part = slice(i, i + BATCH)
        metadatas: list[Any] = [dict(m) for m in about[part]]
        collection.upsert(
            list(ids[part]), vectors[part], metadatas=metadatas, documents=list(texts[part])
        )
    _release()
    np.save(folder / ROWS, vectors, allow_pickle=False)


def read(folder: Path) -> Vectors:
    """The rows that :func:`write` was given, in their order, mapped from the file beside Chroma.

    Raises ValueError when they are not those that Chroma holds, OSError where a part is missing.
    """
    if not (folder / "chroma.sqlite3").is_file():
        raise FileNotFoundError(folder / "chroma.sqlite3")
    collection = _client(folder).get_collection(COLLECTION, embedding_function=None)
    about, held = collection.metadata or {}, collection.count()
    _release()
    rows: Vectors = np.load(folder / ROWS, mmap_mode="r", allow_pickle=False)
    if not len(rows) == held == about.get(COUNT) or _hash(rows) != about.get(HASH):
        raise ValueError(ROWS)
    return rows


def _hash(rows: Vectors) -> str:
    exact = np.ascontiguousarray(rows, dtype=np.float32)
    return hashlib.blake2b(exact.data, digest_size=16).hexdigest()


def _client(folder: Path) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))


def _release() -> None:
    """Forget the client, so that a folder replaced on disk is opened afresh."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()
