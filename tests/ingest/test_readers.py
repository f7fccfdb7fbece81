"""What the readers recover of documents whose truth is known: words, order, nesting, places."""

import difflib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.types import Document, Passage, Source
from ingest import messages
from ingest.manifest import load_manifest
from ingest.read.__main__ import readings
from ingest.read.kept import read_once
from ingest.read.reading import Reading
from ingest.split import split
from tests.corpus_folder import understood
from tests.ingest import hostile, written
from tests.ingest.test_split import check

FORMS: dict[str, Callable[[], bytes]] = {
    "guide.docx": written.word,
    "guide.odt": written.odt,
    "page.html": written.spip,
}
DECIMAL = "5"  # the numbered list of python-docx's own template
_MARKS = re.compile(r"^\s*(?:#+|-|\d+\.)\s+|[|*]|-{3,}", re.MULTILINE)


def laid(reading: Reading) -> tuple[Document, tuple[Passage, ...]]:
    """A reading through the whole flow; offsets are proved on the way."""
    source = Source(
        id="a", kind="guide", title="T", publisher="P", date="2020", sha256="0", obtained="…"
    )
    document, passages = split(source, reading.text)
    check(document, passages)
    return document, passages


@pytest.mark.parametrize("name", FORMS)
def test_words_come_back_in_their_order(name: str) -> None:
    (reading,) = readings(FORMS[name](), name)
    found = _MARKS.sub(" ", reading.text).split()
    wanted = written.words()
    match = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    kept = sum(block.size for block in match.get_matching_blocks())
    assert kept >= 0.98 * max(len(wanted), len(found))
    assert not any(word in reading.text for word in written.FURNITURE)


@pytest.mark.parametrize("name", FORMS)
def test_lists_headings_and_tables_are_what_they_were(name: str) -> None:
    document, passages = laid(readings(FORMS[name](), name)[0])
    lines = document.text.replace("\u00a0", " ").splitlines()
    for told in written.told():
        if told.form == "item":
            assert f"{'  ' * told.depth}- {told.words}" in lines
    headings = [t.words for t in written.told() if t.form == "heading"]
    assert list(dict.fromkeys(h for p in passages for h in p.section)) == headings
    assert lines[-2:] == [
        "Bretagne – Dispositif : Appel à projets ; Montant : 20 000 €",
        "Normandie – Dispositif : Avance remboursable ; Montant : 5 000 €",
    ]
    child = next(p for p in passages if p.text.startswith("des projets jeunes"))
    assert child.lead is not None
    assert "caractéristiques médianes" in document.text[child.lead.start : child.lead.end]


def test_what_a_file_says_of_itself() -> None:
    (word,) = readings(written.word(), "a.docx")
    assert (word.title, word.obtained[:13]) == ("Restitution de l'étude", "Document Word")
    page = hostile.page('<main><h1>Les pôles</h1><p>Les communes agissent.</p></main>').replace(
        b"<title>T</title>",
        b'<title>Les p\xc3\xb4les - RTES</title><meta property="og:site_name" content="RTES">'
        b'<meta property="article:published_time" content="2020-06-03T10:00:00+02:00">'
        b'<link rel="canonical" href="https://www.rtes.fr/les-poles">',
    )  # fmt: skip
    (web,) = readings(page, "a.html")
    assert (web.title, web.date, web.publisher) == ("Les pôles", "2020-06-03", "RTES")
    assert web.url == "https://www.rtes.fr/les-poles"


def test_a_page_of_no_date_gets_none() -> None:
    (page,) = readings(written.spip(), "a.html")
    assert page.date is None


