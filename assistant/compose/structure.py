"""The shape of an index: its lists, and what stands under each heading, for answers that are whole.

A list answers as one thing: asked for the levers, a person wants the eight, not the nearest two.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from assistant.evidence import HEAD, TITLE, Ground, Unit
from assistant.index import Index
from assistant.naming import Roll
from assistant.passages import Chosen, Items, Line, grouped
from assistant.types import Passage
from assistant.understand import Term

Block = Sequence[Passage]


class Structure:
    """Lists and sections of an index, in the order of their documents."""

    def __init__(self, index: Index, ground: Ground) -> None:
        self.index = index
        self.ground = ground

    @cached_property
    def lists(self) -> tuple[Items, ...]:
        """The items of each list of two or more, with sub-items after their parent."""
        lines = self.index.lines
        lists = grouped(lines, lambda p: (p.source_id, p.list_id) if p.list_id else None)
        listed = [sorted(at, key=lambda i: lines[i].start) for at in lists.values() if len(at) > 1]
        return tuple(Items(self.index.order, at) for at in listed)

    @cached_property
    def experiences(self) -> Chosen:
        """Every experience that the documents tell, in order, with the items that end one."""
        told = self.index.of_kind("experience")
        alone: dict[str, list[Line]] = defaultdict(list)
        for line in told.lines:
            if not line.list_id:
                alone[line.source_id].append(line)
        return told.where(lambda p: not p.list_id or any(_leads(q, p) for q in alone[p.source_id]))

    @cached_property
    def levers(self) -> tuple[Items, ...]:
        """The lists of ways to support and of nothing else, the latest first, then the longest."""
        found = [b for b in self.lists if all(p.kind == "lever" for p in b.lines)]
        return tuple(sorted(found, key=lambda b: (self._date(b), len(b)), reverse=True))

    def around(self, item: Passage) -> Block:
        """The list that a passage is an item of; empty when it is of none."""
        return self._of.get((item.source_id, item.list_id or ""), ())

    @cached_property
    def _of(self) -> Mapping[tuple[str, str], Block]:
        return {(b.first.source_id, b.first.list_id or ""): b for b in self.lists}

    def introduced(self, unit: Unit) -> Block:
        """The list that a unit is the lead-in of; empty when it is none."""
        if not unit.text.endswith(":"):
            return ()
        return self._led.get((unit.passage.source_id, unit.span.end), ())

    def unfolded(self, block: Block) -> list[Passage]:
        """The items of a list, each with the items of the list that it introduces after it."""
        items: list[Passage] = []
        known = {item.id for item in block}
        for item in block:
            within = self.introduced(self.ground.units(item)[-1])
            items += [item, *(p for p in self.unfolded(within) if p.id not in known)]
        return items

    def lead(self, block: Block) -> Unit | None:
        """The unit that introduces a list; None where only a heading does."""
        span = block[0].lead
        if span is None:
            return None
        units = (
            unit
            for passage in self.index.passages_of(block[0].source_id).where(
                lambda p: p.start < span.end <= p.end
            )
            for unit in self.ground.units(passage)
        )
        return next((unit for unit in units if unit.span.end == span.end), None)

    def headed(self, block: Block, weights: Mapping[Term, float]) -> float:
        """The share of the terms that the heading right above a block names, in [0, 1]."""
        keys = self.ground.head(block[0])
        named = sum(w for t, w in weights.items() if t.keys & keys)
        return named / (sum(weights.values()) or 1.0)

    def headed_by(self, weights: Mapping[Term, float], share: float) -> list[tuple[float, Items]]:
        """The lists whose introduction names at least a share of the terms, each with its share."""
        total = sum(weights.values())
        if not total:
            return []
        named = np.zeros(len(self.lists))
        for term, weight in weights.items():
            views = [most * roll.named(term) for most, roll in self._introductions]
            named += weight * np.maximum.reduce(views)
        named /= total
        return [(float(named[i]), self.lists[i]) for i in np.flatnonzero(named >= share)]

    @cached_property
    def _introductions(self) -> tuple[tuple[float, Roll], ...]:
        """What each list stands under, and how much it counts to be named there."""
        over = [self.ground.over(block.first) for block in self.lists]
        heads, above, titles = zip(*over, strict=True) if over else ((), (), ())
        return (1.0, Roll(heads)), (HEAD, Roll(above)), (TITLE, Roll(titles))

    def _date(self, block: Items) -> str:
        return self.index.documents[block.first.source_id].source.date.lstrip("~")

    @cached_property
    def _led(self) -> Mapping[tuple[str, int], Block]:
        """Each list by its source and by where its lead-in ends."""
        found: dict[tuple[str, int], Block] = {}
        for block in self.lists:
            first = block.first
            if first.lead is not None:
                found.setdefault((first.source_id, first.lead.end), block)
        return found


def _leads(passage: Line, item: Line) -> bool:
    """Whether a passage holds the lead-in of a list item of its source."""
    return item.lead is not None and passage.start < item.lead.end <= passage.end
