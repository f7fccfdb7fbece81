"""An index in; what each of its sentences, headings and titles names out, read once and kept.

What a term of a question weighs is of the index too: a rare word of the documents weighs more
than « projet », a name more than a word, a word that French uses everywhere hardly at all.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import simplemma

from assistant import lexical, slots
from assistant.index import Index, context
from assistant.naming import WHOLE, Keys
from assistant.passages import Line
from assistant.types import Language, Passage, Span
from assistant.understand import Query, Term
from assistant.understand.language import frequency
from assistant.words import fold, tokens

# How much it counts that a thing is named above a sentence, or in the title.
HEAD, ABOVE, TITLE = 0.95, 0.8, 0.5
THINGS = ("concept", "facet", "acronym", "name", "title", "place", "city")
FOR_CONTACT = 0.35  # whom to ask does not depend much on what for
SUBJECT = 0.35  # the rarity of a thing that an eighth of the passages name
ABSENT_VERB = 0.35  # a verb that the documents never use says how a person talks, not of what
ABSENT_WORD = 0.6
OFTEN, MUCH = 3, 0.1  # passages of a document that name what all of it is about, and their share
IMPRINT = 800  # characters of the first part of a document, at most, that say whose it is
KEPT = 20_000  # passages, headings or values remembered at most
FACETS = {
    "experience": "@exemple", "lever": "@leviers", "role": "@role", "contact": "@contact",
    "definition": "@definition", "law": "@loi",
}  # fmt: skip
ROLES = {"focus": 1.4, "about": 1.0, "carried": 0.7, "self": 0.1}
KINDS = {
    "concept": 1.2, "acronym": 1.2, "name": 1.5, "place": 1.3, "city": 1.3, "number": 0.4,
    "article": 1.2, "title": 1.2, "word": 1.0, "echelon": 0.6, "facet": 0.8, "ask": 0.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or list item that may be cited, with what it names."""

    passage: Passage
    rank: int
    span: Span
    text: str
    keys: Keys


class Surroundings(NamedTuple):
    """What is named around the units of a passage."""

    head: Keys  # by the heading right above it, and by the kind of passage that it is
    above: Keys  # by all its headings, and its lead-in
    beside: Keys  # by any of its units
    title: Keys  # by the title of its source
    shared: Keys  # by all that its document, or its part of it, is under
    anywhere: Keys  # by any of these


