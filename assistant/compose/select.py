"""Hits in; the units that answer a query out, best first, or none when none does.

This is where an answer is refused: a unit answers when it names enough of what the question
names, lacks no name that it must hold, and states a value of the kind wanted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Ground, Verdict
from assistant.retrieve import Hit
from assistant.types import PassageKind
from assistant.understand import Query

ENOUGH = 0.5  # the share of the question that a unit must cover
ENOUGH_NOW = 0.4  # what holds now is not in the documents: the answer will be a part of one
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
    found = [
        Candidate(verdict, _worth(query, verdict, hit.score / best))
        for hit in hits
        for verdict in ground.judge(query, hit.passage)
    ]
    return sorted(found, key=lambda c: -c.worth)


def answering(query: Query, found: Sequence[Candidate]) -> list[Candidate]:
    """Those that answer, best first."""
    return [c for c in found if answers(query, c.verdict)]


def answers(query: Query, verdict: Verdict) -> bool:
    """Whether a unit covers enough, lacks nothing that it must name, and states what is wanted."""
    if verdict.lacking or verdict.coverage < (ENOUGH_NOW if query.now else ENOUGH):
        return False
    return bool(verdict.values) or not query.ask.strict


def _worth(query: Query, verdict: Verdict, fused: float) -> float:
    kinds = KINDS_FOR.get(query.ask.wanted, ())
    fits = 0.12 * (verdict.unit.passage.kind in kinds) + 0.15 * bool(verdict.values)
    return (
        0.5 * verdict.coverage
        + 0.25 * verdict.own
        + 0.25 * fused
        + fits
        - 0.2 * len(verdict.lacking)
    )
