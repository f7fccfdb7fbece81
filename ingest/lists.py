"""Which blocks are the items of a list, which list each belongs to, and what introduces it.

Comes in: blocks, items known by their bullets. Go out: the same with items that lost their
bullet found again, lists nested as far as the text tells, and a lead on each.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.blocks import Block
from ingest.words import words

_FIRST = re.compile(
    r"(?:et |ou |puis )?(?:(?:s|l|d|n)['’]|se |ne pas |ne )?([^\W\d_]+)", re.IGNORECASE
)
_INFINITIVE = re.compile(r"[^\W\d_]{1,}(?:er|ir|re|oir)", re.IGNORECASE)
_SHORT = 60  # characters; a shorter line between two lists is rather a heading
_LONGER = 3  # times the longest item: a paragraph longer than that is no item


def shape(text: str) -> str | None:
    """The grammatical shape of an item, when it has one to be known by: infinitive, « pour … »."""
    match = _FIRST.match(text)
    if not match or words().phrases.search(text):
        return None
    first = match.group(1).lower()
    if first in words().prepositions:
        return first
    if _INFINITIVE.fullmatch(first) and first not in words().not_infinitives:
        return "infinitive"
    return None


def shaped_as_item(blocks: Sequence[Block], i: int, before: Block | None) -> bool:
    """Whether a short bare line is an item of the list around it rather than a heading."""
    wanted = shape(blocks[i].words)
    if wanted is None:
        return False
    above, below = _next_item(blocks, i, -1), _next_item(blocks, i, 1)
    if above is None and (before is None or before.form != "heading"):
        return False  # a heading over the list
    if above is not None and below is not None and _between_lists(blocks, i):
        return False
    return any(b is not None and shape(b.words) == wanted for b in (above, below))


def with_lost_items(blocks: list[Block]) -> list[Block]:
    """With bare paragraphs that have the shape of the items around them made items."""
    done = list(blocks)
    for run in _runs(blocks):
        items = [blocks[i] for i in run if blocks[i].form == "item"]
        longest = max((len(b.words) for b in items), default=0)
        for i in run:
            alike = sum(shape(b.words) == shape(blocks[i].words) for b in items)
            short = len(blocks[i].words) <= _LONGER * longest
            if blocks[i].form == "paragraph" and short and alike * 2 >= len(items) > 0:
                done[i] = replace(blocks[i], form="item")
        if not items and _is_bare_list(blocks, run):
            for i in run:
                if blocks[i].form == "paragraph":
                    done[i] = replace(blocks[i], form="item")
    return _enumerated(done)


def grouped(blocks: list[Block]) -> list[Block]:
    """With every item in its list, every list, row and call-out after what introduces it."""
    done: list[Block] = []
    lists = _Lists()
    for i, block in enumerate(blocks):
        previous = done[-1] if done else None
        if block.form in ("heading", "paragraph", "quotation", "law", "row") or block.apart:
            lists.close()
        if block.form == "item":
            block = lists.place(block, i, done)
        elif block.form == "callout":
            block = replace(block, lead=lists.last if lists.open else _paragraph_before(done))
        elif block.form == "row":
            same = previous is not None and previous.form == "row" and previous.mark == block.mark
            lead = previous.lead if same and previous else _paragraph_before(done)
            block = replace(block, lead=lead, group=lists.group(fresh=not same))
        elif block.form in ("quotation", "law"):
            lead = _paragraph_before(done)
            announced = lead is not None and done[lead].words.endswith(":")
            block = replace(block, lead=lead if announced else None)
        done.append(block)
    return done


@dataclass
class _Open:
    """A list being read: ``lower`` is the case its items start with."""

    group: int
    lead: int | None
    indent: int
    mark: str
    lower: bool


@dataclass
class _Lists:
    """The lists that are open at a point of the document, outermost first."""

    open: list[_Open] = field(default_factory=list)
    last: int | None = None
    made: int = 0

    def close(self) -> None:
        """Nothing that follows belongs to these lists."""
        self.open, self.last = [], None

    def group(self, *, fresh: bool) -> int:
        """The number of a new list, or of the last one."""
        self.made += fresh
        return self.made

    def place(self, block: Block, i: int, done: Sequence[Block]) -> Block:
        """An item in the list it belongs to, which may be a new one, inside the last item."""
        before = done[self.last] if self.last is not None else None
        if before is None or not self.open:
            self._enter(block, _paragraph_before(done))
        elif self._opens(block, before):
            self._enter(block, self.last)
        else:
            self._leave(block, before)
        self.last = i
        inner = self.open[-1]
        return replace(block, group=inner.group, lead=inner.lead, depth=len(self.open) - 1)

    def _enter(self, block: Block, lead: int | None) -> None:
        number = self.group(fresh=True)
        self.open.append(_Open(number, lead, block.indent, block.mark, _lower(block.words)))

    def _opens(self, block: Block, before: Block) -> bool:
        """Whether an item starts a list inside the one before it."""
        inner = self.open[-1]
        if block.indent >= inner.indent + 2 and block.mark and inner.mark:
            return True
        return before.words.endswith(":") and block.indent >= inner.indent

    def _leave(self, block: Block, before: Block) -> None:
        """Close the inner lists that an item does not belong to."""
        while len(self.open) > 1:
            inner, outer = self.open[-1], self.open[-2]
            outdented = block.indent + 2 <= inner.indent
            resumed = block.mark == outer.mark != inner.mark and bool(block.mark)
            changed = before.words.rstrip(')»" ').endswith(".") and (
                _lower(block.words) != inner.lower
            )
            flat = inner.indent == outer.indent and inner.mark == outer.mark
            if not (outdented or resumed or (flat and changed)):
                return
            self.open.pop()


def _lower(text: str) -> bool:
    return next((c for c in text if c.isalpha()), "A").islower()


def _paragraph_before(done: Sequence[Block]) -> int | None:
    """The place of the paragraph right before, call-outs apart; None after a heading."""
    for i in range(len(done) - 1, -1, -1):
        if done[i].form != "callout":
            return i if done[i].form == "paragraph" else None
    return None


def _next_item(blocks: Sequence[Block], i: int, step: int) -> Block | None:
    """The item next to a block on one side, call-outs apart."""
    j = i + step
    while 0 <= j < len(blocks):
        if blocks[j].form == "item":
            return blocks[j]
        if blocks[j].form != "callout" or blocks[j].apart:
            return None
        j += step
    return None


def _between_lists(blocks: Sequence[Block], i: int) -> bool:
    """Whether a short line stands between two lists of two items or more."""
    near = [blocks[j].form for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(blocks)]
    return len(blocks[i].words) < _SHORT and near == ["item"] * 4


def _runs(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Stretches of items, call-outs and paragraphs that have the shape of an item."""
    run: list[int] = []
    for i, block in enumerate(blocks):
        shaped = block.form == "paragraph" and not block.words.endswith(":")
        fits = block.form in ("item", "callout") or (shaped and shape(block.words) is not None)
        if (not fits or block.apart) and run:
            yield run
            run = []
        if fits:
            run.append(i)
    if run:
        yield run


