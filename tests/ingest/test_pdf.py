"""PDF: pages made from the corpus are read back whole, in order, with their structure."""

import io
import re
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import lru_cache

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import CorpusError
from assistant.types import Document, Passage, Source
from ingest.read import pdf
from ingest.read.glyphs import sheet
from ingest.read.reading import Reading
from ingest.split import split
from tests.ingest.press import A4, Frame, Press, Printed, blocks, frames
from tests.ingest.test_split import check

STUDY, GUIDE = "etude-restitution-2014", "points-de-reperess-aura-2022"
HEAD, FOOT = "RTES – Les collectivités et les PTCE", "Page {n}"
NOTE = "Le guide se télécharge sur le site du réseau, avec la synthèse en huit leviers."
TITLE = Printed("title", "Restitution de l'étude sur les pôles")
TABLE = Printed(
    "table",
    "",
    rows=(
        ("Région", "Dispositif", "Montant"),
        ("Bretagne", "Appel à projets", "12 000 €"),
        ("Occitanie", "Subvention", "8 500 €"),
    ),
)
A5 = (420.0, 595.0)
LANDSCAPE = (A4[1], A4[0])
Read = tuple[Reading, Document, tuple[Passage, ...]]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['-][^\W_]+)*", text.replace("’", "'"))


def recovered(content: tuple[Printed, ...], document: Document) -> float:
    """The share of the printed words that are in the text, in the printed order."""
    truth, got = words("\n".join(b.text for b in content)), words(document.text)
    matches = SequenceMatcher(None, truth, got, autojunk=False).get_matching_blocks()
    return sum(m.size for m in matches) / len(truth)


def passed(reading: Reading) -> Read:
    """A reading through the whole flow, its offsets checked."""
    source = Source(
        id="r", kind="guide", title="T", publisher="P", date="2014", sha256="0", obtained="…"
    )
    document, passages = split(source, reading.text)
    check(document, passages)
    return reading, document, passages


def study() -> tuple[Printed, ...]:
    money = Printed("paragraph", "Les montants accordés par deux régions sont donnés ici.")
    called = Printed("paragraph", "Un guide est proposé par le RTES")
    end = Printed("paragraph", "Ces montants valent à la date de chacun des documents.")
    return (TITLE, called, *blocks(STUDY), money, TABLE, end)


@lru_cache
def one_column() -> Read:
    press = Press(head=HEAD, foot=FOOT, notes={"proposé par le RTES": NOTE})
    return passed(pdf.read(press.printed(study(), frames(5))))


@lru_cache
def two_columns() -> Read:
    press = Press(head=HEAD, foot=FOOT)
    return passed(pdf.read(press.printed(study(), frames(4, columns=2))))


@lru_cache
def leaflet() -> Read:
    """A sheet folded in two: its outside bears pages 4 and 1, its inside pages 2 and 3."""
    outside, inside = (
        [Frame(f.page, f.left, 545, f.width, 60) for f in frames(2, 2, LANDSCAPE) if f.page == n]
        for n in (0, 1)
    )
    order = [outside[1], *inside, outside[0]]
    return passed(pdf.read(Press(LANDSCAPE).printed(cover(), order)))


def cover() -> tuple[Printed, ...]:
    return (Printed("title", "Collectivités et pôles territoriaux"), *blocks(GUIDE)[:26])


@pytest.mark.parametrize("made", [one_column, two_columns])
def test_columns_are_read_in_order(made: Callable[[], Read]) -> None:
    _, document, _ = made()
    assert recovered(study(), document) >= 0.99
    assert "Page" not in document.text and HEAD not in document.text


@pytest.mark.parametrize("made", [one_column, two_columns])
def test_headings_and_lists_are_kept(made: Callable[[], Read]) -> None:
    reading, document, passages = made()
    headings = {b.text for b in study() if b.form in ("title", "heading")}
    assert {re.sub(r"^#+ ", "", x) for x in reading.text.splitlines() if x[:1] == "#"} == headings
    listed = [p for p in passages if p.list_id and p.text in {b.text for b in study()}]
    assert len(listed) >= 0.9 * sum(b.form == "item" for b in study())
    nested = [b for b in study() if b.depth == 1]
    assert nested and all(f"\n  - {b.text}" in document.text for b in nested)


def test_a_table_is_read_by_rows() -> None:
    reading, document, _ = one_column()
    assert "| Bretagne | Appel à projets | 12 000 € |" in reading.text
    assert "Occitanie – Dispositif : Subvention ; Montant : 8 500 €" in document.text


def boxed(cells: tuple[tuple[str, ...], ...], head: str) -> str:
    """What is read of a ruled table under a line of text; ``head`` is the font of its first row."""
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(60, 700, "Les communes agissent ensemble dans ce pôle.")
    for i, row in enumerate(cells):
        canvas.setFont("Helvetica" if i else head, 10)
        for j, cell in enumerate(row):
            canvas.rect(60 + 130 * j, 600 - 30 * i, 130, 30)
            for k, part in enumerate(cell.split("/")):  # the lines of a cell
                canvas.drawString(64 + 130 * j, 615 - 30 * i - 11 * k, part)
    canvas.showPage()
    canvas.save()
    return passed(pdf.read(out.getvalue()))[1].text


def test_names_and_values_in_a_box_stand_together() -> None:
    cells = (("Équipe", "Deux salariés"), ("Budget", "412 000 €"))
    assert "Équipe : Deux salariés\nBudget : 412 000 €" in boxed(cells, "Helvetica")
    assert "Budget – Deux salariés : 412 000 €" in boxed(cells, "Helvetica-Bold")


def test_a_row_that_a_page_cuts_off_its_table_is_a_row() -> None:
    said = boxed((("Consolidation", "36/mois", "55 000 €"),), "Helvetica")
    assert "Consolidation – 36 mois : 55 000 €" in said


def test_a_footnote_stands_after_its_page_and_its_mark_is_gone() -> None:
    reading, document, _ = one_column()
    page = reading.text.split("\f")[1]  # the list that the first page cuts ends here
    assert re.search(rf"\n\n\[\^1\]: {re.escape(NOTE)}\n\n## ", page)
    assert NOTE in document.text and "RTES[" not in document.text


def test_what_the_file_says_of_itself_is_believed_when_sane() -> None:
    reading, _, _ = one_column()
    assert reading.title == TITLE.text  # « untitled » is what its program wrote
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", reading.date or "")


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("Points de RepèrESS", "Points de RepèrESS"),
        ("guide_v3_DEF.indd", None),
        ("Microsoft Word - Note", None),
        ("Sans titre", None),
        ("  ", None),
    ],
)
def test_titles_made_up_by_a_program_are_not(told: str, title: str | None) -> None:
    assert pdf.title_of(told) == title


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("D:20220512093000+02'00'", "2022-05-12"),
        ("D:20221350", None),
        ("D:19010101", None),
        ("hier", None),
    ],
)
def test_dates_that_cannot_be_are_not(told: str, date: str | None) -> None:
    assert pdf.date_of(told) == date


