"""Word documents (.docx): bytes in, headings, paragraphs, nested lists and tables out.

python-docx opens the package and knows its styles; the body is walked here, because what stands
in a content control, a text box or a tracked insertion is text too.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from ingest import messages
from ingest.read.footnotes import footnotes
from ingest.read.reading import Reading
from ingest.read.sheet import Sheet
from ingest.read.styles import Styles

_TEXT = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OUT = {qn("w:del"), qn("w:moveFrom"), _FALLBACK, qn("w:txbxContent"), qn("w:pPr")}
_BOX = qn("w:txbxContent")
_PAGE = qn("w:lastRenderedPageBreak")


def read(content: bytes) -> Reading:
    """The body in order, boxes after the paragraph that holds them, notes at the end.

    Pages are those of the last rendering by Word, where the file tells them. Raises whatever
    python-docx and lxml raise of a damaged file.
    """
    word = Document(io.BytesIO(content))
    walk = _Walk(Styles(word))
    walk.through(word.element.body)
    for note in footnotes(word):
        walk.sheet.paragraph(note)
    about = word.core_properties
    return Reading(
        walk.sheet.text(),
        messages.FROM_WORD,
        title=_title(walk, (about.title or "").strip()),
        date=_month(word),
    )


def _title(walk: "_Walk", told: str) -> str | None:
    """The title above the text; else what the file tells, which may be that of its template."""
    return (walk.title if walk.opens else told) or walk.title or told or None


def _month(word: Word) -> str | None:
    about = word.core_properties
    day = about.modified or about.created
    return f"{day:%Y-%m}" if day else None


@dataclass
class _Walk:
    """The body being written down; ``counts`` numbers the items of each list and level."""

    styles: Styles
    sheet: Sheet = field(default_factory=Sheet)
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    title: str | None = None
    opens: bool = False  # whether the title is set as one, or stands above all else

    def through(self, element: Element) -> None:
        """Every paragraph and table below an element, in order."""
        for child in element:
            if child.tag == qn("w:p"):
                self.paragraph(child)
            elif child.tag == qn("w:tbl"):
                self.table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
                self.through(child)

    def paragraph(self, p: Element) -> None:
        text = text_of(p)
        if any(True for _ in p.iter(_PAGE)):
            self.sheet.page()
        shape, first = self.styles.shape(p), not self.sheet.parts
        if shape.heading is not None:
            self.sheet.heading(shape.heading, text)
            if shape.heading == 1 and self.title is None:
                self.title = " ".join(text.split()) or None
                self.opens = self.styles.titled or first
        elif shape.list_id is not None and text.strip():
            self.item(shape.list_id, shape.depth, text)
        elif not shape.contents:
            self.sheet.paragraph(f"**{text.strip()}**" if _bold(p, text) else text)
        for box in _boxes(p):
            self.through(box)

    def item(self, list_id: str, depth: int, text: str) -> None:
        self.counts[list_id, depth] += 1
        for other in [key for key in self.counts if key[0] == list_id and key[1] > depth]:
            del self.counts[other]
        numbered = self.styles.numbered(list_id, depth)
        self.sheet.item(depth, text, self.counts[list_id, depth] if numbered else None)

    def table(self, table: Element) -> None:
        rows = [row for row in table if row.tag == qn("w:tr")]
        cells = [[c for c in row.iter(qn("w:tc")) if _row_of(c) is row] for row in rows]
        if sum(map(len, cells)) <= 1 or max(map(len, cells)) <= 1:
            for cell in (c for row in cells for c in row):
                self.through(cell)  # a frame drawn as a table
            return
        marked = any(True for _ in rows[0].iter(qn("w:tblHeader"))) or _is_apart(cells)
        headed = marked or self.styles.headed(table, pairs=max(map(len, cells)) == 2)
        self.sheet.table([[_cell(c) for c in row] for row in cells], headed=headed)


def text_of(p: Element) -> str:
    """The words of a paragraph; what was deleted, field codes and boxes left out."""
    return re.sub(r"[ \u00a0]*\n[ \u00a0]*", "\n", "".join(_words(p)))


def _words(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _TEXT:
            yield _TEXT[child.tag] if child.get(qn("w:type")) is None else "\n"
        elif child.tag not in _OUT:
            yield from _words(child)


def _boxes(p: Element) -> Iterator[Element]:
    """The text boxes of a paragraph, each once: a copy for old programs stands beside it."""
    for box in p.iter(_BOX):
        above = {a.tag for a in box.iterancestors()}
        if _FALLBACK not in above and next(box.iterancestors(qn("w:p"))) is p:
            yield box


def _bold(p: Element, text: str) -> bool:
    """Whether a whole short paragraph is in bold type: a heading that nobody marked."""
    runs = [r for r in p.iter(qn("w:r")) if any((t.text or "").strip() for t in r.iter(qn("w:t")))]
    return bool(runs) and len(text) <= 100 and "\n" not in text.strip() and all(map(_is_bold, runs))


def _is_bold(run: Element) -> bool:
    marks = [b.get(qn("w:val")) for p in run.iter(qn("w:rPr")) for b in p.iter(qn("w:b"))]
    return bool(marks) and marks[0] not in ("0", "false", "none")


def _is_apart(cells: Sequence[Sequence[Element]]) -> bool:
    """Whether the first row alone is all in bold type: it names the columns."""
    first, *rest = [all(_is_strong(cell) for cell in row) for row in cells]
    return first and not all(rest)


def _is_strong(cell: Element) -> bool:
    said = [(p, text) for p in cell.iter(qn("w:p")) if (text := text_of(p)).strip()]
    return bool(said) and all(_bold(p, text) for p, text in said)


def _row_of(cell: Element) -> Element:
    return next(cell.iterancestors(qn("w:tr")))


def _cell(cell: Element) -> str:
    """The words of a cell; a cell that goes on from the one above is empty."""
    for merge in cell.iter(qn("w:vMerge")):
        if merge.get(qn("w:val"), "continue") == "continue":
            return ""
    return " ".join(text_of(p) for p in cell.iter(qn("w:p")))
