"""A narrow question: the sentence that answers it, with what it needs to be understood."""

from collections.abc import Sequence

from assistant.compose.draft import Draft, Part, Quote, quotes
from assistant.compose.materials import Materials
from assistant.compose.select import Candidate, answering
from assistant.compose.state import doubt
from assistant.evidence import Unit
from assistant.retrieve import Hit
from assistant.understand import Query
from assistant.words import fold, tokens

CLOSE = 0.93  # an answer nearly as good as the best one stands beside it
MOST = 3
SHORT = 450  # characters; a shorter passage is quoted whole when no single value is asked for
# What a sentence that leans on the one before begins with.
LEANING = {
    "il", "elle", "ils", "elles", "ce", "cet", "cette", "ces", "cela", "celui", "celle", "ceux",
    "celles", "aussi", "ainsi", "leur", "leurs", "son", "sa", "ses",
}  # fmt: skip


def narrow(query: Query, hits: Sequence[Hit], materials: Materials) -> Draft | None:
    """The best sentences that answer, at most three passages of them; None when none does."""
    found = materials.candidates(query, hits)
    chosen = _chosen(answering(query, found))
    if not chosen:
        return None
    units = [unit for c in chosen for unit in _with_context(query, c, materials)]
    missing = doubt(query, chosen, materials)
    return Draft("partial" if missing else "answered", (Part(_merged(units)),), missing)


def _chosen(good: Sequence[Candidate]) -> list[Candidate]:
    """The best, and those as good as it from other passages."""
    chosen: list[Candidate] = []
    for candidate in good:
        if candidate.worth < CLOSE * good[0].worth or len(chosen) == MOST:
            break
        if all(c.verdict.unit.passage.id != candidate.verdict.unit.passage.id for c in chosen):
            chosen.append(candidate)
    return chosen


def _with_context(query: Query, candidate: Candidate, materials: Materials) -> list[Unit]:
    """The unit, the sentences that it leans on, and its whole passage where that is short."""
    unit = candidate.verdict.unit
    beside = list(materials.ground.units(unit.passage))
    if not query.ask.strict and len(unit.passage.text) <= SHORT:
        return beside
    first = unit.rank
    while first > 0 and _leans(beside[first]):
        first -= 1
    return beside[first : unit.rank + 1]


def _leans(unit: Unit) -> bool:
    opening = tokens(unit.text)[:1]
    return bool(opening) and fold(opening[0].text) in LEANING


def _merged(units: Sequence[Unit]) -> tuple[Quote, ...]:
    """Quotations in the order of worth, the units of one passage in its order."""
    once = list({(u.passage.id, u.rank): u for u in units}.values())
    order = {id: i for i, id in enumerate(dict.fromkeys(u.passage.id for u in once))}
    return quotes(sorted(once, key=lambda u: (order[u.passage.id], u.rank)))
