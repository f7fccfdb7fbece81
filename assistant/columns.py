"""Passages in; what retrieval looks at of every one of them out, a column each.

A question is asked of all passages at once: a loop over a hundred thousand takes a tenth of a
second, an operation on a column a ten-thousandth.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.passages import Line, Positions
from assistant.types import Echelon

Flags = NDArray[np.bool_]  # one a passage
Scores = NDArray[np.float32]
Value = TypeVar("Value")


class Columns:
    """The sources, échelons, places and lists of passages, in their order."""

    def __init__(self, passages: Sequence[Line]) -> None:
        self._passages = passages

    def of_sources(self, ids: Sequence[str]) -> Flags:
        """Which passages are of one of these sources."""
        numbers, names = self._sources
        wanted = [i for i, name in enumerate(names) if name in ids]
        return np.isin(numbers, wanted)

    def shares(self, at: Positions) -> Mapping[str, tuple[int, float]]:
        """How many of the passages at some positions each source has, and what share of its own."""
        numbers, names = self._sources
        count = np.bincount(numbers[at], minlength=len(names))
        held = np.flatnonzero(count)
        return {names[i]: (int(count[i]), count[i] / self._sizes[i]) for i in held}

    @cached_property
    def _sizes(self) -> Positions:
        """How many passages each source has."""
        numbers, names = self._sources
        return np.bincount(numbers, minlength=len(names))

    def on_echelon(self, echelon: str) -> Flags:
        """Which passages are on an échelon."""
        numbers, sets = self._echelons
        return np.array([echelon in one for one in sets], dtype=bool)[numbers]

    def by_places(self, judge: Callable[[str], float]) -> Scores:
        """The most that a function gives for a place of each passage, 0 where it has none."""
        scores = np.zeros(len(self._passages), dtype=np.float32)
        for code, on in self._places.items():
            worth = judge(code)
            if worth > 0:
                scores[on] = np.maximum(scores[on], np.float32(worth))
        return scores

    def places(self, of: Flags | None) -> set[str]:
        """The places that some of the passages are on, or any of them."""
        return {code for code, on in self._places.items() if of is None or of[on].any()}

    @cached_property
    def led(self) -> Flags:
        """Which passages have a lead-in."""
        return np.array([p.lead is not None for p in self._passages], dtype=bool)

    @cached_property
    def listed(self) -> Flags:
        """Which passages are items of a list."""
        return np.array([bool(p.list_id) for p in self._passages], dtype=bool)

    @cached_property
    def _sources(self) -> tuple[NDArray[np.int32], list[str]]:
        return _numbered([p.source_id for p in self._passages])

    @cached_property
    def _echelons(self) -> tuple[NDArray[np.int32], list[tuple[Echelon, ...]]]:
        return _numbered([p.echelons for p in self._passages])

    @cached_property
    def _places(self) -> dict[str, Positions]:
        """Where the passages on each place are."""
        on: dict[str, list[int]] = defaultdict(list)
        for position, passage in enumerate(self._passages):
            for code in passage.places:
                on[code].append(position)
        return {code: np.array(positions, dtype=np.intp) for code, positions in on.items()}


def _numbered(values: Sequence[Value]) -> tuple[NDArray[np.int32], list[Value]]:
    """The number of each value among the distinct ones, and these."""
    known: dict[Value, int] = {}
    numbers = [known.setdefault(value, len(known)) for value in values]
    return np.array(numbers, dtype=np.int32), list(known)
