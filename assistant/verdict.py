"""A query and a passage in; how far each sentence of it answers out.

A sentence answers as far as it names what the question names, each thing weighed by how much it
says. Retrieval ranks; this judges. What depends on the question alone is worked out once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.evidence import ABOVE, HEAD, THINGS, TITLE, Ground, Surroundings, Unit
from assistant.naming import AROUND, Keys, Likely, named, numbered, placed, there
from assistant.types import Passage
from assistant.understand import Query, Term
from assistant.understand.asks import functions
from assistant.words import fold

# How much it counts that a thing is named right above a sentence, or beside it.
LABEL = 0.8  # the heading right above a unit says nearly as much as the unit
BESIDE = 0.6
SHARES = (HEAD, ABOVE, BESIDE, TITLE)  # the most first, as in Surroundings
MUST = ("name", "acronym", "place", "city", "article", "title")
_OF = re.compile(r"(?:\b(?:du|de la|des|de|of|of the|by|par le|par la) ?|\bd['’])$")
PROPER = ("name", "title", "city", "place")
REST = 0.2  # of the weight of a question, at least, beside the names that a document is under
# « Ça pèse combien ? » may be answered by a share, a sum, a time; « combien de membres » may not.
# An address may be of the post or of the web.
_OPEN = re.compile(r"\bcombien\b(?! d[e'])|\bhow much\b|\badresse\b")
OPEN: Mapping[str, tuple[str, ...]] = {
    "count": ("amount", "percent", "duration"), "amount": ("percent",),
    "postal": ("url", "email"),
}  # fmt: skip
OTHERWISE = 0.6  # a thing under another of its names, where the documents have the one asked about
BY = 4  # words between a number and what it counts
APART = ("place", "city", "echelon", "article")  # named in ways of their own
NAMES = ("person", "names", "actor")
ABROAD = ("concept", "acronym")
ANY_LEVEL = "@collectivite"


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
    foreign: float  # the share of the weight that is of things of the field in no document


@dataclass(frozen=True, slots=True)
class _Line:
    """A term of the question, with what does not change from one unit to the next."""

    term: Term
    weight: float
    thing: bool
    word: bool
    told: bool  # whether to name it counts
    first: bool  # asked about first of all
    due: bool  # must be named


class Judge:
    """Judges passages for one question: its terms weighed, and what an answer must name."""

    def __init__(self, query: Query, ground: Ground) -> None:
        self.query, self.ground = query, ground
        self.terms = tuple(replace(t, near=OTHERWISE) if ground.said(t) else t for t in query.terms)
        self.weights = [ground.weight(term, query) for term in query.terms]
        self.total = sum(self.weights) or 1.0
        self.on_subject = ground.on_subject(query)
        self.foreign = self._weight_abroad() / self.total
        self._counted = [t for t in _counted(query) if ground.has(t)]
        self._asked = fold(query.text)
        self._others = OPEN.get(query.ask.wanted, ()) if _OPEN.search(self._asked) else ()
        self._offices = functions(self._asked)
        together = [i for i, t in enumerate(query.terms) if t.kind not in APART]
        self._apart = [i for i, t in enumerate(query.terms) if t.kind in APART]
        proper = (i for i, term in enumerate(query.terms) if term.kind in PROPER)
        self._speaking = {i: ground.speaking(query.terms[i]) for i in proper}
        self._likely = Likely({i: self.terms[i] for i in together})
        self._lines = [self._line(i) for i in range(len(query.terms))]
        self._told: list[dict[Keys, float]] = [{} for _ in query.terms]  # headings come again

    def _weight_abroad(self) -> float:
        """The weight of the things asked about that the documents never name."""
        asked = zip(self.terms, self.weights, strict=True)
        things = ((t, w) for t, w in asked if t.kind in ABROAD and t.role in ("about", "focus"))
        return sum(w for t, w in things if not self.ground.has(t))

    def judge(self, passage: Passage) -> list[Verdict]:
        """A verdict on each unit of a passage, in its order."""
        around = self.ground.around(passage)
        likely = (*self._apart, *self._likely.among(around.anywhere))
        found = {i: self._around(i, passage, around) for i in likely}
        shared = self._shared(passage.source_id, around.shared)
        return [
            self._verdict(unit, found, around.head, shared) for unit in self.ground.units(passage)
        ]

    def _shared(self, source_id: str, keys: Keys) -> frozenset[int]:
        """The names that all of a document, or of a part of it, is under: they tell none of its
        sentences from another. None where the question says hardly anything else: « parle-moi
        des Jardins du Gué ».
        """
        shared = [
            i
            for i, speaking in self._speaking.items()
            if source_id in speaking or self._named(i, keys) == 1.0
        ]
        own = (i for i, t in enumerate(self.terms) if t.text not in t.keys)  # not only implied
        said = (i for i in own if i not in shared)
        rest = sum(self.weights[i] for i in said)
        return frozenset(shared) if rest >= REST * self.total else frozenset()

    def _verdict(
        self, unit: Unit, found: Mapping[int, float], head: Keys, shared: frozenset[int]
    ) -> Verdict:
        """One pass over the terms: this is where most of the time of an answer goes."""
        total = self.total - sum(self.weights[i] for i in shared)
        things = sum(self._lines[i].thing for i in shared)
        told = sum(self._lines[i].told for i in shared)
        coverage = owned = exact = missed = astray = 0.0
        words = 0
        lacking: list[Term] = []
        for i, line in enumerate(self._lines):
            if i in shared:
                continue
            weight, near = line.weight, found.get(i)
            if near is not None:
                own = self._own(i, unit, head)
                near = max(own, near)
            if near:
                coverage += weight * near
                owned += weight * own
                exact += weight if own == 1.0 else 0.0
                things += line.thing and near > AROUND
                words += line.word
                told += line.told
            else:
                missed += weight
                astray += weight if line.first else 0.0
            if line.due and not (
                there(line.term, near or 0.0) or self._of_publisher(line.term, unit)
            ):
                lacking.append(line.term)
        return Verdict(
            unit=unit,
            coverage=coverage / total,
            own=owned / total,
            exact=exact / total,
            lacking=tuple(lacking),
            things=things,
            words=words,
            named=told,
            missed=missed,
            astray=astray / total,
            values=self._values(unit),
            on_subject=self.on_subject,
            foreign=self.foreign,
        )

    def _line(self, i: int) -> "_Line":
        term = self.terms[i]
        return _Line(
            term=term,
            weight=self.weights[i],
            thing=term.kind in THINGS,
            word=term.kind in ("word", "number"),
            told=term.kind != "ask" and term.role != "self",
            first=_first(term, self.query),
            due=self._is_due(term),
        )

    def _of_publisher(self, term: Term, unit: Unit) -> bool:
        """A document of the RTES speaks of the RTES, but states a value of what is its own alone:
        « l'étude du RTES ».
        """
        said = self.ground.publisher(unit.passage.source_id)
        return bool(term.keys & said) and (not self.query.ask.strict or self._owns(term))

    def _owns(self, term: Term) -> bool:
        """Whether a term is a complement in the question, of no person: « l'étude du RTES »."""
        of = _OF.search(fold(self.query.text[: term.start]))
        return of is not None and self.query.ask.wanted not in NAMES

    def _values(self, unit: Unit) -> tuple[str, ...]:
        """What the unit states of the kind wanted; of counts, those that stand by the thing."""
        wanted = self.query.ask.wanted
        found = self.ground.stated(wanted, unit.text)
        if wanted in ("person", "names") and not self._holds_office(unit):
            return ()
        if wanted in NAMES:  # who the question names is not who it asks for
            found = tuple(v for v in found if fold(v) not in self._asked)
        if wanted == "count" and self._counted:
            found = tuple(v for v in found if any(self._by(v, unit.text, t) for t in self._counted))
        return found or tuple(v for k in self._others for v in self.ground.stated(k, unit.text))

    def _holds_office(self, unit: Unit) -> bool:
        """Whether a unit names the function by which a person is asked for: mayor, president."""
        text = self.ground.folded(unit.text)
        asked = self._offices
        return all(any(re.search(rf"\b{name}\b", text) for name in names) for names in asked)

    def _by(self, value: str, text: str, term: Term) -> bool:
        """Whether a value stands within a few words of what a term names."""
        at = text.find(value)
        before = " ".join(text[:at].split()[-BY:])
        after = " ".join(text[at:].split()[: BY + 1])
        return named(term, self.ground.named(f"{before} {after}")) > 0

    def _named(self, i: int, keys: Keys) -> float:
        """How surely keys that many passages share name a term of the question."""
        told = self._told[i]
        if keys not in told:
            told[keys] = named(self.terms[i], keys)
        return told[keys]

    def _own(self, i: int, unit: Unit, head: Keys) -> float:
        term = self.terms[i]
        if term.kind not in APART:
            own = named(term, unit.keys)
            return own if own >= LABEL else max(own, LABEL * self._named(i, head))
        if term.kind in ("place", "city"):
            return max(placed(term, unit.passage), named(term, unit.keys))
        if term.kind == "echelon" and not term.keys & unit.keys:
            levels = unit.passage.echelons
            any_level = not levels and ANY_LEVEL in unit.keys  # a commune is a collectivité
            return ABOVE * (any_level or any(f"@{e}" in term.keys for e in levels))
        if term.kind == "article":
            return float(numbered(term, unit.passage))
        return max(named(term, unit.keys), LABEL * self._named(i, head))

    def _around(self, i: int, passage: Passage, around: Surroundings) -> float:
        """What stands above a passage, in its other sentences or in the title names a term."""
        term = self.terms[i]
        if term.kind == "article":
            return 0.0
        beside = around[: len(SHARES) - (not self._entitled(term, passage))]
        best = 0.0
        for share, keys in zip(SHARES, beside, strict=False):
            if best >= share:  # what counts less cannot say it better
                break
            best = max(best, share * self._named(i, keys))
        return best

    def _entitled(self, term: Term, passage: Passage) -> bool:
        """Whether the title of its document speaks for a passage: not of where a person is, nor
        where the passage is on places of its own."""
        if term.kind not in ("place", "city"):
            return True
        return not passage.places and self.query.ask.wanted not in ("person", "names")

    def _is_due(self, term: Term) -> bool:
        """Whether an answer must name the term: a name, an acronym, a place, not the topic."""
        carried = term.role == "carried" and not _names_itself(self.query)
        if term.kind not in MUST or not (carried or term.role in ("about", "focus")):
            return False
        if term.kind in ("article", "title"):
            return True
        return self.ground.rarity(term) > 0.3


def _first(term: Term, query: Query) -> bool:
    """Whether a term is asked about first of all; of whom to ask, a thing of the field is not."""
    return term.role == "focus" and (query.ask.wanted != "contact" or term.kind == "word")


def _names_itself(query: Query) -> bool:
    """Whether the last turn names a thing of its own, and not only what to say of one."""
    own = [t for t in query.terms if t.role in ("about", "focus")]
    return any(t.kind in THINGS and t.kind != "facet" for t in own)


def _counted(query: Query) -> list[Term]:
    """What is counted: the focus, and where that is a plain word (« personnes ») what they did."""
    focus = [t for t in query.terms if t.role == "focus"]
    vague = any(t.kind == "word" for t in focus)
    return focus + [t for t in query.terms if vague and t.role == "about" and t.kind == "concept"]
