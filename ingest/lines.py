"""The lines of a page, each with the mark it starts with, and the blocks they run on into.

Comes in: pages. Go out: strips (a heading, a paragraph, an item, a table row), each the lines
that belong together. What a strip *is* in the document, :mod:`ingest.layout` decides.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from ingest.aligned import Aligned, join
from ingest.pages import Page

Mark = Literal["", "#", "-", "1", "row", "rule"]
Noise = Callable[[str], list[tuple[int, int]]]

_HEADING = re.compile(r"(#{1,6})\s+(?=\S)|(#{1,6})(?=[^\W\d])")
_BULLET = re.compile(
    r"\\?[-–—*+]\s+(?=\S)|[-–—](?=[A-ZÀ-ÖØ-ÞŒ])|[•·●▪■□◦○‣⁃➤►➢▶▸❖✓✔→⇒◆◇♦]\s*(?=[^\s\d])"
)
# Symbols that PDF fonts leave in place of a bullet (private use area).
_GLYPH = re.compile(r"[\uf000-\uf0ff\ue000-\ue0ff]\s*(?=\S)")
_SUB_BULLET = re.compile(r"o\s+(?=\w)")
# What OCR makes of a round bullet; a capital follows.
_OCR_BULLET = re.compile(r"[oOe90©®@¢«*]\s+(?=[A-ZÀ-ÖØ-ÞŒ])")
_NUMBER = re.compile(
    r"(?:\d{1,2}\s?[.)]|\d{1,2}°\)?|\(?[a-z]\)|\(\d{1,2}\))\s+(?=[^\W\d]|[«“\"*_])"
)
_OUTLINE = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+(?=[^\W\d])")
_QUOTE = re.compile(r">+\s?")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.)\s*\d{1,3}(?:\s*(?:/|sur)\s*\d{1,3})?|\d{1,3}\s*/\s*\d{1,3}|[-–—|]\s*\d{1,3}\s*[-–—|]",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[+~<>]?\s?\d[\d\s.,]*\s?(?:%|€|[kKM]€)?")
_BARE_NUMBER = re.compile(r"\d{1,3}")
_RULE = re.compile(r".*(?:\.\s?){5,}\s*\d{1,3}|(?:[-=_*~·.|\\/—–]\s?){3,}|!\[[^\]]*\]\([^)]*\)")
_BOLD = re.compile(r"(\*\*|__)(?:(?!\1).)+\1[\s:]*")
_ENDED = re.compile(r"[.!?:;…][\s»”\"'’)\]*_]*$")
_HANGING = re.compile(
    r"(?:[,(«–’']|[^\W\d_][-\u00ad\u2010]|\b(?:de|du|des|le|la|les|un|une|et|ou|à|au|aux|en|par|pour|"
    r"sur|dans|avec|que|qui|dont|ce|ces|son|sa|ses|leur|leurs|entre|sous|sans|est|sont))$",
    re.IGNORECASE,
)
NARROW = 40  # characters; lines of a column narrower than this are not taken for running text


@dataclass(frozen=True)
class Line:
    """A line without its mark; ``level`` of a ``#``, ``indent`` in columns."""

    text: Aligned
    mark: Mark = ""
    sign: Aligned = field(default_factory=lambda: Aligned("", ()))
    level: int = 0
    indent: int = 0
    quoted: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing is written on it."""
        return not self.text.text.strip()


Run = tuple[list[Line], bool]  # lines that no blank line parts; whether one came before


@dataclass(frozen=True)
class Strip:
    """Lines that belong together. ``apart``: nothing may run on into it from before."""

    lines: tuple[Line, ...]
    page: int | None
    gap: bool = False
    apart: bool = False

    @property
    def first(self) -> Line:
        """The line that bears the mark."""
        return self.lines[0]

    @property
    def bold(self) -> bool:
        """Whether all of it is in bold type."""
        return len(self.lines) == 1 and bool(_BOLD.fullmatch(self.first.text.text.strip()))

    def text(self) -> Aligned:
        """Its lines, the line ends kept."""
        parts = [self.lines[0].text]
        for before, after in pairwise(self.lines):
            parts += [_between(before.text, after.text), after.text]
        return join(parts)


def runs(page: Page, *, worn: bool, noise: Noise) -> list[Run]:
    """The runs of a page. ``worn``: read by OCR, so that odd letters may be bullets."""
    return list(_runs(page.text, worn=worn, noise=noise))


def strips(page: Page, found_in: Sequence[Run], *, wrapped: bool) -> list[Strip]:
    """The blocks of a page, which its runs hold."""
    found: list[Strip] = []
    for run, gap in found_in:
        width = max(_width(line) for line in run)
        for i, line in enumerate(run):
            last = found[-1] if i and found else None
            if last and continues(last.lines[-1], line, width if wrapped else 0):
                line = line if not line.mark else replace(line, text=_whole(line), mark="")
                found[-1] = replace(last, lines=(*last.lines, line))
            else:
                apart = page.apart and not found
                found.append(Strip((line,), page.number, gap=gap and i == 0, apart=apart))
    return found


def is_wrapped(found: Iterable[Run]) -> bool:
    """Whether the lines of a document were cut at a width rather than at their ends."""
    cut = ends = 0
    for run, _ in found:
        for a, b in pairwise(run):
            if a.mark not in ("#", "row") and not b.mark:
                ends += 1
                cut += not _ENDED.search(a.text.text) and _width(a) >= NARROW
    return cut * 2 >= ends > 0


def continues(a: Line, b: Line, width: int) -> bool:
    """Whether line ``b`` runs on from line ``a``; ``width`` 0 where lines are not cut."""
    if a.mark in ("#", "row", "rule") or b.mark in ("#", "-", "row", "rule"):
        return False
    before, after = a.text.text.rstrip(), _bare(b.text.text)
    ended = bool(_ENDED.search(before))
    full = width >= NARROW and _width(a) >= 0.8 * width
    if b.mark == "1":
        return full and not ended and bool(_HANGING.search(before))
    if _capitals(before) != _capitals(after):
        return False
    hanging = not ended and bool(_HANGING.search(before))
    if full or (hanging and (len(before) >= NARROW or not after[:1].isupper())):
        return True
    lower = after[:1].islower() or before.count("(") > before.count(")")
    indented = a.mark in ("-", "1") and b.indent >= a.indent + 2
    return (lower and not ended) or indented


def runs_on(before: str, after: str) -> bool:
    """Whether a paragraph continues, beyond a blank line or a page end, a sentence cut short."""
    figure = _FIGURE.fullmatch(before)
    if not figure and (len(before) < NARROW or _ENDED.search(before)):
        return False
    return after[:1].islower()


def _runs(text: Aligned, *, worn: bool, noise: Noise) -> Iterator[Run]:
    """Lines that no blank line parts, and whether a blank line came before."""
    run: list[Line] = []
    gap = False
    for line in _lines(text, worn=worn, noise=noise):
        if line.blank or line.mark == "rule":
            if run:
                yield run, gap
            run, gap = [], True
        else:
            run.append(line)
    if run:
        yield run, gap


def _lines(text: Aligned, *, worn: bool, noise: Noise) -> list[Line]:
    """The lines of a page, those that only bear its number marked as rules."""
    read = [read_line(_without(raw, noise(raw.text)), worn=worn) for raw in text.lines()]
    written = [i for i, line in enumerate(read) if not line.blank]
    for place, i in enumerate(written):
        alone = not {i - 1, i + 1} & set(written[max(0, place - 1) : place + 2])
        edge = place in (0, len(written) - 1)
        after = read[written[place + 1]].text.text if place + 1 < len(written) else ""
        number = _BARE_NUMBER.fullmatch(read[i].text.text)
        # « 108 » above « projets » is a figure, not the number of a page.
        if number and (alone or edge) and not after[:1].islower():
            read[i] = replace(read[i], mark="rule")
    return read


def read_line(raw: Aligned, *, worn: bool = False) -> Line:
    """A line and the mark it starts with."""
    raw = raw.sub(r"&nbsp;|[\u00a0\u202f\ufeff](?=\s|$)", " ").sub(r"[\u200b\ufeff]", "")
    if _is_row(raw.text):
        return Line(raw, "row")
    indent = len(raw.text.expandtabs(4)) - len(raw.text.expandtabs(4).lstrip())
    text = raw.strip()
    if _PAGE_NUMBER.fullmatch(text.text) or _RULE.fullmatch(text.text):
        return Line(text, "rule")
    quoted = _QUOTE.match(text.text)
    if quoted:
        text = text[quoted.end() :].strip()
    mark, end = _mark(text.text, worn=worn, indent=indent)
    level = _hashes(text.text, mark)
    body = text[end:].strip()
    while mark == "-" and (again := _BULLET.match(body.text) or _GLYPH.match(body.text)):
        body = body[again.end() :].strip()
    if mark == "#":
        body = body.sub(r"\s+#+$", "")
    return Line(body, mark, text[:end].strip(), level, indent, bool(quoted))


def _mark(text: str, *, worn: bool, indent: int) -> tuple[Mark, int]:
    if heading := _HEADING.match(text):
        return "#", heading.end()
    if bullet := _BULLET.match(text) or _GLYPH.match(text):
        return "-", bullet.end()
    if worn and not _capitals(text) and (bullet := _OCR_BULLET.match(text)):
        return "-", bullet.end()
    if indent >= 2 and (bullet := _SUB_BULLET.match(text)):
        return "-", bullet.end()
    if number := _NUMBER.match(text) or _OUTLINE.match(text):
        return "1", number.end()
    return "", 0


def _hashes(text: str, mark: Mark) -> int:
    return len(text) - len(text.lstrip("#")) if mark == "#" else 0


def _is_row(text: str) -> bool:
    """Whether a line is a row of a table: cells parted by tabs or by bars."""
    stripped = text.strip()
    if stripped.startswith("|") and stripped.endswith("|") and stripped.count("|") > 2:
        return True
    return len([cell for cell in text.strip(" \r").split("\t") if cell.strip()]) > 1 or (
        text.startswith("\t") and "\t" in text.strip(" ").lstrip("\t")
    )


def _whole(line: Line) -> Aligned:
    """A line with the mark that turned out to be part of its sentence."""
    return join([line.sign, Aligned.inserted(" ", line.text.origins[0][0]), line.text])


def _without(line: Aligned, noise: list[tuple[int, int]]) -> Aligned:
    return line.rewrite((start, end, "") for start, end in noise)


def _between(a: Aligned, b: Aligned) -> Aligned:
    """A line end that stands for what the raw text has between two lines."""
    end, start = a.origins[-1][1], b.origins[0][0]
    return Aligned("\n", ((end, max(end, start)),))


def _bare(text: str) -> str:
    return text.lstrip("*_«“\"'’([. ")


def _capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 6 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def _width(line: Line) -> int:
    return line.indent + len(line.sign) + len(line.text)
