"""The shape of an index: its lists, and what stands under each heading, for answers that are whole.

A list answers as one thing: asked for the levers, a person wants the eight, not the nearest two.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import Ground, Unit
from assistant.index import Index
from assistant.naming import ROOT
from assistant.passages import Chosen, Line, grouped
from assistant.types import Passage
from assistant.understand import Term

Block = Sequence[Passage]
Numbers = NDArray[np.int32]  # of lists, in their order
OPENING = "~"  # before the first letters of a word, which its family shares


class Structure:
    """Lists and sections of an index, in the order of their documents."""

    def __init__(self, index: Index, ground: Ground) -> None:
        self.index = index
        self.ground = ground

    @cached_property
    def lists(self) -> tuple[Chosen, ...]:
        """The items of each list of two or more, with sub-items after their parent."""
        lines = self.index.lines
        lists = grouped(lines, lambda p: (p.source_id, p.list_id) if p.list_id else None)
        listed = [sorted(at, key=lambda i: lines[i].start) for at in lists.values() if len(at) > 1]
        return tuple(Chosen(self.index.order, at) for at in listed)

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
    def levers(self) -> tuple[Chosen, ...]:
        """The lists of ways to support, and of nothing else."""
        return tuple(b for b in self.lists if all(p.kind == "lever" for p in b.lines))

    def introduced(self, unit: Unit) -> Block:
        """The list that a unit is the lead-in of; empty when it is none."""
        if not unit.text.endswith(":"):
            return ()
        return self._led.get((unit.passage.source_id, unit.span.end), ())

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

    def heads(self, first: Line, weights: Mapping[Term, float]) -> float:
        """The share of the terms that what introduces a list names, told by its first item."""
        total = sum(weights.values())
        named = sum(w * self.ground.introduces(t, first) for t, w in weights.items())
        return named / total if total else 0.0

    def headed_by(self, weights: Mapping[Term, float], share: float) -> list[tuple[float, Chosen]]:
        """The lists whose introduction names at least a share of the terms, each with its share.

        Most are ruled out unread: those whose introduction holds none of the words that it takes.
        """
        most = np.zeros(len(self.lists))  # that each may name
        for term, weight in weights.items():
            most[self._holding(term)] += weight
        likely = np.flatnonzero(most >= share * sum(weights.values()) - 1e-6)
        blocks = (self.lists[i] for i in likely)
        heads = ((self.heads(next(block.lines), weights), block) for block in blocks)
        return [(named, block) for named, block in heads if named >= share]

    def _holding(self, term: Term) -> Numbers:
        """The lists whose introduction holds a key of a term, or a word that may be akin."""
        wanted = {*term.keys, *term.stems, *(OPENING + k[:ROOT] for k in term.keys)}
        found = [self._introductions[key] for key in wanted if key in self._introductions]
        return np.unique(np.concatenate(found)) if found else np.empty(0, np.int32)

    @cached_property
    def _introductions(self) -> Mapping[str, Numbers]:
        """Each key with the lists whose introduction holds it."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, block in enumerate(self.lists):
            for key in self._introduction(next(block.lines)):
                found[key].append(number)
        return {key: np.array(numbers, np.int32) for key, numbers in found.items()}

    def _introduction(self, first: Line) -> frozenset[str]:
        keys = frozenset().union(*self.ground.over(first))
        return keys | {OPENING + key[:ROOT] for key in keys}

    @cached_property
    def _led(self) -> Mapping[tuple[str, int], Block]:
        """Each list by its source and by where its lead-in ends."""
        found: dict[tuple[str, int], Block] = {}
        for block in self.lists:
            first = next(block.lines)
            if first.lead is not None:
                found.setdefault((first.source_id, first.lead.end), block)
        return found


def _leads(passage: Line, item: Line) -> bool:
    """Whether a passage holds the lead-in of a list item of its source."""
    return item.lead is not None and passage.start < item.lead.end <= passage.end
