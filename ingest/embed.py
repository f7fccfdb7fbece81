"""Passages in, unit vectors out; what an earlier version already holds is not embedded again."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from assistant import vectors
from assistant.embedding import Embedder, Vectors
from assistant.index import CHROMA, indexed_text, load_documents, version
from ingest.messages import EMBEDDING

Known = Mapping[str, tuple[str, Vectors]]  # passage id → the text embedded then, its vector


def embed(texts: Mapping[str, str], known: Known, embedder: Embedder) -> tuple[Vectors, int]:
    """Unit vectors of shape (len(texts), dimension), and how many were computed just now."""
    fresh = [id for id, text in texts.items() if id not in known or known[id][0] != text]
    rows = {id: known[id][1] for id in texts if id in known}
    for id in tqdm(fresh, desc=EMBEDDING, unit="passage", disable=not fresh):
        rows[id] = _vector(texts[id], embedder)
    return np.stack([rows[id] for id in texts]).astype(np.float32), len(fresh)


def known_vectors(folder: Path | None, embedder: Embedder) -> dict[str, tuple[str, Vectors]]:
    """What the version in a folder holds, when this embedder made it; empty otherwise."""
    try:
        if folder is None or version(folder).fingerprint != embedder.fingerprint:
            return {}
        documents, passages = load_documents(folder)
        rows = vectors.read(folder / CHROMA)
    except Exception:  # noqa: BLE001 (a damaged version is no help: all is embedded again)
        return {}
    by_id = {d.source.id: d for d in documents}
    return {p.id: (indexed_text(p, by_id[p.source_id]), rows[p.id]) for p in passages}


def _vector(text: str, embedder: Embedder) -> Vectors:
    """The unit mean of the vectors of the windows that the model can read whole."""
    mean = embedder.documents(list(_windows(text.split(), embedder))).mean(axis=0)
    return np.asarray(mean / (np.linalg.norm(mean) or 1.0), dtype=np.float32)


def _windows(words: Sequence[str], embedder: Embedder) -> Iterator[str]:
    """The text in as few halves, quarters… as fit the model; a lone word is never cut."""
    text = " ".join(words)
    if len(words) < 2 or embedder.fits(text):
        yield text
        return
    middle = len(words) // 2
    yield from _windows(words[:middle], embedder)
    yield from _windows(words[middle:], embedder)
