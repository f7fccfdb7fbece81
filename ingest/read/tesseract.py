"""The picture of a page in, the lines that Tesseract reads on it out, in pixels.

Tesseract (Apache-2.0) is a program of the system, with the data of its French.
"""

import io
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from xml.etree import ElementTree

from PIL import Image

from assistant.errors import CorpusError
from ingest import messages
from ingest.read.line import DOUBTFUL, Line

_SECONDS = 180  # for one page; it takes about three
_WIDE = 1.5  # type sizes; a wider gap parts two columns or two cells
_WEAK, _DOUBTFUL = 35.0, 60.0  # per cent of confidence: of a line, of a word without letters
_LINES = {"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"}
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
# What a round bullet is taken for, where white follows.
_BULLET = re.compile(r"[eoO°*+«»¢©®@.,:;·¤•_~–-]{1,2}")
_BULLET_GAP = 0.6  # type sizes; a space between words is narrower
_READ = {"||": "Il", "|l": "Il", "I|": "Il"}


@dataclass(frozen=True)
class _Word:
    """A word and its box; ``sure`` in per cent."""

    text: str
    left: float
    right: float
    sure: float


def lines_of(page: Image.Image) -> tuple[list[Line], float]:
    """The lines on a page, and the mean confidence of its words in per cent (0 without words).

    Raises CorpusError ``corpus_unreadable_file`` when Tesseract or its French is missing, or
    when it does not come to an end.
    """
    written = _run(page, "-l", "fra", "--psm", "3", "hocr")
    lines: list[Line] = []
    sure: list[float] = []
    for element in ElementTree.fromstring(written).iter():
        if element.get("class") in _LINES:
            words = [w for w in _words(element) if w.text]
            sure += [w.sure for w in words]
            lines += _lines(element, words)
    return lines, sum(sure) / len(sure) if sure else 0.0


def turn_of(page: Image.Image) -> int:
    """By how many degrees, against the clock, a page is to be turned to stand upright.

    0 too where that cannot be told.
    """
    try:
        said = _run(page, "--psm", "0", "-")
    except CorpusError:
        return 0
    found = re.search(rb"Orientation in degrees: (\d+)", said)
    return int(found.group(1)) if found else 0


def _run(page: Image.Image, *options: str) -> bytes:
    picture = io.BytesIO()
    page.save(picture, "PNG", compress_level=1)
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "--dpi", "300", *options],
            input=picture.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            # More threads make a page up to a hundred times slower.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except FileNotFoundError as error:
        raise _refused(messages.NO_TESSERACT) from error
    except subprocess.TimeoutExpired as error:
        raise _refused(messages.SLOW_SCAN.replace("{seconds}", str(_SECONDS))) from error
    if done.returncode:
        lacking = b"language" in done.stderr or b"traineddata" in done.stderr
        raise _refused(messages.NO_FRENCH if lacking else messages.DAMAGED_FILE)
    return done.stdout


def _words(line: ElementTree.Element) -> Iterator[_Word]:
    for element in line.iter():
        if element.get("class") == "ocrx_word":
            left, _, right, _ = _facts(element, "bbox")
            text = "".join(element.itertext()).strip()
            yield _Word(text, left, right, _facts(element, "x_wconf")[0])


def _lines(element: ElementTree.Element, words: Sequence[_Word]) -> list[Line]:
    """The pieces of a line, cut at wide gaps; none where it is dust."""
    left, top, _, bottom = _facts(element, "bbox")
    slope, offset = _facts(element, "baseline") or [0.0, 0.0]
    size = (_facts(element, "x_size") or [bottom - top])[0]
    kept = list(_believed(words, size))
    if not kept or sum(w.sure for w in kept) / len(kept) < _WEAK:
        return []
    pieces: list[list[_Word]] = []
    for word in kept:
        bullet = pieces and len(pieces[-1]) == 1 and pieces[-1][0].text == DOUBTFUL
        wide = 2 * _WIDE if bullet else _WIDE
        if pieces and word.left - pieces[-1][-1].right < wide * size:
            pieces[-1].append(word)
        else:
            pieces.append([word])
    base = bottom + offset + slope * (kept[0].left - left)
    return [
        Line(" ".join(w.text for w in p), p[0].left, base - 0.75 * size, p[-1].right, base, size)
        for p in pieces
    ]


def _believed(words: Sequence[_Word], size: float) -> Iterator[_Word]:
    """The words without dust; a small sign with white after it, at the start, was a bullet."""
    for i, word in enumerate(words):
        white = words[i + 1].left - word.right if i + 1 < len(words) else 0.0
        if i == 0 and white > _BULLET_GAP * size and _BULLET.fullmatch(word.text):
            yield replace(word, text=DOUBTFUL, sure=100.0)
        elif word.sure >= _DOUBTFUL or re.search(r"\w", word.text) or word.text in _READ:
            yield replace(word, text=_READ.get(word.text, word.text))


def _facts(element: ElementTree.Element, name: str) -> list[float]:
    """The numbers that hOCR gives under a name; none where it does not."""
    for fact in (element.get("title") or "").split(";"):
        key, _, values = fact.strip().partition(" ")
        if key == name:
            return [float(value) for value in _NUMBERS.findall(values)]
    return []


def _refused(message: str) -> CorpusError:
    return CorpusError("corpus_unreadable_file", message)
