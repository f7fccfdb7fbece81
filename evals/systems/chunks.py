"""The documents as the LangChain tutorials cut them, and answers that are chunks.

1,000 characters, 200 shared, cut at paragraphs, then lines, then words. The three retrieval peers
read the same chunks, so that what differs is the ranking. They answer with the four best, refuse
only where none is found, and know nothing of what was asked before.
"""

from collections.abc import Sequence

from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.index import Index
from evals.given import Given, Place
from evals.messages import NOTHING

SIZE, SHARED = 1_000, 200
CITED, RANKED = 4, 10


def chunks(index: Index) -> list[Place]:
    """Every chunk of every normalised document, with its offsets."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=SIZE, chunk_overlap=SHARED, add_start_index=True
    )
    return [
        chunk(name, part.page_content, part.metadata["start_index"])
        for name, document in index.documents.items()
        for part in splitter.create_documents([document.text])
    ]


def chunk(source_id: str, text: str, start: int) -> Place:
    """A chunk at its place in its source."""
    return Place(source_id=source_id, quote=text, start=start, end=start + len(text))


def given(best: Sequence[Place], elapsed: float) -> Given:
    """An answer made of the best chunks, each with its marker."""
    cited = [place.model_copy(update={"number": i}) for i, place in enumerate(best[:CITED], 1)]
    return Given(
        status="answered" if cited else "refused",
        answer="\n\n".join(f"{' '.join(c.quote.split())} [{c.number}]" for c in cited) or NOTHING,
        citations=tuple(cited),
        ranked=tuple(best[:RANKED]),
        elapsed_ms=elapsed,
    )
