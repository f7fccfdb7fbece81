"""The dense side of an index version: the only module that knows Chroma.

Each version has a Chroma folder of its own, written once by one process and then only read.
Chroma is the store of record; the vectors are scored with numpy (:mod:`assistant.outline` where
they are many), because its approximate search loses recall (0.91 at 100,000 vectors) and gains no
time at this scale. To read them out of Chroma takes minutes and gigabytes at that size: the same
rows lie beside it in a file that is mapped, and the collection holds their hash, which is read
from its SQLite file: its library, which takes a second to import, is asked by a thorough check.

Where several machines share a Chroma server (``ASSISTANT_CHROMA_URL``), the collection of a
version bears its name there, and the server gives the nearest passages of a question. Without an
answer of it in time, the words alone rank: a question is never lost.
"""

import hashlib
import logging
import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from assistant import outline
from assistant.embedding import Vectors
from assistant.outline import Outline
from assistant.passages import Positions

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

COLLECTION, ROWS = "passages", "rows.npy"
DATABASE = "chroma.sqlite3"
HASH, COUNT = "rows_hash", "rows_count"  # in the metadata of the collection
BATCH = 2000
# Approximate search is not used here; a server and other programs get sound defaults.
HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 100}
NEAREST = 1000  # passages asked of a server; those further weigh nothing
PATIENCE = 2.0  # seconds for an answer of the server
OPENING = 30.0  # for the first, which a start waits for: the client takes seconds to import
PAUSE = 5.0  # seconds before a server that failed is asked again

Metadata = Mapping[str, str | int]
Scores = NDArray[np.float32]
log = logging.getLogger(__name__)


class Server(NamedTuple):
    """A Chroma server, with the header that its proxy wants, if it does."""

    url: str
    headers: Mapping[str, str]


class Dense(Protocol):
    """What gives every passage its nearness to a question."""

    @property
    def trouble(self) -> str | None:
        """Why the dense side gives nothing now, while the words alone rank; None when it does."""

    def scores(self, query: Vectors, sources: Sequence[str]) -> Scores:
        """The cosine of every passage, shape (passages,); 0 where unknown or of other sources."""

    @property
    def nearly(self) -> bool:
        """Whether the scores are near to the cosines, and ``exact`` where it matters."""

    def exact(self, query: Vectors, scores: Scores, at: Positions) -> Scores:
        """The scores, exact at some positions where they can be."""


class Mapped:
    """The cosines, of rows in memory or mapped from a file; near to them where they are many."""

    trouble = None

    @property
    def nearly(self) -> bool:
        """Whether the rows are many, and scored by their outline."""
        return self._outline is not None

    def __init__(self, rows: Vectors, outline: Outline | None = None) -> None:
        self._rows, self._outline = np.asarray(rows), outline

    def scores(self, query: Vectors, sources: Sequence[str]) -> Scores:
        """The cosine of every passage, of whatever source."""
        return self._outline.scores(query) if self._outline else self._rows @ query

    def exact(self, query: Vectors, scores: Scores, at: Positions) -> Scores:
        """The scores, exact at some positions."""
        if self._outline:
            scores[at] = self._rows[at] @ query
        return scores


class Shared:
    """The nearest passages as a Chroma server finds them."""

    nearly = False

    def __init__(self, server: Server, name: str, ids: Sequence[str]) -> None:
        self.trouble: str | None = None
        self._server, self._name = server, name
        self._rows = {id: row for row, id in enumerate(ids)}
        self._collection: Collection | None = None
        self._close: Callable[[], object] = lambda: None
        self._again = 0.0  # when a server that failed may be asked, in monotonic seconds
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="chroma")

    def scores(self, query: Vectors, sources: Sequence[str]) -> Scores:
        """The cosines of the nearest; all zero while the server does not answer."""
        scores = np.zeros(len(self._rows), dtype=np.float32)
        if not query.any() or time.monotonic() < self._again:
            return scores
        try:
            asked = self._threads.submit(self._nearest, query, sources)
            found = asked.result(
                OPENING if self._again == 0.0 and not self._collection else PATIENCE
            )
        except Exception as error:  # noqa: BLE001 (Chroma and its HTTP library raise many kinds)
            self._failed(error)
            return scores
        self.trouble = None
        for id, cosine in found:
            scores[self._rows[id]] = cosine
        return scores

    def exact(self, query: Vectors, scores: Scores, at: Positions) -> Scores:
        """The scores as they are: the server gave its nearest."""
        return scores

    def _nearest(self, query: Vectors, sources: Sequence[str]) -> list[tuple[str, float]]:
        chosen: Any = {"source": {"$in": list(sources)}} if sources else None
        asked: Any = [query]
        found = self._opened().query(
            query_embeddings=asked,
            n_results=min(NEAREST, len(self._rows)),
            where=chosen,
            include=["distances"],
        )
        distances = (found["distances"] or [[]])[0]
        cosines = [1 - distance for distance in distances]
        return list(zip(found["ids"][0], cosines, strict=True))

    def _opened(self) -> "Collection":
        """The collection; opened by the first question, and anew after a failure."""
        with self._lock:
            if self._collection is None:
                client = _remote(self._server)
                self._close = weakref.finalize(self, client.close)
                collection = client.get_collection(self._name, embedding_function=None)
                if (collection.metadata or {}).get(COUNT) != len(self._rows):
                    raise ValueError(COUNT)
                self._collection = collection
            return self._collection

    def _failed(self, error: Exception) -> None:
        self._collection, self._again = None, time.monotonic() + PAUSE
        self._close()
        self.trouble = type(error).__name__
        log.warning("Chroma %s: %s", self._name, self.trouble)


