"""Passages in; what retrieval looks at of every one of them out, a column each.

A question is asked of all passages at once: a loop over a hundred thousand takes a tenth of a
second, an operation on a column a ten-thousandth.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.passages import Line
from assistant.types import Echelon

Flags = NDArray[np.bool_]  # one a passage
Scores = NDArray[np.float32]
Value = TypeVar("Value")


class Columns:
    """The sources, échelons and places of passages, in their order."""

    def __init__(self, passages: Sequence[Line]) -> None:
        self._passages = passages

    def of_sources(self, ids: Sequence[str]) -> Flags:
        """Which passages are of one of these sources."""
        numbers, names = self._sources
        wanted = [i for i, name in enumerate(names) if name in ids]
        return np.isin(numbers, wanted)

    def on_echelon(self, echelon: Echelon) -> Flags:
        """Which passages are on an échelon."""
        numbers, sets = self._echelons
        return np.array([echelon in one for one in sets], dtype=bool)[numbers]

    def by_places(self, judge: Callable[[tuple[str, ...]], float]) -> Scores:
        """What a function of the places of a passage gives for each; called once a set of them."""
        numbers, sets = self._places
        return np.array([judge(one) for one in sets], dtype=np.float32)[numbers]

    def places(self, of: Flags | None) -> set[str]:
        """The places that some of the passages are on, or any of them."""
        numbers, sets = self._places
        held = sets if of is None else [sets[i] for i in np.unique(numbers[of])]
        return {code for one in held for code in one}

    @cached_property
    def _sources(self) -> tuple[NDArray[np.int32], list[str]]:
        return _numbered([p.source_id for p in self._passages])

    @cached_property
    def _echelons(self) -> tuple[NDArray[np.int32], list[tuple[Echelon, ...]]]:
        return _numbered([p.echelons for p in self._passages])

    @cached_property
    def _places(self) -> tuple[NDArray[np.int32], list[tuple[str, ...]]]:
        return _numbered([p.places for p in self._passages])


def _numbered(values: Sequence[Value]) -> tuple[NDArray[np.int32], list[Value]]:
    """The number of each value among the distinct ones, and these."""
    known: dict[Value, int] = {}
    numbers = [known.setdefault(value, len(known)) for value in values]
    return np.array(numbers, dtype=np.int32), list(known)
