"""A document written down block by block; the Markdown-marked text of it out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

DEEPEST = 6  # levels of a Markdown heading


@dataclass
class Sheet:
    """What a reader has found so far, in reading order; empty blocks leave no trace."""

    parts: list[str] = field(default_factory=list)
    last: str = ""

    def heading(self, level: int, text: str) -> None:
        """A heading; ``level`` 1 is the outermost, deeper than six is six."""
        words = " ".join(text.split("\n")).strip()
        if words:
            self._put("heading", "#" * max(1, min(level, DEEPEST)) + " " + words)

    def paragraph(self, text: str) -> None:
        """A paragraph; its line ends are kept."""
        if text.strip():
            self._put("paragraph", text.strip())

    def item(self, depth: int, text: str, number: int | None = None) -> None:
        """An item of a list, numbered or not; ``depth`` is 0 in the outermost list."""
        self.signed(depth, "-" if number is None else f"{number}.", text)

    def signed(self, depth: int, sign: str, text: str) -> None:
        """An item that bears a sign of its own: « 1° », « a) »."""
        words = re.sub(r"\s*\n\s*", " ", text).strip()
        if words:
            self._put("item", f"{'  ' * depth}{sign} {words}")

    def table(self, rows: Sequence[Sequence[str]], *, headed: bool) -> None:
        """A table by rows; ``headed``: the first row names the columns."""
        lines = [_row(cells) for cells in rows if any(c.strip() for c in cells)]
        if headed and len(lines) > 1:
            lines.insert(1, "|" + "---|" * len(rows[0]))
        if lines:
            self._put("table", "\n".join(lines))

    def page(self) -> None:
        """What follows stands on the next page."""
        self.parts.append("\f")
        self.last = "page"

    def text(self) -> str:
        """All of it, blocks parted by blank lines, the items of a list by line ends."""
        return "".join(self.parts).strip("\n") + "\n"

    def _put(self, form: str, text: str) -> None:
        if self.parts:
            self.parts.append("\n" if form == self.last == "item" else "\n\n")
        self.parts.append(text)
        self.last = form


def _row(cells: Sequence[str]) -> str:
    """A row between bars; a bar inside a cell would part it."""
    plain = (re.sub(r"\s+", " ", cell.replace("|", "/")).strip() for cell in cells)
    return f"| {' | '.join(plain)} |"
