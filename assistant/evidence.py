"""A query and a passage in; how far each sentence of it answers out.

A sentence answers as far as it names what the question names, each thing weighed by how much it
says: a rare word of the documents weighs more than « projet », a name more than a word, a word
that French uses everywhere hardly at all. Retrieval ranks; this judges.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

import simplemma

from assistant import lexical, slots
from assistant.index import Index, context
from assistant.naming import AROUND, named, numbered, placed, there
from assistant.types import Passage, Span
from assistant.understand import Query, Term
from assistant.understand.asks import functions
from assistant.understand.language import frequency
from assistant.words import fold

# How much it counts that a thing is named in the sentence, above it, beside it, in the title.
LABEL = 0.8  # the heading right above a unit says nearly as much as the unit
HEAD, ABOVE, BESIDE, TITLE = 0.95, 0.8, 0.6, 0.5
MUST = ("name", "acronym", "place", "city", "article", "title")
THINGS = ("concept", "facet", "acronym", "name", "place", "city")
FOR_CONTACT = 0.35  # whom to ask does not depend much on what for
SUBJECT = 0.35  # the rarity of a thing that an eighth of the passages name
ABSENT_VERB = 0.35  # a verb that the documents never use says how a person talks, not of what
ABSENT_WORD = 0.6
BY = 4  # words between a number and what it counts
ANY_LEVEL = "@collectivite"
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
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far a unit answers: shares of the question's weight in [0, 1], and what is lacking."""

    unit: Unit
    coverage: float  # named in it, above it or beside it
    own: float  # named in it
    exact: float  # named in it in the question's own words, and not by another name
    lacking: tuple[Term, ...]  # what must be named and is not
    things: int  # how many concepts, names and places of the question are named
    words: int  # how many of its plain words are
    named: int  # how many of all its terms are
    missed: float  # the weight of all that is not
    astray: float  # the share of the weight that is asked about first of all and is not
    values: tuple[str, ...]  # what it states of the kind wanted
    on_subject: bool  # the question names what the documents are about


