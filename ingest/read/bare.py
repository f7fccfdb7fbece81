"""The lines of a page in, those of a table that is drawn without rules made one line with cells.

Three rows or more of three cells or more, each under one another. Prose in columns has the same
look; what tells them apart is that a cell begins what it says: with a capital, or a figure.
"""

from collections.abc import Sequence
from itertools import pairwise

from ingest.read.line import HYPHENED, Line, rows

_LEAST = 3  # rows, and columns
_LONGEST = 60  # characters of a cell
_BEGINNING = 0.9  # of the cells, at least, begin with a capital or a figure
_NEAR = 0.6  # of the type size; edges that lie closer are one
_APART = 3.0  # times the type size from base to base, at most


def with_bare_tables(lines: Sequence[Line]) -> list[Line]:
    """The lines, each run of aligned rows made one; no word is lost."""
    found: list[Line] = []
    run: list[list[Line]] = []
    for row in rows(lines):
        if run and not _follows(run, row):
            found += _closed(run)
            run = []
        run.append(row)
    return found + _closed(run)


def _follows(run: Sequence[Sequence[Line]], row: Sequence[Line]) -> bool:
    """Whether a row is one more of the same table."""
    first, last = run[0], run[-1]
    if len(row) != len(first) or len(row) < _LEAST:
        return False
    near = _NEAR * row[0].size
    if row[0].base - last[0].base > _APART * row[0].size:
        return False
    return all(_under(a, b, near) for a, b in zip(first, row, strict=True))


def _under(a: Line, b: Line, near: float) -> bool:
    edges = (a.left - b.left, a.right - b.right, (a.left + a.right - b.left - b.right) / 2)
    return min(map(abs, edges)) < near


def _closed(run: Sequence[Sequence[Line]]) -> list[Line]:
    """The run as a table where it is one, else its lines as they were."""
    pieces = [cell for row in run for cell in row]
    if len(run) < _LEAST or not all(_is_row(row) for row in run) or not _begin(pieces):
        return pieces
    return [
        Line(
            " ".join(cell.text for cell in pieces),
            min(cell.left for cell in pieces),
            min(cell.top for cell in pieces),
            max(cell.right for cell in pieces),
            max(cell.base for cell in pieces),
            max(cell.size for cell in pieces),
            all(cell.bold for cell in run[0]),
            tuple(tuple(cell.text for cell in row) for row in run),
        )
    ]


def _is_row(row: Sequence[Line]) -> bool:
    short = all(len(c.text) <= _LONGEST and not c.cells for c in row)
    parted = all(a.right + _NEAR * a.size < b.left for a, b in pairwise(row))
    return short and parted and not any(HYPHENED.search(c.text) for c in row)


def _begin(cells: Sequence[Line]) -> bool:
    begun = sum(not c.text[:1].islower() for c in cells)
    return begun >= _BEGINNING * len(cells)
