"""Hits in; the units that answer a query out, best first, or none when none does.

This is where an answer is refused: a unit answers when it names enough of what the question
names, lacks no name that it must hold, and states a value of the kind wanted.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant import slots
from assistant.evidence import FACETS, Ground, Unit
from assistant.places import same_area
from assistant.retrieve import Hit
from assistant.slots import years
from assistant.types import Passage, PassageKind
from assistant.understand import Query
from assistant.understand.asks import Wanted
from assistant.verdict import Judge, Verdict

FEW = 2  # plain words, at least, where no thing of the field is named
FOREIGN = 0.3  # a question that is so much of things in no document is not theirs to answer
BARELY = 0.1  # a value in a sentence that names nothing of the question is another's
SAYING = 2  # words of its own, at least, in a sentence that answers
REACHED: tuple[Wanted, ...] = ("url", "email", "phone", "person")
MANY = 3  # things named; more of them prove no more
EXAMPLE = 0.25  # an example is asked for: what was done, not a sentence that says « exemple »
LEAST = 0.25  # below this share of the question a unit is about something else
NUMBERED = 0.3  # a number of a sentence that names no more than this counts something else
KINDS_FOR: dict[str, tuple[PassageKind, ...]] = {
    "definition": ("definition", "law"),
    "contact": ("contact",),
    "url": ("contact",),
    "amount": ("figure",),
    "count": ("figure",),
    "percent": ("figure",),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A verdict with the rank that it gives its unit among the others."""

    verdict: Verdict
    worth: float


def candidates(query: Query, hits: Sequence[Hit], ground: Ground) -> list[Candidate]:
    """Every unit of the hits, best first."""
    best = max((hit.score for hit in hits), default=0.0) or 1.0
    judge = Judge(query, ground)
    found = [
        Candidate(verdict, _worth(query, verdict, hit.score / best))
        for hit in hits
        for verdict in judge.judge(hit.passage)
    ]
    return sorted(found, key=lambda c: -c.worth)


def answering(query: Query, found: Sequence[Candidate]) -> list[Candidate]:
    """Those that answer, best first."""
    return [c for c in found if answers(query, c.verdict)]


def answers(query: Query, verdict: Verdict) -> bool:
    """Whether a unit may answer, and the documents are more likely than not to."""
    return eligible(query, verdict) and confidence(query, verdict) > 0


def eligible(query: Query, verdict: Verdict) -> bool:
    """Whether a unit covers enough, lacks nothing that it must name, and states what is wanted."""
    if verdict.lacking or verdict.coverage < LEAST or _elsewhere(query, verdict.unit.passage):
        return False
    if verdict.foreign >= FOREIGN or (not verdict.things and verdict.words < FEW):
        return False
    if not _says(verdict.unit) or (query.ask.wanted == "contact" and not _leads(verdict.unit)):
        return False
    if query.wants("count", "amount", "percent") and verdict.coverage < NUMBERED:
        return False
    return not query.ask.strict or bool(verdict.values and verdict.own > BARELY)


def _says(unit: Unit) -> bool:
    """Whether a unit says something: « Mai 2022 » does not."""
    return unit.keys.words >= SAYING


def _leads(unit: Unit) -> bool:
    """Whether a unit leads to someone: a contact, an address, a person."""
    return unit.passage.kind == "contact" or any(slots.find(kind, unit.text) for kind in REACHED)


def _elsewhere(query: Query, passage: Passage) -> bool:
    """Whether a passage gives a contact of a place that is not the person's, who names no body."""
    if query.about("name", "title"):
        return False
    place = query.place
    here = place is not None and any(same_area(place, code) for code in passage.places)
    return passage.kind == "contact" and bool(passage.places) and not here


def confidence(query: Query, verdict: Verdict) -> float:
    """The log-odds that the documents answer the question with this unit.

    A logistic regression fitted on the development questions; its weights are data.
    """
    weigh = _weights()
    return (
        weigh["bias"]
        + weigh["things"] * min(verdict.things, MANY)
        + weigh["named"] * verdict.named
        + weigh["missed"] * verdict.missed
        + weigh["own"] * verdict.own
        + weigh["exact"] * verdict.exact
        + weigh["fits"] * (verdict.unit.passage.kind in KINDS_FOR.get(query.ask.wanted, ()))
        + weigh["contact"] * (query.ask.wanted == "contact")
        + weigh["astray"] * verdict.astray
        + weigh["on_subject"] * verdict.on_subject
    )


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return tomllib.loads((files("assistant") / "data" / "acceptance.toml").read_text("utf-8"))


def _worth(query: Query, verdict: Verdict, fused: float) -> float:
    kind = verdict.unit.passage.kind
    fits = 0.12 * (kind in KINDS_FOR.get(query.ask.wanted, ())) + 0.15 * bool(verdict.values)
    example = kind == "experience" and any(FACETS[kind] in t.keys for t in query.terms)
    levels = verdict.unit.passage.echelons
    other = bool(levels) and query.echelon is not None and query.echelon not in levels
    year = max(map(int, years(verdict.unit.text)), default=0) if query.now else 0
    return (
        0.5 * verdict.coverage
        + 0.25 * verdict.own
        + 0.8 * fused
        + fits
        + EXAMPLE * example
        - 0.2 * len(verdict.lacking)
        - 0.15 * other
        + 0.002 * max(0, year - 2000)  # asked about now, the latest comes first
    )
