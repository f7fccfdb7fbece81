"""What an ingest did, as a person reads it."""

from collections.abc import Sequence

from assistant.types import Document, Passage
from ingest import messages


def report(
    name: str, documents: Sequence[Document], passages: Sequence[Passage], embedded: int, gone: int
) -> str:
    """The French report of a published version: what it holds and what was made anew."""
    kept = len(passages) - embedded
    return "\n".join(
        [
            messages.DONE.format(version=name, documents=len(documents), passages=len(passages)),
            messages.EMBEDDED.format(embedded=embedded, kept=kept, gone=gone),
            *(_line(d, [p for p in passages if p.source_id == d.source.id]) for d in documents),
        ]
    )


def _line(document: Document, passages: Sequence[Passage]) -> str:
    return messages.DOCUMENT.format(
        id=document.source.id,
        passages=len(passages),
        units=sum(len(p.units) for p in passages),
        repairs=_repairs(document),
    )


def _repairs(document: Document) -> int:
    """How many stretches of letters differ between the received text and the normalised one."""
    return sum(
        document.raw[p.raw_start : p.raw_end].strip() != document.text[p.start : p.end].strip()
        for p in document.pieces
    )
