"""Sheets in, the pages of a folded leaflet out: its panels, in the order in which it is read.

A sheet is only cut where the printed page numbers, or a cover on the panel that a fold puts in
front, say that it is folded; slides and pages in columns are left whole.
"""

from collections.abc import Sequence
from dataclasses import replace

from ingest.read.line import Sheet, body_size
from ingest.read.running import PAGE_NUMBER, at_edge

_LANDSCAPE = 1.15  # width over height
_SLACK = 4.0  # points that a line may reach over a fold
_FOLDS = (2, 3, 4)

Panels = list[list[Sheet]]


def unfolded(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The pages of a leaflet in reading order; the sheets as they are where nothing is folded."""
    for count in _FOLDS:
        panels = [_cut(sheet, count) for sheet in sheets]
        if not all(panels) or not any(p.lines for found in panels for p in found):
            continue
        order = _order(panels)
        if order:
            flat = [panel for found in panels for panel in found]
            return [_without_number(flat[i]) for i in order]
    return list(sheets)


def _cut(sheet: Sheet, count: int) -> list[Sheet]:
    """The panels of a sheet from left to right; none where it is upright or a line crosses."""
    width = sheet.width / count
    if sheet.width < _LANDSCAPE * sheet.height:
        return []
    found = []
    for i in range(count):
        left, right = i * width - _SLACK, (i + 1) * width + _SLACK
        inside = [x for x in sheet.lines if x.left >= left and x.right <= right]
        shifted = [replace(x, left=x.left - i * width, right=x.right - i * width) for x in inside]
        found.append(Sheet(width, sheet.height, tuple(shifted)))
    whole = sum(len(panel.lines) for panel in found) == len(sheet.lines)
    return found if whole else []


def _order(panels: Panels) -> list[int] | None:
    """The places of the panels in reading order; None where nothing tells that it is a leaflet."""
    flat = [panel for found in panels for panel in found]
    printed = [_number(panel) for panel in flat]
    known = [n for n in printed if n is not None]
    if len(known) == len(flat) and len(set(known)) == len(known):
        return sorted(range(len(flat)), key=lambda i: printed[i] or 0)
    for numbers in _impositions(len(panels), len(panels[0])):
        fits = all(p in (None, n) for p, n in zip(printed, numbers, strict=True))
        if fits and (known or _has_cover(flat, numbers)):
            return sorted(range(len(flat)), key=lambda i: numbers[i])
    return None


def _impositions(sheets: int, panels: int) -> list[list[int]]:
    """The page numbers of the panels, sheet by sheet, for the folds that leaflets have."""
    last = sheets * panels
    if panels == 2 and sheets % 2 == 0:
        sides = [[last - i, i + 1] if i % 2 == 0 else [i + 1, last - i] for i in range(sheets)]
        return [[n for side in sides for n in side]]
    if sheets == 2:  # rolled: the flap and the back stand beside the cover, then the inside
        inside = range(2, panels + 2)
        return [[*range(panels + 2, last + 1), 1, *inside]]
    return []


def _has_cover(flat: Sequence[Sheet], numbers: Sequence[int]) -> bool:
    """Whether the panel numbered 1 bears the largest type of all, well above the text."""
    tallest = [max((x.size for x in panel.lines), default=0.0) for panel in flat]
    cover = tallest[numbers.index(1)]
    others = [size for size, number in zip(tallest, numbers, strict=True) if number != 1]
    return cover > 1.15 * max(others) and cover > 1.5 * body_size(flat)


def _number(panel: Sheet) -> int | None:
    """The page number printed at the edge of a panel."""
    for line in panel.lines:
        match = PAGE_NUMBER.fullmatch(line.text)
        if match and at_edge(line, panel):
            return int(match.group(1))
    return None


def _without_number(panel: Sheet) -> Sheet:
    kept = [x for x in panel.lines if not (PAGE_NUMBER.fullmatch(x.text) and at_edge(x, panel))]
    return replace(panel, lines=tuple(kept))
