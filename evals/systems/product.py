"""This project, asked in process: its answer, and the passages that it retrieved."""

import time

from assistant.ask import ask, desk_of, warm
from assistant.index import Index
from assistant.retrieve import search
from assistant.types import Answer
from assistant.understand import understand
from evals.case import Case, question
from evals.given import Given, Place

RANKED = 10


class Product:
    """The assistant over one index, loaded before the first question."""

    name = "product"
    ranks = True

    def __init__(self, index: Index) -> None:
        self._index = index
        warm(index)

    def answer(self, case: Case) -> Given:
        """The answer as the HTTP contract gives it; what was retrieved is not in its time."""
        started = time.perf_counter()
        answer = self._asked(case)
        elapsed = (time.perf_counter() - started) * 1000
        given = Given.model_validate(answer.model_dump())
        told = {"elapsed_ms": elapsed, "ranked": self._ranked(case), "checked": answer.checked}
        return given.model_copy(update=told)

    def _asked(self, case: Case) -> Answer:
        return ask(question(case), self._index)

    def _ranked(self, case: Case) -> tuple[Place, ...]:
        query = understand(question(case), desk_of(self._index).speller)
        if query.empty:
            return ()
        hits = search(query, self._index, self._index.weights, RANKED)
        return tuple(
            Place(source_id=p.source_id, quote=p.text, start=p.start, end=p.end)
            for p in (hit.passage for hit in hits)
        )
