"""The lines of one column in, its parts out: paragraphs, items and tables, still as lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from ingest.read.line import BULLET, DOUBTFUL, ENDED, HYPHENED, NUMBER, Line, common, joined, rows

_LEADING = 1.35  # of the usual distance between lines; more is a blank


@dataclass
class Part:
    """Lines that belong together; ``margin`` is the left edge of their column."""

    form: Literal["paragraph", "item", "table", "note"]
    lines: list[Line] = field(default_factory=list)
    margin: float = 0.0

    @property
    def indent(self) -> float:
        """How far from the edge of its column it starts."""
        return self.lines[0].left - self.margin

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is in bold type."""
        return all(line.bold for line in self.lines)


@dataclass(frozen=True)
class _Column:
    """What is usual in a column: its edges, and the distance of two lines."""

    left: float
    right: float
    leading: float

    def full(self, line: Line) -> bool:
        """Whether a line reaches the right edge or cuts a word, so that the next continues it."""
        return bool(HYPHENED.search(line.text)) or line.right > self.right - 0.2 * (
            self.right - line.left
        )


def parts(lines: Sequence[Line]) -> list[Part]:
    """The parts of a column, from top to bottom."""
    found: list[Part] = []
    stacked = [joined(row) for row in rows(lines)]
    column = _column(stacked)
    for line in stacked:
        last = found[-1] if found else None
        if line.cells:
            found.append(Part("table", [line], column.left))
        elif last and not _starts(last, line, column):
            dusty = line.text.startswith(DOUBTFUL)
            last.lines.append(replace(line, text=line.text[2:]) if dusty else line)
        else:
            found.append(Part("item" if _marked(line) else "paragraph", [line], column.left))
    return found


def _column(lines: Sequence[Line]) -> _Column:
    apart = [(b.base - a.base) / max(a.size, b.size) for a, b in pairwise(lines)]
    usual = common((x for x in apart if 0.9 < x < 2), 0.05)
    edges = [(line.left, line.right) for line in lines] or [(0.0, 0.0)]
    return _Column(min(a for a, _ in edges), max(b for _, b in edges), usual or 1.25)


def _marked(line: Line) -> bool:
    return bool(BULLET.match(line.text) or NUMBER.match(line.text))


def _starts(part: Part, line: Line, column: _Column) -> bool:
    """Whether a line starts a new part rather than continues the one before."""
    last = part.lines[-1]
    ended = bool(ENDED.search(last.text))
    if part.form == "table" or not 0.87 < line.size / last.size < 1.15:
        return True
    if line.base - last.base > _LEADING * column.leading * max(line.size, last.size):
        return True
    if _is_dust(part, line, column):
        return False
    if BULLET.match(line.text) or (NUMBER.match(line.text) and not _hanging(last, column)):
        return True
    if line.bold != last.bold and (ended or not column.full(last) or part.bold):
        return True
    if part.form == "item" and line.left < part.lines[0].left + 0.5 * line.size:
        return not _hanging(last, column)
    indented = line.left > last.left + 0.8 * line.size and len(part.lines) > 1
    if part.form == "paragraph" and ended and indented:
        return True
    return not column.full(last) and (ended or not line.text[:1].islower())


def _hanging(last: Line, column: _Column) -> bool:
    """Whether a line breaks off in mid-sentence at the right edge."""
    return column.full(last) and not ENDED.search(last.text)


def _is_dust(part: Part, line: Line, column: _Column) -> bool:
    """Whether a doubtful bullet or a dash stands in mid-sentence, under none of its kind."""
    if not re.match(rf"[{DOUBTFUL}–—-]\s+[^\W\dA-ZÀ-ÖØ-Þ]", line.text):
        return False
    under = part.form == "item" and abs(line.left - part.lines[0].left) < 0.5 * line.size
    return _hanging(part.lines[-1], column) and not under