class Ground:
    """What every unit of an index names; read once for each passage, kept.

    Remembered by id and by text, never by passage: to hash one is to hash all that it holds.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.named = lru_cache(maxsize=KEPT)(lambda text: Keys(lexical.keys(text)))
        self.stated = lru_cache(maxsize=KEPT)(lambda kind, text: tuple(slots.find(kind, text)))
        self.known = lru_cache(maxsize=KEPT)(self._rarity)
        self._headed = lru_cache(maxsize=KEPT)(self._head_of)
        self._units = lru_cache(maxsize=KEPT)(self._units_of)
        self._imprint = lru_cache(maxsize=KEPT)(self._imprint_of)
        self._over = lru_cache(maxsize=KEPT)(self._over_of)
        self._surroundings = lru_cache(maxsize=KEPT)(self._surroundings_of)
        self.folded = lru_cache(maxsize=KEPT)(fold)
        self.opening = lru_cache(maxsize=KEPT)(self._opening_of)

    def units(self, passage: Passage) -> tuple[Unit, ...]:
        """The units of a passage, in its order."""
        return self._units(passage.id)

    def around(self, passage: Passage) -> "Surroundings":
        """What stands around the units of a passage."""
        return self._surroundings(passage.id)

    def over(self, line: Line) -> tuple[Keys, Keys, Keys]:
        """What the heading right above a passage, all above it and its title name."""
        return self._over(line.id)

    def _over_of(self, id: str) -> tuple[Keys, Keys, Keys]:
        line = self.index.lines[self.index.position[id]]
        document = self.index.documents[line.source_id]
        head = self._headed(" ".join(line.section[-1:]), FACETS.get(line.kind))
        return head, self.named(context(line, document)), self.named(document.source.title)

    def head(self, passage: Passage) -> Keys:
        """What the heading right above a passage names, and the kind of passage that it is."""
        return self.around(passage).head

    def publisher(self, source_id: str) -> Keys:
        """What the publisher of a source is called."""
        return self.named(self.index.documents[source_id].source.publisher)

    def on_subject(self, query: Query) -> bool:
        """Whether a question names something that the documents speak of throughout."""
        named = query.about("concept", "acronym", "name", "title")
        return any(self.rarity(term) < SUBJECT for term in named)

    def weight(self, term: Term, query: Query) -> float:
        """How much a term says: rare in the documents, rare in the language, asked for."""
        rarity = self.rarity(term)
        salience = 1.0
        if term.kind == "word":
            usual = frequency(fold(term.text), query.language)
            salience = min(1.0, max(0.15, (6.4 - usual) / 2.5))
            if not self.has(term):
                salience *= _absence(term.text, term.role == "focus", query.language)
        if query.ask.wanted == "contact" and term.kind == "concept":
            salience *= FOR_CONTACT
        return rarity * salience * KINDS[term.kind] * ROLES[term.role]

    def said(self, term: Term) -> bool:
        """Whether the documents have the very words by which a question names a concept."""
        return term.kind == "concept" and bool(term.stems) and all(map(self._held, term.stems))

    def rarity(self, term: Term) -> float:
        """The rarity of a term, by the rarest of its keys; 1 when the documents have none."""
        return max((self.known(key) for key in term.keys if self._held(key)), default=1.0)

    def has(self, term: Term) -> bool:
        """Whether the documents name a term."""
        return any(map(self._held, term.keys))

    def _held(self, key: str) -> int:
        """How many passages name a key."""
        return lexical.frequency(self.index.views["words"], key)

    def _rarity(self, key: str) -> float:
        """Robertson and Sparck Jones' inverse document frequency, scaled to [0, 1]."""
        total, held = len(self.index.order), self._held(key)
        return math.log(1 + (total - held + 0.5) / (held + 0.5)) / math.log(2 * total + 2)

    def _units_of(self, id: str) -> tuple[Unit, ...]:
        passage = self.index.passages[id]
        document = self.index.documents[passage.source_id].text
        texts = [document[span.start : span.end] for span in passage.units]
        return tuple(
            Unit(passage, i, span, text, Keys(lexical.keys(text)))
            for i, (span, text) in enumerate(zip(passage.units, texts, strict=True))
        )

    def _surroundings_of(self, id: str) -> "Surroundings":
        passage = self.index.passages[id]
        head, above, title = self.over(passage)
        beside = Keys(key for unit in self._units(id) for key in unit.keys)
        shared = Keys(head | above | title | self._imprint(passage.source_id))
        return Surroundings(head, above, beside, title, shared, Keys(shared | beside))

    def speaking(self, term: Term) -> frozenset[str]:
        """The sources that speak of a name throughout: a good share of their passages hold it."""
        words = self.index.views["words"]
        held = [set(lexical.holding(words, key).tolist()) for key in term.keys]
        at = set.intersection(*held) if term.kind in WHOLE else set().union(*held)
        shares = self.index.columns.shares(np.fromiter(at, np.intp, len(at)))
        return frozenset(s for s, (n, share) in shares.items() if n >= OFTEN and share >= MUCH)

    def _imprint_of(self, source_id: str) -> Keys:
        """What says whose a document is: its publisher, and its first part."""
        document, lines = self.index.documents[source_id], self.index.passages_of(source_id).lines
        first = next(lines).section
        part = next((line.start for line in lines if line.section != first), IMPRINT)
        opening = document.text[: min(part, IMPRINT)]
        return self.named(f"{document.source.publisher}\n{opening}")

    def _opening_of(self, text: str, words: int) -> Keys:
        """What the first words of a text name; nothing where it has no word."""
        first = tokens(text)[:words]
        return self.named(text[: first[-1].end]) if first else Keys()

    def _head_of(self, heading: str, facet: str | None) -> Keys:
        named = self.named(heading)
        return Keys([*named, facet]) if facet else named


@lru_cache(maxsize=KEPT)
def _absence(text: str, focus: bool, language: Language) -> float:
    """How much it says that a word is in no document: little for verbs, and across languages."""
    if language == "en":
        return 0.6
    lemma = simplemma.lemmatize(text.lower(), lang="fr")
    verb = lemma.endswith(("er", "ir", "oir", "re"))
    return ABSENT_VERB if verb else 1.0 if focus else ABSENT_WORD
