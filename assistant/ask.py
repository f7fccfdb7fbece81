"""The door of flow 2: ``Question → understand → retrieve → compose → Answer``."""

import time
import uuid
from functools import cached_property, lru_cache

from assistant.compose import Case, Materials, compose
from assistant.compose.write import nearest, write
from assistant.evidence import Ground
from assistant.index import Index
from assistant.retrieve import search
from assistant.stages import stage
from assistant.types import Answer, Question
from assistant.understand import understand
from assistant.understand.spelling import Speller


class Desk:
    """What answering needs of one index, read once: its words, its units, its structure."""

    def __init__(self, index: Index) -> None:
        self.index = index

    @cached_property
    def speller(self) -> Speller:
        """Knows the words and the names of the documents."""
        return Speller([document.text for document in self.index.documents.values()])

    @cached_property
    def materials(self) -> Materials:
        """What composing draws from."""
        return Materials(self.index, Ground(self.index))


@lru_cache(maxsize=2)
def desk_of(index: Index) -> Desk:
    """The desk of an index; kept for the version that serves and the one before."""
    return Desk(index)


def ask(question: Question, index: Index) -> Answer:
    """The answer to a question from the passages of an index; a refusal is an answer too.

    Raises EmbeddingError when the dense model cannot be loaded, or fails.
    """
    started = time.perf_counter()
    desk = desk_of(index)
    with stage("understand"):
        query = understand(question, desk.speller)
    with stage("retrieve"):
        hits = [] if query.empty else search(query, index, index.weights)
    with stage("compose"):
        draft, near = compose(Case(query, hits, desk.materials))
        text, citations = write(draft, index, query.language)
    return Answer(
        id=uuid.uuid4().hex,
        status=draft.status,
        language=query.language,
        answer=text,
        missing=draft.missing,
        citations=citations,
        nearest=tuple(nearest(quote, index) for quote in near),
        index_version=index.version,
        elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
        polite=query.empty is not None,
    )


def warm(index: Index) -> None:
    """Load now what the first question would otherwise wait for."""
    ask(Question(text="Qu'est-ce qu'un pôle ?"), index)