def _is_bare_list(blocks: Sequence[Block], run: Sequence[int]) -> bool:
    """Whether paragraphs of one shape, none with a bullet, are a list: three, or two announced."""
    shapes = [shape(blocks[i].words) for i in run if blocks[i].form == "paragraph"]
    before = blocks[run[0] - 1] if run[0] else None
    announced = before is not None and before.words.endswith((":", "?"))
    return len(set(shapes)) == 1 and len(shapes) >= (2 if announced else 3)


def _enumerated(blocks: list[Block]) -> list[Block]:
    """With paragraphs after « : » or « ? » made items, when their ends or brevity make a list."""
    done = list(blocks)
    i = 0
    while i + 1 < len(done):
        i += 1
        if done[i].form != "paragraph" or not done[i - 1].words.endswith((":", "?")):
            continue
        end = i
        while end < len(done) and done[end].form == "paragraph" and _goes_on(done[end].words):
            end += 1
        if end == i:
            end = _bare_lines(done, i) - 1
        if end > i and end < len(done) and done[end].form == "paragraph":
            done[i : end + 1] = [replace(b, form="item") for b in done[i : end + 1]]
    return done


def _bare_lines(blocks: Sequence[Block], i: int) -> int:
    """Where the short lines that start at a place end."""
    while i < len(blocks) and _is_bare_line(blocks[i]) and not blocks[i].apart:
        i += 1
    return i


def _is_bare_line(block: Block) -> bool:
    """Whether a paragraph is a short line without the stop of a sentence."""
    text = block.words
    return (
        block.form == "paragraph"
        and len(text) <= 90
        and text[-1].isalnum() | (text[-1] == ")")
        and not re.search(r"\s:\s|www\.|@|\d\d[ .]\d\d", text)
    )


def _goes_on(text: str) -> bool:
    return text.endswith((";", ",", "; et", ", et", "; ou"))
