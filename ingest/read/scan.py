"""A scan (PNG, JPEG, TIFF of one page or more) in, its text out, by optical recognition.

Pages are set straight and cleaned, read by Tesseract, then put in reading order as those of a PDF.
"""

import io
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from PIL import Image, ImageFilter, ImageOps, ImageSequence

from assistant.errors import CorpusError
from ingest import messages
from ingest.read.flow import largest, text_of
from ingest.read.leaflet import unfolded
from ingest.read.line import Sheet, body_size
from ingest.read.reading import Reading
from ingest.read.running import without_running_lines
from ingest.read.tesseract import lines_of, turn_of

DPI = 300
_A4 = 8.27  # inches across, for a picture that does not tell its resolution
_LARGEST = 60_000_000  # pixels: A3 at 500 dots an inch
_PAGES = 500
_DARK = 128
_STEEPEST, _STEP = 6.0, 0.25  # degrees that a page may lie askew
_SPECKS = 0.12  # share of dark dots that stand alone, from which they are dust
_SURE = 60.0  # mean confidence in per cent, under which the page may lie on its side
_SAME = (0.8, 1.2)  # of the usual size: recognised sizes vary that much within one text


def read(content: bytes) -> Reading:
    """What a scan says, its pages in the order of the file.

    Raises CorpusError ``corpus_unreadable_file``: damaged, too large, without a word, or
    Tesseract (with its French) is missing.
    """
    sheets = [sheet_of(image) for image in _pages(content)]
    if not any(sheet.lines for sheet in sheets):
        raise CorpusError("corpus_unreadable_file", messages.BLANK_SCAN)
    clean = unfolded(without_running_lines(sheets))
    title = largest(clean[0], body_size(clean), _SAME[0])
    return Reading(text_of(clean), messages.SCAN_OBTAINED, title=title)


def sheet_of(page: Image.Image) -> Sheet:
    """The lines of a picture of a page of :data:`DPI` dots an inch, in points."""
    image = straight(cleaned(page.convert("L")))
    lines, sure = lines_of(image)
    if sure < _SURE and (turn := turn_of(image)):
        image = image.rotate(turn, expand=True, fillcolor=255)
        lines, _ = lines_of(image)
    scale = 72 / DPI
    usual = body_size([Sheet(0, 0, tuple(lines))])
    return Sheet(
        image.width * scale,
        image.height * scale,
        tuple(
            replace(
                line,
                left=line.left * scale,
                top=line.top * scale,
                right=line.right * scale,
                base=line.base * scale,
                size=(usual if _SAME[0] < line.size / usual < _SAME[1] else line.size) * scale,
            )
            for line in lines
        ),
    )


def _pages(content: bytes) -> Iterator[Image.Image]:
    """The pages of a picture file, upright as its maker says, grey, at 300 dots an inch."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF")) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file)):
                if frame.width * frame.height > _LARGEST or number >= _PAGES:
                    raise CorpusError("corpus_unreadable_file", messages.HUGE_IMAGE)
                yield _sized(_grey(frame), frame.info.get("dpi"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise CorpusError("corpus_unreadable_file", messages.DAMAGED_FILE) from error


def _grey(frame: Image.Image) -> Image.Image:
    """A page without colours, what is transparent made white."""
    upright = ImageOps.exif_transpose(frame).convert("RGBA")
    white = Image.new("RGBA", upright.size, "white")
    return Image.alpha_composite(white, upright).convert("L")


def _sized(page: Image.Image, told: tuple[float, float] | None) -> Image.Image:
    """A page at 300 dots an inch, as its file tells, else as if it were A4 or its double."""
    across = min(page.size) / (_A4 if max(page.size) < 1.6 * min(page.size) else 0.6 * _A4)
    dots = float(told[0]) if told and 100 <= told[0] <= 1200 else across
    scale = DPI / dots
    if 0.8 < scale < 1.25 or page.width * page.height * scale**2 > _LARGEST:
        return page
    size = (max(1, round(page.width * scale)), max(1, round(page.height * scale)))
    return page.resize(size, Image.Resampling.LANCZOS)


def cleaned(page: Image.Image) -> Image.Image:
    """A grey page without dust: dots that stand alone, where there are many."""
    smooth = page.filter(ImageFilter.MedianFilter(3))
    dark = np.asarray(page) < _DARK
    gone = dark & (np.asarray(smooth) >= _DARK)
    return smooth if gone.sum() > _SPECKS * max(1, dark.sum()) else page


def straight(page: Image.Image) -> Image.Image:
    """A grey page turned so that its lines lie level: rows then differ most in their ink.

    The projection profile method (Postl, 1986), to a quarter of a degree.
    """
    small = page.reduce(max(1, min(page.size) // 600))
    ink = ImageOps.invert(small).point(lambda grey: 255 if grey > _DARK else 0)

    def sharpness(angle: float) -> float:
        turned = np.asarray(ink.rotate(angle, fillcolor=0), dtype=np.float32)
        return float(np.square(np.diff(turned.sum(axis=1))).sum())

    angles = np.arange(-_STEEPEST, _STEEPEST + _STEP, _STEP)
    best = float(max(angles, key=lambda angle: (sharpness(angle), -abs(angle))))
    if abs(best) < _STEP:
        return page
    return page.rotate(best, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
