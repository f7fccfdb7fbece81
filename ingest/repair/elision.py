"""Elisions that OCR broke: `I'étude`, `'accent`, `d’'innovation`, `[’ESS`.

Comes in: the text of a block. Goes out: edits (start, end, new text) that mend its elisions; the
lost letter is decided by the words around it, or not at all.
"""

import re
from collections.abc import Iterator

from ingest.repair.context import likely, tokens
from ingest.repair.costs import costs
from ingest.repair.lexicon import known
from ingest.repair.token import opens

Edit = tuple[int, int, str]
MARKS = "'’‘´`"
QUOTED = 150  # a quotation is shorter than this
_VOWEL = "aeiouyhàâäéèêëîïôöùûüœæ"
_NEXT = rf"(?P<next>[{_VOWEL}][\w-]*)"
MISREAD = re.compile(
    rf"(?<![\w’'.@/-])[I1|!\[\]](?P<mark>[{MARKS}])[{MARKS}]?{_NEXT}", re.IGNORECASE
)
LOST = re.compile(rf"(?<![\w{MARKS}.)\]»”\"])(?P<mark>[{MARKS}]{{1,2}}){_NEXT}", re.IGNORECASE)
DOUBLED = re.compile(
    r"(?<!\w)(?:[ldnsjcmt]|qu|lorsqu|jusqu|puisqu)"
    rf"(?P<marks>[{MARKS}]{{2}}|[{MARKS}] [{MARKS}]|[‘´`])(?=[{_VOWEL}])",
    re.IGNORECASE,
)
CLOSED = re.compile(rf"[\w.!?…][{MARKS}](?!\w)")


def broken(text: str) -> int:
    """How many elisions of a text are surely broken."""
    lost = sum(not _quoted(text, match) for match in LOST.finditer(text))
    return lost + sum(1 for _ in misread(text)) + sum(1 for _ in DOUBLED.finditer(text))


def misread(text: str) -> Iterator[Edit]:
    """A thin stroke for the letter l: no French word is elided to it."""
    for match in MISREAD.finditer(text):
        if _word(match["next"]):
            letter = "L" if opens(text, match.start()) else "l"
            yield match.start(), match.start("next"), letter + match["mark"]


def doubled(text: str) -> Iterator[Edit]:
    """Two apostrophes, or an opening one, for one."""
    for match in DOUBLED.finditer(text):
        mark = next((m for m in match["marks"] if m in "'’"), "’")
        if match["marks"] != mark:
            yield match.start("marks"), match.end("marks"), mark


def lost(text: str) -> Iterator[Edit]:
    """An apostrophe with no letter before it, where only one letter fits."""
    for match in LOST.finditer(text):
        if not _quoted(text, match) and _word(match["next"]):
            letter = _letter(text, match.start(), match.start("next"))
            if letter and opens(text, match.start()):
                letter = letter.capitalize()
            if letter:
                mark = "’" if "’" in match["mark"] else match["mark"][0]
                yield match.start(), match.start("next"), letter + mark


def _letter(text: str, start: int, end: int) -> str | None:
    """The letter whose loss explains an apostrophe, or none where two may."""
    before, after = tokens(text[max(0, start - 60) : start]), tokens(text[end : end + 60])
    cost = costs().elision
    scores = {name: p - cost[name] for name, p in likely("elision", before, after).items()}
    first, second = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    return first if scores[first] - scores[second] >= cost["gain"] else None


def _quoted(text: str, match: re.Match[str]) -> bool:
    """Whether the apostrophe opens a quotation that closes further on."""
    start = match.end("mark")
    closed = CLOSED.search(text, start)
    if not closed or closed.end() - start > QUOTED:
        return False
    return "\n\n" not in text[start : closed.end()]


def _word(text: str) -> bool:
    """Whether it may follow an elision: an acronym, or a French word longer than a letter."""
    head = re.split(r"-", text)[0]
    return len(head) > 1 and (head.isupper() or len(head) > 3 or known(head))
