"""The pipeline of the LangChain tutorials: recursive chunks, MiniLM, Chroma, the top four.

https://docs.langchain.com/oss/python/langchain/rag, without the language model at its end: what
it would be given is what is measured. Chroma stays in memory, with its defaults.
"""

import os
import time

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from assistant.embedding import Embedder
from assistant.index import Index
from evals.case import Case
from evals.embedding import minilm
from evals.given import Given
from evals.systems.chunks import RANKED, chunk, chunks, given


class MiniLM(Embeddings):
    """all-MiniLM-L6-v2 through sentence-transformers, as LangChain calls a model."""

    def __init__(self) -> None:
        self._embedder = Embedder(minilm())

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text; as in the tutorials, what exceeds the model is cut in silence."""
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, of 384 dimensions."""
        return [float(x) for x in self._embedder.query(text)]


class Tutorial:
    """A vector store made when the system is; never a refusal."""

    name = "tutorial"
    ranks = True

    def __init__(self, index: Index) -> None:
        os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")  # Chroma's, read when it opens
        self._store = Chroma.from_documents(documents(index), MiniLM(), collection_name="tutorial")

    def answer(self, case: Case) -> Given:
        """The four chunks that Chroma finds nearest; six more are ranked, as by the peers."""
        started = time.perf_counter()
        found = self._store.similarity_search(case.question, k=RANKED)
        elapsed = (time.perf_counter() - started) * 1000
        best = [chunk(d.metadata["source"], d.page_content, d.metadata["start"]) for d in found]
        return given(best, elapsed)


def documents(index: Index) -> list[Document]:
    """The chunks, as LangChain documents."""
    return [
        Document(place.quote, metadata={"source": place.source_id, "start": place.start})
        for place in chunks(index)
    ]
