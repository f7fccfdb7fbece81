"""From a document and its passages to the blocks of a page, one stretch of them highlighted.

The text of the page is the text that citations refer to, whole and in order: what lies between
two passages is shown too, as headings where it is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.types import Document, Passage, Span

BULLETS = ("-", "•", "–", "*")
LOWEST = 4  # headings below it look alike


@dataclass(frozen=True)
class Block:
    """A stretch of a document: its text before, inside and after what is highlighted.

    ``level`` is that of a heading, from 2; ``page`` is the number of the page that begins.
    """

    kind: Literal["heading", "item", "text", "page"]
    before: str = ""
    marked: str = ""
    after: str = ""
    level: int = 0
    page: int | None = None


def blocks(document: Document, passages: Sequence[Passage], marked: Span) -> list[Block]:
    """The blocks of a document in its order; an empty span highlights nothing."""
    made: list[Block] = []
    done, page = 0, None
    for passage in sorted(passages, key=lambda p: p.start):
        lines = _lines(document.text[done : passage.start])
        item = bool(lines) and lines[-1] in BULLETS
        if passage.page is not None and passage.page != page:
            made.append(Block("page", page=passage.page))
        made += _between(lines, passage.section)
        made.append(_passage(document.text, passage, marked, item=item))
        done, page = max(done, passage.end), passage.page
    return [*made, *_between(_lines(document.text[done:]), ())]


def _lines(gap: str) -> list[str]:
    return [line.strip() for line in gap.split("\n") if line.strip()]


def _between(lines: Sequence[str], section: Sequence[str]) -> Iterator[Block]:
    """What lies before a passage: its headings by their depth, the rest as it is."""
    for line in lines:
        if line in section:
            yield Block("heading", line, level=min(2 + section.index(line), LOWEST))
        elif line not in BULLETS:
            yield Block("text", line)


def _passage(text: str, passage: Passage, marked: Span, *, item: bool) -> Block:
    start = min(max(marked.start, passage.start), passage.end)
    end = max(min(marked.end, passage.end), start)
    return Block(
        "item" if item else "text",
        before=text[passage.start : start],
        marked=text[start:end],
        after=text[end : passage.end],
    )
