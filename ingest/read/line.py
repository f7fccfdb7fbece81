"""What is printed on a sheet: lines with their place and type, for the readers of pages.

A line is a stretch of one printed line without a wide gap. Lengths are in points, from the upper
left corner, for text that runs from left to right; a scan counts pixels instead.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

BULLET = re.compile(
    r"[•·●▪■□◦○‣⁃➤►➢▶▸❖✓✔→⇒◆◇♦∙\uf000-\uf0ff\ue000-\ue0ff]\s*(?=\S)|[-–—*+]\s+(?=\S)|o\s+(?=\w)"
)
DOUBTFUL = "·"  # a bullet that may be a speck of dust
NUMBER = re.compile(r"(?:\d{1,2}\s?[.)]|\d{1,2}°\)?|\(?[a-z]\)|\(\d{1,2}\))\s+(?=\S)")
ENDED = re.compile(r"[.!?:;…][\s»”\"'’)\]]*(?:\[\^\w+\])?$")
_ADDRESS = re.compile(r"(?:https?://|www\.|@)\S*$")
HYPHENED = re.compile(r"[^\W\d_][-\u00ad\u2010‑¬]$")


@dataclass(frozen=True)
class Line:
    """``base`` is where the letters stand, ``size`` the type size; ``cells`` of a table row.

    ``base`` of a line lies between ``top`` and ``bottom``; ``size`` is positive. A table
    is one line, ``bold`` where its first row is.
    """

    text: str
    left: float
    top: float
    right: float
    base: float
    size: float
    bold: bool = False
    cells: tuple[tuple[str, ...], ...] = ()

    @property
    def bottom(self) -> float:
        """Under the descenders."""
        return max(self.base + 0.22 * self.size, self.top + self.size)

    @property
    def width(self) -> float:
        """From the first letter to the last."""
        return self.right - self.left


@dataclass(frozen=True)
class Sheet:
    """One side of paper; ``label`` is the number that the file gives it, "" for none."""

    width: float
    height: float
    lines: tuple[Line, ...]
    label: str = ""


def body_size(sheets: Iterable[Sheet]) -> float:
    """The type size in which most letters are set, to half a point; 10 where there is none."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[round(2 * line.size) / 2] += len(line.text)
    return max(sizes, key=lambda s: sizes[s]) if sizes else 10.0


def rows(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines that stand on one base, from left to right, the rows from top to bottom."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: x.base):
        last = found[-1][0] if found else None
        if last and line.base - last.base < 0.35 * min(line.size, last.size):
            found[-1].append(line)
        else:
            found.append([line])
    return [sorted(row, key=lambda x: x.left) for row in found]


def joined(pieces: Sequence[Line]) -> Line:
    """The pieces of one row as one line, a space between them."""
    if len(pieces) == 1:
        return pieces[0]
    longest = max(pieces, key=lambda p: len(p.text))
    return Line(
        " ".join(p.text for p in pieces),
        pieces[0].left,
        min(p.top for p in pieces),
        max(p.right for p in pieces),
        longest.base,
        longest.size,
        bold=all(p.bold for p in pieces if re.search(r"\w", p.text)),
    )


def common(values: Iterable[float], grain: float) -> float | None:
    """The value met most often, values counted as equal within ``grain``; None for none."""
    counted = sorted(round(v / grain) for v in values)
    runs = [(len(list(same)), value) for value, same in groupby(counted)]
    return max(runs)[1] * grain if runs else None


def run(texts: Sequence[str]) -> str:
    """Lines as one line; a line end stays after a hyphen, for the repair to judge."""
    whole = texts[0]
    for text in texts[1:]:
        last = whole.rsplit(None, 1)[-1] if whole.strip() else ""
        if _ADDRESS.match(last) and last[-1] in "/-_.":
            whole += text
        elif not HYPHENED.search(whole):
            whole += " " + text
        elif text[:1].islower() or last.isupper():
            whole += "\n" + text
        else:  # Auvergne-Rhône-Alpes
            whole += text
    return whole
