"""The pieces of the lines of a page in, those that justified type has torn apart put together.

A narrow column set to both edges has wide spaces in some of its lines, as wide as a gutter. Such a
line fills the same measure as whole lines of the page, and its spaces are equal; cells do not.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.read.line import BULLET, Line, rows

_MODELS = 2  # whole lines of the page that end where it ends
_SPACES = 2  # in a line that may stand as a model
# The lengths below are in type sizes.
_EQUAL = 0.15  # spaces of one line that differ by more are not those of its words
_WIDEST = 6.0  # a space between words
_INDENT = 3.0  # of a first line, or of the lines after a bullet
_NEXT = 2.5  # how near a model must be to a line with one space, or with another indent
_MOST = 12  # pieces of a line

Parted = Callable[[Line, Line], bool]
Models = dict[int, list[Line]]  # by the point of their right edge


@dataclass(frozen=True)
class Piece:
    """A stretch of a line; ``spaces`` are the widths of those between its words, in points."""

    line: Line
    spaces: tuple[float, ...]


def whole(pieces: Sequence[Piece], parted: Parted) -> list[list[Piece]]:
    """The pieces, each row from left to right, those of one justified line in one list.

    ``parted`` says whether something other than white lies between two lines side by side.
    """
    of = {id(piece.line): piece for piece in pieces}
    models = _models(pieces)
    found: list[list[Piece]] = []
    for row in rows(piece.line for piece in pieces):
        rest = [of[id(line)] for line in row]
        while rest:
            count = next(_fitting(rest[:_MOST], models, parted), 1)
            found.append(rest[:count])
            rest = rest[count:]
    return found


def _models(pieces: Sequence[Piece]) -> Models:
    """The whole lines, of a few words at least."""
    models: Models = {}
    for piece in pieces:
        if len(piece.spaces) >= _SPACES:
            models.setdefault(round(piece.line.right), []).append(piece.line)
    return models


def _fitting(row: Sequence[Piece], models: Models, parted: Parted) -> Iterator[int]:
    """How many pieces at the left of a row make one justified line, for each way to do so."""
    first = row[0].line
    for count in range(2, len(row) + 1):
        before, line = row[count - 2].line, row[count - 1].line
        one_type = (
            abs(line.size - first.size) < 0.6 and abs(line.base - first.base) < 0.1 * first.size
        )
        if not one_type or line.left <= before.right or parted(before, line):
            return
        if _is_justified(row[:count], models):
            yield count


def _is_justified(row: Sequence[Piece], models: Models) -> bool:
    first, last, size = row[0].line, row[-1].line, row[0].line.size
    between = [b.line.left - a.line.right for a, b in pairwise(row)]
    spaces = between + [space for piece in row for space in _stretched(piece)]
    if max(between) > _WIDEST * size or max(spaces) - min(spaces) > _EQUAL * size:
        return False
    ends = (model for x in (-1, 0, 1) for model in models.get(round(last.right) + x, ()))
    like = [model for model in ends if abs(model.left - first.left) <= _INDENT * size]
    if len(like) < _MODELS:
        return False
    if len(spaces) > 1 and sum(abs(x.left - first.left) <= 1 for x in like) >= _MODELS:
        return True
    return any(abs(model.base - first.base) <= _NEXT * size for model in like)


def _stretched(piece: Piece) -> tuple[float, ...]:
    """Its spaces but for that after a bullet, which keeps its width."""
    return piece.spaces[1:] if BULLET.match(piece.line.text) else piece.spaces
