"""A column of lines in, its text and the footnotes under it out, apart.

Footnotes are the last lines of a column, in smaller type, the first opened by a mark.
"""

import re
from collections.abc import Sequence

from ingest.read.line import Line, joined, rows

_SMALLER = 0.93  # of the size of the text
_MARK = re.compile(r"\[\^(\w+)\]\s*|(?:\(?(\d{1,2})\)?[.)]?|(\*))\s+(?=\S)")


def with_notes_apart(lines: Sequence[Line], body: float) -> tuple[list[Line], list[str]]:
    """The lines of a column without its footnotes, and these, each as ``[^1]: text``."""
    found = rows(lines)
    start = len(found)
    while start and all(x.size <= _SMALLER * body and not x.cells for x in found[start - 1]):
        start -= 1
    while start < len(found) and not _MARK.match(joined(found[start]).text):
        start += 1
    above = [line for row in found[:start] for line in row]
    if start == 0:  # small type from top to bottom is the text of its column
        return list(lines), []
    return above, _notes([joined(row).text for row in found[start:]])


def _notes(texts: Sequence[str]) -> list[str]:
    """The notes, each from its mark to the next."""
    notes: list[str] = []
    for text in texts:
        mark = _MARK.match(text)
        if mark:
            name = next(group for group in mark.groups() if group)
            notes.append(f"[^{name.replace('*', 'a')}]: {text[mark.end() :]}")
        else:
            notes[-1] = f"{notes[-1]} {text}"
    return notes
