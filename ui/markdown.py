"""From the small Markdown of an answer to HTML: everything that the text holds is escaped.

Paragraphs, ``###`` headings, ``-`` lists, ``**strong**`` and ``[n]`` markers; nothing else is
markup, so that no tag, attribute or address of the text can reach the page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal

from markupsafe import Markup, escape

from assistant.types import Language

Kind = Literal["heading", "item", "text", "blank"]
_PARTS = re.compile(r"(\*\*[^*]+\*\*|\[[0-9]{1,3}\])")
_QUOTED = re.compile(r"(«[^«»]*(?:«[^«»]*»[^«»]*)*»)")  # a quotation may hold another


def to_html(
    text: str,
    targets: Mapping[int, str],
    language: Language = "fr",
    marker: str = "Source {number}",
) -> Markup:
    """The text, which is in ``language``, as HTML; ``targets`` gives where each marker leads.

    A marker without a target stays plain text. ``marker`` is what a screen reader says of one.
    Quotations are in French: a text that is not says so of each (WCAG 3.1.2).
    """

    def inline(line: str) -> Markup:
        if language == "fr":
            return _inline(line, targets, marker)
        parts = ((part, _inline(part, targets, marker)) for part in _QUOTED.split(line))
        french = Markup('<span lang="fr">{}</span>')
        return Markup("").join(
            french.format(made) if _QUOTED.fullmatch(part) else made for part, made in parts
        )

    lines = [_read(line) for line in text.split("\n")]
    blocks = (
        _block(kind, [inline(line) for _, line in group])
        for kind, group in groupby(lines, key=lambda pair: pair[0])
    )
    return Markup("\n").join(block for block in blocks if block)


def prefixes(text: str) -> Iterator[str]:
    """The text as it grows line by line, the whole of it last; a line never stops midway."""
    lines = text.split("\n")
    for end, line in enumerate(lines, start=1):
        if line.strip() or end == len(lines):
            yield "\n".join(lines[:end])


def _read(line: str) -> tuple[Kind, str]:
    stripped = line.strip()
    if stripped.startswith("### "):
        return "heading", stripped[4:]
    if stripped.startswith("- "):
        return "item", stripped[2:]
    return ("text" if stripped else "blank"), stripped


def _block(kind: Kind, made: Sequence[Markup]) -> Markup:
    if kind == "heading":
        return Markup("").join(Markup("<h4>{}</h4>").format(line) for line in made)
    if kind == "item":
        items = Markup("").join(Markup("<li>{}</li>").format(line) for line in made)
        return Markup("<ul>{}</ul>").format(items)
    if kind == "text":
        return Markup("<p>{}</p>").format(Markup("<br>").join(made))
    return Markup("")


def _inline(line: str, targets: Mapping[int, str], marker: str) -> Markup:
    return Markup("").join(_part(part, targets, marker) for part in _PARTS.split(line))


def _part(part: str, targets: Mapping[int, str], marker: str) -> Markup:
    if part.startswith("**") and part.endswith("**") and len(part) > 4:
        return Markup("<strong>{}</strong>").format(_inline(part[2:-2], targets, marker))
    number = int(part[1:-1]) if re.fullmatch(r"\[[0-9]{1,3}\]", part) else 0
    if number not in targets:
        return escape(part)
    return Markup('<a class="marker" href="{}" aria-label="{}">[{}]</a>').format(
        targets[number], marker.format(number=number), number
    )
