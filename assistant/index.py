"""A published version of the index, opened for reading.

On disk: ``index/current`` names a version; ``index/<version>/`` holds its documents, passages,
lexical views and vectors. The pointer is replaced in one atomic step, so that a reader opens one
whole version or the other, never half of one.
"""

import gc
import logging
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from assistant import lexical, proper, vectors
from assistant.columns import Columns
from assistant.embedding import Embedder, Vectors
from assistant.errors import AssistantError, IndexUnavailable, ModelMismatch
from assistant.messages import ERRORS
from assistant.passages import ById, Chosen, Line, grouped, lines_of, shelved
from assistant.settings import Settings, Weights
from assistant.types import Document, Passage, PassageKind
from assistant.whole import Version, damaged, version
from assistant.words import tokens

if TYPE_CHECKING:
    from bm25s import BM25

DOCUMENTS, PASSAGES = "documents.json", "passages.json"
NAME = re.compile(r"[\w-]+")  # of a version: never a way out of the folder
LEXICAL, CHROMA, WORDS = "lexical", "chroma", "words.txt"
PAUSE = 5.0  # seconds before a version that could not be opened is tried again
log = logging.getLogger(__name__)


class Index:
    """Documents and passages with their lexical and dense views; read only."""

    def __init__(
        self,
        version: str,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        views: "Mapping[lexical.View, BM25]",
        rows: Vectors,
        embedder: Embedder,
        weights: Weights | None = None,
        written: str | None = None,
        dense: vectors.Dense | None = None,
    ) -> None:
        self.version = version
        self.documents: Mapping[str, Document] = {d.source.id: d for d in documents}
        self.order = passages
        self.lines = lines_of(passages)  # what a loop over all may look at
        by_id = ById(passages)
        self.passages: Mapping[str, Passage] = by_id
        self.position: Mapping[str, int] = by_id.position  # the row of each passage id
        self.views = views
        self.rows = rows  # unit vectors, one row a passage, in the order of ``order``
        self.dense = dense or vectors.Mapped(rows)
        self.embedder = embedder
        self.weights = weights or Weights()
        self.written = words_of(documents) if written is None else written  # one word a line
        for line in self.lines:
            text = self.documents[line.source_id].text
            if text[line.start : line.end] != line.text:
                raise ValueError(f"passage {line.id}")

    def passages_of(self, source_id: str) -> Chosen:
        """The passages of a source, in its order."""
        return Chosen(self.order, self._by_source.get(source_id, ()))

    def of_kind(self, kind: PassageKind) -> Chosen:
        """The passages of a kind, in the order of their documents."""
        return Chosen(self.order, self._by_kind.get(kind, ()))

    @cached_property
    def columns(self) -> Columns:
        """What is looked at of every passage for each question."""
        return Columns(self.lines)

    @cached_property
    def _by_source(self) -> Mapping[str, Sequence[int]]:
        return grouped(self.lines, lambda line: line.source_id)

    @cached_property
    def _by_kind(self) -> Mapping[PassageKind, Sequence[int]]:
        return grouped(self.lines, lambda line: line.kind)


def words_of(documents: Iterable[Document]) -> str:
    """The distinct words, numbers and names of the documents, one a line, as they are written."""
    texts = [proper.ADDRESS.sub(" ", document.text) for document in documents]
    single = {token.text for text in texts for token in tokens(text)}
    return "\n".join(sorted(single.union(proper.names(texts))))


def context(passage: Line, document: Document) -> str:
    """What stands above a passage and says what it is about: headings, then its lead-in."""
    lead = document.text[passage.lead.start : passage.lead.end] if passage.lead else ""
    return "\n".join([*passage.section, *([lead] if lead else [])])


def indexed_text(passage: Line, document: Document) -> str:
    """What the index sees of a passage: its text under its headings and lead-in."""
    return f"{context(passage, document)}\n{passage.text}".strip()


def root(settings: Settings) -> Path:
    """The folder that holds the versions and the pointer."""
    return settings.data_dir / "index"


def current(settings: Settings) -> Path | None:
    """The folder of the published version, or None where nothing was published yet.

    A pointer that cannot be read, or that names no version of this folder, leads to itself, which
    whoever opens it finds damaged.
    """
    pointer = root(settings) / "current"
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return pointer
    return root(settings) / name if NAME.fullmatch(name) else pointer


def load_documents(folder: Path) -> tuple[list[Document], list[Passage]]:
    """The documents and passages of a version, as they were published."""
    passages = TypeAdapter(list[Passage]).validate_json((folder / PASSAGES).read_bytes())
    return _documents(folder), passages


def _documents(folder: Path) -> list[Document]:
    return TypeAdapter(list[Document]).validate_json((folder / DOCUMENTS).read_bytes())


def chroma_server(settings: Settings) -> vectors.Server | None:
    """The Chroma server that machines share; None where each version holds its own Chroma."""
    if settings.chroma_url is None:
        return None
    token, header = settings.chroma_token, settings.chroma_header
    scheme = "Bearer " if header.lower() == "authorization" else ""
    headers = {header: scheme + token.get_secret_value()} if token else {}
    return vectors.Server(settings.chroma_url, headers)


