"""French BM25 alone: a case in, the chunks that share the most telling words with it out."""

import time

import numpy as np

from assistant import lexical
from assistant.index import Index
from evals.case import Case
from evals.given import Given, Place
from evals.systems.chunks import RANKED, chunks, given


class Bm25:
    """Okapi BM25 over French stems without stop words; no lexicon, no spelling, no history."""

    name = "bm25"
    ranks = True

    def __init__(self, index: Index) -> None:
        self._chunks = chunks(index)
        self._model = lexical.index([lexical.stems(chunk.quote) for chunk in self._chunks])

    def answer(self, case: Case) -> Given:
        """The best chunks; those that share no word with the question are none of them."""
        started = time.perf_counter()
        best = self.best(case.question)
        return given(best, (time.perf_counter() - started) * 1000)

    def best(self, text: str) -> list[Place]:
        """The chunks that share words with a text, best first."""
        scores = lexical.score(self._model, lexical.stems(text))
        order = np.argsort(-scores, kind="stable")[:RANKED]
        return [self._chunks[i] for i in order if scores[i] > 0]
