"""What an answer is made of before it is written: quotations in parts, and a state."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Unit
from assistant.types import Passage, Status


@dataclass(frozen=True, slots=True)
class Quote:
    """Consecutive units of one passage, by rank, both included."""

    passage: Passage
    first: int
    last: int

    @property
    def start(self) -> int:
        """Where it starts in the text of its source."""
        return self.passage.units[self.first].start

    @property
    def end(self) -> int:
        """Where it ends in the text of its source."""
        return self.passage.units[self.last].end


@dataclass(frozen=True, slots=True)
class Part:
    """Quotations under a heading; ``listed`` when they are the items of a list.

    ``led`` when the quotation before is their lead-in, so that nothing else need introduce them.
    """

    quotes: tuple[Quote, ...]
    heading: str | None = None
    listed: bool = False
    led: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer to be written: its state, its parts, and what it does not say."""

    status: Status
    parts: tuple[Part, ...]
    missing: str | None = None
    note: str | None = None  # said before the quotations: a disagreement, a correction


def whole(passage: Passage) -> Quote:
    """All the units of a passage."""
    return Quote(passage, 0, len(passage.units) - 1)


def quotes(units: Sequence[Unit]) -> tuple[Quote, ...]:
    """The units as quotations, those that follow one another in a passage made one."""
    made: list[Quote] = []
    for unit in units:
        last = made[-1] if made else None
        if last and last.passage.id == unit.passage.id and last.last + 1 == unit.rank:
            made[-1] = Quote(last.passage, last.first, unit.rank)
        else:
            made.append(Quote(unit.passage, unit.rank, unit.rank))
    return tuple(made)
