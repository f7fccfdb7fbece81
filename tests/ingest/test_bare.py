"""PDF: a table without rules is rows, a table of contents is no text, prose is neither."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.read import pdf
from tests.ingest.press import A4, Press, blocks, frames
from tests.ingest.test_pdf import GUIDE, LANDSCAPE, STUDY, words

ROWS = (
    ("Action", "Échelon", "Montant"),
    ("Prêter un local", "Commune", "12 000 €"),
    ("Réserver un lot", "Intercommunalité", "8 500 €"),
    ("Financer un poste", "Département", "25 000 €"),
)
SAID = "La communauté de communes met à disposition un bâtiment communal, à loyer progressif."
NARROW = (
    ("Les élus sont", "et prêtent des", "pour trois ans"),
    ("convaincus que", "locaux vides au", "à des collectifs"),
    ("la coopération", "cœur du bourg", "qui embauchent"),
)


def drawn(*pieces: tuple[float, float, str]) -> bytes:
    """A page with texts at their places: from the left, from the top."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for x, y, text in pieces:
        canvas.drawString(x, A4[1] - y, text)
    canvas.save()
    return out.getvalue()


def test_rows_that_align_are_a_table_and_no_word_is_lost() -> None:
    cells = [(60 + 160 * j, 140 + 20 * i, c)
             for i, row in enumerate(ROWS) for j, c in enumerate(row)]  # fmt: skip
    text = pdf.read(drawn((60, 90, SAID), *cells, (60, 260, SAID))).text
    assert "| Prêter un local | Commune | 12 000 € |\n| Réserver un lot |" in text
    printed = [w for part in (SAID, *(c for row in ROWS for c in row), SAID) for w in words(part)]
    assert words(text) == printed


def test_lines_that_go_on_are_no_cells() -> None:
    cells = [(60 + 160 * j, 140 + 14 * i, c)
             for i, row in enumerate(NARROW) for j, c in enumerate(row)]  # fmt: skip
    assert "|" not in pdf.read(drawn((60, 90, SAID), *cells)).text


@pytest.mark.parametrize("id", [STUDY, GUIDE])
def test_prose_in_three_columns_is_never_a_table(id: str) -> None:
    content = [b for b in blocks(id) if b.form in ("paragraph", "heading")][:24]
    made = Press(size=LANDSCAPE, justified=True).printed(content, frames(6, 3, LANDSCAPE))
    text = pdf.read(made).text
    assert "|" not in text
    assert words(text) == words("\n".join(b.text for b in content))


def test_a_table_of_contents_is_left_out_and_no_scan() -> None:
    entries = [(60, 140 + 20 * i, f"{i + 1}. Partie {'.' * 90} {i + 3}") for i in range(4)]
    reading = pdf.read(drawn((60, 80, SAID), (60, 110, "Sommaire"), *entries, (60, 300, SAID)))
    assert words(reading.text) == words(f"{SAID} {SAID}")
    assert "OCR" not in reading.obtained
