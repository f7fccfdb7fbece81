"""Sheets in, the same without running heads, running feet and page numbers out.

A running line comes back at one height of several sheets, its numbers equal or counting pages.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.read.line import Line, Sheet, body_size

_EDGE = 0.12  # of the height of a sheet, above and below
_NUMBER = re.compile(r"\d{1,4}")
PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.?)\s*)?(\d{1,3})(?:\s*(?:/|sur)\s*\d{1,3})?\W*", re.IGNORECASE
)

Key = tuple[str, int]


def without_running_lines(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets without the lines that run over a third of them, two at least."""
    body = body_size(sheets)
    keys = [[set(_keys(x, s, i, body)) for x in s.lines] for i, s in enumerate(sheets)]
    counts = Counter(key for of_sheet in keys for key in set().union(*of_sheet))
    running = {key for key, times in counts.items() if times >= max(2, len(sheets) / 3)}
    return [
        replace(
            sheet,
            lines=tuple(
                line
                for line, of_line in zip(sheet.lines, of_sheet, strict=True)
                if not of_line & running and not _is_label(line, sheet)
            ),
        )
        for sheet, of_sheet in zip(sheets, keys, strict=True)
    ]


def at_edge(line: Line, sheet: Sheet) -> bool:
    """Whether a line stands where running lines do."""
    return line.bottom < _EDGE * sheet.height or line.top > (1 - _EDGE) * sheet.height


def _keys(line: Line, sheet: Sheet, place: int, body: float) -> Iterator[Key]:
    """What a line has in common with the same line on another sheet."""
    if not at_edge(line, sheet):
        return
    height = round(line.base / 6)
    for near in (height, height + 1):  # heights on either side of a step are still equal
        yield line.text, near
        # « Fiche 1 », « Fiche 2 » on top of their pages are titles, and larger than the text.
        if line.size <= 1.1 * body and not line.bold:
            for match in _NUMBER.finditer(line.text):
                counted = f"{line.text[: match.start()]}{int(match.group()) - place:+}"
                yield f"{counted}{line.text[match.end() :]}", near


def _is_label(line: Line, sheet: Sheet) -> bool:
    """Whether a line at the edge only bears the number that the file gives the page."""
    return bool(sheet.label) and at_edge(line, sheet) and line.text.strip(" -–—|") == sheet.label
