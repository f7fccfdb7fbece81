"""Two things compared: each side next to the other, in the words of the documents."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.compose.broad import roles
from assistant.compose.define import define
from assistant.compose.draft import Draft, Part, Quote
from assistant.compose.materials import Case
from assistant.compose.narrow import narrow
from assistant.compose.scope import is_broad
from assistant.understand import Query, Term
from assistant.understand.asks import Ask
from assistant.understand.terms import Kind

SIDES: tuple[Kind, ...] = ("acronym", "name", "concept")
PLACES: tuple[Kind, ...] = ("place", "city")


def compare(case: Case) -> Draft | None:
    """What the documents say of both, then of each; None where there are not two sides."""
    query = case.query
    versus = query.wants("compare") or (len(query.about("echelon")) == 2 and is_broad(query))
    sides = _sides(query) if versus else ()
    if len(sides) < 2:
        return None
    both = _both(case, sides)
    told = [(_heading(side), _side(case, side)) for side in sides]
    parts = [Part(quotes, heading=name) for name, quotes in told if quotes]
    if not parts and not both:
        return None
    lacking = ", ".join(name for name, quotes in told if not quotes)
    missing = case.words["side"].format(side=lacking) if lacking and not both else None
    opening = [Part(both)] if both and not any(set(both) & set(p.quotes) for p in parts) else []
    return Draft("partial" if missing else "answered", (*opening, *parts), missing)


def _heading(side: Term) -> str:
    """A side as a heading: an acronym in capitals, however it was typed."""
    if side.kind == "acronym" and len(side.text.split()) == 1:
        return side.text.upper()
    return side.text[:1].upper() + side.text[1:]


def _sides(query: Query) -> tuple[Term, ...]:
    """The two things compared: two échelons, or the first two things named."""
    levels, placed = query.about("echelon"), query.about(*PLACES)
    if len(placed) > 1:
        return placed[:2]
    spans = [span for ask in query.asks if ask.wanted == "compare" for span in ask.spans]
    named = (t for t in query.about(*SIDES) if not any(s <= t.start < e for s, e in spans))
    return (levels if len(levels) > 1 else tuple(named))[:2]


def _both(case: Case, sides: Sequence[Term]) -> tuple[Quote, ...]:
    """The first sentence that names both sides, when they are not two échelons."""
    if any(side.kind == "echelon" for side in sides):
        return ()
    for hit in case.hits:
        for unit in case.materials.ground.units(hit.passage):
            if all(side.keys & unit.keys for side in sides):
                return (Quote(hit.passage, unit.rank, unit.rank),)
    return ()


def _side(case: Case, side: Term) -> tuple[Quote, ...]:
    """What the documents say of one side alone."""
    if side.kind == "echelon":
        return roles(case, side, 2)
    asked = replace(case.query, terms=(side,), asks=(Ask("definition", False, ()),))
    draft = define(case.asking(asked)) or narrow(case.asking(asked))
    if draft is None:
        return ()
    led = [q for part in draft.parts if part.led for q in part.quotes]
    return (*draft.parts[0].quotes[:1], *led)
