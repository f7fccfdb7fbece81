"""OpenDocument texts (.odt): bytes in, headings, paragraphs, nested lists and tables out."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from odfdo import Document, Element

from ingest import messages
from ingest.read.reading import Reading
from ingest.read.sheet import Sheet

_SPACES = {"text:s": " ", "text:tab": " ", "text:line-break": "\n"}
_OUT = {"text:note", "office:annotation", "text:tracked-changes", "draw:frame", "text:ruby-text"}
_CONTENTS = {
    "text:table-of-content", "text:alphabetical-index", "text:table-index",
    "text:illustration-index", "text:tracked-changes", "office:forms",
}  # fmt: skip
_NUMBERED = "text:list-level-style-number"


def read(content: bytes) -> Reading:
    """The body in order, text frames after the paragraph that holds them, notes at the end.

    Raises whatever odfdo and lxml raise of a damaged file.
    """
    document = Document(io.BytesIO(content))
    walk = _Walk(document)
    walk.through(document.body)
    for note in walk.notes:
        walk.sheet.paragraph(note)
    changed = document.meta.date or document.meta.creation_date
    return Reading(
        walk.sheet.text(),
        messages.FROM_ODT,
        title=walk.title or (document.meta.title or "").strip(),  # perhaps its template's
        date=f"{changed:%Y-%m}" if changed else None,
    )


@dataclass
class _Walk:
    """The body being written down."""

    document: Document
    sheet: Sheet = field(default_factory=Sheet)
    notes: list[str] = field(default_factory=list)
    title: str | None = None

    def through(self, element: Element) -> None:
        """Every block below an element, in order."""
        for child in element.children:
            if child.tag in ("text:h", "text:p"):
                self.paragraph(child)
            elif child.tag == "text:list":
                self.items(child, 0)
            elif child.tag == "table:table":
                self.table(child)
            elif child.tag == "text:soft-page-break":
                self.sheet.page()
            elif child.tag not in _CONTENTS:
                self.through(child)

    def paragraph(self, p: Element) -> None:
        text = self.text_of(p)
        style = p.get_attribute_string("text:style-name") or ""
        if p.tag == "text:h":
            level = p.get_attribute_integer("text:outline-level") or 1
            self.sheet.heading(level + self._titled, text)
        elif style in self._titles:
            self.sheet.heading(1, text)
            self.title = self.title or " ".join(text.split()) or None
        else:
            self.sheet.paragraph(text)
        self.frames(p)

    def items(self, element: Element, depth: int, style: str = "") -> None:
        """The items of a list and of those inside it, in order."""
        style = element.get_attribute_string("text:style-name") or style
        number = 0
        for item in element.children:
            if item.tag not in ("text:list-item", "text:list-header"):
                continue
            said = [self.text_of(c) for c in item.children if c.tag in ("text:p", "text:h")]
            if any(t.strip() for t in said):
                number += 1
                counted = number if (style, depth + 1) in self._numbered else None
                self.sheet.item(depth, "\n".join(said), counted)
            for child in item.children:
                if child.tag == "text:list":
                    self.items(child, depth + 1, style)
                elif child.tag in ("text:p", "text:h"):
                    self.frames(child)

    def table(self, table: Element) -> None:
        header = [r for h in table.children if h.tag == "table:table-header-rows"
                  for r in h.children]  # fmt: skip
        rows = list(_rows(table))
        cells = [[c for c in row.children if c.tag.endswith("table-cell")] for row in rows]
        if max((len(row) for row in cells), default=0) <= 1:
            for cell in (c for row in cells for c in row):
                self.through(cell)  # a frame drawn as a table
            return
        self.sheet.table([[self._cell(c) for c in row] for row in cells], headed=bool(header))

    def frames(self, p: Element) -> None:
        """The text boxes anchored in a paragraph."""
        for box in p.get_elements("descendant::draw:text-box"):
            self.through(box)

    def text_of(self, element: Element) -> str:
        """The words of a paragraph; its notes are put aside, what was deleted is left out."""
        return re.sub(r"[ \u00a0]*\n[ \u00a0]*", "\n", "".join(self._words(element)))

    def _words(self, element: Element) -> Iterator[str]:
        yield re.sub(r"[ \t\n]+", " ", element.text or "")
        for child in element.children:
            if child.tag in _SPACES:
                count = child.get_attribute_integer("text:c") or 1
                yield _SPACES[child.tag] * (count if child.tag == "text:s" else 1)
            elif child.tag == "text:note":
                body = child.get_elements("text:note-body/text:p")
                self.notes.append(" ".join(self.text_of(p) for p in body))
            elif child.tag not in _OUT:
                yield from self._words(child)
            yield re.sub(r"[ \t\n]+", " ", child.tail or "")

    def _cell(self, cell: Element) -> str:
        return " ".join(self.text_of(p) for p in cell.get_elements("descendant::text:p"))

    @cached_property
    def _titles(self) -> set[str]:
        """The styles of a title: the built-in one and those made from it."""
        made = [
            style.get_attribute_string("style:name") or ""
            for style in self.document.get_styles("paragraph")
            if style.get_attribute_string("style:parent-style-name") == "Title"
        ]
        return {"Title", *made}

    @cached_property
    def _titled(self) -> bool:
        found = self.document.body.get_elements("descendant::text:p")
        return any(p.get_attribute_string("text:style-name") in self._titles for p in found)

    @cached_property
    def _numbered(self) -> set[tuple[str, int]]:
        """The list styles and levels, from 1, whose items bear numbers."""
        return {
            (style.get_attribute_string("style:name") or "", level)
            for style in self.document.get_styles("list")
            for number in style.get_elements(_NUMBERED)
            for level in [number.get_attribute_integer("text:level") or 1]
        }


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those in groups too."""
    for child in table.children:
        if child.tag == "table:table-row":
            yield child
        elif child.tag in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            yield from _rows(child)
