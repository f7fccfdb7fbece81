"""The file of the passages of a version in; each passage out once it is asked for.

Of a hundred thousand passages a question reads forty. To make them all as :class:`Passage` takes
five seconds and half a gigabyte at every start; as they are stored, a tenth of that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Annotated, TypeVar, overload

import msgspec
import numpy as np
from numpy.typing import NDArray

from assistant.types import Echelon, Passage, PassageKind, Span

KEPT = 20_000  # passages remembered at most, once made
Key = TypeVar("Key")
Positions = NDArray[np.intp]
Offset = Annotated[int, msgspec.Meta(ge=0)]


class Stretch(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A :class:`Span` as it is stored."""

    start: Offset
    end: Offset


class Stored(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, kw_only=True):
    """A :class:`Passage` as it is stored: the same fields, of the same types."""

    id: str
    source_id: str
    section: tuple[str, ...]
    page: int | None = None
    text: str
    start: int
    end: int
    kind: PassageKind = "text"
    echelons: tuple[Echelon, ...] = ()
    places: tuple[str, ...] = ()
    units: tuple[Stretch, ...] = ()
    lead: Stretch | None = None
    list_id: str | None = None


Line = Passage | Stored  # what may be looked at of every passage


class Shelf(Sequence[Passage]):
    """The passages of a version, in their order, made when they are asked for and then kept."""

    def __init__(self, stored: Sequence[Stored]) -> None:
        self.stored = stored
        self._made = lru_cache(maxsize=KEPT)(lambda i: made(stored[i]))

    def __len__(self) -> int:
        return len(self.stored)

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(at, slice):
            return tuple(self[i] for i in range(*at.indices(len(self))))
        return self._made(int(at))


class Chosen(Sequence[Passage]):
    """Some of the passages, by their positions; of each it can be told what is stored of it."""

    def __init__(self, order: Sequence[Passage], positions: Sequence[int] | Positions) -> None:
        self._order, self._positions = order, np.asarray(positions, dtype=np.intp)

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(at, slice):
            return Chosen(self._order, self._positions[at])
        return self._order[int(self._positions[at])]

    def where(self, holds: Callable[[Line], bool]) -> "Chosen":
        """Those of which something holds, told from what is stored."""
        lines = lines_of(self._order)
        return Chosen(self._order, [i for i in self._positions if holds(lines[i])])

    def flagged(self, flags: NDArray[np.bool_]) -> "Chosen":
        """Those that are flagged; there is one flag for every passage of the index."""
        return Chosen(self._order, self._positions[flags[self._positions]])

    @property
    def lines(self) -> Iterator[Line]:
        """What is stored of each."""
        lines = lines_of(self._order)
        return (lines[i] for i in self._positions)


class Items(Chosen):
    """The items of one list; what is told of all of them is read once."""

    @cached_property
    def first(self) -> Line:
        """Its first item."""
        return next(self.lines)

    @cached_property
    def levels(self) -> frozenset[str] | None:
        """The échelons that its items are on; None where one is on none."""
        told = [line.echelons for line in self.lines]
        return frozenset(chain(*told)) if all(told) else None

    @cached_property
    def places(self) -> frozenset[str]:
        """The places that some of its items are on."""
        return frozenset(chain(*(line.places for line in self.lines)))

    @cached_property
    def placed(self) -> bool:
        """Whether each of its items is on a place."""
        return all(line.places for line in self.lines)


class ById(Mapping[str, Passage]):
    """The passages by their ids."""

    def __init__(self, order: Sequence[Passage]) -> None:
        self._order = order
        self.position = {line.id: i for i, line in enumerate(lines_of(order))}

    def __getitem__(self, id: str) -> Passage:
        return self._order[self.position[id]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.position)

    def __len__(self) -> int:
        return len(self.position)


def lines_of(order: Sequence[Passage]) -> Sequence[Line]:
    """What may be looked at of every passage without making it."""
    return order.stored if isinstance(order, Shelf) else order


def shelved(file: Path) -> Shelf:
    """The passages of a file. Raises OSError, or msgspec.DecodeError where it is damaged."""
    return Shelf(msgspec.json.decode(file.read_bytes(), type=list[Stored]))


def made(stored: Stored) -> Passage:
    """The passage; what is stored was checked when it was read."""
    fields = {name: getattr(stored, name) for name in stored.__struct_fields__}
    fields["units"] = tuple(map(_span, stored.units))
    fields["lead"] = _span(stored.lead) if stored.lead else None
    return Passage.model_construct(**fields)


def _span(stretch: Stretch) -> Span:
    return Span.model_construct(start=stretch.start, end=stretch.end)


def grouped(lines: Iterable[Line], key: Callable[[Line], Key | None]) -> dict[Key, list[int]]:
    """The positions of the passages of each key, in their order; those without one left out."""
    groups: dict[Key, list[int]] = {}
    for position, line in enumerate(lines):
        of = key(line)
        if of is not None:
            groups.setdefault(of, []).append(position)
    return groups
