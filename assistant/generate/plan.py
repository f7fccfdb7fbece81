"""An extractive answer in; what a model is given to word it, out: numbered passages, in parts.

What the answer does not cite is not given: whatever the model could take from it would have no
number to stand by.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from assistant.compose.draft import Draft, Part
from assistant.compose.write import dated, origin, short
from assistant.generate.check.evidence import Evidence
from assistant.generate.live import Listener
from assistant.index import Index, context
from assistant.types import Answer, Citation, Echelon, Language
from assistant.understand import Query


@dataclass(frozen=True)
class Plan:
    """The question as it stands alone, and the passages of the answer, under their numbers."""

    question: str
    language: Language
    echelon: Echelon | None
    citations: tuple[Citation, ...]
    parts: tuple[tuple[str, tuple[int, ...]], ...]  # heading, numbers of what it holds
    missing: str | None
    headings: Mapping[int, str]  # what stands above each passage in its document
    origins: Mapping[int, str]  # the source of each, and when it is of, as an answer tells it

    @cached_property
    def evidence(self) -> dict[int, Evidence]:
        """What each number may prove."""
        headings, language = self.headings, self.language
        return {c.number: evidence(c, headings[c.number], language) for c in self.citations}


class Wording(Protocol):
    """Who words an answer that is not a refusal; ``Writer`` does."""

    def word(
        self,
        query: Query,
        draft: Draft,
        answer: Answer,
        index: Index,
        listener: Listener | None = None,
    ) -> Answer:
        """The answer in other words, or as it is."""


def plan(query: Query, draft: Draft, answer: Answer, index: Index) -> Plan:
    """The plan of an answer that is not a refusal."""
    return Plan(
        question=query.text,
        language=query.language,
        echelon=query.echelon,
        citations=answer.citations,
        parts=tuple((p.heading or "", _numbers(p, answer)) for p in draft.parts),
        missing=draft.missing,
        headings={c.number: above(c.passage_id, index) for c in answer.citations},
        origins={
            c.number: origin(index.documents[c.source_id].source, query.language)
            for c in answer.citations
        },
    )


def evidence(citation: Citation, heading: str, language: Language) -> Evidence:
    """What a citation may prove: its words, under what stands above it, at its date."""
    about = f"{heading}\n{short(citation.source_title)}, {dated(citation.date, language)}"
    return Evidence(citation.number, citation.quote, about)


def above(passage_id: str, index: Index) -> str:
    """The headings and the lead-in of a passage."""
    passage = index.passages[passage_id]
    return context(passage, index.documents[passage.source_id])


def _numbers(part: Part, answer: Answer) -> tuple[int, ...]:
    """The numbers of the citations of a part, in its order."""
    known = {(c.passage_id, c.start, c.end): c.number for c in answer.citations}
    places = ((q.passage.id, q.start, q.end) for q in part.quotes)
    return tuple(dict.fromkeys(known[place] for place in places))
