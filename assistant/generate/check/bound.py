"""A claim in; whether its parts are told where its passages tell them, and bound alike, out.

A value or a name of the passage that belongs to another thing there, or a denial that stands beside
what the claim takes, are seen only where the words of the claim are told.
"""

from collections.abc import Iterable

from assistant.generate.check.clauses import Place, places
from assistant.generate.check.crossed import capitals, levels
from assistant.generate.check.marks import Kind, data, plain
from assistant.generate.check.units import Hearing, Unit

# What a claim may not leave out of the sentence that tells it, nor add to it.
KEPT: frozenset[Kind] = frozenset({"negation", "cause", "all", "more", "less", "intention"})
_ADDED: frozenset[Kind] = frozenset({"all", "negation"})


def untold(hearing: Hearing) -> bool:
    """Whether no clause of a passage tells enough of a part of the claim."""
    least = data()["thresholds"]["part"]
    return any(place.share < least for place in places(hearing))


def unbound(hearing: Hearing) -> bool:
    """Whether a value, a name or an échelon of a part stands elsewhere than what tells it."""
    return any(_loose(place, hearing) for place in places(hearing))


def _loose(place: Place, hearing: Hearing) -> bool:
    found = [*place.window.units, *hearing.around]
    written = {word for unit in found for word in plain(unit.text)}
    values = {value.key for unit in found for value in unit.values}
    return (
        any(value.key not in values for value in place.part.values)
        or not capitals(place.part) <= written | {n for unit in found for n in capitals(unit)}
        or not levels(place.part) <= {level for unit in found for level in levels(unit)}
    )


def unmarked(hearing: Hearing) -> bool:
    """Whether a part drops a denial, a cause, a bound or a wish where it is told, or adds one."""
    return any(
        (_kinds([place.window.sentence]) - _kinds([place.part])) & KEPT
        or (_kinds([place.part]) - _kinds(place.window.clauses)) & _ADDED
        for place in places(hearing)
    )


def _kinds(units: Iterable[Unit]) -> set[Kind]:
    return {mark.kind for unit in units for mark in unit.marks}
