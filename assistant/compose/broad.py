"""What an échelon may do for a PTCE: what is its own first, with its example, then what all may.

A broad question names an échelon and hardly anything else. What it names is checked against
``broad.toml``: the concepts that do not narrow a question down.
"""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from assistant.compose.draft import Draft, Part, Quote, whole
from assistant.compose.materials import Materials
from assistant.compose.structure import Block
from assistant.messages import ANSWERS, LEVELS
from assistant.places import same_area
from assistant.retrieve import Hit
from assistant.types import Passage
from assistant.understand import Query, Term
from assistant.words import tokens

OPENING = 8  # words among which a passage on an échelon names it
ROLES, EXAMPLES = 3, 1


def broad(query: Query, hits: Sequence[Hit], materials: Materials) -> Draft | None:
    """The answer by parts to a broad question on an échelon; None for any other question."""
    level = _level(query)
    if level is None or query.ask.strict or not _is_broad(query):
        return None
    words = ANSWERS[query.language]
    own = roles(level, materials)[:ROLES]
    elsewhere = unplaced(query, materials)
    if not own or (elsewhere and not query.may):
        return None
    name = LEVELS[query.language][_echelon(level)]
    parts = [Part((*own, *_examples(query, level, materials)), heading=name)]
    levers = _levers(materials) if _asks_how(query) else ()
    if levers:
        parts.append(Part(tuple(map(whole, levers)), heading=words["all_levels"], listed=True))
    missing = words["elsewhere"].format(place=elsewhere) if elsewhere else None
    return Draft("partial" if missing else "answered", tuple(parts), missing)


def roles(level: Term, materials: Materials) -> tuple[Quote, ...]:
    """The passages that open on an échelon and say its role, in the order of their document."""
    return tuple(
        whole(p)
        for p in materials.index.order
        if p.kind == "role" and _opens_on(p, level, materials) and not p.lead
    )


def unplaced(query: Query, materials: Materials) -> str | None:
    """The place asked about, when no passage is on it."""
    for term in query.about("place"):
        code = term.code or ""
        if not any(same_area(code, c) for p in materials.index.order for c in p.places):
            return term.text
    return None


def _level(query: Query) -> Term | None:
    """The échelon asked about, or else the one that the person speaks from."""
    named = sorted((t for t in query.terms if t.kind == "echelon"), key=lambda t: t.role == "self")
    return named[0] if named and _echelon(named[0]) in LEVELS["fr"] else None


def _echelon(level: Term) -> str:
    return next(iter(level.keys)).removeprefix("@")


def _is_broad(query: Query) -> bool:
    """Whether all that is named beside the échelon narrows nothing down."""
    others = [
        t for t in query.terms if t.role != "self" and t.kind not in ("echelon", "ask", "place")
    ]
    named = [t for t in others if t.kind != "word"]
    plain = [t for t in others if t.kind == "word"]
    return bool(named) and len(plain) < 2 and all(t.keys & _general() for t in named)


def _asks_how(query: Query) -> bool:
    return any(t.keys & _ways() for t in query.terms)


def _examples(query: Query, level: Term, materials: Materials) -> tuple[Quote, ...]:
    """The experiences of that échelon, those of the person's own place first."""
    found = [
        p
        for p in materials.index.order
        if p.kind == "experience" and _echelon(level) in p.echelons and not p.list_id
    ]
    near = [p for p in found if query.place and any(same_area(query.place, c) for c in p.places)]
    ordered = sorted(found, key=lambda p: (p not in near, not _opens_on(p, level, materials)))
    return tuple(whole(p) for p in ordered[:EXAMPLES])


def _levers(materials: Materials) -> Block:
    """The longest list of ways to support, from the most recent document that has one."""
    lists = [b for b in materials.structure.lists.values() if all(p.kind == "lever" for p in b)]
    return max(lists, key=lambda b: (_date(b, materials), len(b)), default=())


def _date(block: Block, materials: Materials) -> str:
    return materials.index.documents[block[0].source_id].source.date.lstrip("~")


def _opens_on(passage: Passage, level: Term, materials: Materials) -> bool:
    """Whether the first words of a passage name the échelon, and no other."""
    first = materials.ground.units(passage)[0]
    opening = tokens(first.text)[:OPENING]
    if not opening:
        return False
    named = materials.named(first.text[: opening[-1].end])
    return level.keys <= named and len({f"@{e}" for e in LEVELS["fr"]} & named) == 1


@lru_cache(maxsize=1)
def _data() -> dict[str, list[str]]:
    return tomllib.loads((files("assistant") / "data" / "broad.toml").read_text("utf-8"))


def _general() -> frozenset[str]:
    return frozenset(f"@{c}" for c in _data()["general"])


def _ways() -> frozenset[str]:
    return frozenset(f"@{c}" for c in _data()["ways"])
