"""The words of a text as the repair sees them.

Comes in: text. Goes out: its words with their places, and whether each opens a sentence or is
out of bounds (addresses, dotted forms, elided words).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

GLYPHS = "|!¢€£$&"  # marks that OCR puts for letters, inside words
WORD = re.compile(rf"[\[\]|{{}}¢€£]?[^\W_]+(?:[{re.escape(GLYPHS)}\[\]]+[^\W_]+)*")
BARRED = re.compile(
    r"(?:https?://|www\.)\S+|\S*@\S+|#\S+|\w+(?:[.·•_/]\w+)+\S*|\S+\.(?:fr|org|com|net|eu|gouv)\b",
    re.IGNORECASE,
)
APOSTROPHES = frozenset("'’")
STARTS = frozenset('.!?…:«“"•►➤–—')


@dataclass(frozen=True)
class Word:
    """A word of a text: its spelling, its place, what surrounds it."""

    text: str
    start: int
    end: int
    opens: bool  # a sentence
    barred: bool  # part of an address or of a dotted form, or elided
    part: bool  # of a hyphenated compound


def words(text: str) -> Iterator[Word]:
    """The words of a text, in order."""
    barred = [match.span() for match in BARRED.finditer(text)]
    for match in WORD.finditer(text):
        start, end = match.span()
        while barred and barred[0][1] <= start:
            barred.pop(0)
        out = bool(barred) and barred[0][0] < end
        out = out or _elided(text, end) or (end - start < 4 and text[start - 1 : start] == ")")
        part = "-" in (text[start - 1 : start], text[end : end + 1])
        yield Word(match.group(), start, end, opens(text, start), out, part)


def _elided(text: str, end: int) -> bool:
    """Whether an apostrophe and a letter follow: the little words of elisions are not judged."""
    return text[end : end + 1] in APOSTROPHES and text[end + 1 : end + 2].isalpha()


def opens(text: str, at: int) -> bool:
    """Whether what stands at a place opens a sentence, a quotation or the text."""
    while at and text[at - 1].isspace():
        at -= 1
    return at == 0 or text[at - 1] in STARTS
