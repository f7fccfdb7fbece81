"""Dense retrieval alone, with the model of the index: a case in, the nearest chunks out."""

import time

import numpy as np

from assistant.index import Index
from evals.case import Case
from evals.given import Given
from evals.systems.chunks import RANKED, chunks, given


class Dense:
    """Cosine similarity of the question and the chunks; no words, no history."""

    name = "dense"
    ranks = True

    def __init__(self, index: Index) -> None:
        self._chunks = chunks(index)
        self._embedder = index.embedder
        self._rows = np.stack([self._embedder.query(chunk.quote) for chunk in self._chunks])

    def answer(self, case: Case) -> Given:
        """The nearest chunks."""
        started = time.perf_counter()
        scores = self._rows @ self._embedder.query(case.question)
        best = [self._chunks[i] for i in np.argsort(-scores, kind="stable")[:RANKED]]
        return given(best, (time.perf_counter() - started) * 1000)
