"""Which lines are headings, and how they nest.

Comes in: blocks, where only marked headings are known. Go out: the same with bare headings
told from short paragraphs. A level only orders the headings of one document: smaller is outer.
"""

import re
from dataclasses import replace

from assistant.messages import MONTHS
from assistant.words import fold
from ingest.blocks import Block
from ingest.callouts import ADDRESS, glued
from ingest.lists import shaped_as_item
from ingest.words import words

LONG = 90  # characters; a longer line is a sentence
LONG_CAPITALS = 140
LONG_MARKED = 220  # converters mark whole paragraphs as headings
# Levels: the title, then capitals over bare lines over labels « Contexte : ».
TITLE, CAPITALS, BARE, LABEL, BOLD = 0, 10, 20, 40, 70
SUBTITLE = 8  # added to the level of the heading right above
_OUTLINE = re.compile(r"\d{1,2}(?:\.\d{1,2})*")
_DATED = re.compile(rf"\b(?:{'|'.join(map(fold, MONTHS['fr']))}) (?:19|20)\d\d\b")
_INNER_COLON = re.compile(r"\s?:\s+\S")


def headed(blocks: list[Block]) -> list[Block]:
    """With headings recognised, and a level on each."""
    marked = any(b.form == "heading" for b in blocks)
    bare = [_is_bare(b) for b in blocks]
    done: list[Block] = []
    outer, titled = CAPITALS, False
    for i, block in enumerate(blocks):
        if block.form == "heading" and len(block.words) > LONG_MARKED:
            block = replace(block, form="paragraph")
        if block.form == "heading":
            outer, titled = 10 * block.level, not done
            block = replace(block, level=outer)
        elif bare[i] and _stands_alone(blocks, bare, i, done) and not _dates(block, done):
            under = titled or (bool(done) and done[-1].form == "heading")
            beside = outer + SUBTITLE * under  # a bare line is no sibling of the title above it
            level = _marked_level(block, beside) if marked else _level(block, done)
            if not marked and not done and _is_title(blocks, bare):
                level = TITLE
            text = block.text if block.sign is None else glued(block.sign, block.text)
            block = replace(block, form="heading", text=text, level=level, sign=None, kind=None)
        done.append(block)
    return done


def is_capitals(text: str) -> bool:
    """Whether a line is written in capitals (two words at least, or a long one)."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 5 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def _is_bare(block: Block) -> bool:
    """Whether a block has the look of a heading, wherever it stands."""
    text = block.words
    numbered = block.form == "item" and block.mark == "1"
    if (block.form != "paragraph" and not numbered) or block.lines > 2 or not text:
        return False
    if len(text) > (LONG_CAPITALS if is_capitals(text) else LONG) or text[-1] in ".;,…":
        return False
    if not text[0].isalnum() or text[0].islower():
        return False
    return not (_excluded(text) or _is_sentence(text, bold=block.bold))


def _excluded(text: str) -> bool:
    known = words()
    return bool(known.courtesies.search(text) or known.date.match(text) or ADDRESS.search(text))


def _is_sentence(text: str, *, bold: bool) -> bool:
    """Whether a line says something: « label : value », or a lead-in that ends with « : »."""
    if text.endswith(":"):
        said = text.rstrip(" :\u00a0\u202f")
        return len(said.split()) > 5 or bool(words().announcing.search(said))
    if bold or is_capitals(text) or words().numbered.match(text):
        return False
    return bool(_INNER_COLON.search(text))


def _stands_alone(blocks: list[Block], bare: list[bool], i: int, done: list[Block]) -> bool:
    """Whether a line with the look of a heading is one, by what stands around it."""
    block, before = blocks[i], done[-1] if done else None
    after = blocks[i + 1] if i + 1 < len(blocks) else None
    if after is None or after.apart or after.form == "heading":
        return False
    sure = is_capitals(block.words) or block.words.endswith("?")
    if before and before.form == "heading" and before.words.endswith(":") and not sure:
        return False
    if before and before.form != "heading" and before.words.endswith(":") and bare[i + 1]:
        return False
    if block.mark == "1":
        return not any(b and b.mark == "1" for b in _around(blocks, i))
    return sure or not (shaped_as_item(blocks, i, before) or _is_enumerated(blocks, bare, i))


def _dates(block: Block, done: list[Block]) -> bool:
    """Whether a line right under the title dates the document: « RTES, mai 2024 »."""
    return len(done) == 1 and done[0].form == "heading" and bool(_DATED.search(fold(block.words)))


def _around(blocks: list[Block], i: int) -> list[Block]:
    """The blocks next to one, those with a number of another depth left out."""
    depth = _depth(blocks[i])
    near = [blocks[j] for j in (i - 1, i + 1) if 0 <= j < len(blocks)]
    return [b for b in near if b.mark != "1" or _depth(b) == depth]


def _is_enumerated(blocks: list[Block], bare: list[bool], i: int) -> bool:
    """Whether a line is one of three bare lines or more: names, an address.

    The first of them may be their heading, unless they end the document: a signature.
    """

    def same(j: int) -> bool:
        return bare[j] and is_capitals(blocks[j].words) == is_capitals(blocks[i].words)

    first = last = i
    while first > 0 and same(first - 1):
        first -= 1
    while last + 1 < len(blocks) and same(last + 1):
        last += 1
    return last - first >= 2 and (i > first or last + 1 == len(blocks))


def _level(block: Block, done: list[Block]) -> int:
    """The level of a bare heading in a document that marks none."""
    numbered = words().numbered.match(block.words)
    if numbered:
        return words().levels[numbered.group(1).lower()]
    if is_capitals(block.words):
        return CAPITALS
    if block.mark == "1" or _OUTLINE.match(block.words):
        return BARE + 2 * (_depth(block) - 1)
    if block.words.endswith(":") and len(block.words.rstrip(" :").split()) < 4:
        return LABEL  # a longer line is a heading that a colon happens to end
    last = done[-1] if done else None
    directly = last is not None and last.form == "heading" and not block.apart
    return last.level + SUBTITLE if directly and last and last.level in (TITLE, BARE) else BARE


def _is_title(blocks: list[Block], bare: list[bool]) -> bool:
    """Whether the first line of a document names all of it: headings follow, or stand over it."""
    capitals = [is_capitals(b.words) for b, look in zip(blocks, bare, strict=True) if look]
    return not capitals[0] and ((len(blocks) > 1 and bare[1]) or any(capitals))


def _marked_level(block: Block, outer: int) -> int:
    """The level of a bare heading among marked ones: beside the last, or under it when bold."""
    return BOLD if block.bold or block.words.endswith(":") else outer


def _depth(block: Block) -> int:
    number = _OUTLINE.match(block.sign.text if block.sign else block.words)
    return number.group().count(".") + 1 if number else 1
