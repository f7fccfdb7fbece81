"""Two things compared: each side next to the other, in the words of the documents."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.compose.broad import roles
from assistant.compose.define import define
from assistant.compose.draft import Draft, Part, Quote
from assistant.compose.materials import Materials
from assistant.compose.narrow import narrow
from assistant.messages import ANSWERS
from assistant.retrieve import Hit
from assistant.understand import Query, Term
from assistant.understand.asks import Ask

SIDES = ("acronym", "name", "concept")


def compare(query: Query, hits: Sequence[Hit], materials: Materials) -> Draft | None:
    """What the documents say of both, then of each; None where there are not two sides."""
    if not query.wants("compare"):
        return None
    levels = query.about("echelon")
    sides = levels if len(levels) > 1 else query.about("acronym", "name", "concept")
    if len(sides) < 2:
        return None
    both = _both(sides[:2], hits, materials)
    parts = [(side, _side(query, side, hits, materials)) for side in sides[:2]]
    said = tuple(Part(quotes, heading=_named(side, materials)) for side, quotes in parts if quotes)
    if not said and not both:
        return None
    lacking = [_named(side, materials) for side, quotes in parts if not quotes]
    missing = ANSWERS[query.language]["side"].format(side=", ".join(lacking)) if lacking else None
    missing = None if both else missing
    opening = (Part(both),) if both else ()
    return Draft("partial" if missing else "answered", (*opening, *said), missing)


def _both(sides: Sequence[Term], hits: Sequence[Hit], materials: Materials) -> tuple[Quote, ...]:
    """The first sentence that names both sides, when they are not two échelons."""
    if any(side.kind == "echelon" for side in sides):
        return ()
    for hit in hits:
        for unit in materials.ground.units(hit.passage):
            if all(side.keys & unit.keys for side in sides):
                return (Quote(hit.passage, unit.rank, unit.rank),)
    return ()


def _side(query: Query, side: Term, hits: Sequence[Hit], materials: Materials) -> tuple[Quote, ...]:
    """What the documents say of one side alone."""
    if side.kind == "echelon":
        return roles(side, materials)[:2]
    asked = replace(query, terms=(side,), asks=(Ask("definition", False, ()),))
    draft = define(asked, hits, materials) or narrow(asked, hits, materials)
    return draft.parts[0].quotes[:1] if draft else ()


def _named(side: Term, materials: Materials) -> str:
    return side.text[:1].upper() + side.text[1:]