def load(
    folder: Path,
    embedder: Embedder,
    weights: Weights | None = None,
    server: vectors.Server | None = None,
    *,
    thorough: bool = False,
) -> Index:
    """The version in a folder; its dense side on a server where one is given, there or not.

    ``thorough`` asks Chroma itself what it holds, not its file: a second more.

    Raises IndexUnavailable ``index_damaged`` when a part is missing or unreadable, ModelMismatch
    ``index_other_model`` when another embedding model made it, ``index_model_changed`` when it was
    this one before its files changed.
    """
    try:
        made = version(folder)
        check_model(made, embedder)
        documents, passages = _documents(folder), shelved(folder / PASSAGES)
        chroma = folder / CHROMA
        rows = vectors.rows_of(chroma) if server else vectors.read(chroma, thorough=thorough)
        if len(rows) != len(passages):
            raise ValueError(PASSAGES)
        views = lexical.read(folder / LEXICAL)
        written = (folder / WORDS).read_text(encoding="utf-8")
        ids = [line.id for line in passages.stored]
        dense: vectors.Dense = (
            vectors.Shared(server, made.id, ids) if server else vectors.mapped(chroma, rows)
        )
        return Index(made.id, documents, passages, views, rows, embedder, weights, written, dense)
    except AssistantError:
        raise
    except Exception as error:
        cause = f"{type(error).__name__} : {error}".split("\n")[0][:200]
        message = ERRORS["index_damaged"].format(version=folder.name, cause=cause)
        raise IndexUnavailable("index_damaged", message) from error


def check_model(made: Version, embedder: Embedder) -> None:
    """Raises ModelMismatch unless the embedder is the one that made the version."""
    if made.fingerprint != embedder.fingerprint:
        changed = made.model == embedder.name
        code = "index_model_changed" if changed else "index_other_model"
        message = ERRORS[code].format(made=made.model, asked=embedder.name)
        raise ModelMismatch(code, message)


class Reader:
    """Keeps the published version open, and opens the next one once it is published.

    The pointer is looked at for each question, by each worker: those of one machine change version
    together. The question that finds a new version opens it, aside; until then the others are
    answered from the one before, and so are all when the new one cannot be opened.
    """

    def __init__(
        self, settings: Settings, prepare: Callable[[Index], None] = lambda index: None
    ) -> None:
        """``prepare`` is done to an index before it serves: what a question would wait for."""
        self._settings, self._prepare = settings, prepare
        self._embedder = Embedder(settings.embedding_model)
        self._lock = threading.Lock()
        self._open: tuple[Path, Index] | None = None
        self._refused: tuple[Path, float] | None = None  # and when, in monotonic seconds
        self.trouble: AssistantError | None = None  # why the published version does not serve

    def current(self) -> Index:
        """The published version, or the one before while or where that one cannot be opened.

        Raises IndexUnavailable ``index_missing`` or ``index_damaged``, ModelMismatch, when no
        version was opened before.
        """
        folder, held = current(self._settings), self._open
        if held and held[0] == folder:
            self.trouble = None
            return held[1]
        if held and self._rests(folder):
            return held[1]
        if not self._lock.acquire(blocking=held is None):
            assert held is not None
            return held[1]
        try:
            return self._turned_to(folder)
        finally:
            self._lock.release()

    def wrong(self) -> AssistantError | None:
        """Why a server that starts now might not serve what this one does; None when it would."""
        held, folder = self._open, current(self._settings)
        if held is not None and folder is not None and held[0] == folder:
            cause = damaged(folder)
            if cause is not None:
                message = ERRORS["index_damaged"].format(version=folder.name, cause=cause)
                return IndexUnavailable("index_damaged", message)
        return self.trouble

    def _turned_to(self, folder: Path | None) -> Index:
        held = self._open
        if held and held[0] == folder:
            return held[1]  # another question opened it meanwhile
        try:
            index = self._opened(folder)
        except AssistantError as error:
            self.trouble = error
            if not held:
                raise
            log.warning(error.message)
            self._refused = (folder or Path(), time.monotonic())
            return held[1]
        assert folder is not None
        self._open, self.trouble = (folder, index), None
        return index

    def _opened(self, folder: Path | None) -> Index:
        if folder is None:
            raise IndexUnavailable("index_missing", ERRORS["index_missing"])
        server = chroma_server(self._settings)
        index = load(folder, self._embedder, self._settings.weights, server)
        gc.freeze()  # a hundred thousand passages would be walked again and again
        self._prepare(index)
        return index

    def _rests(self, folder: Path | None) -> bool:
        """Whether a version was refused a moment ago."""
        refused = self._refused
        same = refused is not None and refused[0] == (folder or Path())
        return same and refused is not None and time.monotonic() < refused[1] + PAUSE