def test_notes_of_a_page_are_kept_and_their_calls_dropped() -> None:
    page = hostile.page(
        '<nav>Menu</nav><article class="hentry"><h1>Les pôles</h1><div class="chapo"><p>Le hat dit '
        "tout de la page.</p></div><div class=texte><p>Les communes agissent&nbsp;: elles prêtent"
        '<span class="spip_note_ref">&nbsp;[<a href="#nb1">1</a>]</span> des locaux.</p><h3>Qui '
        "aide&nbsp;?</h3><ul><li>Les régions<ol><li>par un fonds</li></ol></li></ul></div>"
        '<div class="notes"><p>Selon le guide de 2014.</p></div></article>'
    )
    document, passages = laid(readings(page, "a.html")[0])
    assert "elles prêtent des locaux." in document.text
    assert "Le hat dit tout de la page." in document.text and "Selon le guide" in document.text
    assert "Menu" not in document.text
    under = [p.text for p in passages if p.section[-1:] == ("Qui aide ?",)]
    assert under == ["Les régions", "par un fonds"]
    assert passages[-1].section[-1] == messages.NOTES


@pytest.mark.parametrize(
    "notes",
    [
        '<div class="notes"><p id="nb1">[<a href="#nh1">1</a>] Enquête de 2023.</p>'
        '<p id="nb2">[<a href="#nh2">2</a>] 52 réponses.</p></div>',
        '<section class="footnotes"><ol><li id="fn1">Enquête de 2023. <a href="#r1">↩</a></li>'
        '<li id="fn2">52 réponses.</li></ol></section>',
    ],
)
def test_notes_of_a_page_stand_apart_and_no_sign_of_them_looks_like_a_citation(notes: str) -> None:
    page = hostile.page(
        "<main><h1>Les pôles</h1><p>Les communes agissent, et prêtent des locaux à des "
        f"coopératives.</p><h2>Agenda</h2><p>Le 12 mars à Rennes.</p>{notes}</main>"
    )
    document, passages = laid(readings(page, "a.html")[0])
    under = [p.text for p in passages if p.section[-1] == messages.NOTES]
    assert under == ["Note 1 : Enquête de 2023.", "Note 2 : 52 réponses."]
    assert "[" not in document.text and "↩" not in document.text


def test_a_page_is_read_whatever_its_body_and_parts_are_called() -> None:
    names = "economie-sociale-et-solidaire thematique-innovation-sociale avec_forum has-menu social"
    page = hostile.page(
        '<div class="main-menu">Nos actions</div><div class="wrapper menu">'
        '<div id="content"><h1 class="crayon article-titre-9 titre">Les lauréats</h1><p>Publié le '
        '<time datetime="2023-09-18">18 septembre 2023</time></p><div class="crayon '
        'article-chapo-9 chapo"><p>Le hat dit tout de la page.</p></div><div class="crayon '
        'article-texte-9 texte"><h2>Qui&nbsp;?</h2><p>Onze communes agissent, et prêtent des '
        "locaux à des coopératives.</p><table><caption>Calendrier</caption><tr><th>Étape</th>"
        "<th>Date</th></tr><tr><td>Bilan</td><td>juin 2024</td></tr></table></div><div "
        'class="notes"><p>Selon le guide de 2014.</p></div></div></div><ul class="social-links">'
        '<li>Suivez-nous</li></ul><div class="aside">À lire aussi</div>'
    ).replace(b"<body>", f'<body class="{names}">'.encode())
    (reading,) = readings(page, "a.html")
    for said in ("Le hat dit", "Onze communes", "Selon le guide", "Publié le 18 septembre 2023"):
        assert said in reading.text
    assert "Calendrier\n\n| Étape | Date |" in reading.text
    assert not any(word in reading.text for word in ("Nos actions", "Suivez-nous", "À lire"))


