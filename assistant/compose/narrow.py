"""A narrow question: the sentence that answers it, with what it needs to be understood."""

import re
from collections.abc import Sequence

from assistant import slots
from assistant.compose.complete import NUMBERS
from assistant.compose.define import FRAME, WHOSE
from assistant.compose.draft import Draft, Part, Quote, quotes, whole
from assistant.compose.materials import Case
from assistant.compose.select import LEAST, Candidate, answering
from assistant.compose.state import doubt
from assistant.compose.structure import Block
from assistant.evidence import THINGS, Unit
from assistant.understand import Query
from assistant.verdict import Verdict
from assistant.words import fold, tokens

# Answers nearly as good as the best one stand beside it: fewer where one value is wanted.
CLOSE_VALUE, CLOSE = 0.85, 0.75
MOST = 3
ITEMS = 12  # of a longer list, those that answer
RIVAL = 0.85  # an answer of another document, this good, is worth comparing
SURE = 0.6  # and names this share of the question: less, and it may speak of something else
CLAIMED = 0.35  # the share of the question that a unit named for its year covers
SHORT = 450  # characters; a shorter passage is quoted whole when no single value is asked for
# What a sentence that leans on the one before begins with.
LEANING = {
    "il", "elle", "ils", "elles", "ce", "cet", "cette", "ces", "cela", "celui", "celle", "ceux",
    "celles", "aussi", "ainsi", "leur", "leurs", "son", "sa", "ses",
}  # fmt: skip


def narrow(case: Case) -> Draft | None:
    """The best sentences that answer, at most three passages of them; None when none does."""
    query = case.query
    things = [t for t in query.terms if t.kind in THINGS and t.kind not in FRAME]
    defined = query.ask.wanted == "definition" and not (query.bare or query.about(*WHOSE))
    if defined and things and things[0].kind == "acronym":
        return None  # to use an acronym is not to say what it stands for
    good = answering(query, case.found)
    if not good or case.slight:
        return None
    close = CLOSE_VALUE if query.ask.strict else CLOSE
    others = _other_values(query, good)
    near = [c for c in _chosen(good, close) if c is good[0] or not _announces(case, c)]
    chosen = [*near, *_claimed(query, good[0], case.found), *others]
    missing = doubt(case, chosen)
    note = case.words["disagree"] if others else None
    return Draft("partial" if missing else "answered", _parts(case, chosen), missing, note)


def _parts(case: Case, chosen: Sequence[Candidate]) -> tuple[Part, ...]:
    """The sentences with their context; a lead-in with the list that it introduces."""
    best = chosen[0].verdict.unit
    items = case.materials.structure.introduced(best)
    if items and case.query.ask.wanted not in NUMBERS:
        listed = tuple(map(whole, case.materials.structure.unfolded(items)))
        return Part(quotes([best])), Part(listed, listed=True, led=True)
    block = _listed(case, chosen)
    rest = [c for c in chosen if c.verdict.unit.passage not in block]
    told = (Part(_merged([unit for c in rest for unit in _with_context(case, c)])),) if rest else ()
    return (*_whole(case, block), *told)


def _listed(case: Case, chosen: Sequence[Candidate]) -> Block:
    """The list that several of the answers are items of."""
    lists = [c.verdict.unit.passage.list_id for c in chosen]
    if case.query.ask.wanted in NUMBERS or not lists[0] or lists.count(lists[0]) < 2:
        return ()
    block = case.materials.structure.around(chosen[0].verdict.unit.passage)
    return block if len(block) <= ITEMS else ()


def _whole(case: Case, block: Block) -> tuple[Part, ...]:
    """A list with what introduces it."""
    if not block:
        return ()
    lead = case.materials.structure.lead(block)
    items = tuple(map(whole, case.materials.structure.unfolded(block)))
    listed = Part(items, listed=True, led=lead is not None)
    return (Part(quotes([lead])), listed) if lead else (listed,)


def _announces(case: Case, candidate: Candidate) -> bool:
    """Whether a unit only announces a list: beside an answer it says nothing."""
    verdict = candidate.verdict
    return not verdict.values and bool(case.materials.structure.introduced(verdict.unit))


def _claimed(query: Query, best: Candidate, found: Sequence[Candidate]) -> list[Candidate]:
    """For each year or number that the question names and the best answer does not, its unit."""
    told = best.verdict.unit.text
    said = sorted(slots.years(query.text)) + slots.counts(query.text)
    added: list[Candidate] = []
    for number in dict.fromkeys(said):
        if re.search(rf"\b{re.escape(number)}\b", told, re.IGNORECASE):
            continue
        holds = re.compile(rf"\b{re.escape(number)}\b", re.IGNORECASE)
        having = [c for c in found if holds.search(c.verdict.unit.text) and _serves(c.verdict)]
        added += [c for c in having[:1] if c not in added]
    return added


def _serves(verdict: Verdict) -> bool:
    return verdict.coverage >= CLAIMED and not verdict.lacking


def _other_values(query: Query, good: Sequence[Candidate]) -> list[Candidate]:
    """The best answer of another document that gives another value of what is wanted."""
    if query.ask.wanted not in ("date", "amount", "count", "percent"):
        return []
    best = good[0]
    told = {fold(v) for v in best.verdict.values}
    for candidate in good[1:]:
        apart = candidate.verdict.unit.passage.source_id != best.verdict.unit.passage.source_id
        near = candidate.worth >= RIVAL * best.worth and candidate.verdict.coverage >= SURE
        if apart and near and not told & {fold(v) for v in candidate.verdict.values}:
            return [candidate]
    return []


def _chosen(good: Sequence[Candidate], close: float) -> list[Candidate]:
    """The best of each passage that is nearly as good as the very best."""
    chosen: list[Candidate] = []
    for candidate in good:
        if candidate.worth < close * good[0].worth or len(chosen) == MOST:
            break
        if all(c.verdict.unit.passage.id != candidate.verdict.unit.passage.id for c in chosen):
            chosen.append(candidate)
    return chosen


def _with_context(case: Case, candidate: Candidate) -> list[Unit]:
    """The unit, those of its passage as good as it, and the sentences that they lean on.

    A passage that is short is given whole, unless a single value is asked for.
    """
    passage = candidate.verdict.unit.passage
    beside = list(case.materials.ground.units(passage))
    if not case.query.ask.strict and len(passage.text) <= SHORT:
        return beside
    ranks = {candidate.verdict.unit.rank, *_beside(case, candidate)}
    for rank in list(ranks):
        while rank > 0 and _leans(beside[rank]):
            rank -= 1
            ranks.add(rank)
    return [beside[rank] for rank in sorted(ranks)]


def _beside(case: Case, candidate: Candidate) -> list[int]:
    """The ranks of the other units of its passage that answer nearly as well."""
    passage, least = candidate.verdict.unit.passage, CLOSE * candidate.worth
    near = [c for c in case.found if c.verdict.unit.passage.id == passage.id and c.worth >= least]
    return [c.verdict.unit.rank for c in near if c.verdict.coverage >= LEAST]


def _leans(unit: Unit) -> bool:
    opening = tokens(unit.text)[:1]
    return bool(opening) and fold(opening[0].text) in LEANING


def _merged(units: Sequence[Unit]) -> tuple[Quote, ...]:
    """Quotations in the order of worth, the units of one passage in its order."""
    once = list({(u.passage.id, u.rank): u for u in units}.values())
    order = {id: i for i, id in enumerate(dict.fromkeys(u.passage.id for u in once))}
    return quotes(sorted(once, key=lambda u: (order[u.passage.id], u.rank)))
