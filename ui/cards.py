"""From a citation, or a nearest passage, to what its card shows; and the address of a passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from assistant.types import Citation, Nearest
from ui.messages import PASSAGE_KINDS, SOURCE_KINDS

if TYPE_CHECKING:  # at run time it brings the index libraries, which a page does not need
    from assistant.index import Index


@dataclass(frozen=True)
class Card:
    """One source of an answer as a person sees it; ``number`` is None when it is only near."""

    number: int | None
    title: str
    publisher: str
    date: str
    badges: tuple[str, ...]
    section: tuple[str, ...]
    page: int | None
    quote: str
    raw: str | None
    verified: bool
    address: str


def card(cited: Citation | Nearest, index: Index) -> Card:
    """The card of a citation; ``verified`` says that its source holds the quote at its offsets."""
    passage = index.passages[cited.passage_id]
    text = index.documents[cited.source_id].text
    return Card(
        number=cited.number if isinstance(cited, Citation) else None,
        title=called(cited.source_title),
        publisher=cited.publisher,
        date=written(cited.date),
        badges=badges(cited),
        section=cited.section,
        page=cited.page,
        quote=cited.quote,
        raw=cited.raw,
        verified=text[cited.start : cited.end] == cited.quote,
        address=address(passage.id, cited.start - passage.start, cited.end - passage.start),
    )


def badges(cited: Nearest) -> tuple[str, ...]:
    """The kind of the source, then the kind of the passage where it says something more."""
    kinds = [SOURCE_KINDS[cited.source_kind], PASSAGE_KINDS.get(cited.passage_kind)]
    return tuple(dict.fromkeys(kind for kind in kinds if kind))


def address(passage_id: str, start: int, end: int) -> str:
    """Where a stretch of a passage is read; ``[start, end)`` counts from the passage's own start.

    Nothing in it depends on the version of the index: a passage keeps its id while its source,
    headings and text are the same.
    """
    return f"/lire/{quote(passage_id, safe='')}?{urlencode({'de': start, 'a': end})}#citation"


def called(title: str) -> str:
    """A title as people call it; the reading view gives it whole."""
    from assistant.compose.write import short

    return short(title)


def written(date: str) -> str:
    """A date as a person reads it in French: 2022-05 is mai 2022, ~2021 is vers 2021."""
    from assistant.compose.write import dated

    return dated(date, "fr")
