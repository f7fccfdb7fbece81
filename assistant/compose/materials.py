"""What composing draws from: an index, what its sentences name, and its shape."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant import lexical
from assistant.compose.select import Candidate, candidates
from assistant.compose.structure import Structure
from assistant.evidence import Ground
from assistant.index import Index
from assistant.retrieve import Hit
from assistant.understand import Query


@dataclass
class Materials:
    """The index with what is read of it once."""

    index: Index
    ground: Ground
    structure: Structure = field(init=False)

    def __post_init__(self) -> None:
        self.structure = Structure(self.index, self.ground)

    def named(self, text: str) -> frozenset[str]:
        """What a French text names: stems and concepts."""
        return frozenset(lexical.keys(text))

    def candidates(self, query: Query, hits: Sequence[Hit]) -> list[Candidate]:
        """Every unit of the hits judged for the query, best first."""
        return candidates(query, hits, self.ground)
