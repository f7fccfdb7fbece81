"""A claim before its passages in; where each of its parts is told, clause by clause, out.

A part of a claim is told by two neighbouring clauses of one sentence, under the subject of that
sentence and what stands above the passage; not by words gathered from all over it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.generate.check.units import CLAUSES, ENOUGH, Hearing, Unit, read, share, told

# Where a clause of a passage ends.
_ENDS = re.compile(
    r"(?<=[;,.():\n–—|])\s+"
    r"|\s(?=(?:et|and|puis|tandis que|alors que|mais|but|while|whereas|dont|qui|which|who)\s)"
)
# A sentence that opens so tells of the subject of the one before.
_SAME_SUBJECT = re.compile(
    r"\W*(?:elles?|ils?|it|they|he|she|ce|cette|cet|this|these|celle|celui|on|we|nous|"
    r"sa|son|ses|leurs?|its|their)\b",
    re.IGNORECASE,
)


class Window(NamedTuple):
    """Two neighbouring clauses, the subject that they are told of, and their sentence."""

    clauses: tuple[Unit, ...]
    subject: tuple[Unit, ...]
    sentence: Unit

    @property
    def units(self) -> tuple[Unit, ...]:
        """All that a part of a claim may take from it."""
        return self.clauses + self.subject


class Place(NamedTuple):
    """A part of a claim, the window that tells the most of it, and the share told, in [0, 1]."""

    part: Unit
    window: Window
    share: float


@lru_cache(maxsize=4)
def places(hearing: Hearing) -> tuple[Place, ...]:
    """Where each part of the claim is told best."""
    windows = [window for units in hearing.told for window in _windows(units)]
    return tuple(_place(part, windows, hearing) for part in _parts(hearing.claim))


def _place(part: Unit, windows: list[Window], hearing: Hearing) -> Place:
    said = [word for word in part.words if word.weight]
    shares = [
        share(said, [told(word, [*window.units, *hearing.around]) for word in said])
        for window in windows
    ]
    best = max(range(len(windows)), key=shares.__getitem__)
    return Place(part, windows[best], shares[best])


def _parts(claim: Unit) -> list[Unit]:
    """The clauses of a claim; one that says too little to be found goes with its neighbour."""
    ends = [match.end() for match in CLAUSES.finditer(claim.text)]
    cut: list[tuple[int, int]] = []
    for start, end in pairwise([0, *ends, len(claim.text)]):
        if cut and min(_weight(claim, start, end), _weight(claim, *cut[-1])) < ENOUGH:
            cut[-1] = (cut[-1][0], end)
        else:
            cut.append((start, end))
    found = [read(claim.text[start:end], claim.language) for start, end in cut]
    return [part for part in found if any(word.weight for word in part.words)]


def _weight(claim: Unit, start: int, end: int) -> float:
    return sum(word.weight for word in claim.words if start <= word.start < end)


@lru_cache(maxsize=2_000)
def _windows(units: tuple[Unit, ...]) -> tuple[Window, ...]:
    return tuple(_each(units))


def _each(units: tuple[Unit, ...]) -> Iterator[Window]:
    """The windows of a passage."""
    before: tuple[Unit, ...] = ()
    for unit in units:
        clauses = [read(one, unit.language) for one in _ENDS.split(unit.text) if one.strip()]
        carried = before if _SAME_SUBJECT.match(unit.text) else ()
        for i in range(len(clauses)):
            head = tuple(clauses[:1]) if i else ()
            yield Window(tuple(clauses[i : i + 2]), head + carried, unit)
        before = tuple(clauses[:1])
