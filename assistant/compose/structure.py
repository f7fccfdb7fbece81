"""The shape of an index: its lists, and what stands under each heading, for answers that are whole.

A list answers as one thing: asked for the levers, a person wants the eight, not the nearest two.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from assistant.evidence import Ground, Unit
from assistant.index import Index
from assistant.types import Passage
from assistant.understand import Query, Term

Block = tuple[Passage, ...]


class Structure:
    """Lists and sections of an index, in the order of their documents."""

    def __init__(self, index: Index, ground: Ground) -> None:
        self.index = index
        self.ground = ground

    @cached_property
    def lists(self) -> Mapping[str, Block]:
        """The items of each list of two or more, by list id, with sub-items after their parent."""
        grouped: dict[str, list[Passage]] = defaultdict(list)
        for passage in self.index.order:
            if passage.list_id:
                grouped[f"{passage.source_id}/{passage.list_id}"].append(passage)
        return {k: tuple(sorted(v, key=_place)) for k, v in grouped.items() if len(v) > 1}

    def introduced(self, unit: Unit) -> Block:
        """The list that a unit is the lead-in of; empty when it is none."""
        for block in self.lists.values():
            lead = block[0].lead
            same = block[0].source_id == unit.passage.source_id
            if same and lead is not None and lead.end == unit.span.end and unit.text.endswith(":"):
                return block
        return ()

    def lead(self, block: Block) -> Unit | None:
        """The unit that introduces a list; None where only a heading does."""
        span = block[0].lead
        if span is None:
            return None
        units = (
            unit
            for passage in self.index.order
            if passage.source_id == block[0].source_id and passage.start < span.end <= passage.end
            for unit in self.ground.units(passage)
        )
        return next((unit for unit in units if unit.span.end == span.end), None)

    def headed(self, block: Block, query: Query) -> float:
        """The share of the question that the heading right above a block names, in [0, 1]."""
        weights = {t: self.ground.weight(t, query) for t in query.terms if t.kind != "number"}
        keys = self.ground.head(block[0])
        named = sum(w for t, w in weights.items() if t.keys & keys)
        return named / (sum(weights.values()) or 1.0)

    def heads(self, block: Block, query: Query, terms: tuple[Term, ...]) -> float:
        """The share of the terms that what introduces a block names, in [0, 1]."""
        weights = {t: self.ground.weight(t, query) for t in terms}
        total = sum(weights.values())
        named = sum(w * self.ground.introduces(t, block[0]) for t, w in weights.items())
        return named / total if total else 0.0


def _place(passage: Passage) -> int:
    return passage.start
