"""The lines of a sheet in, its columns out, in the order in which people read them.

The white gutters of a page are looked for as in the recursive X-Y cut (Nagy and Seth, 1984); lines
that cross a gutter part what stands above them from what stands below.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from ingest.read.line import Line, rows

_LEAST = 3  # lines on either side of a gutter
_PROSE = 22  # letters; shorter lines side by side are rather the cells of a table
_LETTERS = 8  # a column of shorter lines holds bullets or figures


@dataclass
class _Band:
    """A stretch of a sheet, from top to bottom; ``across`` where lines cross the gutter."""

    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)
    across: list[Line] = field(default_factory=list)

    @property
    def parted(self) -> bool:
        """Whether two columns stand side by side in it."""
        one, two = self.left, self.right
        if self.across or min(len(rows(one)), len(rows(two))) < _LEAST:
            return False
        low, high = _span(one), _span(two)
        shared = min(low[1], high[1]) - max(low[0], high[0])
        shorter = min(low[1] - low[0], high[1] - high[0])
        return shared >= 0.5 * shorter and _wide_enough(one, two) and not _is_table(one, two)


def columns(lines: Sequence[Line]) -> list[list[Line]]:
    """The columns, and what stands across them, in reading order; no line is lost."""
    bands = _parted(lines)
    if bands is None:
        return [list(lines)] if lines else []
    found: list[list[Line]] = []
    for band in bands:
        for part in (band.across, band.left, band.right):
            found += columns(part)
    return found


def _parted(lines: Sequence[Line]) -> list[_Band] | None:
    """The bands that the best gutter makes; None where the lines are one column."""
    best: list[_Band] | None = None
    highest = 0.0
    for x in _candidates(lines):
        bands = _bands(lines, x)
        parted = [b for b in bands if b.parted]
        score = sum(min(len(b.left), len(b.right)) + _gap(b) / 1000 for b in parted)
        if score > highest:
            best, highest = bands, score
    return None if best is None else _merged(best)


def _candidates(lines: Sequence[Line]) -> list[float]:
    """Where a gutter may end: left edges that several lines share or that others leave free."""
    edges = sorted({round(line.left) for line in lines})
    found = []
    for x in edges:
        left = sum(line.right <= x for line in lines)
        right = sum(line.left >= x - 1 for line in lines)
        if min(left, right) >= _LEAST:
            found.append(x - 1.0)
    return found


def _bands(lines: Sequence[Line], x: float) -> list[_Band]:
    bands = [_Band()]
    for line in sorted(lines, key=lambda one: one.base):
        if line.left < x < line.right:
            if not bands[-1].across:
                bands.append(_Band())
            bands[-1].across.append(line)
        else:
            if bands[-1].across:
                bands.append(_Band())
            (bands[-1].left if line.right <= x else bands[-1].right).append(line)
    return [b for b in bands if b.left or b.right or b.across]


def _merged(bands: Sequence[_Band]) -> list[_Band]:
    """With what is not two columns made one with what stands across around it."""
    done: list[_Band] = []
    for i, band in enumerate(bands):
        if not band.parted:
            whole = [*band.left, *band.right, *band.across]
            if done and done[-1].across:
                done[-1].across += whole
            else:
                done.append(_Band(across=whole))
            continue
        tail = _tail(band) if i + 1 < len(bands) else []
        done.append(_Band([x for x in band.left if x not in tail], band.right))
        if tail:
            done.append(_Band(across=tail))
    return done


def _tail(band: _Band) -> list[Line]:
    """Lines at the foot of the left column that rather head what stands across below."""
    end = _span(band.right)[1]
    under = [x for x in band.left if x.top > end]
    above = [x.bottom for x in band.left if x not in under]
    far = bool(under) and bool(above) and under[0].top - max(above) > 0.6 * under[0].size
    return under if far and len(under) <= _LEAST else []


def _span(lines: Iterable[Line]) -> tuple[float, float]:
    found = list(lines)
    return min(x.top for x in found), max(x.bottom for x in found)


def _gap(band: _Band) -> float:
    return min(x.left for x in band.right) - max(x.right for x in band.left)


def _wide_enough(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether both sides hold words, and white lies between them."""
    gap = min(x.left for x in right) - max(x.right for x in left)
    if gap < 0.5 * median(x.size for x in [*left, *right]):
        return False
    return all(_letters(side) >= _LETTERS for side in (left, right))


def _letters(side: Sequence[Line]) -> float:
    """How long most lines of a side are; a ruled table, whose rows are one line, has no say."""
    plain = [x for x in side if not x.cells] or side
    return median(len(x.text) for x in plain)


def _is_table(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether the sides are rather cells: short, and each on the base of one beside it."""
    if min(map(_letters, (left, right))) >= _PROSE:
        return False
    bases = [x.base for x in left]
    beside = sum(any(abs(x.base - b) < 0.3 * x.size for b in bases) for x in right)
    return beside >= 0.8 * len(right)
