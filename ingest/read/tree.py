"""A part of a web page in; the same text with Markdown marks out, none of its words left behind.

It is plainer than what a library makes of a page, which may take a box for an advertisement:
:mod:`ingest.read.web` comes here where that one lost words.
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ingest.read.sheet import Sheet

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = ("ul", "ol", "menu", "dir")
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "tt",
    "u", "var", "wbr", "img", "nobr", "acronym", "time",
}  # fmt: skip
_LAYOUT = "descendant::*[self::table or self::h1 or self::h2 or self::h3 or self::ul or self::ol]"


def written(part: HtmlElement) -> str:
    """The text of an element, blocks parted by blank lines, lists nested, tables by rows."""
    page = _Page()
    page.through(part)
    page.close()
    return page.sheet.text()


class _Page:
    def __init__(self) -> None:
        self.sheet = Sheet()
        self._said = ""  # of the paragraph that is open

    def close(self) -> None:
        """End the paragraph that is open."""
        self.sheet.paragraph(_plain(self._said))
        self._said = ""

    def through(self, element: HtmlElement) -> None:
        """All that an element holds, in its order."""
        self._said += _spaced(element.text)
        for child in element:
            self._one(child)
            self._said += _spaced(child.tail)

    def _one(self, child: HtmlElement) -> None:
        if child.tag == "br":
            self._said += "\n"
        elif child.tag in _INLINE:
            self.through(child)
        else:
            self.close()
            self._block(child)
            self.close()

    def _block(self, child: HtmlElement) -> None:
        if child.tag in _HEADINGS:
            self.sheet.heading(_HEADINGS[child.tag], _words(child))
        elif child.tag in _LISTS:
            self._items(child, 0)
        elif child.tag == "table" and not child.xpath(_LAYOUT):
            self._table(child)
        else:
            self.through(child)

    def _items(self, element: HtmlElement, depth: int) -> None:
        number = 0
        for item in element:
            if item.tag in _LISTS:  # a list right inside a list: old pages do so
                self._items(item, depth + 1)
                continue
            number += 1
            lists = [one for tag in _LISTS for one in item.iter(tag)]
            inner = [one for one in lists if next(one.iterancestors("li"), None) is item]
            for one in inner:
                one.drop_tree()
            self.sheet.item(depth, _words(item), number if element.tag == "ol" else None)
            for one in inner:
                self._items(one, depth + 1)

    def _table(self, table: HtmlElement) -> None:
        rows = [row.xpath("th|td") for row in table.iter("tr")]
        named = bool(rows) and (
            all(cell.tag == "th" for cell in rows[0]) or bool(table.xpath("thead/tr"))
        )
        self.sheet.table([[_words(cell) for cell in row] for row in rows], headed=named)


def _words(element: HtmlElement) -> str:
    """The words of an element on one line, those of two blocks apart."""
    return " ".join("".join(_told(element)).split())


def _told(element: HtmlElement) -> Iterator[str]:
    apart = "" if element.tag in _INLINE else " "
    yield apart + (element.text or "")
    for child in element:
        yield from _told(child)
        yield child.tail or ""
    yield apart


def _spaced(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _plain(said: str) -> str:
    return "\n".join(line.strip() for line in said.split("\n"))