def test_a_leaflet_is_unfolded() -> None:
    _, document, passages = leaflet()
    assert recovered(cover(), document) >= 0.98
    assert [p.page for p in passages] == sorted(p.page or 0 for p in passages)
    assert {p.page for p in passages} == {1, 2, 3, 4}


def test_slides_and_columns_on_a_wide_page_are_not_cut() -> None:
    content = blocks(STUDY)[:8]
    printed = Press(LANDSCAPE).printed(content, frames(2, 2, LANDSCAPE))
    reading, document, _ = passed(pdf.read(printed))
    assert recovered(content, document) >= 0.98
    assert reading.text.count("\f") == len(pdfium.PdfDocument(printed)) - 1


def test_narrow_justified_columns_are_read_one_by_one() -> None:
    content = blocks(STUDY)[:24]
    into = [Frame(page, left, 560, 164, 40) for page in range(4) for left in (36, 222)]
    reading, document, _ = passed(pdf.read(Press(A5, justified=True).printed(content, into)))
    assert recovered(content, document) >= 0.98
    assert "|" not in reading.text


def test_cells_are_no_justified_line() -> None:
    """Cells that reach from edge to edge of a column of text, but unevenly."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for i in range(6):
        canvas.drawString(60, 700 - 14 * i, "Les communes agissent ensemble ici")
    edge = 60 + canvas.stringWidth("Les communes agissent ensemble ici")
    for i, cells in enumerate((("Bretagne", "deux pôles", "9"), ("Eure", "un", "12"))):
        canvas.drawString(60, 580 - 14 * i, cells[0])
        canvas.drawString(140, 580 - 14 * i, cells[1])
        canvas.drawRightString(edge, 580 - 14 * i, cells[2])
    canvas.showPage()
    canvas.save()
    lines = sheet(pdfium.PdfDocument(out.getvalue())[0]).lines
    assert [x.text for x in lines][6:] == ["Bretagne", "deux pôles", "9", "Eure", "un", "12"]


def test_a_turned_page_is_read_upright() -> None:
    content = blocks(STUDY)[:8]
    _, document, _ = passed(pdf.read(Press(turned=True).printed(content, frames(2, 2))))
    assert recovered(content, document) >= 0.98


def test_hyphens_at_line_ends_go_and_those_of_words_stay() -> None:
    text = (
        "Le pôle est peut-être installé, avec les collectivités, dans la région "
        "Auvergne-Rhône-Alpes, au cœur d'une expérimentation socio-économique. "
    )
    narrow = [Frame(0, 60, 760, width, 60) for width in (120, 150)]
    for frame in narrow:
        read = Press().printed((Printed("paragraph", text * 3),), [frame])
        _, document, _ = passed(pdf.read(read))
        assert document.text == (text * 3).strip()


def test_ligatures_are_letters_again() -> None:
    content = (Printed("paragraph", "La région a ﬁnancé ce projet, certiﬁé par le pôle."),)
    _, document, _ = passed(pdf.read(Press().printed(content, frames(1))))
    assert document.text == "La région a financé ce projet, certifié par le pôle."


@pytest.mark.parametrize("content", [b"%PDF-1.7\n%%EOF", b"%PDF-1.4 " + b"x" * 500])
def test_a_damaged_file_is_refused(content: bytes) -> None:
    with pytest.raises(CorpusError) as refused:
        pdf.read(content)
    assert refused.value.code == "corpus_unreadable_file"


def test_a_locked_file_is_refused_with_what_to_do() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret"))
    canvas.drawString(60, 700, "Réservé")
    canvas.save()
    with pytest.raises(CorpusError, match="mot de passe"):
        pdf.read(out.getvalue())
