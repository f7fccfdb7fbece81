"""A document in, its normalised text and its passages out.

The normalised text is what people read: headings on their own line, paragraphs parted by blank
lines, items after a dash. A passage is one block of it, or a part of a long paragraph.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.types import Document, Passage, Source, Span
from ingest.aligned import Aligned, join
from ingest.blocks import Block
from ingest.layout import lay_out
from ingest.manifest import PageStart
from ingest.sentences import Bounds, sentences
from ingest.tags import echelons_of, home_of, kind_of, places_of, signed
from ingest.words import words

LONG = 600  # characters; a longer paragraph is cut between sentences
Section = tuple[str, ...]


@dataclass(frozen=True)
class Placed:
    """A block, the headings above it and its place in the normalised text."""

    block: Block
    section: Section
    start: int
    end: int


def split(
    source: Source, raw: str, starts: Sequence[PageStart] = ()
) -> tuple[Document, tuple[Passage, ...]]:
    """The document and its passages, in reading order.

    ``starts`` declares the first line of each page, in reading order, where the file has them in
    another. Raises CorpusError ``corpus_manifest`` when one of them is not in the text.
    """
    text, placed = _written(lay_out(raw, starts))
    document = Document(source=source, text=text.text, raw=raw, pieces=text.pieces(raw))
    passages = tuple(_passages(document, placed))
    _check(document, passages)
    return document, passages


def _written(blocks: Sequence[Block]) -> tuple[Aligned, list[Placed]]:
    """The normalised text, and where each block stands in it."""
    parts: list[Aligned] = []
    placed: list[Placed] = []
    at = 0
    for block, section in zip(blocks, _sections(blocks), strict=True):
        before = [*_gap(placed[-1].block if placed else None, block), *_opening(block)]
        parts += [*before, block.text]
        at += sum(len(part) for part in before)
        placed.append(Placed(block, section, at, at + len(block.text)))
        at += len(block.text)
    return join(parts), placed


def _gap(last: Block | None, block: Block) -> list[Aligned]:
    """What parts a block from the one before: a line end inside a list, else a blank line."""
    if last is None:
        return []
    close = last.form == block.form and block.form in ("item", "row") and not block.apart
    return [Aligned.inserted("\n" if close else "\n\n", last.text.origins[-1][1])]


def _opening(block: Block) -> list[Aligned]:
    """What stands before the text of a block, outside its passage."""
    at = block.text.origins[0][0]
    if block.label is not None:
        return [block.label, Aligned.inserted("\n", at)]
    if block.form != "item":
        return []
    sign = block.sign or Aligned.inserted("-", at)
    return [Aligned.inserted("  " * block.depth, at), sign, Aligned.inserted(" ", at)]


def _sections(blocks: Sequence[Block]) -> Iterator[Section]:
    """The headings above each block, outermost first; a heading is above itself no more."""
    path: list[Block] = []
    for block in blocks:
        if block.form == "heading" or block.apart:
            # « Contexte : » is a label: nothing but its own text stands under it.
            path = [
                h
                for h in path
                if not block.apart and h.level < block.level and not h.words.endswith(":")
            ]
        yield tuple(h.words for h in path)
        if block.form == "heading":
            path.append(block)


def _passages(document: Document, placed: Sequence[Placed]) -> Iterator[Passage]:
    seen: Counter[tuple[Section, str]] = Counter()
    home = home_of(document.text) if document.source.kind == "experience" else ()
    for place in placed:
        if place.block.form == "heading" or signed(place.block.words, document.source):
            continue
        for units in _parts(place.block):
            passage = _passage(document, placed, place, units, home)
            key = (passage.section, passage.text)
            yield passage.model_copy(update={"id": _id(passage, seen[key])})
            seen[key] += 1


def _parts(block: Block) -> list[list[Bounds]]:
    """The sentences of a block, in as many even parts as keep a paragraph short."""
    found = list(sentences(block.words))
    if block.form != "paragraph" or len(block.words) <= LONG:
        return [found]
    count = -(-len(block.words) // LONG)
    size = len(block.words) / count
    parts: list[list[Bounds]] = [[]]
    for unit in found:
        part = parts[-1]
        if part and (unit[1] - part[0][0] > LONG or part[-1][1] >= size * len(parts)):
            parts.append([])
        parts[-1].append(unit)
    return parts


def _passage(
    document: Document,
    placed: Sequence[Placed],
    place: Placed,
    units: Sequence[Bounds],
    home: tuple[str, ...],
) -> Passage:
    """A passage without its id, which needs the others."""
    block = place.block
    section = (*place.section, *_signs(placed, block, document.source))
    start, end = place.start + units[0][0], place.start + units[-1][1]
    text = document.text[start:end]
    lead = None if block.lead is None else _lead(placed[block.lead], block)
    said = document.text[lead.start : lead.end] if lead else ""
    inherited = said if block.form in ("item", "row") else ""
    return Passage(
        id="",
        source_id=document.source.id,
        section=section,
        page=block.page,
        text=text,
        start=start,
        end=end,
        kind=kind_of(block, text, section, inherited, document.source.kind),
        echelons=echelons_of(f"{inherited}\n{text}", *section[::-1]),
        places=places_of(text, inherited, *section[-1:]) or home,
        units=tuple(Span(start=place.start + a, end=place.start + b) for a, b in units),
        lead=lead,
        list_id=None if block.group is None else f"{document.source.id}#{block.group}",
    )


def _signs(placed: Sequence[Placed], block: Block, source: Source) -> Section:
    """In a law, the numbers that lead to an item, outermost first: « 1° », « a) »."""
    signs: list[str] = []
    inner: Block | None = block if source.kind == "law" else None
    while inner is not None and inner.form == "item":
        signs += [inner.sign.text] if inner.sign else []
        inner = None if inner.lead is None else placed[inner.lead].block
    return tuple(reversed(signs))


def _lead(place: Placed, block: Block) -> Span:
    """The part of a block that introduces another: its last sentence where that announces it."""
    found = sentences(place.block.words)
    start, end = found[-1]
    last = place.block.words[start:end]
    announces = last.endswith(":") or words().list_announced.search(last)
    whole = place.block.form == "item" or block.form == "callout"
    if whole or not (announces or len(place.block.words) > LONG):
        start = 0
    return Span(start=place.start + start, end=place.start + end)


def _id(passage: Passage, occurrence: int) -> str:
    """Stable from one ingest to the next; two sources with equal text stay two."""
    key = [passage.source_id, passage.section, passage.text, occurrence]
    return hashlib.sha256(json.dumps(key, ensure_ascii=False).encode()).hexdigest()[:16]


def _check(document: Document, passages: Sequence[Passage]) -> None:
    """What must always hold; nothing is published otherwise."""
    for p in passages:
        assert document.text[p.start : p.end] == p.text != "", p
        assert all(p.start <= u.start < u.end <= p.end for u in p.units), p
    assert len({p.id for p in passages}) == len(passages)
