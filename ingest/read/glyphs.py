"""A page of a PDF in, its sheet of lines out: letters put together by their place on the page.

Text that runs sideways is turned upright; where a page has both, the lesser comes last.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.read.bare import with_bare_tables
from ingest.read.grid import Rule, straight, strokes, with_tables
from ingest.read.justified import Piece, whole
from ingest.read.line import Line, Sheet, rows

_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_HEAVY = 600  # the weight from which type is bold
_SMALLEST = 2.0  # points; smaller text is not meant to be read
_STRAIGHT = math.radians(10)
_WIDE = 1.2  # type sizes; a wider gap parts two columns or two cells
_NEAR = 0.6  # the same, where the file does not write the pieces one after the other
_UNITS = re.compile(r"(?:^|[\d\s])[kcmd]?m$|\d$")
# What PDF text comes with in place of a hyphen at a line end.
_HYPHENS = dict.fromkeys(map(ord, "\x02\ufffe\u00ad"), "-")

Box = tuple[float, float, float, float]  # left, low, right, high


@dataclass(frozen=True)
class Glyph:
    """A letter as printed; ``turn`` counts quarters of a turn against the clock."""

    text: str
    left: float
    right: float
    top: float
    base: float
    size: float
    bold: bool
    turn: int
    spaced: bool  # whether white space comes before it in the file

    def follows(self, last: "Glyph") -> bool:
        """Whether it stands right after another on the same line."""
        size = max(self.size, last.size)
        gap = self.left - last.right
        if self.left == last.left and self.base == last.base:  # the letters of a ligature
            return True
        return abs(self.base - last.base) < 0.5 * size and -0.5 * size < gap < _WIDE * size


def sheet(page: pdfium.PdfPage, label: str = "") -> Sheet:
    """The lines and tables of a page, upright, in no particular order.

    Text outside the page is left out; so is text that runs neither level nor straight up.
    """
    glyphs = list(_glyphs(page))
    turns = [turn for turn, _ in Counter(g.turn for g in glyphs).most_common()] or [0]
    box = page.get_bbox()
    width, height = box[2] - box[0], box[3] - box[1]
    if turns[0] % 2:
        width, height = height, width
    rules = list(_rules(page, box, turns[0]))
    lines = with_tables(_lines([g for g in glyphs if g.turn == turns[0]], rules), rules)
    lines = with_bare_tables(lines)
    for turn in turns[1:]:
        lines += _below(_lines([g for g in glyphs if g.turn == turn], ()), height)
    return Sheet(width, height, tuple(lines), label)


def _rules(page: pdfium.PdfPage, box: Box, turn: int) -> Iterator[Rule]:
    """The ruled lines of a page, seen with its text upright."""
    for x0, y0, x1, y1 in strokes(page):
        rule = straight(*_upright(x0, y0, box, turn), *_upright(x1, y1, box, turn))
        if rule:
            yield rule


def _below(lines: Sequence[Line], height: float) -> list[Line]:
    """Lines of another direction, set under the page so that they cut no sentence of it."""
    return [
        Line(x.text, x.left, x.top + height, x.right, x.base + height, x.size, x.bold)
        for x in lines
    ]


def _glyphs(page: pdfium.PdfPage) -> Iterator[Glyph]:
    text = page.get_textpage()
    box = page.get_bbox()
    spaced = True
    for i in range(raw.FPDFText_CountChars(text)):
        code = raw.FPDFText_GetUnicode(text, i)
        char = chr(code).translate(_HYPHENS)
        if char.isspace() and char not in "\u00a0\u202f":
            spaced = True
            continue
        glyph = _glyph(text, i, char, box, spaced=spaced)
        if glyph and char.isprintable() | (char in "\u00a0\u202f"):
            yield glyph
            spaced = False


def _glyph(
    text: pdfium.PdfTextPage,
    i: int,
    char: str,
    box: Box,
    *,
    spaced: bool,
) -> Glyph | None:
    """One letter; None where it lies askew, outside the page or is too small to be read."""
    loose, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetLooseCharBox(text, i, loose)
    raw.FPDFText_GetCharOrigin(text, i, x, y)
    raw.FPDFText_GetMatrix(text, i, matrix)
    size = raw.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d)
    angle = raw.FPDFText_GetCharAngle(text, i)
    quarters = round(angle / (math.pi / 2))  # pdfium counts with the clock
    turn = -quarters % 4
    inside = box[0] <= x.value <= box[2] and box[1] <= y.value <= box[3]
    if size < _SMALLEST or not inside or abs(angle - quarters * math.pi / 2) > _STRAIGHT:
        return None
    one = _upright(loose.left, loose.top, box, turn)
    two = _upright(loose.right, loose.bottom, box, turn)
    base = _upright(x.value, y.value, box, turn)[1]
    left, right = sorted((one[0], two[0]))
    bold = _is_bold(text, i)
    return Glyph(char, left, right, base - 0.75 * size, base, size, bold, turn, spaced)


def _upright(x: float, y: float, box: Box, turn: int) -> tuple[float, float]:
    """A place of the page seen with its text upright, from the upper left corner."""
    left, low, right, high = box
    return [(x - left, high - y), (y - low, x - left), (right - x, y - low), (high - y, right - x)][
        turn
    ]


def _is_bold(text: pdfium.PdfTextPage, i: int) -> bool:
    if raw.FPDFText_GetFontWeight(text, i) >= _HEAVY:
        return True
    name, flags = ctypes.create_string_buffer(96), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, i, name, 96, flags)
    return bool(_BOLD.search(name.value.decode("latin-1")))


def _lines(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> list[Line]:
    """The letters as lines: as the file writes them, then pieces side by side put together."""
    upright = [rule for rule in rules if rule.upright]
    runs = {}
    for run in _runs(glyphs, upright):
        piece = Piece(_line(run), tuple(_spaces(run)))
        runs[id(piece)] = (piece, run)
    torn = [piece for piece, _ in runs.values()]
    lines = whole(torn, lambda last, line: _ruled_off(last, line, upright))
    done = [_line([g for piece in pieces for g in runs[id(piece)][1]]) for pieces in lines]
    return [line for line in done if line.text.strip()]


def _runs(glyphs: Sequence[Glyph], upright: Sequence[Rule]) -> Iterator[list[Glyph]]:
    """The letters that stand close together on a line."""
    pieces: list[list[Glyph]] = []
    for glyph in glyphs:
        last = pieces[-1][-1] if pieces else None
        if last and glyph.follows(last) and not _ruled_off(last, glyph, upright):
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    made = [(_line(piece), piece) for piece in pieces]
    of = {id(line): piece for line, piece in made}
    for row in rows(line for line, _ in made):
        run = of[id(row[0])]
        for before, line in pairwise(row):
            near = -0.5 * line.size < line.left - before.right < _NEAR * line.size
            if near and not _ruled_off(of[id(before)][-1], of[id(line)][0], upright):
                run = run + of[id(line)]
            else:
                yield run
                run = of[id(line)]
        yield run


def _spaces(run: Sequence[Glyph]) -> Iterator[float]:
    """The widths of the spaces in a run of letters, those that never stretch left out."""
    for last, glyph in pairwise(run):
        if glyph.spaced and not last.text.isspace() and not glyph.text.isspace():
            yield glyph.left - last.right


def _ruled_off(last: Glyph | Line, glyph: Glyph | Line, upright: Sequence[Rule]) -> bool:
    middle = glyph.base - 0.3 * glyph.size
    return any(rule.parts(last.right - 1, glyph.left + 1, middle) for rule in upright)


def _line(glyphs: Sequence[Glyph]) -> Line:
    sizes = Counter(round(2 * g.size) / 2 for g in glyphs if not g.text.isspace())
    size = max(sizes, key=lambda s: (sizes[s], s)) if sizes else 10.0
    bases = Counter(round(g.base, 1) for g in glyphs if abs(g.size - size) < 0.6)
    base = bases.most_common(1)[0][0] if bases else glyphs[0].base
    return Line(
        _text(glyphs, size, base),
        min(g.left for g in glyphs),
        base - 0.75 * size,
        max(g.right for g in glyphs),
        base,
        size,
        bold=sum(g.bold for g in glyphs) >= 0.9 * len(glyphs),
    )


def _text(glyphs: Sequence[Glyph], size: float, base: float) -> str:
    """The letters as text; raised figures after a word become marks of notes, ``[^1]``."""
    parts: list[str] = []
    mark = ""
    last: Glyph | None = None
    for glyph in glyphs:
        raised = glyph.size < 0.85 * size and base - glyph.base > 0.12 * size
        gap = last is not None and (glyph.spaced or glyph.left - last.right > 0.25 * size)
        if raised and (glyph.text.isdigit() or glyph.text == "*"):
            mark += glyph.text
        else:
            parts += _marked(mark, parts) + ([" "] if gap else []) + [glyph.text]
            mark = ""
        last = glyph
    return "".join([*parts, *_marked(mark, parts)]).strip()


def _marked(mark: str, parts: Sequence[str]) -> list[str]:
    """A raised figure as the mark of a note, but for the power of a unit: m²."""
    if not mark:
        return []
    before = "".join(parts[-4:])
    if _UNITS.search(before):
        return [mark.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))]
    return [f"[^{mark.replace('*', 'a')}]"]
