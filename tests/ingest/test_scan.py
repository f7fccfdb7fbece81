"""Scans: pictures of pages made from the corpus are read back, clean or noisy and askew."""

import io
import shutil
from functools import lru_cache

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from assistant.errors import CorpusError
from ingest import messages
from ingest.read import pdf, scan
from tests.ingest.press import Press, Printed, blocks, frames
from tests.ingest.test_pdf import STUDY, Read, passed, recovered

CONTENT = (Printed("title", "Restitution de l'étude sur les pôles"), *blocks(STUDY)[:11])
needs_tesseract = pytest.mark.usefixtures("tesseract")


@pytest.fixture(scope="module")
def tesseract() -> None:
    assert shutil.which("tesseract"), "make system-deps installs Tesseract"


def picture(columns: int) -> Image.Image:
    """A printed page at 300 dots an inch."""
    page = pdfium.PdfDocument(Press().printed(CONTENT, frames(1, columns)))[0]
    return page.render(scale=300 / 72, grayscale=True).to_pil()


def worn(page: Image.Image) -> Image.Image:
    """A page 2.3° askew, grey, with grain and with specks."""
    noise = np.random.default_rng(1)
    turned = page.rotate(2.3, Image.Resampling.BICUBIC, fillcolor=255)
    dots = (
        np.asarray(turned, dtype=float) * 0.85 + 20 + noise.normal(0, 18, (page.height, page.width))
    )
    specks = noise.random(dots.shape)
    dots[specks < 0.004], dots[specks > 0.996] = 0, 255
    return Image.fromarray(dots.clip(0, 255).astype("uint8"))


def written(page: Image.Image, form: str = "PNG") -> bytes:
    out = io.BytesIO()
    page.save(out, form, dpi=(300, 300))
    return out.getvalue()


@lru_cache
def clean() -> Read:
    return passed(scan.read(written(picture(1))))


@needs_tesseract
def test_a_clean_scan_is_read_whole_and_in_order() -> None:
    reading, document, _ = clean()
    assert recovered(CONTENT, document) >= 0.95
    assert reading.obtained == messages.SCAN_OBTAINED
    assert reading.title == CONTENT[0].text


@needs_tesseract
def test_a_scan_keeps_its_headings_and_its_nested_list() -> None:
    reading, document, _ = clean()
    assert "## Sur les profils des dynamiques de PTCE" in reading.text
    assert "\n- Leurs ambitions sont plurielles" in document.text
    assert "\n  - des projets jeunes, en majorité" in document.text


@needs_tesseract
def test_a_worn_scan_in_two_columns_is_read_in_order() -> None:
    reading, document, _ = passed(scan.read(written(worn(picture(2)), "TIFF")))
    assert recovered(CONTENT, document) >= 0.93
    assert "# Restitution de l'étude sur les pôles" in reading.text


@needs_tesseract
@pytest.mark.full
def test_a_pdf_of_pictures_is_read_page_by_page() -> None:
    out = io.BytesIO()
    picture(1).save(out, "PDF", resolution=300)
    printed = pdfium.PdfDocument(out.getvalue())
    printed.import_pages(pdfium.PdfDocument(Press().printed(CONTENT, frames(1))))
    both = io.BytesIO()
    printed.save(both)
    reading, document, passages = passed(pdf.read(both.getvalue()))
    assert reading.obtained == messages.MIXED_OBTAINED.format(pages="1")
    assert recovered((*CONTENT, *CONTENT), document) >= 0.95
    assert {p.page for p in passages} == {1, 2}


@pytest.mark.parametrize("angle", [-4.0, 0.0, 1.5])
def test_a_page_is_set_straight(angle: float) -> None:
    bars = np.full((900, 700), 255, dtype=np.uint8)
    bars[100:800:40, 60:640] = bars[108:808:40, 60:640] = 0
    bars[101:801:40, 60:640] = bars[102:802:40, 60:640] = 0
    level = scan.straight(Image.fromarray(bars).rotate(angle, fillcolor=255))
    ink = (255 - np.asarray(level, dtype=float)).sum(axis=1)
    flat = (255 - bars.astype(float)).sum(axis=1)
    assert ink.max() > 0.7 * flat.max()


def test_dust_is_taken_off_and_letters_are_not() -> None:
    page = np.full((300, 300), 255, dtype=np.uint8)
    page[100:140, 100:200] = 0
    assert np.array_equal(np.asarray(scan.cleaned(Image.fromarray(page))), page)
    dusty = page.copy()
    dusty[5:95:4, 5:295:4] = 0
    left = np.asarray(scan.cleaned(Image.fromarray(dusty)))
    assert left[:95].min() == 255 and left[110:130, 110:190].max() == 0


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n", written(Image.new("L", (9, 9)))[:60]]
)
def test_a_damaged_picture_is_refused(content: bytes) -> None:
    with pytest.raises(CorpusError, match="endommagé"):
        scan.read(content)


def test_a_huge_picture_is_refused_before_it_is_opened() -> None:
    with pytest.raises(CorpusError, match="trop grande"):
        scan.read(written(Image.new("1", (9000, 9000))))


def test_without_tesseract_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CorpusError, match="apt-get install tesseract-ocr tesseract-ocr-fra"):
        scan.read(written(Image.new("L", (300, 400), 255)))


@needs_tesseract
def test_without_its_french_too(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(CorpusError, match="apt-get install tesseract-ocr-fra"):
        scan.read(written(Image.new("L", (300, 400), 255)))