def write(
    folder: Path,
    ids: Sequence[str],
    vectors: Vectors,
    texts: Sequence[str],
    about: Sequence[Metadata],
    server: Server | None = None,
    name: str = COLLECTION,
) -> None:
    """A new collection: one row a passage, vectors of shape (n, dimension).

    In an empty folder, or on a server under the name of the version; the rows beside it are
    written to the folder in either case.
    """
    with closing(_remote(server) if server else _client(folder)) as client:
        collection = client.create_collection(
            name,
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
    folder.mkdir(exist_ok=True)
    np.save(folder / ROWS, vectors, allow_pickle=False)
    outline.write(folder, vectors)
    if not server:
        read(folder)  # what Chroma wrote can be read without it


def read(folder: Path, *, thorough: bool = False) -> Vectors:
    """The rows that :func:`write` was given, in their order, mapped from the file beside Chroma.

    Raises ValueError when they are not those that Chroma holds, as its file says, or as Chroma
    itself does where the check is ``thorough``; OSError where a part is missing.
    """
    if not (folder / DATABASE).is_file():
        raise FileNotFoundError(folder / DATABASE)
    about, held = _told(folder) if thorough else _held(folder)
    rows = rows_of(folder)
    if not len(rows) == held == about.get(COUNT) or _hash(rows) != about.get(HASH):
        raise ValueError(ROWS)
    return rows


def _told(folder: Path) -> tuple[Mapping[str, Any], int]:
    """What the collection of a folder says of itself, and how many rows it has."""
    with closing(_client(folder)) as client:  # a folder replaced on disk is opened afresh
        collection = client.get_collection(COLLECTION, embedding_function=None)
        return collection.metadata or {}, collection.count()


def _held(folder: Path) -> tuple[Mapping[str, Any], int]:
    """The same, read from the database as it lies. Raises OSError where it is none."""
    effective = os.access in os.supports_effective_ids
    fixed = "" if os.access(folder, os.W_OK, effective_ids=effective) else "&immutable=1"
    where = f"{(folder / DATABASE).absolute().as_uri()}?mode=ro{fixed}"
    try:
        with closing(sqlite3.connect(where, uri=True)) as database:
            about = database.execute(
                "SELECT key, coalesce(str_value, int_value) FROM collection_metadata"
            )
            held = database.execute("SELECT count(*) FROM embeddings")
            return dict(about), int(held.fetchone()[0])
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def mapped(folder: Path, rows: Vectors) -> Mapped:
    """What scores the rows of a version. Raises OSError, ValueError where a part is damaged."""
    return Mapped(rows, outline.read(folder, rows))


def rows_of(folder: Path) -> Vectors:
    """The rows of a version, mapped, whoever holds its collection. Raises OSError, ValueError."""
    rows: Vectors = np.load(folder / ROWS, mmap_mode="r", allow_pickle=False)
    return rows


def sweep(server: Server, keep: Sequence[str]) -> None:
    """Remove from a server the collections of versions that are not to be kept."""
    with closing(_remote(server)) as client:
        for collection in client.list_collections():
            if HASH in (collection.metadata or {}) and collection.name not in keep:
                client.delete_collection(collection.name)


def _hash(rows: Vectors) -> str:
    exact = np.ascontiguousarray(rows, dtype=np.float32)
    return hashlib.blake2b(exact.data, digest_size=16).hexdigest()


def _client(folder: Path) -> "Client":
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    try:
        client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    except Exception:  # Chroma would give the client that failed to whoever asks next
        SharedSystemClient.clear_system_cache()
        raise
    return cast("Client", client)  # which can be closed, as its declared type does not say


def _remote(server: Server) -> "Client":
    import chromadb
    from chromadb.config import Settings

    at = urlsplit(server.url)
    secure = at.scheme == "https"
    client = chromadb.HttpClient(
        host=at.hostname or "",
        port=at.port or (443 if secure else 80),
        ssl=secure,
        headers=dict(server.headers),
        # this client never closes its connections: none is kept
        settings=Settings(anonymized_telemetry=False, chroma_http_max_keepalive_connections=0),
    )
    return cast("Client", client)
