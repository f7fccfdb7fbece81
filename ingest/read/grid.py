"""The ruled lines of a page and its text in, the text with its tables as tables out."""

from collections.abc import Iterator, Sequence
from ctypes import c_float
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.read.line import Line, joined, rows, run

_THIN = 1.5  # points; rules that lie closer than twice that are one
_LONGEST = 600  # characters; a frame with more in a cell is a layout, not a table
_LONGEST_ALONE = 80  # the same, of a lone row: what a page cuts off a table


@dataclass(frozen=True)
class Rule:
    """A straight stroke, upright or lying, by its two ends."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def upright(self) -> bool:
        """Whether it parts what is left of it from what is right."""
        return self.right - self.left <= _THIN

    def meets(self, other: "Rule") -> bool:
        """Whether two rules touch."""
        near = 2 * _THIN
        beside = self.left - near <= other.right and other.left - near <= self.right
        return beside and self.top - near <= other.bottom and other.top - near <= self.bottom

    def parts(self, left: float, right: float, base: float) -> bool:
        """Whether it stands between two letters on a line."""
        middle = (self.left + self.right) / 2
        return self.upright and left <= middle <= right and self.top <= base <= self.bottom


def strokes(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """The straight strokes of a page, by their two ends, in the coordinates of the page."""
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        matrix = shape.get_matrix()
        last: tuple[float, float] | None = None
        for i in range(raw.FPDFPath_CountSegments(shape)):
            segment = raw.FPDFPath_GetPathSegment(shape, i)
            x, y = c_float(), c_float()
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = matrix.on_point(x.value, y.value)
            if last and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
                yield (*last, *point)
            last = point


def straight(x0: float, y0: float, x1: float, y1: float) -> Rule | None:
    """A stroke as a rule; None where it is a dot or runs askew."""
    rule = Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    width, height = rule.right - rule.left, rule.bottom - rule.top
    return rule if min(width, height) <= _THIN and max(width, height) > 4 * _THIN else None


def with_tables(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Line]:
    """The lines, those inside a grid of rules made one line with cells."""
    left = list(lines)
    tables: list[Line] = []
    for grid in _grids(rules):
        across = _steps([(r.left + r.right) / 2 for r in grid if r.upright])
        down = _steps([(r.top + r.bottom) / 2 for r in grid if not r.upright])
        inside = [x for x in left if _cell(x, across, down) is not None]
        table = _table(inside, across, down)
        if table:
            tables.append(table)
            left = [x for x in left if x not in inside]
    return left + tables


def _grids(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules that touch one another, each group with two columns and a row at least."""
    groups: list[list[Rule]] = []
    for rule in rules:
        touched = [g for g in groups if any(rule.meets(r) for r in g)]
        groups = [g for g in groups if g not in touched]
        groups.append([rule, *(r for g in touched for r in g)])
    return [
        g
        for g in groups
        if len(_steps([r.left for r in g if r.upright])) > 2
        and len(_steps([r.top for r in g if not r.upright])) > 1
    ]


def _steps(places: Sequence[float]) -> list[float]:
    """The places in order, those that are nearly equal taken as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > 2 * _THIN:
            found.append(place)
    return found


def _cell(line: Line, across: Sequence[float], down: Sequence[float]) -> tuple[int, int] | None:
    """The row and the column that a line stands in; None outside."""
    x, y = (line.left + line.right) / 2, line.base - 0.3 * line.size
    row = next((i for i, (a, b) in enumerate(pairwise(down)) if a <= y < b), None)
    column = next((i for i, (a, b) in enumerate(pairwise(across)) if a <= x < b), None)
    return None if row is None or column is None else (row, column)


def _table(lines: Sequence[Line], across: Sequence[float], down: Sequence[float]) -> Line | None:
    """The lines in a grid as one line with cells; None where they make no table."""
    texts = [[_said(lines, (i, j), across, down) for j in range(len(across) - 1)]
             for i in range(len(down) - 1)]  # fmt: skip
    texts = [row for row in texts if any(row)]
    filled = [j for j in range(len(across) - 1) if any(row[j] for row in texts)]
    cells = tuple(tuple(row[j] for j in filled) for row in texts)
    longest = _LONGEST if len(cells) > 1 else _LONGEST_ALONE
    few = len(filled) < (2 if len(cells) > 1 else 3)
    if not cells or few or any(len(c) > longest for row in cells for c in row):
        return None
    size = max(line.size for line in lines)
    text = " ".join(cell for row in cells for cell in row if cell)
    low, bold = down[-1] - 0.3 * size, all(line.bold for line in rows(lines)[0])
    return Line(text, across[0], down[0], across[-1], low, size, bold, cells)


def _said(
    lines: Sequence[Line], place: tuple[int, int], across: Sequence[float], down: Sequence[float]
) -> str:
    inside = [x for x in lines if _cell(x, across, down) == place]
    return run([joined(row).text for row in rows(inside)]) if inside else ""
