"""The raw text of a document in, its blocks in reading order out.

Pages are put in order, lines that a page cut are joined, words mended, and each block is told
for what it is: heading, paragraph, item, row, call-out, quotation, law.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from ingest.aligned import Aligned
from ingest.blocks import Block
from ingest.callouts import addressed, called_out, glued, quoted, with_laws
from ingest.headings import headed
from ingest.lines import Strip, is_wrapped, runs, runs_on, strips
from ingest.lists import grouped, with_lost_items
from ingest.manifest import PageStart
from ingest.pages import pages
from ingest.tables import Mend, readable

if TYPE_CHECKING:
    from ingest.repair import Damage

# Marks that point outside the text: notes, pictures, links (their words stay).
_NOTE = re.compile(
    r"\[\^[\w-]+\]:?|(?<=[\w.»”)])\[\d{1,2}\]|(?<=[^\W\d_]{3})[¹²³⁴-⁹]+|<sup>.*?</sup>"
)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\((?:https?://|www\.|mailto:|/|#)[^)]*\)")
_STEPS = (addressed, called_out, quoted, with_laws, headed, with_lost_items, grouped)


def lay_out(raw: str, starts: Sequence[PageStart] = ()) -> list[Block]:
    """The blocks of a document, in reading order; ``starts`` declares pages out of order.

    Raises CorpusError ``corpus_manifest`` when a declared page is not in the text.
    """
    from ingest.repair import estimate, noise  # its word lists take a while to load

    damage = estimate(raw)
    of_line = partial(noise, damage=damage)
    worn = not damage.clean
    found = pages(raw, starts)
    lines = [runs(page, worn=worn, noise=of_line) for page in found]
    wrapped = is_wrapped(chain.from_iterable(lines))
    read = [
        strip
        for page, of_page in zip(found, lines, strict=True)
        for strip in strips(page, of_page, wrapped=wrapped)
    ]
    blocks = _joined(_blocks(read, _mender(damage)))
    for step in _STEPS:
        blocks = step(blocks)
    return blocks


def _mender(damage: "Damage") -> Mend:
    """What mends the text of one block: marks first, then words where the document is worn."""
    from ingest.repair import repair, tidy

    def mend(text: Aligned) -> Aligned:
        text = text.sub(_PICTURE, "").sub(_LINK, r"\1").sub(_NOTE, "")
        text = repair(tidy(text), damage)
        return text.sub(r"\s*\n\s*", " ").sub(r"  +", " ").strip()

    return mend


def _blocks(found: Sequence[Strip], mend: Mend) -> list[Block]:
    """The strips as blocks, mended; tables read row by row."""
    blocks: list[Block] = []
    table: list[Strip] = []
    for i, strip in enumerate(found):
        if strip.first.mark == "row":
            table.append(strip)
        ends = i + 1 == len(found) or found[i + 1].first.mark != "row" or found[i + 1].apart
        if table and ends:
            blocks += _rows(table, mend)
            table = []
        elif strip.first.mark != "row":
            blocks += _block(strip, mend)
    return blocks


def _rows(table: Sequence[Strip], mend: Mend) -> list[Block]:
    texts = readable([strip.first.text for strip in table], mend)
    first = table[0]
    mark = str(first.first.text.origins[0][0])  # tells one table from the next
    return [
        Block("row", text, first.page, mark=mark, apart=first.apart and i == 0)
        for i, text in enumerate(texts)
    ]


def _block(strip: Strip, mend: Mend) -> list[Block]:
    """The block of a strip: none where mending leaves nothing."""
    line = strip.first
    text = mend(strip.text())
    if not re.search(r"\w", text.text):
        return []
    block = Block(
        "paragraph",
        text,
        strip.page,
        indent=line.indent,
        bold=strip.bold,
        gap=strip.gap,
        apart=strip.apart,
        lines=len(strip.lines),
    )
    if line.mark == "#":
        block = replace(block, form="heading", level=line.level)
    elif line.mark == "1":
        block = replace(block, form="item", sign=line.sign, mark="1")
    elif line.mark == "-":
        block = replace(block, form="item", mark=line.sign.text, bullet=line.sign)
    return [block]


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """With paragraphs that a blank line or a page end cut in mid-sentence made whole."""
    done: list[Block] = []
    for block in blocks:
        last = done[-1] if done else None
        if (
            last
            and block.form == "paragraph"
            and last.form in ("paragraph", "item")
            and not block.apart
            and runs_on(last.words, block.words)
        ):
            done[-1] = replace(last, text=glued(last.text, block.text))
        else:
            done.append(block)
    return done
