"""Passages in, unit vectors out; what an earlier version already holds is not embedded again."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from assistant import vectors
from assistant.embedding import Embedder, Vectors
from assistant.index import CHROMA, indexed_text, load_documents
from assistant.whole import version
from ingest.messages import EMBEDDING

BATCH = 256  # passages
Known = Mapping[str, tuple[str, Vectors]]  # passage id → the text embedded then, its vector


def embed(texts: Mapping[str, str], known: Known, embedder: Embedder) -> tuple[Vectors, int]:
    """Unit vectors of shape (len(texts), dimension), and how many were computed just now."""
    fresh = [id for id, text in texts.items() if id not in known or known[id][0] != text]
    rows = {id: known[id][1] for id in texts if id in known}
    with tqdm(total=len(fresh), desc=EMBEDDING, unit="passage", disable=not fresh) as progress:
        for i in range(0, len(fresh), BATCH):
            part = fresh[i : i + BATCH]
            vectors = _vectors([texts[id] for id in part], embedder)
            rows |= zip(part, vectors, strict=True)
            progress.update(len(part))
    return np.stack([rows[id] for id in texts]).astype(np.float32), len(fresh)


def known_vectors(folder: Path | None, embedder: Embedder) -> dict[str, tuple[str, Vectors]]:
    """What the version in a folder holds, when this embedder made it; empty otherwise."""
    try:
        if folder is None or version(folder).fingerprint != embedder.fingerprint:
            return {}
        documents, passages = load_documents(folder)
        rows = vectors.rows_of(folder / CHROMA)
    except Exception:  # noqa: BLE001 (a damaged version is no help: all is embedded again)
        return {}
    by_id = {d.source.id: d for d in documents}
    texts = (indexed_text(p, by_id[p.source_id]) for p in passages)
    return {p.id: (text, row) for p, text, row in zip(passages, texts, rows, strict=True)}


def _vectors(texts: Sequence[str], embedder: Embedder) -> list[Vectors]:
    """For each text the unit mean of the vectors of the windows that the model can read whole."""
    windows = [list(_windows(text.split(), embedder)) for text in texts]
    found = embedder.documents([window for of_text in windows for window in of_text])
    ends = np.cumsum([len(of_text) for of_text in windows])
    return [_unit(part.mean(axis=0)) for part in np.split(found, ends[:-1])]


def _unit(mean: Vectors) -> Vectors:
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
