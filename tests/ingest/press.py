"""A small press: blocks of the corpus in, a PDF of them out, so that the truth is known.

Words are cut at line ends as typesetters cut them, with a hyphen; columns and panels are frames
that the text fills one after the other.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest.layout import lay_out
from ingest.manifest import load_manifest, read_document

CORPUS = Path(__file__).parents[2] / "corpus"
A4 = (595.0, 842.0)
BODY = 10.0
SIZES = {"title": 20.0, "heading": 14.0, "paragraph": BODY, "item": BODY}
_CUT = re.compile(r"(?<=[aeiouyéèàâêîô])(?=[bcdfghjklmnpqrstvz][aeiouyéèàâêîô])")


@dataclass(frozen=True)
class Printed:
    """A block to print: ``form`` is title, heading, paragraph, item or table."""

    form: str
    text: str
    depth: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Frame:
    """Where text may stand: on a page, from the lower left corner of the sheet."""

    page: int
    left: float
    top: float
    width: float
    low: float


@lru_cache
def blocks(id: str) -> tuple[Printed, ...]:
    """The headings, paragraphs and items of a document of the corpus, in reading order."""
    entry = next(e for e in load_manifest(CORPUS).document if e.id == id)
    found = []
    for block in lay_out(read_document(CORPUS, entry)[0].text, entry.pages):
        form = "paragraph" if block.form not in ("heading", "item") else block.form
        said = f"{block.label.text} : {block.words}" if block.label else block.words
        found.append(Printed(form, said, block.depth))
    return tuple(found)


def frames(pages: int, columns: int = 1, size: tuple[float, float] = A4) -> list[Frame]:
    """Columns of equal width on every page, below the head and above the foot."""
    gutter, margin = 22.0, 60.0
    width = (size[0] - 2 * margin - gutter * (columns - 1)) / columns
    return [
        Frame(page, margin + i * (width + gutter), size[1] - 80, width, 110)
        for page in range(pages)
        for i in range(columns)
    ]


@dataclass
class Press:
    """Prints blocks into frames; ``heads`` and ``feet`` stand on every page, ``{n}`` its number.

    ``notes`` maps a word to the footnote that it calls, printed under its column.
    """

    size: tuple[float, float] = A4
    head: str = ""
    foot: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    turned: bool = False
    justified: bool = False  # as browsers do: each word at its place, words never cut

    def printed(self, content: Sequence[Printed], into: Sequence[Frame]) -> bytes:
        """The PDF; all of the content must fit."""
        _register()
        pages: dict[int, list[tuple[object, ...]]] = {f.page: [] for f in into}
        queue = list(into)
        frame, y = queue.pop(0), into[0].top
        for block in content:
            lead = 1.3 * SIZES.get(block.form, BODY)
            rows = list(self._set(block, frame.width))
            y -= 0.6 * lead
            for place, row in enumerate(rows):
                keep = lead * (2 if block.form in ("heading", "title") and not place else 1)
                if y - keep < frame.low:
                    frame, y = queue.pop(0), 0.0
                    y = frame.top
                y -= lead
                pages[frame.page] += [(frame, y, *piece) for piece in row]
        return self._pdf(pages)

    def _set(self, block: Printed, width: float) -> Iterator[list[tuple[object, ...]]]:
        """The rows of a block: pieces of text with their place, font and size."""
        if block.form == "table":
            step = width / len(block.rows[0])
            for i, cells in enumerate(block.rows):
                font = "VeraBd" if i == 0 else "Vera"
                yield [(j * step + 4, c, font, 9.0, step) for j, c in enumerate(cells)]
            return
        size = SIZES[block.form]
        font = "VeraBd" if block.form in ("title", "heading") else "Vera"
        indent = 14.0 * (block.depth + 1) if block.form == "item" else 0.0
        lines = list(_wrapped(block.text, font, size, width - indent, cut=not self.justified))
        for i, line in enumerate(lines):
            row: list[tuple[object, ...]] = [(indent, line, font, size, 0)]
            if self.justified and i + 1 < len(lines):
                places = _spread(line, font, size, width - indent)
                row = [(indent + x, word, font, size, 0) for x, word in places]
            if i == 0 and block.form == "item":
                row.insert(0, (indent - 12, "•", "Vera", size, 0))
            yield row

    def _pdf(self, pages: dict[int, list[tuple[object, ...]]]) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=self.size)  # which a turned page swaps by itself
        for number in sorted(pages):
            if self.turned:  # written up the sheet, which the file says to turn
                canvas.setPageRotation(90)
                canvas.translate(self.size[1], 0)
                canvas.rotate(90)
            self._margins(canvas, number + 1)
            called: dict[Frame, list[str]] = {}
            for frame, y, x, text, font, size, step in pages[number]:  # type: ignore[misc]
                canvas.setFont(font, size)
                canvas.drawString(frame.left + x, y, text)
                if step:
                    canvas.rect(frame.left + x - 4, y - 4, step, 1.3 * BODY)
                for word, note in self.notes.items():
                    if text.endswith(word) and size == BODY:
                        called.setdefault(frame, []).append(note)
                        self._call(canvas, frame.left + x, y, text, word, len(called[frame]))
            for frame, notes in called.items():
                self._under(canvas, frame, notes)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    def _margins(self, canvas: Canvas, number: int) -> None:
        canvas.setFont("Vera", 8)
        canvas.drawString(60, self.size[1] - 40, self.head.replace("{n}", str(number)))
        canvas.drawRightString(self.size[0] - 60, 40, self.foot.replace("{n}", str(number)))

    def _call(self, canvas: Canvas, x: float, y: float, text: str, word: str, number: int) -> None:
        """The raised figure after a word that ends its line."""
        canvas.setFont("Vera", 6)
        canvas.drawString(x + pdfmetrics.stringWidth(text, "Vera", BODY), y + 4, str(number))

    def _under(self, canvas: Canvas, frame: Frame, notes: Sequence[str]) -> None:
        y = frame.low - 14
        for number, note in enumerate(notes, 1):
            canvas.setFont("Vera", 5)
            canvas.drawString(frame.left, y + 2, str(number))
            for line in _wrapped(note, "Vera", 7.5, frame.width - 6):
                canvas.setFont("Vera", 7.5)
                canvas.drawString(frame.left + 6, y, line)
                y -= 9.5


def _wrapped(text: str, font: str, size: float, width: float, *, cut: bool = True) -> Iterator[str]:
    """The lines of a text, words ``cut`` where a line has room for a part of them."""
    line = ""
    for word in text.replace("\u202f", "\u00a0").split(" "):
        tried = f"{line} {word}".strip()
        if _wide(tried, font, size) <= width:
            line = tried
            continue
        cuts = [(f"{line} {a}".strip(), b) for a, b in _parts(word) if cut]
        fitting = [(a, b) for a, b in cuts if _wide(a, font, size) <= width]
        whole, line = fitting[-1] if fitting else (line, word)
        if whole:
            yield whole
    yield line


def _spread(line: str, font: str, size: float, width: float) -> Iterator[tuple[float, str]]:
    """The words of a line and where each begins, the line as wide as its column."""
    said = line.split(" ")
    wide = [_wide(word, font, size) for word in said]
    space = (width - sum(wide)) / max(1, len(said) - 1)
    for i, word in enumerate(said):
        yield sum(wide[:i]) + i * space, word


def _parts(word: str) -> Iterator[tuple[str, str]]:
    """The ways to cut a word in two, the hyphen with the first part."""
    for i in range(3, len(word) - 2):
        if word[i - 1] == "-" and word[: i - 1].isalpha():
            yield word[:i], word[i:]
        elif word.isalpha() and _CUT.match(word, i):
            yield f"{word[:i]}-", word[i:]


def _wide(text: str, font: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, font, size))


@lru_cache
def _register() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in ("Vera", "VeraBd"):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