def test_a_part_that_loses_words_is_taken_whole_and_told() -> None:
    said = (
        "<h1>Les pôles</h1><p>Les <b>communes</b> agissent<br>et aident&nbsp;:</p>"
        "<ul><li>des <a href='/'>locaux</a><ol><li>prêtés</li></ol></li><li><p>un fonds</p></li>"
        "</ul>"
        "<table><tr><th>Étape</th><th>Date</th></tr><tr><td>Bilan</td><td>2024</td></tr></table>"
    )
    (known,) = readings(hostile.page(f"<main>{said}</main>"), "a.html")
    lost = "<footer><h2>Régions</h2>Les régions agissent <em>de même</em>.</footer>"
    (whole,) = readings(hostile.page(f"<main>{said}{lost}</main>"), "a.html")
    assert known.obtained == messages.FROM_WEB
    assert "27 % de ses mots" in whole.obtained
    assert whole.text == (
        "# Les pôles\n\nLes communes agissent\net aident\u00a0:\n\n- des locaux\n  1. prêtés\n"
        "- un fonds\n\n| Étape | Date |\n|---|---|\n| Bilan | 2024 |\n\n## Régions\n\n"
        "Les régions agissent de même.\n"
    )


def test_notes_of_a_word_document_come_last() -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    note = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:t>trait</w:t></w:r></w:p>'
        "</w:footnote>"
        '<w:footnote w:id="1"><w:p><w:r><w:t>Selon le guide.</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    word = hostile.word(
        '<w:p><w:r><w:t>Les communes</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>'
        "<w:r><w:t> agissent.</w:t></w:r></w:p><w:p><w:r><w:t>Fin.</w:t></w:r></w:p>"
    )
    rels, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    parts = hostile.members(word)
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    made = hostile.changed(word, {
        "word/footnotes.xml": note.encode(),
        rels: parts[rels].replace(b"</Relationships>", (
            f'<Relationship Id="rId98" Target="footnotes.xml" Type="{office}/footnotes"/>'
            "</Relationships>").encode()),
        types: parts[types].replace(b"</Types>", (
            f'<Override PartName="/word/footnotes.xml" ContentType="{main}.footnotes+xml"/>'
            "</Types>").encode()),
    })  # fmt: skip
    (reading,) = readings(made, "a.docx")
    assert reading.text.split("\n\n") == ["Les communes agissent.", "Fin.", "Selon le guide.\n"]


def test_numbers_and_depths_of_a_word_list() -> None:
    level = '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr></w:pPr>'
    said = "<w:r><w:t>{}</w:t></w:r></w:p>"
    items = [(0, "Préparer"), (1, "le budget"), (1, "les locaux"), (0, "Agir"), (1, "ensemble")]
    body = "".join((level + said).format(depth, DECIMAL, words) for depth, words in items)
    (reading,) = readings(hostile.word(body), "a.docx")
    assert reading.text.rstrip().split("\n") == [
        "1. Préparer", "  - le budget", "  - les locaux", "2. Agir", "  - ensemble",
    ]  # fmt: skip


def test_a_word_of_any_kind_is_read() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Sommaire 3</w:t></w:r></w:p>'
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>Dans un contrôle.</w:t></w:r></w:p></w:sdtContent>"
        '</w:sdt><w:p><w:ins w:id="1" w:author="a"><w:r><w:t>Ajouté </w:t></w:r></w:ins>'
        "<w:r><w:t>au</w:t><w:tab/><w:t>texte</w:t><w:noBreakHyphen/><w:t>même.</w:t></w:r></w:p>"
        '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Un cadre.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    )  # fmt: skip
    (reading,) = readings(hostile.word(body), "a.docx")
    paragraphs = [p for p in reading.text.split("\n\n") if "Sommaire" not in p]
    assert [p.strip() for p in paragraphs] == [
        "Dans un contrôle.", "Ajouté au texte-même.", "Un cadre.",
    ]  # fmt: skip