class Ground:
    """What every unit of an index names; read once for each passage, kept."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.units = lru_cache(maxsize=20_000)(self._units)
        self.head = lru_cache(maxsize=20_000)(self._head)
        self.above = lru_cache(maxsize=20_000)(self._above)
        self.title = lru_cache(maxsize=None)(self._title)
        self.publisher = lru_cache(maxsize=None)(self._publisher)
        self.known = lru_cache(maxsize=20_000)(self._rarity)

    def judge(self, query: Query, passage: Passage) -> list[Verdict]:
        """A verdict on each unit of a passage, in its order."""
        weights = {term: self.weight(term, query) for term in query.terms}
        around = {term: self._around(term, passage) for term in query.terms}
        on_subject = self.on_subject(query)
        return [
            self._verdict(query, unit, weights, around, on_subject) for unit in self.units(passage)
        ]

    def on_subject(self, query: Query) -> bool:
        """Whether a question names something that the documents speak of throughout."""
        named = query.about("concept", "acronym", "name", "title")
        return any(self._known(term) < SUBJECT for term in named)

    def weight(self, term: Term, query: Query) -> float:
        """How much a term says: rare in the documents, rare in the language, asked for."""
        rarity = self._known(term)
        salience = 1.0
        if term.kind == "word":
            usual = frequency(fold(term.text), query.language)
            salience = min(1.0, max(0.15, (6.4 - usual) / 2.5))
            if not any(map(self._has, term.keys)):
                salience *= _absence(term, query)
        if query.ask.wanted == "contact" and term.kind == "concept":
            salience *= FOR_CONTACT
        return rarity * salience * KINDS[term.kind] * ROLES[term.role]

    def introduces(self, term: Term, passage: Passage) -> float:
        """How surely what stands above a passage names a term, in [0, 1]."""
        return max(
            named(term, self.head(passage)),
            HEAD * named(term, self.above(passage)),
            TITLE * named(term, self.title(passage.source_id)),
        )

    def _verdict(
        self,
        query: Query,
        unit: Unit,
        weights: dict[Term, float],
        around: dict[Term, float],
        on_subject: bool,
    ) -> Verdict:
        own = {t: self._own(t, unit) for t in weights}
        near = {t: max(own[t], around[t]) for t in weights}

        def said(term: Term) -> bool:
            """A document of the RTES speaks of the RTES, but states no value of it for that."""
            return not query.ask.strict and bool(term.keys & self.publisher(unit.passage.source_id))

        total = sum(weights.values()) or 1.0
        return Verdict(
            unit=unit,
            coverage=sum(weights[t] * near[t] for t in weights) / total,
            own=sum(weights[t] * own[t] for t in weights) / total,
            exact=sum(weights[t] for t in weights if own[t] == 1.0) / total,
            lacking=tuple(
                t for t in weights if self._must(t, query) and not (there(t, near[t]) or said(t))
            ),
            things=sum(near[t] > AROUND for t in weights if t.kind in THINGS),
            words=sum(near[t] > 0 for t in weights if t.kind == "word"),
            named=sum(near[t] > 0 for t in weights if t.kind != "ask" and t.role != "self"),
            missed=sum(weights[t] for t in weights if not near[t]),
            astray=sum(weights[t] for t in weights if _first(t, query) and not near[t]) / total,
            values=self._values(query, unit),
            on_subject=on_subject,
        )

    def _values(self, query: Query, unit: Unit) -> tuple[str, ...]:
        """What the unit states of the kind wanted; of counts, those that stand by the thing."""
        found = slots.find(query.ask.wanted, unit.text)
        if query.ask.wanted in ("person", "names") and not _holds_office(query, unit):
            return ()
        if query.ask.wanted != "count" or not found:
            return tuple(found)
        counted = [t for t in _counted(query) if any(map(self._has, t.keys))]
        if not counted:
            return tuple(found)
        return tuple(v for v in found if any(self._by(v, unit.text, t) for t in counted))

    def _by(self, value: str, text: str, term: Term) -> bool:
        """Whether a value stands within a few words of what a term names."""
        at = text.find(value)
        before = " ".join(text[:at].split()[-BY:])
        after = " ".join(text[at:].split()[: BY + 1])
        return named(term, frozenset(lexical.keys(f"{before} {after}"))) > 0

    def _own(self, term: Term, unit: Unit) -> float:
        if term.kind in ("place", "city"):
            return max(placed(term, unit.passage), named(term, unit.keys))
        if term.kind == "echelon" and not term.keys & unit.keys:
            levels = unit.passage.echelons
            any_level = not levels and ANY_LEVEL in unit.keys  # a commune is a collectivité
            return ABOVE * (any_level or any(f"@{e}" in term.keys for e in levels))
        if term.kind == "article":
            return float(numbered(term, unit.passage))
        if term.kind == "title":
            return float(fold(term.text) in fold(unit.text))
        return max(named(term, unit.keys), LABEL * named(term, self.head(unit.passage)))

    def _around(self, term: Term, passage: Passage) -> float:
        """What stands above a passage, in its other sentences or in the title names it."""
        if term.kind == "article":
            return 0.0
        if term.kind == "title":
            document = self.index.documents[passage.source_id]
            return ABOVE * (fold(term.text) in fold(f"{context(passage, document)} {passage.text}"))
        beside = frozenset().union(*(u.keys for u in self.units(passage)))
        return max(
            HEAD * named(term, self.head(passage)),
            ABOVE * named(term, self.above(passage)),
            BESIDE * named(term, beside),
            TITLE * named(term, self.title(passage.source_id)),
        )

    def _must(self, term: Term, query: Query) -> bool:
        """Whether an answer must name the term: a name, an acronym, a place, not the topic."""
        carried = term.role == "carried" and not _names_itself(query)
        if term.kind not in MUST or not (carried or term.role in ("about", "focus")):
            return False
        if term.kind in ("article", "title"):
            return True
        return self._known(term) > 0.3

    def _known(self, term: Term) -> float:
        """The rarity of a term, by the rarest of its keys; 1 when the documents have none."""
        return max((self.known(key) for key in term.keys if self._has(key)), default=1.0)

    def _has(self, key: str) -> bool:
        return lexical.frequency(self.index.views["words"], key) > 0

    def _rarity(self, key: str) -> float:
        """Robertson and Sparck Jones' inverse document frequency, scaled to [0, 1]."""
        total = len(self.index.order)
        held = lexical.frequency(self.index.views["words"], key)
        return math.log(1 + (total - held + 0.5) / (held + 0.5)) / math.log(2 * total + 2)

    def _units(self, passage: Passage) -> tuple[Unit, ...]:
        text = self.index.documents[passage.source_id].text
        return tuple(
            Unit(
                passage, i, s, text[s.start : s.end], frozenset(lexical.keys(text[s.start : s.end]))
            )
            for i, s in enumerate(passage.units)
        )

    def _head(self, passage: Passage) -> frozenset[str]:
        """The heading right above a passage, and the kind of passage that it is."""
        facet = [FACETS[passage.kind]] if passage.kind in FACETS else []
        return frozenset([*lexical.keys(" ".join(passage.section[-1:])), *facet])

    def _above(self, passage: Passage) -> frozenset[str]:
        return frozenset(lexical.keys(context(passage, self.index.documents[passage.source_id])))

    def _publisher(self, source_id: str) -> frozenset[str]:
        return frozenset(lexical.keys(self.index.documents[source_id].source.publisher))

    def _title(self, source_id: str) -> frozenset[str]:
        source = self.index.documents[source_id].source
        return frozenset(lexical.keys(source.title))


def _first(term: Term, query: Query) -> bool:
    """Whether a term is asked about first of all; of whom to ask, a thing of the field is not."""
    return term.role == "focus" and (query.ask.wanted != "contact" or term.kind == "word")


def _names_itself(query: Query) -> bool:
    """Whether the last turn names a thing of its own, and not only what to say of one."""
    own = [t for t in query.terms if t.role in ("about", "focus")]
    return any(t.kind in THINGS and t.kind != "facet" for t in own)


def _holds_office(query: Query, unit: Unit) -> bool:
    """Whether a unit names the function by which a person is asked for: mayor, president."""
    text = fold(unit.text)
    asked = functions(fold(query.text))
    return all(any(re.search(rf"\b{name}\b", text) for name in names) for names in asked)


def _counted(query: Query) -> list[Term]:
    """What is counted: the focus, and where that is a plain word (« personnes ») what they did."""
    focus = [t for t in query.terms if t.role == "focus"]
    vague = any(t.kind == "word" for t in focus)
    return focus + [t for t in query.terms if vague and t.role == "about" and t.kind == "concept"]


def _absence(term: Term, query: Query) -> float:
    """How much it says that a word is in no document: little for verbs, and across languages."""
    if query.language == "en":
        return 0.6
    lemma = simplemma.lemmatize(term.text.lower(), lang="fr")
    verb = lemma.endswith(("er", "ir", "oir", "re"))
    return ABSENT_VERB if verb else 1.0 if term.role == "focus" else ABSENT_WORD
