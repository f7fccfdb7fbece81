"""Sheets of lines in, one text with Markdown marks out, its pages apart by form feeds.

Lines become paragraphs, headings (by their type), items (by their mark and indent) and tables;
a paragraph that a column or a page cuts is made whole on the page where it begins.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.aligned import Aligned
from ingest.read.foot import with_notes_apart
from ingest.read.line import BULLET, ENDED, HYPHENED, NUMBER, Line, Sheet, body_size, run
from ingest.read.order import columns
from ingest.read.parts import Part, parts

_LONGEST = 160  # characters of a heading
_LEVELS = 6


@dataclass(frozen=True)
class Type:
    """The type a heading is set in; larger comes first, bold before plain."""

    size: float
    bold: bool


def text_of(sheets: Sequence[Sheet]) -> str:
    """The whole text in reading order; a sheet without lines gives an empty page."""
    body = body_size(sheets)
    read = [_page(sheet, body) for sheet in sheets]
    pages = [found for found, _ in read]
    _make_whole(pages)
    _place(pages, [notes for _, notes in read])
    levels = _levels([part for found in pages for part in found], body)
    lists: list[float] = []
    return "\f".join("\n\n".join(_written(found, levels, body, lists)) for found in pages)


def largest(sheet: Sheet, body: float, same: float = 1.0) -> str | None:
    """The heading in the largest type of a sheet: its title; None where none is larger.

    Where sizes are only recognised, down to ``same`` of the largest is as large: the first is it.
    """
    found = [part for part in _page(sheet, body)[0] if _is_heading(part, body)]
    top = max((part.size for part in found), default=0.0)
    title = [part for part in found if part.size >= same * top]
    one = len(title) == 1 or same < 1
    return _heading(title[0]) if top > 1.15 * body and one else None


def _page(sheet: Sheet, body: float) -> tuple[list[Part], list[str]]:
    """The parts of a sheet in reading order, and its footnotes."""
    found: list[Part] = []
    notes: list[str] = []
    for column in columns(sheet.lines):
        lines, under = with_notes_apart(column, body)
        notes += under
        new = parts(lines)
        if found and new and _runs_on(found[-1], new[0]):
            found[-1].lines += new.pop(0).lines
        found += new
    return found, notes


def _make_whole(pages: Sequence[list[Part]]) -> None:
    """Bring the end of each paragraph that a page cuts to the page where it begins."""
    last: Part | None = None
    for found in pages:
        if found and last and _runs_on(last, found[0]):
            last.lines += found.pop(0).lines
        last = found[-1] if found else last


def _place(pages: Sequence[list[Part]], notes: Sequence[list[str]]) -> None:
    """Put footnotes under the text of their page, or after a list that goes on to the next."""
    for i in range(len(pages) - 1, -1, -1):
        below = [Part("note", [Line(text, 0, 0, 0, 0, 1)]) for text in notes[i]]
        after = pages[i + 1] if i + 1 < len(pages) else []
        items = next((k for k, part in enumerate(after) if part.form != "item"), len(after))
        if items and pages[i] and pages[i][-1].form == "item":
            after[items:items] = below
        else:
            pages[i] += below


def _runs_on(before: Part, after: Part) -> bool:
    """Whether a paragraph continues, in the next column, a sentence cut short."""
    if "table" in (before.form, after.form) or after.form == "item":
        return False
    end, start = before.lines[-1], after.lines[0]
    if abs(end.size - start.size) > 0.6 or end.bold != start.bold or ENDED.search(end.text):
        return False
    return start.text[:1].islower() or bool(HYPHENED.search(end.text))


def _is_heading(part: Part, body: float) -> bool:
    """Whether a part is set as a heading: larger than the text, or bold and short."""
    text = " ".join(line.text for line in part.lines)
    if part.form in ("table", "note") or BULLET.match(text) or not re.search(r"[^\W\d_]{2}", text):
        return False
    if len(text) > _LONGEST or text[-1] in ";,":
        return False
    if part.size >= 1.15 * body:
        return True
    # Bold type that says a sentence is stressed, not a heading.
    return part.bold and len(part.lines) <= 3 and text[-1] not in ".…" and part.size >= 0.95 * body


def _levels(found: Sequence[Part], body: float) -> dict[Type, int]:
    """The level of each type that headings are set in, 1 for the largest."""
    types = {_type(part) for part in found if _is_heading(part, body)}
    ordered = sorted(types, key=lambda t: (-t.size, not t.bold))
    return {one: min(place, _LEVELS) for place, one in enumerate(ordered, 1)}


def _type(part: Part) -> Type:
    return Type(round(part.size), part.bold)


def _written(
    found: Sequence[Part], levels: dict[Type, int], body: float, lists: list[float]
) -> Iterator[str]:
    """The parts of a page, marked; the items of a list on lines next to each other.

    ``lists`` holds the indents of the lists that a page hands on to the next.
    """
    items: list[str] = []
    for part in found:
        if part.form == "item" and not _is_heading(part, body):
            items.append(_item(part, _depth(part, lists)))
            continue
        if items:
            yield "\n".join(items)
            items = []
        lists.clear()
        if part.form == "table":
            yield _table(part)
        elif _is_heading(part, body):
            yield f"{'#' * levels[_type(part)]} {_heading(part)}"
        else:
            yield run([line.text for line in part.lines])
    if items:
        yield "\n".join(items)


def _depth(part: Part, lists: list[float]) -> int:
    """How many lists hold that of an item; ``lists`` is left with the indents of those."""
    lists[:] = [x for x in lists if x < part.indent - 0.4 * part.size]
    lists.append(part.indent)
    return len(lists) - 1


def _item(part: Part, depth: int) -> str:
    text = run([line.text for line in part.lines])
    number = NUMBER.match(text)
    mark = number.group().strip() if number else "-"
    return f"{'  ' * depth}{mark} {text[number.end() :] if number else BULLET.sub('', text, 1)}"


def _heading(part: Part) -> str:
    return _unbroken(run([line.text for line in part.lines]))


def _table(part: Part) -> str:
    rows = [row for line in part.lines for row in line.cells]
    cells = [[_unbroken(cell).replace("|", "/") for cell in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    pairs = len(cells[0]) == 2 and not part.bold  # of a name and a value, from the first row on
    head = [] if pairs else [f"|{'---|' * len(cells[0])}"]
    return "\n".join([lines[0], *head, *lines[1:]])


def _unbroken(text: str) -> str:
    """One line of text; a word that a line end cut is joined as everywhere else."""
    if "\n" not in text:
        return text
    from ingest.repair import tidy  # its word lists take a while to load

    return tidy(Aligned.of(text)).text.replace("\n", " ")
