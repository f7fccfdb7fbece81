"""What the styles and the numbering of a Word document make of a paragraph.

Comes in: a paragraph. Goes out: whether it is a heading, an item of a list or a line of the
table of contents. French and English Word name the built-in styles alike inside the file.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

_HEADING = re.compile(r"(?:heading|titre) (\d)", re.IGNORECASE)
_LIST = re.compile(r"list(?: \w+)? (\d)|list", re.IGNORECASE)
_OUTLINES = 9  # outline level 9 is body text


@dataclass(frozen=True)
class Shape:
    """``heading`` is its level from 1; ``contents``: a line of the table of contents."""

    heading: int | None = None
    list_id: str | None = None
    depth: int = 0
    contents: bool = False


class Styles:
    """The styles of one document, with their inheritance."""

    def __init__(self, word: Word) -> None:
        self.word = word
        self.titled = any(self._name(p) == "title" for p in word.element.body.iter(qn("w:p")))

    def shape(self, p: Element) -> Shape:
        """What a paragraph is, by its own properties, then by its style's."""
        name = self._name(p)
        if name.startswith(("toc ", "table of ")):
            return Shape(contents=True)
        if name == "title":
            return Shape(heading=1)
        level = self._heading(p, name)
        if level is not None:
            return Shape(heading=level + self.titled)
        return self._listed(p, name)

    def numbered(self, list_id: str, depth: int) -> bool:
        """Whether the items of a list bear numbers or letters rather than bullets."""
        return self._formats.get((list_id, depth), "bullet") not in ("bullet", "none")

    def headed(self, table: Element, *, pairs: bool) -> bool:
        """Whether the look of a table sets its first row apart.

        Word says so of every new table; of two columns, which are rather ``pairs`` of a name and
        a value, it is believed only where the style of the table draws that row another way.
        """
        look = next(table.iter(qn("w:tblLook")), None)
        if look is None or (pairs and not self._draws_first_row(table)):
            return False
        first = look.get(qn("w:firstRow"))
        if first is not None:
            return first in ("1", "true", "on")
        return bool(int(look.get(qn("w:val"), "0"), 16) & 0x20)

    def _draws_first_row(self, table: Element) -> bool:
        named = next(table.iter(qn("w:tblStyle")), None)
        wanted = None if named is None else named.get(qn("w:val"))
        for style in self.word.styles.element.iter(qn("w:style")):
            if style.get(qn("w:styleId")) == wanted and style.get(qn("w:type")) == "table":
                parts = style.iter(qn("w:tblStylePr"))
                return any(part.get(qn("w:type")) == "firstRow" for part in parts)
        return False

    def _heading(self, p: Element, name: str) -> int | None:
        named = _HEADING.fullmatch(name)
        if named:
            return int(named[1])
        for properties in self._properties(p):
            outline = properties.find(qn("w:outlineLvl"))
            if outline is not None:
                level = int(outline.get(qn("w:val"), str(_OUTLINES)))
                return level + 1 if level < _OUTLINES else None
        return None

    def _listed(self, p: Element, name: str) -> Shape:
        for properties in self._properties(p):
            number = properties.find(qn("w:numPr"))
            if number is None:
                continue
            list_id, level = _value(number, "w:numId"), _value(number, "w:ilvl")
            if list_id == "0":  # taken out of the list of its style
                return Shape()
            inner = _LIST.match(name)
            depth = int(level or 0) or (int(inner[1] or 1) - 1 if inner else 0)
            return Shape(list_id=list_id, depth=depth)
        return Shape()

    def _properties(self, p: Element) -> list[Element]:
        """The properties of a paragraph, of its style and of those it is based on."""
        found = [properties] if (properties := p.find(qn("w:pPr"))) is not None else []
        style = self._by_id.get(_style_id(p))
        seen: set[int] = set()
        while style is not None and id(style) not in seen:
            seen.add(id(style))
            found += [q for q in (style.find(qn("w:pPr")),) if q is not None]
            style = self._by_id.get(_value(style, "w:basedOn") or "")
        return found

    def _name(self, p: Element) -> str:
        style = self._by_id.get(_style_id(p))
        return (_value(style, "w:name") or "").lower() if style is not None else ""

    @cached_property
    def _by_id(self) -> dict[str, Element]:
        return {
            style.get(qn("w:styleId"), ""): style
            for style in self.word.styles.element.iter(qn("w:style"))
            if style.get(qn("w:type")) == "paragraph"
        }

    @cached_property
    def _formats(self) -> dict[tuple[str, int], str]:
        """The format of the numbers of each list and level: bullet, decimal, lowerLetter…"""
        try:
            root = self.word.part.numbering_part.element
        except (KeyError, NotImplementedError):  # the library makes no numbering of its own
            return {}
        abstract = {
            (a.get(qn("w:abstractNumId")), int(level.get(qn("w:ilvl"), "0"))): _value(
                level, "w:numFmt"
            )
            for a in root.iter(qn("w:abstractNum"))
            for level in a.iter(qn("w:lvl"))
        }
        return {
            (num.get(qn("w:numId"), ""), depth): form or "bullet"
            for num in root.iter(qn("w:num"))
            for (made, depth), form in abstract.items()
            if made == _value(num, "w:abstractNumId")
        }


def _style_id(p: Element) -> str:
    properties = p.find(qn("w:pPr"))
    return (_value(properties, "w:pStyle") or "") if properties is not None else ""


def _value(element: Element, tag: str) -> str | None:
    child = element.find(qn(tag))
    return None if child is None else child.get(qn("w:val"))
