"""What composing draws from: an index, what its sentences name, its shape, and one question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant import lexical
from assistant.compose.select import Candidate, candidates
from assistant.compose.structure import Block, Structure
from assistant.evidence import Ground
from assistant.index import Index
from assistant.messages import ANSWERS
from assistant.retrieve import Hit
from assistant.types import Document, Passage
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

    def document(self, source_id: str) -> Document:
        """The document of a source."""
        return self.index.documents[source_id]


@dataclass
class Case:
    """One question with its hits, and the units of the hits judged once for it."""

    query: Query
    hits: Sequence[Hit]
    materials: Materials

    @cached_property
    def found(self) -> list[Candidate]:
        """Every unit of the hits, best first."""
        return candidates(self.query, self.hits, self.materials.ground)

    @property
    def words(self) -> dict[str, str]:
        """The strings of the language of the question."""
        return ANSWERS[self.query.language]

    def passages(self) -> Iterator[Passage]:
        """The passages of the sources asked for, in the order of their documents."""
        chosen = self.query.sources
        return (p for p in self.materials.index.order if not chosen or p.source_id in chosen)

    def lists(self) -> Iterator[Block]:
        """The lists of the sources asked for."""
        chosen = self.query.sources
        blocks = self.materials.structure.lists.values()
        return (b for b in blocks if not chosen or b[0].source_id in chosen)

    def asking(self, query: Query) -> "Case":
        """The same hits for another question."""
        return replace(self, query=query)
