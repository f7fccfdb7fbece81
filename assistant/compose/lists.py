"""A question that a whole list answers: all its items, in their order."""

import re
from functools import lru_cache

from assistant import slots
from assistant.compose.draft import Draft, Part, quotes, whole
from assistant.compose.materials import Case
from assistant.compose.structure import Block
from assistant.messages import ANSWERS
from assistant.passages import Items
from assistant.places import same_area
from assistant.types import Passage
from assistant.understand import Query, Term
from assistant.understand.asks import Wanted, asks
from assistant.words import fold, fold_each

MANY = 30  # a larger number does not count the items of a list
BESIDE = ("number", "echelon")  # what a list need not name to be the one
STATE = "@etat"  # whose part is not that of a collectivité
PAPER = "@savoir_plus"  # « le guide », « la plaquette »
_THE = r"\b(?:les|des|aux|ces|vos|leurs|ses|nos|the|these|your|their)"  # « 3 idées » is a wish
HEADED = 0.8  # the share of the question that what introduces the list names


def whole_list(case: Case) -> Draft | None:
    """The list that the question asks for; None when an item or a sentence answers better."""
    query = case.query
    if case.slight or (query.ask.strict and query.ask.wanted != "enumeration"):
        return None
    if not query.wants("list", "how", "why", "prose", "enumeration"):
        return None
    block, head = _best(case)
    if block is None or _better(case, block, head):
        return None
    missing = _miscounted(query, block)
    lead = _lead(case, block)
    items = case.materials.structure.unfolded(block)
    parts = (*lead, Part(tuple(map(whole, items)), listed=True, led=bool(lead)))
    return Draft("partial" if missing else "answered", parts, missing)


def _lead(case: Case, block: Block) -> tuple[Part, ...]:
    """The sentence that the items complete, or that the heading does not make needless."""
    lead = case.materials.structure.lead(block)
    if lead is None:
        return ()
    weights = {t: w for t, w in case.weights.items() if t.kind != "number"}
    headed = case.materials.structure.headed(block, weights) >= HEADED
    return () if headed and not lead.text.endswith(":") else (Part(quotes([lead])),)


def _better(case: Case, block: Items, head: float) -> bool:
    """Whether a sentence outside the list names all that its introduction names."""
    best = case.found[0].verdict if case.found else None
    if len(block) in _numbers(case.query) or _told_why(case.query, block):
        return False
    return best is not None and best.own >= head and not _introduces(best.unit.passage, block)


def _told_why(query: Query, block: Items) -> bool:
    """Whether reasons are asked for, and a list gives them under a heading that asks why."""
    section = block.first.section
    return query.ask.wanted == "why" and bool(section) and _asked(section[-1]) == "why"


def _miscounted(query: Query, block: Block) -> str | None:
    """What to say of a number of items that the question takes for granted and is not theirs."""
    said = [n for n in _numbers(query) if re.search(rf"{_THE} {n}\b", fold_each(query.text))]
    if not said or len(block) in said:
        return None
    return ANSWERS[query.language]["number"].format(said=said[0], told=len(block))


def _numbers(query: Query) -> list[int]:
    """The numbers of the question that may be of items."""
    said = (n for n in slots.counts(query.text) if n.isdecimal())
    return [n for n in map(int, said) if 1 < n <= MANY]


def _best(case: Case) -> tuple[Items | None, float]:
    """The list whose introduction names most of the question, and that share; first those of as
    many items as the question says.
    """
    query, structure = case.query, case.materials.structure
    asked = {t: w for t, w in case.weights.items() if _names_it(t)}
    headed = structure.headed_by(asked, HEADED) if asked else []
    said = _numbers(query)
    headed.sort(key=lambda pair: (len(pair[1]) in said, *_rank(case, *pair)), reverse=True)
    agreed = ((s, b) for s, b in headed if case.reads(b.first) and _agrees(query, b))
    share, block = next(agreed, (0.0, None))
    return block, share


def _names_it(term: Term) -> bool:
    """Whether what introduces the list is to name a term: not the paper that it stands in."""
    beside = term.kind in BESIDE and STATE not in term.keys
    return term.role != "self" and not beside and PAPER not in term.keys


def _rank(case: Case, share: float, block: Items) -> tuple[float, bool, int]:
    """The best headed first; of equals, the one that the best sentence is of, then the longest."""
    best = case.found[0].verdict.unit.passage if case.found else None
    return round(share, 2), best is not None and _introduces(best, block), len(block)


def _agrees(query: Query, block: Items) -> bool:
    """Whether a list is of the place or échelon asked about, and a heading asks the same."""
    if not (_at_level(query, block) or _here(query, block)):
        return False
    section = block.first.section
    asked = _asked(section[-1]) if section else "prose"
    return asked not in ("why", "how") or query.wants(asked) or not query.wants("why", "how")


@lru_cache(maxsize=10_000)
def _asked(heading: str) -> Wanted:
    """The kind of answer that a heading announces."""
    return asks(fold(heading), "fr")[0].wanted


def _at_level(query: Query, block: Items) -> bool:
    """Whether a list that is all on some échelons is on the one asked about."""
    if block.levels is None or query.echelon is None:
        return not block.placed
    return query.echelon in block.levels


def _here(query: Query, block: Items) -> bool:
    """Whether a list with items on some places is on the one asked about."""
    place = query.place
    return place is not None and any(same_area(place, code) for code in block.places)


def _introduces(passage: Passage, block: Items) -> bool:
    """Whether a passage is of the list, or holds its lead-in."""
    if passage.source_id != block.first.source_id:
        return False
    lead = block.first.lead
    holds = lead is not None and passage.start <= lead.start and lead.end <= passage.end
    return holds or any(passage.id == line.id for line in block.lines)
