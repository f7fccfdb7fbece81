"""A raw document cut into its pages, in reading order.

Comes in: the raw text and, for a document whose pages come in another order, the first line of
each page. Go out: pages with their number, where it is known.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.errors import CorpusError
from ingest import messages
from ingest.aligned import Aligned
from ingest.manifest import PageStart

_LINE = re.compile(r"[^\n\r\f]+")


@dataclass(frozen=True)
class Page:
    """A stretch of a document; ``apart`` when nothing runs on from the page before."""

    number: int | None
    text: Aligned
    apart: bool = False


def pages(raw: str, starts: Sequence[PageStart] = ()) -> list[Page]:
    """The pages in reading order: as declared, else at form feeds, else one without number.

    Raises CorpusError ``corpus_manifest`` when a declared first line is not in the text.
    """
    whole = Aligned.of(raw)
    if starts:
        return _declared(whole, starts)
    if "\f" not in raw.strip():
        return [Page(None, whole)]
    whole = _without_running_lines(whole)
    cuts = [0, *(m.end() for m in re.finditer("\f", whole.text)), len(whole)]
    return [Page(i, whole[a:b]) for i, (a, b) in enumerate(pairwise(cuts), 1)]


def _without_running_lines(whole: Aligned) -> Aligned:
    """Without the lines that most pages start or end with, their numbers apart."""
    edges: list[re.Match[str]] = []
    shown = 0
    for page in re.finditer(r"[^\f]+", whole.text):
        lines = [m for m in _LINE.finditer(whole.text, *page.span()) if m.group().strip()]
        edges += lines[:1] + lines[1:][-1:]
        shown += bool(lines)
    counts = Counter(_masked(m.group()) for m in edges)
    running = [m for m in edges if counts[_masked(m.group())] >= max(3, shown / 2)]
    return whole.rewrite((m.start(), m.end(), "") for m in running)


def _masked(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _declared(whole: Aligned, starts: Sequence[PageStart]) -> list[Page]:
    at = {start.number: _position(whole.text, start) for start in starts}
    cuts = sorted([*at.values(), len(whole)])
    found = [
        Page(s.number, whole[at[s.number] : cuts[cuts.index(at[s.number]) + 1]], apart=True)
        for s in starts
    ]
    before = whole[: cuts[0]]
    return [Page(None, before), *found] if before.text.strip() else found


def _position(text: str, start: PageStart) -> int:
    for line in _LINE.finditer(text):
        if line.group().strip() == start.first.strip():
            return line.start()
    message = messages.PAGE_NOT_FOUND.format(
        file="manifest.toml", number=start.number, first=start.first
    )
    raise CorpusError("corpus_manifest", message)
