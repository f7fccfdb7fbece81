"""The door of flow 2: ``Question → understand → retrieve → compose → Answer``.

Where a language model is given, it words what was composed, and each sentence is checked.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from assistant import proper
from assistant.compose import Case, Materials, compose
from assistant.compose.write import nearest, write
from assistant.evidence import Ground
from assistant.index import Index
from assistant.retrieve import search
from assistant.stages import stage
from assistant.types import Answer, Question
from assistant.understand import stands_alone, understand
from assistant.understand.spelling import Speller
from assistant.versions import in_force

if TYPE_CHECKING:  # at run time only a model that the settings name needs it
    from assistant.generate.live import Listener
    from assistant.generate.plan import Wording


# A definition, a misspelt question of a list, a refusal: each reads of an index what others do not.
WARMING = ("Qu'est-ce qu'un pôle ?", "Comment une komune peut-elle aider un pôle ?", "Le Xqzw ?")

KEPT = 512  # answers to questions that are only tried: some ten kilobytes each


class Desk:
    """What answering needs of one index, read once: its words, its units, its structure."""

    def __init__(self, index: Index) -> None:
        self.index = index

    @cached_property
    def speller(self) -> Speller:
        """Knows the words and the names of the documents."""
        return Speller([self.index.written], proper.among(self.index.written))

    @cached_property
    def materials(self) -> Materials:
        """What composing draws from."""
        return Materials(self.index, Ground(self.index))

    @cached_property
    def tried(self) -> Callable[[Question], Answer | None]:
        """The answer to a question without history, kept; None where a history would change it."""
        return lru_cache(maxsize=KEPT)(self._tried)

    def _tried(self, question: Question) -> Answer | None:
        return ask(question, self.index) if stands_alone(question.text, self.speller) else None


@lru_cache(maxsize=2)
def desk_of(index: Index) -> Desk:
    """The desk of an index; kept for the version that serves and the one before."""
    return Desk(index)


def ask(
    question: Question,
    index: Index,
    writer: Wording | None = None,
    listener: Listener | None = None,
) -> Answer:
    """The answer to a question from the passages of an index; a refusal is an answer too.

    A ``writer`` words what is not refused; its ``listener`` hears the words before their check.
    Raises EmbeddingError when the dense model cannot be loaded, or fails.
    """
    started = time.perf_counter()
    desk = desk_of(index)
    with stage("understand"):
        query = in_force(understand(question, desk.speller), index)
    with stage("retrieve"):
        hits = [] if query.empty else search(query, index, index.weights)
    with stage("compose"):
        draft, near = compose(Case(query, hits, desk.materials))
        text, citations = write(draft, index, query.language)
    answer = Answer(
        id=uuid.uuid4().hex,
        status=draft.status,
        language=query.language,
        answer=text,
        missing=draft.missing,
        citations=citations,
        nearest=tuple(nearest(quote, index) for quote in near),
        index_version=index.version,
        elapsed_ms=0.0,
        polite=query.empty is not None,
    )
    if writer is not None and answer.status != "refused":
        with stage("model"):
            answer = writer.word(query, draft, answer, index, listener)
    elapsed = round((time.perf_counter() - started) * 1000, 1)
    return answer.model_copy(update={"elapsed_ms": elapsed})


def tried(question: Question, index: Index) -> Answer:
    """What ``ask`` gives, but for the id and the time: for who weighs whether it is worth asking.

    For sentences of our own, few and tried often: the answers of those that no history changes are
    kept, as long as the index. Raises EmbeddingError like ``ask``.
    """
    kept = desk_of(index).tried(question.model_copy(update={"history": ()}))
    return ask(question, index) if kept is None else kept


def warm(index: Index) -> None:
    """Load now what the first question would otherwise wait for."""
    for text in WARMING:
        ask(Question(text=text), index)
