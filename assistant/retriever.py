"""The retrieval of this project as a LangChain retriever, for any LangChain program."""

from functools import cached_property
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.ask import desk_of
from assistant.index import Index
from assistant.retrieve import Hit, search
from assistant.settings import Weights
from assistant.types import Question
from assistant.understand import understand


class PassageRetriever(BaseRetriever):
    """Passages of an index, best first, as LangChain documents.

    ``page_content`` is the text of the passage; ``metadata`` holds its id, source id, title, date,
    section, offsets in the normalised text and fused score. Small talk and bare orders find
    nothing.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    k: int = 4
    weights: Weights = Weights()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        understood = understand(Question(text=query), self._speller)
        if understood.empty:
            return []
        return [self._document(hit) for hit in search(understood, self.index, self.weights, self.k)]

    @cached_property
    def _speller(self) -> Any:
        return desk_of(self.index).speller

    def _document(self, hit: Hit) -> LangChainDocument:
        passage = hit.passage
        source = self.index.documents[passage.source_id].source
        return LangChainDocument(
            id=passage.id,
            page_content=passage.text,
            metadata={
                "source_id": source.id,
                "title": source.title,
                "date": source.date,
                "section": " > ".join(passage.section),
                "start": passage.start,
                "end": passage.end,
                "score": hit.score,
            },
        )