def fiche(look: str, first: str = "") -> bytes:
    """A Word document: a title, a bare line, a box of names and values, a heading in bold."""
    said = "<w:p><w:r>{}<w:t>{}</w:t></w:r></w:p>"
    rows = (("Équipe", "Deux salariés"), ("Budget", "412 000 €"), ("Contact", "02 51 00 00 00"))
    cells = [
        "".join(f"<w:tc>{said.format('' if i else first, cell)}</w:tc>" for cell in row)
        for i, row in enumerate(rows)
    ]
    table = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return hostile.word(
        '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>'
        "<w:r><w:t>Le pôle des marais</w:t></w:r></w:p>"
        + said.format("", "Une fiche du réseau")
        + f"<w:tbl><w:tblPr><w:tblStyle w:val='{look}'/><w:tblLook w:firstRow='1'/></w:tblPr>"
        + f"{table}</w:tbl>"
        + said.format("<w:rPr><w:b/></w:rPr>", "Contexte")
        + said.format("", "Les communes agissent ensemble.")
    )


@pytest.mark.parametrize(
    ("look", "first", "headed"),
    [
        ("TableGrid", "", False),
        ("TableGrid", "<w:rPr><w:b/></w:rPr>", True),
        ("LightList-Accent1", "", True),
    ],
)
def test_names_and_values_of_a_word_box_stand_together(
    look: str, first: str, *, headed: bool
) -> None:
    _, passages = laid(readings(fiche(look, first), "a.docx")[0])
    rows = [p.text for p in passages if "412" in p.text or "Équipe" in p.text]
    names = ["Équipe : Deux salariés", "Budget : 412 000 €"]
    assert rows == (["Budget – Deux salariés : 412 000 €"] if headed else names)


def test_a_bare_line_under_a_title_does_not_take_its_place() -> None:
    (reading,) = readings(fiche("TableGrid"), "a.docx")
    assert reading.title == "Le pôle des marais"  # not that of the template
    _, passages = laid(reading)
    assert {p.section[0] for p in passages} == {"Le pôle des marais"}
    assert passages[-1].section[-1] == "Contexte"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_text_in_any_encoding_is_the_same(encoding: str) -> None:
    entry = written.ENTRIES["etude-restitution-2014"]
    text = (written.CORPUS / entry.file).read_bytes().decode("utf-8-sig").replace("\u202f", " ")
    content = text.encode(encoding, errors="ignore")
    (reading,) = readings(content, "a.txt")
    assert reading.text == content.decode(encoding)
    assert ("Windows" in reading.obtained) == (encoding == "cp1252")


def test_the_corpus_is_read_as_it_always_was() -> None:
    received, refused = understood(written.CORPUS)
    assert refused == ()
    for one, entry in zip(received, load_manifest(written.CORPUS).document, strict=True):
        assert one.source == entry.source()
        assert one.raw == (written.CORPUS / entry.file).read_bytes().decode("utf-8-sig")


def test_a_file_is_read_once(tmp_path: Path) -> None:
    first = read_once(written.odt(), "a.odt", tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_text(kept.read_text("utf-8").replace("restitué", "relu"), "utf-8")
    again = read_once(written.odt(), "b.odt", tmp_path)
    assert again[0].text == first[0].text.replace("restitué", "relu") != first[0].text
    os.utime(kept, (0, 0))
    read_once(hostile.law(""), "loi.xml", tmp_path)
    assert not kept.exists() and len(list(tmp_path.iterdir())) == 1
    kept.write_text("{", "utf-8")
    assert read_once(written.odt(), "a.odt", tmp_path) == first


def test_what_stands_before_a_note_names_and_dates_it() -> None:
    note = (
        "---\ntitle: Note sur les leviers\ndate: 2024-05-02\ntags: x\n---\n# Les leviers\n\nDire."
    )
    (reading,) = readings(note.encode(), "a.md")
    assert (reading.title, reading.date) == ("Note sur les leviers", "2024-05-02")
    assert reading.text.strip() == "# Les leviers\n\nDire."
    (ruled,) = readings(b"---\nLes communes.\n---\nFin.", "a.md")
    assert ruled.text.startswith("---") and ruled.title is None
