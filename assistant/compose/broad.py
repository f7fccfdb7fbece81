"""What an échelon may do for a PTCE: what is its own first, with its example, then what all may.

A broad question names an échelon and hardly anything else.
"""

from collections.abc import Iterator
from itertools import islice

from assistant.compose.draft import Draft, Part, Quote, whole
from assistant.compose.materials import Case, Materials
from assistant.compose.scope import asks_how, is_broad
from assistant.messages import LEVELS
from assistant.passages import Chosen
from assistant.places import same_area
from assistant.types import Passage
from assistant.understand import Query, Term

OPENING = 8  # words among which a passage on an échelon names it
ROLES, EXAMPLES = 3, 1


def broad(case: Case) -> Draft | None:
    """The answer by parts to a broad question on an échelon, or on all; None for any other."""
    query = case.query
    if query.ask.strict or query.wants("why", "definition") or not is_broad(query):
        return None
    level = _level(query)
    elsewhere = _unplaced(case)
    if query.about("place", "city") and not (elsewhere and query.may):
        return None
    own = _own(case, level) if level else []
    if bool(level) != bool(own) or not (own or query.may):
        return None
    parts = [*own, *_common(case)]
    if not parts:
        return None
    missing = case.words["elsewhere"].format(place=elsewhere) if elsewhere else None
    return Draft("partial" if missing else "answered", tuple(parts), missing)


def _own(case: Case, level: Term) -> list[Part]:
    """The roles of an échelon, then its example; nothing where the documents give it no role."""
    own = roles(case, level, ROLES)
    if not own:
        return []
    part = Part(
        (*own, *_examples(case, level)), heading=LEVELS[case.query.language][_echelon(level)]
    )
    return [part, *_completed(case, part.quotes[-1])]


def _completed(case: Case, quote: Quote) -> list[Part]:
    """The list that a quotation ends on the lead-in of."""
    last = case.materials.ground.units(quote.passage)[quote.last]
    structure = case.materials.structure
    items = structure.unfolded(structure.introduced(last))
    return [Part(tuple(map(whole, items)), listed=True, led=True)] if items else []


def _common(case: Case) -> list[Part]:
    """What any collectivité can do, when ways to act are asked for."""
    levers = case.levers() if asks_how(case.query) else ()
    heading = case.words["all_levels"]
    return [Part(tuple(map(whole, levers)), heading=heading, listed=True)] if levers else []


def roles(case: Case, level: Term, most: int) -> tuple[Quote, ...]:
    """The first passages that open on an échelon and say its role, in the order of documents."""
    own = case.of_kind("role").flagged(~case.materials.index.columns.led)
    told = (p for p in own if _opens_on(p, level, case.materials))
    return tuple(map(whole, islice(told, most)))


def _unplaced(case: Case) -> str | None:
    """The place asked about, when no passage is on it."""
    asked = case.query.about("place", "city")
    known = case.places() if asked else set()
    for term in asked:
        if not any(same_area(term.code or "", code) for code in known):
            return term.text
    return None


def _level(query: Query) -> Term | None:
    """The échelon asked about, or the one given, or else the one that the person speaks from."""
    named = [t for t in query.terms if t.kind == "echelon" and _echelon(t) in LEVELS["fr"]]
    asked = [t for t in named if t.role != "self"]
    if not asked and query.echelon in LEVELS["fr"]:
        return Term("", frozenset({f"@{query.echelon}"}), "echelon", "about")
    return next(iter(asked or named), None)


def _echelon(level: Term) -> str:
    return next(iter(level.keys)).removeprefix("@")


def _examples(case: Case, level: Term) -> tuple[Quote, ...]:
    """The experiences of that échelon, those of the person's own place first."""
    place = case.query.place
    columns = case.materials.index.columns
    on_level = case.of_kind("experience").flagged(columns.on_echelon(_echelon(level)))
    found = on_level.flagged(~columns.listed)
    on_place = columns.by_places(lambda code: float(bool(place) and same_area(place or "", code)))
    near, far = found.flagged(on_place > 0), found.flagged(on_place == 0)
    ordered = (p for part in (near, far) for p in _openers_first(part, level, case.materials))
    return tuple(map(whole, islice(ordered, EXAMPLES)))


def _openers_first(found: Chosen, level: Term, materials: Materials) -> Iterator[Passage]:
    """The passages that open on an échelon, then the others; read as far as they are taken."""
    yield from (p for p in found if _opens_on(p, level, materials))
    yield from (p for p in found if not _opens_on(p, level, materials))


def _opens_on(passage: Passage, level: Term, materials: Materials) -> bool:
    """Whether the first words of a passage name the échelon, and no other."""
    first = materials.ground.units(passage)[0]
    named = materials.ground.opening(first.text, OPENING)
    return level.keys <= named and len({f"@{e}" for e in LEVELS["fr"]} & named) == 1
