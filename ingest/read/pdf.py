"""A PDF in, its text out: in reading order, without running lines, footnotes after their page.

A page whose letters cannot be read (a scan, a font without a table of letters) goes to the reader
of scans.
"""

import re
from collections.abc import Sequence
from datetime import date

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from assistant.errors import CorpusError
from ingest import messages
from ingest.read.contents import LEADER, without_contents
from ingest.read.flow import largest, text_of
from ingest.read.glyphs import sheet
from ingest.read.leaflet import unfolded
from ingest.read.line import Sheet, body_size
from ingest.read.reading import Reading
from ingest.read.running import without_running_lines

_LETTERS = 20  # a page with fewer letters that shows something else is looked at as a picture
_DOTS = 60_000_000  # that a page may be drawn with
_WORDS = re.compile(r"[^\W\d_]{2,}")
_NO_TITLE = re.compile(
    r"(?:untitled|sans[ _-]titre|document ?\d*$|pr[ée]sentation ?\d*$|diapositive|microsoft|title$)"
    r"|.*\.(?:docx?|odt|pdf|indd|pptx?|odp|qxd|pub|xlsx?|rtf|txt|html?)$|\W*\w*\W*$",
    re.IGNORECASE,
)
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")


def read(content: bytes) -> Reading:
    """What a PDF says, its pages in reading order.

    Raises CorpusError ``corpus_unreadable_file``: damaged, locked by a password, without pages,
    or with scanned pages where Tesseract is missing.
    """
    pdf = _opened(content)
    try:
        sheets, scanned = _sheets(pdf)
        clean = unfolded(without_contents(without_running_lines(sheets)))
        facts = pdf.get_metadata_dict()
    finally:
        pdf.close()
    title = title_of(facts.get("Title", "")) or (largest(clean[0], body_size(clean)))
    return Reading(
        text_of(clean),
        _obtained(scanned, len(sheets)),
        title=title,
        date=date_of(facts.get("CreationDate", "")),
    )


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = error.err_code == raw.FPDF_ERR_PASSWORD
        message = messages.ENCRYPTED_FILE if locked else messages.DAMAGED_FILE
        raise CorpusError("corpus_unreadable_file", message) from error
    if not len(pdf):
        raise CorpusError("corpus_unreadable_file", messages.DAMAGED_FILE)
    return pdf


def _sheets(pdf: pdfium.PdfDocument) -> tuple[list[Sheet], list[int]]:
    """The sheets of a PDF, and the numbers of those that were read as pictures."""
    sheets: list[Sheet] = []
    scanned: list[int] = []
    for i in range(len(pdf)):
        try:
            page = pdf[i]
        except pdfium.PdfiumError as error:
            raise CorpusError("corpus_unreadable_file", messages.DAMAGED_FILE) from error
        found = sheet(page, pdf.get_page_label(i))
        if _is_picture(page, found):
            found = _pictured(page)
            scanned.append(i + 1)
        sheets.append(found)
        page.close()
    return sheets, scanned


def _pictured(page: pdfium.PdfPage) -> Sheet:
    """The page read as a picture; one larger than A3 is drawn with fewer dots."""
    from ingest.read.scan import sheet_of  # numpy and the picture library

    scale = min(300 / 72, (_DOTS / (page.get_width() * page.get_height())) ** 0.5)
    return sheet_of(page.render(scale=scale, grayscale=True).to_pil())


def _is_picture(page: pdfium.PdfPage, found: Sheet) -> bool:
    """Whether a page shows something and has no text, or none but debris."""
    text = LEADER.sub(" ", " ".join(line.text for line in found.lines))
    printed = [c for c in text if not c.isspace()]
    readable = sum(map(len, _WORDS.findall(text)))
    if (
        len(printed) >= _LETTERS
        and readable >= 0.4 * len(printed)
        and text.count("\ufffd") < 0.02 * len(text)
    ):
        return False
    shown = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
    few = len(printed) < _LETTERS
    return not few or any(o.type in shown for o in page.get_objects(max_depth=4))


def _obtained(scanned: Sequence[int], count: int) -> str:
    if not scanned:
        return messages.PDF_OBTAINED
    if len(scanned) == count:
        return messages.SCAN_OBTAINED
    return messages.MIXED_OBTAINED.format(pages=", ".join(map(str, scanned)))


def title_of(text: str) -> str | None:
    """The title that a PDF gives itself, unless its maker's program made it up."""
    text = " ".join(text.split())
    return text if text and not _NO_TITLE.match(text) else None


def date_of(text: str) -> str | None:
    """When a PDF says it was made, as in the manifest; None where that cannot be."""
    match = _DATE.match(text)
    if match is None:
        return None
    year, month, day = (int(group or 1) for group in match.groups())
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made.isoformat() if date(1993, 1, 1) <= made <= date.today() else None
