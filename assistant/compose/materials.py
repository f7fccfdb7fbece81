"""What composing draws from: an index, what its sentences name, its shape, and one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant.columns import Columns
from assistant.compose.select import Candidate, candidates
from assistant.compose.structure import Block, Structure
from assistant.evidence import Ground
from assistant.index import Index
from assistant.messages import ANSWERS
from assistant.passages import Chosen, Line
from assistant.retrieve import Hit
from assistant.slots import urls
from assistant.types import Document, PassageKind
from assistant.understand import Query, Term
from assistant.words import fold

SLIGHT = 0.1  # the weight of the subject of the whole corpus


@dataclass
class Materials:
    """The index with what is read of it once."""

    index: Index
    ground: Ground
    structure: Structure = field(init=False)

    def __post_init__(self) -> None:
        self.structure = Structure(self.index, self.ground)

    @cached_property
    def site(self) -> str | None:
        """The site that the documents give for one of their publishers, if they do."""
        publishers = {
            fold(word)
            for d in self.index.documents.values()
            for word in d.source.publisher.replace("(", " ").replace(")", " ").split()
            if word.isupper()
        }
        for url in (url for line in self.index.lines for url in urls(line.text)):
            address = url.removeprefix("https://").removeprefix("www.").split("/")[0]
            if fold(address.split(".")[0]) in publishers:
                return "www." + address
        return None

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

    @cached_property
    def weights(self) -> Mapping[Term, float]:
        """How much each term of the question says."""
        ground, query = self.materials.ground, self.query
        return {term: ground.weight(term, query) for term in query.terms}

    @property
    def slight(self) -> bool:
        """Whether a plain question names nothing but what all the documents are about."""
        about = (w for t, w in self.weights.items() if t.role != "self")
        return self.query.ask.wanted == "prose" and sum(about) < SLIGHT

    def reads(self, passage: Line) -> bool:
        """Whether a passage is of the sources asked for."""
        return not self.query.sources or passage.source_id in self.query.sources

    def of_kind(self, kind: PassageKind) -> Chosen:
        """The passages of a kind, of the sources asked for, in the order of their documents."""
        found, ids = self.materials.index.of_kind(kind), self.query.sources
        return found.flagged(self._columns.of_sources(ids)) if ids else found

    def places(self) -> set[str]:
        """The places that passages of the sources asked for are on."""
        ids = self.query.sources
        return self._columns.places(self._columns.of_sources(ids) if ids else None)

    def levers(self) -> Block:
        """The longest of the latest lists of ways to support, of the sources asked for."""
        return next((b for b in self.materials.structure.levers if self.reads(b.first)), ())

    @property
    def _columns(self) -> Columns:
        return self.materials.index.columns

    def asking(self, query: Query) -> "Case":
        """The same hits for another question."""
        return replace(self, query=query)
